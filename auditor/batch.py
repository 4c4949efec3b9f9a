"""Many files into a folder: a memo for each, and a summary on top. What goes wrong loses nothing else."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path, PurePath

from auditor.api import Mode
from auditor.console import reason, save
from auditor.memo import Material, build
from auditor.memo.build import named
from auditor.memo.decisions import Records
from auditor.memo.model import Tool, Unreadable
from auditor.memo.render import Writer, unheard
from auditor.memo.summary import File, Summary, file, markdown
from auditor.memo.twins import Twins
from auditor.pipeline import AuditedDocument, Run
from auditor.version import __version__

_SUMMARY = "汇总"
_STANDARD_INPUT = "标准输入"
_LONGEST = 255  # bytes in a file name, on most disks


class NoFolder(Exception):
    """The folder for the memos cannot be had; the message says why."""


@dataclass(frozen=True)
class Order:
    """What is wanted of each memo. `data` asks for the summary as JSON; `decisions` are shown in the memos;
    `places` keeps the tree of a folder: where the memo on a file belongs, without its suffix;
    `say` hears once of what the making of several memos has to tell."""

    writer: Writer
    mode: Mode
    reason: str = ""
    template: Path | None = None
    data: bool = False
    decisions: Records | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    say: Callable[[str], None] = unheard


def deliver(
    outcome: Run, inputs: Iterable[str], folder: Path, order: Order, progress: Callable[[int, int], None]
) -> list[str]:
    """Writes the memos and the summary. Returns what could not be written, a line each.

    A memo of an earlier run is replaced; a file that is among the `inputs`, or the template, never is.
    Raises `NoFolder`, `MissingExtra`.
    """
    _make(folder)
    kept = [*inputs, *([str(order.template)] if order.template else [])]
    names, said, seen = _Names(folder, kept), dict[str, None](), Twins()
    problems: list[str] = []
    files: list[File] = []
    # The summary has its name first, whatever the reports are called.
    summary = names.take(_SUMMARY, ".json" if order.data else ".md")
    for done, audited in enumerate(outcome.documents, 1):
        target = names.take(
            order.places.get(audited.document.path) or _stem(audited.document.path), order.writer.suffix
        )
        files.append(_write(audited, target, folder, order, problems, said, seen))
        progress(done, len(outcome.documents))
    for message in said:
        order.say(message)
    told = Summary(
        tool=Tool(version=__version__),
        files=files,
        unreadable=[Unreadable(path=named(one.path), reason=one.reason) for one in outcome.unreadable],
    )
    content = told.model_dump_json(indent=1) + "\n" if order.data else markdown(told)
    if problem := save(summary, content):
        problems.append(f"写不了 {summary}：{problem}")
    else:
        order.say(f"已写出 {folder}：备忘录 {len(files) - len(problems)} 份和 {summary.name}，{told.told()}")
    return problems


class _Names:
    """File names in a folder that are neither given away already nor those of an input."""

    def __init__(self, folder: Path, inputs: Iterable[str]) -> None:
        self._folder = folder
        self._inputs = {identity for path in inputs if (identity := _identity(Path(path)))}
        self._taken: set[str] = set()

    def take(self, stem: str, suffix: str) -> Path:
        """甲.md, then 甲-2.md: names that differ only in case are one name on many disks."""
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


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NoFolder(f"{folder} 不是文件夹") from None
    except (OSError, ValueError) as error:
        raise NoFolder(f"建不了文件夹 {folder}：{reason(error)}") from None


def _write(
    audited: AuditedDocument, target: Path, folder: Path, order: Order, problems: list[str],
    said: dict[str, None], seen: Twins,
) -> File:  # fmt: skip
    memo = build(Run([audited]), order.mode, order.reason, order.decisions)
    content = order.writer(Material(memo, [audited.document], order.template, said.setdefault))
    for line in seen.see(memo.documents[0]):
        said.setdefault(f"重复送审：{line}")
    _make(target.parent)
    problem = save(target, content)
    if problem:
        problems.append(f"写不了 {target}：{problem}")
    return file(memo, target.relative_to(folder).as_posix(), problem)


def _stem(path: str) -> str:
    return _STANDARD_INPUT if path == "-" else Path(path).stem
