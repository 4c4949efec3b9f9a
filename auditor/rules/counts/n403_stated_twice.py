"""N403 同一数量前后不一 (number.stated-twice)

查什么  同一个数量（同名、同单位、同期间）在报告里写了两次，两次的数是否相同；指标表的完成值与文字里的数是否相同。
为什么  同一件事只有一个数；前后不一，至少一处写错，或者口径不同而没有说明。
反例
    二、完成情况
    全年受理来访事项320件，办结来访事项310件。
    四、成效
    全年受理来访事项320件，办结来访事项301件，群众反响良好。
    → 存疑
反例
    二、完成情况
    聘用专职护林员40名、兼职护林员25名。
    四、成效
    92名专兼职护林员实行统一管理。
    → 存疑
正例
    二、完成情况
    上半年受理来访事项320件，下半年受理来访事项350件。
    → 无
正例
    一、春季学期
    资助困难学生1342人。
    二、秋季学期
    资助困难学生1324人。
    → 无
正例
    二、完成情况
    聘用专职护林员40名、兼职护林员25名，培训护林员130人次。
    四、成效
    65名专兼职护林员实行统一管理。
    → 无
依据    表内关系：同一数量前后一致
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.aims import is_goal
from auditor.facts.claim import Claim
from auditor.facts.goal_targets import OtherAim, other_aims
from auditor.facts.mentions import (
    Mention,
    almost_mentions,
    indicator_mentions,
    repeated,
    roster_mentions,
    whole_mentions,
)
from auditor.facts.quantities import addition, is_plan, plain_sum, plan_spans, quantities, sum_of
from auditor.facts.quantity import Quantity
from auditor.facts.same import told_twice
from auditor.facts.scoring.shown import target_text
from auditor.facts.stated import facts_of
from auditor.facts.table_text import told_in_text
from auditor.facts.telling import two_figures
from auditor.figures import Equation, Figure, Kind, Term, show
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N403",
    name="number.stated-twice",
    title="同一数量前后不一",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_ONE = "核对原始记录；是同一个数的，统一；不是的，写明各指什么。"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    goals = plan_spans(report)
    pool = [
        [q for q in found if not (q.spelled or q.figure.is_vague or is_plan(q, goals) or is_goal(q))]
        for passage in report.prose
        if (found := quantities(passage))
    ]
    told: set[int] = set()
    for mention in repeated(pool):
        yield _repeated(mention)
        told.update(id(q.figure) for q in mention.places)
    for parts, whole in roster_mentions(pool):
        yield _roster(parts, whole)
    for mention in whole_mentions(pool):
        if not any(id(q.figure) in told for q in mention.places):
            yield _whole(mention)
    spoken: set[Figure] = set()
    for name, actual, places in indicator_mentions(report, pool):
        spoken.update(q.figure for q in places)
        yield _indicator(name, actual, places)
    for claim in told_twice(report):
        pair = {id(figure) for figure in claim.figures}
        if claim.whole.kind is not Kind.MONEY and not pair <= told:
            told.update(pair)
            yield _slipped(claim)
    for name, actual, place in almost_mentions(report, pool, spoken):
        told.add(id(place.figure))
        yield _almost(name, actual, place)
    for claim in told_in_text(facts_of(report)):
        count = claim.whole.kind is not Kind.MONEY
        if count and claim.whole.figure not in spoken and id(claim.whole.figure) not in told:
            yield _slipped(claim)
    for aim in other_aims(report):
        yield _promised(aim)


def _promised(aim: OtherAim) -> Result:
    """The goal of the form and the target of the indicator that measures it."""
    goal, target = aim.goal.figure, aim.target
    assert aim.row.target is not None
    scale = None if target.kind is Kind.RATE else target.scale
    return RULE.query(
        f"绩效目标写“{aim.goal.in_words()}”，“{aim.row.name}”的指标值是 {target_text(aim.row)}，两处不一样。",
        [goal, aim.row.name_view, target],
        relations=(
            Equation(Term.of(target, text=target.raw), Term.of(goal, scale, goal.raw), gap="", holds=False),
        ),
        suggestion="核对绩效目标和指标值；是同一件事的，统一；不是的，写明各指什么。",
        culprits=(target.span,),
        key=(aim.row.place, goal.raw, target.raw),
    )


def _slipped(claim: Claim) -> Result:
    """Two numbers under one name that one slip of the pen explains."""
    first, later = claim.parts[0], claim.whole
    return RULE.query(
        two_figures(claim, "同一件事"),
        [first.figure, later.figure],
        relations=(claim.relation.equation(),),
        suggestion=_ONE,
        culprits=(later.figure.span,),
        key=(first.label, first.figure.raw, later.figure.raw),
    )


def _places(quantities: Sequence[Quantity]) -> str:
    return "、".join(dict.fromkeys(f"“{q.in_words()}”" for q in quantities))


def _values(mention: Mention) -> list[str]:
    return list(dict.fromkeys(q.figure.raw for q in mention.places))


def _thing(mention: Mention) -> str:
    """What is counted, without the words that only lead to the number: "民生事项", not "民生事项共"."""
    return word("before_number").sub("", mention.name) or mention.name


def _apart(places: Sequence[Quantity]) -> tuple[Equation, ...]:
    """The first value against each other one."""
    first = places[0].figure
    others = {q.figure.interval: q.figure for q in places if not q.base.meets(places[0].base)}
    return tuple(
        Equation(Term.of(first, text=first.raw), Term.of(other, first.scale, other.raw), gap="", holds=False)
        for other in others.values()
    )


def _repeated(mention: Mention) -> Result:
    evidence = [q.figure for q in mention.places]
    key = (mention.name, *_values(mention))
    if mention.agree:
        return RULE.consistent(
            f"“{_thing(mention)}”各处都是 {mention.places[0].figure.raw}。", evidence, key=key
        )
    # One of the two may be a plan, an earlier count or another scope: the text alone never proves it.
    return RULE.query(
        f"“{_thing(mention)}”前后写成 {'、'.join(_values(mention))}：{_places(mention.places)}。",
        evidence,
        relations=_apart(mention.places),
        suggestion="核对原始记录，统一为一个数；口径或期间不同的，写明口径或期间。",
        key=key,
    )


def _whole(mention: Mention) -> Result:
    return RULE.query(
        f"“{_thing(mention)}”的数量前后不一：{_places(mention.places)}。",
        [q.figure for q in mention.places],
        relations=_apart(mention.places),
        suggestion="核对总数，统一为一个数；范围不同的，写明范围。",
        culprits=(mention.places[0].figure.span,),
        key=(mention.name, *_values(mention)),
    )


def _roster(parts: Sequence[Quantity], whole: Quantity) -> Result:
    evidence = [*(part.figure for part in parts), whole.figure]
    listed = "、".join(part.told() for part in parts)
    key = (listed, whole.figure.raw)
    if sum_of(parts).meets(whole.base):
        return RULE.consistent(
            f"“{whole.in_words()}”等于前面分列的人数之和。",
            evidence,
            relations=(addition(parts, whole, holds=True),),
            key=key,
        )
    return RULE.query(
        f"前面写“{listed}”，合起来是 {show(plain_sum(parts))}，后面却写“{whole.in_words()}”。",
        evidence,
        relations=(addition(parts, whole, holds=False),),
        suggestion="核对两处数量，统一口径；范围不同的，写明差在哪里。",
        culprits=(whole.figure.span,),
        key=key,
    )


def _almost(name: str, actual: Quantity, place: Quantity) -> Result:
    return RULE.query(
        f"指标“{name}”的完成值填 {actual.figure.raw}，文字里有“{place.in_words()}”，两个数只差一位数字，请核对是不是同一个数。",
        [actual.figure, place.figure],
        relations=_apart((actual, place)),
        suggestion=_ONE,
        severity=Severity.LOW,
        culprits=(actual.figure.span,),
        key=(name, actual.figure.raw, place.figure.raw),
    )


def _indicator(name: str, actual: Quantity, places: Sequence[Quantity]) -> Result:
    evidence = [actual.figure, *(q.figure for q in places)]
    differing = [q for q in places if not q.figure.interval.meets(actual.figure.interval)]
    key = (name, actual.figure.raw, *dict.fromkeys(q.figure.raw for q in places))
    if not differing:
        return RULE.consistent(
            f"指标“{name}”的完成值 {actual.figure.raw} 与文字说明相同。", evidence, key=key
        )
    return RULE.query(
        f"指标“{name}”的完成值填 {actual.figure.raw}，文字说明写的是{_places(differing)}。",
        [actual.figure, *(q.figure for q in differing)],
        relations=_apart((actual, differing[0])),
        suggestion="核对原始记录，统一指标表和文字说明的数；口径不同的，写明口径。",
        culprits=(actual.figure.span,),
        key=key,
    )
