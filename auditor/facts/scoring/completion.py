"""The share of the target that a form prints as reached (完成率), against target and actual value; that of the weight
which it prints as earned (得分率), against weight and score; how far off the target it says the actual value is (偏差率).

Forms count it in several ways: actual over target, no more than 100 per cent, target over actual or what the
excess leaves of it where less is better, the actual rate itself. Whatever one of them gives is right; a deviation may
count to either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.execution import is_row
from auditor.facts.scoring.shown import written
from auditor.facts.scoring.targets import compare, figures_of
from auditor.facts.stated import once
from auditor.figures import Equation, Figure, Interval, Kind, Term
from auditor.report.model import Indicator, Report
from auditor.values import frozen

_ONE, _TWO = Interval.exact(1), Interval.exact(2)
_HUNDRED = Decimal(100)
_LARGEST_SHARE = 3


@frozen
class Completion:
    """A row with what it prints as reached, or by how much it is `off`; `ways` are the shares that target and actual
    give."""

    row: Indicator
    printed: Figure
    target: Figure
    actual: Figure
    ways: tuple[Interval, ...]
    reverse: bool
    off: bool = False

    @property
    def holds(self) -> bool:
        return any(way.meets(share) for way in self.ways for share in _shares(self.printed))

    @property
    def tells(self) -> bool:
        """Whether it could have been wrong: 100 per cent is printed for anything that was reached."""
        return self.printed.value not in (1, _HUNDRED)

    @property
    def plainly(self) -> bool:
        """Whether it is actual over target, or the other way round where less is better: what `equation` tells."""
        return any(
            self.ways[at].meets(share)
            for at in (-1 if self.reverse else 0,)
            for share in _shares(self.printed)
        )

    def equation(self) -> Equation:
        scale = Decimal(1) if self.target.kind is Kind.RATE else self.target.scale
        done, wanted = (
            Term.of(one, None if one.kind is Kind.RATE else scale, written(one))
            for one in (self.actual, self.target)
        )
        if self.off:
            return Equation(
                (done - wanted) / wanted,
                Term.of(self.printed, text=self.printed.raw),
                percent=True,
                holds=self.holds,
            )
        terms = wanted / done if self.reverse and self.actual.amount else done / wanted
        return Equation(terms, Term.of(self.printed, text=self.printed.raw), percent=True, holds=self.holds)


@once
def completions(report: Report) -> Iterator[Completion]:
    """Every row of the report whose completion can be worked out."""
    for row in report.indicators:
        yield from _worked_out(row, row.completion, off=False)


@once
def deviations(report: Report) -> Iterator[Completion]:
    """Every row of the report whose distance from its target can be worked out."""
    for row in report.indicators:
        yield from _worked_out(row, row.deviation, off=True)


def _worked_out(row: Indicator, told: View | None, *, off: bool) -> Iterator[Completion]:
    """The row with the rate it prints, where target and actual are two plain numbers."""
    found = figures_of(told) if told is not None and not is_row(row) else []
    outcome = compare(row) if len(found) == 1 else None
    pair = outcome.quantities if outcome is not None else None
    if outcome is None or outcome.met is None or pair is None:
        return
    (printed,), (target, actual) = found, pair
    sound = printed.kind in (Kind.RATE, Kind.PLAIN) and printed.upper is None and not printed.is_vague
    if sound and target.amount > 0 <= actual.amount and actual.upper is None and not actual.is_vague:
        find = _distances if off else _ways
        ways = tuple(find(Interval.exact(target.amount), actual, met=outcome.met, reverse=outcome.reverse))
        yield Completion(row, printed, target, actual, ways, outcome.reverse, off)


@once
def score_rates(report: Report) -> Iterator[Completion]:
    """Every row that prints the share of its weight (得分率, 得分系数), with weight and score for target and actual."""
    for row in report.indicators:
        found = figures_of(row.score_rate) if row.score_rate is not None else []
        sound = len(found) == 1 and found[0].kind in (Kind.RATE, Kind.PLAIN) and not found[0].is_vague
        if not sound or row.weight is None or row.score is None or row.weight.value <= 0 or row.shares_score:
            continue
        way = row.score.interval / Interval.exact(row.weight.value)
        yield Completion(row, found[0], row.weight, row.score, (way,), False)


def _ways(target: Interval, actual: Figure, *, met: bool, reverse: bool) -> Iterator[Interval]:
    done = actual.base
    yield done / target
    if met:
        yield _ONE
    if actual.kind is Kind.RATE:
        yield done
    if reverse:
        yield _TWO - done / target
        yield _ONE - done / target  # what was saved
        if done.low > 0:
            yield target / done


def _distances(target: Interval, actual: Figure, *, met: bool, reverse: bool) -> Iterator[Interval]:
    """How far off the target: as a share of it, or in points of a rate; to either side, none where it is met."""
    off = actual.base - target
    for way in (off / target, off) if actual.kind is Kind.RATE else (off / target,):
        yield way
        yield Interval.exact(0) - way
    if met:
        yield Interval.exact(0)


def _shares(printed: Figure) -> Iterator[Interval]:
    """A rate as printed; a bare number is a share, or per cent."""
    if printed.kind is Kind.RATE:
        yield printed.base
        return
    if printed.value <= _LARGEST_SHARE:
        yield printed.base
    yield printed.base / Interval.exact(_HUNDRED)
