"""Whether more or less of an indicator is better, and whether that is beyond doubt.

A sign in the target settles it. Without one only names of a closed list, and targets of 100%, are
surely "the more the better"; words of the other list say that less is better, but never prove it.
"""

from __future__ import annotations

from decimal import Decimal

from auditor.figures import INFINITY, Figure, Interval, Kind, Modifier
from auditor.language import word

# Without a sign nobody can tell whether three days instead of five is good ("办理", "开放").
TIMES = frozenset(("天", "日", "小时", "分钟", "工作日", "个工作日", "月", "个月", "年", "秒"))


def wanted(target: Figure, label: str) -> tuple[Interval | None, bool, bool]:
    """Values (in base units) that meet the target (None: no telling); whether less is better;
    whether that is sure."""
    value = target.amount
    name = label.rsplit("/", 1)[-1]
    more = bool(word("more_is_better").search(name))
    rate = (
        target.kind is Kind.RATE
        and word("ends_in_rate").search(name) is not None
        and not word("cost_controlled").search(name)
    )
    spent = not rate and ("成本" in label or bool(word("a_cost").search(name)))
    cost = spent and (not more or bool(word("ends_in_cost").search(name)))
    given = word("a_standard").search(name) is not None
    bad = (
        bool(word("less_is_better").search(name)) and not more and not (rate and word("a_cost").search(name))
    )
    whole = target.kind is Kind.RATE and value == 1
    match target.modifier:
        case Modifier.AT_MOST:
            return Interval(-INFINITY, value), True, True
        case Modifier.UNDER:
            return Interval(-INFINITY, value, high_open=True), True, True
        case Modifier.AT_LEAST:
            return Interval(value, INFINITY), False, not cost or given
        case Modifier.OVER:
            return Interval(value, INFINITY, low_open=True), False, not cost or given
    if value == 0 and target.modifier in (Modifier.NONE, Modifier.EQUAL):
        return Interval(-INFINITY, value), True, True
    if not whole and (cost or bad):
        return Interval(-INFINITY, target.base.high), True, False
    if target.unit in TIMES:
        return None, False, False
    low = target.base.low if target.is_vague else value
    done = bool(word("direction_done").search(name))
    sure = (done or (whole and not spent)) and not bad and target.kind is not Kind.MONEY
    sure = sure and not (target.kind is Kind.RATE and value < Decimal("0.5"))
    return Interval(low, INFINITY), False, sure
