"""What can be computed: a number as told in a calculation, or two such and a sign.

One tree gives the exact value, the interval of all that printed numbers can stand for, the words for
people and the formula for a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from fractions import Fraction
from typing import TypeVar

from auditor.figures.figure import Figure, Kind
from auditor.figures.interval import Interval, show, total
from auditor.values import frozen, lazy

_PERCENT = Decimal("0.01")
_WIDE = Context(prec=60)
_TOLD = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
_BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}

Number = TypeVar("Number", Fraction, Interval)


class Expression:
    """Something that can be computed: a number, a sum, or two expressions and a sign."""

    binds = 3
    """How firmly it holds together: a sum inside a product stands in brackets."""
    grouped = False
    """Whether it stands in brackets inside a larger calculation though the signs would not ask for them."""

    @property
    def value(self) -> Fraction:
        """Of the numbers as written; per cents count in hundredths. Raises `ZeroDivisionError`."""
        raise NotImplementedError

    @property
    def interval(self) -> Interval:
        """All that the numbers can stand for. Raises `ZeroDivisionError` where a divisor can be zero."""
        raise NotImplementedError

    @property
    def text(self) -> str:
        """As told to people: "(45 + 4) ÷ 50"."""
        raise NotImplementedError

    @property
    def formula(self) -> str:
        """As a spreadsheet computes it: "(45+4)/50"."""
        raise NotImplementedError

    @property
    def divides(self) -> bool:
        """Whether a quotient stands in it, which may have no last decimal."""
        return False

    def __add__(self, other: Expression) -> Operation:
        return Operation("+", self, other)

    def __sub__(self, other: Expression) -> Operation:
        return Operation("-", self, other)

    def __mul__(self, other: Expression) -> Operation:
        return Operation("*", self, other)

    def __truediv__(self, other: Expression) -> Operation:
        return Operation("/", self, other)


@frozen
class Term(Expression):
    """One number of a calculation.

    written   as told, with its unit where that is told too: "105.370", "96.4%", "38户"
    number    its value; of a per cent the hundredths (96.4)
    range     every number it can stand for, likewise
    decimals  that are shown of it
    """

    written: str
    number: Decimal
    range: Interval
    decimals: int = 0
    percent: bool = False

    @classmethod
    def of(
        cls, figure: Figure, scale: Decimal | None = None, text: str = "", among: Interval | None = None
    ) -> Term:
        """A figure of the report, told in units of `scale` (its own by default: 万元 are 10,000).

        `among` is what it stands for where its decimals alone do not say (marks), in its own unit.
        """
        percent = figure.kind is Kind.RATE and scale is None
        scale = _PERCENT if percent else figure.scale if scale is None else scale
        kept = scale == figure.scale
        number = figure.value if kept else _WIDE.divide(figure.amount, scale)
        range_ = among or (figure.interval if kept else figure.base / Interval.exact(scale))
        shown = text or (figure.digits + "%" * percent if kept else show(number) + "%" * percent)
        return cls(shown, number, range_, figure.decimals if kept else _decimals(show(number)), percent)

    @classmethod
    def plain(
        cls, figure: Figure, scale: Decimal | None = None, text: str = "", among: Interval | None = None
    ) -> Term:
        """The same, told without idle zeros: 138.6 of "138.60"."""
        term = cls.of(figure, scale, among=among)
        shown = text or show(term.number) + "%" * term.percent
        return cls(shown, term.number, term.range, term.decimals, term.percent)

    @classmethod
    def exact(cls, number: Decimal | int, text: str = "", *, percent: bool = False) -> Term:
        """A number that stands for itself: a count, a limit, a weight."""
        number = Decimal(number)
        shown = show(number)
        return cls(text or shown + "%" * percent, number, Interval.exact(number), _decimals(shown), percent)

    @property
    def value(self) -> Fraction:
        return Fraction(self.number) / (100 if self.percent else 1)

    @property
    def interval(self) -> Interval:
        return self.range / Interval.exact(100) if self.percent else self.range

    @property
    def text(self) -> str:
        return self.written

    @property
    def formula(self) -> str:
        return show(self.number) + "%" * self.percent


@frozen
class Operation(Expression):
    sign: str
    left: Expression
    right: Expression
    grouped: bool = False

    @lazy
    def value(self) -> Fraction:
        return _applied(self.sign, self.left.value, self.right.value)

    @lazy
    def interval(self) -> Interval:
        return _applied(self.sign, self.left.interval, self.right.interval)

    @property
    def text(self) -> str:
        left = self._side(self.left, self.left.text)
        right = self._side(self.right, self.right.text, behind=self.sign in "-/")
        return f"{left}{_TOLD[self.sign]}{right}"

    @property
    def formula(self) -> str:
        left = self._side(self.left, self.left.formula, square=False)
        right = self._side(self.right, self.right.formula, square=False, behind=self.sign in "-/")
        return f"{left}{self.sign}{right}"

    @property
    def divides(self) -> bool:
        return self.sign == "/" or self.left.divides or self.right.divides

    @property
    def binds(self) -> int:  # type: ignore[override]
        return _BINDS[self.sign]

    def _side(self, side: Expression, text: str, *, square: bool = True, behind: bool = False) -> str:
        """One side, in brackets where the signs alone would read otherwise."""
        looser = side.binds < self.binds or (behind and side.binds == self.binds)
        return _bracketed(text, square) if side.grouped or looser else text


@frozen
class Sum(Expression):
    """Any number of terms, each with its sign; the first is added. Thousands of rows make no deep tree."""

    terms: tuple[Expression, ...]
    signs: tuple[int, ...]
    grouped: bool = False
    binds = 1

    @lazy
    def value(self) -> Fraction:
        return sum((sign * term.value for sign, term in self._signed), Fraction(0))

    @lazy
    def interval(self) -> Interval:
        return total(term.interval if sign > 0 else -term.interval for sign, term in self._signed)

    @property
    def text(self) -> str:
        return self._joined([term.text for term in self.terms], " + ", " − ", square=True)

    @property
    def formula(self) -> str:
        return self._joined([term.formula for term in self.terms], "+", "-", square=False)

    @property
    def divides(self) -> bool:
        return any(term.divides for term in self.terms)

    @property
    def _signed(self) -> Iterator[tuple[int, Expression]]:
        return zip(self.signs, self.terms, strict=True)

    def _joined(self, texts: list[str], plus: str, minus: str, *, square: bool) -> str:
        joined = ""
        for (sign, term), text in zip(self._signed, texts, strict=True):
            bracketed = term.grouped or (sign < 0 and term.binds == 1)
            joined += (plus if sign > 0 else minus) + (_bracketed(text, square) if bracketed else text)
        return joined.removeprefix(plus)


def added(terms: Iterable[Expression], signs: Iterable[int] = ()) -> Expression:
    """The sum of one or more terms, the first of them positive; all are added where no signs are given."""
    parts = tuple(terms)
    return parts[0] if len(parts) == 1 else Sum(parts, tuple(signs) or (1,) * len(parts))


def _applied(sign: str, one: Number, other: Number) -> Number:
    match sign:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
    return one / other


def _bracketed(text: str, square: bool) -> str:
    return f"[{text}]" if square and "(" in text else f"({text})"


def _decimals(shown: str) -> int:
    return len(shown.partition(".")[2])
