"""The cells between the tables of a form: fields of its head, goals, grades and running text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

from auditor.compiled import compiled
from auditor.document import Block, Paragraph, Row, Table
from auditor.report.align import FIGURES, cell_type
from auditor.report.labels import (
    FIELD_LABEL,
    GOAL_LABEL,
    GRADE_LABEL,
    GRADE_WORD,
    RESULT_LABEL,
    TOTAL_ROW,
    clean,
    line_of,
    role_of,
    unit_in,
)
from auditor.report.on_its_side import lying
from auditor.report.passages import numbering
from auditor.report.plain_lines import listed
from auditor.report.split import is_title
from auditor.report.stream import row_of
from auditor.report.tokens import Token

_PROSE = 40
_COUNTING = ("序号", "行次")
_RECORD = compiled(r"[^:;\d]{2,16}:[\d,.]+")


def between(cells: Sequence[Token], blocks: Sequence[Block]) -> Iterator[Block]:
    """What stands between tables: whole blocks as they were, tables on their side, labels and their values as rows."""
    if (found := lying(cells)) is not None:
        start, end, table = found
        yield from between(cells[:start], blocks)
        yield table
        yield from between(cells[end:], blocks)
        return
    at = 0
    while at < len(cells):
        if (rows := listed(cells, at)) is not None:
            at, table = rows
            yield table
        elif _is_label(cells, at):
            end = _end_of_fields(cells, at)
            yield from (Table((row,), 1) for row in _pairs(cells[at:end]))
            at = end
        elif own := _whole_block(cells, at, blocks):
            yield blocks[cells[at].block]
            at += len(own)
        else:
            yield Paragraph(cells[at].view)
            at += 1


def _end_of_fields(cells: Sequence[Token], at: int) -> int:
    """Where the rows of labels and values end that begin at a place."""
    end = at
    while end < len(cells) and (not _is_prose(cells[end]) or _tells_goal(cells[max(at, end - 2) : end])):
        if cells[end].text in _COUNTING or listed(cells, end) is not None:
            break  # the head of a list
        end += 1
    return max(end, at + 1)


def _whole_block(cells: Sequence[Token], at: int, blocks: Sequence[Block]) -> list[Token]:
    """The cells of a paragraph that begins at a place and holds no label; none where there is no such paragraph."""
    block = blocks[cells[at].block]
    if not isinstance(block, Paragraph) or block.span.start < cells[at].view.span().start - 8:
        return []
    own = _of_block(cells, at)
    labelled = any(_is_label(cells, other) for other in range(at, at + len(own)))
    return own if not labelled and _complete(block, own) else []


def _of_block(cells: Sequence[Token], at: int) -> list[Token]:
    """The cells from `at` on that are of its block."""
    block = cells[at].block
    return [cells[at] for at in takewhile(lambda at: cells[at].block == block, range(at, len(cells)))]


def _complete(block: Block, own: Sequence[Token]) -> bool:
    return block.span.end <= own[-1].view.span().end + 2


def _is_prose(token: Token) -> bool:
    """Whether the cell is no part of a row of labels and values: running text, a title, a field told in one."""
    label, colon, value = token.text.partition(":")
    if (colon and value and FIELD_LABEL.fullmatch(clean(label))) or is_title(token.text):
        return True
    return (
        len(token.text) > _PROSE
        or (len(token.text) > 12 and token.text.endswith("。"))
        or numbering(token.text) is not None
    )


def _tells_goal(before: Sequence[Token]) -> bool:
    """Whether the head of a goal stands one or two cells before: what follows is its text, however long."""
    labels = [clean(token.text) for token in before[-2:]]
    return any(RESULT_LABEL.fullmatch(label) or GOAL_LABEL.fullmatch(label) for label in labels)


def _is_label(cells: Sequence[Token], at: int) -> bool:
    """Whether a pair of label and value begins here: a field of the form's head, an amount, a goal, a grade."""
    text = cells[at].text
    label = clean(text)
    following = cells[at + 1].text if at + 1 < len(cells) else ""
    if FIELD_LABEL.fullmatch(label) or (GOAL_LABEL.fullmatch(label) and len(label) >= 4 and following):
        return bool(following)
    if GRADE_LABEL.fullmatch(label) and GRADE_WORD.fullmatch(following):
        return True
    if unit_in(text) and role_of(following) is not None and _is_label(cells, at + 1):
        return True  # what heads the amounts, and says what they are counted in
    if "元" in text and len(text) <= 20 and len(_RECORD.findall(following)) >= 2:
        return True
    figure = cell_type(following) in FIGURES
    return figure and (
        role_of(text) is not None or TOTAL_ROW.fullmatch(label) is not None or line_of(text) is not None
    )


def _by_line(cells: Sequence[Token]) -> Iterator[Row]:
    """The cells as rows: lines of several cells are rows, cells on lines of their own make one, save a total and
    its figures."""
    row: list[Token] = []
    for _, group in groupby(cells, lambda token: token.line):
        own = list(group)
        first = own[0]
        closes = TOTAL_ROW.fullmatch(clean(first.text)) is not None
        closed = bool(row) and TOTAL_ROW.fullmatch(clean(row[0].text)) is not None
        if row and (len(own) > 1 or closes or (closed and first.kind not in FIGURES)):
            yield _numbered(row)
            row = []
        if len(own) == 1:
            row += own
        else:
            yield _numbered(own)
    if row:
        yield _numbered(row)


def _numbered(row: Sequence[Token]) -> Row:
    return row_of(0, [(col, token.view) for col, token in enumerate(row)], len(row))


def _pairs(cells: Sequence[Token]) -> Iterator[Row]:
    """Fields in pairs on one row, goal texts under their heads."""
    done = 0
    for goal in range(1, len(cells)):
        if goal - 1 < done or not (
            RESULT_LABEL.fullmatch(clean(cells[goal].text))
            and GOAL_LABEL.fullmatch(clean(cells[goal - 1].text))
        ):
            continue
        yield from _by_line(cells[done : max(goal - 2, done)])
        yield row_of(0, [(1, cells[goal - 1].view), (2, cells[goal].view)], 3)
        texts = cells[goal + 1 : goal + 3]
        if texts:
            yield row_of(1, [(col, token.view) for col, token in enumerate(texts, 1)], 3)
        done = goal + 3
    yield from _by_line(cells[done:])
