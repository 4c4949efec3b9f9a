"""Two tables in one grid, side by side: the money of the form and, right of it, a list with labels of its own or the
indicators.

The rows of the two have nothing to do with each other. They are taken apart where the right one begins: at a
header word that names no column of money, over words, with figures further right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from auditor.document import Block, Cell, Row, Table
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import column_of, heads_details, line_of, role_of
from auditor.report.money.header import money_header
from auditor.report.votes import LOOKED_AT, holds_figures, under

_LEAST_ROWS = 2
_WIDEST = 60
"""Columns of two tables side by side, at most."""


def taken_apart(block: Block) -> list[Block]:
    """The block, or what stands side by side in it one after the other."""
    if not isinstance(block, Table):
        return [block]
    rows = list(block.rows)
    beside: list[Block] = []
    for at, row in enumerate(rows):
        border = _border(row, rows[at + 1 : at + 1 + LOOKED_AT])
        if border is None:
            continue
        end = at + 1 + len(_body(rows[at + 1 :], border))
        right = tuple(_part(one, border, one.width, border) for one in rows[at:end])
        rows[at:end] = [_part(one, 0, border, 0) for one in rows[at:end]]
        beside.append(Table(tuple(one for one in right if one.cells), block.number))
    return [Table(tuple(rows), block.number), *beside] if beside else [block]


def _border(row: Row, below: Sequence[Row]) -> int | None:
    """The grid column in which a second table begins under this header."""
    if not 2 * _LEAST_ROWS <= len(row.cells) <= _WIDEST or any(
        cell_type(cell.text) is not CellType.TEXT for cell in row.cells
    ):
        return None
    for at, cell in enumerate(row.cells[2:], 2):
        if _parts(row, at, below):
            return cell.col
        if role_of(cell.text) or column_of(cell.text) or line_of(cell.text):
            continue
        body = _body(below, cell.col)
        names = [one for one in under(cell.col, body) if cell_type(one.text) is CellType.TEXT]
        figures = any(holds_figures(under(other.col, body)) for other in row.cells[at + 1 :])
        left = Row(row.cells[:at], cell.col, row.number)
        if len(names) >= _LEAST_ROWS and figures and _is_money(left):
            return cell.col
    return None


def _parts(row: Row, at: int, below: Sequence[Row]) -> bool:
    """Whether the header is one on either side of that cell, which heads names again: of money and of indicators, or
    of indicators twice."""
    left, right = (Row(cells, row.width, row.number) for cells in (row.cells[:at], row.cells[at:]))
    if column_of(row.cells[at].text) in ("level", "name"):
        second = indicator_columns(right) is not None
    else:
        second = (
            line_of(row.cells[at].text) is None and heads_details(row.cells[at].text) and _is_money(right)
        )
    if not second or not (_is_money(left) or _tells_values(left)):
        return False
    names = under(row.cells[at].col, _body(below, row.cells[at].col))
    return sum(cell_type(cell.text) is CellType.TEXT for cell in names) >= _LEAST_ROWS


def _tells_values(row: Row) -> bool:
    """Whether a header of indicators names what they aim at or reached: "一级指标 | 权重" is the beginning of one."""
    found = indicator_columns(row)
    return found is not None and any(column.holds in ("target", "actual", "narrative") for column in found[0])


def _is_money(row: Row) -> bool:
    return (
        money_header(row, 0, None) is not None
        and sum((role := role_of(cell.text)) is not None and role.is_money for cell in row.cells) >= 2
    )


def _body(rows: Sequence[Row], border: int) -> list[Row]:
    return list(takewhile(lambda row: _goes_on(row, border), rows))


def _goes_on(row: Row, border: int) -> bool:
    """Whether both tables may go on: nothing stands across the border, and there are figures."""
    across = any(cell.col < border < cell.col + cell.colspan for cell in row.cells)
    return not across and any(cell_type(cell.text) in FIGURES for cell in row.cells)


def _part(row: Row, start: int, end: int, shift: int) -> Row:
    cells: tuple[Cell, ...] = tuple(
        replace(cell, col=cell.col - shift) for cell in row.cells if start <= cell.col < end
    )
    return Row(cells, end - start, row.number, row.after_break)
