"""Generated forms: a seeded slice of what `python -m tests.formats.measure` measures at length."""

from __future__ import annotations

from collections import Counter

import pytest

from auditor.report.labels import role_of
from auditor.report.model import Role
from tests.formats import forget, write
from tests.formats.generate import DIRECT, outcome
from tests.formats.measure import Board, Tally, measured

SLICE = "slice"
NATIVE = [
    # format, documents, cells right %, documents with a false alarm
    ("docx", 16, 98.5, 0),
    ("xlsx", 16, 98.5, 0),
    ("html", 16, 98.5, 0),
]
"""Floors and ceilings of today: they are tightened whenever reading gets better, never loosened."""


def tally(count: int, format: str = "text") -> Tally:
    board = Board()
    for one in measured(SLICE, count, format):
        board.add(one)
    return board.whole


@pytest.mark.parametrize(("format", "count", "share", "alarms"), NATIVE)
def test_native(format: str, count: int, share: float, alarms: int) -> None:
    found = tally(count, format)
    assert found.share >= share
    assert found.alarms <= alarms


def test_text() -> None:
    found = tally(40)
    assert found.share >= 94
    assert found.alarms == 0


@pytest.mark.skipif(write.SOFFICE is None, reason="LibreOffice is not installed: printed PDF is NOT checked")
def test_printed() -> None:
    found = tally(6, "pdf")
    assert found.share >= 97.5
    assert found.alarms == 0


def test_a_forgotten_word_is_never_silent() -> None:
    """Leave-one-out of the vocabulary: no false alarm, nothing lost without a word."""
    board = Board()
    for name, one in forget.measured(SLICE, 16, "docx"):
        board.add(one, name)
    assert (board.whole.alarms, board.whole.silent) == (0, 0)
    assert board.whole.share >= 90


def test_the_reader_remembers_afterwards() -> None:
    with forget.forgotten("全年预算数"):
        assert role_of("全年预算数") is None
    assert role_of("全年预算数") is Role.BUDGET


def test_a_seed_gives_one_document() -> None:
    assert outcome("7:1") == outcome("7:1")
    assert outcome("7:1", "html") == outcome("7:1", "html")


def test_layouts_do_not_repeat() -> None:
    """At least 10^5 outcomes: 300 drawn are all unlike."""
    texts = Counter(outcome(f"many:{number}").data for number in range(300))
    assert len(texts) == 300


def test_every_truth_stands_in_its_document() -> None:
    """Nothing is asked for that the text does not show."""
    for number in range(60):
        one = outcome(f"truth:{number}", "html")
        text = one.data.decode().replace("&gt;", ">").replace("&lt;", "<")
        missing = [truth.text for truth in one.truths if truth.text not in text]
        assert not missing, one.seed


def test_formats_hold_the_same_form() -> None:
    assert len({outcome("same:1", format).truths for format in DIRECT}) == 1
