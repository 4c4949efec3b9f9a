"""The season compared across its reports: matters out of the store, the grouping and its corrections, what is kept."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.regular import regular
from auditor.season import papers
from auditor.season.across import copies, declared, expenses, submissions, units
from auditor.season.across.grouping import Group, groups
from auditor.season.across.matter import Matter, Side, Told, told
from auditor.season.across.stated import Stated
from auditor.season.reading import StoredReports, records
from auditor.season.records import Record
from auditor.season.workspace import Workspace

KIND = "归并"
COPIES = "雷同"
_NAME = "更正"
_HEADS = ("编号", "归并到", "依据", "单位", "项目", "项目编码", "类别", "年度", "文件")
_CACHED = 20_000


class BadGrouping(Exception):
    """A list of corrections that cannot be used; one line in Chinese says why."""


@dataclass
class Compared:
    """`dropped` quotes were not in their document; `blind` reports were audited before places were kept."""

    told: list[Told]
    dropped: int = 0
    blind: int = 0
    groups: list[Group] = field(default_factory=list)


@dataclass
class _Season:
    """The reports of one store, what they state read once."""

    workspace: Workspace
    records: list[Record]
    blind: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.reports = StoredReports(self.workspace.store)
        self.stated: Callable[[int], Stated] = lru_cache(_CACHED)(self._stated)
        self.text: Callable[[int], str] = lru_cache(256)(self.reports.text)

    def _stated(self, number: int) -> Stated:
        found = self.reports.stated(number)
        if found is None:
            self.blind.add(number)
        return found or Stated()


def grouped(workspace: Workspace) -> list[Group]:
    """Documents of one project, as corrected."""
    return groups(records(workspace.store), _corrected(workspace))


def across(workspace: Workspace, previous: Workspace | None = None) -> Compared:
    """Every relation but copies; `previous` is the season of the year before."""
    now = _Season(workspace, records(workspace.store))
    before = None if previous is None else _Season(previous, records(previous.store))

    def read(record: Record, earlier: bool) -> Stated:
        season = before if earlier and before is not None else now
        return season.stated(record.id)

    found = groups(now.records, _corrected(workspace))
    matters: list[Matter] = []
    for group in found:
        matters += [*submissions.different(group, read), *declared.changed(group, read)]
    for own in units.by_unit(now.records).values():
        matters += [*units.full_marks(own, read), *units.above_whole(own, read)]
    matters += expenses.twice(now.records, read)
    if before is not None:
        matters += _stale(now, before, read)
    kept, dropped = told(matters, lambda side: _text(side, now, before))
    return Compared(kept, dropped, len(now.blind) + len(before.blind if before else ()), found)


def copied(workspace: Workspace, template: str = "") -> Compared:
    """Narratives that reports of different projects have in common. `template`: the text of a blank form.

    Raises `ModuleNotFoundError` where the package for sketches is missing.
    """
    now = _Season(workspace, [one for one in records(workspace.store) if one.current])
    narratives = lru_cache(_CACHED)(lambda record: now.reports.narratives(record.id))
    form = copies.Template.of(template)
    form.learn((record, narratives(record)) for record in now.records)
    comparison = copies.Comparison(now.records, narratives, form)
    kept, dropped = told(comparison.matters(), lambda side: now.text(side.record.id))
    counts = Counter(side.record.key for one in kept for side in one.sides)
    if counts != copies_of(workspace):
        papers.keep(workspace, COPIES, _NAME, counts, {"reports": len(counts)})
    return Compared(kept, dropped)


def copies_of(workspace: Workspace) -> Mapping[str, int]:
    """In how many matters of copied text each report stands, by its key, as last compared."""
    return papers.last(workspace.store, COPIES, _NAME) or {}


def _stale(now: _Season, before: _Season, read: submissions.Read) -> Iterator[Matter]:
    """Each report that counts against that of the same project in the season before."""
    earlier = {-1 - one.id: one for one in before.records if one.current}
    shifted = [replace(one, id=number) for number, one in earlier.items()]  # numbers of two stores are apart
    for group in groups([one for one in now.records if one.current] + shifted):
        for one in group.records:
            for other in group.records:
                if one.id >= 0 > other.id:
                    last = earlier[other.id]
                    yield from submissions.stale(one, last, read)
                    yield from submissions.retold(
                        one, last, now.reports.narratives(one.id), before.reports.narratives(last.id)
                    )


def _text(side: Side, now: _Season, before: _Season | None) -> str:
    season = before if side.previous and before is not None else now
    return season.text(side.record.id)


def correct(workspace: Workspace, file: Path) -> int:
    """Takes in a list of the grouping that was corrected by hand; how many reports were moved.

    Raises `BadGrouping`.
    """
    try:
        rows = list(csv.DictReader(regular(file).read_text("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BadGrouping(f"{file} 读不了，应是 season across --groups 写出的 csv") from None
    if not rows or not {"编号", "归并到"} <= set(rows[0]):
        raise BadGrouping(f"{file} 里没有“编号”和“归并到”两列")
    shown = _shown(workspace)
    moved = _corrected(workspace)
    before = len(moved)
    for row in rows:
        number, name = (row["编号"] or "").strip(), (row["归并到"] or "").strip()
        if not number.isdigit() or int(number) not in shown:
            raise BadGrouping(f"{file} 里的编号“{number}”不是这一季的报告")
        if name != shown[int(number)]:
            moved[int(number)] = name
    papers.keep(
        workspace,
        KIND,
        _NAME,
        {str(number): name for number, name in moved.items()},
        {"moved": len(moved) - before},
    )
    return len(moved) - before


def rows(workspace: Workspace) -> Iterator[tuple[object, ...]]:
    """The grouping as a table, its head first: every report, those of one project together."""
    yield _HEADS
    found = grouped(workspace)
    inside = {one.id for group in found for one in group.records}
    alone = Group("", "", tuple(one for one in records(workspace.store) if one.id not in inside))
    for group in (*found, alone):
        for one in group.records:
            place = "/".join(filter(None, (one.path, one.member)))
            yield (
                one.id,
                group.name,
                group.by,
                one.unit,
                one.project,
                one.code,
                one.category,
                one.year or "",
                place,
            )


def _shown(workspace: Workspace) -> dict[int, str]:
    """Number of a report → the group that the table shows it in."""
    return {number: str(name) for number, name, *_ in list(rows(workspace))[1:] if isinstance(number, int)}


def _corrected(workspace: Workspace) -> dict[int, str]:
    body: Mapping[str, Any] = papers.last(workspace.store, KIND, _NAME) or {}
    return {int(number): str(name) for number, name in body.items()}
