"""The look of an official document (GB/T 9704-2012) as data: fonts, styles, page.

Every style says all of itself and rests on no other, so that a bureau's template with its own
defaults shows it the same way.
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml

from auditor.memo.word.xml import Element, w
from auditor.values import frozen

TITLE = "公文标题"
ADDRESSEE = "公文主送"
BODY = "公文正文"
HEADING = "公文一级标题"
SUBHEADING = "公文二级标题"
PROBLEM = "公文三级标题"
SIGNATURE = "公文落款"
ANNEX = "公文附件标题"
HEAD_CELL = "公文表头"
CELL = "公文表格"
BOX_HEAD_CELL = "公文函框表头"
BOX_CELL = "公文函框"
LIST_HEAD_CELL = "公文清单表头"
LIST_CELL = "公文清单"
SMALL_HEAD_CELL = "公文小表头"
SMALL_CELL = "公文小表格"
PICTURE = "公文图"
NOTE = "公文说明"
GAP = "公文间隔"
PAGE_NUMBER = "公文页码"
STRONG = "公文强调"

_TITLE_FONT, _BODY_FONT, _HEADING_FONT, _SUBHEADING_FONT = (
    "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312",
)  # fmt: skip

FONTS = {
    _TITLE_FONT: ("方正小标宋_GBK,华文中宋,宋体,SimSun,Noto Serif CJK SC", "roman"),
    _BODY_FONT: ("仿宋,FangSong,华文仿宋,STFangsong,Noto Serif CJK SC", "roman"),
    _HEADING_FONT: ("SimHei,华文黑体,Noto Sans CJK SC", "swiss"),
    _SUBHEADING_FONT: ("楷体,KaiTi,华文楷体,STKaiti,Noto Serif CJK SC", "roman"),
    "宋体": ("SimSun,Noto Serif CJK SC", "roman"),
}
"""Fonts named, those that may stand in for them, and their kind. None is embedded: they are licensed."""

LINE = 28.9
"""Fixed line spacing in points: 22 lines fill the 225 mm between the margins."""

_TIGHTER = -5
"""Twentieths of a point between characters: 28 characters of 16 pt fill the 156 mm of a line."""


@frozen
class Look:
    """One paragraph style. `line` is a fixed spacing in points, 0 for single; `indent` is the first
    line's, in characters; `level` its place in the outline, from 1."""

    name: str
    size: float
    font: str = _BODY_FONT
    align: str = "both"
    line: float = LINE
    indent: int = 0
    right: int = 0
    before: float = 0
    after: float = 0
    level: int = 0
    bold: bool = False
    keep: bool = False
    tight: bool = False


LOOKS = (
    Look(TITLE, 22, _TITLE_FONT, "center", 36, after=LINE, keep=True),
    Look(ADDRESSEE, 16, tight=True),
    Look(BODY, 16, indent=2, tight=True),
    Look(HEADING, 16, _HEADING_FONT, indent=2, level=1, keep=True, tight=True),
    Look(SUBHEADING, 16, _SUBHEADING_FONT, indent=2, level=2, keep=True, tight=True),
    Look(PROBLEM, 16, indent=2, level=3, keep=True, tight=True),
    Look(SIGNATURE, 16, align="right", right=4),
    Look(ANNEX, 18, _TITLE_FONT, "center", 30, after=6, level=1, keep=True),
    Look(HEAD_CELL, 12, _HEADING_FONT, "center", 0),
    Look(CELL, 12, align="left", line=0),
    Look(BOX_HEAD_CELL, 10.5, _HEADING_FONT, "center", 0),
    Look(BOX_CELL, 10.5, align="left", line=0),
    Look(LIST_HEAD_CELL, 9, _HEADING_FONT, "center", 0),
    Look(LIST_CELL, 9, align="left", line=0),
    Look(SMALL_HEAD_CELL, 8, _HEADING_FONT, "center", 0),
    Look(SMALL_CELL, 8, align="left", line=0),
    Look(PICTURE, 12, align="center", line=0, before=6, after=6),
    Look(NOTE, 10.5, align="left", line=0, before=4, after=4),
    Look(GAP, 6, align="left", line=6),
    Look(PAGE_NUMBER, 14, "宋体", "left", 0),
)

_MM = 1440 / 25.4
PAGE = {"w": 210, "h": 297}
MARGINS = {"top": 37, "right": 26, "bottom": 35, "left": 28, "header": 15, "footer": 24, "gutter": 0}
ANNEX_MARGINS = {"top": 28, "right": 20, "bottom": 25, "left": 20, "header": 15, "footer": 16, "gutter": 0}
"""Millimetres. The annexes are wide tables on landscape pages and get narrower ones."""


def twips(millimetres: float) -> int:
    return round(millimetres * _MM)


def page_size(landscape: bool = False) -> Element:
    wide, high = twips(PAGE["w"]), twips(PAGE["h"])
    if landscape:
        return w("pgSz", w=high, h=wide, orient="landscape")
    return w("pgSz", w=wide, h=high)


def margins(measures: dict[str, int]) -> Element:
    return w("pgMar", **{name: twips(value) for name, value in measures.items()})


def add_missing_styles(document: Document) -> None:
    """The styles that the template does not define itself."""
    known = {style.name for style in document.styles}
    for look in LOOKS:
        if look.name not in known:
            document.styles.element.append(_paragraph_style(look))
    if STRONG not in known:
        document.styles.element.append(
            w("style", w("name", val=STRONG), w("qFormat"), w("rPr", w("b"), w("bCs")),
              type="character", customStyle=1, styleId=STRONG)
        )  # fmt: skip


def _paragraph_style(look: Look) -> Element:
    spacing: dict[str, str | int] = {"before": round(look.before * 20), "after": round(look.after * 20)}
    if look.line:
        spacing |= {"line": round(look.line * 20), "lineRule": "exact"}
    else:
        spacing |= {"line": 240, "lineRule": "auto"}
    indent: dict[str, int] = {}
    if look.indent:
        indent = {"firstLineChars": look.indent * 100, "firstLine": round(look.size * look.indent * 20)}
    if look.right:
        indent |= {"rightChars": look.right * 100, "right": round(look.size * look.right * 20)}
    return w(
        "style",
        w("name", val=look.name),
        w("qFormat"),
        w(
            "pPr",
            w("keepNext") if look.keep else None,
            w("widowControl", val=0),
            w("snapToGrid", val=0),
            w("spacing", **spacing),
            w("ind", **indent) if indent else None,
            w("jc", val=look.align),
            w("outlineLvl", val=look.level - 1) if look.level else None,
        ),
        w(
            "rPr",
            fonts(look.font),
            w("b") if look.bold else None,
            w("spacing", val=_TIGHTER) if look.tight else None,
            w("kern", val=0),
            w("sz", val=round(look.size * 2)),
            w("szCs", val=round(look.size * 2)),
            w("lang", val="en-US", eastAsia="zh-CN"),
        ),
        type="paragraph",
        customStyle=1,
        styleId=look.name,
    )


def fonts(name: str = _BODY_FONT) -> Element:
    """The same font for Chinese and Latin text: quotation marks and dashes stay full width."""
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name, hint="eastAsia")


def font_table() -> Element:
    """The fonts named and what may stand in for them."""
    table: Element = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    table.extend(
        w("font", w("altName", val=alternatives), w("charset", val="86"), w("family", val=kind), name=name)
        for name, (alternatives, kind) in FONTS.items()
    )
    return table
