"""What a sample proves once its reports have been decided on.

Rates: exact Clopper–Pearson limits by stratum. Money: the tainting method with the Stringer limit.
    taint     (told − right) ÷ told, of each hit
    most likely error   Σ J × taint, plus what was found in the reports that are in for certain
    Stringer upper limit  J × R(0) + Σ (R(j) − R(j−1)) × J × taint(j), taints falling, plus the same
Source: Stringer, K. W. (1963); Leslie, Teitlebaum and Anderson, Dollar-Unit Sampling (1979), where strata with
different J are joined by ranking J × taint and taking R(0) of the largest J. A stratified rate is the same with
1 for the money of each report and J = reports ÷ drawn; where one J holds it is the Poisson limit, which is never
below Clopper–Pearson. A report not decided on counts as wrong throughout, and it is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from auditor.season.sampling.draw import Draw, Drawn, Stratum
from auditor.season.sampling.exact import factor, lower_share, upper_share
from auditor.values import frozen


@frozen
class Examined:
    """What was decided on a report of the sample. `right` is the amount (元) that it ought to state, None
    where nobody wrote one; `wrong` where the report counts as wrong."""

    wrong: bool
    right: Decimal | None = None


@frozen
class RateRow:
    """One stratum: `wrong` of `drawn`, `pending` among them; limits of the share that is wrong.

    low, high  two-sided, half of the risk on either side · upper  one-sided, for the decision
    """

    stratum: Stratum
    wrong: int
    pending: int
    share: Fraction
    low: Decimal
    high: Decimal
    upper: Decimal


@frozen
class Rate:
    """All strata. `low` and `high` are None where several strata were drawn: no exact limits are known."""

    confidence: Decimal
    rows: tuple[RateRow, ...]
    population: int
    share: Fraction
    upper: Fraction
    low: Decimal | None
    high: Decimal | None
    steps: tuple[Step, ...]

    @property
    def pending(self) -> int:
        return sum(row.pending for row in self.rows)


@frozen
class Step:
    """One term of a Stringer limit: `weight` (J × taint) times `factor` (R(0), then R(j) − R(j−1))."""

    what: str
    weight: Fraction
    factor: Decimal

    @property
    def product(self) -> Fraction:
        return self.weight * Fraction(self.factor)


@frozen
class Tainted:
    """One report that states too much: `told` and `right` in 元."""

    drawn: Drawn
    told: Decimal
    right: Decimal
    pending: bool = False

    @property
    def taint(self) -> Fraction:
        return Fraction(self.told - self.right) / Fraction(self.told)


@frozen
class Money:
    """Overstatement, in 元. `certain` was found in reports that are in for certain, `projected` is told from
    the hits, `upper` is the limit of both; `under` are reports that state too little: told apart, never
    set off. `interval` is J, None where nothing was drawn at random."""

    confidence: Decimal
    population: Decimal
    interval: Fraction | None
    hits: int
    tainted: tuple[Tainted, ...]
    under: tuple[Tainted, ...]
    certain: Fraction
    projected: Fraction
    steps: tuple[Step, ...]
    pending: int

    @property
    def likely(self) -> Fraction:
        return self.certain + self.projected

    @property
    def upper(self) -> Fraction:
        """No more can be wrong than there is."""
        return min(
            self.certain + sum((step.product for step in self.steps), Fraction(0)), Fraction(self.population)
        )


def rate(draw: Draw, examined: Mapping[str, Examined], confidence: Decimal) -> Rate:
    """The share of reports that are wrong, by stratum and in all; `examined` by identity."""
    rows = tuple(_row(draw, stratum, examined, confidence) for stratum in draw.strata)
    population = sum(row.stratum.population for row in rows)
    sampled = [row for row in rows if row.stratum.drawn < row.stratum.population]
    known = sum(row.wrong for row in rows if row not in sampled)
    likely = known + sum((row.share * row.stratum.population for row in sampled), Fraction(0))
    if len(sampled) == 1:
        (only,) = sampled
        parts = [Fraction(limit) * only.stratum.population for limit in (only.low, only.high, only.upper)]
        low, high, top = ((known + part) / population for part in parts)
        return Rate(confidence, rows, population, likely / population, top, _dec(low), _dec(high), ())
    weights = [
        (f"{row.stratum.name}第{at}个差错", Fraction(row.stratum.population, row.stratum.drawn))
        for row in sampled
        for at in range(1, row.wrong + 1)
    ]
    largest = max(
        (Fraction(row.stratum.population, row.stratum.drawn) for row in sampled), default=Fraction(0)
    )
    steps = stringer(largest, weights, confidence) if sampled else ()
    upper = min((known + sum((step.product for step in steps), Fraction(0))) / population, Fraction(1))
    exact = _dec(upper) if not sampled else None
    return Rate(confidence, rows, population, likely / population, upper, exact, exact, steps)


def _dec(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _row(draw: Draw, stratum: Stratum, examined: Mapping[str, Examined], confidence: Decimal) -> RateRow:
    own = [examined.get(one.item.id) for one in draw.drawn if one.stratum == stratum.name]
    wrong = sum(one is None or one.wrong for one in own)
    pending = own.count(None)
    share = Fraction(wrong, len(own))
    if stratum.drawn == stratum.population:
        whole = _dec(share)
        return RateRow(stratum, wrong, pending, share, whole, whole, whole)
    both = (1 + confidence) / 2
    return RateRow(
        stratum, wrong, pending, share,
        lower_share(len(own), wrong, both), upper_share(len(own), wrong, both),
        upper_share(len(own), wrong, confidence),
    )  # fmt: skip


def money(draw: Draw, examined: Mapping[str, Examined], confidence: Decimal) -> Money:
    """What a monetary draw proves on money stated too high."""
    found = [_tainted(one, examined.get(one.item.id)) for one in draw.drawn]
    tainted = tuple(one for one in found if one.taint > 0)
    certain = sum((Fraction(one.told - one.right) for one in tainted if one.drawn.certain), Fraction(0))
    interval = next((one.interval for one in draw.strata if one.interval is not None), None)
    steps: tuple[Step, ...] = ()
    projected = Fraction(0)
    if interval is not None:
        weights = [
            (
                f"{one.drawn.item.id}（第{hit}次抽中）" if one.drawn.hits > 1 else one.drawn.item.id,
                interval * one.taint,
            )
            for one in tainted
            if not one.drawn.certain
            for hit in range(1, one.drawn.hits + 1)
        ]
        projected = sum((weight for _, weight in weights), Fraction(0))
        steps = stringer(interval, weights, confidence)
    return Money(
        confidence,
        sum((stratum.amount for stratum in draw.strata), Decimal(0)),
        interval,
        sum(one.hits for one in draw.drawn if not one.certain),
        tainted,
        tuple(one for one in found if one.taint < 0),
        certain,
        projected,
        steps,
        sum(one.pending for one in found),
    )


def _tainted(drawn: Drawn, examined: Examined | None) -> Tainted:
    told = drawn.item.amount or Decimal(0)
    if examined is None:
        return Tainted(drawn, told, Decimal(0), pending=True)
    return Tainted(drawn, told, told if examined.right is None else examined.right)


def stringer(
    largest: Fraction, weights: Sequence[tuple[str, Fraction]], confidence: Decimal
) -> tuple[Step, ...]:
    """Basic precision with the `largest` interval, then every error by falling weight."""
    steps = [Step("没有发现差错时也要留的余地", largest, factor(0, confidence))]
    ranked = sorted(weights, key=lambda one: -one[1])
    for at, (what, weight) in enumerate(ranked, 1):
        steps.append(Step(what, weight, factor(at, confidence) - factor(at - 1, confidence)))
    return tuple(steps)
