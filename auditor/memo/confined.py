"""What people send back, a ledger filled in or a letter answered, is a foreign file like any report: it is opened
in a process of its own, under the same limits, and never here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.isolation import Job, Limits, Pool
from auditor.memo.decisions import DecisionsError
from auditor.memo.render import MissingExtra

if TYPE_CHECKING:
    from auditor.memo.answered import Answers
    from auditor.memo.workbook.reading import Ledger

_HERE = __name__
_HELD = (".xlsx", ".docx")
_BEGINS = (b"PK", b"\xd0\xcf")
"""What a ledger or a letter begins with, whatever it is called; the second with a password."""
"""Files that hold what people have written into them."""


def ledger(path: Path, limits: Limits | None = None) -> Ledger:
    """A ledger as it was filled in. Raises `DecisionsError`, `MissingExtra`."""
    read: Ledger = _asked("read_ledger", path, limits)
    return read


def letter(path: Path, limits: Limits | None = None) -> Answers:
    """A letter as it was answered. Raises `DecisionsError`, `MissingExtra`."""
    read: Answers = _asked("read_letter", path, limits)
    return read


def guarded(target: Path, content: str | bytes, limits: Limits | None = None) -> str:
    """Why `content` must not replace what stands at `target`; "" where nothing that somebody wrote would be lost."""
    if not _may_hold(target):
        return ""
    new = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    hint = "请先用 auditor decide 收下，再换一个文件名或把旧文件移走"
    try:
        count = int(_asked("lost", target, limits, new))
    except (DecisionsError, MissingExtra) as error:
        reason = str(error).removeprefix(f"{target}：")
        return f"已有这个文件，不知道里面有没有填写的内容（{reason}），为免丢失，未覆盖；请换一个文件名或把它移走"
    return (
        f"里面有已填写的 {count} 处（处理、时限、整改情况、销号、答复等），为免丢失，未覆盖；{hint}"
        if count
        else ""
    )


def _may_hold(path: Path) -> bool:
    try:
        if not path.is_file() or not path.stat().st_size:
            return False
        with path.open("rb") as stream:
            return path.suffix.lower() in _HELD or stream.read(2) in _BEGINS
    except (OSError, ValueError):
        return False


_open: dict[tuple[Limits, str], Pool] = {}
"""The worker in use; never more than one."""


def _pool(limits: Limits, folder: str) -> Pool:
    """One worker for all files of a run; it ends with the program. It knows no other folder than the one it was
    started in, and ends when another folder or other limits need another one."""
    asked = limits, folder
    if asked not in _open:
        for pool in _open.values():
            pool.close()
        _open.clear()
        _open[asked] = Pool(limits)
    return _open[asked]


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # somebody has removed it
        return ""


def _asked(work: str, path: Path, limits: Limits | None, *more: object) -> Any:
    try:
        size = os.stat(path).st_size
    except (OSError, ValueError):
        size = 0
    answers = _pool(limits or Limits(), _folder()).ask(Job(f"{_HERE}:{work}", (str(path), *more), size))
    if answers.stopped or not answers.items:
        raise DecisionsError(f"{path}：读取时{answers.stopped or '处理进程没有回答'}")
    kind, value = answers.items[0]
    if kind == "missing":
        raise MissingExtra(value)
    if kind == "refused":
        raise DecisionsError(value)
    return value


def read_ledger(path: str) -> Iterator[tuple[str, Any]]:
    """In the worker: the ledger, or why there is none."""
    yield _told(lambda: _office("auditor.memo.workbook.reading").read(Path(path)))


def read_letter(path: str) -> Iterator[tuple[str, Any]]:
    """In the worker: the answers, or why there are none."""
    yield _told(lambda: _office("auditor.memo.answered").read(Path(path)))


def lost(path: str, content: bytes) -> Iterator[tuple[str, Any]]:
    """In the worker: how many entries would be gone."""
    yield _told(lambda: _office("auditor.memo.workbook.entered").lost(Path(path), content))


def _office(module: str) -> Any:
    from auditor.memo.render import imported

    return imported(module, "office")


def _told(work: Any) -> tuple[str, Any]:
    try:
        return "read", work()
    except DecisionsError as error:
        return "refused", str(error)
    except MissingExtra as error:
        return "missing", str(error)
