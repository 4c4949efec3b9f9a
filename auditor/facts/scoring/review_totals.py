"""The reviewer's column of scores (财政审核评分) against its own total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from auditor.facts.scoring.marks import plain_sum
from auditor.facts.scoring.score_rows import ScoreRows
from auditor.figures import Figure, marks, printed
from auditor.report.model import Indicator, Report, ScoreTotal
from auditor.values import frozen

_SEVERAL = 2


class Fit(StrEnum):
    HOLDS = "holds"
    FAILS = "fails"
    ROW_LACKING = "row lacking"  # the printed full score leaves room for a row that stands elsewhere
    OUT_OF_REACH = "out of reach"  # whatever the rows without a review score get
    BLANK = "blank"  # some rows have no review score


@frozen
class ReviewTotal:
    """`scores` are those that make the total, else those of the column; `blank` the rows without one."""

    total: ScoreTotal
    stated: Figure
    scores: list[Figure]
    blank: list[Indicator]
    fit: Fit

    @property
    def sum(self) -> Decimal:
        return plain_sum(self.scores)

    @property
    def open_weights(self) -> list[Figure]:
        return [row.weight for row in self.blank if row.weight is not None]


def review_totals(report: Report, rows: ScoreRows) -> Iterator[ReviewTotal]:
    for total in report.totals:
        stated = total.review_score
        if stated is None or total.scope is not None or rows.unclear(total):
            continue
        above = [row for row in report.indicators if row.span.start < total.span.start]
        own = [row for row in above if row.review_score is not None]
        scores = [row.review_score for row in own if row.review_score is not None]
        if len(scores) < _SEVERAL:
            continue
        # The execution row of the money table has no such column: it is left out, or keeps its own score.
        blank = [row for row in above if row.review_score is None and row.score is not None]
        kept = [*scores, *(row.score for row in blank if row.score is not None)]
        fitting = next((one for one in (scores, kept) if marks(one).meets(printed(stated))), None)
        if fitting is not None:
            yield ReviewTotal(total, stated, fitting, blank, Fit.HOLDS)
            continue
        found = ReviewTotal(total, stated, scores, blank, Fit.BLANK)
        highest = found.sum + plain_sum(found.open_weights)
        fit = Fit.BLANK
        if not blank and _leaves_room(total, own, found.sum):
            fit = Fit.ROW_LACKING
        elif not blank or _weighs(total, own):
            fit = Fit.FAILS
        elif len(found.open_weights) == len(blank) and not found.sum <= stated.value <= highest:
            fit = Fit.OUT_OF_REACH
        yield ReviewTotal(total, stated, scores, blank, fit)


def _leaves_room(total: ScoreTotal, rows: list[Indicator], found: Decimal) -> bool:
    """Whether the whole weight printed with the total leaves room for a row elsewhere (the execution row of another
    table) that could bring the rows up to the total."""
    weights = [row.weight for row in rows if row.weight is not None]
    if total.weight is None or total.review_score is None or len(weights) < len(rows):
        return False
    return found < total.review_score.value <= found + total.weight.value - plain_sum(weights)


def _weighs(total: ScoreTotal, rows: list[Indicator]) -> bool:
    """Whether the weights of the rows are the whole weight printed with the total: it closes them and no other."""
    weights = [row.weight for row in rows if row.weight is not None]
    return (
        total.weight is not None and len(weights) == len(rows) and marks(weights).meets(printed(total.weight))
    )
