"""Cells in the order of reading laid under the headers among them, one table after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count, takewhile

from auditor.compiled import compiled
from auditor.document import Block, Span, Table
from auditor.report.align import FIGURES, CellType, ColumnType
from auditor.report.between_tables import between
from auditor.report.header_runs import HeaderRun, Headers
from auditor.report.labels import (
    FIELD_LABEL,
    GOAL_LABEL,
    LEVEL_WORD,
    MEASURE_HEAD,
    PROBLEM_HEAD,
    RESULT_LABEL,
    clean,
    column_of,
)
from auditor.report.model import Role
from auditor.report.passages import numbering
from auditor.report.plain_lines import listed
from auditor.report.short_rows import settled
from auditor.report.stream import Body, Laid, lay, row_of
from auditor.report.tokens import Token
from auditor.values import frozen

_IN_A_ROW = 2  # bare figures that no heading has
_DIGIT = compiled(r"\d")


@frozen
class InOrder:
    """Tables and what stands between them; `doubtful` are rows that could be laid otherwise."""

    blocks: tuple[Block, ...]
    doubtful: tuple[Span, ...]


def in_order(cells: Sequence[Token], blocks: Sequence[Block], lined: bool) -> InOrder | None:
    """The tables that the cells make when laid under their headers one after another, and the rows of labels and
    values between them; `None` without any. `lined`: lines are likely to be rows."""
    result: list[Block] = []
    doubtful: list[Span] = []
    done = number = 0
    headers = Headers(cells)
    header = headers.at_or_behind(0)
    printed: set[tuple[str, ...]] = set()
    while header is not None:
        if (rows := _listed(cells, header, done)) is not None:
            first, end, table = rows
            result.extend(between(cells[done:first], blocks))
            result.append(table)
            done, header = end, headers.at_or_behind(end)
            continue
        following = headers.other_than(header)
        stop = following.start if following is not None else len(cells)
        body = Body(_body(cells, header, stop))
        laid = paired(body, header) if header.paired else lay(body, header.columns, lined, not header.money)
        if laid is None:
            header = following
            continue
        result.extend(between(cells[done : header.start], blocks))
        if header.money and not header.paired:
            laid, unsure = settled(laid, header.columns)
            doubtful.extend(unsure)
        else:
            doubtful.extend(_levels(laid, header))
        number += 1
        table = _table(laid, header, number)
        result.append(table)
        # The same words once more: the table may be the rest of the one before.
        if header.words in printed or _may_be_otherwise(laid, header, body):
            doubtful.extend(row.span for row in table.rows[1:])
        printed.add(header.words)
        done = _end(cells, body, laid, header)
        header = headers.at_or_behind(done)
    result.extend(between(cells[done:], blocks))
    if not any(isinstance(block, Table) for block in result):
        return None
    return InOrder(tuple(result), tuple(doubtful))


def _listed(cells: Sequence[Token], header: HeaderRun, done: int) -> tuple[int, int, Table] | None:
    """A list whose line of labels is that of the header, or begins inside it: where it begins and ends."""
    line = cells[header.start].line
    start = next(at for at in range(header.start, -1, -1) if not at or cells[at - 1].line != line)
    for at in (start, *(at for at in range(header.start + 1, header.end) if cells[at].first)):
        if at >= done and (found := listed(cells, at)) is not None:
            return at, *found
    return None


def _table(laid: Laid, header: HeaderRun, number: int) -> Table:
    rows = (
        row_of(at, [(col, token.view) for col, token in row], header.row.width)
        for at, row in enumerate(laid.rows, 1)
    )
    return Table((header.row, *rows), number)


def _may_be_otherwise(laid: Laid, header: HeaderRun, body: Body) -> bool:
    """Whether the rows may have been other ones. A figure without a place behind them: the header may lack a column.
    A place without a figure: a row lost a cell."""
    following = body.part(laid.end, laid.end + 1)
    stray = bool(following) and following[0].kind in FIGURES
    return laid.doubtful or stray or (not header.money and _lost_points(laid, header))


def _levels(laid: Laid, header: HeaderRun) -> Iterator[Span]:
    """The labels of levels: which rows stand under them is guessed, so that their sums prove nothing. And rows that
    name a level as nobody does where most labels are customary: it is a piece of their own name, which was broken."""
    levels = {column.at for column in header.columns if column.holds == "level"}
    labels = [token for row in laid.rows for col, token in row if col in levels]
    odd = {id(token) for token in labels if LEVEL_WORD.fullmatch(token.text) is None}
    yield from (token.view.span() for token in labels)
    if len(odd) * 2 < len(labels):
        for row in laid.rows:
            if any(id(token) in odd for _, token in row):
                yield from (token.view.span() for _, token in row)


def _lost_points(laid: Laid, header: HeaderRun) -> bool:
    """Whether a row has no figure in a column of points that nearly every row fills: which of its cells was
    lost is a guess, and so is every sum."""
    points = {column.at for column in header.columns if column.type is ColumnType.POINTS}
    filled = [{col for col, token in row} & points for row in laid.rows]
    counts = Counter(col for cols in filled for col in cols)
    usual = {col for col, count in counts.items() if count * 5 >= len(filled) * 4}
    return any(usual - cols for cols in filled)


def paired(body: Body, header: HeaderRun) -> Laid | None:
    """Rows of label and figure under each amount, as long as the labels of a row are alike."""
    columns = [column.at for column in header.columns if isinstance(column.holds, Role)]
    rows = []
    for at in count(0, 2 * len(columns)):
        row = body.part(at, at + 2 * len(columns))
        if (
            len(row) < 2 * len(columns)
            or len({clean(token.text) for token in row[::2]}) != 1
            or any(token.kind is CellType.TEXT for token in row[1::2])
        ):
            break
        places = [place for column in columns for place in (column, column + 1)]
        rows.append(tuple(zip(places, row, strict=True)))
    return Laid(tuple(rows), len(rows) * 2 * len(columns)) if rows else None


def _body(cells: Sequence[Token], header: HeaderRun, stop: int) -> Iterator[Token]:
    """The cells that may stand under the header: up to what begins something else."""
    again = header.end - header.start
    # A label over the whole block, written again at the beginning of each of its rows.
    title = cells[header.start - 1].text if header.start else None
    group = cells[header.end].text if header.end < len(cells) else None
    if group not in (title, header.texts[0]) and (header.money or not _heads_levels(cells, header)):
        group = None
    at = header.end
    while at < stop:
        token = cells[at]
        begin = at + (token.text == title)
        if _stands_at(cells, begin, begin + again, header.texts):
            at = begin + again
            continue
        if token.text != group:
            if _begins_else(token.text) and not _has_figures(cells, at):
                break
            yield token
        at += 1


def _heads_levels(cells: Sequence[Token], header: HeaderRun) -> bool:
    """Whether the first cell under a header of indicators is the label of the whole block, which has no column: it
    heads the indicators by its words, or the row has a label more than the header, none of them a level before it."""
    first, *behind = [cell.text for cell in cells[header.end : header.end + 2]] or [""]
    if column_of(first) == "name":
        return True
    if LEVEL_WORD.fullmatch(first) or not any(map(LEVEL_WORD.fullmatch, behind)):
        return False
    labels = list(takewhile(lambda column: column.holds in ("level", "name"), header.columns))
    words = takewhile(
        lambda cell: cell.kind is CellType.TEXT and not _DIGIT.search(cell.text), cells[header.end :]
    )
    return len(list(words)) > len(labels)


def _stands_at(cells: Sequence[Token], begin: int, end: int, texts: tuple[str, ...]) -> bool:
    """Whether the cells between two places have these texts."""
    if begin >= len(cells) or cells[begin].view.text != texts[0]:
        return False
    return tuple([one.view.text for one in cells[begin:end]]) == texts


def _end(cells: Sequence[Token], body: Body, laid: Laid, header: HeaderRun) -> int:
    """The place behind the last cell that was laid."""
    (last,) = body.part(laid.end - 1, laid.end)
    return next(at for at in range(header.end, len(cells)) if cells[at] is last) + 1


def _has_figures(cells: Sequence[Token], at: int) -> bool:
    """Whether bare figures stand behind a label on its line, as behind that of a row: "一、基本支出  1702.40  1702.40"."""
    behind = cells[at + 1 : at + 1 + _IN_A_ROW]
    return len(behind) == _IN_A_ROW and all(
        cell.kind in FIGURES and cell.line == cells[at].line for cell in behind
    )


@lru_cache(maxsize=4096)
def _begins_else(text: str) -> bool:
    label = clean(text)
    if len(label) > 24:
        return False
    if (mark := numbering(text)) is not None and mark[0] == 1:
        return True
    return any(
        words.fullmatch(label)
        for words in (GOAL_LABEL, RESULT_LABEL, PROBLEM_HEAD, MEASURE_HEAD, FIELD_LABEL)
    )
