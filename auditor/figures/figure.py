"""One number as it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures.interval import INFINITY, Interval, total
from auditor.values import frozen, lazy

_DIGITS = compiled(r"-?\d(?:[\d,]| (?=\d{3}(?!\d)))*(?:\.\d+)?")


class Kind(StrEnum):
    """What a number counts."""

    MONEY = "money"
    RATE = "rate"
    POINTS = "points"  # 个百分点
    SCORE = "score"
    COUNT = "count"
    DATE = "date"
    DOCNO = "docno"
    ORDINAL = "ordinal"  # 第3次, list marks
    CODE = "code"  # telephone, post code, parts of names (5G)
    PLAIN = "plain"


class Modifier(StrEnum):
    """What the words around a number say of it."""

    NONE = ""
    ABOUT = "约"
    NEAR = "近"
    MORE = "余"
    OVER = ">"
    AT_LEAST = "≥"
    UNDER = "<"
    AT_MOST = "≤"
    EQUAL = "="
    RANGE = "-"


@frozen
class Figure:
    """A number with its place.

    value     as written, in `unit` ("76.38" of "76.38万元"); a year for dates
    unit      as written: 元, 万元, 亿元, %, ‰, 分, a classifier (个, 件, 人次 …) or ""
    scale     one `unit` in base units (元 for money, 1 for the rest, 1/100 for %)
    decimals  printed digits after the point
    upper     the second value of a range ("90-95%"), else None
    doubtful  several readings are possible (digits split by spaces): never proves anything
    """

    view: View
    start: int
    end: int
    kind: Kind
    value: Decimal
    unit: str = ""
    scale: Decimal = Decimal(1)
    decimals: int = 0
    modifier: Modifier = Modifier.NONE
    upper: Decimal | None = None
    month: int | None = None
    day: int | None = None
    doubtful: bool = False

    @property
    def raw(self) -> str:
        return self.view.text[self.start : self.end]

    @lazy
    def digits(self) -> str:
        """The number as printed, without modifier and unit: "118.760", "3,763,807.50"."""
        match = _DIGITS.search(self.raw)
        return match.group() if match else self.raw

    @property
    def unit_printed(self) -> str:
        """What stands behind the number, with its 万 or 亿: "万人次" of "3.42万人次"."""
        return self.raw.partition(self.digits)[2] or self.unit

    @lazy
    def span(self) -> Span:
        return self.view.span(self.start, self.end)

    @property
    def without_bound(self) -> Figure:
        """The number that a bound names: 9 km of "≥9公里"; any other figure is itself."""
        return replace(self, modifier=Modifier.NONE) if self.is_bound else self

    @lazy
    def last_place(self) -> Decimal:
        """One unit of the last printed digit."""
        return Decimal(1).scaleb(-self.decimals)

    @lazy
    def interval(self) -> Interval:
        """Every value this writing can stand for, in the written unit.

        Counts, ordinals and dates are exact. Money, rates and plain numbers are printed numbers.
        "约" widens to half a unit of the last digit that is not zero on either side, "近" one such
        unit down, "余/多" one such unit up; "超过", "≥" … are open to one side.
        """
        return self._read(Interval.printed)

    def _read(self, printed: Callable[[Decimal, Decimal], Interval]) -> Interval:
        """`printed` says what a plain printed number stands for."""
        value, unit = self.value, self.last_place
        match self.modifier:
            case Modifier.RANGE if self.upper is not None:
                return Interval(value, self.upper)
            case Modifier.OVER:
                return Interval(value, INFINITY, low_open=True)
            case Modifier.AT_LEAST:
                return Interval(value, INFINITY)
            case Modifier.UNDER:
                return Interval(-INFINITY, value, high_open=True)
            case Modifier.AT_MOST:
                return Interval(-INFINITY, value)
            case Modifier.ABOUT:
                half = _last_digit(value, unit) / 2
                return Interval(value - half, value + half)
            case Modifier.NEAR:
                return Interval(value - _last_digit(value, unit), value)
            case Modifier.MORE:
                return Interval(value, value + _last_digit(value, unit), high_open=True)
        # 1.2万人 is printed to the thousand; 12034人 is a count.
        if self.kind in (Kind.COUNT, Kind.ORDINAL, Kind.DATE, Kind.DOCNO) and not (
            self.scale != 1 or self.decimals
        ):
            return Interval.exact(value)
        return printed(value, unit)

    @lazy
    def base(self) -> Interval:
        """`interval` in base units (元, a share of 1, pieces). Raises nothing for open intervals."""
        return self._based(self.interval)

    def _based(self, inner: Interval) -> Interval:
        if self.scale == 1:
            return inner
        return Interval(
            inner.low if inner.low == -INFINITY else inner.low * self.scale,
            inner.high if inner.high == INFINITY else inner.high * self.scale,
            inner.low_open,
            inner.high_open,
        )

    def base_if(self, printed: Callable[[Decimal, Decimal], Interval]) -> Interval:
        """`base` where it is known how numbers were printed: `Interval.rounded` or `Interval.cut`."""
        return self._based(self._read(printed))

    @lazy
    def amount(self) -> Decimal:
        """The written value in base units."""
        return self.value * self.scale

    @property
    def is_bound(self) -> bool:
        """Whether it states a limit (≥, 不超过 …) rather than a value."""
        return self.modifier in (
            Modifier.OVER,
            Modifier.AT_LEAST,
            Modifier.UNDER,
            Modifier.AT_MOST,
        )

    @lazy
    def is_vague(self) -> bool:
        """Whether it is no plain value: about, more than, a range, or read with doubt."""
        return self.modifier not in (Modifier.NONE, Modifier.EQUAL) or self.doubtful

    def in_unit(self, kind: Kind, unit: str, scale: Decimal) -> Figure:
        """The same number under a unit declared elsewhere (a column header, "单位：万元")."""
        return Figure(
            self.view, self.start, self.end, kind, self.value, unit, scale, self.decimals,
            self.modifier, self.upper, self.month, self.day, self.doubtful,
        )  # fmt: skip


def add_up(parts: Iterable[Figure], whole: Figure) -> bool:
    """Whether the parts can make the whole if all of them were printed in one way, rounded or cut.

    A sum in which some are rounded and others cut is possible, but nothing to rely on; nor are whole
    numbers that miss their total by more than one: nobody leaves that to rounding.
    """
    figures = list(parts)
    every = [*figures, whole]
    if not any(figure.decimals or figure.is_vague for figure in every):
        missing = sum((figure.amount for figure in figures), Decimal(0)) - whole.amount
        if abs(missing) > max(figure.scale for figure in every):
            return False
    return any(
        total(figure.base_if(way) for figure in figures).meets(whole.base_if(way))
        for way in (Interval.rounded, Interval.cut)
    )


def _last_digit(value: Decimal, unit: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: 10 for 90, 1 for 91, 0.1 for 70.7."""
    if value == 0:
        return unit
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)
