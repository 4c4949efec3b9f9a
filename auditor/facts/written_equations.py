"""Calculations written out in the text: "执行率＝490÷500＝98%", "25.2万元×33台＝831.6万元".

Only the digits are compared: whether the result counts 元 or 万元, a share or per cents, metres or
kilometres, its unit may say in many ways, and a slip of the unit is another rule's concern.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Equation, Expression, Interval, Kind, Term
from auditor.report.model import Passage
from auditor.values import frozen

_NUMBER = r"\d[\d,]{0,14}(?:\.\d{1,8})?"
_OPERATOR = r"[×÷*/+\-−xX]"
_TERM = rf"{_NUMBER}(?:%|个百分点|[\u4e00-\u9fff]{{1,5}}(?={_OPERATOR}|[=≈]))?"
_EQUATION = compiled(
    rf"(?<![\d.%×÷*/+\-−)）(（xX])(?<!\d[:：])(?!(?<=\d,)\d{{3}}(?!\d))(?P<left>{_TERM}(?:{_OPERATOR}{_TERM}){{1,5}})[=≈]"
    rf"(?P<right>(?>{_NUMBER}))(?P<unit>(?>%|个百分点|[万亿]?[\u4e00-\u9fff]{{0,4}}))(?![\d.:：×÷*/+\-−xX])"
)
_PIECE = compiled(rf"(?P<op>{_OPERATOR})?(?P<n>{_NUMBER})(?P<unit>%|个百分点|[\u4e00-\u9fff]{{1,5}})?")
_TIMES = frozenset("×*xX")
_SCALES = tuple(Decimal(1).scaleb(power) for power in (0, 2, -2, 4, -4, 3, -3, 6, -6, 8, -8))
_NOT_NUMBERS = (Kind.DATE, Kind.CODE, Kind.DOCNO, Kind.ORDINAL)


@frozen
class Written:
    """`terms` are the operands, `result` what stands behind the sign of equality, in units of `per`;
    `holds` says that the result has these digits, `possible` that rounding of the operands may have
    given it. `value` is what the operands give as printed, in the same units."""

    view: View
    terms: Expression
    result: Term
    per: Decimal
    holds: bool
    possible: bool

    @property
    def value(self) -> Decimal:
        return Equation(self.terms, per=self.per).result


def equations(passage: Passage) -> Iterator[Written]:
    """Every calculation with its result in a passage."""
    text = passage.text
    if "=" not in text and "≈" not in text:
        return
    others = [figure for figure in passage.figures if figure.kind in _NOT_NUMBERS]
    for match in _EQUATION.finditer(text):
        start, end = match.span()
        if any(figure.start < end and start < figure.end for figure in others):
            continue
        pieces = list(_PIECE.finditer(match["left"]))
        units = {piece["unit"] or "" for piece in pieces if (piece["op"] or "+") in "+-−"}
        if any((piece["op"] or "×") in "+-−" for piece in pieces) and len(units) > 1:
            continue  # sums of different things
        terms = [_term(piece["n"], piece["unit"] or "") for piece in pieces]
        expression = _expression([piece["op"] or "+" for piece in pieces], terms)
        try:
            value, range_ = Equation(expression).result, expression.interval
        except ZeroDivisionError:
            continue
        printed, stated = _printed(match["right"]), _plain(match["right"])
        scales = _SCALES
        if any((piece["unit"] or "")[:1] in ("千", "百", "十") for piece in pieces):
            scales = (*_SCALES, *(Decimal(1).scaleb(power) for power in (1, -1, 5, -5, 7, -7)))
        holding = [scale for scale in scales if (printed * Interval.exact(scale)).contains(value)]
        scale = min(scales, key=lambda one: _apart(value, stated * one))
        possible = any((printed * Interval.exact(one)).meets(range_) for one in scales)
        yield Written(
            passage.view.part(start, end), expression,
            _term(match["right"], match["unit"][: 1 if match["unit"][:1] in "%万亿" else 0]),
            scale, bool(holding), possible,
        )  # fmt: skip


def _apart(value: Decimal, stated: Decimal) -> Decimal:
    """How many times one is the other."""
    low, high = sorted((abs(value), abs(stated)))
    return high / low if low else Decimal("Infinity")


def _plain(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _printed(digits: str) -> Interval:
    return Interval.printed(_plain(digits), Decimal(1).scaleb(-len(digits.partition(".")[2])))


def _term(digits: str, unit: str) -> Term:
    """Only the digits count: a per cent is told as one, and computed with as a number."""
    return Term(digits + unit, _plain(digits), _printed(digits), len(digits.partition(".")[2]))


def _expression(signs: list[str], terms: list[Term]) -> Expression:
    """Products and quotients first, then sums and differences."""
    sums: list[tuple[str, Expression]] = []
    for sign, term in zip(signs, terms, strict=True):
        if sign in _TIMES or sign in "÷/":
            before, last = sums.pop()
            sums.append((before, last * term if sign in _TIMES else last / term))
        else:
            sums.append((sign, term))
    found = sums[0][1]
    for sign, term_ in sums[1:]:
        found = found + term_ if sign == "+" else found - term_
    return found
