"""Exact intervals of decimals.

A printed number stands for every value that would have been printed that way (XBRL Calculations
1.1): rounded, it is within half a unit of its last place; truncated, it is less than one unit
below the true value. Both happen in these forms, so a printed number is the interval
[v − ½u, v + u). Two statements contradict each other only when their intervals cannot meet.

There is no tolerance anywhere. Sums and products are exact up to 60 digits; what is not (a
quotient) is rounded outwards, so an interval may be too wide by one in the 60th digit and is
never too narrow.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

from auditor.values import frozen

_DOWN = Context(prec=60, rounding=ROUND_FLOOR)
_UP = Context(prec=60, rounding=ROUND_CEILING)

_ZERO = Decimal(0)
INFINITY = Decimal("Infinity")


@frozen(slots=True)
class Interval:
    """All values between `low` and `high`; an open end is not itself included."""

    low: Decimal
    high: Decimal
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def exact(cls, value: Decimal | int) -> Interval:
        value = Decimal(value)
        return cls(value, value)

    @classmethod
    def printed(cls, value: Decimal, unit: Decimal) -> Interval:
        """What `value` stands for when it was rounded or cut to multiples of `unit`.

        A negative number cut towards zero is printed above its true value, so it mirrors.
        """
        if value < 0:
            mirrored = cls.printed(-value, unit)
            return -mirrored
        return cls(value - unit / 2, value + unit, False, True)

    @classmethod
    def rounded(cls, value: Decimal, unit: Decimal) -> Interval:
        """What `value` stands for when it was rounded to multiples of `unit`."""
        return cls(value - unit / 2, value + unit / 2)

    @classmethod
    def cut(cls, value: Decimal, unit: Decimal) -> Interval:
        """What `value` stands for when it was cut, towards zero, to multiples of `unit`."""
        return cls(value, value + unit, False, True) if value >= 0 else -cls.cut(-value, unit)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            _DOWN.add(self.low, other.low),
            _UP.add(self.high, other.high),
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low, self.high_open, self.low_open)

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.low > 0 and other.low > 0:
            return Interval(
                _DOWN.multiply(self.low, other.low),
                _UP.multiply(self.high, other.high),
                self.low_open or other.low_open,
                self.high_open or other.high_open,
            )
        return _corners(self, other, "multiply")

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient. Raises `ZeroDivisionError` when the divisor can be zero."""
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor can be zero")
        if self.low > 0 and other.low > 0:
            return Interval(
                _DOWN.divide(self.low, other.high),
                _UP.divide(self.high, other.low),
                self.low_open or other.high_open,
                self.high_open or other.low_open,
            )
        return _corners(self, other, "divide")

    def meets(self, other: Interval) -> bool:
        """Whether the two have a value in common."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Interval) -> bool:
        """Whether every value here is smaller than every value there."""
        if self.high != other.low:
            return self.high < other.low
        return self.high_open or other.low_open

    def contains(self, value: Decimal | int) -> bool:
        return self.meets(Interval.exact(value))

    def capped(self, cap: Decimal) -> Interval:
        """`min(x, cap)` for every value x."""
        if self.high <= cap:
            return self
        if self.low >= cap:
            return Interval.exact(cap)
        return Interval(self.low, cap, self.low_open, False)

    def floored(self, floor: Decimal) -> Interval:
        """`max(x, floor)` for every value x."""
        return -((-self).capped(-floor))

    def __str__(self) -> str:
        left = "(" if self.low_open or self.low == -INFINITY else "["
        right = ")" if self.high_open or self.high == INFINITY else "]"
        return f"{left}{show(self.low)}, {show(self.high)}{right}"


def total(parts: Iterable[Interval]) -> Interval:
    """Sum of intervals; zero for none."""
    low = high = _ZERO
    low_open = high_open = False
    for part in parts:
        low, high = _DOWN.add(low, part.low), _UP.add(high, part.high)
        low_open, high_open = low_open or part.low_open, high_open or part.high_open
    return Interval(low, high, low_open, high_open)


def is_beyond(whole: Interval, added: Iterable[Interval], taken: Iterable[Interval] = ()) -> bool:
    """Whether the sum of what is added, less what is taken, surely has no value in common with the whole: most sums
    that are tried miss by far, which two bounds tell."""
    low = high = _ZERO
    for part in added:
        low, high = _DOWN.add(low, part.low), _UP.add(high, part.high)
    for part in taken:
        low, high = _DOWN.subtract(low, part.high), _UP.subtract(high, part.low)
    return high < whole.low or whole.high < low


def is_no_quotient(whole: Interval, first: Interval, second: Interval, less: int = 0) -> bool:
    """Whether `first ÷ second`, or by how large a part of `second` the first exceeds it (`less` 1) or falls short of
    it (−1), surely has no value in common with the whole."""
    if second.low <= 0:
        return False
    if less > 0:
        low, high = _DOWN.subtract(first.low, second.high), _UP.subtract(first.high, second.low)
    elif less:
        low, high = _DOWN.subtract(second.low, first.high), _UP.subtract(second.high, first.low)
    else:
        low, high = first.low, first.high
    if low <= 0 or whole.low <= 0:
        return False
    return _UP.divide(high, second.low) < whole.low or whole.high < _DOWN.divide(low, second.high)


def _corners(a: Interval, b: Interval, operation: str) -> Interval:
    """The product or quotient; its bounds lie at corners of the rectangle that `a` and `b` span."""
    down, up = getattr(_DOWN, operation), getattr(_UP, operation)
    corners = [
        # A bound is reached unless one of its factors is not; zero times anything is reached.
        (x, y, (x_open and y != 0) or (y_open and x != 0))
        for x, x_open in ((a.low, a.low_open), (a.high, a.high_open))
        for y, y_open in ((b.low, b.low_open), (b.high, b.high_open))
        # Infinity over infinity bounds nothing: the other corners reach as far.
        if not (operation == "divide" and x.is_infinite() and y.is_infinite())
    ]
    # No value is infinite, an open end only has no bound: zero times it is zero.
    corners = [
        (Decimal(0), Decimal(1), is_open)
        if {0, INFINITY} == {abs(x), abs(y)} and operation == "multiply"
        else (x, y, is_open)
        for x, y, is_open in corners
    ]
    low, low_open = min((down(x, y), is_open) for x, y, is_open in corners)
    high, closed = max((up(x, y), not is_open) for x, y, is_open in corners)
    return Interval(low, high, low_open, not closed)


def show(value: Decimal, decimals: int | None = None) -> str:
    """Plain decimal notation without idle zeros; `decimals` rounds for display only."""
    if decimals is not None and value.is_finite():
        quantum = Decimal(1).scaleb(-decimals)
        value = value.quantize(quantum, ROUND_HALF_UP, Context(prec=80))
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    elif "Inf" in text:
        return text.replace("Infinity", "∞")
    return "0" if text in ("-0", "") else text
