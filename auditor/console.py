"""Output that survives any console: GBK windows, closed pipes, paths that cannot be written."""

from __future__ import annotations

import codecs
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from auditor.compiled import compiled

_LOOK_ALIKES = {"−": "-", "‐": "-", "‑": "-", "☑": "√", "✓": "√", "✔": "√", "☐": "□", "\u00a0": " "}


def _replace(error: UnicodeError) -> tuple[str, int]:
    """One character for each that the console cannot show, so that offsets stay true."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join(_LOOK_ALIKES.get(char, "?") for char in lost), error.end


def _escape(error: UnicodeError) -> tuple[str, int]:
    """Escapes that JSON reads back: in JSON such characters stand inside strings only."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    import json  # not for a mere --version

    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


_CONTROLS = {
    code: "\ufffd" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"
} | dict.fromkeys((0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069), "\ufffd")
"""Escape sequences, and characters that turn the direction of writing."""
_ALONE = compiled(r"\r(?!\n)")
"""A carriage return that writes over the line."""

codecs.register_error("auditor.replace", _replace)
codecs.register_error("auditor.escape", _escape)


class CannotWrite(Exception):
    """Standard output takes nothing more; one line in Chinese says why."""


def write(text: str) -> None:
    """To standard output; what its encoding lacks is replaced."""
    _put(sys.stdout, text)


def write_json(text: str) -> None:
    """To standard output; what its encoding lacks is escaped, so that nothing is lost."""
    _put(sys.stdout, text, "auditor.escape")


def write_exactly(text: str) -> None:
    """To standard output without touching line ends."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(_shown(sys.stdout, text).encode(encoding, "auditor.replace"))
        sys.stdout.buffer.flush()
    except OSError as error:
        _failed(sys.stdout, error)


def settle() -> None:
    """A console whose code page has no Chinese gets UTF-8; on any other, signs that it lacks are replaced."""
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, TextIOWrapper):
            continue
        try:
            "审核".encode(stream.encoding)
        except (UnicodeError, LookupError):
            stream.reconfigure(encoding="utf-8")
        stream.reconfigure(errors="auditor.replace")


def write_error(text: str) -> None:
    """To standard error, as it is."""
    _put(sys.stderr, text)


def say(message: str) -> None:
    """One line to standard error; what steers a terminal does not go into a log either, which is read on one."""
    _put(sys.stderr, " ".join(message.split()).translate(_CONTROLS) + "\n")


@dataclass
class Progress:
    """A bar on standard error if somebody is watching; ten lines, if they are wanted all the same."""

    wanted: bool = False

    def __call__(self, stage: str, done: int, total: int) -> None:
        if sys.stderr.isatty():
            width = 30
            bar = "#" * (width * done // total)
            end = "\n" if done == total else ""
            _put(sys.stderr, f"\r{stage} [{bar:<{width}}] {done}/{total}{end}", ours=True)
        elif self.wanted and done * 10 // total > (done - 1) * 10 // total:
            say(f"{stage} {done}/{total}")


def save(path: Path, content: str | bytes) -> str:
    """Writes bytes as they are, text as UTF-8 with line feeds; returns what went wrong, "" if nothing did.

    What stood there before is replaced only when the new content is on the disk.
    """
    data = content if isinstance(content, bytes) else content.encode("utf-8")
    try:
        if path.exists() and not _replaceable(path):
            path.write_bytes(data)
        else:
            _replace_file(path, data)
    except (OSError, ValueError) as error:
        return reason(error)
    return ""


def _replaceable(path: Path) -> bool:
    """Whether another file may take its place. A device may not, nor what must not be written anyway."""
    own = path.is_file() and not path.is_symlink()
    return own and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _replace_file(path: Path, data: bytes) -> None:
    part = path.with_name(f".auditor-{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if path.exists():
            part.chmod(path.stat().st_mode)
        part.replace(path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise


def reason(error: OSError | ValueError) -> str:
    """Why a file or folder could not be written, in words."""
    if isinstance(error, OSError):
        from auditor.os_errors import unwritten  # not for a mere --version

        return unwritten(error)
    return type(error).__name__


def _put(stream: TextIO, text: str, missing: str = "auditor.replace", ours: bool = False) -> None:
    encoding = stream.encoding or "utf-8"
    try:
        shown = text if ours else _shown(stream, text)
        stream.write(shown.encode(encoding, missing).decode(encoding))
        stream.flush()
    except OSError as error:
        _failed(stream, error)


def _shown(stream: TextIO, text: str) -> str:
    """For a terminal without control characters, one for one: a report must not steer it."""
    return _ALONE.sub("\ufffd", text.translate(_CONTROLS)) if stream.isatty() else text


def _failed(stream: TextIO, error: OSError) -> None:
    """Raises `CannotWrite`, unless the reader has gone or the stream is the one that complaints go to."""
    _silence(stream)
    if not isinstance(error, BrokenPipeError) and stream is not sys.stderr:
        raise CannotWrite(f"写不了标准输出：{reason(error)}") from None


def _silence(stream: TextIO) -> None:
    """The reader has gone (`| head`): nothing more is written, nor complained about at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
