"""`judge check`, `judge agree`, the work folder and a bureau's own prompts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.judge import places
from auditor.judge.prompt import BadPrompt, chosen, load
from tests.conftest import Cli
from tests.judge.fault import FaultServer, completion, error, sends
from tests.judge.reports import TEXT, item, written


def test_says_what_works(cli: Cli, server: FaultServer) -> None:
    answer = cli("judge", "check", "--model", "m")
    assert answer.status == 0, answer.out
    for words in (
        "算本地",
        "连得上，模型 m-2026 有回答",
        "按 JSON Schema 作答",
        "能按 JSON 作答",
        "上下文长度",
    ):
        assert words in answer.out


def test_says_what_does_not(cli: Cli, server: FaultServer) -> None:
    server.plan = [error(401)]
    answer = cli("judge", "check", "--model", "m")
    assert answer.status == 1
    assert "× 没有得到回答" in answer.out
    assert "密钥无效" in answer.out


def test_what_two_runs_ask_comes_first(cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(TEXT, encoding="utf-8")
    answers = [written(item(), item(code="L803")), written(item(question="效果何在？"))]
    for name, text in zip("ab", answers, strict=True):
        server.plan = [sends(200, completion(text))]
        out = cli("audit", report, "--llm", "live", "--model", "m", "--no-record", "--format", "json").out
        (tmp_path / f"{name}.json").write_text(out, encoding="utf-8")
    lines = cli("judge", "agree", tmp_path / "a.json", tmp_path / "b.json").out.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "两次都问：1 条", "只有第一次问：1 条", "只有第二次问：0 条",
    ]  # fmt: skip
    assert "L802" in lines[1]


def test_the_programs_own_answers_are_not_written_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert places.own(str(tmp_path / "c")) == tmp_path / "c"
    monkeypatch.chdir(places.carried("cassettes").parent)
    assert places.own("cassettes") == Path(".auditor") / "cassettes"


def test_own_prompts_stand_before_the_programs(tmp_path: Path) -> None:
    text = (places.carried("prompts") / "L801.md").read_text(encoding="utf-8")
    (tmp_path / "L801.md").write_text(text.replace("L801 套话：", "L801 空话："), encoding="utf-8")
    assert "L801 空话：" in chosen(str(tmp_path)).instructions
    assert chosen(str(tmp_path)).identity != load().identity
    assert chosen("").identity == load().identity
    with pytest.raises(BadPrompt):
        chosen(str(tmp_path / "none"))


def test_a_form_that_nobody_knows_is_refused(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "auditor.toml").write_text('[model]\nstructured = "xml"\n', encoding="utf-8")
    answer = cli("audit", tmp_path / "x.txt", "--config", tmp_path / "auditor.toml")
    assert answer.status == 2
    assert "structured 应是" in answer.err


def test_the_answer_is_used_whatever_the_form(cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    """The weak answer of the same model: code in lower case, the line as words, the sheet's number."""
    report = tmp_path / "甲.txt"
    report.write_text(TEXT, encoding="utf-8")
    weak = {
        "代码": "l802",
        "行号": "第6行",
        "引文": "6｜“道路通畅，群众出行更加方便”。",
        "提问": "对生态有什么作用？",
    }
    server.plan = [sends(200, completion(f"好的：```json\n[{json.dumps(weak, ensure_ascii=False)}]\n```"))]
    found = json.loads(cli("audit", report, "--llm", "live", "--model", "m", "--format", "json").out)
    (one,) = (one for one in found["documents"][0]["reports"][0]["results"] if one["origin"] == "model")
    assert one["rule"] == "L802"
    assert (
        report.read_text(encoding="utf-8")[slice(one["evidence"][0]["start"], one["evidence"][0]["end"])]
        == "道路通畅，群众出行更加方便"
    )


def test_what_a_model_saw_and_no_rule(cli: Cli, tmp_path: Path, server: FaultServer) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(TEXT + "\n验收合格率不低于95%，实际合格率92%。\n", encoding="utf-8")
    told = {"relation": "目标", "operands": ["实际合格率92%", "不低于95%"], "question": ""}
    server.plan = [sends(200, completion(json.dumps({"items": [], "relations": [told]}, ensure_ascii=False)))]
    memo = tmp_path / "a.json"
    memo.write_text(
        cli("audit", report, "--llm", "live", "--model", "m", "--format", "json").out, encoding="utf-8"
    )
    assert (
        cli("judge", "learn", memo).out == f"{report} 第1份 不成立：92% < 95%（“实际合格率92%”“不低于95%”）\n"
    )
    refused = cli("judge", "learn", report)
    assert (refused.status, "不是本程序写出的" in refused.err) == (2, True)
