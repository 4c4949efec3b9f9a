"""The rules for scores that a form declares."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from auditor.document import Span, View
from auditor.report.model.money import Role
from auditor.values import frozen


class ScoringSubject(StrEnum):
    """What a declared scoring rule speaks of."""

    INDICATORS = "indicators"  # those with a quantity for a target
    EXECUTION = "execution"
    QUALITATIVE = "qualitative"


class ScoringFormula(StrEnum):
    """How weight, target and actual make a score."""

    PROPORTION = "proportion"  # weight × actual ÷ target
    RATIO = "ratio"  # weight × target ÷ actual, where less is better
    EXCESS = "excess"  # weight × (1 − (actual − target) ÷ target), where less is better


@frozen
class ScoringStep:
    """One band of a declared scale: a rate (as a share of 1) from `low` to `high` (None: no end) earns
    `share` of the weight, or `points`: that many marks, or so many less than the weight if negative."""

    low: Decimal | None
    high: Decimal | None
    share: Decimal | None = None
    points: Decimal | None = None


@frozen
class ScoringRule:
    """A declared rule for scores.

    classes    level names it applies to ("产出", "时效"); empty: all of `subject`
    per_point  share of the weight lost per percentage point short of the target (0.05), or None
    points_off marks lost instead; `step` percentage points count as one (5: "每低5个百分点")
    over_from, over_per_point   completion above `over_from` (1.30) loses this share per point
    floor      completion below it earns nothing (0.6)
    formula, steps   the formula, or the bands, it lays down
    only       the one indicator row it stands in; None: it holds for the form
    exceptions  the rule's own words allow exceptions that are not in the document
    """

    view: View
    classes: tuple[str, ...] = ()
    per_point: Decimal | None = None
    over_from: Decimal | None = None
    over_per_point: Decimal | None = None
    exceptions: bool = False
    subject: ScoringSubject = ScoringSubject.INDICATORS
    points_off: Decimal | None = None
    step: Decimal = Decimal(1)
    floor: Decimal | None = None
    formula: ScoringFormula | None = None
    steps: tuple[ScoringStep, ...] = ()
    only: Span | None = None


@frozen
class RateBase:
    """What the form counts its execution rate on: `top` over the sum of `base`; `whole`: in whole per cent."""

    view: View
    top: Role
    base: tuple[Role, ...]
    whole: bool = False
