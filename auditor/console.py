"""Output that survives any console: GBK windows, closed pipes, paths that cannot be written."""

from __future__ import annotations

import codecs
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

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
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error("auditor.replace", _replace)
codecs.register_error("auditor.escape", _escape)


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
        sys.stdout.buffer.write(text.encode(encoding, "auditor.replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _silence(sys.stdout)


def say(message: str) -> None:
    """One line to standard error."""
    _put(sys.stderr, " ".join(message.split()) + "\n")


def progress(done: int, total: int) -> None:
    """A bar on standard error, if somebody is watching."""
    if not sys.stderr.isatty():
        return
    width = 30
    bar = "#" * (width * done // total)
    _put(sys.stderr, f"\r叙述审读 [{bar:<{width}}] {done}/{total}" + ("\n" if done == total else ""))


def save(path: Path, content: str | bytes) -> str:
    """Writes bytes as they are, text as UTF-8 with line feeds; returns what went wrong, "" if nothing did."""
    try:
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    except IsADirectoryError:
        return "这是文件夹"
    except FileNotFoundError:
        return "上级文件夹不存在"
    except PermissionError:
        return "没有写入权限"
    except (OSError, ValueError) as error:
        return getattr(error, "strerror", None) or type(error).__name__
    return ""


def _put(stream: TextIO, text: str, missing: str = "auditor.replace") -> None:
    encoding = stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, missing).decode(encoding))
        stream.flush()
    except BrokenPipeError:
        _silence(stream)


def _silence(stream: TextIO) -> None:
    """The reader has gone (`| head`): nothing more is written, nor complained about at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
