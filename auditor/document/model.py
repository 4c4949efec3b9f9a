"""What the page shows: exact text, paragraphs, tables and cells, each with its place.

Nothing here knows what a budget is. Every piece of text is a `View`: the readable form of a
stretch of the document in which each character still knows its offset in the document text, so
that whatever is found in a view can be quoted character by character.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from auditor.values import frozen, lazy, through


class Span(NamedTuple):
    """Half-open range of Unicode code points in `Document.text`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


_TEXT = ("text/plain", "text/markdown")
_span = tuple.__new__
"""`_span(Span, (start, end))` is `Span(start, end)` by one call less: thousands are made for one report."""
NOWHERE = Span(0, 0)
"""The empty span of something that stands on no page."""


class Locator(NamedTuple):
    """Where a reader finds a span: 1-based; `None` where the format has no such notion."""

    line: int | None = None
    page: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    col: int | None = None


@frozen(slots=True)
class View:
    """Readable text of a stretch of the document.

    Full-width forms are folded to ASCII, mark-up and idle white space are gone, hard line breaks
    inside a sentence are healed. `runs` maps back: pairs (offset in `text`, offset in the
    document), ascending; within a run both sides advance by one.
    A line feed in `text` is a paragraph border inside the view (`<p>`, `<br>`).
    """

    text: str
    runs: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> int:
        """Offset in the document of the character `text[offset]`."""
        if len(self.runs) == 1:
            return self.runs[0][1] + offset
        run = self.runs[bisect_right(self.runs, (offset, 1 << 62)) - 1]
        return run[1] + offset - run[0]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Document span of `text[start:end]`; empty at the view's beginning if it is empty."""
        if end is None:
            end = len(self.text)
        runs = self.runs
        if len(runs) == 1 and 0 <= start < end and self.text:
            at = runs[0][1]
            return _span(Span, (at + start, at + end))
        if not self.text or end <= start:
            at = self.place(min(start, max(len(self.text) - 1, 0))) if self.runs else 0
            return Span(at, at)
        return Span(self.place(start), self.place(end - 1) + 1)

    def part(self, start: int, end: int) -> View:
        """The view of `text[start:end]` alone."""
        if end <= start:
            return View("", ((0, self.span(start, start).start),))
        first = bisect_right(self.runs, (start, 1 << 62))
        last = bisect_left(self.runs, (end,))
        runs = [(0, self.place(start))]
        runs.extend((offset - start, place) for offset, place in self.runs[first:last])
        return View(self.text[start:end], tuple(runs))

    def join(self, other: View) -> View:
        """This view and the one that continues it, as one text."""
        shift = len(self.text)
        return View(
            self.text + other.text,
            self.runs + tuple((offset + shift, place) for offset, place in other.runs),
        )

    def __bool__(self) -> bool:
        return bool(self.text)


@frozen(slots=True)
class Cell:
    """One cell of a table. `row` and `col` are 0-based grid positions as the file gives them;
    `merged` says that the format itself declared a span of more than one cell.
    `stored` is the number behind what is shown, where the format keeps both (86.19% for 0.86183)."""

    view: View
    row: int
    col: int
    rowspan: int = 1
    colspan: int = 1
    stored: str | None = None

    text = through("view.text", str)

    @property
    def span(self) -> Span:
        return self.view.span()

    @property
    def merged(self) -> bool:
        return self.rowspan > 1 or self.colspan > 1


@frozen(slots=True)
class Row:
    """The non-empty cells of one table row, left to right; `width` counts the empty ones too.
    `after_break` is true where blank lines (a page break) stand before the row, `turned` where its cells stand one
    below the other on the page."""

    cells: tuple[Cell, ...]
    width: int
    number: int
    after_break: bool = False
    turned: bool = False

    @property
    def span(self) -> Span:
        if not self.cells:
            return NOWHERE
        if self.turned:
            return self.cells[0].span
        return self.cells[0].span.cover(self.cells[-1].span)


@frozen(slots=True)
class Table:
    """A run of rows. `number` is 1-based in the document."""

    rows: tuple[Row, ...]
    number: int

    @property
    def span(self) -> Span:
        filled = [row for row in self.rows if row.cells]
        if not filled:
            return NOWHERE
        turned = [row for row in filled if row.turned]
        last = max((row.cells[-1].span for row in turned), key=lambda span: span.end, default=filled[-1].span)
        return filled[0].span.cover(max(last, filled[-1].span, key=lambda span: span.end))


@frozen(slots=True)
class Paragraph:
    """One paragraph; `level` is the depth of a heading that the mark-up declares (0: none)."""

    view: View
    level: int = 0

    text = through("view.text", str)

    @property
    def span(self) -> Span:
        return self.view.span()


Block = Paragraph | Table


class Concern(StrEnum):
    """What is odd about a file itself, apart from what it says."""

    HIDDEN = "hidden"  # text that somebody who opens the file does not see
    TYPED_TOTAL = "typed total"  # a typed-in number where its neighbours are formulas
    NOT_READ = "not read"  # a part of the file that was left out, and why


class Remark(NamedTuple):
    """`told` says it in Chinese; `span` is empty where the matter stands at no place of the text."""

    concern: Concern
    told: str
    span: Span = NOWHERE


@dataclass
class Document:
    """One file as read.

    `text` is what `auditor text FILE` prints; all offsets count its code points.
    `path` is the name the user gave ("-" for standard input).
    `pages` are the offsets where the pages begin, `sheets` those of the sheets with their names;
    empty where the format has none. `scanned` is text that was recognised in a picture: it may be
    wrong in any character. `guessed` are tables without ruling lines: their columns may be wrong.
    `hidden` is text that somebody who opens the file does not see: it stands in `text` and `blocks`,
    and is left out of what reports are read from.
    `beside` are words on its pages that are no text of it: a watermark, the page head of a workbook.
    """

    path: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    pages: tuple[int, ...] = ()
    sheets: tuple[tuple[int, str], ...] = ()
    scanned: tuple[Span, ...] = ()
    guessed: tuple[Span, ...] = ()
    hidden: tuple[Span, ...] = ()
    remarks: tuple[Remark, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def has_grids(self) -> bool:
        """Whether the format says itself which rows and columns its tables have. Plain text shows what a copy of a
        table left: a merged or an empty cell that was dropped moved those behind it."""
        return self.media_type not in _TEXT

    def quote(self, span: Span) -> str:
        """Exact substring of the document text."""
        return self.text[span.start : span.end]

    @lazy
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at != -1:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @lazy
    def _cells(self) -> list[tuple[Span, Cell, Table]]:
        cells = [
            (cell.span, cell, table) for table in self.tables() for row in table.rows for cell in row.cells
        ]
        return sorted(cells, key=itemgetter(0))

    @lazy
    def _cell_starts(self) -> list[int]:
        return [span.start for span, _, _ in self._cells]

    def _sheet(self, span: Span) -> str | None:
        return next((name for start, name in reversed(self.sheets) if start <= span.start), None)

    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))

    def locate(self, span: Span) -> Locator:
        """Line, page, sheet, and table cell where the span begins inside one."""
        line = bisect_right(self._line_starts, span.start)
        page = bisect_right(self.pages, span.start) or None
        sheet = self._sheet(span) if self.sheets else None
        at = bisect_right(self._cell_starts, span.start) - 1
        if at >= 0:
            (start, end), cell, table = self._cells[at]
            if start <= span.start < max(end, start + 1):
                return Locator(line, page, sheet, table.number, cell.row + 1, cell.col + 1)
        return Locator(line, page, sheet)
