"""Columns by their kind: bare words, parts behind an amount, a rate of the score, tables on their side."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports
from auditor.report.model import LineKind, Role

TITLE = "泵站维护项目支出绩效自评表\n单位：万元\n"


def read(table: str, border: str = "\t") -> Report:
    text = TITLE + table.strip().replace(" | ", border)
    (report,) = read_reports(read_bytes(text.encode(), "form.txt"))
    return report


def unplaced(report: Report) -> list[str]:
    figures = [figure.raw for form in report.unread_forms for figure in form.figures]
    return figures + [report.quote(span) for span, _ in report.unread]


THREE = """
指标 | 目标 | 实际
检修水泵（台） | 14 | 12
清淤河道（公里） | 36.5 | 37.5
设备完好率 | 95% | 96.4%
"""


@pytest.mark.parametrize("border", ["\t", " | ", " ", "\n"], ids=["tabs", "pipes", "spaces", "a cell a line"])
def test_bare_words_head_a_table_of_three(border: str) -> None:
    report = read(THREE, border)
    rows = [(row.target and row.target.text, row.actual and row.actual.text) for row in report.indicators]
    assert rows == [("14", "12"), ("36.5", "37.5"), ("95%", "96.4%")]
    assert unplaced(report) == []


def test_what_stands_beside_bare_words_under_an_unknown_one_is_told() -> None:
    """Two bare words make the header of a form: what stands under the third, which nobody knows, is told."""
    report = read(THREE.replace("实际", "核对"))
    assert {"12", "37.5"} <= set(unplaced(report))


PARTS = """
预算数 | 其中：财政资金 | 其他 | 到位数 | 其中：财政资金 | 其他 | 执行数 | 其中：财政资金 | 其他 | 执行率
183.6 | 150 | 33.6 | 183.6 | 150 | 33.6 | 171.25 | 149 | 22.25 | 93.27%
"""


def test_parts_behind_each_amount_are_its_sources() -> None:
    (table,) = read(PARTS).money_tables
    told = {(one.role, one.line.name): one.figure.raw for one in table.of_kind(LineKind.SOURCE)}
    assert told[Role.PAID, "财政资金"] == "149"
    assert told[Role.PAID, "其他"] == "22.25"
    assert told[Role.RECEIVED, "财政资金"] == "150"
    assert len(told) == 6
    assert [one.figure.raw for one in table.of(Role.PAID, LineKind.TOTAL)] == ["171.25"]


def test_parts_of_a_line_of_detail_are_no_sources_of_the_whole() -> None:
    report = read("""
项目 | 预算数 | 其中：财政资金 | 其他资金 | 执行数 | 执行率
泵站 | 100 | 80 | 20 | 95 | 95%
河道 | 50 | 50 | 0 | 48 | 96%
合计 | 150 | 130 | 20 | 143 | 95.33%
""")
    (table,) = report.money_tables
    assert {(one.line.name, one.figure.raw) for one in table.of_kind(LineKind.SOURCE)} == {
        ("财政资金", "130"),
        ("其他资金", "20"),
    }
    assert unplaced(report) == []


def test_a_number_under_a_word_nobody_knows_is_told_beside_amounts() -> None:
    report = read(
        "资金来源 | 预算数 | 执行数 | 备查口径 | 执行率\n合计 | 60 | 57 | 31.5 | 95%\n财政拨款 | 60 | 57 | 28.4 | 95%"
    )
    assert set(unplaced(report)) == {"31.5", "28.4"}


def test_a_source_named_with_its_amount_is_a_part_of_it() -> None:
    report = read("""
项目资金（万元） | 财政资金预算数 | 财政资金执行数 | 其他资金预算数 | 其他资金执行数 | 执行率
合计 | 150 | 149 | 33.6 | 22.25 | 93.27%
""")
    (table,) = report.money_tables
    told = {(one.role, one.line.name): one.figure.raw for one in table.of_kind(LineKind.SOURCE)}
    assert told == {
        (Role.BUDGET, "财政资金"): "150",
        (Role.PAID, "财政资金"): "149",
        (Role.BUDGET, "其他资金"): "33.6",
        (Role.PAID, "其他资金"): "22.25",
    }
    assert not table.of(Role.BUDGET, LineKind.TOTAL)


@pytest.mark.parametrize("border", [" ", " | "], ids=["spaces", "pipes"])
def test_an_empty_cell_that_was_dropped_shifts_no_amount(border: str) -> None:
    report = read(
        "项目资金 | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n"
        "年度资金总额 | 240 | 228 | 10 | 95% | 9.5\n其中：财政拨款 | 240 | 228 | — | 95% | —",
        border,
    )
    (table,) = report.money_tables
    found = {one.role: one.figure.raw for one in table.of_kind(LineKind.TOTAL)}
    assert (found[Role.BUDGET], found[Role.PAID], found[Role.WEIGHT]) == ("240", "228", "10")


RATES = """
指标名称 | 计量单位 | 年初指标值 | 调整指标值 | 全年完成值 | 得分系数 | 权重 | 得分
检修水泵 | 台 | 12 | 14 | 13 | 0.93 | 40 | 37.14
清淤河道 | 公里 | 36 | 37 | 38 | 1 | 60 | 60
"""


def test_what_is_compared_with_nothing_is_kept() -> None:
    report = read(RATES)
    pump = report.indicators[0]
    assert (pump.target and pump.target.text, pump.score_rate and pump.score_rate.text) == ("14", "0.93")
    assert [view.text for view in pump.aside] == ["12"]
    assert unplaced(report) == []


SIDE = """
指标名称 | 检修水泵 | 清淤河道 | 设备完好率
目标值 | 14台 | 37公里 | 95%
实际值 | 12台 | 38公里 | 96%
分值 | 40 | 30 | 30
得分 | 34.29 | 30 | 30
"""


def test_a_table_on_its_side_is_read() -> None:
    report = read(SIDE)
    told = [
        (row.name, row.target and row.target.text, row.score and row.score.raw) for row in report.indicators
    ]
    assert told == [("检修水泵", "14台", "34.29"), ("清淤河道", "37公里", "30"), ("设备完好率", "95%", "30")]


def test_projects_side_by_side_are_lines_of_money() -> None:
    report = read("""
项目 | 泵站 | 河道 | 平台
年初预算数 | 120 | 80 | 40
全年预算数 | 130 | 80 | 36
全年执行数 | 128.5 | 75.2 | 36
执行率 | 98.85% | 94% | 100%
""")
    (table,) = report.money_tables
    assert [(one.line.name, one.figure.raw) for one in table.of(Role.PAID)] == [
        ("泵站", "128.5"),
        ("河道", "75.2"),
        ("平台", "36"),
    ]


def test_sources_as_columns_stand_upright_already() -> None:
    report = read(
        "项目资金 | 合计 | 中央 | 省\n预算数 | 90 | 60 | 30\n执行数 | 81 | 54 | 27\n执行率 | 90% | 90% | 90%"
    )
    (table,) = report.money_tables
    assert [one.figure.raw for one in table.of(Role.PAID, LineKind.TOTAL)] == ["81"]


BESIDE = """
资金来源 | 预算数 | 执行数 | 执行率 |  |  | 三级指标 | 目标值 | 完成值 | 分值 | 得分
年度资金总额 | 240 | 228 | 95% |  |  | 检修水泵 | 14台 | 12台 | 40 | 34.29
财政拨款 | 240 | 228 | 95% |  |  | 清淤河道 | 37公里 | 38公里 | 60 | 60
"""


def test_money_and_indicators_side_by_side_are_two_tables() -> None:
    report = read(BESIDE)
    assert [row.name for row in report.indicators] == ["检修水泵", "清淤河道"]
    assert [row.path for row in report.indicators] == [(), ()]
    assert [one.figure.raw for one in report.money_tables[0].of(Role.PAID)] == ["228", "228"]


CARDS = """
指标1：检修水泵
目标值：14台
实际值：12台
得分：34.29
指标2：清淤河道
目标值：37公里
实际值：38公里
得分：60
"""


def test_numbered_cards_are_rows() -> None:
    told = [(row.name, row.actual and row.actual.text) for row in read(CARDS).indicators]
    assert told == [("检修水泵", "12台"), ("清淤河道", "38公里")]


GROUPED = """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因
绩效指标 | 产出指标 | 数量指标 | 检修水泵 | 14台 | 12台 | 40 | 34.29 | 汛期停工
绩效指标 | 产出指标 | 质量指标 | 设备完好率 | 95% | 96% | 30 | 30 | 无
绩效指标 | 效益指标 | 社会效益指标 | 受益村 | 6个 | 6个 | 30 | 30 | 无
"""


@pytest.mark.parametrize("border", [" ", "\n"], ids=["spaces", "a cell a line"])
@pytest.mark.parametrize(
    "lost", ["", "绩效指标 | 一级", "绩效指标 | 效益"], ids=["none", "in the header", "in a row"]
)
def test_a_group_label_on_every_row_shifts_nothing(border: str, lost: str) -> None:
    report = read(GROUPED.replace(lost, lost.removeprefix("绩效指标 | ")), border)
    told = [(row.name, row.path[-1].name, row.score and row.score.raw) for row in report.indicators]
    assert told == [
        ("检修水泵", "数量指标", "34.29"),
        ("设备完好率", "质量指标", "30"),
        ("受益村", "社会效益指标", "30"),
    ]


@pytest.mark.parametrize("order", [("完成值", "完成情况"), ("完成情况", "完成值")], ids="、".join)
def test_of_two_columns_of_what_was_reached_the_one_with_figures_is_compared(order: tuple[str, str]) -> None:
    cells = {"完成值": ("14台", "96%"), "完成情况": ("水泵全部检修完毕", "设备运行平稳，完好率达标")}
    rows = [
        f"{name} | {target} | {cells[order[0]][at]} | {cells[order[1]][at]} | 50 | 50"
        for at, (name, target) in enumerate([("检修水泵", "14台"), ("设备完好率", "95%")])
    ]
    report = read("\n".join([f"三级指标 | 目标值 | {order[0]} | {order[1]} | 分值 | 得分", *rows]))
    assert [row.actual and row.actual.text for row in report.indicators] == ["14台", "96%"]
    assert [row.narrative and row.narrative.text for row in report.indicators] == list(cells["完成情况"])


AHEAD = """
项目资金 | 权重 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | 得分
年度资金总额 | 10 | 86.00 | 80.00 | 72.00 | 90.00% | 9
其中：县级财政 | — | 86.00 | 80.00 | 72.00 | 90.00% | —
"""
RATE_AHEAD = """
资金来源 | 执行率 | 全年预算数 | 全年执行数
合计 | 90.00% | 80.00 | 72.00
县级财政 | 95.00% | 60.00 | 57.00
镇级财政 | 75.00% | 20.00 | 15.00
"""


@pytest.mark.parametrize("border", ["\t", " | ", "    "], ids=["tabs", "pipes", "spaces"])
def test_points_and_rates_before_the_first_amount(border: str) -> None:
    def told(table: str) -> dict[Role, str]:
        (money,) = read(table, border).money_tables
        return {one.role: one.figure.raw for one in money.amounts if one.line.kind is LineKind.TOTAL}

    points = told(AHEAD)
    assert (points[Role.WEIGHT], points[Role.SCORE], points[Role.INITIAL]) == ("10", "9", "86.00")
    rate = told(RATE_AHEAD)
    assert (rate[Role.EXECUTION_RATE], rate[Role.BUDGET], rate[Role.PAID]) == ("90.00%", "80.00", "72.00")
