"""A bar chart as Word draws it itself: editable, with its figures in a small workbook, and in whatever
font the reader's machine has."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree
from lxml.builder import ElementMaker
from openpyxl import Workbook

from auditor.memo.chart import Bars
from auditor.memo.word.look import PAGE
from auditor.memo.word.xml import Element, safe

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_EMU = 36_000
_COLOURS = ("B9C4D0", "33557A")
_ROW, _FRAME = 9, 18
"""Millimetres for a pair of bars, and for title and margins."""
_LABEL = 18
c = ElementMaker(namespace=_C, nsmap={"c": _C, "a": _A, "r": _R})
a = ElementMaker(namespace=_A)


def chart(
    document: Document, number: int, bars: Sequence[Bars], names: tuple[str, str], title: str
) -> Element:
    """The drawing of a chart that is now part of the document: a run's content. `names` are those of the
    upper and the lower bars, which the title says: a legend stands in another order in each program. `number` tells it
    from the other drawings."""
    package = document.part.package
    assert package is not None
    data = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        _workbook(bars, names),
        package,
    )
    space = _space(bars, names, title)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, b"", package)
    link = c.externalData(c.autoUpdate(val="0"))
    link.set(f"{{{_R}}}id", part.relate_to(data, RELATIONSHIP_TYPE.PACKAGE))
    space.append(link)
    part._blob = etree.tostring(space, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _inline(document.part.relate_to(part, RELATIONSHIP_TYPE.CHART), number, len(bars), title)


def _workbook(bars: Sequence[Bars], names: tuple[str, str]) -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active.append(["", *names])
    for row, bar in enumerate(bars, 2):
        for column, value in enumerate((bar.label, bar.upper, bar.lower), 1):
            cell = book.active.cell(row, column)
            cell.value = safe(value) if column == 1 else float(value or 0)
            cell.data_type = "s" if column == 1 else "n"
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _space(bars: Sequence[Bars], names: tuple[str, str], title: str) -> etree._Element:
    series = [_series(at, name, bars, [bar[at + 1] or "0" for bar in bars]) for at, name in enumerate(names)]
    plot = c.plotArea(
        c.layout(),
        c.barChart(
            c.barDir(val="bar"), c.grouping(val="clustered"), c.varyColors(val="0"), *series,
            c.gapWidth(val="60"), c.axId(val="1"), c.axId(val="2"),
        ),
        c.catAx(
            c.axId(val="1"), c.scaling(c.orientation(val="maxMin")), c.delete(val="0"), c.axPos(val="l"),
            c.majorTickMark(val="none"), c.minorTickMark(val="none"), c.tickLblPos(val="low"), c.crossAx(val="2"),
        ),
        c.valAx(
            c.axId(val="2"), c.scaling(c.orientation(val="minMax"), c.min(val="0")), c.delete(val="1"),
            c.axPos(val="t"), c.crossAx(val="1"),
        ),
    )  # fmt: skip
    return c.chartSpace(
        c.roundedCorners(val="0"),
        c.chart(
            c.title(c.tx(c.rich(a.bodyPr(), _paragraph(f"{title}　上：{names[0]}　下：{names[1]}"))), c.overlay(val="0")),
            c.autoTitleDeleted(val="0"), plot,
            c.plotVisOnly(val="1"),
        ),
        c.txPr(a.bodyPr(), a.p(a.pPr(a.defRPr(sz="900")), a.endParaRPr(lang="zh-CN"))),
    )  # fmt: skip


def _paragraph(words: str) -> etree._Element:
    return a.p(
        a.pPr(a.defRPr(sz="1000", b="0")), a.r(a.rPr(lang="zh-CN", sz="1000", b="0"), a.t(safe(words)))
    )


def _series(at: int, name: str, bars: Sequence[Bars], values: Sequence[str]) -> etree._Element:
    letter, last = "BC"[at], len(bars) + 1
    return c.ser(
        c.idx(val=str(at)), c.order(val=str(at)),
        c.tx(c.strRef(c.f(f"Sheet!${letter}$1"), _points(c.strCache, [name]))),
        c.spPr(a.solidFill(a.srgbClr(val=_COLOURS[at]))),
        c.invertIfNegative(val="0"),
        c.dLbls(
            *(c(tag, val=str(int(tag == "showVal"))) for tag in (
                "showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize",
            )),
        ),
        c.cat(c.strRef(c.f(f"Sheet!$A$2:$A${last}"), _points(c.strCache, [_short(bar.label) for bar in bars]))),
        c.val(c.numRef(
            c.f(f"Sheet!${letter}$2:${letter}${last}"), _points(c.numCache, values, c.formatCode("General"))
        )),
    )  # fmt: skip


def _points(cache: ElementMaker, values: Sequence[str], *before: etree._Element) -> etree._Element:
    points = (c.pt(c.v(safe(value)), idx=str(at)) for at, value in enumerate(values))
    return cache(*before, c.ptCount(val=str(len(values))), *points)


def _short(label: str) -> str:
    label = safe(label)
    return label if len(label) <= _LABEL else f"{label[: _LABEL - 1]}…"


def _inline(relation: str, number: int, bars: int, title: str) -> Element:
    wide, high = (PAGE["w"] - 60) * _EMU, (_FRAME + _ROW * bars) * _EMU
    inline: Element = parse_xml(
        f'<wp:inline xmlns:wp="{_WP}" xmlns:a="{_A}" xmlns:c="{_C}" xmlns:r="{_R}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="图{number}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_C}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
    )
    inline[1].set("descr", safe(title))
    return inline
