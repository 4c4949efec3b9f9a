"""A paper of the middle of the year is no evaluation of oneself, whether its title says so or its columns do."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.report.model import FormKind

HEAD = "{title}\n（2024年度）\n项目名称\t湿地巡护\t实施单位\t清河县湿地站\n"
MONITORED = (
    "项目资金（万元）\t年初预算数\t1—7月执行数\t1—7月执行率\t全年预计执行数\n年度资金总额\t60.00\t31.20\t52%\t60.00\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t1—7月执行情况\t全年预计完成情况\n"
    "产出指标\t数量指标\t巡护里程\t≥900公里\t520公里\t≥900公里\n"
)
EVALUATED = (
    "项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分\n年度资金总额\t60.00\t60.00\t60.00\t10\t100%\t10\n"
    "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
    "产出指标\t数量指标\t巡护里程\t≥900公里\t930公里\t90\t90\n总分\t\t\t\t\t100\t100\n"
)


@pytest.mark.parametrize(
    ("title", "table", "form"),
    [
        ("项目支出绩效运行监控表", MONITORED, FormKind.MONITOR),
        ("部门预算项目支出绩效目标执行监控情况表", MONITORED, FormKind.MONITOR),
        ("绩效监控自评表", MONITORED, FormKind.MONITOR),
        ("清河县湿地站", MONITORED, FormKind.MONITOR),  # by its columns
        ("项目支出绩效自评表", EVALUATED, FormKind.SELF_EVALUATION),
        ("视频监控设备更新项目支出绩效自评表", EVALUATED, FormKind.SELF_EVALUATION),
    ],
)
def test_kind(title: str, table: str, form: FormKind) -> None:
    (report,) = read_reports(read_bytes((HEAD.format(title=title) + table).encode(), "form.txt"))
    assert report.form is form
