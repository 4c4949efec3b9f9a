"""Answer files that are wrong in every way, imported and replayed: what is right in them is kept, nothing else."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from auditor.judge.batch import import_answers
from auditor.judge.cassette import Cassettes, Replayer
from auditor.judge.endpoint import ModelSettings
from auditor.judge.review import inquiries, review
from auditor.pipeline import AuditedReport, run
from auditor.rules import Verdict
from auditor.rules.catalogue import catalogue
from tests.judge.fault import completion
from tests.samples import ROOT

HARD: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("hard.toml").read_text("utf-8"))


@cache
def narrative() -> AuditedReport:
    (document,) = run([ROOT / "examples" / "02-narrative.txt"], catalogue()).documents
    return document.reports[0]


@pytest.mark.parametrize("name", HARD)
def test_what_is_right_is_kept(name: str, tmp_path: Path) -> None:
    expected, one = HARD[name], narrative()
    known = [item.result for item in one.items]
    (asked,) = inquiries([one.report], [known], ModelSettings())
    (call,) = asked.calls
    line = {"custom_id": call.key, "response": {"status_code": 200, "body": completion(expected["answer"])}}
    (tmp_path / "answers.jsonl").write_text(json.dumps(line), encoding="utf-8")
    kept = Cassettes(tmp_path / "kept")
    assert import_answers(tmp_path / "answers.jsonl", asked.calls, kept).stored == 1

    (outcome,) = review([one.report], [known], Replayer([kept]), ModelSettings())
    assert sorted(drop.reason for drop in outcome.dropped) == sorted(expected.get("dropped", []))
    assert len(outcome.results) == expected.get("asked", 0)
    assert len(outcome.ticks) == expected.get("ticked", 0)
    assert len(outcome.attached) == expected.get("joined", 0)
    assert outcome.done is expected.get("done", True)
    assert {found.verdict for found in outcome.results} <= {Verdict.QUERY}
    words = "".join(found.message for found in (*outcome.results, *outcome.ticks))
    assert all(char.isprintable() for char in words)


def test_a_reply_with_half_a_character_is_kept(tmp_path: Path) -> None:
    """JSON can spell what no file can hold: the answer is paid for, and goes into the file and the memo."""
    one = narrative()
    (asked,) = inquiries([one.report], [[]], ModelSettings())
    (call,) = asked.calls
    body = completion('{"items": []} \ud800 over')
    line = {"custom_id": call.key, "response": {"status_code": 200, "body": body}}
    (tmp_path / "answers.jsonl").write_text(json.dumps(line), encoding="utf-8")
    kept = Cassettes(tmp_path / "kept")
    assert import_answers(tmp_path / "answers.jsonl", asked.calls, kept).stored == 1
    assert Replayer([kept]).ask(call).text == '{"items": []} ? over'
