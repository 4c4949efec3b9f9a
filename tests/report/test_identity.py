"""Project, unit, year, grade and the number of reports from every layout of the head."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports
from auditor.report.model import Role

MONEY = "\n项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\n年度资金总额\t60.00\t60.00\t57.00\n"


def read(text: str, name: str = "form.txt") -> list[Report]:
    return read_reports(read_bytes(text.encode(), name))


IDENTITY = {
    # text: project | unit | year
    "项目支出绩效自评表\n(2022年度)\n项目名称 | 湿地巡护\n主管部门 | 清河县林业局 | 实施单位 | 清河县湿地站\n": "湿地巡护|清河县湿地站|2022",
    "项目支出绩效自评表\n（2021年度）\n项目名称\t湿地巡护\t\n主管部门\t清河县林业局\t实施单位\t清河县湿地站\n": "湿地巡护|清河县湿地站|2021",
    "当前位置：首页 > 信息公开 > 财政信息\n项目支出绩效自评表\n（2023年度）\n项目名称：湿地巡护\n实施单位：清河县湿地站\n": "湿地巡护|清河县湿地站|2023",
    "清河县林业局2023年度湿地巡护项目支出绩效自\n评报告\n一、基本情况\n按计划完成。\n": "湿地巡护项目|清河县林业局|2023",
    "清河县林业局2023年度湿地巡护\n项目绩效自评报告\n一、基本情况\n按计划完成。\n": "湿地巡护项目|清河县林业局|2023",
    "项目支出绩效自评表\n（2022年度）\n项目名称\n湿地巡护\n主管部门\n清河县林业\n局\n实施单位\n清河县湿地资源\n保护中心\n项目资金（万元）\n年初预算数\n全年预算数\n全年执行数\n年度资金总额\n60.00\n60.00\n57.00\n": "湿地巡护|清河县湿地资源保护中心|2022",
    "项目支出绩效自评表\n（2022年度）\n项目名称\n湿地巡护\n主管部门\n清河县林业局\n实施单位\n清河县湿地站\n项目资金（万元）\n年初预算数\n全年预算数\n全年执行数\n年度资金总额\n60.00\n60.00\n57.00\n": "湿地巡护|清河县湿地站|2022",
    "项目支出绩效自评表\n二〇二二年度\n项目名称\t湿地巡护\t实施单位\t清河县湿地站\n": "湿地巡护|清河县湿地站|2022",
    "项目支出绩效自评表\n项目名称\t湿地巡护\t项目年份\t2020\n实施单位\t清河县湿地站\n": "湿地巡护|清河县湿地站|2020",
    "项目支出绩效自评表\n项目名称\t主管部门\t实施单位\n（2022年度）\n": "||2022",
    "项目支出绩效自评表\n（2022年度）\n项目名称\t湿地巡护\n资金主管部门\t清河县林业局\t具体实施部门\t清河县湿地站\n": "湿地巡护|清河县湿地站|2022",
    "项目支出绩效自评表\n（2022年度）\n专项资金名称\t湿地巡护\n归口主管单位\t清河县林业局\t项目主要承担单位\t清河县湿地站\n": "湿地巡护|清河县湿地站|2022",
    "项目支出绩效自评表\n（2022年度）\n项目名称：湿地巡护\n省级主管部门：省林业局　项目责任主体：清河县湿地站\n": "湿地巡护|清河县湿地站|2022",
    "2022年度湿地巡护项目支出绩效自评报告\n一、基本情况\n按计划完成。\n版权所有清河县人民政府办公室\n": "湿地巡护项目||2022",
    "清河县湿地站2023年鸟类栖息地修复绩效自评报告\n一、基本情况\n按计划完成。\n": "鸟类栖息地修复|清河县湿地站|2023",
    "清河县2023年度鸟类栖息地修复自评报告\n一、基本情况\n按计划完成。\n": "鸟类栖息地修复||2023",
    "清河县湿地站2023年度部门整体支出绩效自评报告\n一、基本情况\n按计划完成。\n": "|清河县湿地站|2023",
    "清河县湿地站2023年项目支出绩效自评报告\n一、基本情况\n按计划完成。\n": "|清河县湿地站|2023",
}


@pytest.mark.parametrize(("text", "wanted"), IDENTITY.items(), ids=range(len(IDENTITY)))
def test_head(text: str, wanted: str) -> None:
    report = read(text + MONEY)[0]
    assert f"{report.project}|{report.unit}|{report.fiscal_year or ''}" == wanted


def test_label_over_two_columns() -> None:
    page = (
        "<html><body><p>项目支出绩效自评表（2023年度）</p><table><tr><td colspan=3>项目名称</td><td colspan=2>湿地巡护</td></tr>"
        "<tr><td colspan=3>主管部门</td><td>清河县林业局</td><td>实施单位</td><td>清河县湿地站</td></tr></table></body></html>"
    )
    (report,) = read(page, "form.html")
    assert (report.project, report.unit) == ("湿地巡护", "清河县湿地站")


def test_a_form_around_other_tables() -> None:
    inner = "<table><tr><td>项目资金（万元）</td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td></tr><tr><td>年度资金总额</td><td>60</td><td>60</td><td>57</td></tr></table>"
    page = (
        "<html><body><table width=100%><tr><td><a href=/>首页</a> &gt; <a href=/c>公开</a></td></tr><tr><td><h2>项目支出绩效自评表（2023年度）</h2>"
        "<table border=1><tr><td>项目名称</td><td colspan=3>湿地巡护</td></tr><tr><td>主管部门</td><td>清河县林业局</td><td>实施单位</td>"
        f"<td>清河县湿地站</td></tr><tr><td colspan=4>{inner}</td></tr></table></td></tr><tr><td>主办单位：清河县人民政府办公室</td></tr></table></body></html>"
    )
    (report,) = read(page, "form.html")
    assert (report.project, report.unit, report.fiscal_year) == ("湿地巡护", "清河县湿地站", 2023)
    assert [amount.figure.value for amount in report.money_tables[0].of(Role.PAID)] == [57]


FORM = "项目支出绩效自评表\n（2022年度）\n项目名称 | {name} | |\n实施单位 | 清河县湿地站 | |\n年度资金总额 | 预算数 | 执行数 | 执行率\n合计 | {budget} | {paid} | 90%\n"


def test_two_forms_without_separator_are_two_reports() -> None:
    text = FORM.format(name="湿地巡护", budget="60", paid="54") + FORM.format(
        name="鸟类监测", budget="20", paid="18"
    )
    assert [report.project for report in read(text)] == ["湿地巡护", "鸟类监测"]


GRADES = {
    "自评得分96分，评价等级为优。": "优",
    "自评结果为“良”。": "良",
    "对评价结果为“差”的项目压减预算不低于10%。": "",
    "自评得分98分。\n今后，凡评价等级为差的项目，一律不再安排预算。": "",
    "结果运用：评价结果为“中”“差”的，相应调减下年度预算。": "",
    "若评价等级为差，则收回资金。": "",
    "将评级为良及以上的单位列入表扬名单。": "",
    "对上年度评价等级为中的项目加强跟踪。本项目自评等级为优秀。": "优秀",
    "评价等级：□优 ☑良 □中 □差": "良",
}


@pytest.mark.parametrize(("text", "grade"), GRADES.items(), ids=GRADES)
def test_grade(text: str, grade: str) -> None:
    (report,) = read(f"清河县林业局2023年度湿地巡护项目绩效自评报告\n一、自评结论\n{text}\n")
    assert (report.grade.word if report.grade else "") == grade


PAID = {
    # no year on the form: amounts of a stated year say nothing about it
    f"项目支出绩效自评表{MONEY}\n二、资金使用\n2021年实际支出40.00万元。\n": "57.00",
    f"项目支出绩效自评表{MONEY}\n二、资金使用\n全年实际支出40.00万元。\n": "57.00 40.00",
    f"项目支出绩效自评表\n（2021年度）{MONEY}\n二、资金使用\n2021年实际支出40.00万元。\n": "57.00 40.00",
    f"项目支出绩效自评表\n（2022年度）{MONEY}\n二、资金使用\n2021年实际支出40.00万元。\n": "57.00",
    "湿地巡护绩效自评报告\n一、资金\n2021年实际支出40.00万元。\n二、效果\n2021年实际支出41.00万元。\n": "40.00 41.00",
    "湿地巡护绩效自评报告\n一、资金\n2021年实际支出40.00万元。\n二、效果\n2022年实际支出41.00万元。\n": "40.00",
}


@pytest.mark.parametrize(("text", "paid"), PAID.items(), ids=range(len(PAID)))
def test_amounts_of_another_year(text: str, paid: str) -> None:
    report = read(text)[0]
    assert " ".join(amount.figure.raw.removesuffix("万元") for amount in report.stated(Role.PAID)) == paid
