"""N409 数与上下文不符 (number.against-context)

查什么  别的规则没有核对过的数，与同一单位的其他数放在一起看：几个相邻的数、别处列出的几项或单价乘数量加起来算不出它，
        但只要其中一个数改一处笔误（数字颠倒、错一位、漏一位、小数点错位）就正好相等；或者前后两处的数只差一处笔误，
        说的又像是同一件事；或者写作几项的平均数，却比其中最高的还高、比最低的还低；或者一个比率、平均数、余数，看它的位置和
        用词像是由另外两个数算出的，却算不出它，改它的一处笔误就相等。只提问，不下结论；笔误的可能性要比巧合大多少才问，按干净报告里的统计定。
为什么  同一份报告前后写的数算不拢，多半有一个写错、漏改或抄错。
反例
    某项目支出绩效自评报告
    二、完成情况
    一年来各站点的用餐情况是：东门站12840人次，南园站9615人次，北关站7230人次，老人用餐29865人次。
    → 存疑
正例
    某项目支出绩效自评报告
    二、完成情况
    一年来各站点的用餐情况是：东门站12840人次，南园站9615人次，北关站7230人次，老人用餐29685人次。
    → 无
依据    表内关系；笔误的可能性见 docs/how-it-works.md
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.facts.context.doubt import doubts
from auditor.facts.context.reading import Reading, Way
from auditor.facts.slip import hint
from auditor.facts.stated import facts_of
from auditor.figures import show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="N409",
    name="number.against-context",
    title="数与上下文不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_FINER = 2  # places that a computed number is shown finer than the printed one


def check_left(report: Report, settings: Settings, told: Sequence[Result]) -> Iterator[Result]:
    """What the other rules have `told` nothing of; no number is asked about twice. What a finding without an equation
    shows is not doubted: the money of a report that does not say what it spent."""
    flagged = {
        span
        for result in told
        if result.flagged and (result.relations or result.culprits)
        for span in result.evidence
    }
    ticked = {span for result in told if _is_reckoned(result) for span in result.evidence}
    for reading in doubts(facts_of(report), flagged | ticked):
        spans = {number.figure.span for number in reading.numbers}
        if not spans & flagged:
            flagged |= spans
            yield _asked(reading)


def _is_reckoned(result: Result) -> bool:
    """Whether it says that numbers come out as they are told; that one keeps to a bound, or goes into a calculation,
    makes it no number that others give."""
    return result.verdict is Verdict.CONSISTENT and any(
        one.sign == "=" and one.claimed is not None for one in result.relations
    )


def _asked(reading: Reading) -> Result:
    relation = reading.relation
    return RULE.query(
        f"{_told(reading)}{'' if reading.way is Way.MEAN else hint(relation)}",
        [number.figure for number in reading.numbers],
        relations=(replace(relation.equation(), sign=_sign(reading)),),
        suggestion="核对这几个数，更正写错的一个；口径不同的，请写明。",
        culprits=(reading.claimed.figure.span,),
        key=(reading.way.value, *(figure.raw for figure in relation.figures)),
    )


def _told(reading: Reading) -> str:
    """What the number seems to be, and what comes out."""
    parts = "、".join(f"“{one.quantity.told()}”" for one in reading.parts)
    claimed, figure = reading.claimed.quantity.told(), reading.claimed.figure
    if reading.way is Way.SAME:
        return f"{parts}与“{claimed}”像是同一个数，前后不同。"
    if reading.way is Way.MEAN:
        end = "高" if _is_above(reading) else "低"
        return f"“{claimed}”比所列各项中最{end}的{parts}还{end}，不会是它们的平均数。"
    if reading.way in (Way.RATIO, Way.CHANGE, Way.STEP, Way.REST):
        return f"“{claimed}”像是由{parts}算出的，算得 {_computed(reading)}，不等。"
    made = f"{show(reading.relation.value / figure.scale)}{figure.unit_printed}"
    joined = "相乘" if reading.way is Way.PRODUCT else "相加"
    return f"{parts}{joined}为 {made}，与“{claimed}”不等。"


def _computed(reading: Reading) -> str:
    """What the two numbers make, in the unit of the one that is told of them and finer by two places."""
    figure = reading.claimed.figure
    places = figure.decimals + _FINER
    return f"{show(reading.relation.value / figure.scale, places)}{figure.unit_printed}"


def _is_above(mean: Reading) -> bool:
    return mean.parts[0].amount < mean.claimed.amount


def _sign(reading: Reading) -> str:
    """How the parts ought to stand to the number: a mean between the least and the most of them."""
    if reading.way is Way.MEAN:
        return "≥" if _is_above(reading) else "≤"
    return "="
