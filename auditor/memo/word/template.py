"""Templates: the default one, built here so that no binary lies in the project, and a bureau's own."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.section import Section

from auditor.memo.own import PROPERTY
from auditor.memo.render import BadTemplate
from auditor.memo.word import look
from auditor.memo.word.paper import Paper
from auditor.memo.word.words import DEADLINE
from auditor.memo.word.xml import Element, Own, qn, run, w

_MAX_BYTES = 10 << 20
_MAX_UNPACKED = 100 << 20
_MAX_PARTS = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KEPT_STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List")
_IDLE_PARTS = (
    RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.CUSTOM_XML, RELATIONSHIP_TYPE.NUMBERING,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)  # fmt: skip
_DASH = "—"

UNIT_LINE = "（审核单位名称、印章）"


def write_template() -> bytes:
    """The default template as a file that a bureau can edit."""
    stream = BytesIO()
    default_template().save(stream)
    return stream.getvalue()


def default_template() -> Document:
    """GB/T 9704-2012: A4, its margins, a numbered footer, the styles, and the placeholders."""
    document = docx.Document()
    _strip(document)
    look.add_missing_styles(document)
    _name_fonts(document)
    section = document.sections[0]
    _set_page(section)
    document.settings.odd_and_even_pages_header_footer = True
    paper = Paper(document)
    _number(section.footer._element, paper, "right")
    _number(section.even_page_footer._element, paper, "left")
    body = document.element.body
    for element in default_body(paper):
        body.insert(len(body) - 1, element)
    return document


def default_body(paper: Paper) -> Iterator[Element]:
    """Placeholders in the customary order, for a template that has none."""
    yield paper.paragraph(look.TITLE, "{{标题}}")
    yield paper.paragraph(look.ADDRESSEE, "{{主送}}")
    yield paper.paragraph(look.BODY, "{{正文}}")
    yield paper.paragraph(look.BODY, keep=True)
    yield paper.paragraph(look.SIGNATURE, Own(UNIT_LINE), keep=True)
    yield paper.paragraph(look.SIGNATURE, Own(DEADLINE))
    yield paper.paragraph(look.BODY, "{{附件}}")


def open_template(path: Path | None) -> Document:
    """A bureau's template with every style it lacks; the default one if it has none.

    Raises `BadTemplate`.
    """
    if path is None:
        return default_template()
    try:
        with path.open("rb") as stream:
            data = stream.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise BadTemplate("找不到这个文件") from None
    except (OSError, ValueError):
        raise BadTemplate("打不开这个文件") from None
    _examine(data)
    try:
        document = docx.Document(BytesIO(data))
        look.add_missing_styles(document)
    except Exception:  # python-docx raises whatever a broken part makes it stumble over
        raise BadTemplate("不是能用的 Word 模板（.docx）") from None
    return document


def _examine(data: bytes) -> None:
    """Refuses what is no package, is encrypted, or unpacks to more than a template can be."""
    if len(data) > _MAX_BYTES:
        raise BadTemplate(f"模板超过 {_MAX_BYTES >> 20} MB")
    if data.startswith(_OLE):
        raise BadTemplate("模板加了密码，或者是旧的 .doc 格式，请另存为不加密的 .docx")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise BadTemplate("不是 Word 文件（.docx）") from None
    if any(part.flag_bits & 1 for part in parts):
        raise BadTemplate("模板加了密码，请另存为不加密的 .docx")
    if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
        raise BadTemplate("模板展开后过大，未打开")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise BadTemplate("不是 Word 文件（.docx）")


def _strip(document: Document) -> None:
    """python-docx starts from an English sample with a hundred styles, a picture of it and an author."""
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is not None:
        styles.replace(defaults, _defaults())
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype in _IDLE_PARTS:
                del relations[key]
    properties = document.core_properties
    properties.category = PROPERTY
    properties.author = properties.title = properties.comments = properties.keywords = ""
    properties.created = properties.modified = datetime.now(UTC)


def _defaults() -> Element:
    return w(
        "docDefaults",
        w("rPrDefault", w("rPr", look.fonts(), w("sz", val=32), w("szCs", val=32),
                          w("lang", val="en-US", eastAsia="zh-CN"))),
        w("pPrDefault", w("pPr")),
    )  # fmt: skip


def _name_fonts(document: Document) -> None:
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            part.drop_rel(key)
    table = serialize_part_xml(look.font_table())
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, table, part.package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)


def _set_page(section: Section) -> None:
    properties = section._sectPr
    for tag in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for found in properties.findall(qn(tag)):
            properties.remove(found)
    properties.extend([look.page_size(), look.margins(look.MARGINS), w("pgNumType", start=1)])


def _number(footer: Element, paper: Paper, align: str) -> None:
    """— 1 —, one character off the outer edge: the right on odd pages, the left on even ones."""
    paragraph = paper.paragraph(look.PAGE_NUMBER, align=align)
    properties = paragraph[0]
    properties.insert(1, w("ind", **{f"{align}Chars": 100, align: 280}))
    field = w("fldSimple", run("1"), instr=" PAGE ")
    paragraph.extend([run(Own(f"{_DASH} ")), field, run(Own(f" {_DASH}"))])
    for old in footer.findall(qn("w:p")):
        footer.remove(old)
    footer.append(paragraph)
