"""What a column holds, by the cells under its header: they vote where the words of the header do not tell."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.document import Cell, Row
from auditor.figures import Figure, Interval, scan
from auditor.report.align import FIGURES, CellType, Column, ColumnType, cell_type
from auditor.report.cell_figures import rate_figure
from auditor.report.model import Role

LOOKED_AT = 12
"""Rows below a header that vote."""
_MOST_POINTS = Decimal(100)


def body(below: Sequence[Row]) -> list[Row]:
    """The rows under a header up to the next one: a row of several words and nothing else, behind rows of figures."""
    own: list[Row] = []
    begun = False
    for row in below:
        words = all(cell_type(cell.text) is CellType.TEXT for cell in row.cells)
        if begun and words and len(row.cells) > 1:
            break
        begun = begun or not words
        own.append(row)
    return own


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


def ahead(
    columns: tuple[Column, ...], roles: Mapping[int, Role | None], below: Sequence[Row]
) -> tuple[Column, ...]:
    """The columns, those of points or rates that stand before the first amount ("权重 | 年初预算数 | …") holding what
    their header says: figures and no words are under it, so it heads no labels of rows."""
    found = [
        replace(column, type=ColumnType.RATE if role.is_rate else ColumnType.POINTS, holds=role)
        if column.holds is None
        and (role := roles.get(column.at)) is not None
        and not role.is_money
        and _only_figures(under(column.at, below))
        else column
        for column in columns
    ]
    return tuple(found)


def _only_figures(cells: Sequence[Cell]) -> bool:
    """Whether some cells are figures and none are words; a dash tells nothing."""
    kinds = {cell_type(cell.text) for cell in cells} - {CellType.BLANK}
    return bool(kinds) and kinds <= {*FIGURES}


def inferred(columns: tuple[Column, ...], headed: Container[int], below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns of a money table, those of unknown name named for which a relation of the form holds.

    Rate = paid ÷ budget names any of the three by the other two; score = rate × weight the weight and the score.
    Each only where it is the one missing, and where exactly one column fits most rows.
    """
    for role, type_ in _WANTED:
        by_role = {column.holds: column for column in columns}
        if role in by_role or not _is_missing(role, by_role, below):
            continue
        fitting = [
            column
            for column in columns
            if column.holds is None
            and column.at in headed
            and column.type is not ColumnType.REFERENCE
            and _fitting(role, column, by_role, below)
        ]
        if len(fitting) == 1:
            named = replace(fitting[0], type=type_, holds=role, core=role.is_money)
            columns = tuple(named if column is fitting[0] else column for column in columns)
    return columns


_RATES = (Role.EXECUTION_RATE, Role.SPENDING_RATE)
_WANTED = (
    (Role.BUDGET, ColumnType.MONEY),
    (Role.PAID, ColumnType.MONEY),
    (Role.EXECUTION_RATE, ColumnType.RATE),
    (Role.WEIGHT, ColumnType.POINTS),
    (Role.SCORE, ColumnType.POINTS),
)


def _rate(by_role: dict[object, Column]) -> Column | None:
    return next((by_role[role] for role in _RATES if role in by_role), None)


def _is_missing(role: Role, by_role: dict[object, Column], below: Sequence[Row]) -> bool:
    """Whether the form names what the role is to be told by, and nothing else plays its part."""
    rate, paid, budget = _rate(by_role), by_role.get(Role.PAID), by_role.get(Role.BUDGET)
    if role in (Role.BUDGET, Role.PAID):
        own = paid or budget
        return rate is not None and own is not None and not _fits(rate, own, by_role, below)
    if role is Role.EXECUTION_RATE:
        return rate is None and paid is not None and budget is not None
    other = Role.SCORE if role is Role.WEIGHT else Role.WEIGHT
    return rate is not None and other in by_role


def _fitting(role: Role, column: Column, by_role: dict[object, Column], below: Sequence[Row]) -> bool:
    rate, paid, budget = _rate(by_role), by_role.get(Role.PAID), by_role.get(Role.BUDGET)
    if role is Role.EXECUTION_RATE:
        rates = {cell_type(cell.text) for cell in under(column.at, below)} & {CellType.PERCENT}
        return bool(rates) and paid is not None and budget is not None and _holds(column, paid, budget, below)
    if rate is None:
        return False
    if role in (Role.BUDGET, Role.PAID):
        figures = holds_figures(under(column.at, below))
        return figures and _holds(rate, paid or column, budget or column, below)
    given = by_role.get(Role.SCORE, column)
    return _earned(rate, by_role.get(Role.WEIGHT, column), given, below)


def _earned(rate: Column, weight: Column, score: Column, below: Sequence[Row]) -> bool:
    """Whether score = rate × weight in the first row that has all three: only the total is scored."""
    for row in below[:LOOKED_AT]:
        printed, most, given = (_figure(row, column) for column in (rate, weight, score))
        if printed is not None and most is not None and given is not None:
            share = rate_figure(printed).base.capped(Decimal(1)) * Interval.exact(most.value)
            return 0 < most.value <= _MOST_POINTS and share.meets(given.interval)
    return False


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
    if cell is None or cell_type(cell.text) not in FIGURES:
        return None
    return next(iter(scan(cell.view)), None)
