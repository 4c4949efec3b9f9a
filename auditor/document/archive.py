"""Zip containers, opened with care: size, ratio, count, depth, and no document type declarations."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document.errors import UnreadableFile

MAX_PARTS = 5_000
MAX_PART = 64 * 1024 * 1024
"""Bytes of one part, unpacked: XML of this size takes some ten times as much memory."""
MAX_TOTAL = 400 * 1024 * 1024
MAX_RATIO = 300
"""Unpacked to packed size; text and XML of real reports reach some 20."""
_SMALL = 1024 * 1024
_HEADER = 30
"""Bytes before the name of a member."""


class Member(NamedTuple):
    name: str
    data: bytes


def container(data: bytes, path: str) -> zipfile.ZipFile:
    """The zip file in `data`, its directory checked. Raises `UnreadableFile`."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
        parts = opened.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise UnreadableFile(path, "文件不完整或已损坏，打不开") from None
    if len(parts) > MAX_PARTS:
        raise UnreadableFile(path, f"压缩包里有 {len(parts)} 个文件，超过上限 {MAX_PARTS} 个，未读取")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(path, "文件有密码，请解密后再审")
    _check_overlap(parts, path)
    total = 0
    for part in parts:
        total += part.file_size
        swollen = part.file_size > _SMALL and part.file_size > MAX_RATIO * max(part.compress_size, 1)
        if part.file_size > MAX_PART or total > MAX_TOTAL or swollen:
            raise UnreadableFile(path, "解压后体积异常（疑似压缩炸弹），未读取")
    return opened


def _check_overlap(parts: list[zipfile.ZipInfo], path: str) -> None:
    """Raises `UnreadableFile` where members share bytes: one bomb under many names."""
    end = 0
    for part in sorted(parts, key=lambda one: one.header_offset):
        if part.header_offset < end:
            raise UnreadableFile(path, "压缩包里的文件互相重叠（疑似压缩炸弹），未读取")
        end = part.header_offset + _HEADER + part.compress_size


def part(opened: zipfile.ZipFile, name: str, path: str) -> bytes:
    """The bytes of one part, never more than its directory entry says. Raises `UnreadableFile`."""
    try:
        info = opened.getinfo(name)
        with opened.open(info) as stream:
            data = stream.read(info.file_size + 1)
    except (KeyError, zipfile.BadZipFile, zlib.error, ValueError, OSError, NotImplementedError, EOFError):
        raise UnreadableFile(path, f"文件不完整或已损坏（{name} 读不出来）") from None
    if len(data) > info.file_size:
        raise UnreadableFile(path, "解压后体积异常（疑似压缩炸弹），未读取")
    return data


def office_container(data: bytes, path: str) -> zipfile.ZipFile:
    """As `container`, for formats made of XML parts: none may declare a document type, which these
    formats forbid, so no entity can be expanded or fetched."""
    opened = container(data, path)
    for info in opened.infolist():
        if info.filename.lower().endswith((".xml", ".rels")):
            xml = part(opened, info.filename, path)
            if any(mark in xml for mark in _DECLARATIONS):
                raise UnreadableFile(path, "文件里有不允许的 XML 声明（DTD 或外部实体），未读取")
    return opened


def plain_office(data: bytes, path: str) -> bytes:
    """An office file as the libraries expect it: Strict Open XML, macro files and templates differ from
    the usual document in nothing but names. Unchanged where it is one. Raises `UnreadableFile`."""
    with office_container(data, path) as opened:
        types = part(opened, _TYPES, path)
        roots = part(opened, "_rels/.rels", path)
        told = _TOLD_TYPE.sub(_as_it_is, types)
        if _STRICT.search(roots) is None and _VARIANT.search(types) is None and told == types:
            return data
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as made:
            for info in opened.infolist():
                found = part(opened, info.filename, path)
                if info.filename == _TYPES:
                    found = _VARIANT.sub(_MAIN, told)
                elif info.filename.endswith((".xml", ".rels")):
                    found = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", found)
                made.writestr(info.filename, found)
    return stream.getvalue()


def _as_it_is(told: re.Match[bytes]) -> bytes:
    """A part that is no XML by its name is none, whatever is told of it: a document set into another as a file."""
    name = _TOLD_NAME.search(told[0])
    if name is None or name[1].lower() in (b"xml", b"rels", b"vml"):
        return told[0]
    return _XML_TYPE.sub(rb"\1application/octet-stream", told[0])


_TYPES = "[Content_Types].xml"
_STRICT = compiled(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_VARIANT = compiled(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template|"
    rb"ms-word\.(?:document\.macroEnabled|template\.macroEnabledTemplate))\.main\+xml"
)
_TOLD_TYPE = compiled(rb"<(?:\w+:)?(?:Default|Override)\b[^<>]{0,2000}>")
_TOLD_NAME = compiled(rb"""(?:Extension|PartName)\s*=\s*["'](?:[^"']*\.)?([^"'.]*)["']""")
_XML_TYPE = compiled(rb"""(ContentType\s*=\s*["'])[^"']*\+xml(?=["'])""")
_DECLARATIONS = tuple(
    mark.encode(encoding)
    for mark in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)


_SYSTEM = {"Thumbs.db", "desktop.ini"}


def members(opened: zipfile.ZipFile, path: str) -> Iterator[Member | UnreadableFile]:
    """The files of an archive that somebody packed, in its order; what cannot be read is said."""
    for info in opened.infolist():
        name = _told(info)
        last = name.rsplit("/", 1)[-1]
        if info.is_dir() or name.startswith("__MACOSX/") or last.startswith((".", "~$")) or last in _SYSTEM:
            continue
        try:
            yield Member(name, part(opened, info.filename, path))
        except UnreadableFile as error:
            yield UnreadableFile(f"{path}/{name}", error.reason)


def _told(info: zipfile.ZipInfo) -> str:
    """The name as it was typed, without steps out of the archive. Where the archive does not mark it as
    UTF-8 it is so all the same (Linux), or in the local encoding (Windows)."""
    name = info.filename
    if not info.flag_bits & 0x800:
        for encoding in ("utf-8", "gb18030"):
            try:
                name = info.filename.encode("cp437").decode(encoding)
                break
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
    return "/".join(step for step in compiled(r"[\\/]").split(name) if step.strip(". "))
