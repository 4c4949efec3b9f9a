"""F106 执行率、到位率 (funds.printed-rate)

查什么  填报的预算执行率、到位率、支出率与表内金额重算是否一致；指标表里重复填的执行率一并核对；
        节约率与未支出比例是否相符。执行率的分母是调整后的全年预算数。
        文字里的执行率先与同一句里的预算和支出比，没有的才与全项目的金额比；上年、平均、别的单位的不比。
为什么  执行率直接换算得分；用错分母、照抄上年、手工估填都在这里露出来。
反例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 100.00 | 100.00 | 80.00 | 10 | 98% | 8
    → 不一致
正例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 0 | 412.50 | 396.84 | 10 | 96% | 9.62
    → 无
依据    财预〔2020〕10号项目支出绩效自评表：执行率＝全年执行数÷全年预算数
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from auditor.document import Span
from auditor.facts.claim import Claim as Told
from auditor.facts.claim import Shape, Strength
from auditor.facts.funds import (
    Budget,
    quotient,
)
from auditor.facts.indicator_rates import indicator_rates
from auditor.facts.printed_rates import Fit, Named, Printed, Where
from auditor.facts.ratios import ratios
from auditor.facts.saving_rates import Saving, Unsaved, told_savings
from auditor.facts.scoring import execution
from auditor.facts.table_rates import table_rates
from auditor.facts.telling import doubts
from auditor.facts.told_rates import told_rates
from auditor.figures import Equation, Kind, Term, show
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import ByOthers, Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="F106",
    name="funds.printed-rate",
    title="执行率（到位率）与金额不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号",),
    by_others=ByOthers.ASKED,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: set[Span] = set()
    own = set(execution.on_declared_base(report))
    for one in chain(table_rates(report), indicator_rates(report), told_rates(report), told_savings(report)):
        result = (
            _unsaved(one)
            if isinstance(one, Unsaved)
            else _saving(one)
            if isinstance(one, Saving)
            else _rate(one)
        )
        if result.verdict is Verdict.CONSISTENT or own.isdisjoint(result.evidence):
            told.update(result.evidence)
            yield result
    for claim in ratios(report):
        fresh = claim.whole.figure.span not in told
        if fresh and claim.shape is Shape.RATE and claim.parts[0].kind is Kind.MONEY:
            yield _claimed(claim)


def _claimed(claim: Told) -> Result:
    """A rate of money against the two amounts of its sentence that its words name."""
    rate = claim.whole.figure
    name = word("filler_end").sub("", claim.whole.head)
    if len(name) < 2:  # "为概算1.28亿元的95%"
        name = f"{claim.parts[1].told()}{name}比率"
    evidence = [rate, *(one.figure for one in claim.parts)]
    key = (name, rate.raw, *(one.figure.raw for one in claim.parts))
    if claim.holds:
        return RULE.consistent(
            f"文字中的“{name}” {rate.raw} 与金额相符。",
            evidence,
            relations=(claim.relation.equation(),),
            key=key,
        )
    certain = claim.strength is Strength.PROOF
    return RULE.by(claim.strength)(
        f"文字中的“{name}”填 {rate.raw}，按“{claim.parts[0].told()}”和“{claim.parts[1].told()}”重算不是这个数{doubts(claim)}。",
        evidence,
        relations=(claim.relation.equation(),),
        suggestion="核对两个金额和比率，更正写错的一个。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(rate.span,),
        key=key,
    )


def _label(named: Named) -> str:
    match named.where:
        case Where.TABLE:
            return f"“{named.name}”{named.column}"
        case Where.INDICATOR:
            return f"指标“{named.name}”完成值"
        case Where.TEXT:
            return f"文字中的{named.name}"


def _rate(one: Printed) -> Result:
    """A printed rate against the amounts it is measured by."""
    rate, base, label = one.rate, one.base, _label(one.named)
    if base is None:
        why = "没有找到分母" if one.fit is Fit.NO_BASE else "分母为 0"
        return RULE.not_assessable(
            f"{label} {rate.raw}：{why}，无法重算。", one.figures, key=(label, rate.raw)
        )
    relation = Equation(
        Term.plain(one.part, base.scale) / base.terms, Term.of(rate, text=rate.raw), percent=True,
        note=f"（{base.parts[0].unit}）", named="填报 {}", holds=one.fit is not Fit.FAILS,
    )  # fmt: skip
    key = (label, rate.raw, show(one.part.value), base.written)
    if one.fit is Fit.HOLDS:
        return RULE.consistent(
            f"{label} {rate.raw} 与金额相符。", one.figures, relations=(relation,), key=key
        )
    if one.fit is Fit.ROUNDED:
        return _only_rounded(one, base, label, relation, key)
    if rate.doubtful:
        return RULE.query(
            f"{label}填 {rate.raw}，没有写百分号；按金额重算 {relation.computed.text} = {relation.shown}%"
            f"（{base.parts[0].unit}），作为比例和作为百分数都不相符。",
            one.figures, relations=(relation,),
            suggestion="重算执行率并写明百分号。", culprits=(rate.span,), key=(label, rate.raw),
        )  # fmt: skip
    certain, computed = one.strength is Strength.PROOF, quotient(one.part.amount, base.amount)
    return RULE.by(one.strength)(
        f"{label}填 {rate.raw}，按金额重算 {relation.computed.text} 为 {computed}，两者不符。",
        one.figures,
        relations=(relation,),
        impact="执行率换算得分，直接影响自评总分。",
        suggestion="按全年执行数÷全年预算数重算执行率，并相应更正得分。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(rate.span,),
        key=key,
    )


def _only_rounded(one: Printed, base: Budget, label: str, relation: Equation, key: tuple[str, ...]) -> Result:
    if any(figure.decimals for figure in (one.part, *base.parts)):
        return RULE.consistent(
            f"{label} {one.rate.raw} 与金额相符（金额取整所致的差别之内）。", one.figures, key=key, relations=(relation,)
        )  # fmt: skip
    computed = quotient(one.part.amount, base.amount)
    return RULE.query(
        f"{label}填 {one.rate.raw}，按所填金额直接计算为 {computed}，只有金额经过取整才可能是 {one.rate.raw}。",
        one.figures, relations=(relation,), suggestion="按未取整的金额核对执行率，或填写带小数的金额。",
        severity=Severity.LOW, culprits=(one.rate.span,), key=key,
    )  # fmt: skip


def _saving(one: Saving) -> Result:
    """A rate of saving against the share that is not spent."""
    rate, label, shown = one.rate, _label(one.named), f"{show(one.share, 2)}%"
    evidence, key = [rate, one.spent, *one.base.parts], (label, one.written, shown)
    relation = Equation(
        one.unspent, Term.of(rate, text=f"{rate.digits}%" if rate.is_bound else one.written), sign=one.sign,
        percent=True, note="（未支出）", named="填报 {}", holds=one.holds,
    )  # fmt: skip
    if one.holds:
        return RULE.consistent(
            f"{label} {one.written} 与未支出比例相符。", evidence, relations=(relation,), key=key
        )
    return RULE.query(
        f"{label}填 {one.written}，而按金额未支出的占 {shown}，请说明节约率怎样算得。",
        evidence,
        relations=(relation,),
        suggestion="说明节约率的口径；未支付不等于节约。",
        severity=Severity.LOW,
        culprits=(rate.span,),
        key=key,
    )


def _unsaved(one: Unsaved) -> Result:
    indicator, spent, budget = one.indicator, one.spent, one.base
    return RULE.query(
        f"指标“{indicator.name}”要节约 {one.aim.raw} 并得满分，而预算 {budget.written}、支出"
        f" {show(spent.value)}（{spent.unit}）相等，没有节约。",
        [one.aim, spent, *budget.parts],
        relations=(Equation(one.unspent, percent=True, note="（未支出）"),),
        suggestion="说明节约率的口径和依据；没有节约的，相应扣分。",
        culprits=(indicator.name_view.span(),),
        key=(indicator.name, one.aim.raw, budget.written),
    )
