"""Ways a form may have looked before its grid was lost: each proposes blocks for the same stretch of text.

A candidate knows one kind of damage and has a cheap sign by which it is tried at all. Which one is right
is not decided here (`restore`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import count, groupby, pairwise, takewhile

from auditor.compiled import compiled
from auditor.document import Block, Cell, Document, Paragraph, Row, Span, Table
from auditor.report.align import CellType, ColumnType, cell_type
from auditor.report.column_numbers import without_column_numbers
from auditor.report.header_runs import HeaderRun, Headers
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import (
    FIELD_LABEL,
    GOAL_LABEL,
    GRADE_LABEL,
    GRADE_WORD,
    LEVEL_WORD,
    MEASURE_HEAD,
    PROBLEM_HEAD,
    RESULT_LABEL,
    SUBTOTAL_ROW,
    TOTAL_ROW,
    clean,
    column_of,
    line_of,
    role_of,
    unit_in,
)
from auditor.report.model import Role
from auditor.report.money.header import money_header
from auditor.report.on_its_side import lying, upright
from auditor.report.passages import numbering
from auditor.report.short_rows import settled
from auditor.report.split import is_title
from auditor.report.stream import Body, Laid, lay, row_of
from auditor.report.tokens import Token, healed, joined, may_be_grouped, tokens
from auditor.values import frozen

_REPEATED = 3
_LINED, _WIDEST = 2, 14  # cells a line, on average, between which lines are taken for rows
_PROSE = 40
_WAYS = (
    (False, False, "单元格依次排列"),
    (True, False, "一行一行、单空格分列"),
    (True, True, "一行一行、单空格分列，数字里也有空格"),
)
"""Single spaces part cells, save those inside numbers; and how that is told."""
_COUNTING = ("序号", "行次")
_RECORD = compiled(r"[^:;\d]{2,16}:[\d,.]+")
_DIGIT = compiled(r"\d")
_FIGURES = (CellType.NUMBER, CellType.INDEX, CellType.PERCENT)


@frozen
class Candidate:
    """`name` says in Chinese how the form is read; `doubtful` are rows that could be laid otherwise; `guessed`:
    the rows and columns are not those of the file."""

    name: str
    blocks: tuple[Block, ...]
    doubtful: tuple[Span, ...] = ()
    guessed: bool = True


def candidates(blocks: Sequence[Block], document: Document) -> Iterator[Candidate]:
    """The ways to read a stretch of blocks, as printed first."""
    yield Candidate("照原样的行列", tuple(blocks), guessed=False)
    turned = tuple(map(upright, blocks))
    if turned != tuple(blocks):
        yield Candidate("行列互换", turned, guessed=False)
    seen: list[tuple[str, ...]] = []
    for spaced, grouped, name in _WAYS:
        if grouped and not may_be_grouped(blocks, document):
            continue
        cells = joined(tokens(blocks, document, spaced, grouped))
        for own, how in ((cells, name), (healed(cells), f"{name}，数有折断")):
            texts = tuple(cell.text for cell in own)
            if texts not in seen:
                seen.append(texts)
                yield from _laid(own, blocks, how)


def _laid(cells: Sequence[Token], blocks: Sequence[Block], name: str) -> Iterator[Candidate]:
    """The cells under their headers: lines taken for rows where they may be, then one cell after another."""
    lines = len({cell.line for cell in cells})
    lined = _LINED * lines <= len(cells) <= _WIDEST * lines
    told: Candidate | None = None
    for by_line in (True, False) if lined else (False,):
        found = _in_order(cells, blocks, by_line)
        if found is not None and (told is None or found.blocks != told.blocks):
            told = replace(found, name=name if by_line or not lined else f"{name}，行有折断")
            yield told


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
    lines = [[cell.view for cell in line] for line in _lines_of(tokens([block], document, spaced=False))]
    if any("|" not in line for line in document.quote(block.span).splitlines() if line.strip()):
        return block
    rows = tuple(row_of(at, list(enumerate(cells)), len(cells)) for at, cells in enumerate(lines))
    return Table(rows, 1)


def _lines_of(cells: Sequence[Token]) -> Iterator[list[Token]]:
    for _, own in groupby(cells, lambda token: token.line):
        yield list(own)


def _collapsed(block: Table) -> Table:
    """A table whose merged cells were written into every cell they covered, with one cell for each."""
    if not _repeats(block.rows):
        return block
    under_header = False
    merged: dict[int, int] = {}  # columns that repeat the one they are merged with, by the header above
    rows = []
    for row in block.rows:
        header = indicator_columns(row) is not None
        closing = bool(row.cells) and any(
            words.fullmatch(row.cells[0].text) for words in (TOTAL_ROW, SUBTOTAL_ROW)
        )
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


def _in_order(cells: Sequence[Token], blocks: Sequence[Block], lined: bool) -> Candidate | None:
    """The tables that the cells make when laid under their headers one after another, and the rows of labels and
    values between them; `None` without any. `lined`: lines are likely to be rows."""
    result: list[Block] = []
    doubtful: list[Span] = []
    done = 0
    headers = Headers(cells)
    header = headers.at_or_behind(0)
    number = 0
    printed: set[tuple[str, ...]] = set()
    while header is not None:
        following = headers.other_than(header)
        stop = following.start if following is not None else len(cells)
        body = Body(_body(cells, header, stop))
        laid = paired(body, header) if header.paired else lay(body, header.columns, lined, not header.money)
        if laid is None:
            header = following
            continue
        result.extend(_loose(cells[done : header.start], blocks))
        if header.money and not header.paired:
            laid, unsure = settled(laid, header.columns)
            doubtful.extend(unsure)
        else:
            doubtful.extend(_levels(laid, header))
        rows = [
            header.row,
            *(
                row_of(at, [(col, token.view) for col, token in row], header.row.width)
                for at, row in enumerate(laid.rows, 1)
            ),
        ]
        number += 1
        result.append(Table(tuple(rows), number))
        following_cell = body.part(laid.end, laid.end + 1)
        stray = bool(following_cell) and following_cell[0].kind in _FIGURES
        again = header.words in printed
        printed.add(header.words)
        if laid.doubtful or stray or again or (not header.money and _lost_points(laid, header)):
            # A figure without a place: the header may lack a column. A place without a figure: a row lost a cell.
            # The same words once more: the table may be the rest of the one before.
            doubtful.extend(row.span for row in rows[1:])
        done = _end(cells, body, laid, header)
        header = headers.at_or_behind(done)
    result.extend(_loose(cells[done:], blocks))
    if not any(isinstance(block, Table) for block in result):
        return None
    return Candidate("", tuple(result), tuple(doubtful))


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
            if _begins_else(token.text):
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


def _loose(cells: Sequence[Token], blocks: Sequence[Block]) -> Iterator[Block]:
    """What stands between tables: whole blocks as they were, tables on their side, labels and their values as rows."""
    if (found := lying(cells)) is not None:
        start, end, table = found
        yield from _loose(cells[:start], blocks)
        yield table
        yield from _loose(cells[end:], blocks)
        return
    at = 0
    while at < len(cells):
        if not _is_label(cells, at):
            block = blocks[cells[at].block]
            whole = isinstance(block, Paragraph) and block.span.start >= cells[at].view.span().start - 8
            own = _of_block(cells, at) if whole else []
            if (
                own
                and not any(_is_label(cells, other) for other in range(at, at + len(own)))
                and _complete(block, own)
            ):
                yield block
                at += len(own)
                continue
            yield Paragraph(cells[at].view)
            at += 1
            continue
        end = at
        while end < len(cells) and (not _is_prose(cells[end]) or _tells_goal(cells[max(at, end - 2) : end])):
            if cells[end].text in _COUNTING:
                break  # the head of a numbered list
            end += 1
        end = max(end, at + 1)
        yield from (Table((row,), 1) for row in _pairs(cells[at:end]))
        at = end


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
    figure = cell_type(following) in _FIGURES
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
        if row and (len(own) > 1 or closes or (closed and first.kind not in _FIGURES)):
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
