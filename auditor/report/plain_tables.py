"""Tables as plain grids of numbers, whether a form knows them or not.

"乡镇 | 户数 | 面积 | 补助金额" … "合计": the columns of a table that no other reader has taken add up all
the same; and in any table what holds between the columns of nearly every row should hold in each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Block, Cell, Row, Table, View
from auditor.figures import Figure, Interval, Kind, scan
from auditor.figures import total as added
from auditor.figures.units import MONEY_SCALES, RATE_SCALES
from auditor.language import word
from auditor.report.align import FIGURES, CellType, cell_type
from auditor.report.column_numbers import without_column_numbers
from auditor.report.headers import composed
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import clean, details_above, line_of, unit_in
from auditor.report.model import Grid, GridRow, LineKind, Listing, PlainColumn, Report
from auditor.report.numbered_rows import numbered_parts

# Columns that nobody adds up: rates, averages, standards, ranks, numbers of lines, dates.
_NOT_ADDED = compiled(
    r"率|均|单价|标准|占|比|%|得分|评分|总分|分数|分值|权重|排名|名次|序号|编号|行次|年限|时间|日期|电话|年龄|等级|天数|系数|累计|其中"
)
_LEAST_ROWS = 2
_LEAST_LINES, _LEAST_VALUES = 3, 2
_LABEL = 24
_PER_CENT = compiled(r"[(（/]\s*%")


def read_plain(report: Report, blocks: Sequence[Block]) -> None:
    """Fills the grids of `report`, its lists of projects, and its plain columns: those whose figures no other
    reader took."""
    taken = {amount.span for table in report.money_tables for amount in table.amounts}
    taken |= {figure.span for table in report.money_tables for figure, _ in table.unread}
    for block in blocks:
        for header, body, closing in _runs(block.rows) if isinstance(block, Table) else ():
            grid = _grid(header, [*body, *([closing] if closing else [])])
            if grid is not None:
                report.grids.append(grid)
                report.plain_columns.extend(numbered_parts(grid))
            listing = _listing(header, body) or (_roll(header, body) if closing is not None else None)
            if listing is not None:
                report.listings.append(listing)
            if closing is not None and indicator_columns(header) is None:
                columns = _added(header, body, closing)
                report.plain_columns.extend(one for one in columns if one.total.span not in taken)
            report.plain_columns.extend(one for one in _grouped(header, body) if one.total.span not in taken)
    read = sorted(
        figure.span.start for column in report.plain_columns for figure in (*column.parts, column.total)
    )
    report.unread = [
        (span, reason)
        for span, reason in report.unread
        if bisect_left(read, span.start) == bisect_left(read, span.end)
    ]


def _runs(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row], Row | None]]:
    """Each header with the rows under it, and the row that closes them with a total, if any."""
    header: Row | None = None
    body: list[Row] = []
    for row in composed(rows):
        kinds = [cell_type(cell.text) for cell in row.cells]
        # Two labels may be a field and its value as well: they head a list only where no other header stands.
        labels = 3 if header is not None and len(header.cells) > 2 else 2
        if len(row.cells) >= labels and all(kind is CellType.TEXT for kind in kinds):
            if header is not None and body:
                yield header, body, None
            header, body = (header and not body and _two_rows(header, row)) or row, []
        elif header is None or not row.cells:
            continue
        elif kinds[0] is CellType.TEXT and line_of(row.cells[0].text) is LineKind.TOTAL and body:
            yield header, body, row
            header, body = None, []
        else:
            body.append(row)
    if header is not None and body:
        yield header, body, None


def _two_rows(upper: Row, lower: Row) -> Row | None:
    """The labels of a header in two rows as one, where each label below stands under one that spans several columns."""
    over = {
        col: cell
        for cell in upper.cells
        if cell.colspan > 1
        for col in range(cell.col, cell.col + cell.colspan)
    }
    if not over or any(cell.col not in over for cell in lower.cells):
        return None
    named = [replace(cell, view=over[cell.col].view.join(cell.view)) for cell in lower.cells]
    spread = {over[cell.col].col for cell in lower.cells}
    kept = [cell for cell in upper.cells if cell.col not in spread]
    return Row(tuple(sorted((*kept, *named), key=lambda cell: cell.col)), upper.width, lower.number)


def _grid(header: Row, rows: Sequence[Row]) -> Grid | None:
    """The numbers right under the header; none where a row stands sideways."""
    places = {cell.col for cell in header.cells}
    heads = {
        cell.col: cell
        for cell in header.cells
        if cell.colspan == 1 or places.intersection(range(cell.col + 1, cell.col + cell.colspan))
    }
    found: list[GridRow] = []
    for row in rows:
        numbers = [cell for cell in row.cells if _is_number(cell)]
        if any(cell.col not in heads for cell in numbers):
            continue
        values = {
            cell.col: figure
            for cell in numbers
            if (figure := _figure(cell, heads[cell.col].text)) is not None
        }
        if len(values) >= _LEAST_VALUES:
            found.append(GridRow(_name(row), values, row.cells[0].text))
    labels = {col: clean(cell.text) for col, cell in heads.items()}
    return Grid(labels, tuple(found)) if len(found) >= _LEAST_LINES else None


def _name(row: Row) -> str:
    """What a row is called: its first words, behind its number."""
    named = (cell.text for cell in row.cells if cell_type(cell.text) is CellType.TEXT)
    return next(named, row.cells[0].text)


def names_listed(table: Table) -> list[View]:
    """The names of what the rows of a summary are, where they are numbered and its head calls them projects."""
    runs = _runs(without_column_numbers(table).rows)
    found = (_listing(header, body, "col_summary") for header, body, _ in runs)
    return [name for listing in found if listing is not None for name in listing.names]


def _listing(header: Row, body: Sequence[Row], head: str = "project_column") -> Listing | None:
    """Projects under a head that says so, numbered from 1 on without a gap, each with a name of its own."""
    heads = [cell for cell in header.cells if word(head).fullmatch(clean(cell.text))]
    if len(heads) != 1 or len(body) < _LEAST_ROWS:
        return None
    names: list[View] = []
    for number, row in enumerate(body, 1):
        named = [
            cell for cell in row.cells if cell.col == heads[0].col and cell_type(cell.text) is CellType.TEXT
        ]
        if len(named) != 1 or row.cells[0].col >= heads[0].col or row.cells[0].text != str(number):
            return None
        names.append(named[0].view)
    return Listing(heads[0].view, tuple(names)) if len({view.text for view in names}) == len(names) else None


def _roll(header: Row, body: Sequence[Row]) -> Listing | None:
    """The rows of a table that is closed by a total, under the head of their names: each named once, none a detail
    of another."""
    numbered = cell_type(body[0].cells[0].text) is CellType.INDEX
    at = [cell.col for cell in header.cells][numbered : numbered + 1]
    head = next((cell for cell in header.cells if [cell.col] == at), None)
    named = [[cell for cell in row.cells if [cell.col] == at] for row in body]
    if head is None or len(body) < _LEAST_LINES or any(len(cells) != 1 for cells in named):
        return None
    names = [cells[0] for cells in named]
    odd = (
        cell.rowspan > 1 or cell_type(cell.text) is not CellType.TEXT or line_of(cell.text) or details_above(cell.text)
        for cell in names
    )  # fmt: skip
    if any(odd) or len({cell.text for cell in names}) < len(names):
        return None
    if numbered and any(row.cells[0].text != str(number) for number, row in enumerate(body, 1)):
        return None
    return Listing(head.view, tuple(cell.view for cell in names))


def _added(header: Row, body: Sequence[Row], closing: Row) -> Iterator[PlainColumn]:
    """The columns in which every row has a number, or nothing, right under the header."""
    texts = [row for row in body if row.cells and cell_type(row.cells[0].text) is not CellType.TEXT]
    if len(body) < _LEAST_ROWS or any(cell_type(row.cells[0].text) is not CellType.INDEX for row in texts):
        return
    subtotals = any(line_of(row.cells[0].text) is LineKind.SUBTOTAL for row in body)
    if subtotals or any(details_above(row.cells[0].text) for row in body):
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
        if all(figure is not None and figure.kind is not Kind.RATE for figure in figures):
            *parts, total = [figure for figure in figures if figure is not None]
            mean = added(part.base for part in parts) / Interval.exact(len(parts))
            if not mean.meets(total.base):
                yield PlainColumn(clean(head.text), tuple(parts), total, head.view)


def _grouped(header: Row, body: Sequence[Row]) -> Iterator[PlainColumn]:
    """The groups of rows that a column of subtotals adds up, each cell beside the first row of its group: of a column
    to its left, where most groups come out."""
    own = next((cell for cell in header.cells if line_of(cell.text) is LineKind.SUBTOTAL), None)
    starts = [at for at, row in enumerate(body) if own is not None and _under(row, own) is not None]
    if own is None or len(starts) < _LEAST_ROWS or starts[0]:
        return
    groups = [body[start:end] for start, end in pairwise((*starts, len(body)))]
    for head in reversed([cell for cell in header.cells if cell.col < own.col]):
        found: list[PlainColumn] = []
        for group in groups:
            cells = [_under(row, head) for row in group]
            parts = [
                figure
                for cell in cells
                if cell is not None and (figure := _figure(cell, head.text)) is not None
            ]
            total = _figure(_under(group[0], own) or own, own.text)
            if total is None or len(parts) < len(group):
                break
            found.append(PlainColumn(f"{_name(group[0])}·{clean(head.text)}", tuple(parts), total, own.view))
        held = sum(added(part.base for part in one.parts).meets(one.total.base) for one in found)
        if len(found) == len(groups) and held * 2 > len(groups):
            yield from (one for one in found if len(one.parts) > 1)
            return


def _under(row: Row, head: Cell) -> Cell | None:
    """The number of a row under a head."""
    return next((cell for cell in row.cells if cell.col == head.col and _is_number(cell)), None)


def _is_number(cell: Cell) -> bool:
    """Whether a cell is a figure and nothing else, with its unit or without: "3台"."""
    if cell_type(cell.text) in FIGURES:
        return True
    if not cell.text[:1].isdigit() or len(cell.text) > _LABEL:
        return False
    figures = scan(cell.view)
    return len(figures) == 1 and figures[0].kind is Kind.COUNT and figures[0].end == len(cell.text)


def _figure(cell: Cell, header: str) -> Figure | None:
    figure = next(iter(scan(cell.view)), None)
    kinds = (Kind.PLAIN, Kind.COUNT, Kind.MONEY, Kind.RATE)
    if figure is None or figure.is_vague or figure.kind not in kinds:
        return None
    unit = unit_in(header)
    if unit and figure.kind is Kind.PLAIN:
        return figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])
    if figure.kind is Kind.PLAIN and _PER_CENT.search(header):
        return figure.in_unit(Kind.RATE, "%", RATE_SCALES["%"])
    return figure
