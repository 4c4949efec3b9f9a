"""What a column holds, by the cells under its header: they vote where the words of the header do not tell."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from auditor.document import Cell, Row
from auditor.figures import Figure, scan
from auditor.report.align import CellType, Column, ColumnType, cell_type
from auditor.report.cell_figures import rate_figure
from auditor.report.model import Role

LOOKED_AT = 12
"""Rows below a header that vote."""


def under(column: int, below: Sequence[Row]) -> list[Cell]:
    """The cells that stand in that grid column in the rows below, as far as they vote."""
    return [cell for row in below[:LOOKED_AT] for cell in row.cells if cell.col == column]


def holds_figures(cells: Sequence[Cell]) -> bool:
    """Whether the cells are figures: at least one number that counts no lines, and no words."""
    kinds = [cell_type(cell.text) for cell in cells]
    texts = any(kind in (CellType.TEXT, CellType.REFERENCE) for kind in kinds)
    return not texts and any(kind in (CellType.NUMBER, CellType.PERCENT) for kind in kinds)


def voted(columns: tuple[Column, ...], headed: Container[int], below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns, those of unknown name over figures open to figures: they are no labels of rows. `headed` are
    the grid columns with a header cell: figures under none have slipped sideways."""
    return tuple(
        replace(column, type=ColumnType.ANY)
        if column.holds is None
        and column.type is ColumnType.LABEL
        and column.at in headed
        and holds_figures(under(column.at, below))
        else column
        for column in columns
    )


def inferred(columns: tuple[Column, ...], below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of a money table, the one of unknown name named for which rate = paid ÷ budget holds.

    Only where the header names a rate and one side of it, and where exactly one column fits most rows.
    """
    by_role = {column.holds: column for column in columns}
    rate = by_role.get(Role.EXECUTION_RATE) or by_role.get(Role.SPENDING_RATE)
    paid, budget = by_role.get(Role.PAID), by_role.get(Role.BUDGET)
    if rate is None or (paid is None) == (budget is None) or _fits(rate, paid or budget, by_role, below):
        return columns
    open_columns = [
        column for column in columns if column.holds is None and holds_figures(under(column.at, below))
    ]
    role = Role.BUDGET if budget is None else Role.PAID
    fitting = [column for column in open_columns if _holds(rate, paid or column, budget or column, below)]
    if len(fitting) != 1:
        return columns
    named = replace(fitting[0], type=ColumnType.MONEY, holds=role, core=True)
    return tuple(named if column is fitting[0] else column for column in columns)


def _fits(rate: Column, own: Column | None, by_role: dict[object, Column], below: Sequence[Row]) -> bool:
    """Whether another named column is the other side of the rate already (年初预算 where nothing was adjusted)."""
    others = (Role.INITIAL, Role.ALLOCATED, Role.RECEIVED, Role.INVESTED)
    named = [by_role[role] for role in others if role in by_role]
    return own is not None and any(
        _holds(rate, own, other, below) or _holds(rate, other, own, below) for other in named
    )


def _holds(rate: Column, paid: Column, budget: Column, below: Sequence[Row]) -> bool:
    """Whether rate = paid ÷ budget in more than half of the rows that have all three."""
    tested = held = 0
    for row in below[:LOOKED_AT]:
        figures = [_figure(row, column) for column in (rate, paid, budget)]
        printed, spent, planned = figures
        if printed is None or spent is None or planned is None or planned.interval.low <= 0:
            continue
        tested += 1
        held += (spent.interval / planned.interval).meets(rate_figure(printed).base)
    return tested > 0 and held * 2 > tested


def _figure(row: Row, column: Column) -> Figure | None:
    cell = next((cell for cell in row.cells if cell.col == column.at), None)
    if cell is None or cell_type(cell.text) not in (CellType.NUMBER, CellType.INDEX, CellType.PERCENT):
        return None
    return next(iter(scan(cell.view)), None)
