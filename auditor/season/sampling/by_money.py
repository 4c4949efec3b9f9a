"""Monetary unit sampling: each 元 has the same chance, so that much money is seen in few reports.

The reports stand in their random order on a line that is as long as their money. Fixed interval: one random
start, then one point every J. Cell: one random point in each stretch of J. Whoever holds a point is drawn,
once, however many he holds; the hits are counted, because each stands for J of the money.

Reports of at least J are in for certain and not on the line (taking them off makes J smaller, until none is
left: AICPA Audit Sampling guide, "individually significant items"). Doubling a sample halves J: the old
points stay, each gets one new neighbour, and what is now at least J is in for certain too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

from auditor.season.sampling.by_report import LARGE, without
from auditor.season.sampling.draw import Draw, Drawn, Method, Plan, Stratum
from auditor.season.sampling.frame import Frame, FrameError, Item
from auditor.season.sampling.order import key, share, shuffled

LINE = "金额抽样"


def draw_money(frame: Frame, plan: Plan) -> Draw:
    """Raises `FrameError` for a size of nothing, or where no report states an amount above zero."""
    with_money = [item for item in frame.items if item.amount is not None and item.amount > 0]
    if plan.size < 1 or not with_money:
        raise FrameError("样本数至少是 1" if with_money else "没有一份报告有大于 0 的金额，不能按金额抽")
    line, units = _line(with_money, plan.size)
    interval = Fraction(_sum(line)) / (units << plan.doublings)
    hit = hits(line, plan, units)
    sampled = [item for item in line if _yuan(item) < interval]
    certain = without(with_money, sampled)
    certain.sort(key=lambda item: (-_yuan(item), item.id.encode()))
    drawn = [Drawn(at, item, LARGE, certain=True) for at, item in enumerate(certain, 1)]
    for item in sampled:
        if hit[item.id]:
            drawn.append(Drawn(len(drawn) + 1, item, LINE, key(plan.seed, item.id), hit[item.id]))
    strata = []
    if certain:
        strata.append(Stratum(LARGE, len(certain), _sum(certain), len(certain), certain=True))
    if sampled:
        strata.append(
            Stratum(LINE, len(sampled), _sum(sampled), len(drawn) - len(certain), interval=interval)
        )
    left_out = tuple(item for item in frame.items if item.amount is None or item.amount <= 0)
    return Draw(frame, plan, tuple(strata), tuple(drawn), left_out)


def _line(items: Sequence[Item], size: int) -> tuple[list[Item], int]:
    """The reports below the interval, and how many units are left to be drawn among them: one less for each
    report that is in for certain."""
    line, units = list(items), size
    while line:
        whole = _sum(line)
        smaller = [item for item in line if _yuan(item) * units < whole]
        if len(smaller) == len(line):
            break
        units -= len(line) - len(smaller)
        line = smaller
    return line, max(units, 1)


def hits(line: Sequence[Item], plan: Plan, units: int) -> Counter[str]:
    """How often each report of the line is hit, by identity."""
    ordered = shuffled(plan.seed, line)
    ends = list(accumulate(map(_yuan, ordered)))
    found: Counter[str] = Counter()
    if ends:
        for point in points(plan, Fraction(ends[-1]), units):
            found[ordered[bisect_right(ends, point)].id] += 1
    return found


def points(plan: Plan, length: Fraction, units: int) -> list[Fraction]:
    """Places on a line of that length: `units` of them, twice as many for each doubling."""
    interval = length / units
    if plan.method is Method.MUS:
        interval /= 1 << plan.doublings
        start = share(plan.seed, "起点") * (length / units) % interval
        return [start + interval * at for at in range(units << plan.doublings)]
    found: list[Fraction] = []
    for level in range(plan.doublings + 1):
        kept = {point // interval: point for point in found}  # by number of the cell
        found = [
            kept[cell]
            if cell in kept
            else interval * (cell + share(plan.seed, f"格{units << level}-{cell + 1}"))
            for cell in range(units << level)
        ]
        interval /= 2
    return found


def _yuan(item: Item) -> Decimal:
    assert item.amount is not None  # asked only of reports on the line
    return item.amount


def _sum(items: Sequence[Item]) -> Decimal:
    return sum(map(_yuan, items), Decimal(0))
