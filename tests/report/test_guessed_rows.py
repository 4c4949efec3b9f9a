"""Rows whose cells may have moved: what hangs on them only asks, and what found no place is told."""

from __future__ import annotations

import pytest

from auditor.report import Report
from auditor.rules.base import Verdict
from tests.report.test_text_layouts import audited, told

HEAD = "项目支出绩效自评表\n（2023年度）\n项目名称\t渔港堤岸加固\n主管部门\t南澳镇海洋局\n"
RATES = """预算执行情况（万元） 合计 中央 省级 市级 县级
预算数 900.00 400.00 0.00 200.00 300.00
执行数 880.00 400.00 0.00 200.00 280.00
执行率 97.78% 100.00% 100.00% 93.33%
"""
ROWS = "一级指标 三级指标 年度指标值 实际完成值 分值 得分\n产出指标 加固堤岸 ≥30米 31米 60 60\n效益指标 受益渔户 ≥90户 95户 40 40\n总分 100 100\n"
LEVELS = (
    "一级指标\t三级指标\t分值\t得分\t年度指标值\t实际完成值\t偏差原因\n"
    "产出指标（50分）\t加固堤岸\t35\t35\t≥30米\t31米\t\n"
    "检修闸门\t15\t15\t≥4座\t4座\t\n"
    "效益指标（40分）\t受益渔户\t20\t20\t≥90户\t95户\t\n"
    "潮位观测覆盖率\t≥89%\t90%\t\n"
    "渔民技能\t20\t20\t较好\t较好\t\n"
    "满意度指标（10分）\t渔民满意度\t10\t10\t≥90%\t93%\t\n"
    "总分\t100\t100\n"
)
FULL = (
    "一级指标\t三级指标\t分值\t得分\t年度指标值\t实际完成值\t偏差原因\n"
    "产出指标（50分）\t加固堤岸\t50\t50\t≥30米\t31米\t\n"
    "效益指标（40分）\t受益渔户\t20\t20\t≥90户\t95户\t\n"
    "\t渔民技能\t30\t30\t较好\t较好\t\n"
    "总分\t\t100\t100\t\t\t\n"
)
BALANCES = """项目支出绩效自评表
（2023年度）
项目名称 | 渔港堤岸加固
项目资金（万元） | 预算数 | 执行数 | 执行率
资金合计 | 500.20 | 450.18 | 90%
其中：财政拨款 | 500.20 | 450.18 | 90%
项目资金（万元） | 预算数 | 执行数 | 结余数
资金合计 | 900.00 | 880.00 | 20.00
其中：财政拨款 | 900.00 | 880.00 | 20.00
"""


def test_a_short_row_of_rates_proves_nothing() -> None:
    assert "F106" not in set(told(audited(HEAD.replace("\t", " ") + RATES + ROWS), Verdict.INCONSISTENT))


@pytest.mark.parametrize(("moved", "verdict"), [(True, Verdict.QUERY), (False, Verdict.INCONSISTENT)])
def test_a_level_is_proof_where_no_row_lost_a_cell(
    moved: bool, verdict: Verdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows that lost the label of their level may stand under another one; those of a copy of all cells do not."""
    if moved:
        monkeypatch.setattr(Report, "is_in_place", lambda report, row: False)
    reports = audited(HEAD + FULL)
    assert {one for one in (Verdict.INCONSISTENT, Verdict.QUERY) if "S203" in set(told(reports, one))} == {
        verdict
    }


@pytest.mark.parametrize(("text", "square"), [(FULL, {1}), (LEVELS, set())])
def test_a_table_is_square_where_every_cell_is_under_its_header(text: str, square: set[int]) -> None:
    (report,) = audited(HEAD + text)
    assert report.report.square == square


def test_a_balance_is_the_rest_of_its_own_table() -> None:
    assert "F105" not in set(told(audited(BALANCES), Verdict.INCONSISTENT))
    wrong = audited(BALANCES.replace("880.00 | 20.00\n其中", "880.00 | 27.00\n其中"))
    assert "F105" in set(told(wrong, Verdict.INCONSISTENT, Verdict.QUERY))


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        ("检修闸门\t15\t15\t≥4座\t4座", "闸门到货时间\t2023年8月底前\t2023年6月9日", "2023年6月9日"),  # dates
        (
            "总分\t100\t100\n",
            "总分\t100\t100\n主要困难\t受益户数\t?2704户\t96户\n",
            "2704户",
        ),  # a sign lost in copying
    ],
)
def test_what_found_no_place_is_told(old: str, new: str, lost: str) -> None:
    (report,) = audited(HEAD + LEVELS.replace(old, new))
    named = [figure.raw for form in report.report.unread_forms for figure in form.figures]
    named += [report.report.quote(span) for span, _ in report.report.unread]
    assert any(lost in one for one in named)
