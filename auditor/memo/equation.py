"""The written calculation of a result, read back into numbers, so that it can be performed again.

A calculation is a sentence for people: "9.55 + 10 = 19.55 ≠ 20.55 (差 1)". What is read back is
believed only where it yields the printed result; everything else stays the sentence it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, Protocol, Self, TypeVar

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"[^\W\d_]*"
_TOKEN = re.compile(rf"\s*(?:(?P<number>{_NUMBER})(?P<percent>%)?(?P<unit>{_UNIT})|(?P<sign>[-+−×÷()\[\]]))")
_VALUE = rf"(?P<{{0}}>-?{_NUMBER})(?P<{{0}}_percent>%)?(?P<{{0}}_unit>{_UNIT})"
_RESULT = re.compile(
    rf"\s*{_VALUE.format('result')}(?:（[^（）]*）)?"
    rf"(?:\s*[≠≈<>≥≤]\s*{_VALUE.format('other')}(?:\([^()]*\))?|，(?:合计|填报?|与)\s*{_VALUE.format('same')}(?: 相符)?)?"
    r"(?:，[^=→]*)?\s*(?:[（(][差多少][^（）()]*[）)])?\s*"
)
_UNEQUAL = re.compile(
    rf"\s*{_VALUE.format('one')}\s*≠\s*{_VALUE.format('other')}\s*(?:[（(]差[^（）()]*[）)])?\s*"
)
_STATED = re.compile(rf"\s*填报\s*{_VALUE.format('stated')}\s*")
_OPERATORS = {"−": "-", "×": "*", "÷": "/", "[": "(", "]": ")"}
_DEEPEST = 20
_MAGNITUDES = "万亿千百"


@dataclass(frozen=True)
class Value:
    """A number as printed: `percent` numbers count in hundredths."""

    number: Decimal
    decimals: int
    percent: bool = False

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.number) / (100 if self.percent else 1)


Token = Value | str
"""A number, or one of + - * / ( )."""


@dataclass(frozen=True)
class Equation:
    """One calculation. `text` is the sentence; `terms` what it computes, empty where that could not
    be read back; `result` what it yields and `claimed` what the report says instead or as well."""

    text: str
    terms: tuple[Token, ...] = ()
    result: Value | None = None
    claimed: Value | None = None


def equations(calculation: str) -> list[Equation]:
    """The calculations that a result shows; the whole text as one where any part cannot be read."""
    calculation = calculation.strip()
    if not calculation:
        return []
    for separator in ("；", "；|，(?=[(\\[\\d][^，；]*[=→])"):
        parts = re.split(separator, calculation)
        claimed = _stated(parts[-1]) if len(parts) > 1 else None
        found = [_equation(part, claimed) for part in (parts[:-1] if claimed else parts)]
        if all(found):
            return [one for one in found if one is not None]
    return [Equation(calculation)]


def _stated(text: str) -> Value | None:
    match = _STATED.fullmatch(text)
    return _value(match, "stated") if match else None


def _equation(text: str, claimed: Value | None) -> Equation | None:
    if match := _UNEQUAL.fullmatch(text):
        one, other = _value(match, "one"), _value(match, "other")
        if match["one_unit"] == match["other_unit"] and one.percent == other.percent:
            return Equation(text.strip(), (one,), one, other)
        return None
    left, mark, right = re.match(r"([^=→]*)([=→]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    match = _RESULT.fullmatch(right) if mark else None
    terms = _terms(left) if match else None
    if match is None or terms is None:
        return None
    tokens, unit = terms
    result = _value(match, "result")
    value = evaluate(tokens)
    if value is None or not prints_as(value, result):
        return None
    side = "other" if match["other"] else "same"
    if match[side] and _magnitude(match[f"{side}_unit"]) == _magnitude(match["result_unit"] or unit):
        claimed = _value(match, side)
    return Equation(text.strip(), tokens, result, claimed)


def _magnitude(unit: str) -> str:
    """What multiplies the unit; money is compared by its unit as a whole."""
    return unit if unit.endswith("元") else unit[:1] if unit[:1] in _MAGNITUDES else ""


def _value(match: re.Match[str], name: str) -> Value:
    return _number(match[name], bool(match[f"{name}_percent"]))


def _number(written: str, percent: bool) -> Value:
    digits = written.replace(",", "")
    return Value(Decimal(digits), len(digits.partition(".")[2]), percent)


def _terms(text: str) -> tuple[tuple[Token, ...], str] | None:
    """The tokens and the one unit of the numbers; None for anything else than arithmetic."""
    tokens: list[Token] = []
    units = set()
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return None
        at = match.end()
        if match["number"]:
            tokens.append(_number(match["number"], bool(match["percent"])))
            if match["unit"]:
                units.add(match["unit"])
        else:
            tokens.append(_OPERATORS.get(match["sign"], match["sign"]))
    if not tokens or len(units) > 1:
        return None
    return tuple(tokens), next(iter(units), "")


def prints_as(value: Fraction, printed: Value) -> bool:
    """Whether the value, rounded or cut, is the printed number."""
    unit = Fraction(1, 10**printed.decimals) / (100 if printed.percent else 1)
    difference = value - printed.fraction
    return -unit / 2 <= difference < unit if value >= 0 else -unit < difference <= unit / 2


def evaluate(tokens: Sequence[Token]) -> Fraction | None:
    """The exact value; None where the tokens are no arithmetic or divide by zero."""
    try:
        return Reader(tokens, lambda value: value.fraction).whole()
    except (ValueError, ZeroDivisionError):
        return None


class _Operand(Protocol):
    def __add__(self, other: Self, /) -> Self: ...
    def __sub__(self, other: Self, /) -> Self: ...
    def __mul__(self, other: Self, /) -> Self: ...
    def __truediv__(self, other: Self, /) -> Self: ...


Operand = TypeVar("Operand", bound=_Operand)


class Reader(Generic[Operand]):
    """Performs + - * / and brackets on whatever `read` makes of the numbers: fractions, intervals.

    Raises `ValueError` for what is no arithmetic, `ZeroDivisionError`.
    """

    def __init__(self, tokens: Sequence[Token], read: Callable[[Value], Operand]) -> None:
        self.tokens, self.read = tokens, read
        self.at = self.depth = 0

    def whole(self) -> Operand:
        """The value of all tokens."""
        value = self._sum()
        if self.at < len(self.tokens):
            raise ValueError
        return value

    def _sum(self) -> Operand:
        value = self._product()
        while (sign := self._next("+", "-")) is not None:
            term = self._product()
            value = value + term if sign == "+" else value - term
        return value

    def _product(self) -> Operand:
        value = self._factor()
        while (sign := self._next("*", "/")) is not None:
            factor = self._factor()
            value = value * factor if sign == "*" else value / factor
        return value

    def _factor(self) -> Operand:
        if self._next("("):
            self.depth += 1
            if self.depth > _DEEPEST:
                raise ValueError
            value = self._sum()
            if not self._next(")"):
                raise ValueError
            self.depth -= 1
            return value
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if not isinstance(token, Value):
            raise ValueError
        self.at += 1
        return self.read(token)

    def _next(self, *signs: str) -> str | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if isinstance(token, str) and token in signs:
            self.at += 1
            return token
        return None
