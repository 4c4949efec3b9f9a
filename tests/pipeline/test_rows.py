"""The rows that memos print: money by line, scores by indicator."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.pipeline import AuditedReport, run
from auditor.pipeline.rows import MoneyLine
from auditor.rules.catalogue import catalogue
from tests.samples import ROOT

FUNDS = """\
项目支出绩效自评表
资金（万元） | 年初预算数 | 预算调整数 | 全年执行数
年度资金总额 | 500 | -20 | 455.2
其中：当年财政拨款 | 500 | -20 | 455.2
"""


@pytest.fixture(scope="module")
def national() -> AuditedReport:
    return run([ROOT / "examples" / "01-national.txt"], catalogue()).documents[0].reports[0]


def test_money_by_line_as_printed(national: AuditedReport) -> None:
    assert national.lines == [
        MoneyLine(1, "total", "年度资金总额", "万元", "1150", "983.25"),
        MoneyLine(1, "source", "当年财政拨款", "万元", "900", "733.25"),
        MoneyLine(1, "source", "上年结转资金", "万元", "250", "250"),
    ]


def test_budget_is_the_adjusted_one(tmp_path: Path) -> None:
    report = tmp_path / "甲.txt"
    report.write_text(FUNDS, encoding="utf-8")
    lines = run([report], catalogue()).documents[0].reports[0].lines
    assert [(line.budget, line.paid, line.unit) for line in lines] == [("480", "455.2", "万元")] * 2


@pytest.mark.parametrize(
    ("name", "score", "recomputed", "holds"),
    [
        ("预算执行率", "9.55", None, False),  # only a query: nothing is proven
        ("更换水表数量", "5", None, True),
        ("水质检测合格率", "10", "9.69", False),
        ("改善农村生态环境", "5", None, False),  # a matter of judgement
    ],
)
def test_scores_by_indicator(
    national: AuditedReport, name: str, score: str, recomputed: str | None, holds: bool
) -> None:
    row = next(row for row in national.indicators if row.name == name)
    assert (row.score, row.recomputed, row.holds) == (score, recomputed, holds)
