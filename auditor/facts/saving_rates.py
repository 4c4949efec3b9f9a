"""Rates of saving, against what was not spent of the budget: what is unspent need not be saved.

预算100万元，支出95万元，成本节约率5%      1 − 95 ÷ 100
节约率≥3%，达成指标，全部支出              nothing is unspent
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.funds import (
    HUNDRED,
    Budget,
    budgets,
    percent,
    printed_percent,
)
from auditor.facts.printed_rates import Named, Printed, Where, as_written, base_of, held
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.ratios import ratios
from auditor.figures import Expression, Figure, Interval, Kind, Modifier, Term, scan
from auditor.language import word
from auditor.report.model import Indicator, Report, Role
from auditor.values import frozen

_LIMITS = {Modifier.AT_MOST: "≤", Modifier.UNDER: "≤", Modifier.AT_LEAST: "≥", Modifier.OVER: "≥"}


@frozen
class Saving:
    """A rate of saving, as `written`, and the amounts the unspent share is taken of."""

    rate: Figure
    written: str
    named: Named
    spent: Figure
    base: Budget

    @property
    def holds(self) -> bool:
        return _saves(self.rate, self.spent, self.base)

    @property
    def share(self) -> Decimal:
        """Per cent that is not spent."""
        return Decimal(100) - self.spent.amount / self.base.amount * 100

    @property
    def unspent(self) -> Expression:
        return _unspent(self.spent, self.base)

    @property
    def sign(self) -> str:
        return _LIMITS.get(self.rate.modifier, "=")


@frozen
class Unsaved:
    """Full marks for saving so many per cent, where all of the budget was spent."""

    indicator: Indicator
    aim: Figure
    spent: Figure
    base: Budget

    @property
    def unspent(self) -> Expression:
        return _unspent(self.spent, self.base)


def saving_claimed(indicator: Indicator, report: Report) -> Iterator[Unsaved]:
    """ "达成指标" for an aim of so many per cent, against the project's own amounts."""
    aims = (
        [figure for figure in scan(indicator.target) if figure.kind is Kind.RATE] if indicator.target else []
    )
    paid, bases = report.stated(Role.PAID), budgets(report)
    if len(aims) != 1 or not indicator.full_marks or not paid or not bases or aims[0].interval.low <= 0:
        return
    if paid[0].figure.amount == bases[0].amount > 0:
        yield Unsaved(indicator, aims[0], paid[0].figure, bases[0])


def told_savings(report: Report) -> Iterator[Printed | Saving]:
    """ "成本节约率5%" in running text, where its own words do not name what it is a rate of."""
    named_otherwise = {claim.whole.figure.span for claim in ratios(report)}
    for passage in report.prose:
        for quantity in quantities_of(passage) if "节约率" in passage.text else ():
            named = quantity.kind is Kind.RATE and word("saving_rate").search(quantity.head)
            if named and not quantity.figure.is_bound and quantity.modality is Modality.ACTUAL:
                spoken = Named(Where.TEXT, f"“{named.group()}”")
                told = _amounts_beside(quantity)
                given = next((pair for pair in told if as_written(quantity.figure, *pair)), None)
                spent = next((pair for pair in told if _saves(quantity.figure, *pair)), None)
                if given is not None:
                    yield held(quantity.figure, spoken, *given)
                elif spent is not None or quantity.figure.span not in named_otherwise:
                    yield from saving(quantity.figure, quantity.figure.raw, spoken, report, spent)


def _amounts_beside(rate: Quantity) -> list[tuple[Figure, Budget]]:
    """Pairs of amounts before the rate in its sentence, the smaller first: what was saved, or paid, of what."""
    start = rate.structure.sentence_span(rate.start)[0]
    money = [
        one.figure
        for one in quantities_of(rate.passage)
        if start <= one.start < rate.start and one.kind is Kind.MONEY and not one.figure.is_vague
    ]
    return [(part, base_of(whole)) for whole in money for part in money if part.amount < whole.amount]


def _saves(rate: Figure, paid: Figure, base: Budget) -> bool:
    """Whether what is not paid of `base` is the rate."""
    spent = percent(paid.base, base.value)
    return spent is not None and (HUNDRED - spent).meets(_per_cent(rate))


def saving(
    rate: Figure, written: str, named: Named, report: Report, told: tuple[Figure, Budget] | None = None
) -> Iterator[Saving]:
    """节约率 = 1 − 支出 ÷ 预算: the amounts `told` with it, else the project's."""
    paid, bases = report.stated(Role.PAID), budgets(report)
    if told is None and paid and bases:
        told = paid[0].figure, bases[0]
    if told is not None and percent(told[0].base, told[1].value) is not None:
        yield Saving(rate, written, named, *told)


def _unspent(paid: Figure, budget: Budget) -> Expression:
    return Term.exact(1) - Term.plain(paid, budget.scale) / budget.terms


def _per_cent(figure: Figure) -> Interval:
    """Per cent of a figure that may be a bound (≤15%)."""
    return figure.interval if figure.unit == "%" else printed_percent(figure)
