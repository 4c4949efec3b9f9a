"""How a claim is told: its message and calculation in plain words, for every rule that reports one."""

from __future__ import annotations

from decimal import Decimal

from auditor.facts.claim import Claim, Shape, Strength
from auditor.facts.slip import Explanation, Pattern, explained
from auditor.figures import Equation, Figure, Kind, show

ODD_ROUNDING = "凑整很少差这么多，请按未取整的数核对。"
"""Said of a sum that only rounding of an odd kind could explain."""
_SHOWN = 16


def unit_of(claim: Claim) -> tuple[Decimal, str]:
    """The unit to tell the sum in, as (scale, word): that of most figures."""
    units = [(figure.scale, figure.unit) for figure in claim.figures]
    return max(dict.fromkeys(units), key=units.count)


def total_named(claim: Claim) -> str:
    """ "总数“下达资金4108万元”" """
    named = claim.whole.head.strip("，,、:：的 ")
    name = named if len(named) <= _SHOWN else ""
    return f"总数“{name}{claim.relation.claimed.raw}”"


def of_parts(claim: Claim) -> str:
    """What is said of parts that do not make up their whole."""
    scale, unit = unit_of(claim)
    relation, parts = claim.relation, claim.parts
    unit = unit if relation.claimed.kind is Kind.MONEY else ""
    added = f"所列{len(parts)}项相加为 {show(relation.value / scale)}{unit}"
    if relation.meets_finely:
        return f"{added}，{total_named(claim)}，{ODD_ROUNDING}"
    more = "多" if relation.difference > 0 else "少"
    gap = show(abs(relation.difference) / scale)
    return f"{added}，比{total_named(claim)}{more} {gap}{unit}。{hint(claim)}{why(claim)}"


def two_figures(claim: Claim, like: str) -> str:
    """What is said of two figures under one name that one slip of the pen explains; `like` is what the two
    look like: "同一笔钱", "同一件事"."""
    first, later = claim.parts[0], claim.whole
    name = claim.names[0] if claim.names else ""
    return f"“{name}{first.in_words()}”与“{later.in_words()}”像是{like}，两个数不同{doubts(claim)}。"


def doubts(claim: Claim) -> str:
    """Every guard that weakened the claim, in brackets."""
    return f"（{'；'.join(guard.value for guard in claim.reasons)}）" if claim.reasons else ""


def why(claim: Claim) -> str:
    """Why it is only asked: the first guard, in brackets."""
    if claim.strength is Strength.ASK and claim.reasons:
        return f"（{claim.reasons[0].value}，请核对。）"
    return ""


def equation(claim: Claim) -> Equation:
    """ "30 + 40 = 70 ≠ 80 (差 10)" in the unit of most figures."""
    return claim.relation.equation(unit_of(claim)[0])


def hint(claim: Claim) -> str:
    """The one figure that one slip explains, as a hint; "" where none does or two do equally well."""
    surplus = claim.relation.difference
    extra = [part for part in claim.parts if part.figure.amount == surplus]
    if claim.shape is Shape.PARTS and len(extra) == 1 and len(claim.parts) > 2:
        return f"不计“{extra[0].told()}”则正好相等，可能它不在总数之内，或总数漏加了它。"
    found = _likeliest(explained(claim.relation))
    if len(found) != 1:
        return ""
    figure, meant = found[0].figure, show(found[0].meant)
    named = "总数" if figure is claim.relation.claimed else ""
    return f"（提示：{named}“{figure.raw}”如为 {meant} 则相符，可能是{found[0].pattern.value}。）"


def _likeliest(found: list[Explanation]) -> list[Explanation]:
    """Those of the likeliest pattern: two digits that changed places are rarely chance, a single other
    digit is what every difference of 1, 20 or 300 looks like."""
    swapped = [one for one in found if one.pattern is not Pattern.CHANGED]
    return swapped or found


def key(claim: Claim) -> tuple[str, ...]:
    """What identifies the finding: the whole, then names and values of the parts."""
    return (
        show(claim.relation.claimed.amount),
        *(
            f"{name} {show(figure.amount)}"
            for name, figure in zip(claim.names, claim.relation.terms, strict=True)
        ),
    )


def evidence(claim: Claim) -> list[Figure]:
    """The whole, then the parts."""
    return list(claim.relation.figures)


def holding(claim: Claim) -> str:
    """What a tick says of a rest or a stock."""
    if claim.shape is Shape.REST:
        return f"余下的 {claim.whole.figure.raw}与前两个数相符。"
    if claim.shape is Shape.NOTHING_LEFT:
        return f"没有结余，与收入 {claim.parts[0].figure.raw}、支出 {claim.whole.figure.raw}相符。"
    if claim.shape is Shape.STEP:
        high, low = (one.figure.raw for one in claim.parts)
        return f"“{claim.whole.told()}”与 {high}、{low}相差的数相符。"
    return f"年初数和增减数与“{claim.whole.told()}”相符。"


def not_holding(claim: Claim) -> str:
    """What is asked of a rest or a stock that does not hold."""
    scale, unit = claim.relation.claimed.scale, claim.relation.claimed.unit_printed
    found = show(claim.relation.value / scale)
    if claim.shape is Shape.REST:
        whole, taken = claim.parts
        return (
            f"{whole.figure.raw}减去 {taken.figure.raw}，余下应为 {found}{unit}，文中写“{claim.whole.told()}”。"
            f"{hint(claim)}"
        )
    if claim.shape is Shape.STEP:
        high, low = (one.told() for one in claim.parts)
        return f"“{high}”与“{low}”相差 {found}{unit}，文中写“{claim.whole.told()}”。{hint(claim)}"
    gap = show(abs(claim.relation.difference) / scale)
    if claim.shape is Shape.NOTHING_LEFT:
        return f"“{claim.parts[0].told()}”减去“{claim.whole.told()}”还有 {gap}{unit}，文中却写没有结余。{hint(claim)}"
    return f"年初数加减增减数为 {found}{unit}，文中写“{claim.whole.told()}”，相差 {gap}{unit}。{hint(claim)}"


def asked_for(claim: Claim) -> str:
    """What the unit is asked to do."""
    if claim.shape is Shape.STOCK:
        return "核对年初数、增减数和年末数；另有增减的，请写明。"
    return "核对这几个数，更正有误的一处；另有收回、结转的，请写明。"


def key_of(claim: Claim) -> tuple[str, ...]:
    """What identifies a rest or a stock."""
    return (claim.shape.value, *(figure.raw for figure in claim.figures))
