"""The paper as a workbook: one sheet for each chapter, the charts on the first, where everybody sees and prints them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Font

from auditor.memo.own import PROPERTY
from auditor.memo.workbook.cells import FONT, Column, Number, Sheet, Value
from auditor.season.overview.chapters import Overview
from auditor.season.overview.model import Cell, Chapter, Link

_COLOURS = ("B3261E", "DBA43A")
_WIDE, _HIGH = 22, 11
"""Centimetres; a row of ours is somewhat more than half a centimetre high."""
_ROWS_A_CENTIMETRE = 2


def write(paper: Overview, memos: Mapping[int, str]) -> bytes:
    """`memos` are the files of the memos by report, relative to the workbook."""
    book = Workbook()
    book.remove(book.active)
    told = Sheet(book, "说明", (Column("事项", 14), Column("内容", 110)))
    told.add("汇总日期", paper.day)
    for line in (
        *paper.summary,
        *(line for one in paper.chapters for line in (*one.lines, one.note) if line),
    ):
        told.add("", line)
    told.finish()
    below = told.rows + 2
    for chapter in paper.chapters:
        grid = _sheet(book, chapter, memos)
        if chapter.chart is not None:
            below = _chart(told.grid, below, grid, chapter)
    told.grid.print_area = f"A1:B{below}"
    book.properties.creator = PROPERTY
    book.properties.title = paper.title
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Workbook, chapter: Chapter, memos: Mapping[int, str]) -> Any:
    columns = [Column(head.words, max(head.width, 6), centred=False) for head in chapter.heads]
    sheet = Sheet(book, chapter.title, columns, frozen=1)
    for row in chapter.rows:
        at = sheet.add(*map(_value, row))
        for number, cell in enumerate(row, 1):
            if isinstance(cell, Link) and cell.report in memos:
                home = sheet.grid.cell(at, number)
                home.hyperlink = memos[cell.report]
                home.font = Font(name=FONT, size=10, color="0B57D0", underline="single")
    sheet.finish()
    return sheet.grid


def _chart(home: Any, row: int, grid: Any, chapter: Chapter) -> int:
    """Bars over the first rows of `grid`, which the chart was made of, at a row of `home`; the row below them."""
    assert chapter.chart is not None
    count = len(chapter.chart.bars)
    heads = [head.words for head in chapter.heads]
    drawn = BarChart()
    drawn.type, drawn.title, drawn.height, drawn.width = "bar", chapter.chart.title, _HIGH, _WIDE
    for name in chapter.chart.names:
        column = heads.index(name) + 1
        drawn.add_data(Reference(grid, min_col=column, min_row=1, max_row=count + 1), titles_from_data=True)
    drawn.set_categories(Reference(grid, min_col=1, min_row=2, max_row=count + 1))
    for series, colour in zip(drawn.series, _COLOURS, strict=True):
        series.graphicalProperties.solidFill = colour
    drawn.dataLabels = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    drawn.gapWidth, drawn.legend.position = 40, "b"
    drawn.x_axis.delete, drawn.x_axis.tickLblSkip = False, 1
    drawn.y_axis.delete, drawn.y_axis.majorGridlines = True, None
    drawn.x_axis.scaling.orientation = "maxMin"
    home.add_chart(drawn, f"A{row}")
    return row + _ROWS_A_CENTIMETRE * _HIGH + 1


def _value(cell: Cell) -> Value:
    if isinstance(cell, Link):
        return cell.words
    if isinstance(cell, Decimal):
        return Number(cell, "#,##0.00" if cell.as_tuple().exponent == -2 else "General")
    if isinstance(cell, int):
        return Number(Decimal(cell))
    return cell
