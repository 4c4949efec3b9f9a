"""What a run into a folder has done, so that the same command goes on after an interruption.

A file is taken over only if its bytes, the version, the settings, the list of files and the memos on the disk
are all as they were. What is read back is data: it lies in a folder where anybody may write.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from auditor.batch.order import Done, Order
from auditor.isolation import BrokenFrame, receive, send
from auditor.memo.decisions import Records as Decisions
from auditor.version import __version__

_NAME = ".auditor-unfinished"
_PART = ".auditor-*.part"


@dataclass
class Record:
    """A file that is done. `memos` are the names and digests of what was written for it."""

    at: int
    identity: str
    memos: list[tuple[str, str]]
    done: list[Done]


@dataclass
class Records:
    """The records of a run, in the folder of its memos."""

    folder: Path
    files: Sequence[str]
    order: Order
    _identities: dict[int, str] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        return self.folder / _NAME

    def known(self, fresh: bool) -> dict[int, Record]:
        """What an earlier run has left, by position of the file. Begins the records anew with it."""
        found = {} if fresh else {one.at: one for one in self._read() if self._holds(one)}
        with suppress(OSError):  # then this run cannot be resumed
            self.path.unlink(missing_ok=True)
            self._append(self._key())
            for record in found.values():
                self._append(record)
        return found

    def add(self, at: int, memos: Sequence[tuple[str, bytes]], done: Sequence[Done]) -> None:
        """Notes a file whose memos are on the disk."""
        if at >= len(self.files):  # a run that was over before it was written cannot be gone on with
            return
        written = [(name, hashlib.sha256(content).hexdigest()) for name, content in memos]
        with suppress(OSError):
            self._append(Record(at, self._identity(at), written, list(done)))

    def close(self) -> None:
        """The run is over: nothing to go on with. Also removes what killed runs left half written."""
        with suppress(OSError):
            self.path.unlink(missing_ok=True)
        for part in self.folder.glob(_PART):
            number = part.name.split("-")[1].split(".")[0]
            if number.isdigit() and not _runs(int(number)):
                with suppress(OSError):
                    part.unlink()

    def _append(self, what: object) -> None:
        with self.path.open("ab") as stream:
            send(stream, what)

    def _read(self) -> Iterator[Record]:
        try:
            with self.path.open("rb") as stream:
                if receive(stream, trusted=False) != self._key():
                    return
                while isinstance(record := receive(stream, trusted=False), Record):
                    yield record
        except (OSError, BrokenFrame):  # none, or one whose writer was killed in the midst of it
            return

    def _holds(self, record: Record) -> bool:
        if not 0 <= record.at < len(self.files) or record.identity != self._identity(record.at):
            return False
        return all(_digest(self.folder / name) == digest for name, digest in record.memos)

    def _key(self) -> str:
        """Everything besides the files that decides what is written."""
        answers = sorted(
            (str(one), one.stat().st_mtime_ns) for one in Path(self.order.model.cassettes).glob("*.json")
        )
        parts = (__version__, self.order, list(self.files), answers, _digest(self.order.template))
        return hashlib.sha256(repr(parts).encode("utf-8", "backslashreplace")).hexdigest()

    def _identity(self, at: int) -> str:
        if at not in self._identities:
            file = self.files[at]
            beside = Decisions(self.order.decisions).path(file)
            self._identities[at] = f"{_digest(file)} {_digest(beside)}"
        return self._identities[at]


def _digest(path: str | Path | None) -> str:
    """Of a regular file; "" where there is none."""
    try:
        if path is None or str(path) == "-" or not Path(path).is_file():
            return ""
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def _runs(pid: int) -> bool:
    if os.name != "posix":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
