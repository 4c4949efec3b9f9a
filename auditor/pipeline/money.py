"""The project's money in one line: budget, what was spent, and the rate between them."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.facts.told_by_rate import execution_rates, told_by_rate
from auditor.figures import Figure, show
from auditor.report import Report
from auditor.report.model import Role
from auditor.values import frozen


@frozen
class Money:
    """As the report first states it, tables before prose, or as the execution rate that it prints tells it. `execution_rate` is the printed one,
    `computed_rate` the quotient of the two amounts."""

    budget: str | None = None
    paid: str | None = None
    execution_rate: str | None = None
    computed_rate: str | None = None


def money(report: Report) -> Money:
    told = told_by_rate(report)
    budget, paid = _first(report, Role.BUDGET), _first(report, Role.PAID)
    if told is not None:
        budget, paid = budget or told.budget, paid or told.paid
    budget = budget or _first(report, Role.INITIAL)
    rate = _first(report, Role.EXECUTION_RATE) or _only(execution_rates(report))
    return Money(_written(budget), _written(paid), _written(rate), _quotient(paid, budget))


def _only(figures: Sequence[Figure]) -> Figure | None:
    """The figure, where all say the same."""
    return figures[0] if len({figure.amount for figure in figures}) == 1 else None


def _first(report: Report, role: Role) -> Figure | None:
    return next((amount.figure for amount in report.stated(role)), None)


def _written(figure: Figure | None) -> str | None:
    if figure is None:
        return None
    return f"{show(figure.value)}{figure.unit}"


def _quotient(paid: Figure | None, budget: Figure | None) -> str | None:
    if paid is None or budget is None or budget.amount <= 0:
        return None
    return f"{show(paid.amount / budget.amount * 100, 2)}%"
