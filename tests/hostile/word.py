"""docx: entities, nesting, spans, numbering, broken parts."""

from __future__ import annotations

import io
import warnings
import zipfile

from tests.hostile.parts import Cases, body, changed, docx, laughs, packed, unpacked

_MAIN = "word/document.xml"


def _tables(depth: int) -> bytes:
    inner = b"<w:p><w:r><w:t>x</w:t></w:r></w:p>"
    for _ in range(depth):
        inner = b"<w:tbl><w:tr><w:tc>" + inner + b"<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    return inner


def _row(span: int) -> bytes:
    return f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p/></w:tc></w:tr>'.encode()


def _utf16(xml: bytes) -> bytes:
    text = laughs(xml).decode().replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-16"?>')
    return text.encode("utf-16")


def _without(name: str) -> bytes:
    parts = unpacked(docx())
    parts.pop(name)
    return packed(parts)


def _cells(*texts: str) -> str:
    return (
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
        + "</w:tr>"
    )


def _twice(name: str) -> bytes:
    stream = io.BytesIO(docx())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as opened:
        warnings.simplefilter("ignore")
        opened.writestr(name, b"<w:document/>")
    return stream.getvalue()


CASES: Cases = {
    "实体膨胀": lambda: changed(docx(), _MAIN, laughs),
    "UTF-16 实体膨胀": lambda: changed(docx(), _MAIN, _utf16),
    "外部实体": lambda: changed(docx(), _MAIN, lambda xml: b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + xml.split(b"?>", 1)[-1]),
    "声明在四千字节后": lambda: changed(docx(), _MAIN, lambda xml: b"<?xml version='1.0'?>" + b" " * 5000 + laughs(xml).split(b"?>", 1)[-1]),
    "空白七千万": lambda: body(b" " * 70_000_000),
    "表套表四百层": lambda: body(_tables(400)),
    "表套表三千层": lambda: body(_tables(3000)),
    "元素套五万层": lambda: body(b"<w:sdt><w:sdtContent>" * 50_000 + b"</w:sdtContent></w:sdt>" * 50_000),
    "跨列十亿": lambda: body(b"<w:tbl>" + _row(1_000_000_000) * 50 + b"</w:tbl>"),
    "跨列为负": lambda: body(b"<w:tbl>" + _row(-5) * 50 + b"</w:tbl>"),
    "跨列不是数": lambda: body(b"<w:tbl>" + _row(5).replace(b'"5"', '"五"'.encode()) + b"</w:tbl>"),
    "十万空段落": lambda: body(b"<w:p/>" * 100_000),
    "二十万格的表": lambda: body(b"<w:tbl>" + (b"<w:tr>" + b"<w:tc><w:p/></w:tc>" * 20 + b"</w:tr>") * 10_000 + b"</w:tbl>"),
    "一段一千万字": lambda: body(b"<w:p><w:r><w:t>" + "支出95万元，".encode() * 700_000 + b"</w:t></w:r></w:p>"),
    "没有正文部件": lambda: _without(_MAIN),
    "没有关系部件": lambda: _without("_rels/.rels"),
    "没有类型部件": lambda: _without("[Content_Types].xml"),
    "正文不是 XML": lambda: changed(docx(), _MAIN, lambda xml: b"\x00\xff" * 500),
    "正文中途断掉": lambda: changed(docx(), _MAIN, lambda xml: xml[: len(xml) // 2]),
    "样式互相继承": lambda: changed(docx(), "word/styles.xml", lambda xml: xml.replace(b"</w:styles>", b'<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>')),
    "指向自己的关系": lambda: changed(docx(), "word/_rels/document.xml.rels", lambda xml: xml.replace(b"</Relationships>", b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="document.xml"/></Relationships>')),
    "修订套修订两万层": lambda: body(b"<w:p>" + b"<w:ins>" * 20_000 + b"<w:r><w:t>x</w:t></w:r>" + b"</w:ins>" * 20_000 + b"</w:p>"),
    "五万个字段": lambda: body(b"<w:p>" + b'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>' * 50_000 + b"</w:p>"),
    "脚注十万条": lambda: body(b'<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>' * 100_000),
    "竖向合并不断": lambda: body(b"<w:tbl>" + b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 20_000 + b"</w:tbl>"),
    "表头重复两千张": lambda: body(("<w:tbl>" + _cells("三级指标", "分值", "得分") + _cells("数量", "10", "9") + "</w:tbl>").encode() * 2000),
    "一行两千格表头": lambda: body(("<w:tbl>" + _cells(*["年初预算数", "全年执行数"] * 1000) + _cells(*["1"] * 2000) + "</w:tbl>").encode()),
    "正文部件写两遍": lambda: _twice(_MAIN),
    "编号级别成环": lambda: changed(docx(), "word/numbering.xml", lambda xml: b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'),
    "属性值一千万字": lambda: body(b'<w:p w:rsidR="' + b"0" * 10_000_000 + b'"/>'),
    "命名空间五万个": lambda: body(b"<w:p " + b" ".join(f'xmlns:a{n}="u{n}"'.encode() for n in range(50_000)) + b"/>"),
}  # fmt: skip
