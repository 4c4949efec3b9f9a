"""Which tables speak of the whole project: one whose total is a line of another table is a part of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from auditor.report.model import Amount, Line, LineKind, MoneyTable, Report
from auditor.values import frozen

_PROVEN = 2
"""Equal amounts of one line that make a table's total that line: budget and payment, say."""


@frozen
class _Sums:
    """The amounts of a table's total, and those of each of its other lines, in 元."""

    whole: frozenset[Decimal]
    lines: tuple[frozenset[Decimal], ...]


def settle_wholes(report: Report) -> None:
    """Marks the amounts of tables that take one line of another table apart."""
    sums = [_sums(table) for table in report.money_tables]
    holders: dict[Decimal, set[int]] = {}
    for at, one in enumerate(sums):
        for value in frozenset().union(*one.lines):
            holders.setdefault(value, set()).add(at)
    for at, table in enumerate(report.money_tables):
        mine = sums[at].whole
        shared = Counter(other for value in mine for other in holders.get(value, ()) if other != at)
        if any(count >= _PROVEN and _is_line_of(mine, sums[other]) for other, count in shared.items()):
            table.amounts[:] = [replace(amount, whole=False) for amount in table.amounts]


def _sums(table: MoneyTable) -> _Sums:
    lines: dict[Line, list[Amount]] = {}
    for amount in table.amounts:
        if amount.line.kind is not LineKind.TOTAL:
            lines.setdefault(amount.line, []).append(amount)
    return _Sums(_values(table.of_kind(LineKind.TOTAL)), tuple(map(_values, lines.values())))


def _is_line_of(mine: frozenset[Decimal], other: _Sums) -> bool:
    """Whether a total is a line of another table, and not its total as well."""
    if not other.whole or len(mine & other.whole) >= _PROVEN:
        return False
    return any(len(mine & line) >= _PROVEN for line in other.lines)


def _values(amounts: Iterable[Amount]) -> frozenset[Decimal]:
    """Sums of money in 元, without zero."""
    return frozenset(one.figure.amount for one in amounts if one.role.is_money and one.figure.amount)
