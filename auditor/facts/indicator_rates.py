"""Rates of money that a row of the indicators tells once more.

预算执行率 | ≥95% | 96.2%        against the money table
资金到位率 | 100% | 100%          against what arrived
成本节约率 | ≥3% | 达成指标       against what is unspent
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.facts.funds import (
    Budget,
    budget_of,
    budgets,
)
from auditor.facts.printed_rates import Named, Printed, Where, as_written, base_of, measured, readings
from auditor.facts.saving_rates import Saving, Unsaved, saving, saving_claimed
from auditor.facts.scoring import execution
from auditor.figures import Figure, Interval, Kind, scan
from auditor.report.labels import role_of
from auditor.report.model import Amount, LineKind, Report, Role


def indicator_rates(report: Report) -> Iterator[Printed | Saving | Unsaved]:
    """Every rate of money among the completed values, in the order of the rows."""
    bases = budgets(report)
    paid = _Sums(report.stated(Role.PAID))
    tabled = [
        amount.figure
        for table in report.money_tables
        for role in (Role.EXECUTION_RATE, Role.SPENDING_RATE)
        for amount in table.of(role, LineKind.TOTAL)
        if {Role.RECEIVED, Role.ALLOCATED} & set(table.roles) or table.loose
    ]
    for indicator in report.indicators:
        role = role_of(indicator.name)
        if indicator.is_execution or indicator.actual is None or role is None or not role.is_rate:
            continue
        figure = next((f for f in scan(indicator.actual) if f.kind is Kind.RATE), None)
        if figure is None and role is Role.SAVING_RATE:
            yield from saving_claimed(indicator, report)
        if figure is None:
            continue
        named = Named(Where.INDICATOR, indicator.name)
        if role is Role.EXECUTION_RATE and any(figure.base.meets(told.base) for told in tabled):
            continue  # the table's own rate, which is looked at there
        if role is Role.EXECUTION_RATE and (own := execution.declared_rate(report)) is not None:
            top, *parts = own.evidence
            yield from measured(figure, named, top, [budget_of(parts)], certain=one_amount(report))
        elif role is Role.EXECUTION_RATE and paid.figures and bases:
            spent = paid.fitting(figure, bases) or paid.figures[0]
            certain = one_amount(report) and not other_budget(report, figure, spent, bases)
            yield from measured(figure, named, spent, bases, certain=certain)
        elif role is Role.ARRIVAL_RATE:
            received = report.stated(Role.RECEIVED) or report.stated(Role.ALLOCATED)
            if received and bases:
                yield from measured(figure, named, received[0].figure, bases, certain=False)
        elif role is Role.SAVING_RATE:
            yield from saving(figure, indicator.actual.text, named, report)


class _Sums:
    """Stated sums, each once, found by the rate that would make them up: without looking at all of them."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        unique: dict[Decimal, Figure] = {}
        for amount in amounts:
            unique.setdefault(amount.figure.amount, amount.figure)
        self.figures = list(unique.values())
        self._rising = sorted((figure.amount * 100, at) for at, figure in enumerate(self.figures))

    def fitting(self, rate: Figure, bases: Iterable[Budget]) -> Figure | None:
        """The first sum that is, as printed, that share of one of the bases."""
        found = len(self.figures)
        for base in bases:
            for reading in readings(rate) if base.amount > 0 else ():
                part = reading * Interval.exact(base.amount)
                for place in range(bisect_left(self._rising, (part.low, -1)), len(self._rising)):
                    hundredfold, at = self._rising[place]
                    if hundredfold > part.high:
                        break
                    if at < found and part.contains(hundredfold):
                        found = at
        return self.figures[found] if found < len(self.figures) else None


def other_budget(report: Report, rate: Figure, paid: Figure, bases: list[Budget]) -> bool:
    """Whether the budget read may not be the one meant: more was paid than it holds, or another sum of
    the report gives the printed rate ("…压减后为826.5万元")."""
    if any(base.value.below(paid.base) for base in bases[:1]):
        return True
    known = {base.amount for base in bases}
    return any(
        figure.kind is Kind.MONEY
        and figure.amount > 0
        and figure.amount not in known
        and figure.amount != paid.amount
        and as_written(rate, paid, base_of(figure))
        for figure in report.figures
    )


def one_amount(report: Report) -> bool:
    """Whether the report states one spent sum for the whole project: in a table, or once in prose."""
    paid = report.stated(Role.PAID)
    tabled = any(amount.table is not None for amount in paid)
    return tabled or len({amount.figure.amount for amount in paid}) == 1
