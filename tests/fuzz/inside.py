"""Files changed inside their containers: parts of a zip, streams of a PDF, chunks of a picture, what a mail envelope
encodes. The container itself stays whole, so that what is inside reaches the readers."""

from __future__ import annotations

import base64
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from PIL import Image

from auditor.document import read_bytes
from auditor.document.picture import pictures
from tests.samples import ROOT

FILES = ROOT / "tests" / "files"
_ENVELOPE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
)
_CSV = '项目名称,"全年预算数","全年执行数"\r\n饮水项目,"1,295.50",90\r\n"管护\n项目",5;6,=1+1\r\n合计,,\r\n'


def zipped(form: bytes, data: bytes) -> bytes:
    """One part changed and all packed again."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as opened, zipfile.ZipFile(stream, "w") as made:
        names = opened.namelist()
        chosen = names[data[0] % len(names)]
        for name in names:
            part = opened.read(name)
            made.writestr(name, spliced(part, data[1:]) if name == chosen else part)
    return stream.getvalue()


_OBJECT = re.compile(rb"(\d+) 0 obj\b.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"(.*?stream\r?\n)(.*)(\r?\nendstream.*)", re.DOTALL)
_LENGTH = re.compile(rb"/Length\s+\d+(?:\s+0\s+R)?")


def printed(form: bytes, data: bytes) -> bytes:
    """One object of a PDF changed, a compressed stream by what it unpacks to; lengths and places are true again."""
    found = list(_OBJECT.finditer(form))
    chosen = found[data[0] % len(found)]
    made, places = form[: found[0].start()], {}
    for one in found:
        places[int(one[1])] = len(made)
        made += (_stream_changed(one[0], data[1:]) if one is chosen else one[0]) + b"\n"
    trailer = form[form.rindex(b"trailer") : form.rindex(b"startxref")]
    last = max(places)
    table = b"".join(b"%010d 00000 n \n" % places.get(number, 0) for number in range(1, last + 1))
    return b"%sxref\n0 %d\n0000000000 65535 f \n%s%sstartxref\n%d\n%%%%EOF\n" % (
        made, last + 1, table, trailer, len(made),
    )  # fmt: skip


def _stream_changed(whole: bytes, data: bytes) -> bytes:
    parts = _STREAM.fullmatch(whole)
    if parts is None or b"FlateDecode" not in parts[1]:
        head, _, rest = whole.partition(b"obj")
        return head + b"obj" + spliced(rest.removesuffix(b"endobj"), data) + b"\nendobj"
    unpacked = zlib.decompressobj().decompress(parts[2])
    packed = zlib.compress(spliced(unpacked, data))
    return _LENGTH.sub(b"/Length %d" % len(packed), parts[1]) + packed + parts[3]


def drawn(form: bytes, data: bytes) -> bytes:
    """One chunk of a PNG changed, the pixels by what they unpack to; its length and checksum are true again."""
    chunks, at = [], 8
    while at + 8 <= len(form):
        (length,) = struct.unpack(">I", form[at : at + 4])
        chunks.append((form[at + 4 : at + 8], form[at + 8 : at + 8 + length]))
        at += 12 + length
    chosen = data[0] % len(chunks)
    made = form[:8]
    for number, (kind, held) in enumerate(chunks):
        if number == chosen:
            inner = spliced(zlib.decompress(held) if kind == b"IDAT" else held, data[1:])
            held = zlib.compress(inner) if kind == b"IDAT" else inner
        made += struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
    return made


def enveloped(form: bytes, data: bytes) -> bytes:
    """The page in a mail envelope, changed before it is encoded."""
    return _ENVELOPE + base64.encodebytes(spliced(form, data)) + b"\r\n--x--\r\n"


def spliced(whole: bytes, data: bytes) -> bytes:
    """`data` put over a place that its first bytes choose."""
    at = int.from_bytes(data[:2]) * (len(whole) + 1) // 65536
    return whole[:at] + data[2:] + whole[at + len(data) - 2 :]


Change = Callable[[bytes, bytes], bytes]
Read = Callable[[bytes, str], object]


def _picture(kind: str) -> bytes:
    stream = io.BytesIO()
    pixels = Image.new("P" if kind == "GIF" else "RGB", (24, 16))
    pixels.putpixel((3, 3), 7 if kind == "GIF" else (200, 10, 10))
    pixels.save(stream, kind)
    return stream.getvalue()


@cache
def forms() -> tuple[tuple[str, bytes, Change, Read], ...]:
    """A small file of every format, how it is changed, and what reads it. Of pictures what unpacks them is read, not
    the characters in them: recognising a page takes a second."""
    files = {
        suffix: (FILES / f"form.{suffix}").read_bytes()
        for suffix in ("docx", "xlsx", "ofd", "pdf", "xls", "html")
    }
    pages = {kind: _picture(kind) for kind in ("PNG", "JPEG", "GIF", "TIFF", "BMP", "WEBP")}
    return (
        *((suffix, files[suffix], zipped, read_bytes) for suffix in ("docx", "xlsx", "ofd")),
        ("pdf", files["pdf"], printed, read_bytes),
        *((suffix, files[suffix], spliced, read_bytes) for suffix in ("xls", "html")),
        ("mht", files["html"], enveloped, read_bytes),
        ("csv", _CSV.encode(), spliced, read_bytes),
        ("csv", _CSV.encode("gb18030"), spliced, read_bytes),
        ("png", pages["PNG"], drawn, pictures),
        *((kind.lower(), pages[kind], spliced, pictures) for kind in pages if kind != "PNG"),
    )  # fmt: skip
