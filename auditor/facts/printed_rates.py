"""Printed rates of money, execution and arrival, against the amounts that they are the quotient of.

全年预算 412.50，执行 396.84，执行率 96%      rounded or cut as it is printed: holds
预算 3，支出 2，执行率 70%                    only if the amounts were rounded to be whole
预算 100.00，支出 80.00，执行率 98%           fails
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from auditor.facts.claim import Strength
from auditor.facts.funds import (
    Budget,
    percent,
    printed_percent,
)
from auditor.figures import Figure, Interval, Kind, show
from auditor.values import frozen


class Where(StrEnum):
    TABLE = "table"
    INDICATOR = "indicator"
    TEXT = "text"


@frozen
class Named:
    """What a rate is called where it stands; in a table by its line and its column."""

    where: Where
    name: str
    column: str = ""


class Fit(StrEnum):
    HOLDS = "holds"
    ROUNDED = "rounded"  # of amounts that would be printed this way, not of the printed amounts themselves
    FAILS = "fails"
    NO_BASE = "no base"
    NIL_BASE = "nil base"


@frozen
class Printed:
    """A rate and the amounts it is measured by: `base` the one that gives it, else the first that can be divided by."""

    rate: Figure
    named: Named
    part: Figure
    bases: tuple[Budget, ...]
    base: Budget | None
    fit: Fit
    strength: Strength

    @property
    def figures(self) -> tuple[Figure, ...]:
        told = self.base if self.fit is Fit.HOLDS and self.base else next(iter(self.bases), None)
        return (self.rate, self.part, *(told.parts if told else ()))


def held(rate: Figure, named: Named, part: Figure, base: Budget) -> Printed:
    return Printed(rate, named, part, (base,), base, Fit.HOLDS, Strength.NONE)


def measured(
    rate: Figure, named: Named, part: Figure, bases: Sequence[Budget], *, certain: bool
) -> Iterator[Printed]:
    """The rate against the first base that gives it; none where nothing was planned and nothing spent."""
    usable = [base for base in bases if percent(part.base, base.value) is not None]
    if not usable:
        if part.value or rate.value:
            fit = Fit.NIL_BASE if bases else Fit.NO_BASE
            yield Printed(rate, named, part, tuple(bases), None, fit, Strength.NONE)
        return
    base, fit = next(_fitting(rate, part, usable), (usable[0], Fit.FAILS))
    proof = certain and not rate.doubtful
    yield Printed(rate, named, part, tuple(bases), base, fit, Strength.PROOF if proof else Strength.ASK)


def _fitting(rate: Figure, part: Figure, usable: list[Budget]) -> Iterator[tuple[Budget, Fit]]:
    yield from ((base, Fit.HOLDS) for base in usable if as_written(rate, part, base))
    for base in usable:
        value = percent(part.base, base.value)
        if value is not None and value.meets(printed_percent(rate)):
            yield base, Fit.ROUNDED


def as_written(rate: Figure, part: Figure, base: Budget) -> bool:
    """Whether the plain quotient, rounded or cut as the rate is printed, is the rate."""
    if base.amount <= 0:
        return False
    whole = Interval.exact(base.amount)
    return any((reading * whole).contains(part.amount * 100) for reading in readings(rate))


def readings(rate: Figure) -> tuple[Interval, ...]:
    """A printed rate in per cent; without a per cent sign "0.98" is a share, or a number of per cent."""
    return (printed_percent(rate), rate.interval) if rate.doubtful else (printed_percent(rate),)


def counted_like(figure: Figure, paid: Figure) -> Budget:
    """A number of an unnamed column, counted like the payment beside it."""
    counted = figure if figure.kind is Kind.MONEY else figure.in_unit(Kind.MONEY, paid.unit, paid.scale)
    return base_of(counted)


def base_of(figure: Figure) -> Budget:
    return Budget((figure,), figure.base, show(figure.value))
