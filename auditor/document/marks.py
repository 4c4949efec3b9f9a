"""What stands on a page: characters, the lines they make up, ruling lines and the tables in them.

Lengths are in the page's own unit; floats are geometry here, never figures of a report.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter, sub
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.raised import raised

ILLEGIBLE = "\ufffd"
"""Stands for a character of which the file does not say which it is."""
CHINESE = compiled(r"[\u4e00-\u9fff]")
_BLANK, _GAP, _WIDE = 0.2, 0.5, 2.0
"""Widths in characters: of a blank, of a gap between two pieces, of one between two fields."""
_TWICE, _AGAIN = 0.3, 1.5
"""Of a line's height: an overlap of two characters that is more than their ink; points: printed again at its place."""
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
    """A ruled table: its cells as boxes, with the lines of text in each."""

    cells: dict[Box, list[Line]]
    box: Box


class Drawn(NamedTuple):
    """The table cells that were recognised on a page, in its own lengths."""

    width: float
    cells: list[Box]
    turned: int = 0


Item = Line | Ruled


@dataclass
class Page:
    """A sheet, its glyphs put together: ruled tables and the lines outside them, top to bottom."""

    number: int
    width: float
    height: float
    items: list[Item]
    scanned: bool = False
    turned: int = 0

    @property
    def has_text(self) -> bool:
        return any(isinstance(item, Line) or any(item.cells.values()) for item in self.items)


def around(boxes: Iterable[Box]) -> Box:
    boxes = list(boxes)
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def within(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Glyphs gathered into lines: those whose middles lie within each other's height."""
    return [line for row in _rows(glyphs) if (line := _line(row)) is not None]


def _rows(glyphs: Sequence[Glyph]) -> Iterable[Sequence[Glyph]]:
    if len({(one.top, one.bottom) for one in glyphs}) < 2:
        return [glyphs]
    rows: list[list[Glyph]] = []
    total = 0.0
    for middle, glyph in sorted([((one.top + one.bottom) / 2, one) for one in glyphs], key=itemgetter(0)):
        if rows and middle - total / len(rows[-1]) < 0.5 * max(glyph.height, rows[-1][-1].height):
            rows[-1].append(glyph)
            total += middle
        else:
            rows.append([glyph])
            total = middle
    return rows


def _line(row: Sequence[Glyph]) -> Line | None:
    """The line that these glyphs make, if any of them is seen."""
    marks = sorted([one for one in row if not one.text.isspace()], key=itemgetter(1))
    if not marks:
        return None
    texts, x0s, tops, x1s, bottoms = zip(*marks, strict=True)
    top, bottom = min(tops), max(bottoms)
    size = bottom - top
    if top < max(tops) or bottom > min(bottoms):
        size = median([one.height for one in marks])
        texts = tuple(one.text for one in _with_raised(marks, size))
    gaps = list(map(sub, x0s[1:], x1s))
    box = Box(x0s[0], top, max(x1s), bottom)
    if not gaps or (max(gaps) <= _BLANK * size and min(gaps) >= -_TWICE * size):
        return Line([Segment("".join(texts), box.x0, box.x1)], box, size)
    pieces = list(zip(texts, x0s, x1s, strict=True))
    if min(gaps) < -_TWICE * size:
        pieces = list(_once(pieces))
    return Line(list(_segments(pieces, size)), box, size)


def _with_raised(row: Sequence[Glyph], size: float) -> list[Glyph]:
    """The row, small digits above its line as such: a footnote's mark is no digit of the number before it."""
    foot = median([one.bottom for one in row])
    return [
        one._replace(text=raised(one.text))
        if one.text.isdigit() and one.height < _SMALL * size and foot - one.bottom > _ABOVE * size
        else one
        for one in row
    ]


def _once(pieces: Iterable[tuple[str, float, float]]) -> Iterator[tuple[str, float, float]]:
    """Bold by printing twice: the second print of the same character at the same place goes."""
    last: tuple[tuple[str, float], ...] = ()
    for text, x0, x1 in pieces:
        if not any(text == other and x0 - x < _AGAIN for other, x in last):
            yield text, x0, x1
            last = (*last[-1:], (text, x0))


def _segments(pieces: Sequence[tuple[str, float, float]], size: float) -> Iterator[Segment]:
    """Cut at gaps; a narrow one between two Latin words is a blank."""
    usual = median([after[1] - before[2] for before, after in itertools.pairwise(pieces)] or [0.0])
    spacing = usual if 0 < usual <= _GAP * size else 0.0  # letters set apart: 分散对齐, wide tracking
    text, start, end = "", 0.0, 0.0
    for piece, x0, x1 in pieces:
        gap = x0 - end
        if text and gap > _GAP * size + spacing:
            yield Segment(text, start, end)
            text = ""
        if not text:
            start = x0
        elif gap > _BLANK * size + spacing and text[-1].isascii() and piece[0].isascii():
            text += " "
        text += piece
        end = max(end, x1)
    yield Segment(text, start, end)


def median(numbers: Sequence[float]) -> float:
    """The middle one of some lengths."""
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
