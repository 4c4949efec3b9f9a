"""勾稽表: every recomputation, with live formulas where numbers were computed."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from openpyxl.workbook import Workbook

from auditor.memo.entries import Entry
from auditor.memo.model import Relation, Result
from auditor.memo.place import brief
from auditor.memo.wording import VERDICTS
from auditor.memo.workbook.cells import Column, Live, Sheet, Value, decimals, pattern, shown

TITLE = "勾稽表"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("项目", 18),
    Column("规则", 7, centred=True),
    Column("核查项", 40),
    Column("公式（代入数字）", 38),
    Column("计算值", 14),
    Column("报告值", 14),
    Column("差额", 12),
    Column("计算值区间", 18, centred=True),
    Column("报告值区间", 18, centred=True),
    Column("判断", 9, centred=True),
    Column("位置", 32),
)
_LONGEST_FORMULA = 8_000
"""A spreadsheet takes 8,192 characters."""
_ENOUGH = 12
"""Decimals kept of a live difference: hides the noise of binary fractions."""


def write(book: Workbook, entries: Iterable[Entry]) -> None:
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=4)
    for entry in entries:
        for result in entry.of("inconsistent", "query", "consistent"):
            for relation in result.relations:
                _row(sheet, entry, result, relation)
            if result.calculation and not result.relations:
                _told(sheet, entry, result)
    sheet.note(
        "计算值、差额是公式，可以重算；差额＝计算值－报告值。区间：印出的数可能是四舍五入或截尾得来，代表一段值，两个区间碰不到一起才算不符。"
    )
    sheet.finish()


def _row(sheet: Sheet, entry: Entry, result: Result, relation: Relation) -> None:
    live, claimed = _live(relation), relation.claimed
    row = sheet.rows + 1
    difference: Value = None
    if live is not None and claimed is not None and relation.difference is not None:
        cells = f"{sheet.letter('计算值')}{row}-{sheet.letter('报告值')}{row}"
        places = max(decimals(relation.computed), decimals(claimed))
        given = (Decimal(relation.computed) - Decimal(claimed)) / (100 if relation.percent else 1)
        difference = Live(f"ROUND({cells},{_ENOUGH})", pattern(places, relation.percent), given)
    sheet.add(
        sheet.rows,
        entry.name,
        result.rule,
        result.message,
        relation.text,
        live,
        None if claimed is None else shown(Decimal(claimed), decimals(claimed), relation.percent),
        difference,
        relation.computed_interval or "",
        relation.claimed_interval or "",
        VERDICTS[result.verdict],
        brief(result.evidence),
    )


def _told(sheet: Sheet, entry: Entry, result: Result) -> None:
    """A comparison of dates, grades or names: words only."""
    place, words = brief(result.evidence), (result.message, result.calculation)
    sheet.add(
        sheet.rows, entry.name, result.rule, *words, *([None] * 3), "", "", VERDICTS[result.verdict], place
    )


def _live(relation: Relation) -> Live | None:
    """The result as a formula; none where a spreadsheet could not hold it."""
    if len(relation.formula) > _LONGEST_FORMULA:
        return None
    given = Decimal(relation.computed) / (100 if relation.percent else 1)
    return Live(relation.formula, pattern(decimals(relation.computed), relation.percent), given)
