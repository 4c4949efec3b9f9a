"""S202 得分超过分值 (score.above-weight)

查什么  每一行得分是否超过本行分值，分值、得分是否为负；文字里写的分项得分是否超过文字里写的分项分值。
为什么  单项得分不能超过分值；超过的部分虚增总分。加分项没有分值，不在此列。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 发放图书数量 | ≥800册 | 820册 | 60 | 62
    效益指标 | 社会效益指标 | 借阅人次 | ≥3000人次 | 3100人次 | 40 | 38
    总分 | | | | | 100 | 100
    → 不一致
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 发放图书数量 | ≥800册 | 820册 | 60 | 60
    效益指标 | 社会效益指标 | 借阅人次 | ≥3000人次 | 3100人次 | 40 | 40
    总分 | | | | | 100 | 100
    → 无
依据    表内分值；财预〔2020〕10号：单项得分以该项分值为上限
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring import impact
from auditor.facts.scoring.marks import as_printed, assigned
from auditor.facts.scoring.prose_scores import class_scores, class_weights
from auditor.figures import Equation, Term, show
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S202",
    name="score.above-weight",
    title="得分超过分值",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号", "表内分值"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    read = [
        row
        for row in (*report.indicators, *report.told_rows)
        if row.weight is not None and row.score is not None
    ]
    broken = [result for row in read for result in _row(report, settings, row)]
    yield from broken
    if read and not broken:
        yield RULE.consistent(
            f"{len(read)} 行得分都没有超过分值。",
            [row.score for row in read if row.score is not None],
            calculation="得分 ≤ 分值",
            key=(str(len(read)),),
        )
    yield from _prose(report)


def _row(report: Report, settings: Settings, row: Indicator) -> Iterator[Result]:
    weight, score = row.weight, row.score
    assert weight is not None
    assert score is not None
    w, s = show(weight.value), show(score.value)
    if weight.value < 0 or score.value < 0:
        yield RULE.inconsistent(
            f"“{row.name}”分值 {w}、得分 {s}，分值和得分不能为负数。",
            [row.name_view, weight, score],
            relations=(
                Equation(assigned(weight if weight.value < 0 else score), Term.exact(0), "≥", gap=""),
            ),
            suggestion="更正本行分值或得分。",
            culprits=(weight.span if weight.value < 0 else score.span,),
            key=(row.place, w, s),
        )
    elif score.value > weight.value and not row.shares_score and not row.is_bonus:
        yield RULE.inconsistent(
            f"“{row.name}”得分 {as_printed(score)}，超过分值 {as_printed(weight)}。",
            [row.name_view, weight, score],
            relations=(Equation(assigned(score) - assigned(weight), Term.exact(0), "≤", gap=""),),
            impact=impact.of_score(report, settings.scale, score.value, weight.value),
            score_delta=impact.delta(score.value, weight.value),
            suggestion=f"更正本行得分（最高 {w}），并重算总分。",
            culprits=(score.span,),
            key=(row.place, w, s),
        )


def _prose(report: Report) -> Iterator[Result]:
    """Scores of classes in prose against the weights stated elsewhere in prose; one result for all."""
    weights = {part.name: part for part in class_weights(report)}
    above = [
        (weights[part.name], part)
        for part in class_scores(report)
        if part.name in weights and part.figure.value > weights[part.name].figure.value
    ]
    if not above:
        return
    told = "；".join(
        f"“{score.name}”自评得分 {show(score.figure.value)}，前文分值 {show(weight.figure.value)}"
        for weight, score in above
    )
    yield RULE.query(
        f"文字中的分项得分高于前文写明的分项分值：{told}。",
        [part.view for pair in above for part in pair],
        relations=tuple(Equation(assigned(s.figure), assigned(w.figure), "≤", gap="") for w, s in above),
        suggestion="说明分项得分按什么满分计算，与指标体系的分值统一口径。",
        severity=Severity.MEDIUM,
        culprits=tuple(score.figure.span for _, score in above),
        key=tuple(f"{s.name}{show(s.figure.value)}/{show(w.figure.value)}" for w, s in above),
    )
