"""A real OpenAI-compatible server (llama.cpp) with a random model: schema-valid nonsense over HTTP.

Nothing of it may be believed, and nothing of it may touch what the rules found.
"""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from auditor.judge.call import Call, NoAnswer
from auditor.judge.cassette import Cassettes
from auditor.judge.client import LiveAsker
from auditor.judge.endpoint import ModelSettings, endpoint
from auditor.judge.review import review
from auditor.pipeline import run
from auditor.rules.catalogue import selected
from tests.judge.conftest import question
from tests.judge.endpoints import REFUSALS, SCHEMA, real_server, tried
from tests.samples import ROOT

MISSING = "xllamacpp or gguf is not installed (extra model-test): NO real model server was tested"
REPORT = """项目支出绩效自评报告

一、项目概况
乡村道路养护项目由青坪镇实施，全年预算120万元，支出118.5万元。

二、绩效完成情况
完成道路养护36公里，合格率100%。项目的实施改善了群众出行条件，社会效益显著。
资金使用合规有效，绩效目标全部完成。

三、存在的问题
个别路段养护不及时。下一步加强管理，完善制度。
"""
SETTINGS = ModelSettings(name="tiny", temperature=Decimal(1), max_output=1500, timeout=120, attempts=2)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with real_server(tmp_path_factory.mktemp("model")) as running:
            yield running
    except ImportError:
        warnings.warn(MISSING, stacklevel=1)
        pytest.skip(MISSING)


@pytest.fixture(autouse=True)
def _pointed(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", address)


def test_the_server_is_local() -> None:
    assert endpoint(SETTINGS).local


def test_nonsense_keeps_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    """Twenty answers; those that the limit did not cut are all valid."""
    live = LiveAsker(SETTINGS)
    valid = cut = items = 0
    started = time.monotonic()
    for seed in range(20):
        call = question(schema=SCHEMA, parameters={"temperature": 1, "max_tokens": 1500, "seed": seed})
        reply = live.ask(call)
        assert reply.usage.prompt_tokens > 0
        if reply.finish == "length":
            cut += 1
            continue
        answer = json.loads(reply.text)
        jsonschema.validate(answer, SCHEMA)
        valid, items = valid + 1, items + len(answer["items"])
    with capsys.disabled():
        print(
            f"\nreal server: {valid} valid, {cut} cut, {items} items, {time.monotonic() - started:.1f} s, {vars(live.tally)}"
        )
    assert valid >= 12
    assert items >= 5


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_every_item_is_rejected(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Eight rounds of nonsense about one report; the endpoint keeps its prefix."""
    (document,) = run([report], selected()).documents
    reports = [one.report for one in document.reports]
    asked = passed = dropped = 0
    started = time.monotonic()
    for round_ in range(8):
        settings = replace(SETTINGS, max_output=1200 + round_)
        (outcome,) = review(reports, [[]], LiveAsker(settings), settings)
        asked, passed = asked + outcome.asked, passed + outcome.passed
        dropped += len(outcome.dropped)
        assert outcome.calls >= 1, outcome.status
    with capsys.disabled():
        print(
            f"\nreal server: {asked} items in 8 rounds, {passed} believed, {dropped} dropped, "
            f"{time.monotonic() - started:.1f} s"
        )
    assert asked >= 1
    assert passed == 0


def test_the_rules_find_what_they_found(report: Path) -> None:
    def reviewed(reports: Any, results: Any) -> Any:
        return review(reports, results, LiveAsker(SETTINGS), SETTINGS)

    def told(reviewer: Any) -> list[Any]:
        outcome = run([report], selected(), reviewer=reviewer)
        return [one.items for document in outcome.documents for one in document.reports]

    assert told(None)
    assert repr(told(None)) == repr(told(reviewed))


def test_too_long_a_report_is_a_reason() -> None:
    live = LiveAsker(SETTINGS)
    with pytest.raises(NoAnswer, match="返回 400"):
        live.ask(question("很长的报告。" * 3_000, schema=SCHEMA))
    assert live.tally.requests == 1


def test_recorded_nonsense_is_replayed(tmp_path: Path) -> None:
    call: Call = question(schema=SCHEMA, parameters={"temperature": 1, "max_tokens": 300})
    first = LiveAsker(SETTINGS, record=Cassettes(tmp_path)).ask(call)
    again = LiveAsker(SETTINGS, record=Cassettes(tmp_path))
    assert again.ask(call).text == first.text
    assert again.tally.requests == 0


@pytest.mark.parametrize("name", REFUSALS)
def test_whatever_it_refuses_it_answers_and_that_is_remembered(name: str, address: str) -> None:
    """The same server behind one that refuses a parameter: docs/model.md shows this table."""
    row = tried(name, address)
    assert row.second == 1
    assert row.first == 1 + len(REFUSALS[name])
    assert row.outcome.startswith("有回答")
    assert row.valid is (row.spoken.structured == "json_schema")
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    assert f"| {name} | {row.first} | {row.second} | {row.spoken.told} | " in page
