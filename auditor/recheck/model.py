"""The recheck as data: `auditor recheck --format json` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from auditor.lazy_models import BaseModel, Field
from auditor.memo.model import Decision, Tool, Unreadable, Verdict

Status = Literal["new", "open", "still_wrong", "only_conclusion", "not_assessable", "settled"]
"""
new              改出新错: stands in the new version only
open             未改: nothing of it was changed
still_wrong      改了仍不对: its figures or words were changed and still do not hold
only_conclusion  改了结论没改数: the words, the total or the grade were changed, the wrong figures stayed
not_assessable   未能核验: the new version could not be checked there
settled          已改: no longer found
"""


class Change(BaseModel):
    """A figure that is not what it was. `old` or `new` is null where it stands in one version only.
    `label` is the row or the sentence it stands in; lines count from 1."""

    label: str
    old: str | None
    new: str | None
    old_place: str
    new_place: str


class Told(BaseModel):
    """A finding as one of the two memos has it. `number` is that of its problem in that memo."""

    number: int | None = Field(default=None, ge=1)
    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    verdict: Verdict
    message: str
    calculation: str
    place: str


class Point(BaseModel):
    """One finding followed from the old version to the new. `open` says that it still asks for
    something: every status but `settled`, unless the same finding was rejected (驳回).

    Findings of one cause are one problem here too: the one that asks for most leads and tells the status of
    the problem, the others are `related`."""

    status: Status
    open: bool
    rule: str
    title: str
    severity: Literal["high", "medium", "low"]
    old: Told | None
    new: Told | None
    changes: list[Change]
    note: str = ""
    decision: Decision | None = None
    related: list[Point] = []

    @property
    def number(self) -> int | None:
        """The number by which the unit knows the problem: that of the old memo where it stood there."""
        told = self.old or self.new
        return told.number if told else None


class Version(BaseModel):
    """What one version says of itself."""

    index: int = Field(ge=1)
    title: str
    self_score: str | None
    grade: str | None
    recomputed_score: str | None


class Pair(BaseModel):
    """Two versions of one report; `old` or `new` is null where the other file has no such report.
    `silent` are changed figures that no finding asked for and none of the corrections explains."""

    project: str
    unit: str
    old: Version | None
    new: Version | None
    points: list[Point]
    silent: list[Change]

    def every(self) -> Iterator[Point]:
        """All findings, each problem followed by what stands under it."""
        for point in self.points:
            yield point
            yield from point.related


class File(BaseModel):
    path: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Recheck(BaseModel):
    """The comparison of two files or two folders; an archive holds several documents. `reports` in the order of the
    numbers that the memo on the old version gives them, what only the new one has behind them."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    old: list[File]
    new: list[File]
    reports: list[Pair]
    unreadable: list[Unreadable] = []

    def lost(self) -> str:
        """The files that could not be read; "" where all could."""
        named = dict.fromkeys(f"{PurePath(one.path).name}（{one.reason}）" for one in self.unreadable)
        return f"有未能审核的文件，没有比对：{'；'.join(named)}。" if named else ""

    def told(self) -> str:
        """One line: how much is settled and how much is left."""
        points = [point for pair in self.reports for point in pair.points]
        settled = sum(point.status == "settled" for point in points)
        return (
            f"{len(self.reports)} 份报告，已改 {settled} 项，待整改 {sum(point.open for point in points)} 项"
        )

    @property
    def open(self) -> bool:
        """Whether anything is left to be done."""
        return any(point.open for pair in self.reports for point in pair.points)
