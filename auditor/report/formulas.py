"""Formulas that a form prints: "(5)=(3)-(4)" beside a row, "结余数=拨款数-支付数" in a note."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.model import Formula, FormulaTerm

_ROW = compiled(r"\(?(?P<n>\d{1,2}|[①-⑳])\)?(?:=(?P<right>.+))?")
_TERM = compiled(r"\((?P<ref>\d{1,2})\)|(?P<circled>[①-⑳])")
_OPERATORS = {"+": "+", "-": "-", "×": "×", "*": "×", "÷": "÷", "/": "÷"}
_NAMED = compiled(
    r"(?P<left>[\u4e00-\u9fff、“”]{2,24})=(?P<right>[^=。；;，,]{3,90}(?:=[^=。；;，,]{3,90})?)"
)
_NAME = compiled(r"[\u4e00-\u9fff、“”]{2,26}")


def row_formula(view: View, table: int) -> tuple[str, Formula | None]:
    """Row number of a reference cell, and the formula printed in it if any."""
    match = _ROW.fullmatch(view.text)
    if match is None:
        return view.text, None
    number = match["n"]
    if not match["right"]:
        return number, None
    right = match["right"].replace("×100%", "").replace("*100%", "")
    terms = [FormulaTerm(term.group(), term["ref"] or term["circled"]) for term in _TERM.finditer(right)]
    operators = [_OPERATORS[char] for char in _TERM.sub("", right) if char in _OPERATORS]
    if not terms or len(operators) != len(terms) - 1:
        return number, None
    left = FormulaTerm(f"({number})", number)
    return number, Formula(left, tuple(terms), tuple(operators), view, table)


def named_formulas(view: View) -> Iterator[Formula]:
    """Formulas over named amounts in a note; "A=B-C=D+E" yields two."""
    for match in _NAMED.finditer(view.text):
        left = FormulaTerm(_bare(match["left"]))
        at = match.start("right")
        for side in match["right"].split("="):
            end = at + len(side)
            parsed = _side(side)
            if parsed is not None:
                terms, operators = parsed
                yield Formula(left, terms, operators, view.part(match.start(), end))
            at = end + 1


def _side(side: str) -> tuple[tuple[FormulaTerm, ...], tuple[str, ...]] | None:
    """Terms and operators of "年初预算数+调整数-财政拨款数"; brackets as in a÷(b+c) are not read."""
    side = compiled(r"[×*]100%$").sub("", side)
    pieces = compiled(r"([-+×*÷/])").split(side)
    names, signs = pieces[::2], pieces[1::2]
    if len(names) < 2 or not all(_NAME.fullmatch(name) for name in names):
        return None
    return tuple(FormulaTerm(_bare(name)) for name in names), tuple(_OPERATORS[sign] for sign in signs)


def _bare(name: str) -> str:
    return name.strip("“”、")
