"""The project's budget and what was spent of it, told by the execution rate that they give.

县级财政安排108万元，实际付给施工单位76.38万元，执行率70.72%     nothing else before the rate gives 70.72 %

Words for a budget and for spending are many; the rate that a report prints tells which two amounts are meant. Used
where a report states one of them in no words that are known; an amount so found proves nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.stated import facts_of
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Report, Role
from auditor.values import frozen

_BEFORE = 8  # amounts before a rate that may be meant by it
_WHOLE_PER_CENT = Decimal("0.01")
_RATE_WORDS = 14  # characters before a rate that say what it is


@frozen
class ToldByRate:
    """The budget, what was spent of it, and the rate between them."""

    budget: Figure
    paid: Figure
    rate: Figure


def execution_rates(report: Report) -> list[Figure]:
    """The execution rates that the report prints, tables first; no vague ones."""
    figures = [amount.figure for amount in report.stated(Role.EXECUTION_RATE)]
    for passage in report.prose:
        figures.extend(
            figure
            for figure in passage.figures
            if figure.kind is Kind.RATE
            and word("execution_rate_before").search(
                passage.text[max(0, figure.start - _RATE_WORDS) : figure.start]
            )
        )
    return [figure for figure in figures if not figure.is_vague and figure.upper is None]


def told_by_rate(report: Report) -> ToldByRate | None:
    """The two amounts before the one execution rate of the report, in its passage, that give it; None where the report
    prints several rates, where none or more than one pair gives it, or where it states another amount for one of them.
    """
    rates = execution_rates(report)
    if len({figure.amount for figure in rates}) != 1:
        return None
    spans = {figure.span for figure in rates}
    for passage in facts_of(report).passages:
        if not any(figure.span in spans for figure in passage.figures):
            continue
        told = quantities_of(passage)
        for at, one in enumerate(told):
            if one.figure.span not in spans:
                continue
            before = [each for each in told[:at] if each.dimension == "元" and each.is_plain]
            found = _pair(one.figure, before[-_BEFORE:])
            if found is not None:
                return found if _agrees(found, report) else None
    return None


def _pair(rate: Figure, before: Sequence[Quantity]) -> ToldByRate | None:
    """The only pair of amounts that gives the rate; a rate of whole per cents is given by many, and so the amount right
    before it must be the one spent."""
    fine = rate.last_place * rate.scale < _WHOLE_PER_CENT
    found: dict[tuple[Decimal, Decimal], ToldByRate] = {}
    for first, second in combinations(before, 2):
        for budget, paid in ((first, second), (second, first)):
            if paid is not before[-1] and not (fine or _is_said(budget, paid)):
                continue
            if paid.money.amount <= budget.money.amount and (paid.money.base / budget.money.base).meets(
                rate.base
            ):
                pair = ToldByRate(budget.money, paid.money, rate)
                found.setdefault((budget.money.amount, paid.money.amount), pair)
    return next(iter(found.values())) if len(found) == 1 else None


def _is_said(budget: Quantity, paid: Quantity) -> bool:
    return budget.role is Role.BUDGET and paid.role is Role.PAID


def _agrees(found: ToldByRate, report: Report) -> bool:
    """Whether what the report states elsewhere, where it states any, is among it."""
    stated = ((Role.BUDGET, found.budget), (Role.PAID, found.paid))
    return all(
        not report.stated(role) or any(one.figure.amount == figure.amount for one in report.stated(role))
        for role, figure in stated
    )
