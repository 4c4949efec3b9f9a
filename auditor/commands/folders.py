"""Folders among the files that are named: what lies in them, without litter and our own outputs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
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
    without its suffix; how many were `skipped`; the folders that hold `nothing` to be read."""

    files: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    skipped: int = 0
    nothing: list[str] = field(default_factory=list)

    def told(self) -> Iterator[str]:
        """A line each of what the user should know."""
        for folder in self.nothing:
            yield f"{folder}：文件夹里没有可以审核的文件"
        if self.skipped:
            yield f"跳过 {self.skipped} 个文件：临时文件、系统文件和本程序写出的文件"


def gathered(named: Iterable[str], out: Path | None = None) -> Gathered:
    """The files themselves. What lies below `out` is our own."""
    found = Gathered()
    roots = [name for name in named if name != "-" and _is_folder(name)]
    for name in named:
        if name not in roots:
            found.files.append(name)
            continue
        prefix = Path(name).resolve().name if len(roots) > 1 else ""
        before = len(found.files)
        for path in _inside(Path(name), out, found):
            file = str(path)
            found.files.append(file)
            found.places[file] = str(Path(prefix, path.relative_to(name)).with_suffix(""))
        if len(found.files) == before:
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
