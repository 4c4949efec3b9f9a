"""I309 指标没有衡量产出或效益 (indicator.measures-nothing)

查什么  数量指标写的是项目自己的资金（“财政资金支付金额 ≥300万元”），不是做了多少事；效益指标只有“社会效益明显”一类的名称，
        没有说衡量什么，却填了百分比。带动投资、发放贷款等是产出，不算；定性的效益指标用文字评价的，不算。
为什么  花了多少钱是投入，由预算执行率考核；说不出衡量什么的百分比无从核对，得分没有依据。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 财政资金支付金额 | ≥300万元 | 300万元 | 50 | 50
    效益指标 | 社会效益指标 | 受益学生人数 | ≥860人 | 874人 | 50 | 50
    总分 | | | | | 100 | 100
    → 存疑
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 维修校舍面积 | ≥4200平方米 | 4260平方米 | 50 | 50
    效益指标 | 社会效益指标 | 社会效益明显 | ≥95% | 96% | 50 | 50
    总分 | | | | | 100 | 100
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 带动社会投资额 | ≥300万元 | 310万元 | 50 | 50
    效益指标 | 社会效益指标 | 受益学生人数 | ≥860人 | 874人 | 50 | 50
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2021〕101号：绩效指标应当细化、可衡量
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.empty_measures import empty_effect, money_put_in
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.shown import cells, target_text
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I309",
    name="indicator.measures-nothing",
    title="指标没有衡量产出或效益",
    severity=Severity.LOW,
    basis=("财预〔2021〕101号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    rows = [row for row in report.indicators if not is_execution_row(row)]
    yield from _told(
        [row for row in rows if money_put_in(row)],
        "项数量指标写的是项目自己的资金，不是做了多少事",
        "资金支出由预算执行率考核；改为反映工作数量的指标，并按完成数量重新评分。",
    )
    yield from _told(
        [row for row in rows if empty_effect(row)],
        "项效益指标没有说衡量什么，却填了百分比",
        "写明衡量什么（人数、户数、次数、时间等）和数据来源；说不出的，改为定性评价。",
    )


def _told(rows: list[Indicator], what: str, request: str) -> Iterator[Result]:
    if rows:
        told = "、".join(f"“{row.name}”{target_text(row)}" for row in rows)
        yield RULE.query(
            f"{len(rows)} {what}：{told}。",
            [view for row in rows for view in cells(row)],
            suggestion=request,
            key=tuple(row.place for row in rows),
        )
