"""Rows with full marks whose actual value lies far above the target, and no word of the reason."""

from __future__ import annotations

from decimal import Decimal

from auditor.compiled import compiled
from auditor.facts.scoring.earning import rule_for
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.reasons import is_empty
from auditor.facts.scoring.targets import compare
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Indicator, Report

_FAR = Decimal("1.3")
"""From this share of the target on, provinces ask for a reason (广西 130%, 浙江 120%)."""
_FALL = compiled(r"[≤≥<>=]*[-－−]")
_KINDS = (Kind.COUNT, Kind.PLAIN, Kind.RATE)


def far_over(report: Report, row: Indicator) -> tuple[Figure, Figure] | None:
    """Target and actual of a row with full marks that lies that far above."""
    if is_execution_row(row) or row.is_bonus or not (row.full_marks or row.score is None):
        return None
    rule = rule_for(report, row)
    outcome = compare(row)
    if (
        outcome is None
        or not outcome.met
        or outcome.reverse
        or (rule is not None and rule.over_from is not None)
    ):
        return None
    pair = outcome.quantities
    if pair is None or pair[0].kind is not pair[1].kind or pair[0].kind not in _KINDS:
        return None
    target, actual = pair
    wanted = row.target.text if row.target else ""
    changes = word("growth").search(f"{row.name} {wanted}") or _FALL.match(wanted)
    one_more = target.kind is not Kind.RATE and actual.value * actual.scale - target.amount <= target.scale
    if changes or one_more or target.amount <= 0 or actual.is_vague or actual.is_bound:
        return None
    return pair if actual.base.low > target.amount * _FAR else None


def silent(row: Indicator) -> bool:
    return is_empty(row.reason) and is_empty(row.narrative)
