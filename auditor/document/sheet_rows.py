"""Rows of a spreadsheet: running text typed into single cells is text again, the rest is a table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import groupby

from auditor.compiled import compiled
from auditor.document.compose import Composer, GridCell
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.model import Concern, Span

_HEADING = compiled(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]")
_SAME_WORDS = 5
"""Labels that two forms share; inside one form hardly more than 得分 and 分值 stand twice in a row."""
_MAX_EDGES = 20
_TALLEST = 1000
"""Rows of a merged cell that are looked at one by one."""
_LONG = 40
"""Characters of a lone cell that make it a sentence, not a label."""


def _runs(cell: GridCell) -> bool:
    """Whether a lone cell holds a sentence or a numbered heading."""
    return len(cell.text) >= _LONG or cell.text[-1] in "。；" or bool(_HEADING.match(cell.text))


def write_rows(page: Composer, cells: list[GridCell]) -> dict[tuple[int, int], Span]:
    """Writes one sheet; returns the places of its cells by (row, col), 0-based as in the sheet."""
    places: dict[tuple[int, int], Span] = {}
    for form in _side_by_side(cells):
        places.update(_write_form(page, form))
    return places


def _side_by_side(cells: list[GridCell]) -> list[list[GridCell]]:
    """The forms of a sheet that stand next to each other, an empty column between them.

    One form may leave a column empty, too: two are only those where the words of the left one stand
    again in the right one.
    """
    forms = []
    for edge in _free_columns(cells)[:_MAX_EDGES]:
        left = [one for one in cells if one.col < edge]
        right = [one for one in cells if one.col >= edge]
        if len(_words(left) & _words(right)) >= _SAME_WORDS:
            forms.append(left)
            cells = right
    return [*forms, cells]


def _free_columns(cells: list[GridCell]) -> list[int]:
    """The columns that begin anew after an empty one."""
    edges = []
    reach = 0
    for cell in sorted(cells, key=lambda cell: cell.col):
        if 0 < reach < cell.col:
            edges.append(cell.col)
        reach = max(reach, cell.col + cell.colspan)
    return edges


def _words(cells: list[GridCell]) -> set[str]:
    """The texts of several characters without a figure."""
    return {text for cell in cells if len(text := cell.text.strip()) > 1 and not compiled(r"\d").search(text)}


def _write_form(page: Composer, cells: list[GridCell]) -> dict[tuple[int, int], Span]:
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    full = [number for number, row in rows.items() if len(row) > 1]
    first, last = (min(full), max(full)) if full else (0, -1)
    width = max((cell.col + cell.colspan for cell in cells), default=0)
    covered = {
        below
        for cell in cells
        for below in range(cell.row + 1, cell.row + cell.rowspan)
        if cell.rowspan < 1000
    }
    places: dict[tuple[int, int], Span] = {}
    table: list[GridCell] = []
    for number, row in sorted(rows.items()):
        alone = row[0] if len(row) == 1 and number not in covered else None
        outside = not first <= number <= last
        if alone is None or not (outside or alone.colspan * 2 > width or _runs(alone)):
            table.extend(row)
            continue
        places.update(page.grid(table))
        table = []
        places[number, alone.col] = page.paragraph(alone.text)
    places.update(page.grid(table))
    return places


def marked(cells: Iterable[GridCell], rows: Container[int], columns: Container[int]) -> Iterator[GridCell]:
    """The cells, those in hidden rows or columns (0-based) marked as such.

    A merged cell shows as long as one of its rows and columns does: it stands in the first of them.
    """
    for cell in cells:
        free_rows = _free(cell.row, cell.rowspan, rows)
        free_columns = _free(cell.col, cell.colspan, columns)
        if not free_rows or not free_columns:
            yield cell._replace(text=concealed(cell.text))
            continue
        row, col = free_rows[0], free_columns[0]
        rowspan, colspan = cell.row + cell.rowspan - row, cell.col + cell.colspan - col
        yield cell._replace(row=row, col=col, rowspan=rowspan, colspan=colspan)


def _free(first: int, count: int, hidden: Container[int]) -> list[int]:
    return [number for number in range(first, first + min(count, _TALLEST)) if number not in hidden]


def remark_hidden(
    page: Composer,
    title: str,
    rows: Container[int],
    columns: Container[int],
    places: dict[tuple[int, int], Span],
) -> None:
    """Says which rows and columns (0-based) hold text that the sheet does not show, neighbours together."""
    for word, hidden, axis in (("行", rows, 0), ("列", columns, 1)):
        spans: dict[int, Span] = {}
        for place, span in places.items():
            if place[axis] in hidden:
                spans.setdefault(place[axis], span)
        for numbers in _together(sorted(spans)):
            named = f"{numbers[0] + 1}" if len(numbers) == 1 else f"{numbers[0] + 1}—{numbers[-1] + 1}"
            page.remark(
                Concern.HIDDEN, f"工作表“{title}”第 {named} {word}是隐藏的，{UNSEEN}", spans[numbers[0]]
            )


def _together(numbers: list[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]
