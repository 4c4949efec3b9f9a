"""Figures under headers that hold nothing of ours: they have their place without a reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from auditor.document import Block, Cell, Row, Span, Table
from auditor.language import word
from auditor.report.align import CellType, Column, cell_type
from auditor.report.headers import composed
from auditor.report.indicator_columns import (
    LEVEL_SCORE,
    LEVEL_WEIGHT,
    RAW_SCORE,
    SECOND_WEIGHT,
    indicator_columns,
)
from auditor.report.labels import TOTAL_ROW, clean, column_of, line_of
from auditor.report.model import LineKind, Role
from auditor.report.money.header import money_header
from auditor.report.unread.form_words import is_label, makes_form
from auditor.report.unread.kept import DENSE, Places
from auditor.report.unread.page_lines import LIST_MARK, VALUE, is_header

_HEAD = 24  # characters of a header cell
_OF_LEVELS = (LEVEL_WEIGHT, LEVEL_SCORE)
_UNTOLD = (
    "other",
    "completion",
    "score rate",
    "deviation rate",
    "deviation",
    "deduction",
    "target",
    "actual",
    RAW_SCORE,
)
_COUNTER = word("ind_counter")
_IN_MONEY = (None, "completion", "score rate", "deviation rate", "other")
"""Over amounts 完成率 is an execution rate that was not taken for one."""


def under_foreign_headers(blocks: Sequence[Block], placed: Places) -> Iterator[Span]:
    """Figures right under a header cell that is no column of ours, in a row that was read or in a table
    that is no form; and figures behind a label of their own ("服务年限 | 3")."""
    for block in blocks:
        form = False
        for header, rows in _headed(composed(block.rows)) if isinstance(block, Table) else ():
            labels = [cell.text for cell in header.cells] if header is not None else []
            # A row of words inside a form heads nothing of its own.
            form = form or makes_form(labels, [cell.text for row in rows for cell in row.cells[:2]])
            yield from _unasked(header, rows, form, placed)


def _headed(rows: Iterable[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Each header with the rows under it; `None` for one of long texts."""
    header: Row | None = None
    body: list[Row] = []
    for row in rows:
        if is_header(row):
            yield header, body
            header = row if all(len(cell.text) <= _HEAD for cell in row.cells) else None
            body = []
        else:
            body.append(row)
    yield header, body


def _unasked(header: Row | None, rows: Sequence[Row], form: bool, placed: Places) -> Iterator[Span]:
    known = indicator_columns(header) if header is not None else None
    twice = _twice(known[0]) if known is not None else None
    foreign: dict[bool, list[Cell]] = {}
    for row in rows:
        closes = any(TOTAL_ROW.fullmatch(cell.text) for cell in row.cells[:2])
        if header is not None and (not form or any(placed.touch(cell.span) for cell in row.cells)):
            over = foreign.get(closes)
            if over is None:
                over = foreign[closes] = _foreign(header, closes)
            yield from (
                cell.span
                for cell in row.cells
                if any(head.col <= cell.col < head.col + head.colspan for head in over)
            )
        dense = sum(VALUE.fullmatch(cell.text) is not None for cell in row.cells) >= DENSE
        if twice:
            yield from _told_twice(twice, row)
        if known is None and not (form and dense):
            yield from _labelled(row)


def _foreign(header: Row, closes: bool) -> list[Cell]:
    """The cells of a header whose columns nobody keeps, in a total row if it `closes`: numbers of rows, points of
    levels, what no total is told of. Over indicators a word that no list knows may be a target or a score in disguise,
    over amounts any word may be: its figures have no place."""
    known, money = indicator_columns(header), money_header(header, 0, None)
    if known is not None:
        passed = (*_UNTOLD, *_OF_LEVELS) if closes else _OF_LEVELS
        foreign = {column.at for column in known[0] if column.holds in passed}
        kept = {
            cell.col
            for cell in header.cells
            if not _counts(cell) and (cell.col not in foreign or column_of(cell.text) is None)
        }
    elif money is not None:
        kept = {column.at for column in money.columns if column.holds is not None}
        if all(column.holds is not Role.CONTRACT for column in money.columns):
            kept |= {
                cell.col for cell in header.cells if not _counts(cell) and column_of(cell.text) in _IN_MONEY
            }
        # The label of the next row glued to the end of the header.
        kept |= {cell.col for cell in header.cells[-1:] if line_of(cell.text) is LineKind.TOTAL}
    else:
        kept = {cell.col for cell in header.cells if is_label(cell.text) or line_of(cell.text) is not None}
    return [cell for cell in header.cells if cell.col not in kept]


def _twice(columns: Sequence[Column]) -> tuple[int, int] | None:
    """Where a weight stands, and where it is printed once more."""
    places = {one.holds: one.at for one in columns}
    return (places["weight"], places[SECOND_WEIGHT]) if SECOND_WEIGHT in places else None


def _told_twice(places: tuple[int, int], row: Row) -> Iterator[Span]:
    """A full score that is told once more as it stands beside the score."""
    weight, second = ([cell for cell in row.cells if cell.col == at] for at in places)
    yield from (cell.span for cell in second if cell.text in [one.text for one in weight])


def _counts(cell: Cell) -> bool:
    return _COUNTER.fullmatch(clean(cell.text)) is not None


def _labelled(row: Row) -> Iterator[Span]:
    """Figures between a foreign label and another one or the end of the row, and a list mark."""
    if row.cells and LIST_MARK.fullmatch(row.cells[0].text) and not row.cells[0].text.isdigit():
        yield row.cells[0].span
    for label, value, behind in zip(row.cells, row.cells[1:], [*row.cells[2:], None], strict=False):
        alone = behind is None or cell_type(behind.text) is CellType.TEXT
        if alone and cell_type(label.text) is CellType.TEXT and not VALUE.fullmatch(label.text):
            known = (
                is_label(label.text)
                or line_of(label.text) is not None
                or TOTAL_ROW.fullmatch(clean(label.text))
            )
            yield from [] if known else [value.span]
