"""A ledger filled in by hand becomes decisions on file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from auditor.isolation import Limits
from auditor.memo import confined
from auditor.memo.decisions import DecisionsError, Entry, Taken, beside, load, merge_into
from auditor.memo.escape import one_line
from auditor.memo.wording import decided, kept


@dataclass
class Decided:
    """`told` says what was taken and where it is kept, `remarks` what a reader should know about it,
    `problems` what was left out."""

    told: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def decide(ledger: Path, common: Path | None, now: datetime, limits: Limits | None = None) -> Decided:
    """Merges the decisions of a ledger into `common`, or into the file beside each report it names.

    A letter that a unit has answered (docx) is taken in the same way: its answers, never a decision.
    Raises `DecisionsError`, `MissingExtra`.
    """
    if ledger.suffix.lower() == ".docx":
        return _answered(ledger, common, now, limits)
    read = confined.ledger(ledger, limits)
    outcome = Decided(problems=[f"{ledger}：{problem}" for problem in read.problems])
    by_target: dict[Path, list[tuple[str, tuple[Entry, ...]]]] = {}
    lost: dict[str, int] = {}
    for filled in read.filled:
        target = common or _target(filled.file, ledger)
        if target is None:
            lost[filled.file] = lost.get(filled.file, 0) + 1
        else:
            by_target.setdefault(target, []).append((filled.place, filled.entries))
    for file, count in lost.items():
        outcome.problems.append(
            f"{ledger}：找不到报告文件“{one_line(file)}”，{count} 条没有收下，请用 --decisions 指定处理意见文件"
        )
    numbers = {one.entry.key: f"问题{one.number}" for one in read.filled if one.number}
    for target in by_target:  # a broken file is told before anything is written
        if target.exists():
            load(target)
    for target, incoming in by_target.items():
        taken = merge_into(target, incoming, now)
        outcome.told += [
            one_line(f"{numbers.get(entry.key) or entry.rule} {entry.project}：{_told(entry)}")
            for entry in taken.kept
        ]
        outcome.told.append(f"{target}：{_counted(taken)}")
        outcome.remarks += [one_line(conflict) for conflict in taken.conflicts]
    if not by_target:
        outcome.told.append(f"{ledger}：没有可以收下的处理意见")
    return outcome


def _answered(letter: Path, common: Path | None, now: datetime, limits: Limits | None) -> Decided:
    """A letter names no files, so that `common` has to be given."""
    read = confined.letter(letter, limits)
    if common is None:
        raise DecisionsError(f"{letter}：函里不写报告文件在哪里，请用 --decisions 指定处理意见文件")
    outcome = Decided(problems=[f"{letter}：{problem}" for problem in read.problems])
    if read.blank:
        outcome.remarks.append(f"{letter}：没有答复的 {len(read.blank)} 项：问题{'、'.join(read.blank)}")
    taken = merge_into(common, [(one.place, (one.entry,)) for one in read.filled], now)
    named = {one.entry.key: one.place for one in read.filled}
    outcome.told += [one_line(f"{named[entry.key]} {entry.message}：{_told(entry)}") for entry in taken.kept]
    outcome.told.append(f"{common}：{_counted(taken)}")
    return outcome


def _told(entry: Entry) -> str:
    parts = [decided(entry), *(f"{label}“{text}”" for label, text in kept(entry))]
    return "，".join(part for part in parts if part)


def _counted(taken: Taken) -> str:
    older = f"，早于已有而未收 {taken.older} 条" if taken.older else ""
    return f"新增 {taken.new} 条，更改 {taken.changed} 条，相同 {taken.same} 条{older}"


def _target(file: str, ledger: Path) -> Path | None:
    """The file beside the report that the ledger names: as named, or in the ledger's folder.

    Only beside a report that is there: a ledger comes from outside and creates no file elsewhere.
    """
    if not file:
        return None
    for report in (Path(file), ledger.parent / Path(file).name):
        try:
            if report.is_file():
                return beside(report)
        except (OSError, ValueError):
            continue
    return None
