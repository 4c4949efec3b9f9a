"""S205 定量指标得分 (score.quantitative)

查什么  定量指标的得分按规则重算：表内写明评分办法的按表内办法；没有写明的按“达标得满分，未达标＝分值×实际÷目标”，越低越好的指标两种通行算法都试；写明用的是哪一条并代入数字。未达标却得满分的归 I301。
为什么  定量指标有公式可算，少扣、多扣都会改变总分。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 检测样品批次 | ≥200批次 | 160批次 | 50 | 45 | 采样车辆故障，顺延到次年
    效益指标 | 社会效益指标 | 公示检测结果次数 | ≥12次 | 12次 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    备注：定量指标未达目标的，得分＝分值×实际完成值÷目标值。
    → 不一致
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 检测样品批次 | ≥200批次 | 160批次 | 50 | 45 | 采样车辆故障，顺延到次年
    效益指标 | 社会效益指标 | 公示检测结果次数 | ≥12次 | 12次 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 检测样品批次 | ≥200批次 | 160批次 | 50 | 40 | 采样车辆故障，顺延到次年
    效益指标 | 社会效益指标 | 公示检测结果次数 | ≥12次 | 12次 | 50 | 50 |
    总分 | | | | | 100 | 90 |
    → 无
依据    表内评分办法；财预〔2020〕10号：完成指标值的记该指标全部分值，未完成的按完成值与指标值的比例记分
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring import impact
from auditor.facts.scoring.earning import (
    PER_POINT,
    Declared,
    Earned,
    declared,
    earned,
    relations,
    rule_for,
    words,
)
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.marks import as_printed, computed
from auditor.facts.scoring.repeated import repeats_target
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.facts.scoring.targets import Comparison, compare
from auditor.figures import Figure, Term, show
from auditor.report.model import Indicator, Report, ScoringRule
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S205",
    name="score.quantitative",
    title="定量指标得分与评分办法不符",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号", "表内评分办法"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    own = declared(report)
    unit = report.score_unit
    for row in report.indicators:
        if is_execution_row(row) or row.shares_score or row.weight is None or row.score is None:
            continue
        outcome = compare(row)
        if outcome is None or outcome.met is None or row.weight.value <= 0 or repeats_target(row, outcome):
            continue
        if row.full_marks and not outcome.met:
            continue  # I301
        rule = rule_for(report, row)
        options = earned(row.weight, outcome, own, rule)
        if options:
            yield from _judge(report, settings, row, outcome, options, own, rule, unit)


def _judge(
    report: Report,
    settings: Settings,
    row: Indicator,
    outcome: Comparison,
    options: list[Earned],
    own: Declared,
    rule: ScoringRule | None,
    unit: Decimal,
) -> Iterator[Result]:
    weight, score = row.weight, row.score
    assert weight is not None
    assert score is not None
    evidence = _evidence(row, weight, score)
    key = (row.place, show(weight.value), show(score.value))
    printed = Term.plain(score, among=computed(score, unit))
    fitting = next((option for option in options if option.points.meets(computed(score, unit))), None)
    if fitting is not None:
        yield RULE.consistent(
            f"“{row.name}”得分 {show(score.value)} 符合{fitting.rule}。", evidence,
            calculation=words([fitting]), relations=relations([fitting], printed), key=key,
        )  # fmt: skip
        return
    written = any(option.rule in ("表内公式", PER_POINT) for option in options)
    if (outcome.met and not written) or score.value > weight.value:
        return  # marks lost without need: S208 · more than the weight: S202
    best = options[0]
    message = (
        f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}，分值 {as_printed(weight)}，"
        f"得分 {as_printed(score)}；按{best.rule}应为 {show(best.value, 2)}。"
    )
    proven = written and outcome.formal and not (rule is not None and rule.exceptions)
    lower = all(score.value < option.value for option in options)
    places = [*evidence, *_basis(own, rule)]
    told = words(options)
    calculation = f"{told} ≠ {show(score.value)}" if told else ""
    against = relations(options, printed, named=True)
    effect = impact.of_score(report, settings.scale, score.value, best.value)
    if proven:
        yield RULE.inconsistent(
            message, places, calculation=calculation, relations=against, impact=effect, key=key, culprits=(score.span,),
            score_delta=impact.delta(score.value, best.value),
            suggestion="按表内评分办法重算本项得分。",
        )  # fmt: skip
    else:
        yield RULE.query(
            message, places, calculation=calculation, relations=against, impact=effect, key=key, culprits=(score.span,),
            suggestion="说明本项得分的计算办法，或按规定重算。",
            severity=Severity.LOW if lower else Severity.MEDIUM,
        )  # fmt: skip


def _evidence(row: Indicator, weight: Figure, score: Figure) -> list[View | Figure]:
    return [*cells(row), weight, score]


def _basis(own: Declared, rule: ScoringRule | None) -> list[View]:
    if rule is not None:
        return [rule.view]
    return [view for view in (own.proportion, own.ratio, own.excess) if view is not None]
