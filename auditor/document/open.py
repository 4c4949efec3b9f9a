"""Open a file or standard input and hand it to the reader of its format."""

from __future__ import annotations

import sys
from pathlib import Path

from auditor.document.decode import MAX_BYTES
from auditor.document.errors import UnreadableFile
from auditor.document.model import Document
from auditor.document.plain import read_text


def read(path: str | Path) -> Document:
    """The document at `path`; "-" reads standard input.

    Raises `UnreadableFile` with the name and one reason for whatever cannot be read.
    """
    name = str(path)
    if name == "-":
        return read_bytes(sys.stdin.buffer.read(MAX_BYTES + 1), name)
    file = Path(path)
    try:
        if file.is_dir():
            raise UnreadableFile(name, "这是文件夹，请给出文件名")
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise UnreadableFile(name, "找不到这个文件") from None
    except PermissionError:
        raise UnreadableFile(name, "没有读取权限") from None
    except OSError as error:
        raise UnreadableFile(name, f"打不开（{error.strerror or type(error).__name__}）") from None
    except ValueError:
        raise UnreadableFile(name, "文件名不合法") from None
    return read_bytes(data, name)


def read_bytes(data: bytes, path: str) -> Document:
    """The document held in `data`; `path` is the name that messages use. Raises `UnreadableFile`."""
    return read_text(data, path)
