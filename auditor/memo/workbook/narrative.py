"""叙述审查: what the model asks about the narratives; every line is for a person to judge."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.workbook import Workbook

from auditor.memo.entries import Entry
from auditor.memo.model import Memo
from auditor.memo.place import with_words
from auditor.memo.wording import basis, request
from auditor.memo.workbook.cells import Column, Sheet
from auditor.memo.workbook.ledger import DECISION, MARKS, Counted, decided, marks, numbered, offer_words, told

TITLE = "叙述审查"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("单位", 14),
    Column("项目", 16),
    Column("问题类别", 14),
    Column("模型提问", 44),
    Column("原文", 44),
    Column("依据", 20),
    Column("请单位", 28),
    Column("模型", 14),
    *DECISION,
    *MARKS,
)
HEADS = tuple(column.head for column in _COLUMNS)


def write(book: Workbook, memo: Memo, entries: Iterable[Entry]) -> Counted:
    """Returns what the overview counts."""
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=4)
    for entry in entries:
        for problem in entry.problems(model=True):
            result = problem.first
            sheet.add(
                numbered(entry, problem),
                entry.report.unit,
                entry.name,
                result.title,
                told(problem, lambda one: one.message),
                with_words(result.evidence),
                basis(result.basis),
                told(problem, request),
                result.model.name if result.model else "",
                *decided(result),
                *marks(entry, problem),
            )
    counted = Counted(TITLE, HEADS, sheet.rows)
    sheet.note(f"{memo.narrative_review.note}模型只提问，须人工复核。")
    sheet.finish()
    offer_words(sheet)
    return counted
