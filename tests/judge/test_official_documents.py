"""What leaves the office says in one sentence that no model has read the narratives, whatever the reason was."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.conftest import Cli
from tests.judge.fault import Fault, FaultServer, completion, error, not_json, refusal, sends
from tests.samples import ROOT

REPORT = (ROOT / "examples" / "02-narrative.txt").read_text(encoding="utf-8")
DOCUMENTS = ("docx", "letter")
"""The opinion and the letter to the unit. The working paper is the annex that names model, prompt and reason."""
MODEL = "probe-model-7b"

_cut = completion('{"items":[{"code":"L803","sentence":45,"quote":"全年协')
_cut["choices"][0]["finish_reason"] = "length"
FAULTS: dict[str, Fault] = {
    "refused": error(401),
    "no-json": not_json,
    "declined": refusal,
    "cut-short": sends(200, _cut),
    "empty": sends(200, completion("")),
    "another-language": sends(200, completion("Everything is fine, no questions.")),
}
_NOTE = re.compile(r"叙述部分未经模型(?:完整)?审读(?:：本次没有启用模型)?。")


def _told(path: Path) -> str:
    """Every word of every part of a Word file: text, notes, headers, footers."""
    with ZipFile(path) as package:
        names = [name for name in package.namelist() if name.startswith("word/") and name.endswith(".xml")]
        parts = [package.read(name).decode("utf-8") for name in names]
    return html.unescape("\n".join(re.sub(r"<[^>]*>", "", part) for part in parts))


def _says_nothing_more(cli: Cli, report: Path, reason: Callable[[str], bool], *options: str) -> None:
    """Word for word what is written without a model, but for the sentence that none has read the narratives."""
    for form in DOCUMENTS:
        file = report.with_name(f"{form}.docx")
        cli("audit", report, "--format", form, "-o", file, "--llm", "off")
        without = _told(file)
        answer = cli("audit", report, "--format", form, "-o", file, *options)
        assert reason(answer.err), answer.err
        told = _told(file)
        assert len(_NOTE.findall(told)) == len(_NOTE.findall(without)) == (form != "letter")
        assert _NOTE.sub("", told) == _NOTE.sub("", without)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_endpoint_that_gives_no_answer(fault: str, cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(REPORT, encoding="utf-8")
    (tmp_path / "auditor.toml").write_text("[model]\nattempts = 1\n", encoding="utf-8")
    server.plan = [FAULTS[fault]] * 40
    _says_nothing_more(
        cli, report, lambda told: "模型" in told, "--llm", "live", "--model", MODEL, "--no-record"
    )


def test_an_answer_that_is_like_another(cli: Cli, tmp_path: Path) -> None:
    """One word of a report changed since it was answered: standard error says which answer is on file."""
    report, config = tmp_path / "甲.txt", tmp_path / "auditor.toml"
    config.write_text(f'[model]\nname = "{MODEL}"\n', encoding="utf-8")
    report.write_text(REPORT, encoding="utf-8")
    cli("judge", "export", report, "-o", "requests.jsonl")
    line = {"custom_id": json.loads((tmp_path / "requests.jsonl").read_text("utf-8"))["custom_id"]}
    line["response"] = {"status_code": 200, "body": completion()}
    (tmp_path / "answers.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert cli("judge", "import", "answers.jsonl").status == 0
    report.write_text(REPORT.replace("47件", "48件"), encoding="utf-8")
    _says_nothing_more(cli, report, lambda told: re.search("最接近的是 [0-9a-f]{8}", told) is not None)


def test_nothing_is_said_of_a_model_that_nobody_has_named(cli: Cli, tmp_path: Path) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(REPORT.replace("47件", "48件"), encoding="utf-8")
    _says_nothing_more(cli, report, lambda told: "模型" not in told)
