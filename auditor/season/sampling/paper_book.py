"""The working paper of a draw as a workbook: 抽样方案, 样本清单, 评价结果, 抽样框 (whose text can be checked)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from auditor.figures import show
from auditor.memo.workbook.cells import Column, Sheet, number
from auditor.season.sampling.paper import LIST_HEADS, RESULT_HEADS, SIGNATURES, STRATA_HEADS, Paper

_AMOUNTS = (
    "金额（元）",
    "应有金额（元）",
    "总体金额（元）",
    "间隔（元）",
    "总体份数",
    "抽取份数",
    "有差错",
    "未决定",
    "序号",
)


def write(paper: Paper) -> bytes:
    book = Workbook()
    book.remove(book.active)
    _told(book, paper)
    _table(book, "样本清单", LIST_HEADS, (6, 18, 22, 30, 16, 16, 8, 12, 16, 40), paper.listed())
    _table(book, "分层", STRATA_HEADS, (20, 12, 20, 12, 14, 20), paper.strata())
    if rows := paper.results():
        _table(book, "评价结果", RESULT_HEADS, (20, 12, 10, 10, 12, 12, 20), rows)
    frame = [
        (item.id, item.stratum, "" if item.amount is None else show(item.amount), show(item.risk))
        for item in paper.draw.frame.items
    ]
    _table(book, "抽样框", ("编号", "分层", "金额（元）", "风险分"), (24, 20, 18, 12), frame)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _told(book: Workbook, paper: Paper) -> None:
    sheet = Sheet(book, "抽样方案", (Column("事项", 24), Column("内容", 110)))
    for label, text in paper.head():
        sheet.add(label, text)
    for name, lines in (
        ("抽取步骤", paper.algorithm()), ("结论", paper.conclusion()), ("算式", paper.arithmetic()),
    ):  # fmt: skip
        for line in lines:
            sheet.add(name, line)
    for role in SIGNATURES:
        sheet.add(f"{role}（签字、日期）", "")
    sheet.finish()


def _table(
    book: Workbook, title: str, heads: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]]
) -> None:
    sheet = Sheet(
        book, title, [Column(head, width) for head, width in zip(heads, widths, strict=True)], frozen=1
    )
    for row in rows:
        sheet.add(
            *(number(cell) if head in _AMOUNTS else cell for head, cell in zip(heads, row, strict=True))
        )
    sheet.finish()
