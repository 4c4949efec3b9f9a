"""Printed totals of points against the rows that make them up, and against what the form says of them elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Span, View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.marks import plain_sum, unread_within
from auditor.facts.scoring.score_rows import FULL, ScoreRows
from auditor.figures import Figure, Kind, finest, mark, marks
from auditor.language import word
from auditor.report.model import Indicator, Report, ScoreTotal
from auditor.values import frozen


@frozen
class WeightTotal:
    """A total and the points of the rows it may be of: those that give it, else the likeliest.

    gaps      points of the rows that were not read: nothing is compared
    labelled  points that the label of the total gives itself, fewer than it holds
    lightest  points of the lightest row, where the total is not 100 although no row can be missing
    """

    total: ScoreTotal
    stated: Figure
    rows: list[Indicator]
    gaps: tuple[Span | View, ...] = ()
    holds: bool = False
    labelled: Figure | None = None
    lightest: Figure | None = None

    @property
    def weights(self) -> list[Figure]:
        return [row.weight for row in self.rows if row.weight is not None]


def weight_totals(report: Report, rows: ScoreRows) -> Iterator[WeightTotal]:
    for total in report.totals:
        if total.weight is not None and total.table is not None and not rows.unclear(total):
            yield from _total(report, total, total.weight, rows.candidates(total))


def _total(
    report: Report, total: ScoreTotal, stated: Figure, candidates: list[list[Indicator]]
) -> Iterator[WeightTotal]:
    weighed = [
        [row for row in group if not (row.shares_score and row.weight is None)] for group in candidates
    ]
    groups = [[row for row in group if not row.is_bonus] for group in weighed]
    # Some forms count the extra points into the full score ("合计 105"): those of known weight may be.
    groups += [
        group
        for group in weighed
        if any(row.is_bonus for row in group) and all(row.weight is not None for row in group)
    ]
    groups = [group for group in groups if any(row.weight for row in group)]
    if not groups or not any(row.span.start < total.span.start for row in groups[0]):
        return
    gaps: list[Span | View] = [*unread_within(report, groups[0], total.span)]
    gaps += [row.name_view for row in groups[0] if row.weight is None]
    if gaps:
        yield WeightTotal(total, stated, groups[0], tuple(gaps))
        return
    found = [WeightTotal(total, stated, group, holds=True) for group in groups]
    exact = next((one for one in found if plain_sum(one.weights) == stated.value), None)
    near = next((one for one in found if marks(one.weights).meets(mark(stated, finest([stated])))), None)
    if exact is None:
        yield near or WeightTotal(total, stated, groups[0])
        return
    labelled = _in_label(report, total)
    bonus = any(row.is_bonus for group in weighed for row in group)
    # Fewer may be all that stand in this table: the budget's points are often told elsewhere.
    short = labelled if not bonus and labelled is not None and labelled.value < stated.value else None
    lightest = _lightest(report, total, stated, exact.rows)
    yield WeightTotal(total, stated, exact.rows, (), True, short, lightest)


def _lightest(report: Report, total: ScoreTotal, stated: Figure, rows: list[Indicator]) -> Figure | None:
    """The lightest row of a whole form, its execution row too, whose points agree on a total close to 100. Where every
    row weighs more than what is missing, none can be missing; unless the form tells the number elsewhere, a weight
    is off."""
    gap = FULL - stated.value
    if total.scope is not None or not gap or not any(map(is_execution_row, rows)):
        return None
    lightest = min((row.weight for row in rows if row.weight is not None), key=lambda one: one.value)
    told = any(
        figure.kind is Kind.SCORE and figure.value in (stated.value, abs(gap))
        for passage in report.prose
        for figure in passage.figures
    )
    return lightest if abs(gap) < lightest.value and not told else None


def _in_label(report: Report, total: ScoreTotal) -> Figure | None:
    """The points that the label of a whole total gives itself: "总分（100分）", not those of what else it speaks of
    ("合计（含执行率10分）")."""
    if total.scope is not None:
        return None
    for passage in report.passages:
        if passage.text == total.label and passage.span.overlaps(total.span):
            figures = [figure for figure in passage.figures if figure.unit == "分"]
            own = len(figures) == 1 and word("before_own_points").search(passage.text[: figures[0].start])
            return figures[0] if own else None
    return None
