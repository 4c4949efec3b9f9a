"""A summary of several projects, and the form of each behind it, on a sheet of its own."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.facts.row_relations import row_relations
from auditor.pipeline import run
from auditor.report import read_reports
from auditor.report.model import Report, Role
from auditor.rules.catalogue import catalogue

NAMES = {"清淤疏浚": ("52.00", "48.10", "9.25"), "河面保洁": ("31.00", "30.40", "9.81")}


def _row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _summary(head: str) -> str:
    rows = "".join(_row(str(n), name, *told[:2]) for n, (name, told) in enumerate(NAMES.items(), 1))
    total = "<tr><td colspan='2'>合计</td><td>83.00</td><td>78.50</td></tr>"
    return f"<table>{_row('序号', head, '预算数', '执行数')}{rows}{total}</table>"


def _form(budget: str, paid: str, score: str) -> str:
    rows = _row("预算执行", "执行率", "100%", "", "10", score)
    rows += _row("产出", "完成河段", "≥8段", "9段", "60", "60")
    rows += _row("效益", "居民满意度", "≥90%", "93%", "30", "30")
    return (
        f"<table>{_row('预算数', budget, '执行数', paid)}"
        f"{_row('指标', '内容', '计划', '完成', '权重', '得分')}{rows}</table>"
    )


def _reports(head: str, title: str, name: str = "{name}") -> list[Report]:
    text = f"<h1>某区水务局2023年度绩效自评汇总表</h1><p>单位：万元</p>{_summary(head)}"
    text += "".join(f"<p>{title.format(name=name)}</p>{_form(*told)}" for name, told in NAMES.items())
    return read_reports(read_bytes(text.encode(), "book.html"))


@pytest.mark.parametrize("title", ["{name}", "{name}绩效自评表", "{name}项目支出绩效自评表"])
@pytest.mark.parametrize("head", ["项目", "项目名称"])
def test_each_form_is_a_report_of_its_own(head: str, title: str) -> None:
    summary, *forms = _reports(head, title)
    assert [one.figure.raw for one in summary.money_tables[0].of(Role.BUDGET)] == ["52.00", "31.00", "83.00"]
    assert not summary.indicators
    assert not summary.doubtful
    for form, (budget, paid, _) in zip(forms, NAMES.values(), strict=True):
        assert [one.figure.raw for one in form.stated(Role.BUDGET)] == [budget]
        assert [one.figure.raw for one in form.stated(Role.PAID)] == [paid]
        assert len(form.indicators) == 3


def test_chapters_under_the_names_of_projects_are_one_report() -> None:
    text = f"<h1>某区水务局2023年度绩效自评报告</h1><p>单位：万元</p>{_summary('项目名称')}"
    text += "".join(f"<p>{name}</p><p>全年完成河段9段，居民反映良好。</p>" for name in NAMES)
    assert len(read_reports(read_bytes(text.encode(), "report.html"))) == 1


HEADERS = {
    "departments": ("序号", "项目名称", "主管部门"),
    "no numbers": ("项目名称", "实施单位"),
}


@pytest.mark.parametrize("labels", HEADERS.values(), ids=HEADERS)
def test_labels_beside_a_label_over_several_columns(labels: tuple[str, ...]) -> None:
    upper = "".join(f"<td rowspan='2'>{label}</td>" for label in labels)
    upper = f"<tr>{upper}<td colspan='3'>预算执行情况</td><td rowspan='2'>自评得分</td></tr>"
    lower = _row("全年预算数", "全年执行数", "执行率")
    rows = ""
    for number, (name, told) in enumerate(NAMES.items(), 1):
        lead = {"序号": str(number), "项目名称": name}
        cells = [lead.get(label, "区水务局") for label in labels]
        rows += _row(*cells, *told[:2], "92.50%" if number == 1 else "98.06%", "98")
    total = f"<tr><td colspan='{len(labels)}'>合计</td><td>83.00</td><td>78.50</td><td>94.58%</td></tr>"
    text = f"<h1>某区2023年度绩效自评汇总表</h1><p>单位：万元</p><table>{upper}{lower}{rows}{total}</table>"
    (report,) = read_reports(read_bytes(text.encode(), "book.html"))
    (table,) = report.money_tables
    assert [one.line.name for one in table.of(Role.PAID)] == [*NAMES, "合计"]
    assert [one.figure.raw for one in table.of(Role.EXECUTION_RATE)] == ["92.50%", "98.06%", "94.58%"]
    assert not report.doubtful


@pytest.mark.parametrize("value", ["数值", "指标数值", "目标数"])
def test_target_in_three_cells_under_one_label(value: str) -> None:
    upper = "".join(f"<td rowspan='2'>{label}</td>" for label in ("一级指标", "二级指标", "三级指标"))
    upper += "<td colspan='3'>年度指标值</td>"
    upper += "".join(f"<td rowspan='2'>{label}</td>" for label in ("实际完成值", "分值", "得分"))
    text = (
        f"<h1>清淤疏浚项目支出绩效自评表</h1><table><tr>{upper}</tr>{_row('符号', value, '单位')}"
        f"{_row('产出指标', '数量指标', '完成河段', '≥', '80', '段', '72', '60', '54')}"
        f"{_row('效益指标', '满意度', '居民满意度', '≥', '90', '%', '93', '30', '30')}</table>"
    )
    (report,) = read_reports(read_bytes(text.encode(), "form.html"))
    told = [(one.sign, one.target, one.unit) for one in report.indicators]
    assert [[view.text for view in views if view] for views in told] == [["≥", "80", "段"], ["≥", "90", "%"]]


def test_a_summary_is_held_against_the_forms() -> None:
    rows = _row("1", "清淤疏浚", "52.00", "41.80", "99.25") + _row("2", "河面保洁", "31.00", "30.40", "98.91")
    total = "<tr><td colspan='2'>合计</td><td>83.00</td><td>72.20</td><td></td></tr>"
    head = _row("序号", "项目名称", "预算数", "执行数", "自评得分")
    text = f"<h1>某区水务局2023年度绩效自评汇总表</h1><p>单位：万元</p><table>{head}{rows}{total}</table>"
    for (name, told), points in zip(NAMES.items(), ("99.25", "99.81"), strict=True):
        closing = _row("得分合计", "", "", "", "100", points)
        text += f"<p>{name}绩效自评表</p><p>单位：万元</p>{_form(*told).replace('</table>', closing)}</table>"
    found = {
        (item.result.rule.code, item.result.verdict.value): item.result.message
        for document in run([read_bytes(text.encode(), "book.html")], catalogue()).documents
        for report in document.reports
        for item in report.items
        if item.result.flagged
    }
    assert "41.80万元，该项目的自评表填 48.10万元" in found["F105", "inconsistent"]
    assert "98.91，该项目的自评表填 99.81" in found["S201", "query"]
    assert len(found) == 2


UPPER = {"小计": ("小计", "基本支出", "项目支出"), "other words": ("合计", "人员", "业务")}


@pytest.mark.parametrize("lower", UPPER.values(), ids=UPPER)
def test_columns_under_two_amounts(lower: tuple[str, ...]) -> None:
    upper = "<td rowspan='2'>单位</td><td colspan='3'>年初预算</td><td colspan='3'>决算支出</td>"
    text = (
        f"<h1>某区水务局部门整体支出绩效自评报告</h1><p>单位：万元</p><table><tr>{upper}</tr>{_row(*lower, *lower)}"
        f"{_row('局机关', '83.00', '52.00', '31.00', '78.50', '48.10', '30.40')}"
        f"{_row('河道所', '61.00', '40.00', '21.00', '59.70', '39.20', '20.50')}"
        f"{_row('防汛站', '47.00', '33.00', '14.00', '46.20', '32.60', '13.60')}"
        f"{_row('全局', '191.00', '125.00', '66.00', '184.40', '119.90', '64.50')}</table>"
    )
    (report,) = read_reports(read_bytes(text.encode(), "report.html"))
    (grid,) = report.grids
    relations = {one.columns: one.missed for one in row_relations(grid)}
    assert {columns: [] for columns in ((2, 3, 1), (5, 6, 4))} == relations
