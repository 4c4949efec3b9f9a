"""What a remark says was taken off ("扣60%", "扣1.5分"), and what that leaves of a weight or a score."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.marks import assigned, computed
from auditor.figures import Equation, Expression, Figure, Kind, Term, added, scan
from auditor.language import word


def deductions(remark: View) -> list[Figure]:
    """What the remark says was taken off."""
    return [
        figure
        for figure in scan(remark)
        if figure.kind in (Kind.RATE, Kind.SCORE) and word("deducted").search(remark.text[: figure.start])
    ]


def left_of(
    base: Figure, said: Sequence[Figure], given: Figure, unit: Decimal, *, rounded: bool = False
) -> Equation:
    """What is left of `base` by the remark, against what was given; `said` are shares or points, not both.
    `rounded`: the form declares that scores are rounded to the unit."""
    left: Expression
    if said[0].kind is Kind.RATE:
        shares = added(Term.exact(figure.value, percent=True) for figure in said)
        left = assigned(base) * (Term.exact(1) - shares)
    else:
        left = assigned(base) - added(assigned(figure) for figure in said)
        if not rounded:
            unit = min(
                unit, *(figure.last_place for figure in said)
            )  # half points taken off leave half points
    return Equation(left, Term.plain(given, among=computed(given, unit)))
