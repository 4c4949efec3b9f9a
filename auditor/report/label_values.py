"""Amounts beside their labels in one row: "年初预算 | 108 | 实际支出 | 76.38 | 执行率 | 70.72%"."""

from __future__ import annotations

import itertools
from decimal import Decimal

from auditor.document import Cell, Row
from auditor.figures import Figure, Kind, scan
from auditor.figures.units import MONEY_SCALES
from auditor.report.align import CellType, cell_type
from auditor.report.labels import clean, line_of, role_of, unit_in
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Role
from auditor.report.money import DEFAULT_UNIT, rate_figure

_VALUES = (CellType.NUMBER, CellType.INDEX, CellType.PERCENT)


def read_label_values(row: Row, index: int, unit: str) -> tuple[MoneyTable | None, Indicator | None]:
    """The money table that the row amounts to, and the execution score it prints; `None` where there
    is none. `unit` is the one declared nearest above."""
    table = MoneyTable(row.cells[0].text, unit=unit, span=row.span)
    points: dict[Role, Figure] = {}
    for at, (cell, following) in enumerate(itertools.pairwise(row.cells)):
        role = _role(cell)
        kind = cell_type(following.text)
        if role is None or kind not in _VALUES:
            continue
        behind = row.cells[at + 2 : at + 3]
        if behind and role.is_money and cell_type(behind[0].text) in (CellType.NUMBER, CellType.INDEX):
            continue  # "支出数 | 580 | 320 | 200 | 1100": a row of a table whose header was not read
        figure = scan(following.view)[0]
        if role in (Role.WEIGHT, Role.SCORE):
            if "执行" in cell.text:
                points[role] = figure.in_unit(Kind.SCORE, "分", Decimal(1))
            continue
        if role.is_rate:
            figure = rate_figure(figure)
        elif kind is not CellType.NUMBER:
            continue
        else:
            table.unit = table.unit or unit_in(cell.text) or ""
            figure = _money(figure, unit_in(cell.text) or unit or DEFAULT_UNIT)
        table.amounts.append(
            Amount(
                role, Line(LineKind.TOTAL, "合计"), figure, clean(cell.text), index,
                row=row.number + 1, col=following.col + 1,
            )
        )  # fmt: skip
    execution = None
    if Role.SCORE in points:
        execution = Indicator(
            "预算执行率", points[Role.SCORE].view, weight=points.get(Role.WEIGHT),
            score=points[Role.SCORE], is_execution=True, span=row.span,
        )  # fmt: skip
    return (table if any(amount.role.is_money for amount in table.amounts) else None), execution


def _role(cell: Cell) -> Role | None:
    role = role_of(cell.text)
    named = clean(cell.text).startswith(("资金", "项目资金"))
    return Role.BUDGET if role is None and named and line_of(cell.text) is LineKind.TOTAL else role


def _money(figure: Figure, unit: str) -> Figure:
    return figure if figure.kind is Kind.MONEY else figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])
