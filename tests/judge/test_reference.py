"""The cassettes of the examples are current, and show what is believed and what is not."""

from __future__ import annotations

import json

import pytest

from auditor.api import audit
from auditor.judge import quotes, sound, tieout
from auditor.memo.model import ModelReview, Report
from scripts.reference_answers import CASSETTES, SOURCE, stale
from tests.samples import ROOT


def report(name: str) -> Report:
    return audit(ROOT / "examples" / f"{name}.txt", llm="replay").documents[0].reports[0]


def review(name: str) -> ModelReview:
    found = report(name).model
    assert found is not None
    return found


def test_are_current() -> None:
    assert stale() == [], "run python -m scripts.reference_answers"


@pytest.mark.parametrize(
    ("name", "passed", "reasons"),
    [
        ("01-national", 5, {quotes.NOT_FOUND, sound.INVENTED, tieout.HOLDS}),
        (
            "02-narrative", 5,
            {quotes.NOT_FOUND, sound.INVENTED, tieout.HOLDS},
        ),
        ("03-clean", 0, {quotes.NOT_FOUND, tieout.HOLDS}),
    ],
)  # fmt: skip
def test_what_passes(name: str, passed: int, reasons: set[str]) -> None:
    found = review(name)
    assert (found.done, found.passed, found.repairs) == (True, passed, 0)
    assert found.asked == found.passed + len(found.dropped) + len(found.attached)
    assert {one.reason for one in found.dropped} == reasons
    assert (found.name, found.sources) == ("reference", [SOURCE])


@pytest.mark.parametrize("name", ["01-national", "02-narrative", "03-clean"])
def test_just_what_was_written_wrong_is_dropped(name: str) -> None:
    items = json.loads((CASSETTES / "reference" / f"{name}.json").read_text(encoding="utf-8"))["items"]
    wrong = {(item["code"], item["quote"]) for item in items if "note" in item}
    right = {(item["code"], item["quote"]) for item in items if "note" not in item}
    told = review(name)
    assert {(one.rule, one.quote) for one in told.dropped} | {
        (one.rule, one.quote) for one in told.attached
    } == wrong
    found = [one for one in report(name).results if one.origin == "model"]
    assert {one.rule for one in found} == {code for code, _ in right}
    assert {quote for _, quote in right} <= {one.quote for result in found for one in result.evidence}


@pytest.mark.parametrize(("select", "ignore"), [(["F", "L"], []), ([], ["S"]), (["L"], [])])
def test_the_choice_of_rules_loses_no_answer(select: list[str], ignore: list[str]) -> None:
    path = ROOT / "examples" / "01-national.txt"
    found = audit(path, llm="replay", select=select, ignore=ignore).documents[0].reports[0]
    assert found.model is not None
    assert found.model.done, found.model.status
    assert found.model.asked == review("01-national").asked
    # What a rule that was not chosen has found is no finding of this memo that a question could stand under.
    assert {one.finding for one in found.model.attached} <= {one.fingerprint for one in found.results}
