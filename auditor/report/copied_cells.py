"""What only copying did to a block, undone: merged cells written into every cell they covered, rows of pipes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from auditor.document import Block, Cell, Document, Paragraph, Row, Table
from auditor.report.align import CellType, cell_type
from auditor.report.column_numbers import without_column_numbers
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import sums_up
from auditor.report.money.header import money_header
from auditor.report.stream import row_of
from auditor.report.tokens import tokens

_REPEATED = 3


def plain(block: Block, document: Document) -> Block:
    """A block without what only copying did to it: a line with a single pipe is a row of two cells, a merged
    cell that was written into every cell it covered is one cell; and without rows that number the columns."""
    if isinstance(block, Paragraph):
        return _piped(block, document)
    return without_column_numbers(_collapsed(block))


def _piped(block: Paragraph, document: Document) -> Block:
    """A paragraph as a table where each of its lines has cells apart by pipes."""
    if "|" not in block.text:
        return block
    cells = tokens([block], document, spaced=False)
    lines = [[cell.view for cell in line] for _, line in groupby(cells, lambda cell: cell.line)]
    if any("|" not in line for line in document.quote(block.span).splitlines() if line.strip()):
        return block
    rows = tuple(row_of(at, list(enumerate(cells)), len(cells)) for at, cells in enumerate(lines))
    return Table(rows, 1)


def _collapsed(block: Table) -> Table:
    """A table whose merged cells were written into every cell they covered, with one cell for each."""
    if not _repeats(block.rows):
        return block
    under_header = False
    merged: dict[int, int] = {}  # columns that repeat the one they are merged with, by the header above
    rows = []
    for row in block.rows:
        header = indicator_columns(row) is not None
        closing = bool(row.cells) and sums_up(row.cells[0].text)
        if header or money_header(row, 0, None) is not None:
            merged = {
                col: cell.col
                for cell in _without_repeats(row, 2).cells
                for col in range(cell.col + 1, cell.col + cell.colspan)
            }
        under_header = (under_header or header) and not closing
        rows.append(_without_repeats(_without_merged(row, merged), _REPEATED if under_header else 2))
    return Table(tuple(rows), block.number)


def _without_merged(row: Row, merged: dict[int, int]) -> Row:
    """The row without cells that repeat the one of the column theirs is merged with."""
    texts = {cell.col: cell.text for cell in row.cells}
    kept = tuple(
        cell for cell in row.cells if cell.col not in merged or texts.get(merged[cell.col]) != cell.text
    )
    return Row(kept, row.width, row.number, row.after_break)


def _repeats(rows: Sequence[Row]) -> bool:
    if sum(max(_runs(row), default=0) >= _REPEATED for row in rows) >= 2:
        return True
    return any(_is_copied(row, below) for row, below in pairwise(rows))


def _is_copied(row: Row, below: Row) -> bool:
    """Whether a row of labels writes several of them into neighbouring cells, and the row below repeats its
    own cells in the very same places: the rest of a table that a page break cut."""
    if any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
        return False
    copied = [(left, right) for left, right in pairwise(row.cells) if left.text == right.text]
    texts = {cell.col: cell.text for cell in below.cells}
    return len({left.text for left, _ in copied}) > 1 and all(
        left.col in texts and texts[left.col] == texts.get(right.col) for left, right in copied
    )


def _runs(row: Row) -> list[int]:
    return [
        len(list(own))
        for text, own in groupby(cell.text for cell in row.cells)
        if cell_type(text) is CellType.TEXT
    ]


def _without_repeats(row: Row, least: int) -> Row:
    cells: list[Cell] = []
    at = 0
    for text, group in groupby(row.cells, lambda cell: cell.text):
        own = list(group)
        merged = len(own) >= least and cell_type(text) is CellType.TEXT
        width = own[-1].col - own[0].col + 1
        cells.extend([replace(own[0], colspan=width)] if merged else own)
        at += len(own)
    return Row(tuple(cells), row.width, row.number, row.after_break)
