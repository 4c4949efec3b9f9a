"""ofd: the same tricks in a zip of XML."""

from __future__ import annotations

from tests.hostile.parts import Cases, changed, laughs, packed, unpacked
from tests.samples import ROOT

FORM = ROOT / "tests" / "files" / "form.ofd"


def _page() -> str:
    return next(
        name for name in unpacked(FORM.read_bytes()) if "/Pages/" in name or name.endswith("Content.xml")
    )


def form_with(inner: bytes) -> bytes:
    """The form with more in its first page."""
    return changed(
        FORM.read_bytes(), _page(), lambda xml: xml.replace(b"</ofd:Layer>", inner + b"</ofd:Layer>", 1)
    )


def _glyphs(deltas: str, count: int = 9) -> bytes:
    return form_with(
        f'<ofd:TextObject ID="999" Boundary="0 0 100 10" Font="1" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="{deltas}">{"8" * count}</ofd:TextCode></ofd:TextObject>'.encode()
    )


CASES: Cases = {
    "实体膨胀": lambda: packed({"OFD.xml": laughs(b"<a>&j;</a>")}),
    "根不是 XML": lambda: packed({"OFD.xml": b"\x00\xff"}),
    "没有文档": lambda: packed({"OFD.xml": b"<OFD><DocBody/></OFD>"}),
    "页面指向自己": lambda: packed({"OFD.xml": b"<OFD><DocBody><DocRoot>OFD.xml</DocRoot></DocBody></OFD>"}),
    "指到包外": lambda: packed({"OFD.xml": b"<OFD><DocBody><DocRoot>../../etc/passwd</DocRoot></DocBody></OFD>"}),
    "字距压缩记号": lambda: _glyphs("g 100000000 1"),
    "字距写一亿": lambda: _glyphs("1e300 1e300"),
    "字距不是数": lambda: _glyphs("g g g"),
    "二百万字": lambda: _glyphs("3", 2_000_000),
    "字二十万处": lambda: form_with(b'<ofd:TextObject ID="9" Boundary="0 0 9 9" Font="1" Size="3"><ofd:TextCode X="0" Y="3">8</ofd:TextCode></ofd:TextObject>' * 200_000),
    "线三十万条": lambda: form_with(b'<ofd:PathObject ID="9" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 9 </ofd:AbbreviatedData></ofd:PathObject>' * 300_000),
    "一条路径一百万段": lambda: form_with(b'<ofd:PathObject ID="9" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 ' + b"L 9 9 " * 1_000_000 + b"</ofd:AbbreviatedData></ofd:PathObject>"),
    "元素套五万层": lambda: form_with(b"<ofd:PageBlock>" * 50_000 + b"</ofd:PageBlock>" * 50_000),
    "断掉": lambda: FORM.read_bytes()[:900],
    "变换是零": lambda: form_with(b'<ofd:TextObject ID="9" CTM="0 0 0 0 0 0" Boundary="0 0 9 9" Font="1" Size="3"><ofd:TextCode X="0" Y="3">8</ofd:TextCode></ofd:TextObject>' * 2000),
    "变换极大": lambda: form_with(b'<ofd:TextObject ID="9" CTM="1e300 1e300 1e300 1e300 1e300 1e300" Boundary="-1e300 0 1e300 9" Font="1" Size="3"><ofd:TextCode X="nan" Y="inf">8</ofd:TextCode></ofd:TextObject>' * 200),
    "字号不是数": lambda: form_with('<ofd:TextObject ID="9" Boundary="0 0 9 9" Font="甲" Size="大"><ofd:TextCode X="左" Y="上">8</ofd:TextCode></ofd:TextObject>'.encode() * 200),
    "页面五千张同一页": lambda: changed(FORM.read_bytes(), "Doc_0/Document.xml", lambda xml: xml.replace(b"<ofd:Pages>", b"<ofd:Pages>" + b'<ofd:Page ID="5" BaseLoc="Pages/Page_0/Content.xml"/>' * 5000)),
}  # fmt: skip
