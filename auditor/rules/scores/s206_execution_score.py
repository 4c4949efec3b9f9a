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
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring import execution, impact
from auditor.facts.scoring.earning import (
    NATIONAL_EXECUTION,
    PER_POINT,
    Earned,
    relations,
    rule_for,
    short_of,
    stepped,
    words,
)
from auditor.facts.scoring.execution import Rate, Row
from auditor.facts.scoring.marks import as_printed, assigned, computed
from auditor.figures import Figure, Interval, Term, show
from auditor.language import word
from auditor.report.model import Report, ScoringRule, ScoringSubject
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S206",
    name="score.execution",
    title="预算执行得分与执行率不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号", "表内填表说明"),
)

_ONE = Interval.exact(1)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    rows = list(execution.rows(report))
    for row in rows:
        rates = execution.rates(report, row)
        evidence: list[View | Figure] = [row.name, row.weight, row.score]
        if not rates:
            yield RULE.not_assessable(
                f"预算执行得分 {show(row.score.value)}（分值 {show(row.weight.value)}）无法核对：没有读到执行率，也没有成对的预算数和执行数。",
                evidence,
                key=("no rate",),
            )
            continue
        yield _judge(report, settings, row, rates, evidence, alone=len(rows) == 1)


def _judge(
    report: Report,
    settings: Settings,
    row: Row,
    rates: list[Rate],
    evidence: list[View | Figure],
    *,
    alone: bool,
) -> Result:
    """`alone`: no other row scores an execution, whose rate these might be."""
    rule = rule_for(report, row.indicator, execution=True)
    options = [(rate, option) for rate in rates for option in _options(row, rate, rule)]
    if not options:
        return RULE.not_assessable(
            f"预算执行得分 {show(row.score.value)} 无法核对：表内分段没有包括这个执行率。",
            [*evidence, *([rule.view] if rule else [])], key=("no band",),
        )  # fmt: skip
    evidence = [*evidence, *(figure for rate in rates for figure in rate.evidence)]
    key = (show(row.weight.value), show(row.score.value), *(rate.text for rate in rates))
    score = computed(row.score, report.score_unit)
    every = [option for _, option in options]
    meeting = [(rate, option) for rate, option in options if option.points.meets(score)]
    fitting = [rate for rate, _ in meeting]
    printed = Term.plain(row.score, among=score)
    if fitting and (
        fitting[0].computed or not any(r.computed and not r.share.meets(fitting[0].share) for r in rates)
    ):
        plain = [option for _, option in meeting if score.contains(option.value)]
        if not plain and not any(figure.decimals for figure in fitting[0].evidence):
            return _only_rounded(row, meeting[0], evidence, key)
        return RULE.consistent(
            f"预算执行得分 {show(row.score.value)} 与执行率相符。", evidence, key=key,
            calculation=words(plain or every), relations=relations(plain or every, printed),
        )  # fmt: skip
    other = _other_rule(report)
    if other is not None and rule is not None and rule.view.span().overlaps(other.span()):
        other = None  # the very rule that was applied
    name = options[0][1].rule
    told = "，".join(
        f"按{_source(rate)}（{rate.text}）应为 {show(option.value, 2)}"
        for rate, option in _first_per_rate(options)
    )
    message = (
        f"预算执行一项分值 {as_printed(row.weight)}，得分 {as_printed(row.score)}；依{name}，{told}。"
        + (_hint(row, rates, score) if rule is not None else "")
    )
    effect = impact.of_score(report, settings.scale, row.score.value, options[0][1].value)
    if len({show(option.value, 2) for _, option in options}) > 1:
        effect = f"按{_source(options[0][0])}计，{effect}"
    told_in_words = words(every)
    text = f"{told_in_words}；填报 {show(row.score.value)}" if told_in_words else ""
    against = relations(every, printed)
    special = rule.exceptions if rule is not None else _for_execution(report)
    several = sum(rate.computed for rate in rates) > 1
    unsure = several or not alone or not any(rate.tabled for rate in rates)
    doubtful = bool(fitting) or other is not None or special or unsure
    culprits = tuple(figure.span for rate in fitting for figure in rate.evidence) or (row.score.span,)
    if doubtful:
        why = "报告对执行得分另有规定或例外"
        if fitting:
            why = "得分与填报的执行率相符、与金额不符"
        elif unsure:
            why = "报告中的预算数、支出数不止一种写法"
        return RULE.query(
            message, [*evidence, *([other] if other else []), *([rule.view] if rule else [])],
            calculation=text, relations=against, impact=effect, culprits=culprits, key=key,
            suggestion=f"说明得分的计算办法，或更正：{why}。", severity=Severity.MEDIUM,
            score_delta=impact.delta(row.score.value, options[0][1].value),
        )  # fmt: skip
    return RULE.inconsistent(
        message, evidence, calculation=text, relations=against, impact=effect, culprits=(row.score.span,), key=key,
        score_delta=impact.delta(row.score.value, options[0][1].value),
        suggestion="按执行率重算预算执行得分和总分。",
    )  # fmt: skip


def _for_execution(report: Report) -> bool:
    """Whether a declared rule may be meant for the execution rate too."""
    return any(
        rule.per_point is not None or rule.subject is ScoringSubject.EXECUTION
        for rule in report.scoring_rules
    )


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


def _options(row: Row, rate: Rate, rule: ScoringRule | None) -> list[Earned]:
    weight = row.weight
    if rule is not None and rule.floor is not None and rate.share.high < rule.floor:
        return [
            Earned(PER_POINT, Interval.exact(0), Decimal(0), f"{show(rate.value * 100, 2)}% 低于下限，不得分")
        ]
    if rule is not None and rule.steps:
        # "达到90%得满分" alone leaves open what is earned below.
        rest = [_proportional(weight, rate, Decimal(1))] if len(rule.steps) == 1 else []
        return [*stepped(weight, rate.share, rule.steps), *rest]
    if rule is not None and (rule.per_point is not None or rule.points_off is not None):
        aim = row.target.amount if row.target is not None else Decimal(1)
        points = ((Interval.exact(aim) - rate.share) * Interval.exact(100)).floored(Decimal(0))
        short = max((aim - rate.value) * 100, Decimal(0))
        return [short_of(weight, points, short, rule)]
    options = [_proportional(weight, rate, Decimal(1))]
    if row.target is not None and 0 < row.target.amount < 1:
        options.append(_proportional(weight, rate, row.target.amount))
    return options


def _proportional(weight: Figure, rate: Rate, aim: Decimal) -> Earned:
    points = Interval.exact(weight.value) * rate.share / Interval.exact(aim)
    value = weight.value * rate.value / aim
    share = rate.terms if aim == 1 else rate.terms / Term.exact(aim * 100, percent=True)
    terms = share * assigned(weight)
    if value > weight.value:
        told = f"{terms.text} = {show(value, 2)}，最高 {show(weight.value)}"
        return Earned(NATIONAL_EXECUTION, points.capped(weight.value), weight.value, told)
    return Earned(NATIONAL_EXECUTION, points.capped(weight.value), value, terms=terms)


def _first_per_rate(options: list[tuple[Rate, Earned]]) -> list[tuple[Rate, Earned]]:
    first: dict[str, tuple[Rate, Earned]] = {}
    for rate, option in options:
        first.setdefault(rate.text, (rate, option))
    return list(first.values())


def _hint(row: Row, rates: list[Rate], score: Interval) -> str:
    """Where the score fits a plain proportion although the form declares points per point."""
    for rate in rates:
        if (Interval.exact(row.weight.value) * rate.share).meets(score):
            return f"（填报得分与 {show(rate.value * 100, 2)}% × {show(row.weight.value)} 相近。）"
    return ""


def _other_rule(report: Report) -> View | None:
    for passage in report.prose:
        if "执行率" in passage.text:
            match = word("own_execution_rule").search(passage.text)
            if match:
                return passage.view.part(*match.span())
    return None
