"""Grades, and the printed scales that say which score makes which."""

from __future__ import annotations

from decimal import Decimal

from auditor.document import Span, View
from auditor.figures import Figure
from auditor.values import frozen


@frozen
class Grade:
    """The grade the unit gave itself, as written ("优秀")."""

    word: str
    view: View


@frozen
class RowGrade:
    """A row's own grade beside its score; `weight`: what the score is of, None where it is of a hundred."""

    name: str
    score: Figure
    weight: Figure | None
    grade: Grade
    span: Span


@frozen
class Band:
    """One step of a printed grading scale: scores from `low` (to `high`, None: no upper end) are `word`."""

    word: str
    low: Decimal
    high: Decimal | None
    view: View


@frozen
class RatingBand:
    """A qualitative rating word and the share of the weight it earns: 好 → [1, 1], 达成预期指标 → [0.8, 1]."""

    word: str
    low: Decimal
    high: Decimal
    view: View
