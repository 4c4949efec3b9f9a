"""Drawing reports: simple, stratified, by risk. Each report of a stratum has the same chance.

Drawing more (a larger `size`) keeps all that was drawn: a stratum goes on in its random order, and the
shares of the strata are dealt out one report after another (Webster's divisors behind one report for each
stratum; see Balinski and Young, Fair Representation, 1982: such a method never takes a seat back).
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from auditor.season.sampling.draw import Draw, Drawn, Method, Plan, Stratum
from auditor.season.sampling.frame import WHOLE, Frame, FrameError, Item
from auditor.season.sampling.order import key, shuffled

LARGE = "大额必查"
RISKY = "高风险必查"


def draw_reports(frame: Frame, plan: Plan) -> Draw:
    """Raises `FrameError` for a size of nothing, an empty frame, and where a stratum would be left without a report:
    nothing could be said of it, nor of the whole."""
    if plan.size < 1 or not frame.items:
        raise FrameError("没有可以抽的报告" if not frame.items else "样本数至少是 1")
    limit = plan.certain_from
    large = [item for item in frame.items if limit is not None and (item.amount or 0) >= limit]
    rest = without(frame.items, large)
    certain = {LARGE: sorted(large, key=lambda item: (-(item.amount or 0), item.id.encode()))}
    size = plan.size
    if plan.method is Method.RISK:
        certain[RISKY] = riskiest(rest, plan.seed, min(plan.riskiest, size))
        size -= len(certain[RISKY])
        rest = without(rest, certain[RISKY])
    groups: dict[str, list[Item]] = {}
    for item in rest:
        groups.setdefault(item.stratum if plan.method is Method.STRATIFIED else WHOLE, []).append(item)
    if size < len(groups):
        raise FrameError(_too_few(plan, len(groups)))
    sizes = shares({name: len(group) for name, group in groups.items()}, size)
    strata, drawn = [], list[Drawn]()
    for name, group in certain.items():
        if group:
            strata.append(Stratum(name, len(group), _amount(group), len(group), certain=True))
            drawn += [Drawn(len(drawn) + at, item, name, certain=True) for at, item in enumerate(group, 1)]
    for name in sorted(groups, key=str.encode):
        chosen = shuffled(plan.seed, groups[name])[: sizes[name]]
        strata.append(Stratum(name, len(groups[name]), _amount(groups[name]), len(chosen)))
        drawn += [
            Drawn(len(drawn) + at, item, name, key(plan.seed, item.id)) for at, item in enumerate(chosen, 1)
        ]
    return Draw(frame, plan, tuple(strata), tuple(drawn))


def _too_few(plan: Plan, strata: int) -> str:
    if plan.method is Method.RISK:
        return "除风险最高的以外，其余报告至少要随机抽 1 份，否则不能推算；请加大样本数，或减少 --riskiest"
    return f"分了 {strata} 层，每层至少抽一份，样本数不能少于 {strata}；请加大样本数，或少分几层"


def riskiest(items: Sequence[Item], seed: str, count: int) -> list[Item]:
    """Those of the highest risk; the random order decides among equals."""
    return sorted(shuffled(seed, items), key=lambda item: -item.risk)[:count]


def without(items: Sequence[Item], others: Sequence[Item]) -> list[Item]:
    """The items that are none of the others."""
    taken = {item.id for item in others}
    return [item for item in items if item.id not in taken]


def shares(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of `size` fall to each stratum: one each, the largest first, then always to the one with the
    largest population ÷ (2 × drawn + 1) that is not used up; names decide among equals."""
    dealt = dict.fromkeys(populations, 0)
    queue = [(Fraction(-count), name.encode(), name) for name, count in populations.items() if count]
    first, later = sorted(queue), list[tuple[Fraction, bytes, str]]()
    for _ in range(size):
        if first:
            _, encoded, name = first.pop(0)
        elif later:
            _, encoded, name = heapq.heappop(later)
        else:
            break
        dealt[name] += 1
        if dealt[name] < populations[name]:
            heapq.heappush(later, (Fraction(-populations[name], 2 * dealt[name] + 1), encoded, name))
    return dealt


def _amount(items: Sequence[Item]) -> Decimal:
    return sum((item.amount for item in items if item.amount is not None), Decimal(0))
