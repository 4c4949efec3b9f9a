"""Tables in the mark-up of a web page, pasted into a text with their tags: "<table><tr><td>…"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from auditor.compiled import compiled
from auditor.document.fold import view
from auditor.document.model import Cell, Row, Span, Table

_TABLE = compiled(r"<table\b", re.IGNORECASE)
_CLOSED = compiled(r"</table\s*>", re.IGNORECASE)
_ROW = compiled(r"<tr\b[^<>]{0,600}>", re.IGNORECASE)
_ROW_END = compiled(r"</tr\s*>|<tr\b|</t(?:able|body|head|foot)\s*>", re.IGNORECASE)
_CELL = compiled(r"<t[dh]\b(?P<attributes>[^<>]{0,600})>", re.IGNORECASE)
_CELL_END = compiled(r"</t[dh]\s*>|<t[dh]\b", re.IGNORECASE)
_SPAN = compiled(r"\b(?P<way>col|row)span\s*=\s*[\"']?\s*(?P<count>\d{1,4})", re.IGNORECASE)
_MOST = 1_000
"""Columns or rows that a cell may span; what claims more is no form."""


def fragments(text: str, folded: str, start: int, end: int) -> Iterator[tuple[Span, Table]]:
    """Each such table between `start` and `end` with the place it takes; a table inside a cell is none of its own."""
    at = start
    while (opening := _TABLE.search(text, at, end)) is not None:
        closing = _CLOSED.search(text, opening.end(), end)
        stop = closing.end() if closing is not None else end
        rows = tuple(_rows(text, folded, opening.end(), stop))
        if sum(len(row.cells) for row in rows) >= 2:
            yield Span(opening.start(), stop), Table(rows, 1)
        at = stop


def _rows(text: str, folded: str, start: int, end: int) -> Iterator[Row]:
    taken: dict[int, int] = {}  # rows that a cell from above still covers, by column
    number = 0
    at = start
    while (opening := _ROW.search(text, at, end)) is not None:
        closing = _ROW_END.search(text, opening.end(), end)
        stop = closing.start() if closing is not None else end
        cells, width = _cells(text, folded, opening.end(), stop, number, taken)
        if cells:
            yield Row(tuple(cells), width, number)
            number += 1
        at = stop


def _cells(
    text: str, folded: str, start: int, end: int, number: int, taken: dict[int, int]
) -> tuple[list[Cell], int]:
    """The filled cells of a row and its width; `taken` is brought up to the next row."""
    cells: list[Cell] = []
    covered = {col for col, left in taken.items() if left}
    for col in covered:
        taken[col] -= 1
    col, at = 0, start
    while (opening := _CELL.search(text, at, end)) is not None:
        closing = _CELL_END.search(text, opening.end(), end)
        stop = closing.start() if closing is not None else end
        while col in covered:
            col += 1
        spans = {match["way"].lower(): int(match["count"]) for match in _SPAN.finditer(opening["attributes"])}
        down, right = (min(max(spans.get(way, 1), 1), _MOST) for way in ("row", "col"))
        own = Cell(view(folded, opening.end(), stop), number, col)
        if own.text:
            cells.append(replace(own, rowspan=down, colspan=right))
        if down > 1:
            taken.update(dict.fromkeys(range(col, col + right), down - 1))
        col += right
        at = stop
    return cells, max([col, *(other + 1 for other in covered)])
