"""Files into the season, by content: what is there already is known again, a changed file is a new version."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from auditor.console import reason
from auditor.season.store.tables import document, place
from auditor.season.trail import append, now
from auditor.season.workspace import Workspace, digest

_BATCH = 500


@dataclass
class Added:
    """`same` are contents that lay elsewhere already, as pairs (path, where it was first); `changed` paths
    that hold another content than before; `problems` files that could not be read, a line each."""

    new: int = 0
    known: int = 0
    same: list[tuple[str, str]] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def told(self) -> str:
        parts = [f"新收 {self.new} 个文件"]
        if self.changed:
            parts.append(f"换了新稿 {len(self.changed)} 个")
        if self.same:
            parts.append(f"内容重复 {len(self.same)} 个")
        if self.known:
            parts.append(f"原已收下 {self.known} 个")
        return "，".join(parts)


class _Taken(NamedTuple):
    path: str
    sha256: str
    size: int


def add(workspace: Workspace, files: Iterable[str], category: str = "") -> Added:
    """Takes the files in; none is copied or moved. Raises `StoreError`."""
    outcome, batch = Added(), list[_Taken]()
    for file in files:
        path = _place(file)
        try:
            path.encode("utf-8")
            batch.append(_Taken(path, *digest(path)))
        except UnicodeEncodeError:
            outcome.problems.append(f"{file}：文件名不是正确的 UTF-8，请改名后再加入")
        except FileNotFoundError:
            outcome.problems.append(f"{file}：找不到这个文件")
        except (OSError, ValueError) as error:
            outcome.problems.append(f"{file}：打不开（{reason(error)}）")
        if len(batch) >= _BATCH:
            _take(workspace, batch, category, outcome)
            batch = []
    if batch:
        _take(workspace, batch, category, outcome)
    return outcome


def _place(file: str) -> str:
    """The one path by which a file is known, however the way to it was typed. Links stay: on other machines a shared
    folder may lie elsewhere."""
    path = os.fspath(Path(file).absolute())
    plain = os.path.normpath(path)
    try:
        return plain if os.path.samefile(path, plain) else os.path.realpath(path)
    except (OSError, ValueError):
        return path  # it is told as one that cannot be opened


def _take(workspace: Workspace, batch: list[_Taken], category: str, outcome: Added) -> None:
    store = workspace.store
    with store.writing() as connection:
        store.alone(connection)
        desk = _Desk(connection, category, outcome, batch)
        for one in batch:
            desk.take(one)
        if desk.entries:
            append(store, connection, workspace.who, "收件", {"files": desk.entries})


class _Desk:
    """Takes files in, within one transaction."""

    def __init__(self, connection: Connection, category: str, outcome: Added, batch: list[_Taken]) -> None:
        self.connection, self.category, self.outcome = connection, category, outcome
        self.entries: list[dict[str, str]] = []
        self._when = now()
        standing = (
            select(place.c.path, place.c.document, document.c.sha256)
            .join(document, document.c.id == place.c.document)
            .where(place.c.path.in_([one.path for one in batch]))
        )
        self._standing = {row.path: (row.document, row.sha256) for row in connection.execute(standing)}
        contents = select(document.c.id, document.c.sha256).where(
            document.c.sha256.in_([one.sha256 for one in batch])
        )
        self._known: dict[str, int] = {row.sha256: row.id for row in connection.execute(contents)}

    def take(self, one: _Taken) -> None:
        before, known_as = self._standing.get(one.path, (None, ""))
        if known_as == one.sha256:
            self.outcome.known += 1
            return
        number = self._content(one, before is None)
        if before is None:
            row = insert(place).values(path=one.path, document=number, added=self._when)
            self.connection.execute(row)
        else:
            self._replace(one.path, before, number)
        self.entries.append({"path": one.path, "sha256": one.sha256, "before": known_as})

    def _content(self, one: _Taken, is_new: bool) -> int:
        """The document of that content, there already or not."""
        known = self._known.get(one.sha256)
        if known is None:
            self.outcome.new += is_new
            row = insert(document).values(
                sha256=one.sha256, size=one.size, category=self.category, added=self._when
            )
            known = int(self.connection.execute(row.returning(document.c.id)).scalar_one())
            self._known[one.sha256] = known
            return known
        lies = select(place.c.path).where(place.c.document == known).order_by(place.c.id).limit(1)
        if (first := self.connection.execute(lies).scalar()) is not None:
            self.outcome.same.append((one.path, first))
        self.connection.execute(update(document).where(document.c.id == known).values(replaced=None))
        return known

    def _replace(self, path: str, before: int, number: int) -> None:
        """Another content at the same path. The one before has been replaced unless it lies elsewhere too."""
        self.outcome.changed.append(path)
        self.connection.execute(
            update(place).where(place.c.path == path).values(document=number, added=self._when)
        )
        left = select(place.c.id).where(place.c.document == before).limit(1)
        if self.connection.execute(left).first() is None:
            self.connection.execute(update(document).where(document.c.id == before).values(replaced=number))
