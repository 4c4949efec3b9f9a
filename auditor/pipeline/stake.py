"""How much money a finding speaks of: what a director reads first."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal

from auditor.document import Span
from auditor.figures import Figure, Kind, show
from auditor.report import Report
from auditor.rules import Result
from auditor.rules.family import family_of


class Stakes:
    """The amounts of one report by place: those of its money tables in their unit, those of the text."""

    def __init__(self, report: Report) -> None:
        found = {figure.span: figure for figure in report.figures if figure.kind is Kind.MONEY}
        found |= {amount.figure.span: amount.figure for amount in report.amounts if amount.role.is_money}
        self._figures = sorted(found.items(), key=lambda pair: pair[0])
        self._starts = [span.start for span, _ in self._figures]

    def of(self, result: Result) -> Figure | None:
        """The largest amount among the evidence; None where it is about something else."""
        family = family_of(result.rule.code)
        # A question of the model speaks of money where it shows a calculation.
        money = family.money if family is not None else result.origin == "model" and bool(result.calculation)
        if not result.flagged or not money:
            return None
        inside = (figure for span in result.evidence for figure in self._inside(span))
        found = max(inside, key=lambda figure: figure.amount, default=None)
        return found if found is not None and found.amount > 0 else None

    def _inside(self, span: Span) -> list[Figure]:
        first = bisect_left(self._starts, span.start)
        last = bisect_left(self._starts, span.end, first)
        return [figure for place, figure in self._figures[first:last] if place.end <= span.end]


def written(stake: Figure | None) -> str:
    """The amount with its unit, "" for none."""
    return "" if stake is None else f"{show(stake.value)}{stake.unit}"


def worth(stake: Figure | None) -> Decimal:
    """In 元; nothing is 0."""
    return Decimal(0) if stake is None else stake.amount
