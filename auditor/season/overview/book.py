"""The paper as a workbook: one sheet for each chapter."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font

from auditor.memo.own import PROPERTY
from auditor.memo.workbook.cells import FONT, Column, Number, Sheet, Value
from auditor.season.overview.chapters import Overview
from auditor.season.overview.model import Cell, Chapter, Link


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
    for chapter in paper.chapters:
        _sheet(book, chapter, memos)
    book.properties.creator = PROPERTY
    book.properties.title = paper.title
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet(book: Workbook, chapter: Chapter, memos: Mapping[int, str]) -> None:
    columns = [Column(head.words, max(head.width, 6), centred=False) for head in chapter.heads]
    sheet = Sheet(book, chapter.title, columns, frozen=1)
    for row in chapter.rows:
        at = sheet.add(*map(_value, row))
        for number, cell in enumerate(row, 1):
            if isinstance(cell, Link) and cell.report in memos:
                home = sheet.grid.cell(at, number)
                home.hyperlink = memos[cell.report]
                home.font = Font(name=FONT, size=10, color="0B57D0", underline="single")
    if chapter.chart is not None:
        _chart(sheet.grid, chapter, len(chapter.chart.bars))
    sheet.finish()


def _chart(grid: Any, chapter: Chapter, count: int) -> None:
    """Bars over the first rows, which the chart was made of."""
    assert chapter.chart is not None
    heads = [head.words for head in chapter.heads]
    drawn = BarChart()
    drawn.type, drawn.title, drawn.height = "bar", chapter.chart.title, max(7.5, count * 0.9)
    for name in chapter.chart.names:
        column = heads.index(name) + 1
        drawn.add_data(Reference(grid, min_col=column, min_row=1, max_row=count + 1), titles_from_data=True)
    drawn.set_categories(Reference(grid, min_col=1, min_row=2, max_row=count + 1))
    drawn.y_axis.delete = drawn.x_axis.delete = False
    drawn.x_axis.scaling.orientation = "maxMin"
    grid.add_chart(drawn, f"A{len(chapter.rows) + 4}")


def _value(cell: Cell) -> Value:
    if isinstance(cell, Link):
        return cell.words
    if isinstance(cell, Decimal):
        return Number(cell, "#,##0.00" if cell.as_tuple().exponent == -2 else "General")
    if isinstance(cell, int):
        return Number(Decimal(cell))
    return cell
