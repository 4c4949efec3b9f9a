"""Many files into a folder: a memo for each, and a summary on top. What goes wrong loses nothing else."""

from __future__ import annotations

import dataclasses
import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePath

from auditor.batch.order import Done
from auditor.batch.resume import Records
from auditor.batch.stream import Source
from auditor.console import reason, save
from auditor.memo import WRITERS
from auditor.memo.build import named
from auditor.memo.confined import guarded
from auditor.memo.escape import visible
from auditor.memo.model import Tool, Unreadable
from auditor.memo.summary import File, Summary, file, markdown
from auditor.memo.twins import Repeat, Twins
from auditor.pipeline import Failure
from auditor.version import __version__

_SUMMARY = "汇总"
_STANDARD_INPUT = "标准输入"
_LONGEST = 255  # bytes in a file name, on most disks


class NoFolder(Exception):
    """The folder for the memos cannot be had; the message says why."""


class Interrupted(Exception):
    """Somebody has stopped the run; `done` files have their memos."""

    def __init__(self, done: int) -> None:
        super().__init__(done)
        self.done = done


@dataclass
class Delivered:
    """`resumed` is the number of files that an earlier run had done; `problems` are what could not be written, a
    line each; `said` what the making of memos had to tell; `repeated` what was handed in twice, a sentence each."""

    unreadable: list[Failure] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    said: dict[str, None] = field(default_factory=dict)
    repeated: list[Repeat] = field(default_factory=list)
    flagged: bool = False
    resumed: int = 0
    written: str = ""


def deliver(
    stream: Source,
    folder: Path,
    kept: Iterable[str],
    places: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> Delivered:
    """Writes each memo when its file is done, the summary at the end.

    A memo of an earlier run is replaced; a file among those `kept` never is, nor a ledger in which somebody
    has written. `places` keeps the tree of a folder: where the memo on a file belongs, without its suffix.
    What an interrupted run has done is not done again, unless all is to be `fresh`.
    Raises `NoFolder`, `MissingExtra`, `Interrupted`.
    """
    from auditor.memo.summary_page import BESIDE  # the page's parts, which a run without a folder never needs

    make_folder(folder)
    names = Names(folder, kept)
    records = Records(folder, stream.files, stream.order)
    known = records.known(fresh)
    stream.known = {at: record.done for at, record in known.items()}
    # The summary has its name first, whatever the reports are called.
    summary = names.take(_SUMMARY, ".json" if stream.order.data else ".md")
    beside = BESIDE.get(stream.order.format)
    second = names.take(_SUMMARY, beside[0]) if beside else None
    desk = _Desk(stream, folder, names, records, places or {})
    desk.outcome.resumed = len(known)
    try:
        for at, done in stream.first():
            desk.take(at, done)
        for at, done in stream.amended():
            desk.replace(at, done)
        _summarise(desk, summary, second, beside[1] if beside else None)
    except KeyboardInterrupt:
        raise Interrupted(len(desk.files)) from None
    records.close()
    return desk.outcome


def _summarise(
    desk: _Desk, summary: Path, second: Path | None, written: Callable[[Summary], str | bytes] | None
) -> None:
    lines = [one for written in desk.files.values() for one in written.values()]
    count = len(lines) - len(desk.outcome.problems)
    told, stands = write_summary(desk.outcome, summary, lines, desk.stream.order.data)
    if stands:
        shown = f"、{second.name}" if second else ""
        desk.outcome.written = (
            f"已写出 {desk.folder}：备忘录 {count} 份和 {summary.name}{shown}，{told.told()}"
        )
    if second and written and (problem := save(second, written(told))):
        desk.outcome.problems.append(f"写不了 {second}：{problem}")


def write_summary(
    outcome: Delivered, target: Path, lines: list[File], data: bool = False
) -> tuple[Summary, bool]:
    """The sheet on top and whether it could be written; if not, that is one of the problems."""
    by_path = {line.path: line for line in lines}
    for again in outcome.repeated:
        for at in again.at:
            by_path[again.path].reports[at].repeats = again.first
    told = Summary(
        tool=Tool(version=__version__),
        files=lines,
        unreadable=[Unreadable(path=named(one.path), reason=one.reason) for one in outcome.unreadable],
        repeated=[one.told for one in outcome.repeated],
    )
    content = told.model_dump_json(indent=1) + "\n" if data else markdown(told)
    problem = save(target, content)
    if problem:
        outcome.problems.append(f"写不了 {target}：{problem}")
    return told, not problem


@dataclass
class _Desk:
    """Where memos are written as they come; remembers the name of each, by file and document."""

    stream: Source
    folder: Path
    names: Names
    records: Records
    places: Mapping[str, str]
    outcome: Delivered = field(default_factory=Delivered)
    files: dict[int, dict[int, File]] = field(default_factory=dict)
    targets: dict[tuple[int, int], Path] = field(default_factory=dict)
    seconds: dict[tuple[int, int], Path] = field(default_factory=dict)
    seen: Twins = field(default_factory=Twins)

    def take(self, at: int, done: list[Done]) -> None:
        self.files[at] = {}
        for number, one in enumerate(done):
            if one.failure is not None:
                self.outcome.unreadable.append(one.failure)
                continue
            suffix = WRITERS[self.stream.order.format].suffix
            self.targets[at, number] = self.names.take(self._place(at, one.path), suffix)
            self._write(at, number, one)
            self._write_second(at, number, one)
            if one.marks is not None:
                self.outcome.repeated.extend(self.seen.see(one.marks))
        self._note(at, done)

    def _place(self, at: int, path: str) -> str:
        """Where its memo belongs, without a suffix. What was packed in a file of a folder keeps its own folders,
        below a folder of the archive's name."""
        file = self.stream.files[at]
        if path == file or file not in self.places:
            return self.places.get(path) or _stem(path)
        inside = [part for part in PurePath(path.removeprefix(file)).parts if part.strip("./\\")]
        return str(PurePath(self.places[file], *inside).with_suffix(""))

    def _note(self, at: int, done: list[Done]) -> None:
        """For a run that goes on where this one is stopped."""
        lines = self.files[at]
        if at in self.stream.known or any(line.problem for line in lines.values()):
            return
        memos = [(line.memo, _bytes(done[number].content)) for number, line in lines.items()]
        memos += [
            (self.seconds[at, number].relative_to(self.folder).as_posix(), _bytes(done[number].beside))
            for number in lines
            if (at, number) in self.seconds
        ]
        small = [
            dataclasses.replace(one, told=None, document=None, content="", beside="", line=lines.get(number))
            for number, one in enumerate(done)
        ]
        self.records.add(at, memos, small)

    def replace(self, at: int, done: list[Done]) -> None:
        for number, one in enumerate(done):
            if (at, number) in self.targets and one.failure is None:
                self._write(at, number, one)
                self._write_second(at, number, one)

    def _write_second(self, at: int, number: int, one: Done) -> None:
        """The working paper beside an opinion."""
        if not one.beside:
            return
        if (at, number) not in self.seconds:
            memo = self.targets[at, number]
            stem = str(memo.relative_to(self.folder).with_suffix(""))
            self.seconds[at, number] = self.names.take(f"{stem}-工作底稿", memo.suffix)
        target = self.seconds[at, number]
        problem = guarded(target, one.beside, self.stream.order.limits) or save(target, one.beside)
        if problem:
            self.outcome.problems.append(f"写不了 {target}：{problem}")

    def _write(self, at: int, number: int, one: Done) -> None:
        target = self.targets[at, number]
        self.outcome.said.update(dict.fromkeys(one.said))
        self.outcome.flagged |= one.flagged
        if one.line is not None:
            self.files[at][number] = one.line
            return
        assert one.told is not None
        make_folder(target.parent)
        problem = guarded(target, one.content, self.stream.order.limits) or save(target, one.content)
        if problem and not self._failed(at, number):
            self.outcome.problems.append(f"写不了 {target}：{problem}")
        self.files[at][number] = file(one.told, target.relative_to(self.folder).as_posix(), problem)

    def _failed(self, at: int, number: int) -> bool:
        written = self.files[at].get(number)
        return written is not None and bool(written.problem)


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


class Names:
    """File names in a folder that are neither given away already nor those of an input."""

    def __init__(self, folder: Path, inputs: Iterable[str]) -> None:
        self._folder = folder
        self._inputs = {identity for path in inputs if (identity := _identity(Path(path)))}
        self._taken: set[str] = set()

    def take(self, stem: str, suffix: str) -> Path:
        """甲.md, then 甲-2.md: names that differ only in case are one name on many disks. What an archive calls its
        members steers no terminal."""
        stem = visible(stem)
        for number in count(1):
            end = suffix if number == 1 else f"-{number}{suffix}"
            place = PurePath(stem)
            name = str(place.with_name(_cut(place.name, _LONGEST - len(os.fsencode(end))) + end))
            key = unicodedata.normalize("NFC", name).casefold()
            if key not in self._taken and _identity(self._folder / name) not in self._inputs:
                self._taken.add(key)
                return self._folder / name
        raise AssertionError


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is, by whatever name; `None` where there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _cut(stem: str, room: int) -> str:
    while len(os.fsencode(stem)) > room:
        stem = stem[:-1]
    return stem


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NoFolder(f"{folder} 不是文件夹") from None
    except (OSError, ValueError) as error:
        raise NoFolder(f"建不了文件夹 {folder}：{reason(error)}") from None


def _stem(path: str) -> str:
    return _STANDARD_INPUT if path == "-" else Path(path).stem
