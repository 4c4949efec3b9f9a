"""What a file is, by its content: names and extensions lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum

from auditor.compiled import compiled


class FileKind(StrEnum):
    """The value is the media type that the memo gives."""

    TEXT = "text/plain"
    CSV = "text/csv"
    HTML = "text/html"
    MHTML = "multipart/related"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    DOC = "application/msword"
    XLS = "application/vnd.ms-excel"
    XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    WORD_XML = "application/vnd.ms-wordml"
    EXCEL_XML = "application/vnd.ms-spreadsheetml"
    RTF = "application/rtf"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    OFD = "application/ofd"
    ZIP = "application/zip"
    IMAGE = "image/*"
    LOCKED = "application/x-encrypted-office"
    FOREIGN = "application/octet-stream"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_WORDED_IMAGES = (b"GIF8", b"BM")
"""What may begin a sentence too."""
_FOREIGN = (b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"MZ")
_HTML = compiled(
    rb"<(?:!doctype\s+html|html|head|meta|title|style|script|link|body|center|table|div|p|h[1-6]|font|span|pre)\b",
    re.IGNORECASE,
)
_MHTML = compiled(rb"[\w-]+:[ \t]")
_OFFICE_XML = (
    (compiled(rb"<(?:w:wordDocument|pkg:package)\b"), FileKind.WORD_XML),
    (
        compiled(rb"<(?:ss:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"),
        FileKind.EXCEL_XML,
    ),
)
_MAIN_PARTS = (
    (compiled(rb"wordprocessingml\.(?:document|template)\.main|ms-word\.\w+\.macroEnabled"), FileKind.DOCX),
    (compiled(rb"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template)\.macroEnabled\.main"), FileKind.XLSX),
    (compiled(rb"ms-excel\.sheet\.binary\.macroEnabled"), FileKind.XLSB),
)  # fmt: skip
"""What [Content_Types].xml says of the main part, whose name is free."""
_RUNNING_TEXT = compiled(rb"(?:\A|>)\s*[^<>\s]")


def kind(data: bytes) -> FileKind:
    """The kind of the file that begins with (or is) `data`."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n\x00")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if head.startswith(b"{\\rtf"):
        return FileKind.RTF
    if data.startswith(_IMAGES) or (data.startswith(_WORDED_IMAGES) and not _is_text(data[:64])):
        return FileKind.IMAGE
    if data.startswith(_FOREIGN):
        return FileKind.FOREIGN
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = data[:4096].decode("utf-16", "replace").encode()
    if _MHTML.match(head) and b"multipart/related" in head.lower():
        return FileKind.MHTML
    if head.startswith(b"<"):
        for mark, office in _OFFICE_XML:
            if mark.search(head):
                return office
    return FileKind.HTML if _is_html(head) else FileKind.TEXT


def _is_text(head: bytes) -> bool:
    """Whether "BM…" begins a sentence rather than a bitmap."""
    return b"\x00" not in head


def _is_html(head: bytes) -> bool:
    """Mark-up from the first character on; a report with a fragment inside a cell is text."""
    if not head.startswith(b"<"):
        return False
    opening = _HTML.search(head[:2048])
    return opening is not None and (
        opening.start() == 0 or head[:5].lower() in (b"<!doc", b"<?xml", b"<html") or head.startswith(b"<!--")
    )


def _zip_kind(data: bytes) -> FileKind:
    """By the parts that only one format has."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as opened:
            names = set(opened.namelist())
            types = _start(opened, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return FileKind.ZIP
    if "word/document.xml" in names:
        return FileKind.DOCX
    if "xl/workbook.xml" in names:
        return FileKind.XLSX
    if "OFD.xml" in names:
        return FileKind.OFD
    if "content.xml" in names and "mimetype" in names:
        return FileKind.ODS if b"opendocument.spreadsheet" in data[:200] else FileKind.ODT
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if types:
        return next((found for mark, found in _MAIN_PARTS if mark.search(types)), FileKind.FOREIGN)
    return FileKind.ZIP


def _start(opened: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of a part; b"" where it cannot be read."""
    try:
        with opened.open(name) as stream:
            return stream.read(1 << 16)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
        return b""


def _ole_kind(data: bytes) -> FileKind:
    """By the names of the streams in the compound file's directory."""
    if _name("EncryptedPackage") in data:
        return FileKind.LOCKED
    word, sheet = data.find(_name("WordDocument")), data.find(_name("Workbook"))
    if sheet == -1:
        sheet = data.find(_name("Book") + b"\x00\x00")
    if word == -1 and sheet == -1:
        return FileKind.FOREIGN
    return FileKind.DOC if sheet == -1 or -1 < word < sheet else FileKind.XLS


def _name(stream: str) -> bytes:
    return stream.encode("utf-16-le")
