"""A relation between written numbers: one is claimed, the others say what it must be.

    claimed = ± term ± term …      a sum, a difference, or with one term the same thing twice
    claimed = first ÷ second       a rate or a share
    claimed = term × term …        a product
    claimed = |first − second| ÷ second     a rise or fall, from the second to the first
    claimed = second ÷ (first ∓ second)     a rise or fall by the second, to the first

It judges nothing but arithmetic: whether the interval of what is claimed and the interval of what the
others give can meet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import mul
from typing import TypeVar

from auditor.figures.equation import Equation
from auditor.figures.expression import Expression, Term, added
from auditor.figures.figure import Figure, Kind, add_up
from auditor.figures.interval import Interval, show, total
from auditor.values import frozen, lazy

_SHOWN_DECIMALS = 4
_Number = TypeVar("_Number", Decimal, Interval, Expression)


class Operation(StrEnum):
    """How the terms of a relation are joined."""

    SUM = "sum"
    RATIO = "ratio"
    PRODUCT = "product"
    CHANGE = "change"
    STEP = "step"


@frozen
class Relation:
    """`claimed` against what `terms` give. `signs` are those of a sum (none: all are added), or of what a step is taken from.

    Raises `ZeroDivisionError` where it is asked for the ratio to something that can be zero.
    """

    claimed: Figure
    terms: tuple[Figure, ...]
    signs: tuple[int, ...] = ()
    operation: Operation = Operation.SUM

    @property
    def signed(self) -> tuple[tuple[int, Figure], ...]:
        """The terms of a sum with their signs."""
        return tuple(zip(self.signs or (1,) * len(self.terms), self.terms, strict=True))

    @lazy
    def computed(self) -> Interval:
        """Every value that the terms can give as printed, in base units."""
        if self.operation is not Operation.SUM:
            return self._joined([term.base for term in self.terms])
        if not self.signs:
            return total([term.base for term in self.terms])
        return total([term.base if sign > 0 else -term.base for sign, term in self.signed])

    @lazy
    def value(self) -> Decimal:
        """What the terms give as printed, in base units."""
        if self.operation is not Operation.SUM:
            return self._joined([term.amount for term in self.terms])
        if not self.signs:
            return sum([term.amount for term in self.terms], Decimal(0))
        return sum([sign * term.amount for sign, term in self.signed], Decimal(0))

    def _joined(self, numbers: Sequence[_Number]) -> _Number:
        """What is no sum, of the terms in whatever form: values, intervals, or as they are told."""
        if self.operation is Operation.PRODUCT:
            return reduce(mul, numbers)
        first, second = numbers
        if self.operation is Operation.RATIO:
            return first / second
        if self.operation is Operation.STEP:
            return second / (first - second if self.signs[-1] < 0 else first + second)
        falling = self.terms[0].amount < self.terms[1].amount
        return (second - first if falling else first - second) / second

    @property
    def meets(self) -> bool:
        """Whether both sides can be true."""
        return self.computed.meets(self.claimed.base)

    @property
    def may_give(self) -> bool:
        """Whether the terms can give the claimed number, and one above nil; not where they divide by what can be zero."""
        try:
            return self.meets and self.value > 0
        except ZeroDivisionError:
            return False

    @property
    def holds(self) -> bool:
        """Whether they are true as anybody writes them: sums of money whose closing zeros were lost
        ("44万元" beside "17.005万元") are as fine as their finest term, and all numbers of a sum were
        printed in one way, rounded or cut."""
        if self.operation is not Operation.SUM or not self.meets_finely:
            return self.meets_finely
        return any(sign < 0 for sign, _ in self.signed) or add_up(
            [term for _, term in self._fine], self.claimed
        )

    @lazy
    def meets_finely(self) -> bool:
        """Whether both sides can be true where each term of a sum is as fine as the finest one."""
        if self.operation is not Operation.SUM:
            return self.meets
        if self._fine == self.signed:
            return self.meets
        fine = total([term.base if sign > 0 else -term.base for sign, term in self._fine])
        return fine.meets(self.claimed.base)

    @property
    def difference(self) -> Decimal:
        """Computed less claimed, as printed, in base units."""
        return self.value - self.claimed.amount

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The claimed number, then the terms."""
        return (self.claimed, *self.terms)

    def equation(self, scale: Decimal | None = None) -> Equation:
        """As a result keeps and tells it, in units of `scale`: by default that of the claimed number;
        for a rate that of its second number."""
        if self.claimed.kind is Kind.RATE and self.operation is not Operation.SUM:
            return self._rate()
        scale = scale or self.claimed.scale
        claimed = Term.plain(self.claimed, scale)
        if self.operation is Operation.SUM:
            signs = [sign for sign, _ in self.signed]
            terms = added((Term.plain(term, scale) for term in self.terms), signs)
            return Equation(terms, claimed, holds=self.holds)
        joined = self._joined([Term.plain(term, Decimal(1), text=show(term.value)) for term in self.terms])
        return Equation(joined, claimed, per=scale, decimals=_SHOWN_DECIMALS, holds=self.holds)

    def told(self, scale: Decimal | None = None) -> str:
        """ "30 + 40 = 70 ≠ 80 (差 10)" in units of `scale`: by default that of the claimed number."""
        return self.equation(scale).told()

    def _rate(self) -> Equation:
        """ "1222 ÷ 1260 = 96.98%", "(390 − 356) ÷ 356 = 9.55% ≠ 5.95%"."""
        claimed = self.claimed
        rate = self._joined([Term.plain(term, self.terms[1].scale) for term in self.terms])
        places = max(2, claimed.decimals)
        same = show(self.value / claimed.scale, places) == show(claimed.value)
        places += 2 if same and not self.meets else 0
        percent = claimed.unit == "%"
        told = Term.of(claimed, None if percent else claimed.scale, claimed.raw)
        return Equation(
            rate, told, percent=percent, per=Decimal(1) if percent else claimed.scale,
            unit="" if percent else claimed.unit, decimals=places, named="" if same and not claimed.is_vague else "文中写 {}", gap="", holds=self.meets,
        )  # fmt: skip

    @lazy
    def _fine(self) -> tuple[tuple[int, Figure], ...]:
        finest = min((term.last_place * term.scale for term in self.terms), default=Decimal(1))
        return tuple([(sign, _as_fine(term, finest)) for sign, term in self.signed])


def _as_fine(term: Figure, finest: Decimal) -> Figure:
    """`term` printed as finely as the finest one where it is money that may have lost its closing zeros."""
    if term.kind is not Kind.MONEY or term.is_vague:
        return term
    decimals = -int((finest / term.scale).adjusted())
    return replace(term, decimals=decimals) if decimals > term.decimals else term
