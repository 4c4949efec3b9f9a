"""Figures whose meaning another place of the form tells: a label, the amounts before, an empty cell beside."""

from __future__ import annotations

import pytest

from auditor.api import plan
from auditor.document import read_bytes
from auditor.memo import build
from auditor.pipeline import run
from auditor.report import Report, read_reports
from auditor.report.model import Role


def read(text: str, name: str = "form.txt") -> Report:
    (report,) = read_reports(read_bytes(text.encode(), name))
    return report


def verdicts(text: str, rule: str) -> list[tuple[str, str]]:
    memo = build(run([read_bytes(text.encode(), "form.txt")], plan((), ()).rules))
    results = memo.documents[0].reports[0].results
    flagged = ("query", "inconsistent")
    return [(one.verdict, one.message) for one in results if one.rule == rule and one.verdict in flagged]


HEAD = "项目支出绩效自评表\n（2023年度）\n项目名称\t渡口渡船更新\n"
ROWS = [
    ["一级指标", "二级指标", "三级指标", "目标值", "完成值", "得分"],
    ["产出指标", "数量指标（30分）", "更新渡船", "≥6艘", "6艘", "30"],
    ["", "质量指标（20分）", "检验合格率", "100%", "100%", "20"],
    ["", "成本指标（10分）", "单船造价", "≤48万元", "55万元", "10"],
    ["效益指标", "社会效益指标（25分）", "过渡人次", "≥3万人次", "3.4万人次", "12"],
    ["", "", "候渡时间", "≤20分钟", "18分钟", "13"],
    ["满意度指标", "满意度（15分）", "乘客满意度", "≥90%", "93%", "15"],
    ["总分", "", "", "", "", "100"],
]


@pytest.mark.parametrize("joint", ["\t", " | ", "｜"])
def test_the_points_of_a_label_are_those_of_its_only_row(joint: str) -> None:
    report = read(HEAD + "\n".join(joint.join(row) for row in ROWS) + "\n")
    weights = [row.weight.value if row.weight else None for row in report.indicators]
    assert weights == [30, 20, 10, None, None, 15]
    (missed,) = verdicts(HEAD + "\n".join(joint.join(row) for row in ROWS) + "\n", "I301")
    assert "单船造价" in missed[1]


def test_points_of_labels_in_a_web_page() -> None:
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS[:4])
    page = f"<html><body><h1>项目支出绩效自评表</h1><table>{cells}</table></body></html>"
    assert [row.weight.value for row in read(page, "form.html").indicators if row.weight] == [30, 20, 10]


CLASSES = (
    "一级指标\t二级指标\t三级指标\t分值\t目标值\t完成值\t得分\n"
    "产出指标(60分)\t数量指标({quantity}分)\t更新渡船\t20\t≥6艘\t6艘\t20\n"
    "\t\t更新浮筒\t10\t≥12个\t12个\t10\n"
    "\t质量指标(30分)\t检验合格率\t30\t100%\t100%\t30\n"
    "效益指标(30分)\t社会效益指标(30分)\t过渡人次\t30\t≥3万人次\t3.4万人次\t30\n"
    "满意度指标(10分)\t满意度指标(10分)\t乘客满意度\t10\t≥90%\t93%\t10\n"
    "总分\t\t\t100\t\t\t100\n"
)


@pytest.mark.parametrize(("quantity", "wrong"), [("30", 0), ("35", 2)])
def test_a_class_named_like_its_kind_is_no_slid_row(quantity: str, wrong: int) -> None:
    found = verdicts(HEAD + CLASSES.format(quantity=quantity), "S203")
    assert len(found) == wrong or (wrong and found[0][0] == "inconsistent")


PAIRS = [
    ["项目名称", "渡口渡船更新", "", ""],
    ["预算安排资金（万元）", "300.00", "实际到位资金（万元）", "300.00"],
    ["其中：中央财政", "180.00", "其中：中央财政", "180.00"],
    ["省财政", "90.00", "省财政", "90.00"],
    ["县财政", "30.00", "县财政", "30.00"],
    ["实际支出（万元）", "285.00", "结余（万元）", "15.00"],
    ["其中：中央财政", "171.00", "其中：中央财政", "9.00"],
    ["省财政", "{paid}", "省财政", "4.50"],
    ["县财政", "28.50", "县财政", "1.50"],
]


@pytest.mark.parametrize("joint", ["\t", " | "])
@pytest.mark.parametrize(("paid", "wrong"), [("85.50", 0), ("58.50", 1)])
def test_parts_told_in_turn_for_two_amounts_after_two(joint: str, paid: str, wrong: int) -> None:
    text = "财政支出项目绩效自评表\n" + "\n".join(joint.join(row) for row in PAIRS).format(paid=paid) + "\n"
    (table,) = read(text).money_tables
    assert [one.figure.raw for one in table.amounts if one.role is Role.PAID] == [
        "285.00",
        "171.00",
        paid,
        "28.50",
    ]
    assert [one.figure.raw for one in table.amounts if one.role is Role.BALANCE] == [
        "15.00",
        "9.00",
        "4.50",
        "1.50",
    ]
    assert len(verdicts(text, "F103")) == wrong


@pytest.mark.parametrize("joint", ["\t", " | ", "｜"])
def test_a_total_under_the_numbers_of_lines(joint: str) -> None:
    rows = [
        ["序号", "项目名称", "预算数", "支出数", "执行率", "得分"],
        ["1", "渡船", "40.00", "38.00", "95.00%", "95"],
        ["2", "浮筒", "25.00", "20.00", "80.00%", "90"],
        ["3", "候渡亭", "15.00", "15.00", "100.00%", "98"],
        ["合计", "", "80.00", "73.00", "", ""],
    ]
    text = (
        "2023年度项目资金绩效自评情况汇总表\n单位：万元\n" + "\n".join(joint.join(row) for row in rows) + "\n"
    )
    (table,) = read(text).money_tables
    assert [one.figure.raw for one in table.amounts if one.line.name == "合计"] == ["80.00", "73.00"]
    assert [one.figure.raw for one in table.of(Role.PAID)][-1] == "73.00"


@pytest.mark.parametrize("border", ["|", " | ", "｜"])
@pytest.mark.parametrize(("fuel", "wrong"), [("12.40", 0), ("14.20", 1)])
def test_two_cells_between_borders_are_a_row(border: str, fuel: str, wrong: int) -> None:
    rows = [
        ["费用名称", "金额（万元）"],
        ["燃油费", fuel],
        ["船员劳务费", "30.15"],
        ["保险费", "7.25"],
        ["合计", "49.80"],
    ]
    text = HEAD + "\n附：项目支出明细\n" + "\n".join(border.join(row) for row in rows) + "\n"
    assert len([*verdicts(text, "N402"), *verdicts(text, "F101")]) == wrong


@pytest.mark.parametrize(("paid", "wrong"), [("57.60", 0), ("56.70", 1)])
def test_the_only_scored_line_is_the_whole(paid: str, wrong: int) -> None:
    money = "资金来源\t预算数（万元）\t执行数（万元）\t执行率\t分值\t得分\n省级财政资金\t60.00\t57.60\t96.00%\t10\t9.6\n"
    text = (
        f"渡口渡船更新项目绩效自评报告\n（2023年度）\n一、资金情况\n{money}\n项目全年实际支出{paid}万元。\n"
    )
    assert len(verdicts(text, "F105")) == wrong


@pytest.mark.parametrize(
    ("filed", "wrong"), [("2023年4月10日", 1), ("2023年12月28日", 0), ("2024年3月5日", 0)]
)
def test_whole_year_told_before_it_is_over(filed: str, wrong: int) -> None:
    money = "项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t60.00\t60.00\t57.60\t10\t96.00%\t9.6\n"
    text = f"项目支出绩效自评表\n（2023年度）\n填报日期：{filed}\n项目名称\t渡口渡船更新\n{money}"
    assert len(verdicts(text, "R502")) == wrong
