"""The left side: a document as it reads, with every quote marked in place."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import Document, Span, View
from auditor.document.model import Cell, Paragraph, Row, Table
from auditor.memo.page.marks import Marks, Piece
from auditor.memo.page.markup import tag, text

_NUMBER = compiled(r"[-+]?(?:[\d,]*+\.\d+|[\d,]*\d)[%‰]?")
_EMPTY_CELLS = 30
"""More empty cells in a row than this are drawn as one: a sheet may have its next word in column 16384."""
_WIDEST = 1000  # what HTML allows
_LONG = 300
"""From so many rows on a table gets column widths worked out here: a browser would measure every cell."""
_NARROW, _WIDE = 4, 40  # characters


def reading(number: int, document: Document, marks: Marks) -> Iterator[str]:
    """The document as mark-up, block by block."""
    yield tag("h2", text(document.path), id=f"d{number}", class_="path")
    stray = iter([*marks.unseen(_views(document)), None])
    waiting = next(stray)
    page: int | None = None
    sheet: str | None = None
    for block in document.blocks:
        while waiting is not None and waiting.start < block.span.start:
            yield _stray(document, waiting, marks)
            waiting = next(stray)
        place = document.locate(block.span)
        if (place.page, place.sheet) != (page, sheet):
            page, sheet = place.page, place.sheet
            yield _border(page, sheet)
        if isinstance(block, Table):
            yield _table(block, marks)
        else:
            yield _paragraph(block, marks)
    while waiting is not None:
        yield _stray(document, waiting, marks)
        waiting = next(stray)


def _border(page: int | None, sheet: str | None) -> str:
    """The line where a page or a sheet begins."""
    words = [f"第{page}页" if page is not None else "", f"工作表“{sheet}”" if sheet is not None else ""]
    return tag("p", text("　".join(filter(None, words))), class_="page")


def _views(document: Document) -> Iterator[View]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.view
        else:
            yield from (cell.view for row in block.rows for cell in row.cells)


def _paragraph(block: Paragraph, marks: Marks) -> str:
    name = f"h{min(block.level + 2, 6)}" if block.level else "p"
    return tag(name, _marked(block.view, marks))


def _stray(document: Document, span: Span, marks: Marks) -> str:
    """A quote that stands in no paragraph and no cell is shown by itself, where it stands."""
    view = View(document.quote(span), ((0, span.start),))
    return tag("p", _marked(view, marks), class_="stray")


def _table(block: Table, marks: Marks) -> str:
    rows = [row for row in block.rows if row.cells]
    numbers = [row.number for row in rows]
    taken: dict[int, int] = {}  # column → first row number that is free of a cell from above
    width = max((cell.col + cell.colspan for row in rows for cell in row.cells), default=0)
    body = "".join(_row(row, width, numbers, taken, marks) for row in rows)
    long = len(rows) >= _LONG
    columns = _columns(rows, width) if long else ""
    return tag(
        "table",
        tag("caption", f"表{block.number}") + columns + tag("tbody", body),
        class_="long" if long else None,
    )


def _columns(rows: list[Row], width: int) -> str:
    """Widths in proportion to the longest text of each column, within limits."""
    longest = dict.fromkeys(range(min(width, _WIDEST)), _NARROW)
    for row in rows:
        for cell in row.cells:
            if cell.colspan == 1 and cell.col in longest:
                longest[cell.col] = min(max(longest[cell.col], len(cell.text)), _WIDE)
    whole = sum(longest.values())
    shares = (f'<col width="{100 * length // whole}%">' for length in longest.values())
    return tag("colgroup", "".join(shares))


def _row(row: Row, width: int, numbers: list[int], taken: dict[int, int], marks: Marks) -> str:
    cells = []
    at = 0
    for cell in row.cells:
        cells.append(_gap(at, cell.col, row.number, taken))
        cells.append(_cell(cell, numbers, marks))
        at = max(at, cell.col + cell.colspan)
        if cell.rowspan > 1:
            for column in range(cell.col, cell.col + min(cell.colspan, _WIDEST)):
                taken[column] = cell.row + cell.rowspan
    cells.append(_gap(at, width, row.number, taken))
    return tag("tr", "".join(cells))


def _gap(start: int, end: int, row: int, taken: dict[int, int]) -> str:
    """Empty cells between two columns, without those that a cell from above fills."""
    if end - start > _EMPTY_CELLS:
        return tag("td", colspan=min(end - start, _WIDEST))
    return "".join(tag("td") for column in range(start, end) if taken.get(column, 0) <= row)


def _cell(cell: Cell, numbers: list[int], marks: Marks) -> str:
    below = sum(cell.row <= number < cell.row + cell.rowspan for number in numbers) if cell.rowspan > 1 else 1
    return tag(
        "td",
        _marked(cell.view, marks),
        class_="number" if _NUMBER.fullmatch(cell.text) else None,
        rowspan=below if below > 1 else None,
        colspan=min(cell.colspan, _WIDEST) if cell.colspan > 1 else None,
    )


def _marked(view: View, marks: Marks) -> str:
    return "".join(map(_piece, marks.pieces(view)))


def _piece(piece: Piece) -> str:
    words = text(piece.text)
    if not piece.entries:
        return words
    worst = piece.entries[0].kind
    numbers = dict.fromkeys(entry.number for entry in piece.closing if entry.number)
    return tag(
        "mark",
        words,
        class_=f"{worst} closing" if piece.closing else worst,
        data_of=" ".join(str(entry.at) for entry in piece.entries),
        data_start=piece.start,
        data_number="，".join(numbers) or None,
        tabindex=-1 if worst == "consistent" else 0,
    )
