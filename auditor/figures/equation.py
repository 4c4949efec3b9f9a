"""A relation between numbers: what is computed from some of them, and what another one says instead.

The one source of everything that is said about a recomputation: the written calculation, the live
formula of a ledger, both intervals, the difference. Values are exact; an interval is what printed
numbers can stand for. Nothing here decides how grave a difference is.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from auditor.figures.expression import Expression, Term, added
from auditor.figures.figure import Figure
from auditor.figures.interval import Interval, show
from auditor.values import frozen, lazy

_HUNDRED = Decimal(100)
_WIDE = Context(prec=60)
_INTERVAL_DECIMALS = 4
_QUOTIENT_DECIMALS = 2
_OTHERWISE = {"=": "≠", "≤": ">", "≥": "<"}


@frozen
class Equation:
    """What `computed` gives, against what the report claims.

    claimed   the number that ought to be it; None where the calculation itself is all that is told
    sign      how the two ought to stand: = ≤ ≥
    percent   the result is told in per cent
    per       the result is told in such units: 10000 where 元 are multiplied and 万元 are told
    unit, note  told behind the result
    decimals  shown of the result; by default all, of a quotient two
    named     how the claim is told where it holds: "合计 {}", "与 {} 相符"; "" where it is the result
    gap       told before the difference
    holds     whether the two can agree, where intervals alone do not say (all printed one way)
    """

    computed: Expression
    claimed: Term | None = None
    sign: str = "="
    percent: bool = False
    per: Decimal = Decimal(1)
    unit: str = ""
    note: str = ""
    decimals: int | None = None
    named: str = ""
    gap: str = "差"
    holds: bool | None = None

    @classmethod
    def total(cls, parts: Iterable[Figure], whole: Figure, **told: Any) -> Equation:
        """Parts that ought to make the whole, told as printed, in its unit."""
        terms = (Term.of(part, whole.scale) for part in parts)
        return cls(added(terms), Term.of(whole, whole.scale), **told)

    @lazy
    def result(self) -> Decimal:
        """The computed value in the unit it is told in, of the numbers as written."""
        value = self.computed.value * (100 if self.percent else 1) / Fraction(self.per)
        return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))

    @lazy
    def shown(self) -> str:
        """The computed value as told, without unit."""
        decimals = self.decimals
        if decimals is None and self.computed.divides:
            decimals = _QUOTIENT_DECIMALS
        return show(self.result, decimals)

    @lazy
    def meets(self) -> bool:
        """Whether the claim can be true. True where nothing is claimed."""
        if self.claimed is None:
            return True
        if self.holds is not None:
            return self.holds
        ours, theirs = self.intervals
        match self.sign:
            case "≤":
                return not theirs.below(ours)
            case "≥":
                return not ours.below(theirs)
        return ours.meets(theirs)

    @lazy
    def intervals(self) -> tuple[Interval, Interval]:
        """Of the computed and of the claimed value, in the unit they are told in.

        Raises `ZeroDivisionError` where a divisor can be zero, `ValueError` where nothing is claimed.
        """
        if self.claimed is None:
            raise ValueError("nothing is claimed")
        ours = self.computed.interval
        if self.percent:
            ours = ours * Interval.exact(_HUNDRED)
        return ours / Interval.exact(self.per), self.claimed.range

    @property
    def difference(self) -> Decimal | None:
        """The computed less the claimed value, as told; None where there are no such two."""
        if self.claimed is None or self.claimed.percent != self.percent:
            return None
        return Decimal(self.shown) - self.claimed.number

    def ranges(self) -> tuple[str, str] | None:
        """Both intervals as told; None where they are not what decided."""
        if self.claimed is None or self.claimed.percent != self.percent:
            return None
        try:
            ours, theirs = self.intervals
        except ZeroDivisionError:
            return None
        if self.sign == "=" and ours.meets(theirs) is not self.meets:
            return None
        return _told(ours, self.percent), _told(theirs, self.percent)

    @property
    def formula(self) -> str:
        """The result as a spreadsheet computes it; a per cent is a share of one there."""
        formula = self.computed.formula
        if self.per == 1:
            return formula
        return f"({formula})/{show(self.per)}" if not isinstance(self.computed, Term) else formula

    def told(self) -> str:
        """The written calculation: "105.37 + 868.57 = 973.94 ≠ 868.57 (差 105.37)"."""
        return self._written

    @lazy
    def _written(self) -> str:
        text, claimed = self.computed.text, self.claimed
        if not isinstance(self.computed, Term):
            text += f" = {self.shown}{'%' * self.percent}{self.unit}{self.note}"
        if claimed is None:
            return text
        if self.meets and self.sign == "=":
            if self.named:
                return f"{text}，{self.named.format(claimed.text)}"
            if isinstance(self.computed, Term):
                return f"{text} = {claimed.text}"
            return text if Decimal(self.shown) == claimed.number else f"{text} ≈ {claimed.text}"
        sign = self.sign if self.meets else _OTHERWISE[self.sign]
        return f"{text} {sign} {claimed.text}{self._gap()}"

    def _gap(self) -> str:
        """The difference behind a contradiction; shares and rates show it themselves."""
        gap = self.difference
        if gap is None or self.meets or not self.gap or self.percent:
            return ""
        return f" ({self.gap} {show(abs(gap))}{self.unit})"


def _told(interval: Interval, percent: bool) -> str:
    mark = "%" * percent
    low, high = show(interval.low, _INTERVAL_DECIMALS), show(interval.high, _INTERVAL_DECIMALS)
    if low == high:
        return f"{low}{mark}"
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{left}{low}{mark}, {high}{mark}{right}"
