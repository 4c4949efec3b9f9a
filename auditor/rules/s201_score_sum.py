"""S201 得分合计 (score.sum)

查什么  各行得分相加是否等于表内印出的每一个小计、合计、总分（整数分和半分按原数相加，更细的小数按四舍五入或截尾都算对）。
为什么  总分是评定等次和安排预算的依据；改了单项忘了改总分、抄错一位都在这里露出来。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 修缮水井数量 | ≥20口 | 20口 | 50 | 50
    效益指标 | 社会效益指标 | 受益户数 | ≥300户 | 310户 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 95% | 20 | 18
    总分 | | | | | 100 | 99
    → 不一致
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 修缮水井数量 | ≥20口 | 20口 | 50 | 50
    效益指标 | 社会效益指标 | 受益户数 | ≥300户 | 310户 | 30 | 30
    满意度指标 | 服务对象满意度指标 | 农户满意度 | ≥90% | 95% | 20 | 20
    总分 | | | | | 100 | 100
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.figures import Figure, show
from auditor.report.model import Indicator, Report, ScoreTotal
from auditor.rules import impact
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.marks import addition, as_printed, marks, plain_sum, printed, unread_within
from auditor.rules.prose_scores import Scored, scored
from auditor.rules.settings import Settings

RULE = Rule(
    code="S201",
    name="score.sum",
    title="各项得分之和与合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for stated in scored(report):
        yield from _prose(report, settings, stated)
    yield from _review(report)
    if not any(indicator.score for indicator in report.indicators):
        return
    seen: list[Decimal] = []
    for total in report.totals:
        if total.score is None:
            continue
        if total.scope is None:
            if total.score.value in seen:
                continue
            seen.append(total.score.value)
        groups = _groups(report, total)
        if groups:
            yield _compare(report, settings, total, total.score, groups)


def _prose(report: Report, settings: Settings, stated: Scored) -> Iterator[Result]:
    """Scores of classes in one sentence against the total of that sentence."""
    scores = [part.figure for part in stated.parts]
    found, total = plain_sum(scores), stated.total
    listed = "、".join(f"{part.name} {show(part.figure.value)}" for part in stated.parts)
    key = ("prose", show(total.value), listed)
    if marks(scores).meets(printed(total)):
        yield RULE.consistent(
            f"文字列出的分项得分（{listed}）相加等于 {show(total.value)}。", [stated.view],
            calculation=f"{addition(scores)} = {show(found)}", key=key,
        )  # fmt: skip
    elif stated.closed:
        difference = show(abs(found - total.value))
        yield RULE.inconsistent(
            f"文中总得分 {as_printed(total)}，列出的分项得分（{listed}）相加为 {show(found)}，相差 {difference}。",
            [total, *(part.view for part in stated.parts)],
            calculation=f"{addition(scores)} = {show(found)} ≠ {show(total.value)} (差 {difference})",
            impact=impact.of_total(report, settings, found), culprits=(total.span,), key=key,
            suggestion="核对分项得分和总得分。",
        )  # fmt: skip


def _review(report: Report) -> Iterator[Result]:
    """The reviewer's column (财政审核评分) against its own total."""
    for total in report.totals:
        stated = total.review_score
        rows = [row for row in report.indicators if row.span.start < total.span.start]
        scores = [row.review_score for row in rows if row.review_score is not None]
        if stated is None or total.scope is not None or len(scores) < 2:
            continue
        blank = [row for row in rows if row.review_score is None and row.score is not None]
        found = plain_sum(scores)
        key = ("review", total.label, show(stated.value))
        if marks(scores).meets(printed(stated)):
            yield RULE.consistent(
                f"审核评分各行之和与{total.label} {show(stated.value)} 相符。", [stated, *scores],
                calculation=f"{addition(scores)} = {show(found)}", key=key,
            )  # fmt: skip
        elif not blank:
            difference = show(abs(found - stated.value))
            yield RULE.inconsistent(
                f"审核评分各行相加为 {show(found)}，{total.label}填写 {as_printed(stated)}，相差 {difference}。",
                [stated, *scores],
                calculation=f"{addition(scores)} = {show(found)} ≠ {show(stated.value)} (差 {difference})",
                suggestion="核对审核评分和合计。", severity=Severity.MEDIUM, culprits=(stated.span,), key=key,
            )  # fmt: skip


def _groups(report: Report, total: ScoreTotal) -> list[list[Indicator]]:
    """Sets of rows the total may close, the most likely first."""
    rows = [row for row in report.indicators if not (row.shares_score and row.score is None)]
    if total.scope is not None:
        name = total.scope
        rows = [
            row
            for row in rows
            if any(name in level.name or level.name in name for level in row.path if level.name)
        ]
        return [rows] if rows else []
    if total.table is None:
        return [rows]
    above = [row for row in rows if row.span.start < total.span.start] or rows
    same = [row for row in above if row.table == total.table]
    without_execution = [row for row in above if not row.is_execution]
    without_bonus = [row for row in above if not row.is_bonus]
    earlier = [
        other.span.start
        for other in report.totals
        if other.table == total.table and other.score is not None and other.span.start < total.span.start
    ]
    since = [row for row in above if row.span.start > max(earlier, default=-1)]
    unique: list[list[Indicator]] = []
    for group in (above, without_execution, without_bonus, same, since):
        if group and group not in unique:
            unique.append(group)
    return unique


def _compare(
    report: Report, settings: Settings, total: ScoreTotal, stated: Figure, groups: list[list[Indicator]]
) -> Result:
    key = (total.label, show(stated.value))
    blank = [row for row in groups[0] if row.score is None and row.weight is not None]
    for group in groups:
        scores = [row.score for row in group if row.score is not None]
        if scores and marks(scores).meets(printed(stated)):
            return RULE.consistent(
                f"各行得分之和与{total.label} {show(stated.value)} 相符。",
                [total.span, *scores],
                calculation=f"{addition(scores)} = {show(plain_sum(scores))}",
                score_delta="0" if total.scope is None and total.table is not None else "",
                key=key,
            )
    gaps = unread_within(report, groups[0], total.span)
    if gaps:
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 无法核对：表中有 {len(gaps)} 处没有读出。",
            [total.span, *gaps],
            key=key,
        )
    if blank:
        names = "、".join(f"“{row.name}”" for row in blank[:5])
        return RULE.not_assessable(
            f"{total.label} {show(stated.value)} 无法核对：{names}等 {len(blank)} 行没有读到得分。",
            [total.span, *(row.name_view for row in blank)],
            key=key,
        )
    scores = [row.score for row in groups[0] if row.score is not None]
    found = plain_sum(scores)
    difference = show(abs(found - stated.value))
    whole = total.scope is None
    if total.table is None:
        return RULE.query(
            f"文中写总得分 {as_printed(stated)}，评分表各行得分相加为 {show(found)}，相差 {difference}。",
            [total.span, *scores],
            calculation=f"{addition(scores)} = {show(found)} ≠ {show(stated.value)} (差 {difference})",
            impact=impact.of_total(report, settings, found),
            suggestion="说明文中得分的口径，或更正。",
            severity=Severity.MEDIUM,
            culprits=(stated.span,),
            key=key,
        )
    return RULE.inconsistent(
        f"各行得分相加为 {show(found)}，{total.label}填报 {as_printed(stated)}，相差 {difference}。",
        [total.span, *scores],
        calculation=f"{addition(scores)} = {show(found)} ≠ {show(stated.value)} (差 {difference})",
        impact=impact.of_total(report, settings, found) if whole else "",
        score_delta=str(found - stated.value) if whole else "",
        suggestion="逐项核对得分，更正合计或漏改的单项得分。",
        severity=Severity.HIGH if whole else Severity.MEDIUM,
        culprits=(stated.span,),
        key=key,
    )
