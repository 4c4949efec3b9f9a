"""Tables on their side: what others print as columns stands as rows ("目标值 | 14座 | 98%" below "实际值 | 12座 | 97%"),
each indicator or project in a column of its own. They are set upright and read like any other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, takewhile

from auditor.document import Block, Cell, Row, Table
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import FIELD_LABEL, clean, column_of, heads_details, line_of, role_of, unit_in
from auditor.report.model import LineKind
from auditor.report.money.header import money_header
from auditor.report.stream import row_of
from auditor.report.tokens import Token

_LABEL = 24
_WIDEST = 12
"""Figures of a row of a table that lies on its side, at most."""
_WHOLE = (LineKind.TOTAL, LineKind.SUBTOTAL)
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
        names = [row for row in rows[-1:] if lies and _names_columns(row, own)]
        turned = _turned([*names, *own]) if lies else []
        if turned and _is_read(turned):
            rows[len(rows) - len(names) :] = turned
        else:
            rows += own
    return (
        block
        if len(rows) == len(block.rows) and rows == list(block.rows)
        else Table(tuple(rows), block.number)
    )


def lying(cells: Sequence[Token]) -> tuple[int, int, Table] | None:
    """The first table on its side among cells that lost their grid, with the places where it begins and ends: amounts
    by name, each with as many figures, under as many words."""
    at = 0
    while at < len(cells):
        width = _figures_behind(cells, at)
        end = at + 1 + width
        while width >= _LEAST and _figures_behind(cells, end) == width:
            end += 1 + width
        start = _words_above(cells, at, width) if end > at + 1 + width else at
        if start < at:
            titled = at - start - width
            grid = [list(enumerate(cells[start:at], 1 - titled))]
            grid += [list(enumerate(cells[row : row + 1 + width])) for row in range(at, end, 1 + width)]
            rows = [
                row_of(n, [(col, cell.view) for col, cell in row], 1 + width) for n, row in enumerate(grid)
            ]
            table = upright(Table(tuple(rows), 1))
            if isinstance(table, Table) and table.rows[0].turned:
                return start, end, table
        at = max(end, at + 1)
    return None


def _figures_behind(cells: Sequence[Token], at: int) -> int:
    """How many figures stand behind the name of an amount, in one row."""
    if at >= len(cells) or role_of(cells[at].text) is None:
        return 0
    return sum(1 for _ in takewhile(lambda cell: cell.kind in FIGURES, cells[at + 1 : at + 2 + _WIDEST]))


def _words_above(cells: Sequence[Token], at: int, width: int) -> int:
    """Where the words that name the columns begin, one for each figure and perhaps one for the names of the rows."""
    start = at - width
    words = cells[max(start, 0) : at]
    if start < 0 or any(cell.kind is not CellType.TEXT or len(cell.text) > _LABEL for cell in words):
        return at
    before = cells[start - 1] if start else None
    if before is None or before.kind is not CellType.TEXT or len(before.text) > _LABEL:
        return start
    heads = unit_in(before.text) or heads_details(before.text) or line_of(words[0].text) in _WHOLE
    return start - bool(heads or (before.line == words[0].line and before.first))


def _begins(row: Row) -> int | None:
    """The grid column of the label that a row begins with, where nothing behind it is a label of a column."""
    if len(row.cells) < 2 or cell_type(row.cells[0].text) is not CellType.TEXT:
        return None
    first, *others = row.cells
    if len(first.text) > _LABEL or FIELD_LABEL.fullmatch(clean(first.text)) or any(map(_names, others)):
        return None
    return first.col


def _names_columns(row: Row, below: Sequence[Row]) -> bool:
    """Whether a row of words names each column of the rows under it, by the sources of the money or by years."""
    if any(
        cell_type(cell.text) is not CellType.TEXT or FIELD_LABEL.fullmatch(clean(cell.text))
        for cell in row.cells
    ):
        return False
    if not any(cell_type(cell.text) in FIGURES for cell in below[0].cells):
        return False  # the names stand among the rows
    own = {cell.col for cell in row.cells}
    figures = {cell.col for one in below for cell in one.cells[1:] if cell_type(cell.text) in FIGURES}
    sources = any(line_of(cell.text) is not None for cell in row.cells)
    sources = sources or sum(_names(cell) for cell in row.cells) == 0
    return sources and len(figures) > 1 and figures <= own


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
