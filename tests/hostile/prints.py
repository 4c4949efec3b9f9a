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


def _form(content: bytes) -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length "
        + str(len(content)).encode() + b" >> stream\n" + content + b"\nendstream"
    )  # fmt: skip


def _cmap(span: bytes) -> bytes:
    text = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange " + span + b" endbfrange endcmap end"
    )
    return b"<< /Length " + str(len(text)).encode() + b" >> stream\n" + text + b"\nendstream"


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
    "对象流套对象流": lambda: pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /ObjStm /N 1 /First 4 /Extends 2 0 R /Length 9 >> stream\n2 0 << >>\nendstream"]),
    "预测器列数极大": lambda: drawn(zlib.compress(bytes(100_000)), filters=b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 4 >>"),
    "LZW 膨胀": lambda: drawn(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01" * 200_000, filters=b"/Filter /LZWDecode"),
    "ASCII85 断开": lambda: drawn(b"zzzzz" * 200_000 + b"~", filters=b"/Filter [/ASCII85Decode /FlateDecode]"),
    "内嵌图没有结尾": lambda: drawn(b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID " + b"\x00" * 100_000),
    "图形互相调用": lambda: drawn(b"/A Do", b"/Resources << /XObject << /A 6 0 R /B 7 0 R >> >>", b"", _form(b"/B Do " * 50), _form(b"/A Do " * 50)),
    "图形二叉三十层": lambda: drawn(b"/X6 Do", b"/Resources << /XObject << " + b" ".join(f"/X{n} {n} 0 R".encode() for n in range(6, 36)) + b" >> >>", b"", *(_form(f"/X{n + 1} Do /X{n + 1} Do".encode()) for n in range(6, 36))),
    "字体映射十亿": lambda: drawn(b"BT /G 9 Tf (12) Tj ET", b"/Resources << /Font << /G 6 0 R >> >>", b"", b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding 7 0 R /DescendantFonts [] /ToUnicode 7 0 R >>", _cmap(b"<0000> <ffffffff> <0041>")),
    "交叉表指向自己": lambda: drawn(b"").replace(b"trailer <<", b"trailer << /Prev 9"),
    "名字极长": lambda: drawn(b"/" + b"A" * 2_000_000 + b" gs"),
    "字符串套括号": lambda: drawn(b"BT /F 9 Tf (" + b"(" * 300_000 + b") Tj ET"),
    "注释两百万": lambda: drawn(zlib.compress(b"%\n" * 2_000_000), filters=_FLATE),
    "版本在中间": lambda: b"x" * 1000 + drawn(b"BT /F 9 Tf (1) Tj ET"),
}  # fmt: skip
