"""台账: one row for each problem, with room for the reply and the decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation

from auditor.memo.bridge import step
from auditor.memo.entries import Entry
from auditor.memo.gap import gap
from auditor.memo.model import GradeCut, Result
from auditor.memo.place import brief as places
from auditor.memo.problems import Problem
from auditor.memo.wording import SEVERITIES, VERDICTS, basis, request
from auditor.memo.workbook.cells import FONT, Column, Live, Number, Sheet, Time, Value, clean, decimals, shown
from auditor.values import frozen

TITLE = "台账"
DECISION = (
    Column("处理", 8, centred=True),
    Column("备注", 10),
    Column("处理人", 8, centred=True),
    Column("处理时间", 11, centred=True),
)
MARKS = (
    Column("已证影响", 8, faint=True),
    Column("待定影响", 8, faint=True),
    Column("规则", 7, faint=True),
    Column("报告", 6, faint=True),
    Column("年度", 7, faint=True),
    Column("文件", 18, faint=True),
    Column("报告标识", 19, faint=True),
    Column("标识", 19, faint=True),
)
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("单位", 14, folded=True),
    Column("项目", 12),
    Column("问题类别", 11),
    Column("位置", 17),
    Column("填报内容", 28),
    Column("核算/应有", 16),
    Column("差额", 9),
    Column("依据", 9),
    Column("严重程度", 6, centred=True),
    Column("整改要求", 18),
    Column("责任单位", 14, folded=True),
    Column("时限", 9, centred=True),
    Column("整改情况", 9),
    Column("销号", 5, centred=True),
    Column("单位答复", 10),
    Column("结论", 8, centred=True),
    *DECISION,
    *MARKS,
)
HEADS = tuple(column.head for column in _COLUMNS)
_WORDS = '"确认,驳回,存疑"'
_SPARE_ROWS = 200
"""Rows below the table that have the drop-down too: a reviewer adds findings of his own."""


def write(book: Workbook, entries: Iterable[Entry]) -> Counted:
    """Returns what the overview counts."""
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=4)
    for entry in entries:
        for problem in entry.problems():
            first = problem.first
            sheet.add(
                numbered(entry, problem),
                entry.report.unit,
                entry.name,
                first.title,
                places([one for result in problem.results for one in result.evidence]),
                told(problem, lambda one: one.message),
                told(problem, lambda one: one.calculation),
                _difference(first),
                basis(first.basis),
                SEVERITIES[first.severity],
                told(problem, request),
                responsible(entry, first),
                *kept(first),
                VERDICTS[first.verdict],
                *decided(first),
                *marks(entry, problem),
            )
    sheet.finish()
    offer_words(sheet)
    _colour(sheet)
    return Counted(TITLE, HEADS, sheet.rows)


def kept(result: Result) -> tuple[str, str, str, str]:
    """时限, 整改情况, 销号 and 单位答复 as they were filled in before."""
    decision = result.decision
    return (
        (decision.due, decision.measures, decision.closed, decision.reply) if decision else ("", "", "", "")
    )


def numbered(entry: Entry, problem: Problem) -> Value:
    """The number that every paper gives the problem; with that of the report where there are several."""
    return f"{entry.prefix}{problem.number}" if entry.prefix else problem.number


def responsible(entry: Entry, result: Result) -> str:
    """Who is to act: by name where it is the unit."""
    return entry.report.unit if result.asks == "单位" else result.asks


def told(problem: Problem, part: Callable[[Result], str]) -> str:
    """That part of the problem and of what stands under it, each once."""
    words = dict.fromkeys(map(part, problem.results))
    return "；同一处：".join(word.removesuffix("。") if len(words) > 1 else word for word in words if word)


def decided(result: Result) -> tuple[Value, Value, Value, Value]:
    """The cells of `DECISION`."""
    if (decision := result.decision) is None:
        return None, None, None, None
    when = _time(decision.when) if decision.decision else None
    return decision.decision, decision.remark, decision.who, when


def _time(written: str) -> Value:
    try:
        return Time(datetime.fromisoformat(written).replace(tzinfo=None))
    except ValueError:
        return written


def marks(entry: Entry, problem: Problem) -> tuple[Value, ...]:
    """The cells of `MARKS`: what is decided on the row is decided on all that stands in it."""
    effect = step(problem)
    return (
        Number(effect.delta) if effect and effect.proved else None,
        Number(effect.delta) if effect and not effect.proved else None,
        " ".join(one.rule for one in problem.results),
        entry.number,
        entry.report.fiscal_year,
        entry.document.path,
        entry.mark,
        " ".join(one.fingerprint for one in problem.results),
    )


def _difference(result: Result) -> Value:
    """A number where there is one, with its unit in the format."""
    found = gap(result)
    if found is None or found.least != found.most:
        return None if found is None else str(found)
    value, unit = shown(found.least, decimals(f"{found.least:f}")), clean(found.unit).replace('"', "")
    return value._replace(form=f'{value.form}"{unit}"') if isinstance(value, Number) and unit else value


def offer_words(sheet: Sheet) -> None:
    """A drop-down for the decision. Other words are pointed out, not refused: pasting goes past it anyway."""
    choice = DataValidation(type="list", formula1=_WORDS, allow_blank=True, showErrorMessage=True)
    choice.errorTitle, choice.error = "处理", "请填：确认、驳回或存疑"
    sheet.grid.add_data_validation(choice)
    letter = sheet.letter("处理")
    choice.add(f"{letter}2:{letter}{sheet.rows + _SPARE_ROWS}")


def _colour(sheet: Sheet) -> None:
    last = sheet.rows + _SPARE_ROWS
    verdict, decision = sheet.letter("结论"), sheet.letter("处理")
    rules: list[tuple[str, str, dict[str, Any]]] = [
        (f"{verdict}2:{verdict}{last}", f'${verdict}2="不一致"', {"fill": _fill("F8D7D3")}),
        (f"{verdict}2:{verdict}{last}", f'${verdict}2="存疑"', {"fill": _fill("FBEBC8")}),
        (f"A2:{decision}{last}", f'${decision}2="驳回"', {"font": Font(name=FONT, color="8A94A0")}),
    ]
    for cells, formula, look in rules:
        sheet.grid.conditional_formatting.add(cells, FormulaRule(formula=[formula], **look))


def _fill(colour: str) -> PatternFill:
    return PatternFill("solid", bgColor=colour, fgColor=colour)


def reviewed(own: str, row: int, last: int, value: Decimal) -> Live:
    """The self-score in cell `own`, what is proved and not rejected, and what a reviewer confirmed."""

    def cells(head: str) -> str:
        letter = get_column_letter(1 + HEADS.index(head))
        return f"{TITLE}!${letter}$2:${letter}${last + _SPARE_ROWS}"

    mine = f"{cells('报告')},$A{row}"
    proved, asked, word = cells("已证影响"), cells("待定影响"), cells("处理")
    formula = (
        f'{own}+SUMIFS({proved},{mine})-SUMIFS({proved},{mine},{word},"驳回")'
        f'+SUMIFS({asked},{mine},{word},"确认")'
    )
    return Live(formula, "0.00##", value)


def graded(score: str, cuts: Sequence[GradeCut], value: str) -> Live:
    """The grade of the score in that cell, by the scale that holds for the report. Words of the report stay words."""
    formula = '""'
    for one in reversed(cuts):
        word = clean(one.word).replace('"', '""')
        formula = f'IF(ROUND({score},6){">" if one.above else ">="}{one.bound},"{word}",{formula})'
    return Live(f'IF({score}="","",{formula})', "General", value)


@frozen
class Counted:
    """A sheet with a row for each problem, down to its `last` row."""

    title: str
    heads: tuple[str, ...]
    last: int

    def saying(self, head: str, word: str, row: int) -> str:
        """How many rows have `word` in the column `head`, of the report whose number stands in column A of that row
        of another sheet."""
        cells = []
        for wanted in ("报告", head):
            letter = get_column_letter(1 + self.heads.index(wanted))
            cells.append(f"{self.title}!${letter}$2:${letter}${self.last + _SPARE_ROWS}")
        return f'COUNTIFS({cells[0]},$A{row},{cells[1]},"{word}")'


def counting(sheets: Iterable[Counted], head: str, word: str, row: int, value: int) -> Live:
    """The rows of all those sheets together."""
    return Live("+".join(sheet.saying(head, word, row) for sheet in sheets), "0", Decimal(value))
