"""xlsx and xls: sparse and merged giants, bad cells, styles that are not there."""

from __future__ import annotations

from tests.hostile.parts import Cases, changed, laughs, sheet, xlsx
from tests.samples import ROOT

_SHEET = "xl/worksheets/sheet1.xml"


def _merged(area: str, count: int = 1) -> bytes:
    return sheet(b"", b"<mergeCells>" + f'<mergeCell ref="{area}"/>'.encode() * count + b"</mergeCells>")


def _cell(inner: str, kind: str = "") -> bytes:
    return sheet(f'<row r="9"><c r="A9"{kind}>{inner}</c><c r="B9"><v>12.5</v></c></row>'.encode())


def _rows(count: int, width: int) -> bytes:
    row = b"<row>" + b"<c><v>1</v></c>" * width + b"</row>"
    return sheet(row * count)


def _old(place: int, value: bytes) -> bytes:
    data = bytearray((ROOT / "tests" / "files" / "form.xls").read_bytes())
    data[place : place + len(value)] = value
    return bytes(data)


CASES: Cases = {
    "远处一格": lambda: sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "声称极大": lambda: changed(xlsx(), _SHEET, lambda xml: xml.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')),
    "合并整张表": lambda: _merged("A1:XFD1048576"),
    "合并写绝对地址": lambda: _merged("$A$1:$XFD$1048576"),
    "合并两千处": lambda: _merged("A1:ZZ900", 2000),
    "合并区域倒写": lambda: _merged("Z9:A1"),
    "合并地址不成样": lambda: _merged("甲1:乙2"),
    "UTF-16 合并": lambda: changed(_merged("A1:XFD1048576"), _SHEET, lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "行号倒退": lambda: sheet(b'<row r="9"/><row r="3"><c r="A3"><v>1</v></c></row><row r="999999999"/>'),
    "日期为五千位": lambda: _cell("<v>" + "9" * 5000 + "</v>", ' s="1"'),
    "NaN": lambda: _cell("<v>NaN</v>"),
    "无穷": lambda: _cell("<v>1e999</v>"),
    "负日期": lambda: _cell("<v>-99999999</v>", ' s="1"'),
    "样式不存在": lambda: _cell("<v>1</v>", ' s="99999"'),
    "共享文字不存在": lambda: _cell("<v>99999</v>", ' t="s"'),
    "布尔写成字": lambda: _cell("<v>是</v>", ' t="b"'),
    "错误值": lambda: _cell("<v>#DIV/0!</v>", ' t="e"'),
    "公式套公式": lambda: _cell("<f>" + "SUM(" * 5000 + ")" * 5000 + "</f><v>1</v>"),
    "日期格子不成样": lambda: _cell("<v>2023-99-99</v>", ' t="d"'),
    "五十万格": lambda: _rows(5000, 100),
    "三百万格": lambda: _rows(30_000, 100),
    "一格三千万字": lambda: _cell("<is><t>" + "支" * 10_000_000 + "</t></is>", ' t="inlineStr"'),
    "实体膨胀": lambda: changed(xlsx(), _SHEET, laughs),
    "工作簿不是 XML": lambda: changed(xlsx(), "xl/workbook.xml", lambda xml: b"\x00" * 100),
    "样式表断掉": lambda: changed(xlsx(), "xl/styles.xml", lambda xml: xml[:100]),
    "旧表格断掉": lambda: (ROOT / "tests" / "files" / "form.xls").read_bytes()[:3000],
    "旧表格扇区成环": lambda: _old(76, b"\x00\x00\x00\x00"),
    "旧表格扇区越界": lambda: _old(48, b"\xf0\xff\xff\x7f"),
    "共享文字百万条": lambda: changed(xlsx(), "xl/sharedStrings.xml", lambda xml: b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si><t>1</t></si>" * 400_000 + b"</sst>"),
    "一格十万种字体": lambda: _cell("<is>" + "<r><t>1</t></r>" * 100_000 + "</is>", ' t="inlineStr"'),
    "格式代码五万字": lambda: changed(xlsx(), "xl/styles.xml", lambda xml: xml.replace(b"<fonts", b'<numFmts count="1"><numFmt numFmtId="200" formatCode="' + b"0;" * 25_000 + b'"/></numFmts><fonts', 1)),
    "表名十万个": lambda: changed(xlsx(), "xl/workbook.xml", lambda xml: xml.replace(b"</sheets>", b'<sheet name="a" sheetId="9" r:id="rId1"/>' * 100_000 + b"</sheets>")),
    "指向自己的表": lambda: changed(xlsx(), "xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b"worksheets/sheet1.xml", b"workbook.xml")),
    "隐藏行二十万": lambda: sheet(b'<row hidden="1"/>' * 200_000),
    "列宽写十亿": lambda: changed(xlsx(), _SHEET, lambda xml: xml.replace(b"<sheetData>", b'<cols><col min="1" max="1000000000" width="9"/></cols><sheetData>')),
    "公式引用整列": lambda: _cell("<f>SUM(A:XFD)</f><v>1</v>"),
    "数字带千位五万段": lambda: _cell("<is><t>" + "1," * 50_000 + "</t></is>", ' t="inlineStr"'),
    "表头一万六千列": lambda: sheet(b"<row>" + b'<c t="inlineStr"><is><t>' + "全年执行数".encode() + (b"</t></is></c>" + b'<c t="inlineStr"><is><t>' + "年初预算数".encode()) * 4000 + b"</t></is></c></row><row>" + b"<c><v>1</v></c>" * 4000 + b"</row>"),
}  # fmt: skip
