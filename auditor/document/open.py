"""Open a file or standard input and hand it to the reader of its format."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from auditor.document import archive
from auditor.document.errors import UnreadableFile
from auditor.document.model import Document
from auditor.document.sniff import FileKind, kind
from auditor.extras import how_to_get
from auditor.os_errors import unopened

MAX_BYTES = 200 * 1024 * 1024
_NO_FILE = "这是管道、设备或套接字，不是文件；要从标准输入读，文件名写 -"
_SHEETS = (".csv", ".tsv")
_PACKED = (
    ".png",
    ".jpg",
    ".jpeg",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".webp",
    ".doc",
    ".docx",
    ".docm",
    ".wps",
    ".xls",
    ".xlsx",
    ".xlsm",
    ".et",
    ".odt",
    ".ods",
    ".pdf",
    ".ofd",
    ".zip",
)
"""Names of files that are no text, whatever stands in them."""
_MAX_DEPTH = 2
"""Archives inside archives: a bureau's own around a unit's."""


class _Reader(NamedTuple):
    """ "module:function" with (data, path) in and a document out; `extra` brings what it needs."""

    place: str
    extra: str = ""


_READERS = {
    FileKind.TEXT: _Reader("auditor.document.plain:read_text"),
    FileKind.CSV: _Reader("auditor.document.comma_sheet:read_csv"),
    FileKind.HTML: _Reader("auditor.document.web:read_html"),
    FileKind.DOCX: _Reader("auditor.document.word:read_docx", "office"),
    FileKind.XLSX: _Reader("auditor.document.workbook:read_xlsx", "office"),
    FileKind.XLS: _Reader("auditor.document.old_workbook:read_xls", "office"),
    FileKind.PDF: _Reader("auditor.document.pdf:read_pdf", "pdf"),
    FileKind.OFD: _Reader("auditor.document.ofd:read_ofd", "pdf"),
    FileKind.IMAGE: _Reader("auditor.document.picture:read_picture", "ocr"),
    FileKind.MHTML: _Reader("auditor.document.web:read_mhtml"),
    FileKind.XLSB: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.WORD_XML: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.EXCEL_XML: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.DOC: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.RTF: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.ODT: _Reader("auditor.document.converted:read_converted", "office"),
    FileKind.ODS: _Reader("auditor.document.converted:read_converted", "office"),
}


def read(path: str | Path) -> Document:
    """The one document at `path`; "-" reads standard input.

    Raises `UnreadableFile` with the name and one reason for whatever cannot be read.
    """
    return read_bytes(file_bytes(path), str(path))


def read_all(path: str | Path) -> Iterator[Document | UnreadableFile]:
    """Every document at `path`: those in an archive one by one, what cannot be read as its error."""
    try:
        data = file_bytes(path)
    except UnreadableFile as error:
        yield error
    else:
        yield from read_packed(data, str(path))


def read_packed(data: bytes, path: str) -> Iterator[Document | UnreadableFile]:
    """Every document in `data`: those in an archive one by one, what cannot be read as its error."""
    yield from _all(data, path, 0, _Budget())


def read_bytes(data: bytes, path: str) -> Document:
    """The document held in `data`; `path` is the name that messages use. Raises `UnreadableFile`."""
    found = list(read_packed(data, path))
    if len(found) != 1:
        raise UnreadableFile(path, f"压缩包里有 {len(found)} 个文件，请解压后指定其中一个")
    if isinstance(found[0], UnreadableFile):
        raise found[0]
    return found[0]


def file_bytes(path: str | Path) -> bytes:
    """What the file holds. Raises `UnreadableFile`."""
    name = str(path)
    if name == "-":
        return _checked(sys.stdin.buffer.read(MAX_BYTES + 1), name)
    file = Path(path)
    try:
        if file.is_dir():
            raise UnreadableFile(name, "这是文件夹，请给出文件名")
        # Opened without waiting, then looked at: a pipe put in the file's place would never answer.
        number = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(number, "rb") as stream:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise UnreadableFile(name, _NO_FILE)
            return _checked(stream.read(MAX_BYTES + 1), name)
    except FileNotFoundError:
        raise UnreadableFile(name, "找不到这个文件") from None
    except PermissionError:
        raise UnreadableFile(name, "没有读取权限") from None
    except OSError as error:
        if error.errno == errno.ENXIO:  # a socket, or a device without a driver
            raise UnreadableFile(name, _NO_FILE) from None
        raise UnreadableFile(name, f"打不开（{unopened(error)}）") from None
    except ValueError:
        raise UnreadableFile(name, "文件名不合法") from None


def _checked(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise UnreadableFile(name, f"文件超过 {MAX_BYTES // 1024 // 1024} MB，不像一份自评报告，未读取")
    return data


@dataclass
class _Budget:
    """What all levels of an archive together may unpack to."""

    size: int = archive.MAX_TOTAL
    files: int = archive.MAX_PARTS

    def spent(self, size: int) -> bool:
        """Takes one member of that size; whether it was too much."""
        self.size -= size
        self.files -= 1
        return self.size < 0 or self.files < 0


def _all(data: bytes, path: str, depth: int, budget: _Budget) -> Iterator[Document | UnreadableFile]:
    found = kind(data)
    if found is FileKind.TEXT and path.lower().endswith(_SHEETS):
        found = FileKind.CSV  # the name alone tells it from other text
    if found is FileKind.ZIP:
        yield from _packed(data, path, depth, budget)
        return
    try:
        yield _read(found, data, path)
    except UnreadableFile as error:
        yield error


def _packed(data: bytes, path: str, depth: int, budget: _Budget) -> Iterator[Document | UnreadableFile]:
    """The members of an archive. Pictures in it are supporting material, not reports."""
    if depth >= _MAX_DEPTH:
        yield UnreadableFile(path, f"压缩包套了 {_MAX_DEPTH} 层以上，请解压后再审")
        return
    try:
        opened = archive.container(data, path)
    except UnreadableFile as error:
        yield error
        return
    empty = True
    for member in archive.members(opened, path):
        empty = False
        if isinstance(member, UnreadableFile):
            yield member
        elif budget.spent(len(member.data)):
            yield UnreadableFile(path, "压缩包解开后文件太多或太大（疑似压缩炸弹），其余未读取")
            return
        elif kind(member.data) is FileKind.IMAGE:
            yield UnreadableFile(f"{path}/{member.name}", "压缩包里的图片没有识别，需要时请单独解出再审")
        else:
            yield from _all(member.data, f"{path}/{member.name}", depth + 1, budget)
    if empty:
        yield UnreadableFile(path, "压缩包是空的")


def _read(found: FileKind, data: bytes, path: str) -> Document:
    if found is FileKind.LOCKED:
        raise UnreadableFile(path, "文件有密码，请解密后再审")
    reader = _READERS.get(found)
    if reader is None:
        raise UnreadableFile(
            path, "认不出这种文件（可能是程序、rar 或 7z 压缩包），请另存为 docx、xlsx、pdf 或文本"
        )
    module, _, function = reader.place.partition(":")
    try:
        read_format = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        if not reader.extra:
            raise
        raise UnreadableFile(path, f"读这种文件要有组件 {error.name}，{how_to_get(reader.extra)}") from None
    try:
        document: Document = read_format(data, path)
    except UnreadableFile:
        if found is FileKind.TEXT and (suffix := Path(path).suffix.lower()) in _PACKED:
            raise UnreadableFile(
                path, f"内容不是 {suffix[1:]} 文件，可能没有传完或已损坏，请重新取得"
            ) from None
        raise
    except MemoryError:
        raise
    except Exception as error:  # libraries raise whatever a malformed file leads them to
        raise UnreadableFile(path, f"文件结构有误，读不出来（{type(error).__name__}）") from None
    return document
