"""What a sender tries who knows the formats well: every feature that holds other things, repeats or points back."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib

from tests.hostile.layouts import FORM, form_with
from tests.hostile.parts import (
    REPORT,
    Cases,
    body,
    changed,
    docx,
    drawn,
    packed,
    pdf,
    png,
    sheet,
    unpacked,
    xlsx,
)

_FLATE = b"/Filter /FlateDecode"
_HAN = "项目支出绩效自评报告资金使用管理情况说明实施单位预算执行完成目标效益指标"


def _noise(length: int, seed: int = 1) -> str:
    draw = random.Random(seed)
    return "".join(draw.choices(_HAN, k=length))


# ---- zip -------------------------------------------------------------------------------------------


def _members(*names: str, data: bytes = REPORT.encode()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in names:
            opened.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def _descriptor() -> bytes:
    """Sizes and checksum of the local header are lies; the directory is true."""
    made = bytearray(_members("a.txt"))
    made[14:26] = struct.pack("<III", 1, 2**31, 2**31)
    return bytes(made)


ZIP: Cases = {
    "名字是绝对路径": lambda: _members("/etc/passwd.txt", "C:\\Windows\\a.txt", "\\\\host\\share\\b.txt", "//x/c.txt"),
    "名字只差大小写": lambda: _members("a.txt", "A.TXT", "ａ.txt", "a.txt ", "a.txt."),
    "名字是设备": lambda: _members("CON.txt", "NUL", "aux.docx", "com1.txt"),
    "本地头说谎": _descriptor,
    "两百份 Word": lambda: packed({f"{n}.docx": docx(f"第{n}份") for n in range(200)}, zipfile.ZIP_STORED),
    "改名的 PDF 与网页": lambda: packed({"a.docx": b"%PDF-1.7\n", "b.pdf": b"<html><p>1", "c.xlsx": packed({"x": b"1"})}),
}  # fmt: skip

# ---- docx ------------------------------------------------------------------------------------------


def _chunk(data: bytes, suffix: str = "html") -> bytes:
    """A docx with another file set into it."""
    parts = unpacked(body(b'<w:altChunk r:id="rIdX"/>'))
    if b"xmlns:r=" not in parts["word/document.xml"][:3000]:
        parts["word/document.xml"] = parts["word/document.xml"].replace(
            b"<w:document ",
            b'<w:document xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
            1,
        )
    target = f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="x.{suffix}"/>'
    relations = "word/_rels/document.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", target.encode() + b"</Relationships>")
    kind = {
        "html": "text/html",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    }[suffix]
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(
        b"</Types>", f'<Default Extension="{suffix}" ContentType="{kind}"/></Types>'.encode()
    )
    parts[f"word/x.{suffix}"] = data
    return packed(parts)  # fmt: skip


def _chunks(levels: int) -> bytes:
    data = docx()
    for _ in range(levels):
        data = _chunk(data, "docx")
    return data


def _tables(depth: int) -> bytes:
    inner = b"<w:p><w:r><w:t>95</w:t></w:r></w:p>"
    for _ in range(depth):
        inner = b"<w:tbl><w:tr><w:tc>" + inner + b"<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return inner


_P = b"<w:p><w:r><w:t>"
DOCX: Cases = {
    "插入五兆网页": lambda: _chunk(b"<p>" + "全年执行数 90 万元。<br>".encode() * 160_000),
    "插入的网页套三万层": lambda: _chunk(b"<div>" * 30_000 + b"1"),
    "插入自己三十层": lambda: _chunks(30),
    "表套表六十层": lambda: body(_tables(60)),
    "表套表一千层": lambda: body(_tables(1000)),
    "万张嵌套表": lambda: body(_tables(5) * 2000),
    "文本框两万个": lambda: body((b"<w:p><w:r><w:pict><v:shape xmlns:v=\"urn:schemas-microsoft-com:vml\"><v:textbox><w:txbxContent>" + _P + b"1</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>") * 20_000),
    "表前空格一亿": lambda: body(b'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="100000000"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'),
    "勾选框五万": lambda: body(b'<w:p><w:sdt><w:sdtContent><w:r><w:t>x</w:t></w:r></w:sdtContent></w:sdt></w:p>' * 50_000),
    "一段五十万个片段": lambda: body(b"<w:p>" + b"<w:r><w:t>8</w:t></w:r>" * 500_000 + b"</w:p>"),
    "特殊符号十万": lambda: body(b"<w:p>" + b'<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' * 100_000 + b"</w:p>"),
}  # fmt: skip

# ---- xlsx ------------------------------------------------------------------------------------------


def _names(count: int, value: str) -> bytes:
    told = "".join(f'<definedName name="n{n}">{value}</definedName>' for n in range(count))
    return changed(
        xlsx(), "xl/workbook.xml",
        lambda xml: xml.replace(b"</sheets>", f"</sheets><definedNames>{told}</definedNames>".encode()),
    )  # fmt: skip


def _styled(formats: str) -> bytes:
    """An xlsx whose first cell is shown by this format."""
    made = changed(
        xlsx(), "xl/styles.xml",
        lambda xml: xml.replace(b"<fonts", f'<numFmts count="1"><numFmt numFmtId="999" formatCode="{formats}"/></numFmts><fonts'.encode(), 1)
        .replace(b"</cellXfs>", b'<xf numFmtId="999" applyNumberFormat="1"/></cellXfs>', 1),
    )  # fmt: skip
    return changed(
        made, "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"</sheetData>", b'<row r="99"><c r="A99" s="1"><v>12345.678</v></c></row></sheetData>'),
    )  # fmt: skip


XLSX: Cases = {
    "一个名称五兆": lambda: _names(1, _noise(5_000_000)),
    "名称互相引用": lambda: _names(5000, "n0+n1+n2"),
    "格式代码十万节": lambda: _styled("0;" * 100_000),
    "格式代码十万问号": lambda: _styled("?" * 100_000),
    "小数一万位": lambda: _styled("0." + "0" * 10_000),
    "条件格式两万": lambda: sheet(b"", b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>' * 20_000),
    "行都在末尾": lambda: sheet(b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1_048_000, 1_048_576))),
    "一行隔列写满": lambda: sheet(b'<row r="9">' + b"".join(b'<c r="%s9" t="inlineStr"><is><t>%d</t></is></c>' % (a + b, 1) for a in (b"A", b"B", b"Z") for b in map(bytes, zip(range(65, 91), strict=True))) + b"</row>"),
    "有效性五万": lambda: sheet(b"", b"<dataValidations>" + b'<dataValidation sqref="A1:A1048576"><formula1>1</formula1></dataValidation>' * 50_000 + b"</dataValidations>"),
    "字数各异的长格": lambda: sheet(b"".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{_noise(30_000, n)}</t></is></c></row>'.encode() for n in range(10, 60))),
    "科学记数指数极大": lambda: sheet(b'<row r="9"><c r="A9"><v>1e999999999</v></c><c r="B9"><v>1e-999999999</v></c></row>'),
}  # fmt: skip

# ---- html ------------------------------------------------------------------------------------------

HTML: Cases = {
    "标签一百万层": lambda: b"<b>" * 1_000_000 + b"1",
    "七种标签一百万层": lambda: b"<p><i><u><div><span><ul><li>" * 150_000 + b"1",
    "跨行跨列交错": lambda: b"<table>" + b"".join(b'<tr><td rowspan="%d" colspan="%d">1</td><td>2</td></tr>' % (300 - n, 1 + n % 40) for n in range(300)) + b"</table>",
    "三万张表": lambda: b"<table><tr><td>1</td></tr></table>" * 30_000,
    "选项二十万": lambda: b"<select>" + b"<option selected>1</option>" * 200_000 + b"</select>",
    "只有断行": lambda: b"<br>" * 500_000,
    "样式层层隐藏": lambda: b'<div style="display:none">' * 50_000 + b"1" + b"</div>" * 50_000 + "<p>支出 95 万元</p>".encode(),
    "属性值两兆": lambda: b'<p title="' + b"'>" * 1_000_000 + b'">1</p>',
    "信封边界两万": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n" + b"--x\r\nContent-Type: text/html\r\n\r\n<p>1\r\n" * 20_000,
    "信封头一兆": lambda: b"MIME-Version: 1.0\r\nSubject: " + b"=?utf-8?B?5rWL6K+V?= \r\n " * 40_000 + b"\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n1",
}  # fmt: skip

# ---- txt -------------------------------------------------------------------------------------------

TXT: Cases = {
    "一段没有标点": lambda: _noise(1_700_000).encode(),
    "每个数之间零宽": lambda: ("支出9\u200b5\u200d.\u206020\u202e万\u202c元，" * 8000).encode(),
    "书写方向套二十万": lambda: ("\u202a\u202b\u2066" * 100_000 + "支出 95 万元").encode(),
    "每行一份报告": lambda: ("某项目支出绩效自评报告\n" * 12_000).encode(),
    "每行一张表头": lambda: ("年度资金总额\t全年预算数\t全年执行数\t分值\t执行率\t得分\n" * 8000).encode(),
    "竖线表一千列": lambda: ("| " + " | ".join(str(n) for n in range(1000)) + " |\n").encode() * 120,
    "编号层层套": lambda: ("一、（一）1.（1）①" * 25_000).encode(),
    "只有负责人": lambda: ("负责人：" * 60_000).encode(),
    "附件标题五万": lambda: ("附件1：\n" * 50_000).encode(),
    "一格五十兆": lambda: b'"' + "甲".encode() * 17_000_000 + b'",1\n',
    "一格十九兆": lambda: b'\xef\xbb\xbf\xe9\xa1\xb9,\xe7\x9b\xae\n"' + "甲,乙\n".encode() * 2_300_000 + b'",1\n',
    "CSV 空格一百万": lambda: ("项目,金额" + "," * 500 + "\n").encode() * 2000,
    "CSV 一行一百万引号": lambda: ("甲,乙,丙\n" + '"",' * 300_000 + "\n").encode(),
    "普通报告五兆": lambda: ("".join(f"{n}.全年预算数{n}.50万元，实际支出{n}.20万元，{_noise(40, n)}。\n" for n in range(30_000))).encode(),
}  # fmt: skip

# ---- pdf -------------------------------------------------------------------------------------------


def _annotated(count: int) -> bytes:
    notes = b"<< /Type /Annot /Subtype /FreeText /Rect [9 9 99 99] /Contents (95) >> " * count
    return drawn(b"BT /F 9 Tf 9 9 Td (1) Tj ET", b"/Annots [" + notes + b"]")


def _fields(levels: int) -> bytes:
    """Form fields that hold one another, the last the first."""
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Annots [4 0 R] >>",
        *(b"<< /T (a) /V (95) /FT /Tx /Subtype /Widget /Rect [9 9 99 99] /Kids [%d 0 R %d 0 R] /Parent %d 0 R >>" % (n + 1 if n < levels + 3 else 4, n + 1 if n < levels + 3 else 4, n) for n in range(4, levels + 4)),
    ])  # fmt: skip


def _deep(levels: int) -> bytes:
    """A page tree of one child a level."""
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        *(b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1) for n in range(2, levels + 2)),
        b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 600 800] >>" % (levels + 1),
    ])  # fmt: skip


def _scanned(width: int, height: int, box: bytes = b"600 800", unit: bytes = b"") -> bytes:
    data = zlib.compress(bytes(width * height // 8), 9)
    image = (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /FlateDecode /Length %d >> stream\n"
        % (width, height, len(data))
        + data
        + b"\nendstream"
    )
    return drawn(b"q 600 0 0 800 0 0 cm /I Do Q", b"/Resources << /XObject << /I 6 0 R >> >> " + unit + b" /MediaBox [0 0 " + box + b"]", b"", image)  # fmt: skip


def _type3(levels: int) -> bytes:
    """A font whose glyph is drawn with the font itself."""
    glyph = b"9 0 0 0 9 9 d1 BT /G 9 Tf (aaaaaaaaaa) Tj ET"
    return drawn(
        b"BT /G 9 Tf 9 9 Td (" + b"a" * levels + b") Tj ET", b"/Resources << /Font << /G 6 0 R >> >>", b"",
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] /CharProcs << /a 7 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [9] /Resources << /Font << /G 6 0 R >> >> >>",
        b"<< /Length %d >> stream\n" % len(glyph) + glyph + b"\nendstream",
    )  # fmt: skip


def _outline() -> bytes:
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /Names << /Dests 5 0 R >> >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>", b"<< /Title (a) /First 4 0 R /Last 4 0 R /Next 4 0 R /Prev 4 0 R >>",
        b"<< /Kids [5 0 R 5 0 R] /Names [(a) 5 0 R] >>",
    ])  # fmt: skip


def _packed_objects(count: int) -> bytes:
    """Many objects in one stream that unpacks to much more."""
    head = b" ".join(b"%d %d" % (n, 0) for n in range(10, count + 10))
    data = zlib.compress(head + b" " + b"[" * 100_000, 9)
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
        b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >> stream\n" % (count, len(head), len(data)) + data + b"\nendstream",
    ])  # fmt: skip


def _placed(count: int) -> bytes:
    draw = random.Random(1)
    text = b"".join(
        b"1 0 0 1 %d %d Tm (%d) Tj " % (draw.randrange(600), draw.randrange(800), n % 97)
        for n in range(count)
    )
    return drawn(zlib.compress(b"BT /F 3 Tf " + text + b"ET"), filters=_FLATE)  # fmt: skip


PDF: Cases = {
    "批注五万条": lambda: _annotated(50_000),
    "填写的域套一千层": lambda: _fields(1000),
    "填写的域成二叉环": lambda: _fields(30),
    "页面树两万层": lambda: _deep(20_000),
    "扫描件十亿像素": lambda: _scanned(32_000, 32_000),
    "扫描件纸大如墙": lambda: _scanned(800, 600, b"14400 14400", b"/UserUnit 75"),
    "字形画自己": lambda: _type3(20),
    "书签指向自己": _outline,
    "对象流十万个": lambda: _packed_objects(100_000),
    "字随处乱放": lambda: _placed(20_000),
    "格线密如网": lambda: drawn(zlib.compress(b"".join(b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(0, 600, 2)) + b"BT /F 3 Tf 9 9 Td (1) Tj ET"), filters=_FLATE),
    "一页一千种字体": lambda: drawn(b"BT " + b"".join(b"/G%d 9 Tf (1) Tj " % n for n in range(1000)) + b"ET", b"/Resources << /Font << " + b"".join(b"/G%d 5 0 R " % n for n in range(1000)) + b">> >>"),
    "裁剪框叠十万": lambda: drawn(zlib.compress(b"0 0 600 800 re W n " * 100_000 + b"BT /F 9 Tf 9 9 Td (1) Tj ET"), filters=_FLATE),
}  # fmt: skip

# ---- ofd -------------------------------------------------------------------------------------------


def _template() -> bytes:
    """A page whose template is the page itself."""
    parts = unpacked(FORM.read_bytes())
    page = next(name for name in parts if name.endswith("Content.xml"))
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"</ofd:CommonData>",
        f'<ofd:TemplatePage ID="77" BaseLoc="{page.removeprefix("Doc_0/")}"/></ofd:CommonData>'.encode(),
    )
    parts[page] = parts[page].replace(
        b"<ofd:Content>", b'<ofd:Template TemplateID="77" ZOrder="Background"/>' * 500 + b"<ofd:Content>", 1
    )
    return packed(parts)  # fmt: skip


OFD: Cases = {
    "模板就是本页": _template,
    "图层十万": lambda: form_with(b'</ofd:Layer><ofd:Layer ID="8">' * 50_000),
    "页块套一万层": lambda: form_with(b'<ofd:PageBlock ID="7">' * 10_000 + b"</ofd:PageBlock>" * 10_000),
    "图片资源指回文档": lambda: form_with(b'<ofd:ImageObject ID="9" Boundary="0 0 200 200" ResourceID="99999"/>' * 2000),
    "路径记号不成样": lambda: form_with(b'<ofd:PathObject ID="9" Boundary="0 0 9 9"><ofd:AbbreviatedData>M L Q B A C S 1e999 nan</ofd:AbbreviatedData></ofd:PathObject>' * 500),
    "边界是无穷": lambda: form_with(b'<ofd:TextObject ID="9" Boundary="inf nan -inf 1e308" Font="1" Size="inf"><ofd:TextCode X="1e308" Y="1e308" DeltaX="g 9 1e308">888888888</ofd:TextCode></ofd:TextObject>'),
}  # fmt: skip

# ---- pictures --------------------------------------------------------------------------------------


def _noisy(width: int, height: int) -> bytes:
    draw = random.Random(1)
    line = b"\x00" + bytes(draw.choices(b"\x00\xff", k=width))
    return png(width, height, zlib.compress(line * height, 9), 8, 0)


def _chained(count: int) -> bytes:
    """A TIFF of many small pages."""
    made = b"II*\x00\x08\x00\x00\x00"
    tags = [(256, 8), (257, 8), (258, 8), (259, 1), (262, 1), (273, 8), (278, 8), (279, 64)]
    for n in range(count):
        after = len(made) + 2 + 12 * len(tags) + 4 if n + 1 < count else 0
        made += (
            struct.pack("<H", len(tags))
            + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
            + struct.pack("<I", after)
        )
    return made  # fmt: skip


PICTURES: Cases = {
    "PNG 头不成样": lambda: png(300, 300, zlib.compress(bytes(100_000)), 3, 5),
    "PNG 头写两遍": lambda: png(50, 50, zlib.compress(bytes(8000)))[:33] + png(60_000, 60_000)[8:],
    "PNG 全是黑白点": lambda: _noisy(7000, 8000),
    "PNG 细长": lambda: png(1, 60_000_000 // 2, zlib.compress(bytes(100))),
    "PNG 一像素高": lambda: png(30_000, 1, zlib.compress(bytes(90_001))),
    "TIFF 两万页": lambda: _chained(20_000),
    "ICO 指向自己": lambda: struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, 9999, 0),
    "GIF 数据没有结尾": lambda: b"GIF89a" + struct.pack("<HHBBB", 4000, 4000, 0xF7, 0, 0) + bytes(768) + b",\x00\x00\x00\x00" + struct.pack("<HHB", 4000, 4000, 0) + b"\x08" + b"\xff" * 200_000,
}  # fmt: skip
