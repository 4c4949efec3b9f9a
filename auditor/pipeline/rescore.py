"""The total score and grade that remain when every proven slip in a score is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.facts.scoring.grades import Cut, cuts, earned, full_score
from auditor.facts.scoring.review_totals import Fit, review_totals
from auditor.facts.scoring.score_rows import ScoreRows
from auditor.pipeline.group import Item
from auditor.report import Report
from auditor.rules import Settings, Verdict
from auditor.values import frozen

_FULL = Decimal(100)


@frozen
class Rescore:
    """Recomputed total score, and by which `cuts` a total earns its grade, none where no scale is known."""

    score: Decimal
    cuts: tuple[Cut, ...] = ()

    @property
    def grade(self) -> str | None:
        return earned(self.score, self.cuts) or None


def rescore(report: Report, found: Iterable[Item], settings: Settings) -> Rescore | None:
    """None where the report states no total, or no rule could recompute any of it.

    Only what is proven counts, and each cause once: of several results on one cell the one with
    the largest effect.
    """
    printed = report.total_score
    deltas: dict[tuple[str, ...], Decimal] = {}
    for item in found:
        delta = _delta(item)
        if delta is None:
            continue
        cause = tuple(sorted({item.fingerprint, *item.related}))
        if abs(delta) >= abs(deltas.get(cause, Decimal(0))):
            deltas[cause] = delta
    if printed is None or not deltas:
        return None
    score = printed.value + sum(deltas.values(), Decimal(0))
    return Rescore(score, _cuts(report, settings))


Between = tuple[Decimal, Decimal]
"""The most and the least that a total loses by a score that is proved wrong, but not what it ought to be."""


def undetermined(report: Report, found: Iterable[Item]) -> dict[str, Between]:
    """By fingerprint: of what is proved of one score, without the one right value. Where several are right, those
    bound it; where none is known, the whole score is open."""
    scores = {row.score.span: row.score.value for row in report.indicators if row.score is not None}
    told: dict[str, Between] = {}
    for item in found:
        result = item.result
        hit = [scores[span] for span in result.culprits if span in scores]
        if result.verdict is not Verdict.INCONSISTENT or result.score_delta or len(hit) != 1:
            continue
        gaps = [one.difference for one in result.relations if one.difference is not None and not one.meets]
        if gaps:
            told[item.fingerprint] = (min(gaps), max(gaps))
        elif not result.relations and hit[0] > 0:
            told[item.fingerprint] = (-hit[0], Decimal(0))
    return told


@frozen
class Reviewed:
    """The reviewer's total as printed, and what the rows of that column make."""

    stated: Decimal
    computed: Decimal


def reviewed(report: Report) -> Reviewed | None:
    """None where there is no such column, or its rows cannot be summed."""
    for one in review_totals(report, ScoreRows(report)):
        if one.fit is Fit.HOLDS:
            return Reviewed(one.stated.value, one.stated.value)
        if one.fit is Fit.FAILS:
            return Reviewed(one.stated.value, one.sum)
    return None


def _delta(item: Item) -> Decimal | None:
    written = item.result.score_delta
    if not written or item.result.verdict not in (Verdict.INCONSISTENT, Verdict.CONSISTENT):
        return None
    return Decimal(written)


def _cuts(report: Report, settings: Settings) -> tuple[Cut, ...]:
    """By the scale printed in the report; else by the bureau's, which is made for 100 points."""
    weights = [indicator.weight.value for indicator in report.indicators if indicator.weight is not None]
    full = full_score(report) or (sum(weights) if weights else None)
    if not report.scale and full not in (None, _FULL):
        return ()
    return cuts(report, settings.scale)
