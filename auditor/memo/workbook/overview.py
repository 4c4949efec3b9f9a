"""汇总: one row for each report, counting the ledger as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.workbook import Workbook

from auditor.compiled import compiled
from auditor.memo import wording
from auditor.memo.bridge import bridge
from auditor.memo.entries import Entry
from auditor.memo.model import Memo, Report
from auditor.memo.problems import decisions
from auditor.memo.workbook.cells import Column, Sheet, Value, number
from auditor.memo.workbook.ledger import Counted, counting, graded, reviewed

TITLE = "汇总"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("单位", 20),
    Column("项目", 26),
    Column("年度", 8, centred=True),
    Column("预算", 14),
    Column("支出", 14),
    Column("金额单位", 9, centred=True),
    Column("填报执行率", 11),
    Column("核算执行率", 11),
    Column("自评分", 9),
    Column("核算分", 9),
    Column("复核得分", 9),
    Column("自评等次", 9, centred=True),
    Column("核算等次", 9, centred=True),
    Column("复核等次", 9, centred=True),
    Column("不一致", 8, centred=True),
    Column("存疑", 8, centred=True),
    Column("模型提问", 8, centred=True),
    Column("无法核验", 8, centred=True),
    Column("未读懂的表", 10, centred=True),
    Column("已确认", 8, centred=True),
    Column("已驳回", 8, centred=True),
    Column("未处理", 8, centred=True),
    Column("文件", 24),
)
_MONEY = compiled(r"(-?\d+(?:\.\d+)?)(\D*)")


def write(book: Workbook, memo: Memo, entries: Sequence[Entry], asked: Counted, questions: Counted) -> None:
    """`asked` is the ledger, `questions` are those of the model: both are decided on."""
    sheet = Sheet(book, TITLE, _COLUMNS, frozen=3)
    listed = [entry for entry in entries if not wording.is_letter(entry.report)]
    for entry in listed:
        report, row = entry.report, sheet.rows + 1
        sheet.add(
            entry.number,
            report.unit,
            entry.name,
            report.fiscal_year,
            *_money(report),
            number(report.money.execution_rate),
            number(report.money.computed_rate),
            number(report.self_score),
            number(report.recomputed_score),
            _reviewed(entry, sheet, row, asked.last),
            report.grade,
            report.recomputed_grade,
            _grade(entry, sheet, row),
            counting([asked], "结论", "不一致", row, report.counts.inconsistent),
            counting([asked], "结论", "存疑", row, report.counts.query),
            report.counts.model,
            report.counts.not_assessable,
            report.coverage.unread_tables,
            *(
                counting([asked, questions], "处理", word, row, decisions(report)[word])
                for word in ("确认", "驳回", "")
            ),
            entry.document.path,
        )
    lost = sum(1 for entry in entries if entry.report.coverage.unread_tables)
    told = (
        f"有 {lost} 份报告的表格没有读懂或没有全部读懂，其结论只针对读懂的部分，请先人工核对。"
        if lost
        else ""
    )
    letters = len(entries) - len(listed)
    told += f"公函和填报说明 {letters} 份没有可以核对的内容，不列。" if letters else ""
    told += "".join(wording.repeated(memo.documents))
    sheet.note(
        f"{told}不一致、存疑、已确认、已驳回、未处理按台账现时内容计数，已确认、已驳回、未处理连同叙述审查；复核得分＝自评分＋可以证明而未驳回的影响＋已确认的影响，与复核等次一起随处理变化。"
    )
    sheet.finish()


def _reviewed(entry: Entry, sheet: Sheet, row: int, last: int) -> Value:
    """The score that follows from the ledger as it stands."""
    found = bridge(entry.report)
    if found is None:
        return None
    value = found.reviewed if found.reviewed is not None else found.computed
    return reviewed(f"{sheet.letter('自评分')}{row}", row, last, value)


def _grade(entry: Entry, sheet: Sheet, row: int) -> Value:
    """The grade that the reviewed score earns."""
    report, found = entry.report, bridge(entry.report)
    if found is None or not report.grade_cuts:
        return None
    value = found.grade if found.reviewed is not None else report.recomputed_grade or ""
    return graded(f"{sheet.letter('复核得分')}{row}", report.grade_cuts, value)


def _money(report: Report) -> tuple[Value, Value, Value]:
    """Budget and payment as numbers with their unit; as text where the units differ."""
    budget, paid = (_MONEY.fullmatch(written or "") for written in (report.money.budget, report.money.paid))
    units = {match[2] for match in (budget, paid) if match}
    if len(units) > 1:
        return report.money.budget, report.money.paid, ""
    return (
        number(budget[1]) if budget else report.money.budget,
        number(paid[1]) if paid else report.money.paid,
        next(iter(units), ""),
    )
