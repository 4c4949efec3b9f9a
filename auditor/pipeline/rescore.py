"""The total score and grade that remain when every proven slip in a score is corrected."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from auditor.facts.scoring.grades import Cut, cuts, earned, full_score
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
