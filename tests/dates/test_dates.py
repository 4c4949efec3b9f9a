"""Days, terms and numbers that do not go together, in wordings that served for the rules and in others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from auditor.document import read_bytes
from auditor.pipeline import run
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue

_FRAMES = tomllib.loads(Path(__file__).with_name("frames.toml").read_text("utf-8"))
_HEAD = "云溪县2023年度民生工程支出绩效自评报告\n"
_CODES = ("R502", "N404", "I301")
_FOUND = {False: 100, True: 90}
"""Of a hundred. Only ever raised."""


def told(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def values(kind: str, at: int, *, wrong: bool) -> dict[str, object]:
    """What the blanks of a frame of that kind hold, one of several fillings."""
    limit = date(2023, 9, 30) + timedelta(days=31 * at)
    gap = 12 + 7 * at
    match kind:
        case "early":
            return {
                "limit": told(limit),
                "done": told(limit - timedelta(days=gap)),
                "days": gap + (wrong and 9),
            }
        case "late":
            return {"limit": told(limit), "done": told(limit + timedelta(days=gap if wrong else -gap))}
        case "order":
            return {"begun": told(limit), "done": told(limit + timedelta(days=-gap if wrong else gap * 4))}
        case "term":
            return {"from": 2012 + at, "to": 2023, "years": 11 - at + (wrong and 3)}
        case "run":
            return {
                "first": f"{14 + at:03}",
                "last": f"{49 + at * 3:03}",
                "count": 36 + at * 2 - (wrong and 1),
            }
    raise ValueError(kind)


def reports(held: bool, *, wrong: bool) -> Iterator[str]:
    for kind, frames in _FRAMES.items():
        for frame in frames:
            if frame.get("held", False) is held:
                for at in range(3):
                    yield f"{_HEAD}{frame['text'].format(**values(kind, at, wrong=wrong))}\n"


def asked(text: str) -> list[str]:
    outcome = run([read_bytes(text.encode(), "report.txt")], catalogue())
    return [
        item.result.message
        for document in outcome.documents
        for report in document.reports
        for item in report.items
        if item.result.rule.code in _CODES and item.result.verdict in (Verdict.QUERY, Verdict.INCONSISTENT)
    ]


@pytest.mark.parametrize("held", [False, True])
def test_what_does_not_go_together_is_asked_about(held: bool) -> None:
    made = list(reports(held, wrong=True))
    silent = [text for text in made if not asked(text)]
    assert (len(made) - len(silent)) * 100 >= _FOUND[held] * len(made), silent


@pytest.mark.parametrize("held", [False, True])
def test_what_goes_together_is_not(held: bool) -> None:
    assert [message for text in reports(held, wrong=False) for message in asked(text)] == []
