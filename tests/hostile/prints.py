"""pdf: streams that swell, objects that go round in circles, pages without end."""

from __future__ import annotations

import zlib

from tests.hostile.parts import Cases, drawn, pdf

_FLATE = b"/Filter /FlateDecode"


def _swollen(size: int, levels: int = 1) -> bytes:
    data = bytes(size)
    for _ in range(levels):
        data = zlib.compress(data, 9)
    filters = b"/Filter [" + b"/FlateDecode " * levels + b"]"
    return drawn(data, filters=filters)


def _circular() -> bytes:
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        b"<< /Length 4 >> stream\n/X Do\nendstream",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >> /Length 4 >> stream\n/X Do\nendstream",
    ])  # fmt: skip


def _pages(count: int) -> bytes:
    kids = b"3 0 R " * count
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count " + str(count).encode() + b" >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
    ])  # fmt: skip


def _text(operators: bytes) -> bytes:
    return drawn(zlib.compress(b"BT /F 9 Tf 9 9 Td " + operators + b" ET"), filters=_FLATE)


CASES: Cases = {
    "流膨胀四百兆": lambda: _swollen(400 * 1024 * 1024),
    "流膨胀一百兆": lambda: _swollen(100 * 1024 * 1024),
    "过滤器叠两层": lambda: _swollen(300 * 1024 * 1024, 2),
    "过滤器叠三层": lambda: _swollen(300 * 1024 * 1024, 3),
    "过滤器先十六进制": lambda: drawn(zlib.compress(bytes(200_000_000)).hex().encode() + b">", filters=b"/Filter [/ASCIIHexDecode /FlateDecode]"),
    "行程膨胀": lambda: drawn(zlib.compress(b"\x81\x00" * 2_000_000), filters=b"/Filter [/FlateDecode /RunLengthDecode]"),
    "对象成环": _circular,
    "数组五万层": lambda: pdf([b"<< /Type /Catalog /Pages " + b"[" * 50_000 + b" >>"]),
    "字典五万层": lambda: pdf([b"<< /Type /Catalog /Pages " + b"<</A " * 50_000]),
    "五千页": lambda: _pages(5000),
    "十万页": lambda: _pages(100_000),
    "页面极大": lambda: drawn(b"", b"/MediaBox [0 0 1e30 1e30]"),
    "页面是负的": lambda: drawn(b"BT /F 9 Tf (1) Tj ET", b"/MediaBox [600 800 0 0]"),
    "页面不是数": lambda: drawn(b"", b"/MediaBox [/a /b /c /d]"),
    "一百万个字": lambda: _text(b"(" + b"8" * 1_000_000 + b") Tj"),
    "四十万次移动": lambda: _text(b"1 0 Td (8) Tj " * 400_000),
    "八十万条线": lambda: drawn(zlib.compress(b"0 0 m 9 9 l S " * 800_000), filters=_FLATE),
    "三十万个框": lambda: drawn(zlib.compress(b"0 0 9 9 re S " * 300_000), filters=_FLATE),
    "存图四十万层": lambda: drawn(zlib.compress(b"q " * 400_000), filters=_FLATE),
    "字号为零": lambda: drawn(b"BT /F 0 Tf (1) Tj ET"),
    "坐标极大": lambda: drawn(b"BT /F 9 Tf 1e38 1e38 Td (1) Tj ET 1e38 0 m 1e38 1e38 l S"),
    "没有根": lambda: b"%PDF-1.7\ntrailer << >>\n%%EOF",
    "只有开头": lambda: b"%PDF-1.7\n",
    "加密不明": lambda: pdf([b"<< /Type /Catalog >>"]).replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard /V 9 /R 9 >>"),
    "长度为负": lambda: drawn(b"BT /F 9 Tf (1) Tj ET").replace(b"/Length 20", b"/Length -1"),
}  # fmt: skip
