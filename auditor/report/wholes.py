"""Which amounts speak of the whole project: no table whose total is a line of another; the only ones of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Amount, FormKind, Line, LineKind, MoneyTable, Report, Role
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


def settle_only(report: Report) -> None:
    """Marks the budget and the payment of a text that tells no others, side by side in one sentence, and no larger
    sum: by whatever thing they are called, that is what the money was for."""
    told = report.prose_amounts
    budget = [at for at, one in enumerate(told) if one.role in (Role.INITIAL, Role.BUDGET)]
    paid = [at for at, one in enumerate(told) if one.role is Role.PAID]
    if report.money_tables or report.form is FormKind.DEPARTMENT or not len(budget) == len(paid) == 1:
        return
    given, spent = told[budget[0]], told[paid[0]]
    if any(one.year not in (None, report.fiscal_year) for one in (given, spent)):
        return
    sums = [one.amount for passage in report.passages for one in passage.figures if one.kind is Kind.MONEY]
    if max(sums) == given.figure.amount and _side_by_side(report, given, spent):
        for at in (*budget, *paid):
            told[at] = replace(told[at], whole=True, line=Line(LineKind.TOTAL, "合计"))


def _side_by_side(report: Report, given: Amount, spent: Amount) -> bool:
    """Whether the one follows the other, no sum between, in a sentence that opens no list of parts and sets no part of
    the year."""
    first, then = given.figure, spent.figure
    if first.view != then.view or first.start > then.start:
        return False
    passage = next(one for one in report.prose if one.view == first.view)
    start, end = passage.structure.sentence_span(first.start)
    said = passage.text[start : then.start]
    apart = any(
        word(name).search(said) for name in ("of_which", "part_by_name", "other_year", "summed_years")
    )
    between = any(one.kind is Kind.MONEY and first.start < one.start < then.start for one in passage.figures)
    return then.start < end and not (between or passage.parts or apart)


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
