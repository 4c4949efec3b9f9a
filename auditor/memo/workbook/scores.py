"""复核底稿: the indicators as scored, with room for the reviewer's values."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.workbook import Workbook

from auditor.memo.entries import Entry
from auditor.memo.model import IndicatorRow
from auditor.memo.workbook.cells import Column, Live, Number, Sheet, number

TITLE = "复核底稿"
_COLUMNS = (
    Column("项目", 18),
    Column("一级", 14),
    Column("二级", 16),
    Column("三级", 24),
    Column("指标值", 18),
    Column("权重", 8),
    Column("自评完成值", 24),
    Column("自评得分", 10),
    Column("复核完成值", 18),
    Column("复核得分", 10),
    Column("偏差", 10),
    Column("备注", 30),
)


def write(book: Workbook, entries: Iterable[Entry]) -> None:
    """The reviewer's score is filled in only where a result proves it; the deviation follows his entry."""
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=4)
    for entry in entries:
        for row in entry.report.indicators:
            _row(sheet, entry, row)
    sheet.note("复核得分只填能证明的；其余由复核人填写。偏差＝复核得分－自评得分，随填随算。")
    sheet.finish()


def _row(sheet: Sheet, entry: Entry, row: IndicatorRow) -> None:
    first, second = _levels(row)
    at = sheet.rows + 1
    own, review = f"{sheet.letter('自评得分')}{at}", f"{sheet.letter('复核得分')}{at}"
    score = number(row.score)
    recomputed = number(row.recomputed or (row.score if row.holds else None))
    given = (
        recomputed.value - score.value
        if isinstance(recomputed, Number) and isinstance(score, Number)
        else None
    )
    # What is no number has no deviation: an empty cell is not a score of 0.
    deviation = (
        Live(
            f'IF(AND(ISNUMBER({review}),ISNUMBER({own})),ROUND({review}-{own},6),"")',
            "0.00##;-0.00##;0",
            given,
        )
        if isinstance(score, Number)
        else None
    )
    note = "复算与填报一致" if row.holds else f"按复算应为 {row.recomputed}" if row.recomputed else ""
    sheet.add(
        entry.name, first, second, row.name, row.target, number(row.weight), row.actual,
        score, None, recomputed, deviation, note,
    )  # fmt: skip


def _levels(row: IndicatorRow) -> tuple[str, str]:
    """The outermost level, and all between it and the row."""
    path = [name for name in row.path if name != row.name]
    return (path[0] if path else ""), "/".join(path[1:])
