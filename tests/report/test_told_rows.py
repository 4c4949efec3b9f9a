"""Indicators told in running text are read as rows; what tells no row of its own stays text."""

import pytest

from auditor.document.open import read_bytes
from auditor.report.model import Report
from auditor.report.read import read_reports

Row = tuple[str, str | None, str | None, str, str]


def report(text: str) -> Report:
    return read_reports(read_bytes(f"甲县2022年度项目绩效自评报告\n\n{text}\n".encode(), "甲.txt"))[0]


def rows(text: str) -> list[Row]:
    read = report(text)
    return [
        (
            row.name, row.target.text if row.target else None, row.actual.text if row.actual else None,
            row.weight.raw if row.weight else "", row.score.raw if row.score else "",
        )
        for row in (*read.indicators, *read.told_rows)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1. 产出-数量指标：组织巡回演出，目标值≥60场，实际完成值54场，分值20分，得分20分",
            ("组织巡回演出", "≥60场", "54场", "20分", "20分"),
        ),
        (
            "整治河段数：年度目标15段，实际12段，完成率80%，得10分（满分10分）。",
            ("整治河段数", "15段", "12段", "10分", "10分"),
        ),
        (
            "（1）水质达标率目标≥90%，实际93.5%，权重15分，自评得分15分；",
            ("水质达标率", "≥90%", "93.5%", "15分", "15分"),
        ),
        (
            "管护人员补助发放户数，计划完成820户，完成值为820户，分值为12分，得分为12分。",
            ("管护人员补助发放户数", "820户", "820户", "12分", "12分"),
        ),
    ],
)
def test_a_sentence_is_a_row(text: str, expected: Row) -> None:
    assert rows(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "全年培训120人，得到群众好评，满分通过验收。",
        "产出指标分值50分，得分48分；效益指标分值30分，得分30分。",  # classes, not all of a hundred
        "甲指标目标5个，实际5个，乙指标目标6个，实际6个，分值10分，得分10分。",  # two in one sentence
        "一级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n产出指标\t巡河次数\t5次\t5次\t10\t10\n\n"
        "巡河次数：目标5次，实际5次，分值10分，得分10分。",  # the table is told again
    ],
)
def test_is_no_row_of_its_own(text: str) -> None:
    assert not report(text).told_rows


def test_rows_of_a_hundred_points_are_the_indicators() -> None:
    told = "\n".join(
        f"{n}. 第{n}段整治长度，目标值5公里，实际完成值5公里，分值25分，得分24分" for n in range(1, 5)
    )
    read = report(f"{told}\n总分：96分")
    assert [row.score.raw for row in read.indicators if row.score] == ["24分"] * 4
    assert [total.score.raw for total in read.totals if total.score] == ["96分"]
