"""F108 文字所列金额与总数 (funds.prose-sums)

查什么  文字里列出的各项金额相加，与同处写明的总数是否一致；写明的占比与所列金额是否相符。
        写“包括”“分别”“合计”的按列全核对；写“其中”的可以只列一部分，相加超过总数才算不一致，
        列了三项以上、所差比最小的一项还小、全文又没有交代的，请单位说明。
为什么  文字说明多由人工汇总，漏写一项、数字前后颠倒时表内查不出来，只有相加才能发现。
反例
    2022年度街面保洁项目绩效自评报告

    全年支出90.00万元，包括人员经费60.00万元、车辆油料20.00万元、工具购置15.00万元。
    → 不一致
反例
    2022年度街面保洁项目绩效自评报告

    全年支出95.00万元，其中人员经费60.00万元，车辆油料20.00万元，工具购置13.00万元。
    → 存疑
正例
    2022年度街面保洁项目绩效自评报告

    全年支出95.00万元，其中人员经费60.00万元、车辆油料20.00万元，其余用于工具购置。
    → 无
依据    文字所列各项之和应等于所述总数
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from auditor.document import Span
from auditor.facts.claim import Claim as Told
from auditor.facts.claim import Guard, Shape
from auditor.facts.money_lists import Item, Listing, listings
from auditor.facts.money_shares import Claim, Part, claims
from auditor.facts.money_steps import PaidRate, paid_rates
from auditor.facts.parts import part_claims
from auditor.facts.ratios import ratios
from auditor.facts.rests import rest_claims
from auditor.facts.stated import facts_of
from auditor.facts.stated_money import Stated
from auditor.facts.steps import step_claims
from auditor.facts.telling import (
    asked_for,
    doubts,
    equation,
    evidence,
    holding,
    key,
    key_of,
    not_holding,
    of_parts,
    total_named,
)
from auditor.figures import Equation, Figure, Kind, Relation, Term, added, show
from auditor.language import word
from auditor.report.model import Report, Role
from auditor.rules.base import ByOthers, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F108",
    name="funds.prose-sums",
    title="文字所列金额与总数或占比不符",
    severity=Severity.HIGH,
    basis=("文字所列各项之和应等于所述总数",),
    by_others=ByOthers.SUM,
)

_BASES = (Role.BUDGET, Role.INITIAL, Role.RECEIVED, Role.ALLOCATED)
_ALL = "核对各项金额和总数，更正有误的一处。"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    known = Stated(report)
    found = listings(report)
    sums = list(_sums(report))
    summed = [
        result
        for claim in sums
        if not _beside_its_parts(claim, sums) and (result := _sum(known, claim)) is not None
    ]
    told_sums = {span for result in summed for span in result.evidence}
    for listing in found:
        alone = listing.stated is None and listing.items[0].figure.span not in told_sums
        if alone and (result := _unstated(known, listing)) is not None:
            summed.append(result)
    yield from summed
    told: set[Span] = set()
    for claim in claims(report, known, found):
        told.update(part.claimed.span for part in claim.parts)
        if not _in_wrong_unit(claim):
            yield _share(claim)
    for one in ratios(report):
        money = one.shape is Shape.SHARE and one.parts[0].kind is Kind.MONEY
        if money and one.whole.figure.span not in told and not _of_other_sum(known, one):
            yield _share_told(one)
    yield from _told_in_turn(report, [set(result.evidence) for result in summed])


def _sums(report: Report) -> Iterator[Told]:
    return (claim for claim in part_claims(facts_of(report)) if claim.whole.unit == "元")


def _beside_its_parts(claim: Told, sums: list[Told]) -> bool:
    """Whether what a 其中 opened went on past its parts: its total and amounts read as its parts make up, beside one
    another, the total of all ("产业7103万元，其中奖补1246万元；设施…；六类合计…")."""
    if claim.holds or Guard.OF_WHICH not in claim.reasons:
        return False
    parts = {part.figure.span for part in claim.parts}
    return any(
        one.holds
        and claim.whole.figure.span in (among := {part.figure.span for part in one.parts})
        and among & parts
        for one in sums
    )


def _sum(known: Stated, claim: Told) -> Result | None:
    figures = evidence(claim)
    if claim.holds:
        return RULE.consistent(
            f"所列{len(claim.parts)}项相加与{total_named(claim)}一致。", figures,
            relations=(equation(claim),), key=key(claim),
        )  # fmt: skip
    if Guard.OF_WHICH in claim.reasons and -claim.relation.difference in known.values:
        return None  # what is left out is told elsewhere
    make = RULE.by(claim.strength)
    low = claim.relation.meets_finely or Guard.BY_ONE_SLIP in claim.reasons
    return make(
        of_parts(claim), figures, relations=(equation(claim),), suggestion=_ALL,
        severity=Severity.LOW if low else None,
        culprits=tuple(figure.span for figure in figures), key=key(claim),
    )  # fmt: skip


def _unstated(known: Stated, listing: Listing) -> Result | None:
    """A list without a total beside it: a tick where it adds up to an amount stated elsewhere."""
    figures = tuple(item.figure for item in listing.items)
    if any(figure.is_bound or figure.doubtful for figure in figures):
        return None
    for role, figure in known.of(Role.PAID, Role.BUDGET, Role.RECEIVED):
        if (relation := Relation(figure, figures)).holds:
            return RULE.consistent(
                f"所列{len(figures)}项相加与总数“{role.value}{figure.raw}”一致。", [figure, *figures],
                relations=(relation.equation(),), key=_listed_key(listing, figure),
            )  # fmt: skip
    paid = next(known.of(Role.PAID), None)
    if paid is None or not word("spending_detail").search(listing.label):
        return None
    if not listing.full or listing.uncertain or listing.open_end:
        return None
    relation = Relation(paid[1], figures)
    more, scale = "多" if relation.difference > 0 else "少", paid[1].scale
    return RULE.query(
        f"所列{len(figures)}项相加为 {show(relation.value / scale)}{paid[1].unit}，比总数“支出{paid[1].raw}”"
        f"{more} {show(abs(relation.difference) / scale)}{paid[1].unit}。",
        [paid[1], *figures], relations=(relation.equation(),), suggestion=_ALL,
        culprits=tuple(figure.span for figure in (paid[1], *figures)), key=_listed_key(listing, paid[1]),
    )  # fmt: skip


def _listed_key(listing: Listing, whole: Figure) -> tuple[str, ...]:
    return (show(whole.amount), *(f"{item.name} {show(item.figure.amount)}" for item in listing.items))


def _in_wrong_unit(claim: Claim) -> bool:
    """Whether a share would hold if 元 were 万元: the unit is the finding, nothing is computed with it."""
    return any(
        part.claimed.base.contains(part.share * factor) for part in claim.parts if not part.holds
        for factor in (Decimal("0.0001"), Decimal(10_000))
    )  # fmt: skip


def _share(claim: Claim) -> Result:
    if not claim.holds:
        claim = replace(claim, parts=tuple(part for part in claim.parts if not part.holds))
    shares = "；".join(
        f"{'、'.join(item.name for item in part.items)}"
        f"{_plus(part.items)}占{show(part.share * 100, 2)}%，文中写{part.claimed.modifier.value}"
        f"{show(part.claimed.value)}%"
        for part in claim.parts
    )
    evidence = [part.claimed for part in claim.parts] + [
        item.figure for part in claim.parts for item in part.items
    ] + [claim.whole]  # fmt: skip
    relations = tuple(_part_of(part, claim.whole) for part in claim.parts if claim.whole.amount)
    key = (*(f"{show(part.claimed.value)}%" for part in claim.parts), show(claim.whole.value))
    if claim.holds:
        return RULE.consistent(f"占比与所列金额相符：{shares}。", evidence, relations=relations, key=key)
    if claim.certain:
        return RULE.inconsistent(
            f"占比与所列金额不符：{shares}。", evidence, relations=relations, suggestion=_ALL,
            severity=Severity.MEDIUM, key=key,
        )  # fmt: skip
    return RULE.query(
        f"占比与所列金额对不上：按最接近的项目算，{shares}。", evidence, relations=relations,
        suggestion="说明这一占比包括哪些支出项目，并与所列金额核对。", severity=Severity.LOW, key=key,
    )  # fmt: skip


def _of_other_sum(known: Stated, claim: Told) -> bool:
    """Whether another stated amount of the project gives the share."""
    sums = known.of(Role.PAID, Role.BUDGET, Role.INITIAL, Role.RECEIVED)
    return not (claim.holds or claim.forced) and any(
        figure.base.low > 0 and replace(claim.relation, terms=(claim.parts[0].figure, figure)).meets
        for _, figure in sums
    )


def _share_told(claim: Told) -> Result:
    """A share of an amount told some clauses or a sentence before."""
    share = claim.whole.figure
    part, whole = claim.parts
    evidence = [share, part.figure, whole.figure]
    key = ("占比", share.raw, part.figure.raw, whole.figure.raw)
    if claim.holds:
        return RULE.consistent(
            f"“{part.told()}”占 {share.raw}，与“{whole.told()}”相符。", evidence,
            relations=(claim.relation.equation(),), key=key,
        )  # fmt: skip
    return RULE.by(claim.strength)(
        f"“{part.told()}”文中写占 {share.raw}，按“{whole.told()}”计算不是这个数{doubts(claim)}。", evidence,
        relations=(claim.relation.equation(),), suggestion="核对两个金额和占比，更正写错的一个；分母是别的数的，写明分母。",
        severity=Severity.MEDIUM, culprits=(share.span,), key=key, forced=claim.forced,
    )  # fmt: skip


def _told_in_turn(report: Report, summed: list[set[Span]]) -> Iterator[Result]:
    """Amounts that follow from those told just before: budgets, rests, rates of payment.

    `summed` are the amounts of each list that was added up: they are not told a second time.
    """
    # F105 looks at the balances of the whole project where it has what they are the rest of.
    read = report.stated(Role.PAID) and any(report.stated(role) for role in _BASES)
    balances = {amount.span for amount in report.stated(Role.BALANCE)} if read else set()
    rates = {amount.span for amount in report.prose_amounts if amount.role.is_rate}  # F106 at those
    for claim in rest_claims(facts_of(report)):
        listed = any(amounts.issuperset(figure.span for figure in claim.figures) for amounts in summed)
        if claim.whole.unit == "元" and claim.whole.figure.span not in balances and not listed:
            yield _followed(claim)
    for claim in step_claims(facts_of(report)):
        if claim.whole.kind is Kind.MONEY:
            yield _followed(claim)
    for passage in report.prose:
        for told in paid_rates(passage):
            if told.rate.span not in rates and told.due.amount:
                yield _paid_rate(told)


def _followed(claim: Told) -> Result:
    """A rest or a stock against the amounts told before it."""
    told, figures = key_of(claim), evidence(claim)
    if claim.holds:
        return RULE.consistent(holding(claim), figures, relations=(equation(claim),), key=told)
    return RULE.query(
        not_holding(claim), figures, relations=(equation(claim),), suggestion=asked_for(claim),
        severity=Severity.MEDIUM, culprits=tuple(figure.span for figure in figures), key=told,
    )  # fmt: skip


def _paid_rate(told: PaidRate) -> Result:
    scale = told.due.scale
    relation = Equation(
        Term.plain(told.paid, scale) / Term.plain(told.due, scale), Term.of(told.rate, text=told.rate.raw),
        percent=True, holds=told.holds,
    )  # fmt: skip
    evidence = (told.due, told.paid, told.rate)
    key = ("拨付率", *(figure.raw for figure in evidence))
    if told.holds:
        return RULE.consistent(
            f"比率 {told.rate.raw}与前两个金额相符。", evidence, relations=(relation,), key=key
        )
    return RULE.query(
        f"文中比率写 {told.rate.raw}，按旁边的 {told.due.raw}、{told.paid.raw}计算为 {relation.shown}%。",
        evidence, relations=(relation,), suggestion="核对两个金额和比率，更正写错的一个。",
        severity=Severity.MEDIUM, culprits=tuple(figure.span for figure in evidence), key=key,
    )  # fmt: skip


def _plus(items: tuple[Item, ...]) -> str:
    amounts = " + ".join(f"{show(item.figure.value)}{item.figure.unit}" for item in items)
    return f" {amounts} "


def _part_of(part: Part, whole: Figure) -> Equation:
    share = added(Term.plain(item.figure, whole.scale) for item in part.items) / Term.plain(whole)
    claimed = Term.of(part.claimed, text=part.claimed.raw)
    return Equation(share, claimed, percent=True, named="文中写 {}", holds=part.holds)
