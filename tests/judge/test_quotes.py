"""Where a quote as short as a number stands in its line."""

from __future__ import annotations

import pytest

from auditor.document.fold import fold, view
from auditor.judge.quotes import short
from auditor.judge.sheet import Line


def line(*cells: str) -> Line:
    return Line(1, tuple(view(fold(cell), 0, len(fold(cell))) for cell in cells))


@pytest.mark.parametrize(
    ("quote", "cells", "found"),
    [
        ("32公里", ("更换管网", "≥32公里", "32公里"), 2),  # the cell that is nothing else
        ("32公里", ("更换管网", "≥32公里", "完成"), 1),  # the only place
        ("32公里", ("更换管网", "32公里", "32公里"), None),  # either of two
        ("32公里", ("更换管网", "≥32公里", "全年32公里"), None),
        ("2公里", ("更换管网", "≥32公里", "12公里"), None),  # cuts a number
    ],
)
def test_the_place_of_a_short_quote(quote: str, cells: tuple[str, ...], found: int | None) -> None:
    own = line(*cells)
    place = short(quote, own)
    if found is None:
        assert place is None
    else:
        assert place is not None
        assert place.text == quote
        assert place.text in own.views[found].text
        assert (place.text == cells[found]) is (cells[found] == quote)
