"""The paper on a season: its figures from plain records, in three formats."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document as open_docx

from auditor.memo.own import is_own
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.matter import told as matters
from auditor.season.overview import Changes, Chapter, overview
from auditor.season.overview.making import FORMATS, written
from auditor.season.overview.model import Link
from auditor.season.records import Covered, Decided, Finding, Record, Verdict
from auditor.season.run import Failed


def found(
    rule: str,
    verdict: Verdict = "inconsistent",
    mark: str = "0",
    decision: Decided = "",
    related: bool = False,
) -> Finding:
    return Finding(mark.rjust(16, "0"), rule, rule, verdict, "high", "rule", related, decision=decision)


def told(number: int, unit: str, *findings: Finding, budget: str | None = "100000", **more: Any) -> Record:
    fields: dict[str, Any] = {
        "id": number,
        "key": f"{number:016}",
        "path": f"/in/{number}.docx",
        "member": "",
        "index": 1,
        "sha256": "0" * 64,
        "title": "",
        "project": f"项目{number}",
        "code": "",
        "unit": unit,
        "category": "自评",
        "form": "自评",
        "year": 2024,
        "budget": None if budget is None else Decimal(budget),
        "paid": None,
        "self_score": Decimal(96),
        "recomputed_score": None,
        "grade": "",
        "added": "2025-03-02T00:00:00+00:00",
        "findings": findings,
        **more,
    }
    return Record(**fields)


RECORDS = [
    told(1, "甲局", found("F101", mark="1"), found("F103", related=True), found("T903", "not_assessable")),
    told(2, "甲局", found("F101", decision="驳回"), budget="60000000"),
    told(3, "乙站", found("F101", decision="确认"), found("I302", "query"), year=2023),
    told(4, "", budget=None, covered=Covered(unread_tables=1)),
    told(5, "乙站", found("S201"), current=False, version=1, versions=2, key="v"),
    told(6, "乙站", found("F106", mark="2"), version=2, versions=2, key="v"),
    told(7, "丙所", same_as=6, current=False),
]  # fmt: skip
PAPER = overview(RECORDS, [Failed("坏.docx", "打不开")], Changes("2025-03-01", {"确认": 1}), "2025-03-08")


def chapter(title: str) -> Chapter:
    return next(one for one in PAPER.chapters if one.title == title)


def shown(title: str, *columns: str) -> list[tuple[object, ...]]:
    one = chapter(title)
    heads = [head.words for head in one.heads]
    return [
        tuple(
            cell.words if isinstance(cell, Link) else cell
            for cell in (row[heads.index(name)] for name in columns)
        )
        for row in one.rows
    ]


def test_what_stands_on_top() -> None:
    assert PAPER.summary == [
        "共审核报告 5 份，涉及单位 2 个，预算合计 6,030.00 万元（另有 1 份未读到预算）。",
        "有不一致的报告 3 份，占 60.0%；不一致 4 处，存疑 1 处，无法核验 1 处。已确认 1 处，已驳回 1 处，未处理 3 处。",
        "旧稿 1 份、同一报告的其他文件 1 份没有计入。",
        "有 1 份报告的表格没有读懂或没有全部读懂，其结论只针对读懂的部分，请先人工核对。",
        "有 1 个文件未能审核，列在最后。",
    ]


@pytest.mark.parametrize(
    ("title", "columns", "rows"),
    [
        ("按单位", ("单位", "报告", "有不一致的报告", "不一致", "驳回", "预算合计（万元）"), [
            ("乙站", 2, 2, 2, 0, Decimal("20.00")), ("甲局", 2, 1, 2, 1, Decimal("6010.00")),
            ("未读到单位", 1, 0, 0, 0, None),  # a budget nobody read is no zero
        ]),
        ("按预算金额", ("预算金额", "报告"), [("10万元至100万元以下", 3), ("5000万元以上", 1), ("没有金额", 1)]),
        ("按规则", ("规则", "不一致", "存疑", "单位", "确认", "驳回", "未处理"), [
            ("F101", 3, 0, 2, 1, 1, 1), ("F106", 1, 0, 1, 0, 0, 1), ("I302", 0, 1, 1, 0, 0, 1),
        ]),
        ("按严重程度", ("程度", "不一致", "存疑"), [("重要", 4, 1), ("一般", 0, 0), ("轻微", 0, 0)]),
        ("多个单位犯同样的错", ("规则", "单位数", "单位"), [("F101", 2, "乙站、甲局")]),
        ("逐年", ("年度", "报告", "自评平均分"), [("2023", 1, "96.00"), ("2024", 4, "96.00")]),
        ("近期变化", ("项目", "稿次", "已改", "未改", "新出现"), [("项目6", "2", 1, 0, 1)]),
        ("报告清单", ("编号", "不一致"), [(4, 0), (3, 1), (6, 1), (1, 1), (2, 1)]),  # 4: a table was not read
        ("未能审核的文件", ("文件", "原因"), [("坏.docx", "打不开")]),
    ],
)  # fmt: skip
def test_chapters(title: str, columns: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    assert shown(title, *columns) == rows


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_has_every_chapter(format: str, tmp_path: Path) -> None:
    content = written(PAPER, format, {1: "备忘录/1.html"}, None, print)
    if isinstance(content, str):
        text = content
        assert 'href="备忘录/1.html"' in text
    elif format == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = "\n".join(book.sheetnames)
        links = [cell.hyperlink for row in book["报告清单"].iter_rows() for cell in row if cell.hyperlink]
        assert [link.target for link in links] == ["备忘录/1.html"]
    else:
        text = "\n".join(one.text for one in open_docx(io.BytesIO(content)).paragraphs)
    assert [one.title for one in PAPER.chapters if one.title not in text] == []
    file = tmp_path / f"汇总.{format}"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert is_own(file), "a paper of ours is no report"


def test_words_of_a_report_are_no_mark_up() -> None:
    paper = overview([told(1, "<script>甲"), told(2, "=1+1")], [], Changes(), "2025-03-08")
    page = written(paper, "html", {}, None, print)
    assert isinstance(page, str)
    assert "<script>" not in page
    book = openpyxl.load_workbook(io.BytesIO(written(paper, "xlsx", {}, None, print)))  # type: ignore[arg-type]
    assert {cell.data_type for cell in book["按单位"]["A"]} == {"s"}


def test_nothing_to_tell() -> None:
    assert overview([], [], Changes(), "2025-03-08").chapters == []


def test_what_reports_show_together() -> None:
    first, second, before = RECORDS[0], RECORDS[2], RECORDS[3]
    kind = Kind("A901", "across.example", "同一笔支出两处列", "medium", "说明")
    matter = Matter(
        kind,
        "两份报告都列了同一笔",
        (Side(first, 0, 2), Side(second, 0, 2), Side(before, 0, 2, previous=True)),
    )
    (one,), dropped = matters([matter], lambda side: "甲乙丙")
    paper = overview(RECORDS, [], Changes(), "2025-03-08", matters=[one])
    assert dropped == 0
    (chapter,) = [each for each in paper.chapters if each.title == "报告之间的疑点"]
    assert chapter.rows == [
        ("A901", "同一笔支出两处列", Link("项目1", 1), "甲局", "项目3、项目4（上年）", "两份报告都列了同一笔")
    ]


def test_a_report_that_shows_nothing_is_told_first() -> None:
    paper = overview(
        [told(1, "甲局", found("F101")), told(2, "", project="", budget=None)], [], Changes(), "2025-03-31"
    )
    assert "有 1 份报告一个数也没有核对到，不能据此认为没有问题，请先人工核对。" in paper.summary
    (reports,) = [one for one in paper.chapters if one.title == "报告清单"]
    assert [row[:2] for row in reports.rows] == [(2, "未读到单位"), (1, "甲局")]
