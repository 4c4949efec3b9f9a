"""F107 执行率低而自评分高 (funds.low-execution)

查什么  实际支出占预算的比例低于九成（可在设置 low_execution 中改）的，自评分是否偏高（满分的九成以上，
        设置 high_score），全文是否说明了没有支出的原因。说明了原因、执行率一行又按比例扣了分的，不提问。
        分母用调整后的预算；没有写全年预算的，用年初预算加调整数。
为什么  钱没有花完，任务和成本就应有相应的交代；自评分高而没有交代，是复核必问的一项。
反例
    2023年度巡河保洁经费绩效自评报告

    全年预算100万元，实际支出70万元。
    项目总体自评95分。
    → 存疑
正例
    2023年度巡河保洁经费绩效自评报告

    全年预算100万元，实际支出97万元。
    项目总体自评95分。
    → 无
依据    财预〔2020〕10号：未完成绩效目标或偏离较大的，分析说明原因
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.grades import rank
from auditor.facts.spending import Execution, execution_of, execution_row, full_marks, reason_told
from auditor.figures import Figure, Interval, show
from auditor.report.model import FormKind, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F107",
    name="funds.low-execution",
    title="预算执行率低",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    spent = execution_of(report)
    if spent is None:
        yield _unknown(report)
        return
    percent = f"{show(spent.share * 100, 2)}%"
    score, scored = _score(report)
    if Interval.exact(1).below(spent.rate) and len(spent.evidence) > 1:
        return  # more spent than there was: F112 asks
    if not spent.rate.below(Interval.exact(settings.low_execution)):
        yield RULE.consistent(
            f"执行率 {percent}，不低于 {show(settings.low_execution * 100)}%。", spent.evidence,
            calculation=spent.told, relations=spent.relations, key=(percent,),
        )  # fmt: skip
        return
    reason = reason_told(report)
    high = _is_high(report, settings)
    deducted = _deducted(report, spent)
    evidence: list[Figure | View] = [*spent.evidence, *score]
    if reason is not None:
        evidence.append(reason)
    key = (percent, scored)
    if reason is not None and (deducted or not high):
        yield RULE.consistent(
            f"执行率 {percent}{spent.unspent}，{scored}，已说明原因{'并按比例扣分' if deducted else ''}。",
            evidence, calculation=spent.told, relations=spent.relations, key=key,
        )  # fmt: skip
        return
    told = "全文没有说明未支出的原因"
    if reason is not None:
        told = (
            "说明了原因，但执行率一项没有按比例扣分"
            if execution_row(report)
            else "说明了原因，但没有执行率一项的得分"
        )
    yield RULE.query(
        f"执行率 {percent}{spent.unspent}，{scored}，{told}。", evidence, calculation=spent.told, relations=spent.relations,
        impact=_impact(report, spent), suggestion="说明未支出的原因和对产出、成本指标的影响，并核对自评分。",
        severity=Severity.LOW if reason is not None else None, key=key,
    )  # fmt: skip


def _unknown(report: Report) -> Result:
    known = [
        amount.figure
        for role in (Role.BUDGET, Role.INITIAL, Role.INVESTED, Role.PAID)
        for amount in report.stated(role)
    ]
    missing = "实际支出" if not report.stated(Role.PAID) else "预算数"
    return RULE.not_assessable(f"没有读到全项目的{missing}，无法核算执行率。", known[:2], key=(missing,))


def _score(report: Report) -> tuple[list[Figure | View], str]:
    evidence: list[Figure | View] = []
    words = []
    score = report.total_score
    if score is not None:
        full = full_marks(report)
        words.append(
            f"自评 {show(score.value)} 分" + (f"（满分 {show(full)} 分）" if full not in (None, 100) else "")
        )
        evidence.append(score)
    if report.grade is not None:
        words.append(f"等次{report.grade.word}")
        evidence.append(report.grade.view)
    return evidence, "，".join(words) if words else "没有写明自评分"


def _is_high(report: Report, settings: Settings) -> bool:
    score = report.total_score
    if score is not None:
        return score.value >= full_marks(report) * settings.high_score
    return report.grade is not None and rank(report.grade.word) == 0


def _deducted(report: Report, spent: Execution) -> bool:
    """Whether the execution row lost at least what the missing share is worth."""
    row = execution_row(report)
    if row is None:
        return False
    weight, score = row
    earned = Interval.exact(weight.value) * spent.rate
    return not earned.below(Interval.printed(score.value, score.last_place))


def _impact(report: Report, spent: Execution) -> str:
    row = execution_row(report)
    if row is None or _deducted(report, spent):
        return ""
    weight, score = row
    earned = show(weight.value * spent.share, 2)
    return f"预算执行率一项 {show(weight.value)} 分，按比例应得 {earned} 分，自评 {show(score.value)} 分。"
