"""Folders among the files that are named: what lies in them, without litter and our own outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

_LITTER = (
    ".*", "~$*", "thumbs.db", "desktop.ini", "auditor.toml", "season.toml", "season.db*", "*.tmp", "*.part", "*.lnk", "*.crdownload", "__macosx",
)  # fmt: skip
"""Names, in lower case, of what an office leaves lying about."""


@dataclass
class Gathered:
    """`files` in the order of the names, folders opened; `places` where each belongs in a tree of outputs,
    without its suffix; how many were `skipped`; the folders that hold `nothing` to be read; our `own` outputs that were
    named by themselves; how many were named or found once more `again`."""

    files: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    skipped: int = 0
    nothing: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    again: int = 0
    _known: set[str] = field(default_factory=set)

    def new(self, name: str) -> bool:
        """Whether the file or folder is there for the first time, by whatever name."""
        whole = _whole(name)
        if whole in self._known:
            self.again += 1
            return False
        self._known.add(whole)
        return True

    def told(self) -> Iterator[str]:
        """A line each of what the user should know."""
        for folder in self.nothing:
            yield f"{folder}：文件夹里没有可以审核的文件"
        if self.skipped:
            yield f"跳过 {self.skipped} 个文件：临时文件、系统文件和本程序写出的文件"
        for name in self.own:
            yield f"{name}：是本程序写出的文件，不是报告，没有审核"
        if self.again:
            yield f"有 {self.again} 个文件或文件夹列了不止一次，只算一次"


def gathered(named: Sequence[str], out: Path | None = None) -> Gathered:
    """The files themselves, each once. What lies below `out` is our own."""
    from auditor.memo.own import is_own

    found = Gathered()
    roots = {name: _whole(name) for name in named if name != "-" and _is_folder(name)}
    for name in named:
        if not found.new(name):
            continue
        if name not in roots:
            own = name != "-" and is_own(Path(name))
            (found.own if own else found.files).append(name)
            continue
        prefix = Path(roots[name]).name if len({*roots.values()}) > 1 else ""
        inside = list(_inside(Path(name), out, found))
        for file in filter(found.new, map(str, inside)):
            found.files.append(file)
            found.places[file] = str(Path(prefix, Path(file).relative_to(name)).with_suffix(""))
        if not inside:
            found.nothing.append(name)
    return found


def _inside(root: Path, out: Path | None, found: Gathered) -> Iterator[Path]:
    from auditor.memo.own import is_own

    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = sorted(one for one in folders if not _is_litter(one) and not _same(here / one, out))
        for name in sorted(names):
            path = here / name
            if _is_litter(name) or is_own(path):
                found.skipped += 1
            else:
                yield path


def _whole(name: str) -> str:
    try:
        return name if name == "-" else os.path.realpath(name)
    except (OSError, ValueError):
        return name


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _is_litter(name: str) -> bool:
    return any(fnmatch(name.lower(), pattern) for pattern in _LITTER)


def _same(folder: Path, out: Path | None) -> bool:
    try:
        return out is not None and folder.samefile(out)
    except OSError:
        return False
