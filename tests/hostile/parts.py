"""What hostile files are made of."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.formats.write import as_docx, as_xlsx

Cases = dict[str, Callable[[], bytes]]

REPORT = "溪口县饮水项目支出绩效自评报告\n全年预算数 95 万元，全年执行数 90 万元。\n"


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as opened:
        for name, data in parts.items():
            opened.writestr(name, data)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An office file with one of its parts changed."""
    parts = unpacked(data)
    parts[name] = change(parts.get(name, b""))
    return packed(parts)


def docx(*lines: str) -> bytes:
    return as_docx([*lines, "某项目绩效自评报告", "支出 95 万元。"])


def xlsx() -> bytes:
    return as_xlsx(["表"])


def body(inner: bytes) -> bytes:
    """A docx whose body begins with `inner`."""
    return changed(docx(), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + inner))


def sheet(rows: bytes, after: bytes = b"") -> bytes:
    """An xlsx with these rows."""
    return changed(
        xlsx(), "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>" + after),
    )  # fmt: skip


def laughs(xml: bytes) -> bytes:
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    return b'<?xml version="1.0"?><!DOCTYPE d [' + entities.encode() + b"]>" + xml.split(b"?>", 1)[-1]


def pdf(objects: list[bytes]) -> bytes:
    made = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(made))
        made += str(number).encode() + b" 0 obj\n" + one + b"\nendobj\n"
    table = len(made)
    made += b"xref\n0 " + str(len(objects) + 1).encode() + b"\n0000000000 65535 f \n"
    made += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    size = str(len(objects) + 1).encode()
    return (
        made
        + b"trailer << /Size "
        + size
        + b" /Root 1 0 R >>\nstartxref\n"
        + str(table).encode()
        + b"\n%%EOF"
    )


def drawn(content: bytes, more: bytes = b"", filters: bytes = b"", *objects: bytes) -> bytes:
    """A PDF of one page with this content stream."""
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> " + more + b" >>",
        b"<< " + filters + b" /Length " + str(len(content)).encode() + b" >> stream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ])  # fmt: skip


def png(width: int, height: int, data: bytes = b"", bits: int = 8, colour: int = 2) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
