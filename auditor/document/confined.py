"""Files are read in a process of their own: time and memory are limited from outside, and whatever a file
does to a library, it does not do here.

Small plain text is the exception. Nothing but Python's own decoder and the linear reader of text touches
it, and its size bounds what both can take; a process of its own would cost more than the whole audit.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from auditor.document.errors import UnreadableFile
from auditor.document.model import Document
from auditor.document.open import file_bytes, read_all, read_bytes, read_packed
from auditor.document.sniff import FileKind, kind
from auditor.extras import how_to_get
from auditor.isolation import Answers, Job, Pool
from auditor.os_errors import unwritten

_SMALL = 256 * 1024
_CONTAINERS = (b"PK", b"\xd0\xcf\x11\xe0")


def read_confined(paths: Iterable[str | Path], pool: Pool) -> Iterator[Document | UnreadableFile]:
    """Every document of the files, in order; what cannot be read as its error."""
    for path in paths:
        if (text := small_text(path)) is not None:
            yield _read(text, str(path))
        else:
            yield from found(str(path), pool.ask(job("auditor.document.confined:opened", path)))


def small_text(path: str | Path) -> bytes | None:
    """What the file holds, if it is small and plain text."""
    try:
        if str(path) == "-" or os.stat(path).st_size > _SMALL:
            return None
        data = file_bytes(path)
    except (OSError, ValueError, UnreadableFile):
        return None
    return data if not data.startswith(_CONTAINERS) and kind(data) is FileKind.TEXT else None


def job(place: str, path: str | Path, *more: object) -> Job:
    """Work on a file: the function gets its name, its bytes if it is standard input, and what there is more."""
    name = str(path)
    if name == "-":
        try:
            data: bytes | UnreadableFile = file_bytes(name)
        except UnreadableFile as error:
            data = error
        return Job(place, (name, data, *more), len(data) if isinstance(data, bytes) else 0)
    try:
        size = os.stat(name).st_size
    except (OSError, ValueError):
        size = 0
    return Job(place, (name, None, *more), size)


def opened(path: str, data: bytes | UnreadableFile | None) -> Iterator[Document | tuple[str, str]]:
    """In the worker: the documents, and pairs (path, reason) for what cannot be read."""
    if isinstance(data, UnreadableFile):
        yield data.path, data.reason
        return
    for one in read_all(path) if data is None else read_packed(data, path):
        yield (one.path, one.reason) if isinstance(one, UnreadableFile) else one


def drawn(path: str, data: bytes | UnreadableFile | None, folder: Path) -> Iterator[str]:
    """In the worker: pictures of the recognised tables into `folder`; yields what went wrong."""
    try:
        from auditor.document.drawing import save

        if isinstance(data, UnreadableFile):
            raise data
        save(file_bytes(path) if data is None else data, path, folder)
    except ModuleNotFoundError as error:
        yield f"{path}：画图要有组件 {error.name}，{how_to_get('pdf')}"
    except UnreadableFile as error:
        yield str(error)
    except OSError as error:
        yield f"{folder}：写不了图片（{unwritten(error)}）"


def found(path: str, answers: Answers) -> Iterator[Document | UnreadableFile]:
    """What a worker has answered."""
    for one in answers.items:
        yield UnreadableFile(*one) if isinstance(one, tuple) else one
    if answers.stopped:
        yield UnreadableFile(path, f"读取时{answers.stopped}")


def _read(data: bytes, path: str) -> Document | UnreadableFile:
    try:
        return read_bytes(data, path)
    except UnreadableFile as error:
        return error
