"""S206 预算执行得分 (score.execution)

查什么  预算执行率一行的得分按执行率和分值重算（执行率×分值，最高不超过分值；表内另有办法的按表内办法）。执行率取资金表的执行数÷调整后预算数，表上另印执行率的也算一遍。
为什么  执行得分完全由两个金额决定，是最容易核实的一项。
反例
    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | | 年度资金总额 | 200.00 | 200.00 | 150.00 | 10 | 75.00% | 9.5 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 修补道路面积 | ≥900平方米 | 905平方米 | 90 | 90 |
    | 总分 | | | | | 100 | 99.5 |
    → 不一致
正例
    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | | 年度资金总额 | 200.00 | 200.00 | 190.00 | 10 | 95.00% | 9.5 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 修补道路面积 | ≥900平方米 | 905平方米 | 90 | 90 |
    | 总分 | | | | | 100 | 99.5 |
    → 无
依据    表内填表说明；财预〔2020〕10号附表：预算执行率得分＝执行率×分值
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring import impact
from auditor.facts.scoring.earning import (
    Earned,
    relations,
    words,
)
from auditor.facts.scoring.execution import Rate, Row
from auditor.facts.scoring.execution_points import Doubt, ExecutionScore, execution_scores
from auditor.facts.scoring.marks import as_printed
from auditor.figures import Figure, Term, show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S206",
    name="score.execution",
    title="预算执行得分与执行率不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号", "表内填表说明"),
)


_WHY = {
    Doubt.BY_ITS_RATE: "得分与填报的执行率相符、与金额不符",
    Doubt.SEVERAL: "报告中的预算数、支出数不止一种写法",
    Doubt.OWN_RULE: "报告对执行得分另有规定或例外",
}


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for told in execution_scores(report):
        row = told.row
        evidence: list[View | Figure] = [row.name, row.weight, row.score]
        if not told.rates:
            yield RULE.not_assessable(
                f"预算执行得分 {show(row.score.value)}（分值 {show(row.weight.value)}）无法核对：没有读到执行率，也没有成对的预算数和执行数。",
                evidence,
                key=("no rate",),
            )
        elif not told.options:
            yield RULE.not_assessable(
                f"预算执行得分 {show(row.score.value)} 无法核对：表内分段没有包括这个执行率。",
                [*evidence, *_rule(told)], key=("no band",),
            )  # fmt: skip
        else:
            evidence += (figure for rate in told.rates for figure in rate.evidence)
            yield _holds(told, evidence) if told.holds else _differs(report, settings, told, evidence)


def _rule(told: ExecutionScore) -> list[View]:
    return [told.rule.view] if told.rule else []


def _key(told: ExecutionScore) -> tuple[str, ...]:
    return (show(told.row.weight.value), show(told.row.score.value), *(rate.text for rate in told.rates))


def _holds(told: ExecutionScore, evidence: list[View | Figure]) -> Result:
    if told.only_rounded:
        return _only_rounded(told.row, told.fitting[0], evidence, _key(told))
    options = told.plain or [option for _, option in told.options]
    return RULE.consistent(
        f"预算执行得分 {show(told.row.score.value)} 与执行率相符。", evidence, key=_key(told),
        calculation=words(options), relations=relations(options, Term.plain(told.row.score, among=told.score)),
    )  # fmt: skip


def _differs(
    report: Report, settings: Settings, told: ExecutionScore, evidence: list[View | Figure]
) -> Result:
    row, (rate, option) = told.row, told.options[0]
    every = [option for _, option in told.options]
    due = "，".join(
        f"按{_source(rate)}（{rate.text}）应为 {show(option.value, 2)}"
        for rate, option in told.first_per_rate
    )
    message = (
        f"预算执行一项分值 {as_printed(row.weight)}，得分 {as_printed(row.score)}；依{option.rule}，{due}。"
        + _hint(told)
    )
    effect = impact.of_score(report, settings.scale, row.score.value, option.value)
    if len({show(option.value, 2) for option in every}) > 1:
        effect = f"按{_source(rate)}计，{effect}"
    in_words = words(every)
    text = f"{in_words}；填报 {show(row.score.value)}" if in_words else ""
    against = relations(every, Term.plain(row.score, among=told.score))
    delta = impact.delta(row.score.value, option.value)
    if told.doubt is None:
        return RULE.inconsistent(
            message, evidence, calculation=text, relations=against, impact=effect, culprits=(row.score.span,),
            key=_key(told), score_delta=delta, suggestion="按执行率重算预算执行得分和总分。",
        )  # fmt: skip
    culprits = tuple(figure.span for rate, _ in told.fitting for figure in rate.evidence) or (row.score.span,)
    return RULE.query(
        message, [*evidence, *([told.other] if told.other else []), *_rule(told)],
        calculation=text, relations=against, impact=effect, culprits=culprits, key=_key(told),
        suggestion=f"说明得分的计算办法，或更正：{_WHY[told.doubt]}。", severity=Severity.MEDIUM, score_delta=delta,
    )  # fmt: skip


def _hint(told: ExecutionScore) -> str:
    rate = told.in_proportion
    if rate is None:
        return ""
    return f"（填报得分与 {show(rate.value * 100, 2)}% × {show(told.row.weight.value)} 相近。）"


def _source(rate: Rate) -> str:
    return "金额" if rate.computed else "填报的执行率"


def _only_rounded(
    row: Row, fitting: tuple[Rate, Earned], evidence: list[View | Figure], key: tuple[str, ...]
) -> Result:
    """The score fits whole amounts that were rounded, but not the amounts as they are printed."""
    rate, option = fitting
    score = as_printed(row.score)
    return RULE.query(
        f"预算执行得分 {score}，按执行率（{rate.text}）直接计算应为 {show(option.value, 2)}，"
        f"只有金额经过取整才可能是 {score}。",
        evidence, calculation=words([option]), relations=relations([option], Term.of(row.score)), severity=Severity.LOW, key=key,
        culprits=(row.score.span,), suggestion="按未取整的金额核对执行率和得分。",
    )  # fmt: skip
