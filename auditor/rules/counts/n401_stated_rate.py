"""N401 比率与旁边的数量 (number.rate-against-counts)

查什么  文字里写明的比率（办结率、合格率、满意度、占比、升降幅度等）与紧挨着它的两个数量是否算得出来；指标表另有完成率一栏的，与目标值、实际完成值是否算得出来；有偏差率一栏的，与目标值、实际完成值之差是否算得出来；有得分率（得分系数）一栏的，与分值、得分是否算得出来。
为什么  比率由数量算出；数量或比率改过一头、另一头没改，评价依据就不成立。
反例
    二、核查情况
    全年抽检样品80份，合格60份，合格率95%。
    → 不一致
反例
    二、核查情况
    平均等候时间由2021年的40分钟下降到30分钟，下降35%。
    → 不一致
反例
    二、核查情况
    计划修缮渠道40公里，实际修缮45公里，完成计划的122.5%。
    → 不一致
反例
    二、核查情况
    发放问卷200份，满意168份，满意率95.5%。
    → 存疑
正例
    二、核查情况
    发放问卷200份，收回有效问卷180份，表示满意的171份，满意度95%。
    → 无
正例
    二、核查情况
    其余20户说明了原因（可多选）：水压低9户，占45%；停水多8户，占40%；水价高6户，占30%。
    → 无
依据    表内关系：比率＝分子÷分母；比率按四舍五入或截位两种印法都算相符
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from auditor.document import Span, View
from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.impossible_rates import above_all
from auditor.facts.plain_rates import MOST_TASKS, crowded_tasks
from auditor.facts.quantity import Quantity
from auditor.facts.rates_beside import Beside, beside
from auditor.facts.ratios import ratios
from auditor.facts.scoring.completion import Completion, completions, deviations, score_rates
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.facts.stated import facts_of
from auditor.facts.steps import step_claims
from auditor.facts.telling import doubts, holding, key_of, not_holding
from auditor.figures import Equation, Figure, Kind, Operation, Term
from auditor.report.model import Report
from auditor.rules.base import ByOthers, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N401",
    name="number.rate-against-counts",
    title="比率与数量不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
    by_others=ByOthers.NUMBER,
)

_OF_ANYTHING = (Shape.CHANGE, Shape.EXCESS)  # told of money in the same words as of counts


class _Named(NamedTuple):
    """How a column of rates and the two columns it is worked out from are called."""

    rate: str
    whole: str
    part: str
    over: str
    short: str
    of: str = "比"


_COMPLETION = _Named("完成率", "目标", "实际完成值", "目标值", "实际")
_SCORE_RATE = _Named("得分率", "分值", "得分", "分值", "得分")
_DEVIATION = _Named("偏差率", "目标", "实际完成值", "目标值", "实际", "差占目标值的比例")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: set[Span] = set()
    yield from _printed(list(completions(report)), _COMPLETION)
    yield from _printed(list(score_rates(report)), _SCORE_RATE)
    yield from _printed(list(deviations(report)), _DEVIATION)
    yield from _too_many_tasks(report)
    unlike = {one.whole.figure.span for one in ratios(report) if Guard.PARALLEL in one.reasons}
    near = (one for one in beside(report) if not (one.holds and one.rate.figure.span in unlike))
    for result in (*_above_all(report), *map(_beside, near)):
        told.update(result.evidence)
        yield result
    for claim in ratios(report):
        money = claim.parts[0].kind is Kind.MONEY
        if claim.whole.figure.span not in told and (not money or claim.shape in _OF_ANYTHING):
            yield _claimed(claim)
    for claim in step_claims(facts_of(report)):
        if claim.whole.kind is not Kind.MONEY and claim.whole.figure.span not in told:
            yield _step(claim)


def _too_many_tasks(report: Report) -> Iterator[Result]:
    for last in crowded_tasks(facts_of(report).quantities):
        yield RULE.not_assessable(
            f"以“{last.figure.unit}”计的任务多于{MOST_TASKS}项，看不出完成率说的是哪一项，没有核对。",
            [last.figure],
            key=("too many tasks", last.figure.unit),
        )


def _printed(found: list[Completion], named: _Named) -> Iterator[Result]:
    """A column of rates: where most rows fit the two columns beside it, one that does not is asked about;
    where most do not, the column counts something else."""
    odd = [one for one in found if not one.holds]
    fit = [one for one in found if one.holds]
    if fit:
        yield RULE.consistent(
            f"{len(fit)} 项指标的{named.rate}与{named.whole}、{named.part}相符。", [one.printed for one in fit],
            relations=tuple(one.equation() for one in fit if one.tells and one.plainly),
            key=(named.rate, *(one.row.place for one in fit)),
        )  # fmt: skip
    if len(odd) > max(1, len(fit)):
        yield RULE.not_assessable(
            f"{len(odd)} 项指标的{named.rate}不是{named.part}与{named.over}之{named.of}，没有核对。", [one.printed for one in odd],
            key=(named.rate, *(one.row.place for one in odd)),
        )  # fmt: skip
        return
    for one in odd:
        target, actual, evidence = _beside_rate(one, named)
        yield RULE.query(
            f"“{one.row.name}”{named.rate}填报 {one.printed.raw}，按{named.whole} {target}、{named.short} {actual} 计算不是这个数。",
            [*evidence, one.printed], relations=(one.equation(),), culprits=(one.printed.span,),
            suggestion=f"核对{named.whole}、{named.part}和{named.rate}，更正写错的一个。",
            key=(one.row.place, target, actual, one.printed.raw),
        )  # fmt: skip


def _beside_rate(one: Completion, named: _Named) -> tuple[str, str, list[View | Figure]]:
    if named is _SCORE_RATE:
        return one.target.raw, one.actual.raw, [one.row.name_view, one.target, one.actual]
    return target_text(one.row), actual_text(one.row), [*cells(one.row)]


def _step(claim: Claim) -> Result:
    """By how much one number is above or below another."""
    evidence, equation = claim.figures, claim.relation.equation()
    if claim.holds:
        return RULE.consistent(holding(claim), evidence, relations=(equation,), key=key_of(claim))
    proven = claim.strength is Strength.PROOF
    return RULE.by(claim.strength)(
        not_holding(claim), evidence, relations=(equation,), suggestion="核对这三个数，更正写错的一个。",
        severity=Severity.HIGH if proven else Severity.MEDIUM, culprits=(claim.whole.figure.span,), key=key_of(claim),
    )  # fmt: skip


def _claimed(claim: Claim) -> Result:
    """A rate against the two numbers that its words name."""
    rate, name = claim.whole.figure, _told(claim.whole, claim.parts[0])
    first, second = (one.told() for one in claim.parts)
    evidence = [*(one.figure for one in claim.parts), rate]
    key = (claim.shape.value, *(one.figure.raw for one in claim.parts), rate.raw)
    holds, fails = (
        f"“{name}”{rate.raw}与旁边的数量相符",
        f"“{name}”填报 {rate.raw}，按“{first}”和“{second}”计算不是这个数",
    )
    if claim.shape is Shape.CHANGE:
        moved = _moved(claim)
        holds, fails = (
            f"{moved}，升降幅度 {rate.raw} 相符",
            f"{moved}，升降幅度填报 {rate.raw}，计算不是这个数",
        )
    if claim.holds:
        return RULE.consistent(f"{holds}。", evidence, relations=(claim.relation.equation(),), key=key)
    return RULE.by(claim.strength)(
        f"{fails}{doubts(claim)}。",
        evidence,
        relations=(claim.relation.equation(),),
        suggestion="核对两个数和比率，更正写错的一个。",
        culprits=(rate.span,),
        forced=claim.forced,
        key=key,
    )


def _moved(claim: Claim) -> str:
    """From one number to the other, or what there is and by how much it moved."""
    later, other = (one.figure.raw for one in claim.parts)
    stepped = claim.relation.operation is Operation.STEP
    return f"现为{later}，增减{other}" if stepped else f"由{other}到{later}"


def _told(rate: Quantity, part: Quantity) -> str:
    """The rate's name in whole words; a bare "占" is named after what it is a share of."""
    words = rate.clause.partition(rate.figure.raw)[0]
    words = (words if len(words) <= 30 else rate.head).rstrip("的为达到约仅").removeprefix("其中")
    if words in ("", "占", "占比", "比例"):
        return f"{part.name}占比"
    return "完成率" if words == "完成" else words


def _beside(one: Beside) -> Result:
    """A rate against the counts that stand beside it."""
    rate, part, whole = one.rate.figure, one.reading.parts[-1], one.reading.wholes[-1]
    told = one.name or _told(one.rate, part)
    key = (told, part.figure.raw, whole.figure.raw, rate.raw)
    if one.holds:
        return RULE.consistent(
            f"“{told}”{rate.raw}与旁边的数量相符。", one.figures, relations=one.equations(), key=key
        )
    several = len(one.pool) > 2
    message = f"“{told}”填报 {rate.raw}，按旁边的{part.figure.raw}和{whole.figure.raw}计算不是这个数。"
    if several:
        tried = "、".join(quantity.figure.raw for quantity in one.pool)
        by = "调查的" if one.surveyed else "同句的"
        message = f"“{told}”填报 {rate.raw}，{by} {tried} 单独或相加后相除都得不出这个数。"
    if one.elsewhere:
        message += f"若分母是别处的“{one.elsewhere.told()}”则相符，请写明分母。"
    return RULE.by(one.strength)(
        message,
        one.figures,
        relations=one.equations("（最接近的算法）" if several else ""),
        suggestion="核对分子、分母和比率，更正写错的一个。",
        culprits=(rate.span,),
        key=key,
    )


def _above_all(report: Report) -> Iterator[Result]:
    for name, figure in above_all(report):
        yield RULE.inconsistent(
            f"“{name}”写成 {figure.raw}，这一比率不会超过 100%。", [figure],
            relations=(Equation(Term.of(figure, text=figure.raw), Term.exact(100, percent=True), "≤", percent=True, gap=""),),
            suggestion="核对比率，更正写错的数。",
            culprits=(figure.span,), key=(name, figure.raw),
        )  # fmt: skip
