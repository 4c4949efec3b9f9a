"""L807: an equation between quoted figures, put to the test.

The model says which figures ought to agree; it never says what they are. Each operand must be a
figure of one of the quotes, and its value, unit and interval are read from the report. The equation
survives only when its two sides cannot meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from auditor.compiled import compiled
from auditor.document import Span
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Term, show
from auditor.judge.quotes import folded
from auditor.language import same_unit
from auditor.values import frozen

HOLDS = "算式成立"
NOT_QUOTED = "算式中的数字不在引文里"
UNREADABLE = "算式读不懂"
UNITS = "算式两边单位不同"
AMBIGUOUS = "算式中的数字指代不清"
UNCOMPUTABLE = "算式无法计算"

_SIGNS = str.maketrans(
    {"＋": "+", "－": "-", "−": "-", "×": "*", "÷": "/", "＝": "=", "≠": "=", "（": "(", "）": ")", "∕": "/"}
)
_OPERAND = compiled(r"[^-+*/=()]+")
COUNTABLE = (Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.SCORE, Kind.COUNT, Kind.PLAIN)
_ANY = "*"
_SHARE = "1"
_LONGEST = 200


class NoTieOut(Exception):
    """The equation is dropped; the message says why, in Chinese."""


@frozen
class TieOut:
    """An equation that does not hold, with both sides."""

    figures: tuple[Figure, ...]
    relation: Equation

    @property
    def calculation(self) -> str:
        return self.relation.told()


@frozen
class _Value:
    """Every value a term can stand for, its value as printed, and what it measures."""

    interval: Interval
    nominal: Decimal
    measure: str
    terms: Expression


def prove(equation: str, quoted: Iterable[Figure], known: Mapping[Span, Figure] | None = None) -> TieOut:
    """The equation with its figures, when it does not hold. Raises `NoTieOut`.

    `quoted` are the figures that lie whole inside the quotes. `known` are figures whose unit is declared away from them (a column header), by their place.
    """
    written = equation.translate(_SIGNS)
    sides = written.split("=")
    if len(sides) != 2 or len(written) > _LONGEST:
        raise NoTieOut(UNREADABLE)
    reader = _Reader([(known or {}).get(one.span, one) for one in quoted])
    try:
        left, right = (reader.side(side) for side in sides)
    except (ZeroDivisionError, InvalidOperation):
        raise NoTieOut(UNCOMPUTABLE) from None
    if len(reader.used) < 2:
        raise NoTieOut(UNREADABLE)
    if not _comparable(left.measure, right.measure):
        raise NoTieOut(UNITS)
    if left.interval.meets(right.interval):
        raise NoTieOut(HOLDS)
    return TieOut(tuple(reader.used), _relation(sides[1], left, right, reader.used))


class _Reader:
    """Reads one side after the other: sums of products, brackets."""

    def __init__(self, figures: list[Figure]) -> None:
        self.figures = [figure for figure in figures if figure.kind in COUNTABLE]
        self.used: list[Figure] = []
        self.left: list[str] = []

    def side(self, text: str) -> _Value:
        self.left = compiled(r"[-+*/()]|[^-+*/()]+").findall(text.replace(" ", ""))[::-1]
        value = self._sum(0)
        if self.left:
            raise NoTieOut(UNREADABLE)
        return value

    def _next(self, signs: str) -> str:
        return self.left.pop() if self.left and self.left[-1] in signs else ""

    def _sum(self, depth: int) -> _Value:
        value = self._product(depth)
        while sign := self._next("+-"):
            value = _added(value, self._product(depth), sign)
        return value

    def _product(self, depth: int) -> _Value:
        value = self._term(depth)
        while sign := self._next("*/"):
            value = _multiplied(value, self._term(depth), sign)
        return value

    def _term(self, depth: int) -> _Value:
        if self._next("("):
            if depth > 8:
                raise NoTieOut(UNREADABLE)
            value = self._sum(depth + 1)
            if not self._next(")"):
                raise NoTieOut(UNREADABLE)
            return value
        if not self.left or not _OPERAND.fullmatch(self.left[-1]):
            raise NoTieOut(UNREADABLE)
        written = self.left.pop()
        figure = self._figure(written)
        self.used.append(figure)
        return _Value(figure.base, figure.amount, measure(figure), Term.of(figure, Decimal(1), written))

    def _figure(self, operand: str) -> Figure:
        wanted = _bare(operand)
        found = [figure for figure in self.figures if wanted in _writings(figure)]
        if not found:
            raise NoTieOut(NOT_QUOTED)
        if any(figure.doubtful for figure in found) or len({(f.base, measure(f)) for f in found}) > 1:
            raise NoTieOut(AMBIGUOUS)
        return next((figure for figure in found if figure not in self.used), found[0])


def _bare(text: str) -> str:
    return folded(text)[0].replace(",", "")


def _writings(figure: Figure) -> set[str]:
    """How an equation may write the figure: as printed, with its unit, or the digits alone."""
    digits = _bare(figure.digits)
    return {_bare(figure.raw), digits, digits + _bare(figure.unit)}


def measure(figure: Figure) -> str:
    """What is counted: money, a share, or the things themselves."""
    if figure.kind is Kind.MONEY:
        return "元"
    if figure.kind in (Kind.RATE, Kind.POINTS):
        return _SHARE
    return same_unit(figure.unit)


def _comparable(one: str, other: str) -> bool:
    return one == other or (_ANY in (one, other) and "元" not in (one, other))


def _added(one: _Value, other: _Value, sign: str) -> _Value:
    if not _comparable(one.measure, other.measure):
        raise NoTieOut(UNITS)
    measure = one.measure if other.measure == _ANY else other.measure
    if sign == "+":
        return _Value(
            one.interval + other.interval, one.nominal + other.nominal, measure, one.terms + other.terms
        )
    return _Value(
        one.interval - other.interval, one.nominal - other.nominal, measure, one.terms - other.terms
    )


def _multiplied(one: _Value, other: _Value, sign: str) -> _Value:
    if sign == "*":
        return _Value(
            one.interval * other.interval,
            one.nominal * other.nominal,
            _product(one, other),
            one.terms * other.terms,
        )
    interval = one.interval / other.interval
    if one.measure == other.measure:
        measure = _SHARE
    elif other.measure == _SHARE or (one.measure == "元" and other.measure != "元"):
        measure = one.measure
    else:
        measure = _ANY
    return _Value(interval, one.nominal / other.nominal, measure, one.terms / other.terms)


def _product(one: _Value, other: _Value) -> str:
    measures = {one.measure, other.measure}
    if measures == {"元"}:
        raise NoTieOut(UNITS)
    if "元" in measures:
        return "元"
    rest = measures - {_SHARE}
    return _SHARE if not rest else _ANY if len(rest) > 1 or _SHARE not in measures else rest.pop()


def _relation(written: str, left: _Value, right: _Value, used: list[Figure]) -> Equation:
    """ "180户 + 130户 = 310户 ≠ 320户": a side of one figure is not computed."""
    unit = next((f for f in reversed(used) if measure(f) == right.measure or right.measure == _ANY), used[-1])
    share = left.measure == _SHARE
    scale, name = (Decimal("0.01"), "%") if share else (unit.scale, unit.unit)
    number = right.nominal / scale
    if compiled(r"[-+*/]").search(written):
        right_text = f"{right.terms.text} = {show(number, 2)}{name}"
    else:
        right_text = right.terms.text
    claimed = Term(right_text, number, right.interval / Interval.exact(scale), decimals=2, percent=share)
    return Equation(
        left.terms, claimed, percent=share, per=Decimal(1) if share else scale,
        unit="" if share else name, decimals=2, gap="", holds=False,
    )  # fmt: skip
