"""Paragraphs, tables and charts of one document, built from text that nobody has to trust.

Tables are written element by element: python-docx looks every cell up again, which takes the square
of their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, starmap
from typing import NamedTuple

from docx.document import Document

from auditor.memo.chart import Bars
from auditor.memo.word import look
from auditor.memo.word.chart import chart
from auditor.memo.word.look import twips
from auditor.memo.word.xml import Element, Own, run, w
from auditor.values import frozen


class Strong(NamedTuple):
    """Words set in bold."""

    text: str


Text = str | Strong | Own

_LONG = 6
"""Characters for each millimetre of a cell's width that may stand on one page: some twenty lines."""
_SHORT = 400
"""Characters of a table that stays on one page."""


@frozen
class Column:
    """A column of a table: its heading, its width in millimetres, how its cells stand."""

    head: str
    width: float
    align: str = "left"


class Paper:
    """Builds elements that use the styles of one document by their names."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._ids = {style.name: style.style_id for style in document.styles}
        self._pictures = count(document.part.next_id)

    def paragraph(self, style: str, *texts: Text, align: str = "", keep: bool = False) -> Element:
        """`keep` holds it together with what follows."""
        properties = w(
            "pPr",
            w("pStyle", val=self._ids[style]),
            w("keepNext") if keep else None,
            w("jc", val=align) if align else None,
        )
        return w("p", properties, *map(self._run, texts))

    def page_break(self) -> Element:
        return w("p", w("pPr", w("pStyle", val=self._ids[look.GAP])), w("r", w("br", type="page")))

    def table(
        self, columns: Sequence[Column], rows: Iterable[Sequence[str]], size: str = "", keep: bool = False
    ) -> Element:
        """A ruled table whose heading row is repeated on every page; a short one stays on one page, with `keep` on
        that of what follows. `size` is "list" for lists of problems, "small" for wide annexes."""
        head_style, style = {
            "small": (look.SMALL_HEAD_CELL, look.SMALL_CELL),
            "list": (look.LIST_HEAD_CELL, look.LIST_CELL),
        }.get(size, (look.HEAD_CELL, look.CELL))
        told = list(rows)
        short = sum(len(text) for row in told for text in row) <= _SHORT
        head = [
            self._cell(column.width, self.paragraph(head_style, column.head, keep=short or size != "list"))
            for column in columns
        ]
        body = (
            (
                [
                    self._cell(
                        column.width,
                        self.paragraph(
                            style, text, align=column.align, keep=short and (keep or at < len(told))
                        ),
                    )
                    for column, text in zip(columns, row, strict=True)
                ],
                any(len(text) > _LONG * column.width for column, text in zip(columns, row, strict=True)),
            )
            for at, row in enumerate(told, 1)
        )
        return _table(
            [column.width for column in columns],
            [_row(head, heading=True), *starmap(_row, body)],
            margin=0.8 if size else 1.9,
        )

    def form(self, widths: Sequence[float], rows: Iterable[tuple[str, Sequence[Text], float]]) -> Element:
        """A box of labels and contents; the third of a row is its least height in millimetres. A page
        breaks it only where it is longer than the page."""
        told = list(rows)
        made = []
        for at, (label, texts, height) in enumerate(told):
            keep = at + 1 < len(told)
            cells = [
                self._cell(widths[0], self.paragraph(look.BOX_HEAD_CELL, label, keep=keep), centred=True),
                self._cell(widths[1], self.paragraph(look.BOX_CELL, *texts, keep=keep), centred=not height),
            ]
            long = sum(map(_length, texts)) > _LONG * widths[1]
            made.append(_row(cells, splits=long, height=height))
        return _table(widths, made, margin=1.9)

    def chart(self, bars: Sequence[Bars], names: tuple[str, str], title: str) -> Element:
        """A chart that Word draws: `names` are those of the upper and the lower bars."""
        drawing = w("r", w("drawing"))
        drawing[0].append(chart(self._document, next(self._pictures), bars, names, title))
        return w("p", w("pPr", w("pStyle", val=self._ids[look.PICTURE])), drawing)

    def _run(self, text: Text) -> Element:
        if isinstance(text, Strong):
            return run(text.text, w("rPr", w("rStyle", val=self._ids[look.STRONG])))
        return run(text)

    def _cell(self, width: float, paragraph: Element, centred: bool = True) -> Element:
        properties = w(
            "tcPr", w("tcW", w=twips(width), type="dxa"), w("vAlign", val="center") if centred else None
        )
        return w("tc", properties, paragraph)


def _length(text: Text) -> int:
    return len(text if isinstance(text, str) else text.text)


def _row(cells: Iterable[Element], splits: bool = False, heading: bool = False, height: float = 0) -> Element:
    """A row stays on one page unless it is so long that it `splits`."""
    properties = w(
        "trPr",
        None if splits else w("cantSplit"),
        w("trHeight", val=twips(height), hRule="atLeast") if height else None,
        w("tblHeader") if heading else None,
    )
    return w("tr", properties, *cells)


def _table(widths: Sequence[float], rows: Iterable[Element], margin: float) -> Element:
    edges = (w(edge, val="single", sz=4, space=0, color="auto")
             for edge in ("top", "left", "bottom", "right", "insideH", "insideV"))  # fmt: skip
    properties = w(
        "tblPr",
        w("tblW", w=twips(sum(widths)), type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *edges),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=twips(margin), type="dxa") for side in ("left", "right"))),
    )
    grid = w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths))
    return w("tbl", properties, grid, *rows)
