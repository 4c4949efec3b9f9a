"""无法核验: what could not be read or compared, and why."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.workbook import Workbook

from auditor.memo.entries import Entry
from auditor.memo.model import Memo
from auditor.memo.place import brief
from auditor.memo.workbook.cells import Column, Sheet

TITLE = "无法核验"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("单位", 20),
    Column("项目", 24),
    Column("规则", 7, centred=True),
    Column("原因", 70),
    Column("位置", 24),
)


def write(book: Workbook, memo: Memo, entries: Iterable[Entry]) -> None:
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=1)
    for entry in entries:
        for result in entry.of("not_assessable"):
            sheet.add(
                sheet.rows, entry.report.unit, entry.name, result.rule, result.message, brief(result.evidence)
            )
    for failure in memo.unreadable:
        sheet.add(sheet.rows, "", failure.path, "", f"整个文件未能审核：{failure.reason}", "")
    sheet.finish()
