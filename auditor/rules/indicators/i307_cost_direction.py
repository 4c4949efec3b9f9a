"""I307 成本指标方向 (indicator.cost-direction)

查什么  成本指标的目标有没有写成“≥”：成本越低越好，应当写“≤”。节约率、控制率一类，补助、工资等发放标准，以及没有写方向的，不查。
为什么  目标写成“≥”，花得越多得分越高；达标与否、得分多少都会判反。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 改造管网长度 | ≥6公里 | 6.2公里 | 40 | 40
    成本指标 | 经济成本指标 | 每公里改造成本 | ≥85万元 | 86.5万元 | 20 | 20
    效益指标 | 社会效益指标 | 受益居民户数 | ≥3200户 | 3265户 | 40 | 40
    总分 | | | | | 100 | 100
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 改造管网长度 | ≥6公里 | 6.2公里 | 40 | 40
    成本指标 | 经济成本指标 | 每公里改造成本 | ≤85万元 | 84.5万元 | 20 | 20
    效益指标 | 社会效益指标 | 受益居民户数 | ≥3200户 | 3265户 | 40 | 40
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2021〕101号：成本指标反映控制成本的要求
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.cost_targets import upward
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I307",
    name="indicator.cost-direction",
    title="成本指标的目标写成“≥”",
    severity=Severity.MEDIUM,
    basis=("财预〔2021〕101号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    found = [row for row in report.indicators if upward(row)]
    if not found:
        return
    told = "；".join(f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}" for row in found)
    yield RULE.query(
        f"{len(found)} 项成本指标的目标写成“≥”，花得越多越算完成：{told}。",
        [view for row in found for view in cells(row)],
        suggestion="成本指标应当写“≤”；确以“≥”考核的，说明理由。改正方向以后重新核对是否达标和得分。",
        key=tuple(row.place for row in found),
    )
