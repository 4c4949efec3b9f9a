"""勾稽表: every recomputation, with live formulas where the written one can be performed again."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from openpyxl.workbook import Workbook

from auditor.memo.bounds import bounds
from auditor.memo.equation import Equation, Token, equations
from auditor.memo.equation import Value as Printed
from auditor.memo.model import Result
from auditor.memo.wording import VERDICTS
from auditor.memo.workbook.cells import Column, Live, Sheet, Value, pattern, shown
from auditor.memo.workbook.entries import Entry, where

TITLE = "勾稽表"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("项目", 18),
    Column("规则", 7, centred=True),
    Column("核查项", 40),
    Column("公式（代入数字）", 44),
    Column("计算值", 14),
    Column("报告值", 14),
    Column("差额", 12),
    Column("计算值区间", 18, centred=True),
    Column("报告值区间", 18, centred=True),
    Column("判断", 9, centred=True),
    Column("位置", 18),
)
_LONGEST_FORMULA = 8_000
"""A spreadsheet takes 8,192 characters."""
_ENOUGH = 12
"""Decimals kept of a live difference: hides the noise of binary fractions."""


def write(book: Workbook, entries: Iterable[Entry]) -> None:
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=4)
    for entry in entries:
        for result in entry.of("inconsistent", "query", "consistent"):
            for equation in equations(result.calculation):
                _row(sheet, entry, result, equation)
    sheet.note(
        "计算值、差额是公式，可以重算；差额＝计算值－报告值。区间：印出的数可能是四舍五入或截尾得来，代表一段值，两个区间碰不到一起才算不符。"
    )
    sheet.finish()


def _row(sheet: Sheet, entry: Entry, result: Result, equation: Equation) -> None:
    computed, claimed = equation.result, equation.claimed
    live = _live(equation)
    row = sheet.rows + 1
    difference: Value = None
    if (
        live is not None
        and computed is not None
        and claimed is not None
        and computed.percent == claimed.percent
    ):
        cells = f"{sheet.letter('计算值')}{row}-{sheet.letter('报告值')}{row}"
        decimals = max(computed.decimals, claimed.decimals)
        difference = Live(f"ROUND({cells},{_ENOUGH})", pattern(decimals, computed.percent))
    ranges = bounds(equation, result) or ("", "")
    sheet.add(
        sheet.rows,
        entry.name,
        result.rule,
        result.message,
        equation.text,
        live,
        None if claimed is None else shown(claimed.number, claimed.decimals, claimed.percent),
        difference,
        *ranges,
        VERDICTS[result.verdict],
        where(result.evidence),
    )


def _live(equation: Equation) -> Live | None:
    """The terms as a formula; none where a spreadsheet could not hold it."""
    formula = "".join(map(_written, equation.terms))
    if equation.result is None or not formula or len(formula) > _LONGEST_FORMULA:
        return None
    return Live(formula, pattern(equation.result.decimals, equation.result.percent))


def _written(token: Token) -> str:
    if isinstance(token, Printed):
        return f"{Decimal(token.number):f}" + "%" * token.percent
    return token
