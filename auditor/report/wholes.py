"""Which tables speak of the whole project: one whose total is a line of another table is a part of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from auditor.report.model import Amount, Line, LineKind, MoneyTable, Report

_PROVEN = 2
"""Equal amounts of one line that make a table's total that line: budget and payment, say."""


def settle_wholes(report: Report) -> None:
    """Marks the amounts of tables that take one line of another table apart."""
    for table in report.money_tables:
        if any(_is_line_of(table, other) for other in report.money_tables if other is not table):
            table.amounts[:] = [replace(amount, whole=False) for amount in table.amounts]


def _is_line_of(table: MoneyTable, other: MoneyTable) -> bool:
    """Whether the total of `table` is a line of `other`, and not its total as well."""
    mine = _values(amount for amount in table.amounts if amount.line.kind is LineKind.TOTAL)
    wholes = _values(amount for amount in other.amounts if amount.line.kind is LineKind.TOTAL)
    if len(mine) < _PROVEN or not wholes or len(mine & wholes) >= _PROVEN:
        return False
    lines: dict[Line, list[Amount]] = {}
    for amount in other.amounts:
        if amount.line.kind is not LineKind.TOTAL:
            lines.setdefault(amount.line, []).append(amount)
    return any(len(mine & _values(line)) >= _PROVEN for line in lines.values())


def _values(amounts: Iterable[Amount]) -> set[Decimal]:
    """Sums of money in 元, without zero."""
    return {one.figure.amount for one in amounts if one.role.is_money and one.figure.amount}
