"""Tables on their side: what others print as columns stands as rows ("目标值 | 14座 | 98%" below "实际值 | 12座 | 97%"),
each indicator or project in a column of its own. They are set upright and read like any other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from auditor.document import Block, Cell, Row, Table
from auditor.report.align import CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import FIELD_LABEL, clean, column_of, line_of, role_of
from auditor.report.money import money_header

_LABEL = 24
_LEAST = 2
"""Rows that are called as columns are."""


def upright(block: Block) -> Block:
    """The block; a table that lies on its side with its rows and columns exchanged."""
    if not isinstance(block, Table):
        return block
    rows: list[Row] = []
    for begins, group in groupby(block.rows, _begins):
        own = list(group)
        lies = begins is not None and _tells_columns(own) and not _is_headed(rows[-1:], own)
        turned = _turned(own) if lies else []
        rows += turned if turned and _is_read(turned) else own
    return (
        block
        if len(rows) == len(block.rows) and rows == list(block.rows)
        else Table(tuple(rows), block.number)
    )


def _begins(row: Row) -> int | None:
    """The grid column of the label that a row begins with, where nothing behind it is a label of a column."""
    if len(row.cells) < 2 or cell_type(row.cells[0].text) is not CellType.TEXT:
        return None
    first, *others = row.cells
    if len(first.text) > _LABEL or FIELD_LABEL.fullmatch(clean(first.text)) or any(map(_names, others)):
        return None
    return first.col


def _tells_columns(rows: Sequence[Row]) -> bool:
    labels = [row.cells[0].text for row in rows]
    return sum(column_of(text) is not None or role_of(text) is not None for text in labels) >= _LEAST


def _names(cell: Cell) -> bool:
    return any(read(cell.text) is not None for read in (column_of, role_of, line_of))


def _is_headed(above: Sequence[Row], own: Sequence[Row]) -> bool:
    """Whether the rows stand upright already, under a header of their own."""
    return any(
        indicator_columns(row) is not None or money_header(row, 0, None) is not None
        for row in (*above, own[0])
    )


def _turned(rows: Sequence[Row]) -> list[Row]:
    cells: dict[int, list[Cell]] = {}
    for at, row in enumerate(rows):
        for cell in row.cells:
            moved = Cell(cell.view, cell.row, at, cell.colspan, cell.rowspan, cell.stored)
            cells.setdefault(cell.col, []).append(moved)
    return [
        Row(tuple(own), len(rows), number, turned=True)
        for number, (_, own) in enumerate(sorted(cells.items()))
    ]


def _is_read(turned: Sequence[Row]) -> bool:
    """Whether the first row is a header now, over rows that each begin with a name."""
    header, *rows = turned
    named = all(row.cells and row.cells[0].col <= 1 for row in rows)
    if indicator_columns(header) is not None:
        return bool(rows) and named
    return len(rows) > 1 and named and money_header(header, 0, None, rows) is not None
