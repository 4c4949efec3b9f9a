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

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.document import Span
from auditor.facts.claim import Claim as Told
from auditor.facts.claim import Shape, Strength
from auditor.facts.money_lists import Item, Listing, fine_sum, listings, sum_of, sums_to
from auditor.facts.money_shares import Claim, claims, lone_shares
from auditor.facts.money_steps import PaidRate, Rest, Steps, budget_steps, paid_rates, rests
from auditor.facts.ratios import ratios
from auditor.facts.slips import ODD_ROUNDING
from auditor.facts.stated_money import Stated
from auditor.figures import Figure, Kind, show
from auditor.report.model import Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F108",
    name="funds.prose-sums",
    title="文字所列金额与总数或占比不符",
    severity=Severity.HIGH,
    basis=("文字所列各项之和应等于所述总数",),
)

_ALL = "请核对各项金额和总数，更正有误的一处。"
_REST = "请列明未列出的部分，或者更正有误的一处。"


# Names of one cut: what the money was for, where it came from, what was left.
_CUTS = (
    re.compile(r"(?:[费款薪]|费用|支出|补[助贴]|奖励|工资|工程|建设|购置|设备|改造|维修|项目)$"),
    re.compile(
        r"(?:中央|省|市|县|区|镇|上级|本级|财政)级?(?:财政|专项|补助|配套)?(?:资金|补助|拨款)?$|配套|自筹|债券|贷款|资金$"
    ),
)
_REST_OF = re.compile(r"结余|剩余|结转|未支[出付]")
_SPENDING = re.compile(r"支出(?:资金|项目)?(?:明细|构成|组成|分项|按)|资金全部用于")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    known = Stated(report)
    found = listings(report)
    summed = [result for listing in found if (result := _sum(known, listing)) is not None]
    yield from summed
    told: set[Span] = set()
    for claim in claims(report, known, found):
        told.update(part.claimed.span for part in claim.parts)
        yield _share(claim)
    for claim in lone_shares(report, known, told):
        told.update(part.claimed.span for part in claim.parts)
        yield _share(claim)
    for one in ratios(report):
        money = one.shape is Shape.SHARE and one.parts[0].kind is Kind.MONEY
        if money and one.whole.figure.span not in told and not _of_other_sum(known, one):
            yield _share_told(one)
    yield from _told_in_turn(report, [set(result.evidence) for result in summed])


def _sum(known: Stated, listing: Listing) -> Result | None:
    figures = [item.figure for item in listing.items]
    if any(figure.is_bound or figure.doubtful for figure in figures):
        return None
    stated = _stated(listing)
    if stated is None:
        return _unstated(known, listing)
    if stated.figure.is_bound or stated.figure.doubtful:
        return None
    whole = stated.figure.base
    if not fine_sum([item.figure for item in listing.items]).meets(whole):
        listing = _shortest(listing, stated.figure)
    figures = [item.figure for item in listing.items]
    if fine_sum(figures).meets(whole):
        if not sums_to(figures, stated.figure):
            return _oddly_rounded(listing, stated)
        return RULE.consistent(
            f"所列{len(figures)}项相加与{_total(stated)}一致。", _evidence(listing, stated),
            calculation=f"{_addition(listing, stated)}", key=_key(listing, stated),
        )  # fmt: skip
    if listing.uncertain and listing.close is None:
        return None  # where the list ends is not sure
    # Two items under a bare 其中 may be told from two sides: 政府采购400万元、中央资金300万元.
    two_sides = not listing.full and listing.close is None and len(figures) == 2
    provable = not sum_of(figures).meets(whole) and not (two_sides and not _one_cut(listing, stated))
    if whole.below(fine_sum(figures)) or listing.close is not None or (listing.full and not listing.open_end):
        return _mismatch(listing, stated, provable)
    return _remainder(known, listing, stated)


def _one_cut(listing: Listing, stated: Item) -> bool:
    """Whether both names speak of the same side of the sum, so that no money is told twice."""
    if _REST_OF.search(stated.name):
        return True
    return any(all(cut.search(item.name) for item in listing.items) for cut in _CUTS)


def _oddly_rounded(listing: Listing, stated: Item) -> Result:
    figures = [item.figure for item in listing.items]
    scale, unit = _unit(listing, stated)
    added = show(sum((figure.amount for figure in figures), Decimal(0)) / scale)
    return RULE.query(
        f"所列{len(figures)}项相加为 {added}{unit}，{_total(stated)}，{ODD_ROUNDING}",
        _evidence(listing, stated), calculation=_addition(listing, stated), suggestion=_ALL,
        severity=Severity.LOW, culprits=tuple(figure.span for figure in (stated.figure, *figures)),
        key=_key(listing, stated),
    )  # fmt: skip


def _shortest(listing: Listing, whole: Figure) -> Listing:
    """The list up to the item where it is complete: what follows speaks of something else."""
    if listing.close is None:
        for end in range(2, len(listing.items)):
            if sum((item.figure.amount for item in listing.items[:end]), Decimal(0)) == whole.amount:
                return replace(listing, items=listing.items[:end])
    return listing


def _stated(listing: Listing) -> Item | None:
    """The total the list is measured by; an earlier amount of the sentence if only that one fits."""
    stated = listing.stated
    if stated is None or listing.close is not None:
        return stated
    parts = fine_sum([item.figure for item in listing.items])
    shortest = _shortest(listing, stated.figure)
    if not parts.meets(stated.figure.base) and shortest is listing:
        for figure in reversed(listing.heads):
            if not figure.is_vague and parts.meets(figure.base):
                return Item("", figure)
    return stated


def _unstated(known: Stated, listing: Listing) -> Result | None:
    """A list without a total beside it: a tick where it adds up to an amount stated elsewhere."""
    figures = [item.figure for item in listing.items]
    parts = fine_sum(figures)
    for role, figure in known.of(Role.PAID, Role.BUDGET, Role.RECEIVED):
        if parts.meets(figure.base):
            stated = Item(role.value, figure)
            return RULE.consistent(
                f"所列{len(figures)}项相加与{_total(stated)}一致。", _evidence(listing, stated),
                calculation=_addition(listing, stated), key=_key(listing, stated),
            )  # fmt: skip
    paid = next(known.of(Role.PAID), None)
    if (
        listing.full
        and not (listing.uncertain or listing.open_end)
        and _SPENDING.search(listing.label)
        and paid
    ):
        return _mismatch(listing, Item("支出", paid[1]), provable=False)
    return None


def _mismatch(listing: Listing, stated: Item, provable: bool) -> Result:
    figures = [item.figure for item in listing.items]
    scale, unit = _unit(listing, stated)
    added = sum((figure.amount for figure in figures), Decimal(0))
    difference = (added - stated.figure.amount) / scale
    more = "多" if difference > 0 else "少"
    message = (
        f"所列{len(figures)}项相加为 {show(added / scale)}{unit}，比{_total(stated)}"
        f"{more} {show(abs(difference))}{unit}。{_hint(figures, stated.figure)}"
    )
    make = RULE.inconsistent if provable else RULE.query
    return make(
        message, _evidence(listing, stated), calculation=_addition(listing, stated), suggestion=_ALL,
        culprits=tuple(figure.span for figure in (stated.figure, *figures)), key=_key(listing, stated),
    )  # fmt: skip


def _remainder(known: Stated, listing: Listing, stated: Item) -> Result | None:
    """A part list that stays below its total: a question only if hardly anything can be missing."""
    figures = [item.figure for item in listing.items]
    rest = stated.figure.amount - sum((figure.amount for figure in figures), Decimal(0))
    told = listing.open_end and not _ends_with_etc(listing)
    if len(figures) < 3 or told or rest >= min(figure.amount for figure in figures):
        return None
    if rest in known.values:
        return None
    scale, unit = _unit(listing, stated)
    added = show((stated.figure.amount - rest) / scale)
    etc = "，末尾只写“等”" if listing.open_end else ""
    return RULE.query(
        f"{_total(stated)}，其中列出的{len(figures)}项相加为 {added}{unit}，"
        f"还有 {show(rest / scale)}{unit}没有列明{etc}。{_hint(figures, stated.figure)}",
        _evidence(listing, stated), calculation=_addition(listing, stated), suggestion=_REST,
        severity=Severity.LOW, culprits=tuple(figure.span for figure in (stated.figure, *figures)),
        key=_key(listing, stated),
    )  # fmt: skip


def _ends_with_etc(listing: Listing) -> bool:
    return listing.passage.text[listing.end :].startswith("等") or listing.items[-1].figure.raw.endswith("等")


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
    calculation = "；".join(
        f"{_quotient(part.items, claim.whole)} = {show(part.share * 100, 2)}%" for part in claim.parts
    )
    key = (*(f"{show(part.claimed.value)}%" for part in claim.parts), show(claim.whole.value))
    if claim.holds:
        return RULE.consistent(f"占比与所列金额相符：{shares}。", evidence, calculation=calculation, key=key)
    if claim.certain:
        return RULE.inconsistent(
            f"占比与所列金额不符：{shares}。", evidence, calculation=calculation, suggestion=_ALL,
            severity=Severity.MEDIUM, key=key,
        )  # fmt: skip
    return RULE.query(
        f"占比与所列金额对不上：按最接近的项目算，{shares}。", evidence, calculation=calculation,
        suggestion="请说明这一占比包括哪些支出项目，并与所列金额核对。", severity=Severity.LOW, key=key,
    )  # fmt: skip


def _of_other_sum(known: Stated, claim: Told) -> bool:
    """Whether another stated amount of the project gives the share."""
    sums = known.of(Role.PAID, Role.BUDGET, Role.INITIAL, Role.RECEIVED)
    return not claim.holds and any(
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
    doubt = f"（{'；'.join(guard.value for guard in claim.reasons)}）" if claim.reasons else ""
    return (RULE.inconsistent if claim.strength is Strength.PROOF else RULE.query)(
        f"“{part.told()}”文中写占 {share.raw}，按“{whole.told()}”计算不是这个数{doubt}。", evidence,
        relations=(claim.relation.equation(),), suggestion="核对两个金额和占比，更正写错的一个；分母是别的数的，写明分母。",
        severity=Severity.MEDIUM, culprits=(share.span,), key=key,
    )  # fmt: skip


def _told_in_turn(report: Report, summed: list[set[Span]]) -> Iterator[Result]:
    """Amounts that follow from those told just before: budgets, rests, rates of payment.

    `summed` are the amounts of each list that was added up: they are not told a second time.
    """
    balances = {amount.span for amount in report.stated(Role.BALANCE)}  # F105 looks at those
    rates = {amount.span for amount in report.prose_amounts if amount.role.is_rate}  # F106 at those
    for passage in report.prose:
        for steps in budget_steps(passage):
            if not any(amounts.issuperset(figure.span for figure in steps.figures) for amounts in summed):
                yield _steps(steps)
        for rest in rests(passage):
            if rest.left.span not in balances:
                yield _rest(rest)
        for told in paid_rates(passage):
            if told.rate.span not in rates:
                yield _paid_rate(told)


def _rest(rest: Rest) -> Result:
    scale, unit = rest.whole.scale, rest.whole.unit
    whole, taken, left = (show(one.amount / scale) for one in (rest.whole, rest.taken, rest.left))
    found = rest.whole.amount - rest.taken.amount
    evidence = (rest.whole, rest.taken, rest.left)
    calculation = f"{whole} − {taken} = {show(found / scale)}"
    key = ("余额", *(figure.raw for figure in evidence))
    if rest.holds:
        return RULE.consistent(
            f"余下的 {rest.left.raw}与前两个金额相符。", evidence, calculation=calculation, key=key
        )
    return _asked(
        f"{rest.whole.raw}减去 {rest.taken.raw}，余下应为 {show(found / scale)}{unit}，文中写 {rest.left.raw}。",
        evidence, f"{calculation} ≠ {left} (差 {show(abs(found - rest.left.amount) / scale)})",
        "核对三个金额，更正有误的一处。", key,
    )  # fmt: skip


def _paid_rate(told: PaidRate) -> Result:
    scale = told.due.scale
    words = f"{show(told.paid.amount / scale)} ÷ {show(told.due.amount / scale)}"
    share = show(told.paid.amount / told.due.amount * 100, 2) if told.due.amount else "—"
    evidence = (told.due, told.paid, told.rate)
    key = ("拨付率", *(figure.raw for figure in evidence))
    if told.holds:
        return RULE.consistent(
            f"比率 {told.rate.raw}与前两个金额相符。", evidence, calculation=f"{words} = {share}%", key=key
        )
    return _asked(
        f"文中比率写 {told.rate.raw}，按旁边的 {told.due.raw}、{told.paid.raw}计算为 {share}%。",
        evidence, f"{words} = {share}% ≠ {told.rate.raw}", "核对两个金额和比率，更正写错的一个。", key,
    )  # fmt: skip


def _steps(steps: Steps) -> Result:
    """The budget at the beginning of the year and what changed it, against what it became."""
    scale, unit = steps.result.scale, steps.result.unit
    words = show(steps.begun.amount / scale)
    for sign, figure in steps.changes:
        words += f" {'+' if sign > 0 else '−'} {show(figure.amount / scale)}"
    stated = show(steps.result.value)
    calculation = f"{words} = {show(steps.value / scale)}"
    key = ("预算调整", *(figure.raw for figure in steps.figures))
    if steps.interval.meets(steps.result.base):
        return RULE.consistent(
            f"年初预算和调整数与调整后的 {stated}{unit}相符。",
            steps.figures,
            calculation=calculation,
            key=key,
        )
    return _asked(
        f"年初预算加减调整数为 {show(steps.value / scale)}{unit}，文中调整后是 {steps.result.raw}，两者不符。",
        steps.figures,
        f"{calculation} ≠ {stated} (差 {show(abs(steps.value / scale - steps.result.value))})",
        "核对年初预算、调整数和调整后的预算；另有调整的，请写明。", key,
    )  # fmt: skip


def _asked(
    message: str, figures: Sequence[Figure], calculation: str, suggestion: str, key: tuple[str, ...]
) -> Result:
    """Amounts told one after the other that do not fit: any of them may be the wrong one."""
    return RULE.query(
        message, figures, calculation=calculation, suggestion=suggestion, severity=Severity.MEDIUM,
        culprits=tuple(figure.span for figure in figures), key=key,
    )  # fmt: skip


def _plus(items: tuple[Item, ...]) -> str:
    amounts = " + ".join(f"{show(item.figure.value)}{item.figure.unit}" for item in items)
    return f" {amounts} "


def _quotient(items: tuple[Item, ...], whole: Figure) -> str:
    parts = " + ".join(show(item.figure.amount / whole.scale) for item in items)
    return f"{f'({parts})' if len(items) > 1 else parts} ÷ {show(whole.value)}"


def _addition(listing: Listing, stated: Item) -> str:
    scale, _ = _unit(listing, stated)
    unit = stated.figure.amount / scale
    values = [item.figure.amount / scale for item in listing.items]
    added = sum(values, Decimal(0))
    parts = " + ".join(show(value) for value in values)
    if added == unit:
        return f"{parts} = {show(unit)}"
    if fine_sum([item.figure for item in listing.items]).meets(stated.figure.base):
        return f"{parts} = {show(added)} ≈ {show(unit)}"
    return f"{parts} = {show(added)} ≠ {show(unit)} (差 {show(abs(added - unit))})"


def _unit(listing: Listing, stated: Item) -> tuple[Decimal, str]:
    """The unit to tell sums in: that of most items."""
    figures = [item.figure for item in listing.items] + [stated.figure]
    units = [(figure.scale, figure.unit) for figure in figures]
    return max(dict.fromkeys(units), key=units.count)


def _total(stated: Item) -> str:
    name = stated.name.strip("，,、:：") if len(stated.name) <= 16 else ""
    return f"总数“{name}{stated.figure.raw}”"


def _evidence(listing: Listing, stated: Item) -> list[Figure]:
    return [stated.figure, *(item.figure for item in listing.items)]


def _key(listing: Listing, stated: Item) -> tuple[str, ...]:
    return (
        show(stated.figure.amount),
        *(f"{item.name} {show(item.figure.amount)}" for item in listing.items),
    )


def _hint(figures: list[Figure], stated: Figure) -> str:
    """The one slip that would explain the difference, as a hint."""
    added = sum((figure.amount for figure in figures), Decimal(0))
    for figure in figures:
        wanted = figure.amount + stated.amount - added
        if wanted > 0 and _slip(figure, wanted / figure.scale):
            return f"（提示：“{figure.raw}”如为 {show(wanted / figure.scale)} 则相符，可能数字写错。）"
    if added > 0 and _slip(stated, added / stated.scale):
        return f"（提示：总数“{stated.raw}”如为 {show(added / stated.scale)} 则相符，可能数字写错。）"
    return ""


def _slip(figure: Figure, wanted: Decimal) -> bool:
    """Whether the two differ in one digit, or in two neighbours that changed places."""
    places = Decimal(1).scaleb(-figure.decimals)
    if wanted != wanted.quantize(places):
        return False
    old, new = (f"{value.quantize(places):f}" for value in (figure.value, wanted))
    if len(old) != len(new):
        return False
    differ = [at for at in range(len(old)) if old[at] != new[at]]
    digits = [old[at] for at in differ]
    if len(differ) == 1:
        return True
    between = old[differ[0] + 1 : differ[-1]].strip(".") if len(differ) == 2 else "x"
    return len(differ) == 2 and not between and [new[at] for at in differ] == digits[::-1]
