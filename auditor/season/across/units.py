"""A803 and A807: all reports of one unit together: every one with full marks, and sums above the whole of the unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.figures import show
from auditor.figures.interval import total
from auditor.report.model import Role
from auditor.season.across.grouping import plain
from auditor.season.across.kinds import of_department, of_project
from auditor.season.across.matter import Kind, Matter, Side
from auditor.season.across.stated import Amount
from auditor.season.across.submissions import Read
from auditor.season.records import Record

FULL = Kind("A803", "across.all-full-marks", "一个单位全部满分", "low", "逐个说明满分的依据，附佐证材料。")
ABOVE = Kind(
    "A807",
    "across.projects-above-unit",
    "项目合计超过部门整体",
    "high",
    "核对部门整体的数字和各项目的资金来源。",
)

_FEWEST = 3
_FULL = Decimal(100)


def by_unit(records: Sequence[Record]) -> dict[tuple[str, int | None], list[Record]]:
    """The papers that count, by unit and year."""
    found: dict[tuple[str, int | None], list[Record]] = defaultdict(list)
    for one in records:
        if one.current and plain(one.unit):
            found[plain(one.unit), one.year].append(one)
    return found


def full_marks(papers: Sequence[Record], read: Read) -> Iterator[Matter]:
    """Three projects or more, each with 100 points."""
    scored = [one for one in papers if of_project(one) and one.self_score is not None]
    projects = {plain(one.project) for one in scored}
    if len(projects) < _FEWEST or any(one.self_score != _FULL for one in scored):
        return
    marks = [(one, read(one, False).score) for one in scored]
    sides = tuple(Side.of(one, score) for one, score in marks if score is not None)
    if len(sides) == len(scored):
        yield Matter(FULL, f"“{scored[0].unit}”的{len(scored)}个项目自评全部100分。", sides)


def above_whole(papers: Sequence[Record], read: Read) -> Iterator[Matter]:
    """The least that the projects can add up to against the most that the whole can be."""
    wholes = [one for one in papers if of_department(one)]
    projects = [one for one in papers if of_project(one)]
    if len(wholes) != 1 or len({plain(one.project) for one in projects}) < len(projects) or not projects:
        return
    for role in (Role.BUDGET, Role.PAID):
        most = read(wholes[0], False).whole(role.value)
        parts = [(one, told[0]) for one in projects if (told := read(one, False).whole(role.value))]
        if most and parts:
            yield from _above(role, wholes[0], most, parts)


def _above(
    role: Role, whole: Record, most: Sequence[Amount], parts: Sequence[tuple[Record, Amount]]
) -> Iterator[Matter]:
    summed = total(amount.base for _, amount in parts)
    if not all(one.base.below(summed) for one in most):
        return
    told = " + ".join(amount.raw for _, amount in parts[:12]) + (" + …" if len(parts) > 12 else "")
    yield Matter(
        ABOVE,
        f"“{whole.unit}”{len(parts)}个项目的{role.value}合计{show(sum((amount.value for _, amount in parts), Decimal(0)))}元，"
        f"超过部门整体报告的{role.value}“{most[0].raw}”。",
        (Side.of(whole, most[0]), *(Side.of(one, amount) for one, amount in parts)),
        f"{told}，至少{show(summed.low)}元 > {most[0].raw}，至多{show(most[0].base.high)}元",
    )
