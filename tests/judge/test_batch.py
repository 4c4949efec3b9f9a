"""Questions out and answers in as files; `auditor judge` on the command line."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from auditor.judge.batch import export, import_answers
from auditor.judge.call import Reply
from auditor.judge.cassette import Cassettes
from auditor.judge.wire import body
from tests.conftest import Cli
from tests.judge.conftest import question
from tests.judge.fault import FaultServer, completion
from tests.samples import ROOT

CALLS = [question(f"报告{at}") for at in range(5)]


def answered(request: dict[str, Any], text: str = '{"items": []}') -> str:
    response = {"status_code": 200, "request_id": "r", "body": completion(text)}
    return json.dumps({"id": "b", "custom_id": request["custom_id"], "response": response, "error": None})


def requests(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class TestFiles:
    def test_the_form_is_that_of_the_batch_interface(self, tmp_path: Path) -> None:
        path = tmp_path / "requests.jsonl"
        assert export([*CALLS, CALLS[0]], path) == 5
        for call, request in zip(CALLS, requests(path), strict=True):
            assert request == {
                "custom_id": call.key, "method": "POST", "url": "/v1/chat/completions", "body": body(call),
            }  # fmt: skip

    def test_any_order(self, tmp_path: Path) -> None:
        export(CALLS, tmp_path / "requests.jsonl")
        lines = [answered(one, f"答{one['custom_id']}") for one in requests(tmp_path / "requests.jsonl")]
        random.Random(3).shuffle(lines)
        (tmp_path / "answers.jsonl").write_text("\ufeff" + "\r\n\r\n".join(lines), encoding="utf-8")
        store = Cassettes(tmp_path / "store")
        outcome = import_answers(tmp_path / "answers.jsonl", CALLS, store)
        assert (outcome.stored, outcome.missing, outcome.told) == (5, 0, "存入 5 条")
        for call in CALLS:
            reply = store.get(call)
            assert reply is not None
            assert (reply.text, reply.source, reply.usage.total) == (f"答{call.key}", "batch", 42)

    def test_in_parts_and_twice(self, tmp_path: Path) -> None:
        export(CALLS, tmp_path / "requests.jsonl")
        lines = [answered(one) for one in requests(tmp_path / "requests.jsonl")]
        store, path = Cassettes(tmp_path / "store"), tmp_path / "answers.jsonl"
        path.write_text("\n".join(lines[:2]), encoding="utf-8")
        assert import_answers(path, CALLS, store).told == "存入 2 条；还有 3 条提问没有回答"
        path.write_text("\n".join(lines), encoding="utf-8")
        assert import_answers(path, CALLS, store).told == "存入 3 条，已有 2 条"

    def test_bad_lines_are_counted_and_lose_nothing(self, tmp_path: Path) -> None:
        key = [call.key for call in CALLS]
        lines: list[str | bytes] = [
            answered({"custom_id": key[0]})[:-9], "[]", "null", "3", b"\xff\xfe", "{}", "[" * 100_000, "x" * 9_000_000,
            answered({"custom_id": "somebody else's"}), answered({"custom_id": [1]}),
            json.dumps({"custom_id": key[1], "response": None, "error": {"code": "batch_expired"}}),
            json.dumps({"custom_id": key[1], "response": {"status_code": 500, "body": {}}, "error": None}),
            json.dumps({"custom_id": key[1], "response": {"status_code": 200, "body": {"choices": []}}}),
            answered({"custom_id": key[2]}, "甲"), answered({"custom_id": key[2]}, "乙"),
        ]  # fmt: skip
        raw = b"\n".join(one if isinstance(one, bytes) else one.encode() for one in lines)
        (tmp_path / "answers.jsonl").write_bytes(raw)
        store = Cassettes(tmp_path / "store")
        outcome = import_answers(tmp_path / "answers.jsonl", CALLS, store)
        counts = (
            outcome.stored,
            outcome.bad,
            outcome.unknown,
            outcome.failed,
            outcome.differing,
            outcome.missing,
        )
        assert counts == (1, 9, 2, 2, 1, 4)
        assert store.get(CALLS[2]) == Reply("甲", "m-2026", store.get(CALLS[2]).usage, "batch")  # type: ignore[union-attr]

    def test_a_failed_export_leaves_nothing(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            export(CALLS, tmp_path / "no" / "folder" / "requests.jsonl")
        assert list(tmp_path.iterdir()) == []


REPORT = """项目支出绩效自评报告

项目名称：青坪镇道路养护项目
填报人：何向晚　联系电话：0762-5612345

一、项目绩效
完成道路养护36公里。项目的实施改善了群众出行条件，社会效益显著，由何向晚负责。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def _named(folder: Path, model: str) -> Path:
    path = folder / "auditor.toml"
    path.write_text(f'[model]\nname = "{model}"\n', encoding="utf-8")
    return path


class TestCommands:
    @pytest.mark.parametrize("name", ["台账.xlsx", "报告", "清单.jsonl"])
    def test_what_is_no_export_is_not_replaced(self, cli: Cli, report: Path, name: str) -> None:
        """A ledger that was filled in, a report, another list: questions are written beside them, not over them."""
        there = report.with_name(name)
        there.write_bytes(b"PK what somebody wrote")
        answer = cli("judge", "export", report, "-o", name, "--model", "m")
        assert (answer.status, there.read_bytes()) == (2, b"PK what somebody wrote")
        assert "未覆盖" in answer.err

    def test_export_import_replay(self, cli: Cli, report: Path, tmp_path: Path) -> None:
        answer = cli("judge", "export", report, "-o", "requests.jsonl", "--model", "m")
        assert (answer.status, answer.out, answer.err) == (0, "", "导出提问 1 条到 requests.jsonl\n")
        (request,) = requests(tmp_path / "requests.jsonl")
        (tmp_path / "answers.jsonl").write_text(answered(request), encoding="utf-8")
        answer = cli("judge", "import", "answers.jsonl")
        assert (answer.status, answer.err) == (0, "存入 1 条\n")
        answer = cli("judge", "export", report, "-o", "requests.jsonl", "--model", "m")
        assert "另有 1 条已有回答" in answer.err
        assert (tmp_path / "requests.jsonl").read_text(encoding="utf-8") == ""

    def test_preview_shows_every_word_that_is_sent(
        self, cli: Cli, report: Path, server: FaultServer, tmp_path: Path
    ) -> None:
        from auditor.judge.client import LiveAsker
        from auditor.judge.collect import Collector
        from auditor.judge.endpoint import ModelSettings
        from auditor.pipeline import run
        from auditor.rules.catalogue import selected

        answer = cli("judge", "preview", report, "--json")
        assert answer.status == 0
        settings = ModelSettings()
        collector = Collector(settings, None)
        run([report], selected(), reviewer=collector)
        for call in collector.calls:
            LiveAsker(settings).ask(call)
        assert [json.loads(line) for line in answer.out.splitlines()] == server.bodies
        readable = cli("judge", "preview", report).out
        for message in server.bodies[0]["messages"]:
            assert message["content"] in readable

    @pytest.mark.parametrize("command", [("preview",), ("preview", "--json"), ("export", "-o", "r.jsonl")])
    def test_names_and_numbers_stay_here(
        self, cli: Cli, report: Path, tmp_path: Path, command: tuple[str, ...]
    ) -> None:
        answer = cli("judge", command[0], report, *command[1:])
        everything = answer.out + "".join(
            path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.json*") if path.is_file()
        )
        assert "⟦姓名1⟧" in everything
        assert "何向晚" not in everything
        assert "5612345" not in everything

    def test_an_answer_that_was_cut_is_told_where_people_look(
        self, cli: Cli, report: Path, tmp_path: Path
    ) -> None:
        """At the top of the memo, on standard error, and in the note that leaves the office, without a reason."""
        cli("judge", "export", report, "-o", "requests.jsonl", "--model", "m")
        (request,) = requests(tmp_path / "requests.jsonl")
        item = '{"code":"L801","sentence":3,"quote":"社会效益显著","about":"效益","question":"有哪些变化？"}'
        cut = completion(f'{{"items":[{item},{{"code":"L8')
        cut["choices"][0]["finish_reason"] = "length"
        line = {"custom_id": request["custom_id"], "response": {"status_code": 200, "body": cut}}
        (tmp_path / "answers.jsonl").write_text(json.dumps(line), encoding="utf-8")
        cli("judge", "import", "answers.jsonl")
        answer = cli("audit", report, "--config", _named(tmp_path, "m"))
        assert "叙述未经模型完整审读" in answer.err
        assert "回答不完整" in answer.err
        head = answer.out.partition("### 一、")[0]
        assert "叙述部分没有读完" in head
        assert answer.out.rstrip().endswith("叙述部分未经模型完整审读。")

    def test_marked_reports_stay_here(
        self, cli: Cli, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report.write_text("秘密★5年\n" + REPORT, encoding="utf-8")
        answer = cli("judge", "export", report, "-o", "r.jsonl")
        assert "标有“秘密”" in answer.err
        assert requests(tmp_path / "r.jsonl") == []
        answer = cli("judge", "preview", report)
        assert "标有“秘密”" in answer.err
        assert answer.out == ""
        cli("judge", "export", report, "-o", "r.jsonl", "--local")
        assert len(requests(tmp_path / "r.jsonl")) == 1
        monkeypatch.setenv("OPENAI_BASE_URL", "http://10.1.2.3:8000/v1")
        assert "青坪镇" in cli("judge", "preview", report).out

    def test_the_log_says_what_was_exported(self, cli: Cli, report: Path, tmp_path: Path) -> None:
        cli("judge", "export", report, "-o", "r.jsonl")
        (line,) = (tmp_path / "cassettes" / "sent.jsonl").read_text(encoding="utf-8").splitlines()
        entry = json.loads(line)
        assert (entry["event"], entry["host"], entry["key"]) == (
            "exported",
            "r.jsonl",
            requests(tmp_path / "r.jsonl")[0]["custom_id"],
        )
        assert entry["masked"]["电话"] == 1

    def test_bad_use(self, cli: Cli, report: Path, tmp_path: Path) -> None:
        assert cli("judge", "import", "none.jsonl").status == 2
        assert cli("judge", "export", report, "-o", "no/folder/r.jsonl").status == 2
        assert cli("judge", "export", "none.txt", report, "-o", "r.jsonl").status == 2
        assert len(requests(tmp_path / "r.jsonl")) == 1
        (tmp_path / "bad.jsonl").write_text("{", encoding="utf-8")
        assert cli("judge", "import", "bad.jsonl").status == 1

    def test_settings(self, cli: Cli, report: Path, tmp_path: Path) -> None:
        (tmp_path / "auditor.toml").write_text(
            '[model]\nname = "qwen"\nstructured = "json_object"\ncassettes = "c"\n', encoding="utf-8"
        )
        cli("judge", "export", report, "-o", "r.jsonl")
        (request,) = requests(tmp_path / "r.jsonl")
        assert (request["body"]["model"], request["body"]["response_format"]) == (
            "qwen",
            {"type": "json_object"},
        )
        assert (tmp_path / "c" / "pending").is_dir()
        (tmp_path / "auditor.toml").write_text("[model]\nnam = 3\n", encoding="utf-8")
        assert "不认识“nam”" in cli("judge", "preview", report).err


def test_every_setting_is_described_with_its_default() -> None:
    import re
    import tomllib
    from dataclasses import fields

    from auditor.judge.endpoint import ModelSettings

    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    rows = page.split("| 设置 | 默认 |")[1].split("\n\n")[0]
    table = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", rows, re.MULTILINE))
    defaults = ModelSettings()
    for field in fields(ModelSettings):
        told = tomllib.loads(f"x = {table.pop(field.name)}", parse_float=str)["x"]
        value = getattr(defaults, field.name)
        assert (tuple(told) if isinstance(told, list) else str(told)) == (
            value if isinstance(value, tuple) else str(value)
        )
    assert table == {}
