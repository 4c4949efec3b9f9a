"""A805 and A806: what was declared or monitored against the self-evaluation: targets and the budget.

Only indicators of the same name are compared, and only where the name stands once in either paper. A target counts
as lowered where both numbers have one unit and the sign of both says which way is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.figures.conversions import factors
from auditor.report.model import Role
from auditor.season.across.grouping import Group, plain
from auditor.season.across.kinds import declares, monitors, of_project
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.stated import Amount, Stated, Target
from auditor.season.across.submissions import Read, calculated, contradicting
from auditor.season.records import Record

LOWERED = Kind(
    "A805", "across.target-changed", "目标前后不一致", "high", "附调整目标的批复；没有批复的，按原目标评价。"
)
BUDGET = Kind(
    "A806", "across.declared-budget", "申报预算与自评预算不一致", "medium", "说明差额的来由，附预算批复。"
)

_DECLARED = (Role.INITIAL, Role.BUDGET, Role.APPROVED, Role.INVESTED)


def changed(group: Group, read: Read) -> Iterator[Matter]:
    """Each paper that sets targets against the last self-evaluation of its year."""
    self_told = [one for one in group.records if of_project(one)]
    for before in group.records:
        if not declares(before) and not monitors(before):
            continue
        later = [one for one in self_told if one.current and (before.year is None or one.year == before.year)]
        if len({one.year for one in later}) == 1:  # which year the paper speaks of is beyond doubt
            yield from _targets(before, later[-1], read)
            yield from _budget(before, later[-1], read)


def _targets(before: Record, after: Record, read: Read) -> Iterator[Matter]:
    first, second = _named(read(before, False)), _named(read(after, False))
    shared = [name for name in first if name in second]
    for name in shared:
        declared, told = first[name], second[name]
        if what := _change(declared, told):
            yield Matter(
                LOWERED,
                f"“{after.name}”的指标“{told.name}”{what}：{paper(before)}为“{declared.raw}”，自评表为“{told.raw}”。",
                (Side.of(before, declared), Side.of(after, told)),
                f"{declared.raw} → {told.raw}",
            )
    dropped = [first[name] for name in first if name not in second and not _renamed(first[name], second)]
    if dropped and shared and not after.covered.unread_tables and len(dropped) < len(first):
        names = "、".join(f"“{one.name}”" for one in dropped)
        anchor = second[shared[0]]
        yield Matter(
            LOWERED,
            f"“{after.name}”的{paper(before)}里有{len(dropped)}个指标，自评表没有：{names}。",
            (*(Side.of(before, one) for one in dropped), Side.of(after, anchor)),
        )


def paper(record: Record) -> str:
    return "监控表" if monitors(record) else "申报表"


def _named(stated: Stated) -> dict[str, Target]:
    """Targets by the plain name of their indicator, those whose name stands once."""
    counts = Counter(plain(one.name) for one in stated.targets)
    return {
        plain(one.name): one for one in stated.targets if counts[plain(one.name)] == 1 and plain(one.name)
    }


def _renamed(one: Target, others: dict[str, Target]) -> bool:
    """Whether another name holds this one or lies in it, or has the very same target: no sure loss."""
    name = plain(one.name)
    return any(name in other or other in name or told.raw == one.raw for other, told in others.items())


def _change(declared: Target, told: Target) -> str:
    if declared.value is None or told.value is None:
        return ""
    before, now = declared.value, told.value
    if declared.unit != told.unit:
        shared = factors(declared.unit, told.unit)
        if shared is None:
            return "换了计量单位" if declared.unit and told.unit and before != now else ""
        before, now = before * shared[0], now * shared[1]  # 5公里 and 5000米 are one target
    if declared.reverse is None or declared.reverse is not told.reverse or before == now:
        return ""
    lowered = now > before if declared.reverse else now < before
    return "目标降低" if lowered else ""


def _budget(before: Record, after: Record, read: Read) -> Iterator[Matter]:
    """The declared budget may be any of the amounts that the declaration calls so."""
    first, second = read(before, False), read(after, False)
    declared = [one for role in _DECLARED for one in first.whole(role.value)]
    initial = second.whole(Role.INITIAL.value) or second.whole(Role.BUDGET.value)
    pair: tuple[Amount, Amount] | None = contradicting(declared, initial)
    if pair is not None:
        one, other = pair
        yield Matter(
            BUDGET,
            f"“{after.name}”的{paper(before)}预算“{one.raw}”，自评表{other.role}“{other.raw}”。",
            (Side.of(before, one), Side.of(after, other)),
            calculated([("预算", one, other)]),
        )
