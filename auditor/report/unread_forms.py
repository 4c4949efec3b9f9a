"""Forms, or parts of them, that no reader took: an unread table must never look like a pass.

The page is walked once more after everything has been read, knowing nothing of how tables are read:
lines that look like those of a form (labels in circulation, short cells with figures) make a region,
and every figure in it must have been placed by somebody. Where two or more were not, the form counts
as unread; a single one is told by itself.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

from auditor.compiled import compiled
from auditor.document import Block, Cell, Document, Paragraph, Row, Span, Table, View, shown_blocks
from auditor.document.fold import fold, folded_text, view
from auditor.figures import Figure, Kind, scan
from auditor.language import word
from auditor.report.align import CellType, cell_type
from auditor.report.column_numbers import without_column_numbers
from auditor.report.headers import composed
from auditor.report.indicator_columns import LEVEL_SCORE, LEVEL_WEIGHT, RAW_SCORE, indicator_columns
from auditor.report.labels import SUBTOTAL_ROW, TOTAL_ROW, clean, column_of, line_of, role_of
from auditor.report.model import LineKind, Report, Role, UnreadForm
from auditor.report.money.header import money_header
from auditor.report.passages import is_page_mark, numbering

NO_HEADER = "没有对上认得的表头"
_ALONE = "像是表格里的数，没有对上认得的表头"

_TEXT_LINE = compiled(r"[^\n\r\f]+")
_PIECE = compiled(r"[^\s|]+")
_VALUE = compiled(
    r"(?:[^\d:]{2,12}:)?[(（]?(?:[≥≤><=＞＜±+?》《-]|不低于|不少于|不超过)*\d[\d,]*(?:\.\d+)?"
    r"(?:%|‰|百分比|[\u4e00-\u9fffA-Za-z²³/]{1,4})?[)）]?[⁰¹²³⁴-⁹]{0,2}"
)
_DEADLINE = compiled(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?(?:之?前|以前)?")
_NESTED = 4  # texts kept that may hold one another: a name, its joined label, the levels around it
_SENTENCE = compiled(r"[。！？；，]|,(?!\d)")
_LIST_MARK = compiled(r"\d{1,2}[.、．)）]?")
_NO_FIGURE = (Kind.DATE, Kind.DOCNO, Kind.ORDINAL, Kind.CODE)
_PROSE_LINE = 60
_CLAUSE = 40
_BIT = 8  # characters of a line that is no more than the end of one
_HEAD = 24  # characters of a header cell
_DENSE = 3  # so many figures in a row of a form are no fields with a label each
_RUN_TOGETHER = 16
"""A piece of so many characters without any white space may be a table run together."""
_BREATHLESS, _NAMED = 90, 4
"""A stretch of so many characters without a mark of a sentence, with so many labels and figures, is no prose."""
_FIGURE = compiled(r"\d+(?:\.\d+)?")
_COUNTED = 5
"""So many numbers that count on from 1 are numbers of rows."""
_OF_LEVELS = (LEVEL_WEIGHT, LEVEL_SCORE)
_UNTOLD = ("other", "completion", "score rate", "deviation", "deduction", "target", "actual", RAW_SCORE)
_WORD = 3  # characters of a label that is none of running text too
_COUNTER = word("ind_counter")
_IN_MONEY = (None, "completion", "score rate", "other")
"""Over amounts 完成率 is an execution rate that was not taken for one."""
_VALUED = ("target", "actual", "completion", "weight", "score", "score rate", "review", "pair", "pair back")
_COLUMNS = (*_VALUED, "reason")


@cache
def _words() -> dict[str, list[str]]:
    data = tomllib.loads(Path(__file__).with_name("form_words.toml").read_text("utf-8"))
    return {kind: [fold(word) for word in data[kind]] for kind in ("heads", "rows")}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for words in _words().values() for word in words)


@cache
def _row_words() -> frozenset[str]:
    """Labels of rows that stand in no table but a form: 合计 stands in any."""
    return frozenset(
        word for word in _words()["rows"] if not (TOTAL_ROW.fullmatch(word) or SUBTOTAL_ROW.fullmatch(word))
    )


@cache
def _run() -> re.Pattern[str]:
    """Labels one behind the other with nothing between, and a money label with figures glued to it."""
    words = sorted(_known(), key=len, reverse=True)
    label = "|".join(map(re.escape, words))
    rows = "|".join(map(re.escape, sorted(_words()["rows"], key=len, reverse=True)))
    return compiled(
        rf"(?:(?:{label})[\s|:]*){{4,}}|(?:(?:{label}):?\d[\d,]*(?:\.\d+)?%?(?:其中:?)?){{2,}}(?:{label})|(?:{rows}):?\d[\d.,%]{{7,}}(?![\d.,%万亿元])"
    )


@cache
def _labels() -> re.Pattern[str]:
    return compiled("|".join(map(re.escape, sorted(_known(), key=len, reverse=True))))


def is_label(text: str) -> bool:
    """Whether a short text is a label of forms in circulation ("全年预算数", "总分", "产出指标（50分）")."""
    text = clean(text)
    if text in _known():
        return True
    return len(text) >= _WORD and (role_of(text) is not None or column_of(text) in _COLUMNS)


@dataclass
class _Line:
    """A line of the page: a row of a table, or a line of text. `values` are its pieces that are figures,
    `dates` those that are dates, `mark` the first cell where it may number the row, `lone` the one figure of a line
    that may be running text, `words` its pieces where all are words of columns, `alone` says that it is one figure."""

    span: Span
    labels: set[str] = field(default_factory=set)
    alone: bool = False
    words: list[str] = field(default_factory=list)
    values: list[View] = field(default_factory=list)
    dates: list[View] = field(default_factory=list)
    together: bool = False
    mark: View | None = None
    lone: View | None = None

    @property
    def formy(self) -> bool:
        return bool(self.labels or self.values)


def read_unread_forms(report: Report, blocks: Sequence[Block]) -> None:
    """Fills `report.unread_forms`, and `report.unread` with single figures that nobody took.

    `blocks` are those the readers saw: what they laid back under headers that hold nothing of ours
    (完成率, 序号) has its place.
    """
    figures_kept, words_kept = list(_taken(report)), set(_worded(report))
    placed = _Places([*figures_kept, *_under_headers(blocks, _Places([*figures_kept, *words_kept]))])
    worded, shared = _Words(words_kept), _Shared(report)
    for region in _regions(report):
        _with_lone(region)
        _with_dates(region, placed)
        lost = [one for line in region for one in line.values if not placed.touch(one.span())]
        lost = [one for one in worded.without(lost) if not shared.repeats(one)]
        lost = _without_counters(_without_marks(region, lost))
        figures = tuple(figure for one in lost for figure in _figures(one))
        if not figures:
            continue
        if len(figures) == 1 and not any(line.together for line in region):
            known = any(figures[0].span.overlaps(span) for span, _ in report.unread)
            report.unread.extend([] if known else [(figures[0].span, _ALONE)])
            continue
        at = _Places([one.span() for one in lost])
        found = [place for place, line in enumerate(region) if at.touch(line.span)]
        lines = tuple(region[place].span for place in found)
        around = tuple(_around(region, place) for place in found)
        report.unread_forms.append(UnreadForm(around, lines, figures, _reason(report, lines)))
    _told_once(report)


def _with_lone(region: Sequence[_Line]) -> None:
    """The one figure of a line counts where the lines around it hold figures: a row that was broken there. The bits
    that a break left ("其中：中" before "央资金") are passed over."""
    around = [bool(line.values) for line in region]
    near = [at for at, line in enumerate(region) if around[at] or line.span.end - line.span.start > _BIT]
    for at, line in enumerate(region):
        before, behind = bisect_left(near, at), bisect_right(near, at)
        sides = (*near[max(0, before - 1) : before], *near[behind : behind + 1])
        if line.lone is not None and all(around[side] for side in sides):
            line.values = [line.lone]


def _with_dates(region: Sequence[_Line], placed: _Places) -> None:
    """A target and an actual that are dates count where the line above or below was read: theirs was lost."""
    for at, line in enumerate(region):
        sides = (*region[max(0, at - 1) : at], *region[at + 1 : at + 2])
        if len(line.dates) > 1 and any(placed.touch(side.span) for side in sides):
            line.values.extend(line.dates)


def _without_marks(region: Sequence[_Line], values: list[View]) -> list[View]:
    """The values without list marks: "3." by itself, "3" where it counts on or where the count begins."""
    marks, before = set(), 0
    for line in region:
        if line.mark is None:
            continue
        number = line.mark.text.rstrip(".、．)）")
        if number != line.mark.text or int(number) in (1, before + 1):
            marks.add(id(line.mark))
        before = int(number)
    return [one for one in values if id(one) not in marks]


def _without_counters(values: list[View]) -> list[View]:
    """The values without the row numbers of a system's export, which count on from 1."""
    expected, counters = 1, set()
    for value in values:
        if value.text == str(expected):
            counters.add(id(value))
            expected += 1
    return [one for one in values if expected <= _COUNTED or id(one) not in counters]


def _figures(value: View) -> Iterator[Figure]:
    date = _DEADLINE.fullmatch(value.text) is not None
    return (figure for figure in scan(value) if date or figure.kind not in _NO_FIGURE)


def _around(region: Sequence[_Line], place: int) -> Span:
    near = region[max(place - 1, 0) : place + 2]
    return near[0].span.cover(near[-1].span)


def _reason(report: Report, lines: Sequence[Span]) -> str:
    found = [why for span, why in report.unread if any(span.overlaps(line) for line in lines)]
    return "、".join(dict.fromkeys(found)) or NO_HEADER


def _told_once(report: Report) -> None:
    """What belongs to an unread form is told with it."""
    forms = _Places([line for form in report.unread_forms for line in form.lines])
    report.unread = [(span, why) for span, why in report.unread if not forms.touch(span)]


class _Places:
    """Spans, to be asked whether one of them is touched."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = sorted(span for span in spans if span.end > span.start)
        self._starts = [span.start for span in self.spans]
        self._reach: list[int] = []
        for span in self.spans:
            self._reach.append(max(span.end, self._reach[-1]) if self._reach else span.end)

    def touch(self, span: Span) -> bool:
        at = bisect_right(self._starts, span.end - 1)
        return bool(at) and self._reach[at - 1] > span.start


class _Words:
    """Where the readers kept words. A figure that has a cell to itself is none, whatever it was kept as: it is
    excused as a part of a longer text, alone in it."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(span for span in spans if span.end > span.start)
        self._starts = [span.start for span in self._spans]

    def without(self, values: Sequence[View]) -> list[View]:
        """The values that stand in no text of words, or beside another value in one."""
        around = [self._around(value.span()) for value in values]
        held = Counter(span for spans in around for span in spans)
        return [
            value
            for value, spans in zip(values, around, strict=True)
            if not any(held[span] == 1 and span != value.span() for span in spans)
        ]

    def _around(self, value: Span) -> list[Span]:
        """The texts that hold a value: of those that begin before it the last few."""
        at = bisect_right(self._starts, value.start)
        return [span for span in self._spans[max(0, at - _NESTED) : at] if span.end >= value.end]


class _Shared:
    """Points of a cell merged over several rows, which a converter wrote into each of them."""

    def __init__(self, report: Report) -> None:
        rows = [row for row in report.indicators if row.shares_score]
        self._rows = _Places([row.span for row in rows])
        points = (figure for row in rows for figure in (row.weight, row.score, row.review_score))
        self._points = {figure.raw for figure in points if figure is not None}

    def repeats(self, value: View) -> bool:
        return value.text in self._points and self._rows.touch(value.span())


def _worded(report: Report) -> Iterator[Span]:
    """Where the readers found words: names, levels, reasons."""
    for row in report.indicators:
        views = (row.name_view, row.narrative, row.reason)
        yield from (one.span() for one in views if one is not None)
        yield from (level.view.span() for level in row.path)


def _taken(report: Report) -> Iterator[Span]:
    """Where the readers found figures, and texts that may be of any kind."""
    for table in report.money_tables:
        yield from (amount.span for amount in table.amounts)
        yield from table.aside
    for row in report.indicators:
        views = (row.target, row.actual, row.completion, row.score_rate, *row.aside)
        yield from (one.span() for one in views if one is not None)
        yield from (one.span() for part in row.parts for one in (part.target, part.actual) if one is not None)
        points = (
            row.weight,
            row.score,
            row.review_score,
            row.deduction,
            *(level.weight for level in row.path),
        )
        yield from (mark.span for mark in points if mark is not None)
    for total in report.totals:
        points = (total.weight, total.score, total.review_score)
        yield from (mark.span for mark in points if mark is not None)
    for column in report.plain_columns:
        yield from (figure.span for figure in (*column.parts, column.total))
    for grid in report.grids:
        if not _makes_form(grid.labels.values(), [line.lead for line in grid.rows]):
            lines = (line for line in grid.rows if len(line.values) >= _DENSE)
            yield from (figure.span for line in lines for figure in line.values.values())
    yield from (amount.span for amount in report.prose_amounts)
    yield from (formula.view.span() for formula in report.formulas)
    yield from (band.view.span() for band in report.scale)
    yield from (band.view.span() for band in report.rating_bands)
    yield from (goal.view.span() for goal in report.goals)
    yield from (passage.span for passage in (*report.problems, *report.measures))
    if report.fiscal_year_view is not None:
        yield report.fiscal_year_view.span()


def _makes_form(labels: Iterable[str], names: Iterable[str]) -> bool:
    """Whether a table is one of a form, by the labels of its columns and the names of its rows: two labels of forms,
    or bare words of columns ("指标 | 目标 | 实际") of which one stands over values; rows that only forms have, or two
    that are named like columns (a table on its side)."""
    labels, names = list(labels), list(names)
    if sum(map(is_label, labels)) >= 2 or any(clean(name) in _row_words() for name in names):
        return True
    known = [label for label in labels if column_of(label) is not None or role_of(label) is not None]
    heads = sum(column_of(label) is not None for label in labels[:1])
    return (len(known) >= 2 and any(map(_over_values, known))) or heads + sum(map(_names_values, names)) >= 2


def _over_values(label: str) -> bool:
    role = role_of(label)
    return column_of(label) in _VALUED or (role is not None and len(clean(label)) >= _WORD)


def _names_values(name: str) -> bool:
    return is_label(name) and _over_values(name) and line_of(name) is None


def _under_headers(blocks: Sequence[Block], placed: _Places) -> Iterator[Span]:
    """Figures right under a header cell that is no column of ours, in a row that was read or in a table
    that is no form; and figures behind a label of their own ("服务年限 | 3")."""
    for block in blocks:
        form = False
        for header, rows in _headed(composed(block.rows)) if isinstance(block, Table) else ():
            labels = [cell.text for cell in header.cells] if header is not None else []
            # A row of words inside a form heads nothing of its own.
            form = form or _makes_form(labels, [cell.text for row in rows for cell in row.cells[:2]])
            yield from _unasked(header, rows, form, placed)


def _headed(rows: Iterable[Row]) -> Iterator[tuple[Row | None, list[Row]]]:
    """Each header with the rows under it; `None` for one of long texts."""
    header: Row | None = None
    body: list[Row] = []
    for row in rows:
        if _is_header(row):
            yield header, body
            header = row if all(len(cell.text) <= _HEAD for cell in row.cells) else None
            body = []
        else:
            body.append(row)
    yield header, body


def _unasked(header: Row | None, rows: Sequence[Row], form: bool, placed: _Places) -> Iterator[Span]:
    indicators = header is not None and indicator_columns(header) is not None
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
        dense = sum(_VALUE.fullmatch(cell.text) is not None for cell in row.cells) >= _DENSE
        if not indicators and not (form and dense):
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


def _counts(cell: Cell) -> bool:
    return _COUNTER.fullmatch(clean(cell.text)) is not None


def _is_header(row: Row) -> bool:
    if len(row.cells) < 2 or any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
        return False
    # "其中：东片 | 4个 | 4个" is a row of values, each with its unit.
    return not any(
        _VALUE.fullmatch(cell.text) and any(True for _ in _figures(cell.view)) for cell in row.cells
    )


def _labelled(row: Row) -> Iterator[Span]:
    """Figures between a foreign label and another one or the end of the row, and a list mark."""
    if row.cells and _LIST_MARK.fullmatch(row.cells[0].text) and not row.cells[0].text.isdigit():
        yield row.cells[0].span
    for label, value, behind in zip(row.cells, row.cells[1:], [*row.cells[2:], None], strict=False):
        alone = behind is None or cell_type(behind.text) is CellType.TEXT
        if alone and cell_type(label.text) is CellType.TEXT and not _VALUE.fullmatch(label.text):
            known = (
                is_label(label.text)
                or line_of(label.text) is not None
                or TOTAL_ROW.fullmatch(clean(label.text))
            )
            yield from [] if known else [value.span]


def _regions(report: Report) -> Iterator[list[_Line]]:
    """Runs of lines that look like a form."""
    run: list[_Line] = []
    for line in _lines(report.document, report.span):
        if line is not None:
            run.append(line)
            continue
        if _is_form(run):
            yield run
        run = []
    if _is_form(run):
        yield run


def _is_form(run: Sequence[_Line]) -> bool:
    labels = set().union(*(line.labels for line in run)) if run else set()
    values = sum(len(line.values) for line in run)
    dense = sum(len(line.values) >= 2 for line in run)
    # The same with a cell on each line: figures one below the other, again and again.
    dense += sum(alone and len(list(own)) >= 2 for alone, own in groupby(run, lambda line: line.alone))
    headed = len(labels) >= 2 or any(_makes_form(words, ()) for words in _word_rows(run))
    return any(line.together for line in run) or (headed and values >= 2) or dense >= 2


def _word_rows(run: Sequence[_Line]) -> Iterator[list[str]]:
    """The words of lines one behind the other that are nothing but words of columns."""
    for bare, lines in groupby(run, lambda line: bool(line.words)):
        if bare:
            yield [text for line in lines for text in line.words]


def _lines(document: Document, within: Span) -> Iterator[_Line | None]:
    """The lines of the page; `None` where running text or a heading ends whatever stood before."""
    blocks = shown_blocks(document)
    for at in range(bisect_right(blocks, within.start, key=lambda one: one.span.end), len(blocks)):
        block = blocks[at]
        if block.span.start >= within.end:
            return
        if isinstance(block, Table):
            copied: frozenset[int] = frozenset()
            for row in without_column_numbers(block).rows:
                copied = _copied(row, copied)
                if row.cells and row.span.overlaps(within):
                    yield _row(row, within, copied, document)
        else:
            yield from _paragraph(block, document, within)


def _copied(row: Row, known: frozenset[int]) -> frozenset[int]:
    """Columns that repeat the one before them: a converter wrote a merged header cell into each."""
    labels = sum(is_label(cell.text) or line_of(cell.text) is not None for cell in row.cells)
    if labels < 2 or not _is_header(row):
        return known
    return frozenset(right.col for left, right in pairwise(row.cells) if left.text == right.text)


def _row(row: Row, within: Span, copied: frozenset[int], document: Document) -> _Line:
    line = _Line(row.span)
    # A total and its figures over several columns, written into each of them.
    closing = any(
        TOTAL_ROW.fullmatch(left.text) and left.text == right.text for left, right in pairwise(row.cells)
    )
    copies = {
        id(right)
        for left, right in pairwise(row.cells)
        if (right.col in copied or closing) and left.text == right.text
    }
    for cell in row.cells:
        if cell.span.overlaps(within) and id(cell) not in copies:
            for piece in (cell.view, *_records(cell, document)):
                _sort(line, piece)
    if len(row.cells) >= 2 and _LIST_MARK.fullmatch(row.cells[0].text):
        line.mark = row.cells[0].view
    return line


def _records(cell: Cell, document: Document) -> Iterator[View]:
    """The lines of a cell that each tell a figure by a label of forms ("全年预算数：640\\n执行率：95%")."""
    folded = folded_text(document)
    lines = list(_TEXT_LINE.finditer(folded, *cell.span)) if len(cell.text) > _BIT else []
    for line in lines if len(lines) > 1 else ():
        text = view(folded, *line.span())
        if is_label(text.text.partition(":")[0]):
            yield text


def _paragraph(block: Paragraph, document: Document, within: Span) -> Iterator[_Line | None]:
    start, end = max(block.span.start, within.start), min(block.span.end, within.end)
    folded = folded_text(document)[start:end]
    for match in _TEXT_LINE.finditer(folded):
        if is_page_mark(match.group()):
            continue
        pieces = [
            _moved(view(folded, piece.start(), piece.end()), start)
            for piece in _PIECE.finditer(folded, *match.span())
        ]
        line = _text_line(pieces, Span(start + match.start(), start + match.end()))
        heading = block.level or (numbering(match.group().strip()) or (9,))[0] <= 2
        if not line.together and not line.values and (heading or _is_prose(match.group())):
            yield None
        else:
            yield line


def _moved(found: View, start: int) -> View:
    return View(found.text, tuple((at, place + start) for at, place in found.runs))


def _is_prose(text: str) -> bool:
    return len(text) > _PROSE_LINE and _SENTENCE.search(text) is not None


def _text_line(pieces: Sequence[View], span: Span) -> _Line:
    """A line of text counts its figures where it is one alone, or holds several, or a label of forms.
    In running text with blanks around its numbers only those that stand side by side are cells."""
    line = _Line(span)
    for piece in pieces:
        _sort(line, piece)
    if all(column_of(piece.text) is not None or role_of(piece.text) is not None for piece in pieces):
        line.words = [piece.text for piece in pieces]
    line.alone = len(pieces) == len(line.values) == 1
    text = "".join(piece.text for piece in pieces)
    if len(text) > _CLAUSE and len(_SENTENCE.findall(text)) * _CLAUSE >= len(text):
        cells = {id(one) for one in line.values}
        paired = {id(one) for pair in pairwise(pieces) if cells.issuperset(map(id, pair)) for one in pair}
        line.values = [one for one in line.values if id(one) in paired]
        line.labels.clear()
    for piece in pieces:
        if len(piece.text) >= _RUN_TOGETHER and _is_run_together(piece.text):
            line.together = True
            line.values.extend(_loose(piece))
    if len(pieces) > 1 and len(line.values) == 1 and not line.labels and not line.together:
        line.lone, line.values = line.values[0], []
    return line


def _is_run_together(text: str) -> bool:
    """Whether a text without blanks is cells run together: labels side by side, or so long a stretch without
    any mark of a sentence that holds labels and figures as no sentence does."""
    found = _run().search(text)
    if found is not None and not _SENTENCE.search(text, *found.span()):
        return True
    for stretch in _SENTENCE.split(text):
        if len(stretch) >= _BREATHLESS:
            labels = {match.group() for match in _labels().finditer(stretch)}
            if len(labels) >= _NAMED and len(_FIGURE.findall(stretch)) >= _NAMED:
                return True
    return False


def _loose(piece: View) -> Iterator[View]:
    for figure in scan(piece):
        if any(char.isdecimal() for char in figure.raw):
            yield piece.part(figure.start, figure.end)


def _sort(line: _Line, piece: View) -> None:
    text = piece.text
    if len(text) <= 24 and is_label(text.rstrip(":")):
        line.labels.add(clean(text))
    elif len(text) <= 24 and _DEADLINE.fullmatch(text):
        line.dates.append(piece)
    elif len(text) <= 24 and _VALUE.fullmatch(text) and any(True for _ in _figures(piece)):
        line.values.append(piece)
        label = clean(text.partition(":")[0]) if ":" in text else ""
        line.labels.update([label] if label and is_label(label) else [])
