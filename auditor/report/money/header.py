"""Money tables: a grid of amounts under a header of roles or of sources."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Row
from auditor.report.adjustments import Roles, in_turn, sources_in, told_apart
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.labels import heads_details, line_of, unit_in
from auditor.report.model import LineKind, MoneyTable
from auditor.report.money.columns import columns_of, granted, lists_parts, roles_in
from auditor.report.money.rows import MoneyHeader
from auditor.report.votes import ahead, body, inferred, voted

_WIDEST = 200
"""Cells of a header, at most: what is wider is no table of money."""


def money_header(row: Row, index: int, unit: str | None, below: Sequence[Row] = ()) -> MoneyHeader | None:
    """The header this row is, or `None`.

    `unit` is the one declared nearest above the row; a unit in the row itself goes before. The rows
    `below` tell what a column holds that no word of the header names.
    """
    if not 2 <= len(row.cells) <= _WIDEST or any(cell_type(cell.text) in FIGURES for cell in row.cells):
        return None
    own_rows = body(below)
    by_column = in_turn(row, told_apart(row, roles_in(row), own_rows), own_rows)
    details = any(heads_details(cell.text) for cell in row.cells)
    by_source, by_role = _layout(row, by_column, details)
    if not by_source and not by_role:
        return None
    unnamed = bool(below) and _is_unnamed(row, below[0])
    summed = sources_in(row, own_rows) if by_source else frozenset()
    columns, labels = columns_of(row, by_column, by_source, unnamed, summed)
    columns = voted(columns, labels, own_rows)
    if unnamed:
        columns = tuple(granted(column, labels.get(column.at, "")) for column in columns)
    if by_role:
        columns = ahead(columns, by_column, own_rows)
        columns = inferred(columns, labels, own_rows)
    own = next((found for cell in row.cells if (found := unit_in(cell.text))), None)
    title = row.cells[0].text
    headers = tuple(cell.text for cell in row.cells)
    table = MoneyTable(title, unit=own or unit or "", span=row.span, headers=headers)
    return MoneyHeader(row, columns, by_source, details, table, index, labels)


def _layout(row: Row, by_column: Roles, details: bool) -> tuple[bool, bool]:
    """Whether the columns are sources and the rows roles, and whether it is the other way round; neither where the
    row heads no money."""
    cells = [(by_column[cell.col], line_of(cell.text)) for cell in row.cells]
    roles = [role for role, _ in cells if role is not None]
    money = sum(1 for role in roles if role.is_money)
    lines = [line for role, line in cells if line is not None and role is None]
    # The first cell may head the rows in words of money: "资金执行情况 | 合计 | 中央 | 省".
    heads_rows = money == 1 and cells[0][0] is not None and cells[0][0].is_money
    by_source = (
        (money == 0 or heads_rows)
        and len(lines) >= 2
        and bool({LineKind.TOTAL, LineKind.SUBTOTAL} & set(lines))
    )
    several = len({role for role in roles if role.is_money}) >= 2 or any(line is not None for line in lines)
    by_role = (money >= 2 and several) or (money == 1 and (details or any(role.is_rate for role in roles)))
    return by_source or lists_parts(row), by_role


def _is_unnamed(header: Row, row: Row) -> bool:
    """Whether the row has figures under all headers and so no name: the one row of a block."""
    kinds = [cell_type(cell.text) for cell in row.cells]
    alike = [cell.col for cell in row.cells] == [cell.col for cell in header.cells]
    return alike and all(kind not in (CellType.TEXT, CellType.REFERENCE) for kind in kinds)
