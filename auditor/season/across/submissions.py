"""A801 and A802: one project told twice, this year with other figures, or with the figures of last year.

Two amounts differ only where no reading of one meets any reading of the other (interval arithmetic).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from auditor.document import View
from auditor.figures import Kind as Measure
from auditor.figures import scan
from auditor.language.shared_text import plain
from auditor.report.model import Role
from auditor.season.across.grouping import Group
from auditor.season.across.kinds import evaluates
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.stated import Amount, Mark, Stated
from auditor.season.records import Narrative, Record

DIFFERENT = Kind(
    "A801",
    "across.two-submissions",
    "同一项目两份材料数字不同",
    "medium",
    "说明以哪一份为准，并说明改动的原因。",
)
STALE = Kind(
    "A802", "across.last-year", "沿用上年数字", "high", "按本年的实际数重新填报；确实相同的，请说明。"
)

ROLES = (Role.INITIAL, Role.BUDGET, Role.RECEIVED, Role.PAID, Role.BALANCE)
_TELLING = 3
"""Significant digits from which an amount is not the same by chance: 300 万元 is round, 318 万元 is not."""

_TOLD = ("INDICATOR", "RESULT")
_PASSAGE = 30
"""Characters from which a narrative is not told twice by chance."""
_MEASURED = (Measure.MONEY, Measure.RATE, Measure.COUNT, Measure.POINTS, Measure.PLAIN)

Read = Callable[[Record, bool], Stated]
"""What a report states; the flag asks in the season before."""


def different(group: Group, read: Read) -> Iterator[Matter]:
    """Self-evaluations of one project and year: the last one counts, and is held against the latest before it that says
    otherwise. One question for each project, however often it was corrected."""
    papers = [one for one in group.records if evaluates(one) and one.same_as is None]
    for year in dict.fromkeys(one.year for one in papers):
        same_year = sorted((one for one in papers if one.year == year), key=lambda one: (one.added, one.id))
        for form in dict.fromkeys(one.form for one in same_year):
            last, *earlier = [one for one in reversed(same_year) if one.form == form]
            told = (_differing(one, last, read) for one in earlier if _apart(one, last))
            yield from filter(None, [next(filter(None, told), None)])


def _apart(before: Record, after: Record) -> bool:
    """Whether they are two papers. Two parts of one file are told apart by their own rules; where the file itself was
    replaced, nobody can take the one for the other."""
    return before.sha256 != after.sha256 and (before.path, before.member) != (after.path, after.member)


def _differing(before: Record, after: Record, read: Read) -> Matter | None:
    first, second = read(before, False), read(after, False)
    pairs: list[tuple[str, Amount | Mark, Amount | Mark]] = []
    for role in ROLES:
        if apart := contradicting(first.whole(role.value), second.whole(role.value)):
            pairs.append((role.value, *apart))
    if first.score and second.score and first.score.text != second.score.text:
        pairs.append(("自评分", first.score, second.score))
    if not pairs:
        return None
    told = "；".join(f"{name}前一份“{one.raw}”，后一份“{other.raw}”" for name, one, other in pairs)
    sides = [
        Side.of(record, each)
        for _, *both in pairs
        for record, each in zip((before, after), both, strict=True)
    ]
    return Matter(DIFFERENT, f"“{after.name}”的两份材料数字不同：{told}。", tuple(sides), calculated(pairs))


def contradicting(ours: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Amount, Amount] | None:
    """The first of either side where none of one meets any of the other."""
    if not ours or not theirs or any(one.base.meets(other.base) for one in ours for other in theirs):
        return None
    return ours[0], theirs[0]


def calculated(pairs: Sequence[tuple[str, Amount | Mark, Amount | Mark]]) -> str:
    return "；".join(
        f"{name}：{one.raw} ≠ {other.raw}（区间{one.base}元与{other.base}元不相交）"
        for name, one, other in pairs
        if isinstance(one, Amount) and isinstance(other, Amount)
    )


def stale(now: Record, before: Record, read: Read) -> Iterator[Matter]:
    """A report that states two or more amounts of the report of the year before, to the last digit."""
    if now.year is None or before.year is None or now.year <= before.year or not evaluates(now):
        return
    ours, theirs = read(now, False), read(before, True)
    same: list[tuple[str, Amount, Amount]] = []
    for role in ROLES:
        if pair := _repeated(ours.whole(role.value), theirs.whole(role.value)):
            same.append((role.value, *pair))
    # A balance of last year's budget and payment repeats both: budget and payment alone are two statements.
    if len({one.value for _, one, _ in same}) >= 2:
        told = "、".join(f"{role}“{one.raw}”" for role, one, _ in same)
        sides = [
            side
            for _, one, other in same
            for side in (Side.of(now, one), Side.of(before, other, previous=True))
        ]
        yield Matter(
            STALE, f"“{now.name}”{now.year}年度的{told}与{before.year}年度的报告一模一样。", tuple(sides)
        )


def retold(
    now: Record, before: Record, ours: Sequence[Narrative], theirs: Sequence[Narrative]
) -> Iterator[Matter]:
    """Narratives that tell two numbers or more, word for word as the report of the year before told them."""
    if now.year is None or before.year is None or now.year <= before.year or not evaluates(now):
        return
    known = {plain(one.text): one for one in theirs if one.topic in _TOLD}
    same = [
        (one, known[plain(one.text)])
        for one in ours
        if one.topic in _TOLD
        and len(one.text) >= _PASSAGE
        and plain(one.text) in known
        and _numbers(one.text) >= 2
    ]
    if same:
        text = same[0][0].text
        quote = text if len(text) <= 60 else f"{text[:40]}……{text[-15:]}"
        sides = [
            side
            for one, other in same
            for side in (Side(now, one.start, one.end), Side(before, other.start, other.end, previous=True))
        ]
        yield Matter(
            STALE,
            f"“{now.name}”{now.year}年度有{len(same)}段说明连同数字与{before.year}年度的报告一字不差：“{quote}”。",
            tuple(sides),
        )


def _numbers(text: str) -> int:
    return sum(figure.kind in _MEASURED for figure in scan(View(text, ((0, 0),))))


def _repeated(ours: Sequence[Amount], theirs: Sequence[Amount]) -> tuple[Amount, Amount] | None:
    for one in ours:
        for other in theirs:
            if one.value == other.value and one.digits >= _TELLING:
                return one, other
    return None
