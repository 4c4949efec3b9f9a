"""Tables that no form knows ("乡镇 | 户数 | 面积 | 补助金额" … "合计"): their columns add up all the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from auditor.document import Block, Cell, Row, Table
from auditor.figures import Figure, Kind, scan
from auditor.figures.units import MONEY_SCALES
from auditor.report.align import CellType, cell_type
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import clean, line_of, unit_in
from auditor.report.model import LineKind, PlainColumn, Report

_NUMBER = (CellType.NUMBER, CellType.INDEX)
# Columns that nobody adds up: rates, averages, standards, ranks, numbers of lines, dates.
_NOT_ADDED = re.compile(
    r"率|均|单价|标准|占|比|%|得分|评分|分值|权重|排名|名次|序号|编号|行次|年限|时间|日期|电话|年龄|等级|天数|系数|累计|其中"
)
_LEAST_ROWS = 2
_LABEL = 24


def read_plain(report: Report, blocks: Sequence[Block]) -> None:
    """Fills the plain columns of `report` with those whose figures no other reader has taken."""
    taken = {amount.span for table in report.money_tables for amount in table.amounts}
    taken |= {figure.span for table in report.money_tables for figure, _ in table.unread}
    for block in blocks:
        if isinstance(block, Table):
            for column in _columns(block.rows):
                if column.total.span not in taken:
                    report.plain_columns.append(column)
    read = [figure.span for column in report.plain_columns for figure in (*column.parts, column.total)]
    report.unread = [
        (span, reason) for span, reason in report.unread if not any(span.overlaps(one) for one in read)
    ]


def _columns(rows: Sequence[Row]) -> Iterator[PlainColumn]:
    header: Row | None = None
    body: list[Row] = []
    for row in rows:
        kinds = [cell_type(cell.text) for cell in row.cells]
        if len(row.cells) >= 3 and all(kind is CellType.TEXT for kind in kinds):
            header, body = (None if indicator_columns(row) is not None else row), []
        elif header is not None and row.cells and kinds[0] is CellType.TEXT:
            if line_of(row.cells[0].text) is LineKind.TOTAL:
                yield from _added(header, body, row)
                header = None
            elif line_of(row.cells[0].text) is not LineKind.SUBTOTAL:
                body.append(row)
            else:
                header = None  # subtotals between: which rows make the total is not plain
        elif row.cells and kinds[0] not in (CellType.INDEX,):
            header = None
        elif header is not None and row.cells:
            body.append(row)


def _added(header: Row, body: Sequence[Row], closing: Row) -> Iterator[PlainColumn]:
    """The columns in which every row has a number, or nothing, right under the header."""
    if len(body) < _LEAST_ROWS:
        return
    if any(row.cells[0].text.startswith("其中") for row in body):
        return  # rows inside rows: which of them make the total is not plain
    places = {cell.col for cell in header.cells}
    if any(_is_number(cell) and cell.col not in places for row in (*body, closing) for cell in row.cells):
        return  # a row stands sideways
    for head in header.cells[1:]:
        if _NOT_ADDED.search(head.text) or len(head.text) > _LABEL or head.colspan > 1:
            continue
        cells = [cell for row in body for cell in row.cells if cell.col == head.col]
        totals = [cell for cell in closing.cells if cell.col == head.col and _is_number(cell)]
        numbers = [cell for cell in cells if _is_number(cell)]
        odd = any(not _is_number(cell) and cell_type(cell.text) is not CellType.BLANK for cell in cells)
        if odd or len(totals) != 1 or len(numbers) < _LEAST_ROWS or len(numbers) * 2 <= len(body):
            continue
        figures = [_figure(cell, head.text) for cell in (*numbers, totals[0])]
        if None not in figures:
            *parts, total = [figure for figure in figures if figure is not None]
            yield PlainColumn(clean(head.text), tuple(parts), total, head.view)


def _is_number(cell: Cell) -> bool:
    return cell_type(cell.text) in _NUMBER


def _figure(cell: Cell, header: str) -> Figure | None:
    figure = next(iter(scan(cell.view)), None)
    if figure is None or figure.is_vague or figure.kind not in (Kind.PLAIN, Kind.COUNT, Kind.MONEY):
        return None
    unit = unit_in(header)
    if unit and figure.kind is Kind.PLAIN:
        return figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])
    return figure
