"""Calculations written out in the text: "执行率＝490÷500＝98%", "25.2万元×33台＝831.6万元"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from auditor.document import View
from auditor.figures import Interval
from auditor.figures.units import MAGNITUDES, MONEY_SCALES
from auditor.report.model import Passage

_TERM = r"\d[\d,]{0,14}(?:\.\d{1,8})?(?:%|[\u4e00-\u9fff]{1,4}(?=[×÷*/+\-−=≈xX]))?"
_OPERATOR = r"[×÷*/+\-−xX]"
_EQUATION = re.compile(
    rf"(?<![\d.%×÷*/+\-−)）(（xX])(?P<left>{_TERM}(?:{_OPERATOR}{_TERM}){{1,5}})(?P<sign>[=≈])"
    r"(?P<right>\d[\d,]{0,14}(?:\.\d{1,8})?(?:%|亿元|万元|元)?)(?![\d.×÷*/+\-−xX(（])"
)
_PIECE = re.compile(rf"(?P<op>{_OPERATOR})?(?P<n>\d[\d,]*(?:\.\d+)?)(?P<unit>%|[\u4e00-\u9fff]{{1,4}})?")
_TIMES = frozenset("×*xX")


@dataclass(frozen=True)
class Equation:
    """`value` what the operands give as printed, `range` what they can give as rounded numbers."""

    view: View
    value: Decimal
    range: Interval
    stated: Decimal
    printed: Interval
    scale: Decimal
    unit: str


def equations(passage: Passage) -> Iterator[Equation]:
    """Every calculation with its result in a passage."""
    text = passage.text
    if "=" not in text and "≈" not in text:
        return
    for match in _EQUATION.finditer(text):
        pieces = [
            (piece["op"] or "+", *_number(piece["n"], piece["unit"] or ""))
            for piece in _PIECE.finditer(match["left"])
        ]
        unit = re.search(r"%|亿元|万元|元", match["right"])
        scale = _scale(unit.group() if unit else "")
        stated = Decimal(re.sub(r"[^\d.]", "", match["right"]))
        place = Decimal(1).scaleb(-len(match["right"].partition(".")[2].rstrip("%亿万元")))
        value = _evaluated([(op, Interval.exact(plain)) for op, plain, _ in pieces])
        range_ = _evaluated([(op, wide) for op, _, wide in pieces])
        if value is None or range_ is None:
            continue
        printed = Interval.printed(stated, place) * Interval.exact(scale)
        yield Equation(
            passage.view.part(*match.span()), value.low, range_, stated, printed, scale,
            unit.group() if unit else "",
        )  # fmt: skip


def _scale(unit: str) -> Decimal:
    """What a unit multiplies by: 0.01 for %, 10 000 for 万元 and for 万人次."""
    if unit == "%":
        return Decimal("0.01")
    return MONEY_SCALES.get(unit) or MAGNITUDES.get(unit[:1] if unit[:1] in "万亿" else "", Decimal(1))


def _number(digits: str, unit: str) -> tuple[Decimal, Interval]:
    """The operand as printed, and as a printed number, in base units."""
    scale = _scale(unit)
    value = Decimal(digits.replace(",", ""))
    place = Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return value * scale, Interval.printed(value, place) * Interval.exact(scale)


def _evaluated(pieces: list[tuple[str, Interval]]) -> Interval | None:
    """Products and quotients first, then sums and differences."""
    terms: list[tuple[str, Interval]] = []
    try:
        for operator, value in pieces:
            if operator in _TIMES:
                sign, last = terms.pop()
                terms.append((sign, last * value))
            elif operator in "÷/":
                sign, last = terms.pop()
                terms.append((sign, last / value))
            else:
                terms.append((operator, value))
    except (ZeroDivisionError, DivisionByZero, InvalidOperation, IndexError):
        return None
    result = Interval.exact(0)
    for operator, value in terms:
        result = result + value if operator == "+" else result - value
    return result
