"""Writes the text of a document whose format knows its own paragraphs and cells.

The text is what `auditor text FILE` prints: a paragraph a line, a table row a line with tabs
between its cells. Every cell keeps its exact span in it, and the grid position the file gave it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document.decode import refuse_long
from auditor.document.errors import UnreadableFile
from auditor.document.fold import fold, view
from auditor.document.hidden import UNSEEN, unmarked
from auditor.document.model import (
    Block,
    Cell,
    Concern,
    Document,
    Paragraph,
    Remark,
    Row,
    Span,
    Table,
    View,
)
from auditor.document.plain import blocks, stands_apart

_WIDEST_GAP = 30
"""Tabs written for empty cells; a sheet may leave thousands of columns free."""

_UNPRINTABLE = compiled(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK = compiled(r"\r\n?|[\v\f\u2028\u2029]")


class GridCell(NamedTuple):
    """A cell with text. `row`, `col` 0-based; `text` may hold line breaks; `stored` as in `Cell`."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    stored: str | None = None


class _Placed(NamedTuple):
    cell: GridCell
    pieces: tuple[Span, ...]


class _PlacedRow(NamedTuple):
    cells: list[_Placed]
    after_break: bool


class _Run(NamedTuple):
    """Consecutive lines outside any grid."""

    start: int
    end: int


class Composer:
    """Call `paragraph`, `grid`, `page` and `sheet` in the order of the page, then `document`."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._parts: list[_Run | list[_PlacedRow]] = []
        self._levels: dict[int, int] = {}
        self._pages: list[int] = []
        self._sheets: list[tuple[int, str]] = []
        self._scanned: list[Span] = []
        self._guessed: list[Span] = []
        self._hidden: list[Span] = []
        self._remarks: list[Remark] = []
        self._break: int | None = None

    @property
    def empty(self) -> bool:
        """Whether no text was written."""
        return not self._length

    def page(self, scanned: bool = False) -> None:
        """A new page begins; a table may go on over it. `scanned`: its text was recognised."""
        self._close_scan()
        self._pages.append(self._length)
        self._break = self._length if scanned else None

    def sheet(self, name: str) -> None:
        self._sheets.append((self._length, name))

    def remark(self, concern: Concern, told: str, span: Span | None = None) -> None:
        self._remarks.append(Remark(concern, told) if span is None else Remark(concern, told, span))

    def paragraph(self, text: str, level: int = 0) -> Span:
        """Lines of running text; each is a paragraph, or a row if tabs or bars divide it.

        `level` is the depth of a heading. Returns where the text stands.
        """
        start = self._length
        for line in _clean(text).split("\n"):
            if line.strip():
                if level:
                    self._levels[self._length] = level
                self._write(line + "\n")
        if self._length > start:
            last = self._parts[-1] if self._parts else None
            if isinstance(last, _Run):
                self._parts[-1] = _Run(last.start, self._length)
            else:
                self._parts.append(_Run(start, self._length))
        return Span(start, max(start, self._length - 1))

    def guessed(self, span: Span) -> None:
        """The rows and columns there were made out by the gaps between words."""
        self._guessed.append(span)

    def grid(self, cells: Iterable[GridCell], goes_on: bool = False) -> dict[tuple[int, int], Span]:
        """A table; `goes_on`: the rest of the table above, after a page break.

        Returns the places of its cells by (row, col).
        """
        last = self._parts[-1] if self._parts else None
        rows: list[_PlacedRow] = last if goes_on and isinstance(last, list) else []
        shift = rows[-1].cells[0].cell.row + 1 if rows else 0
        after_break = bool(rows)
        by_row: dict[int, list[GridCell]] = {}
        for cell in cells:
            if cell.text.strip():
                by_row.setdefault(cell.row, []).append(cell)
        if by_row and rows is not last:
            self._parts.append(rows)
        places: dict[tuple[int, int], Span] = {}
        for row in sorted(by_row):
            placed = [
                self._cell(cell._replace(row=cell.row + shift), before)
                for cell, before in _with_gaps(sorted(by_row[row], key=lambda cell: cell.col))
            ]
            self._write("\n")
            rows.append(_PlacedRow(placed, after_break))
            after_break = False
            places.update(
                ((row, one.cell.col), one.pieces[0].cover(one.pieces[-1])) for one in placed if one.pieces
            )
        return places

    def document(self, path: str, data: bytes, media_type: str) -> Document:
        """Raises `UnreadableFile` when nothing was written."""
        self._close_scan()
        text = "".join(self._pieces)
        if not text.strip():
            reasons = [one.told for one in self._remarks if one.concern is Concern.NOT_READ]
            raise UnreadableFile(path, "；".join(reasons).rstrip("。") or "文件里没有文字")
        if self._hidden and not any(one.concern is Concern.HIDDEN for one in self._remarks):
            told = f"文件里有 {len(self._hidden)} 处隐藏文字，{UNSEEN}"
            self.remark(Concern.HIDDEN, told, self._hidden[0])
        refuse_long(text, path)
        folded = fold(text)
        return Document(
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            media_type=media_type,
            text=text,
            blocks=tuple(self._blocks(text, folded)),
            pages=tuple(self._pages),
            sheets=tuple(self._sheets),
            scanned=tuple(self._scanned),
            guessed=tuple(self._guessed),
            hidden=tuple(self._hidden),
            remarks=tuple(self._remarks),
        )

    def _close_scan(self) -> None:
        if self._break is not None and self._length > self._break:
            self._scanned.append(Span(self._break, self._length))
        self._break = None

    def _write(self, text: str) -> None:
        """`text` may hold stretches marked as hidden."""
        text, hidden = unmarked(text, self._length)
        self._hidden.extend(hidden)
        self._pieces.append(text)
        self._length += len(text)

    def _cell(self, cell: GridCell, tabs: int) -> _Placed:
        self._write("\t" * tabs)
        pieces: list[Span] = []
        for line in _clean(cell.text).replace("\t", " ").split("\n"):
            if line.strip():
                if pieces:
                    self._write("\n")
                start = self._length
                self._write(line)
                pieces.append(Span(start, self._length))
        return _Placed(cell, tuple(pieces))

    def _blocks(self, text: str, folded: str) -> Iterator[Block]:
        tables = 0
        for part in self._parts:
            if isinstance(part, list):
                tables += 1
                yield Table(tuple(_row(folded, text, row) for row in part), tables)
                continue
            for block in blocks(text, folded, part.start, part.end, wrapped=False, tables=tables):
                tables += isinstance(block, Table)
                level = self._levels.get(block.span.start)
                yield replace(block, level=level) if level and isinstance(block, Paragraph) else block


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", _BREAK.sub("\n", text))


def _with_gaps(cells: Sequence[GridCell]) -> Iterator[tuple[GridCell, int]]:
    """Each cell with the number of tabs before it."""
    at = 0
    for cell in cells:
        yield cell, min(cell.col - at, _WIDEST_GAP)
        at = cell.col


def _row(folded: str, text: str, row: _PlacedRow) -> Row:
    made = tuple(
        Cell(found, one.cell.row, one.cell.col, one.cell.rowspan, one.cell.colspan, one.cell.stored)
        for one in row.cells
        if (found := _view(folded, text, one.pieces))
    )
    width = max(one.cell.col + one.cell.colspan for one in row.cells)
    return Row(made, width, row.cells[0].cell.row, row.after_break)


def _view(folded: str, text: str, pieces: Sequence[Span]) -> View:
    """The view of a cell: breaks that cut a word are healed, those between sentences stay."""
    if not pieces:
        return View("", ())
    start, before = pieces[0].start, pieces[0]
    found = View("", ())
    for piece in pieces[1:]:
        if stands_apart(text[before.start : before.end], text[piece.start : piece.end]):
            found = _joined(found, view(folded, start, before.end))
            start = piece.start
        before = piece
    return _joined(found, view(folded, start, before.end))


def _joined(above: View, below: View) -> View:
    if not above or not below:
        return above or below
    return above.join(View("\n", ((0, above.span().end),))).join(below)
