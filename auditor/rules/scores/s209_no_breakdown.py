"""S209 总分没有分项 (score.no-breakdown)

查什么  报告给出总分，却没有任何分项分值和得分：没有评分表，文字中也没有各类指标的得分。
        同一句写明了哪项没有达到的，或者没有专门一节写得分、只顺带提到总分的，不提问。
为什么  只有一个总分，无法知道扣在哪里、按什么标准打分，得分不能核对。
反例
    乡镇文化站图书购置项目支出绩效自评报告
    一、项目基本情况
    2023年购置图书安排资金20万元，实际支出20万元。
    二、自评结论
    项目总体自评94分。
    → 存疑
正例
    乡镇文化站图书购置项目支出绩效自评报告
    一、项目基本情况
    2023年购置图书安排资金20万元，实际支出20万元。
    二、自评结论
    指标体系总分为100分，其中产出指标50分，效益指标30分，满意度指标20分。产出得50分，效益得28分，满意度得20分，自评总得分98分。
    → 无
依据    财预〔2020〕10号：自评得分由各项指标得分汇总形成
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.scoring.grades import full_score
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.prose_scores import class_scores, parts_in_prose, scored_in_turn, statements
from auditor.facts.scoring.told_points import deductions_told, told_in_passing
from auditor.figures import Equation, Term, show
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S209",
    name="score.no-breakdown",
    title="只有总分，没有分项得分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    total = report.total_score
    if total is None or report.form.look_alike:
        return
    if any(row.score or row.weight for row in (*report.indicators, *report.told_rows)):
        return
    if statements(report) or class_scores(report) or len(parts_in_prose(report)) >= 2:
        return
    if any(True for _ in scored_in_turn(report)):
        return
    if deductions_told(report, (full_score(report) or Decimal(100)) - total.value):
        return
    if told_in_passing(report, total):
        return
    attached = next((p.view for p in report.prose if word("scores_attached").search(p.text)), None)
    full = full_score(report) or Decimal(100)
    shown = show(total.value)
    lost = show(full - total.value) if total.value < full else ""
    note = f"，失去的 {lost} 分也没有说明" if lost else ""
    more = "报告提到另有附件，请一并报送。" if attached else ""
    yield RULE.query(
        f"报告只写总分 {shown} 分，没有各项指标的分值和得分{note}。{more}",
        [total, *([attached] if attached else [])],
        relations=(Equation(Term.exact(full) - assigned(total)),) if lost else (),
        impact=f"总分 {shown} 无法核对，等次没有依据。",
        suggestion="补报评分表：各项指标的分值、目标、实际完成值和得分。",
        severity=Severity.LOW if attached else None,
        key=(shown,),
    )
