"""N402 分项之和与总数 (number.parts-against-total)

查什么  列出的各分项数量相加，是否等于同一句里或报告别处说的总数；表的末行是“合计”、各列又不属于资金表
        和指标表的，各列相加是否等于合计。
为什么  分项与总数同出一处而加不拢，说明其中至少一个数写错、漏列或口径不同。
反例
    二、完成情况
    共新建站点120个，包括城区站点50个、乡镇站点60个、园区站点20个。
    → 不一致
反例
    二、完成情况
    全年设置东片岗亭30个、西片岗亭20个、北片岗亭5个。
    三、成效
    全区58个岗亭实行统一值守。
    → 存疑
正例
    二、完成情况
    共新建站点120个，其中示范站点15个、标准站点60个。
    → 无
正例
    二、完成情况
    走访农户48户、商户32户、企业10户，共90户。
    → 无
依据    表内关系：总数＝各分项之和；“其中”可以只列一部分
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.document import Span, View
from auditor.facts.claim import Claim, Shape
from auditor.facts.listed_totals import borrowed, is_net, listed_words, net_holds
from auditor.facts.lists import lists_in
from auditor.facts.parts import part_claims
from auditor.facts.quantities import addition, counts, plain_sum, sentences, sum_of, unit_of_sum
from auditor.facts.quantity import Quantity
from auditor.facts.rests import rest_claims
from auditor.facts.scattered_totals import scattered
from auditor.facts.slips import ODD_ROUNDING
from auditor.facts.stated import facts_of
from auditor.facts.telling import asked_for, equation, hint, holding, key_of, not_holding, why
from auditor.facts.told_rests import more_back
from auditor.figures import Equation, Figure, Term, add_up, show
from auditor.report.model import PlainColumn, Report
from auditor.rules.base import ByOthers, Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="N402",
    name="number.parts-against-total",
    title="分项之和与总数不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
    by_others=ByOthers.SUM,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    facts = facts_of(report)
    used: set[Span] = set()
    for claim in (*part_claims(facts), *rest_claims(facts)):
        counted = claim.whole.unit not in ("元", "分")
        if counted and not used.issuperset(part.figure.span for part in claim.parts):
            used.update(figure.span for figure in claim.figures)
            yield _parts(claim) if claim.shape is Shape.PARTS else _followed(claim)
    pool = [found for passage in report.prose if (found := counts(passage))]
    for told in pool:
        yield from _net_and_back(told, used)
    for parts, wholes in scattered(report, pool, used):
        yield _scattered(parts, wholes)
    for column in report.plain_columns:
        yield _column(column)


def _parts(claim: Claim) -> Result:
    """Parts and their whole in one place."""
    if claim.holds:
        return _holds(claim.parts, claim.whole)
    make = RULE.by(claim.strength)
    return _differs(claim.parts, claim.whole, make, hint(claim) + why(claim))


def _followed(claim: Claim) -> Result:
    """A rest, or a stock with what came and went."""
    if claim.holds:
        return RULE.consistent(holding(claim), claim.figures, relations=(equation(claim),), key=key_of(claim))
    return RULE.query(
        not_holding(claim), claim.figures, relations=(equation(claim),), suggestion=asked_for(claim),
        culprits=(claim.whole.figure.span,), key=key_of(claim),
    )  # fmt: skip


def _net_and_back(told: list[Quantity], used: set[Span]) -> Iterator[Result]:
    """A net rise with what came and went in brackets; more forms back than were sent."""
    for listed in lists_in(told[0].passage):
        if len(listed.parts) == 2 and listed.wholes and is_net(listed.whole, listed.parts):
            used.update(part.figure.span for part in listed.parts)
            yield _net(listed.parts, listed.whole)
    for sentence in sentences(told):
        for sent, back in more_back(sentence):
            yield replace(_part_above(sent, back), verdict=Verdict.QUERY)


def _column(column: PlainColumn) -> Result:
    """A column of a table that the tool knows nothing of: its rows against its 合计."""
    relation = Equation.total(
        column.parts, column.total, named="合计 {}", holds=add_up(column.parts, column.total)
    )
    added = relation.result
    evidence: list[View | Figure] = [column.view, column.total, *column.parts]
    key = ("表", column.label, column.total.digits, show(added))
    if relation.meets:
        return RULE.consistent(
            f"表中“{column.label}”各行之和与合计 {column.total.digits} 相符。", evidence,
            relations=(relation,), key=key,
        )  # fmt: skip
    gap = show(abs(added - column.total.value))
    return RULE.query(
        f"表中“{column.label}”各行相加为 {show(added)}，合计填 {column.total.digits}，相差 {gap}。", evidence,
        relations=(relation,),
        suggestion="核对各行和合计；各行有重复计算的，请说明。", severity=Severity.MEDIUM,
        culprits=(column.total.span,), key=key,
    )  # fmt: skip


def _holds(parts: Sequence[Quantity], whole: Quantity) -> Result:
    if not add_up((part.figure for part in parts), whole.figure):
        return RULE.query(
            f"“{'、'.join(part.told() for part in parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，"
            f"所说总数是 {whole.figure.raw}，{ODD_ROUNDING}",
            [whole.figure, *(part.figure for part in parts)], relations=(addition(parts, whole, holds=False),),
            suggestion="按未取整的数核对总数和各分项。", severity=Severity.LOW,
            culprits=(whole.figure.span,), key=_key(parts, whole),
        )  # fmt: skip
    return RULE.consistent(
        f"“{whole.told()}”等于所列 {len(parts)} 项之和。",
        [whole.figure, *(part.figure for part in parts)],
        relations=(addition(parts, whole, holds=True),),
        key=_key(parts, whole),
    )


def _key(parts: Sequence[Quantity], *wholes: Quantity) -> tuple[str, ...]:
    return (*(part.told() for part in parts), *dict.fromkeys(whole.figure.raw for whole in wholes))


def _differs(
    parts: Sequence[Quantity], whole: Quantity, verdict: Callable[..., Result], remark: str
) -> Result:
    return verdict(
        f"“{'、'.join(part.told() for part in parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，与所说总数 {whole.figure.raw} 不等。{remark}",
        [whole.figure, *(part.figure for part in parts)],
        relations=(addition(parts, whole, holds=False),),
        suggestion="核对总数和各分项，更正写错或补上漏列的一项。",
        culprits=(whole.figure.span,),
        key=_key(parts, whole),
    )


def _net(parts: Sequence[Quantity], whole: Quantity) -> Result:
    """ "净增6名(新招11名，离职5名)": the larger part less the smaller one."""
    less, more = sorted(parts, key=lambda part: part.figure.amount)
    one = Decimal(1)
    relation = Equation(
        Term.plain(more.figure, one) - Term.plain(less.figure, one), Term.plain(whole.figure, one),
        holds=net_holds(parts, whole),
    )  # fmt: skip
    difference = relation.shown
    evidence = [whole.figure, *(part.figure for part in parts)]
    if relation.meets:
        return RULE.consistent(
            f"“{whole.told()}”等于两项之差。", evidence, relations=(relation,), key=_key(parts, whole)
        )
    return RULE.query(
        f"“{'、'.join(part.told() for part in parts)}”相差 {difference}，与“{whole.told()}”不等。",
        evidence,
        relations=(relation,),
        suggestion="核对增减数和净增减数。",
        culprits=(whole.figure.span,),
        key=_key(parts, whole),
    )


def _raw(quantity: Quantity, whole: Quantity) -> Term:
    return Term.of(quantity.figure, whole.figure.scale, quantity.figure.raw)


def _part_above(whole: Quantity, part: Quantity) -> Result:
    return RULE.inconsistent(
        f"“{part.told()}”是“{whole.told()}”的一部分，却比总数还大。",
        [whole.figure, part.figure],
        relations=(Equation(_raw(part, whole), _raw(whole, whole), "≤", gap=""),),
        suggestion="核对总数和其中数。",
        culprits=(part.figure.span,),
        key=_key([part], whole),
    )


def _scattered(parts: Sequence[Quantity], wholes: list[Quantity]) -> Result:
    fitting = [whole for whole in wholes if sum_of(parts).meets(whole.base)]
    if fitting:
        return _holds(parts, fitting[0])
    whole = wholes[0]
    places = "、".join(dict.fromkeys(f"“{w.in_words()}”" for w in wholes))
    return RULE.query(
        f"“{listed_words(parts)}”相加为 {show(plain_sum(parts))}{unit_of_sum(parts, whole)}，报告别处写的是{places}，两处不等。{borrowed(parts, whole)}",
        [*(part.figure for part in parts), *(w.figure for w in wholes)],
        relations=(addition(parts, whole, holds=False),),
        suggestion="核对两处数量；口径不同的，说明各自口径。",
        severity=Severity.MEDIUM,
        culprits=(whole.figure.span,),
        key=_key(parts, *wholes),
    )
