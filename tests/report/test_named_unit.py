"""The unit of a report that names it in no field, and papers that only come with reports."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports
from auditor.report.model import FormKind

TOLD = "一、资金情况\n预算60.00万元，实际支出57.30万元，执行率95.5%。\n"


def read(text: str) -> Report:
    (report,) = read_reports(read_bytes(text.encode(), "自评.txt"))
    return report


@pytest.mark.parametrize(
    ("text", "unit", "project"),
    [
        ("关于清河县林业局2023年度湿地巡护项目绩效自评报告\n{}", "清河县林业局", "湿地巡护项目"),
        ("清河县林业局文件\n清林字〔2024〕3号\n湿地巡护项目2023年度绩效自评报告\n{}", "清河县林业局", "湿地巡护项目"),
        ("关于湿地巡护项目2023年度绩效自评报告\n{}清河县林业局（盖章）\n2024年2月28日\n", "清河县林业局", "湿地巡护项目"),
        ("湿地巡护项目2023年度绩效自评报告\n{}清河县湿地管理站\n2024年2月28日\n", "清河县湿地管理站", "湿地巡护项目"),
        ("湿地巡护项目2023年度绩效自评报告\n{}清河县湿地管理站\n二〇二四年二月二十八日\n", "清河县湿地管理站", "湿地巡护项目"),
        ("湿地巡护项目2023年度绩效自评报告\n清河县湿地站（以下简称“我站”）2023年开展巡护。\n{}", "清河县湿地站", "湿地巡护项目"),
        # No name stands whole, or nobody says that it is the writer's.
        ("湿地巡护项目2023年度绩效自评报告\n我局2023年开展巡护，县财政局拨付资金。\n{}", "", "湿地巡护项目"),
        ("湿地巡护项目2023年度绩效自评报告\n{}巡护的路线设有两个站\n2024年2月28日，巡护结束。\n", "", "湿地巡护项目"),
        (
            "湿地巡护项目2023年度绩效自评报告\n清河县林业局（以下简称我局）组织，乙县林业局（以下简称我局）。\n{}",
            "",
            "湿地巡护项目",
        ),
    ],
)  # fmt: skip
def test_customary_places(text: str, unit: str, project: str) -> None:
    report = read(text.format(TOLD))
    assert (report.unit, report.project) == (unit, project)


LETTER = "清河县林业局\n关于报送2023年度绩效自评材料的函\n县财政局：\n现将湿地巡护等2个项目的自评材料随函报送。\n附件：1.项目支出绩效自评表\n清河县林业局\n2024年3月16日\n"


@pytest.mark.parametrize(
    ("text", "form", "title"),
    [
        (LETTER, FormKind.LETTER, "关于报送2023年度绩效自评材料的函"),
        ("填报说明：请各单位于3月15日前报送。\n", FormKind.LETTER, "填报说明"),
        # With an amount of its own it states something, and so does a form behind it.
        (LETTER.replace("随函", "（预算60万元）随函"), FormKind.SELF_EVALUATION, ""),
        (
            LETTER + "项目支出绩效自评表\n（2023年度）\n项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\n年度资金总额\t60.00\t60.00\t57.00\n",
            FormKind.SELF_EVALUATION,
            "项目支出绩效自评表",
        ),
        # Silence alone says nothing: it may be a report that nobody could read.
        ("湿地巡护\n按计划完成。\n", FormKind.SELF_EVALUATION, ""),
    ],
)  # fmt: skip
def test_what_only_comes_with_reports(text: str, form: FormKind, title: str) -> None:
    report = read(text)
    assert (report.form, report.title) == (form, title)
