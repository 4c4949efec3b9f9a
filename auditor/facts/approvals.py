"""Money that was approved, against the budget it became.

经批准总投资1500万元，分三年安排；年初预算500万元      the years explain it: no claim
批复安排120万元；年初预算100万元                       20 more, and nobody says why
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.facts.stated_money import Stated
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Amount, LineKind, Report, Role
from auditor.values import frozen

_STATED = tuple(role for role in Role if role.is_money and role is not Role.APPROVED)


@frozen
class Approval:
    """An approved sum, and the budget of the project."""

    approved: Amount
    budget: Amount

    @property
    def holds(self) -> bool:
        return self.approved.figure.base.meets(self.budget.figure.base)

    @property
    def difference(self) -> Decimal:
        return self.approved.figure.amount - self.budget.figure.amount


def approvals(report: Report) -> Iterator[Approval]:
    """Each approved sum that is the budget, or whose difference from it nothing explains."""
    budget = _budget(report)
    if budget is None:
        return
    seen = set()
    known = Stated(report)
    for amount in report.amounts:
        if amount.role is not Role.APPROVED or amount.figure.is_vague or amount.figure.amount in seen:
            continue
        if amount.table is not None and amount.line.kind is not LineKind.TOTAL:
            continue
        seen.add(amount.figure.amount)
        one = Approval(amount, budget)
        if one.holds or not _told(report, known, one):
            yield one


def _told(report: Report, known: Stated, one: Approval) -> bool:
    """Whether the approved sum is another stated amount, a part, or explained elsewhere."""
    figure = one.approved.figure
    return (
        any(other.value > 0 and other.base.meets(figure.base) for _, other in known.of(*_STATED))
        or report.unit_assumed(one.approved) != report.unit_assumed(one.budget)
        or (one.difference < 0 and not one.approved.whole)
        or abs(one.difference) in known.values
        or _explained(report, figure, one.budget.figure)
    )


def _budget(report: Report) -> Amount | None:
    for role in (Role.BUDGET, Role.INITIAL):
        amounts = [amount for amount in report.stated(role) if amount.figure.value > 0]
        if amounts:
            return amounts[0]
    return None


def _explained(report: Report, figure: Figure, line: Figure) -> bool:
    """Whether the same or the next sentence says why the sums differ, or tells the year's share of it."""
    passage = next((item for item in report.passages if item.view == figure.view), None)
    if passage is None:
        return False
    text = passage.text
    following = compiled(r"(?<=[。\n])").split(text[figure.end : figure.end + 400], maxsplit=2)
    behind = [one for one in passage.figures if figure.end < one.start < figure.end + 120]
    if "。" not in text[figure.end : behind[-1].start if behind else figure.end] and any(
        one.kind is Kind.MONEY and one.base.meets(line.base) for one in behind
    ):
        return True
    before = text[max(0, figure.start - 40) : figure.start]
    if word("of_several_years").search(before + text[figure.end : figure.end + 12]):
        return True
    if word("whole_undertaking").search(before) and word("built_over_years").search(text):
        return True
    # Of the words before the amount only its own clause can explain it.
    return (
        word("amount_explained").search(compiled(r"[，,；;。\n]").split(before)[-1] + "".join(following[:2]))
        is not None
    )
