"""What a paper on a season is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from decimal import Decimal
from typing import NamedTuple

from auditor.memo.chart import Bars
from auditor.values import frozen


class Link(NamedTuple):
    """Words that lead to the memo of a report, by the number of the report."""

    words: str
    report: int


Cell = str | int | Decimal | Link | None


class Head(NamedTuple):
    """A column: `width` in characters; numbers stand right."""

    words: str
    width: int
    number: bool = False


@frozen
class Chart:
    """Pairs of bars: `names` are those of the upper and the lower ones."""

    title: str
    names: tuple[str, str]
    bars: tuple[Bars, ...]


@frozen
class Chapter:
    """A table with its heading, what has to be said of it, and a chart where one helps."""

    title: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    chart: Chart | None = None
    lines: Sequence[str] = field(default_factory=tuple)
