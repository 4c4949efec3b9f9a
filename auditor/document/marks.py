"""What stands on a page: characters, the lines they make up, ruling lines and the tables in them.

Lengths are in the page's own unit; floats are geometry here, never figures of a report.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.raised import raised

CHINESE = compiled(r"[\u4e00-\u9fff]")
_BLANK, _GAP, _WIDE = 0.2, 0.5, 2.0
"""Widths in characters: of a blank, of a gap between two pieces, of one between two fields."""
_SMALL, _ABOVE = 0.8, 0.15
"""Of a line's height: less than the one high, more than the other above its foot is a raised character."""
OPENS = compiled(
    r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])"
)
"""Marks that open something new: such a line never goes on with the one above it."""


class Glyph(NamedTuple):
    """One character, or a few that were recognised together, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass
class Sheet:
    """What stands on one page. `edges` are ruling lines as thin boxes; `scanned`: recognised text;
    `turned`: degrees clockwise by which the page was turned to make its text level."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    edges: list[Box] = field(default_factory=list)
    scanned: bool = False
    turned: int = 0


class Segment(NamedTuple):
    """A stretch of a line without a gap in it."""

    text: str
    x0: float
    x1: float


@dataclass
class Line:
    """One line of text outside the ruled tables."""

    segments: list[Segment]
    box: Box
    size: float

    @property
    def text(self) -> str:
        """A blank for a narrow gap, a tab for a wide one: two fields side by side."""
        text = self.segments[0].text
        for before, after in itertools.pairwise(self.segments):
            text += ("\t" if after.x0 - before.x1 > _WIDE * self.size else " ") + after.text
        return text


@dataclass
class Ruled:
    """A ruled table: its cells as boxes, with the glyphs in each."""

    cells: dict[Box, list[Glyph]]
    box: Box


class Drawn(NamedTuple):
    """The table cells that were recognised on a page, in its own lengths."""

    width: float
    cells: list[Box]
    turned: int = 0


Item = Line | Ruled


def around(boxes: Iterable[Box]) -> Box:
    boxes = list(boxes)
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs gathered into lines: those whose middles lie within each other's height."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.top + one.bottom) / 2):
        middle = (glyph.top + glyph.bottom) / 2
        if rows and middle - _middle(rows[-1]) < 0.5 * max(glyph.height, rows[-1][-1].height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one.x0)
        if any(one.text.strip() for one in row):
            size = median(one.height for one in row)
            row = _with_raised(row, size)
            lines.append(Line(_segments(row, size), around(Box(*one[1:]) for one in row), size))
    return [line for line in lines if line.segments]


def _with_raised(row: Sequence[Glyph], size: float) -> list[Glyph]:
    """The row, small digits above its line as such: a footnote's mark is no digit of the number before it."""
    foot = median(one.bottom for one in row)
    return [
        one._replace(text=raised(one.text))
        if one.text.isdigit() and one.height < _SMALL * size and foot - one.bottom > _ABOVE * size
        else one
        for one in row
    ]


def _middle(row: Sequence[Glyph]) -> float:
    return sum((one.top + one.bottom) / 2 for one in row) / len(row)


def _segments(row: Sequence[Glyph], size: float) -> list[Segment]:
    """Cut at gaps; a narrow one between two Latin words is a blank."""
    segments: list[Segment] = []
    text, start, end = "", 0.0, 0.0
    spacing = _spacing(row, size)
    for glyph in row:
        if not glyph.text.strip():
            continue
        gap = glyph.x0 - end
        if text and gap > _GAP * size + spacing:
            segments.append(Segment(text, start, end))
            text = ""
        if not text:
            start = glyph.x0
        elif gap > _BLANK * size + spacing and text[-1].isascii() and glyph.text[0].isascii():
            text += " "
        text += glyph.text
        end = max(end, glyph.x1)
    return [*segments, Segment(text, start, end)] if text else segments


def _spacing(row: Sequence[Glyph], size: float) -> float:
    """How far the letters of the line are set apart from each other: 分散对齐, wide tracking."""
    marks = [glyph for glyph in row if glyph.text.strip()]
    if len(marks) < 2:
        return 0.0
    usual = median(right.x0 - left.x1 for left, right in itertools.pairwise(marks))
    return usual if 0 < usual <= _GAP * size else 0.0
