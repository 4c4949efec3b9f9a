"""S208 失分没有说明原因 (score.no-reason)

查什么  失了分的指标是否写明原因：有原因栏的看原因栏，没有的看自评说明和存在问题；没有得分栏的表看未达标的指标。反过来，写了未完成的原因却没有扣分的也列出。
为什么  未完成或偏差较大的指标须说明原因和改进措施；没有原因的失分无法改进，也无法核实。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 36公里 | 50 | 45 |
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 36公里 | 50 | 45 | 汛期停工，余下河段次年一季度完成
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    → 无
依据    财预〔2020〕10号：未完成绩效目标或偏离较大的，要分析说明原因并提出改进措施
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.lost_points import (
    Unexplained,
    judged_rows,
    missed_in_silence,
    needless,
    unexplained,
)
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.figures import Equation, Expression, Figure, added, show
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S208",
    name="score.no-reason",
    title="失分没有说明原因",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    rows = judged_rows(report)
    lost = [row for row in rows if row.lost is not None and row.lost > 0]
    if lost:
        yield _lost(lost, unexplained(report, lost))
    if missed := missed_in_silence(rows):
        yield _unscored(missed)
    if found := needless(report, rows):
        yield _needless(found)


def _lost(lost: list[Indicator], found: Unexplained) -> Result:
    silent, hinted = found.silent, found.hinted
    whole = sum((row.lost for row in lost if row.lost), Decimal(0))
    if not silent:
        return RULE.consistent(
            f"{len(lost)} 项失分（共 {show(whole)} 分）都能找到原因说明。",
            [row.name_view for row in lost],
            key=tuple(row.place for row in lost),
        )
    told = "、".join(_told(row) for row in silent)
    lacking = show(sum((row.lost for row in silent if row.lost), Decimal(0)))
    where = "原因（说明）栏没有填写" if found.in_cell else "报告中没有写明原因"
    more = ""
    if hinted:
        more = f"另有{'、'.join(_told(row) for row in hinted)}，自评说明或存在问题中只是提到，没有写明是不是扣分原因。"
    return RULE.query(
        f"{len(silent)} 项指标失分 {lacking} 分，{where}：{told}。{more}",
        [view for row in [*silent, *hinted] for view in _places(row)],
        relations=(Equation(added(_points(silent))),),
        impact=f"全部指标共失分 {show(whole)} 分，其中 {lacking} 分没有依据可查。",
        suggestion="逐项写明失分原因和改进措施。",
        severity=Severity.LOW if found.bare else None,
        key=tuple(f"{row.place}{show(row.lost or Decimal(0))}" for row in silent),
    )


def _points(rows: list[Indicator]) -> list[Expression]:
    return [
        replace(assigned(row.weight) - assigned(row.score), grouped=len(rows) > 1)
        for row in rows
        if row.weight and row.score
    ]


def _told(row: Indicator) -> str:
    assert row.weight is not None
    assert row.score is not None
    return f"“{row.name}”{show(row.score.value)}/{show(row.weight.value)}"


def _places(row: Indicator) -> list[View | Figure]:
    return [item for item in (row.name_view, row.weight, row.score) if item is not None]


def _unscored(missed: list[Indicator]) -> Result:
    told = "；".join(f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}" for row in missed)
    return RULE.query(
        f"{len(missed)} 项指标没有达到目标，原因栏没有填写：{told}。",
        [view for row in missed for view in cells(row)],
        suggestion="逐项写明未完成的原因和改进措施。",
        key=tuple(row.place for row in missed),
    )


def _needless(found: list[Indicator]) -> Result:
    """A reason for falling short, yet full marks."""
    told = "；".join(f"“{row.name}”{row.reason.text}" for row in found if row.reason)
    return RULE.query(
        f"{len(found)} 项指标写了未完成或有偏差的原因，却没有扣分：{told}。",
        [view for row in found for view in (row.name_view, row.reason, row.score) if view],
        suggestion="核对是否应当扣分；没有偏差的，删去原因。",
        severity=Severity.LOW,
        key=tuple(row.place for row in found),
    )
