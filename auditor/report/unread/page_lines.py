"""The lines of the page that look like those of a form: short cells with labels and figures."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from auditor.compiled import compiled
from auditor.document import Cell, Document, Paragraph, Row, Span, Table, View, shown_blocks
from auditor.document.fold import folded_text, view
from auditor.figures import Figure, Kind, scan
from auditor.report.align import CellType, cell_type
from auditor.report.column_numbers import without_column_numbers
from auditor.report.labels import TOTAL_ROW, clean, column_of, line_of, role_of
from auditor.report.model import Report
from auditor.report.passages import is_page_mark, numbering
from auditor.report.unread.form_words import SENTENCE, is_label, is_run_together, makes_form

_TEXT_LINE = compiled(r"[^\n\r\f]+")
_PIECE = compiled(r"[^\s|]+")
VALUE = compiled(
    r"(?:[^\d:]{2,12}:)?[(（]?(?:[≥≤><=＞＜±+?》《-]|不低于|不少于|不超过)*\d[\d,]*(?:\.\d+)?"
    r"(?:%|‰|百分比|[\u4e00-\u9fffA-Za-z²³/]{1,4})?[)）]?[⁰¹²³⁴-⁹]{0,2}"
)
_DEADLINE = compiled(r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?(?:之?前|以前)?")
LIST_MARK = compiled(r"\d{1,2}[.、．)）]?")
_NO_FIGURE = (Kind.DATE, Kind.DOCNO, Kind.ORDINAL, Kind.CODE)
_PROSE_LINE = 60
_CLAUSE = 40
BIT = 8  # characters of a line that is no more than the end of one
_RUN_TOGETHER = 16
"""A piece of so many characters without any white space may be a table run together."""


@dataclass
class PageLine:
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


def figures_in(value: View) -> Iterator[Figure]:
    date = _DEADLINE.fullmatch(value.text) is not None
    return (figure for figure in scan(value) if date or figure.kind not in _NO_FIGURE)


def is_header(row: Row) -> bool:
    if len(row.cells) < 2 or any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
        return False
    # "其中：东片 | 4个 | 4个" is a row of values, each with its unit.
    return not any(
        VALUE.fullmatch(cell.text) and any(True for _ in figures_in(cell.view)) for cell in row.cells
    )


def regions(report: Report) -> Iterator[list[PageLine]]:
    """Runs of lines that look like a form."""
    run: list[PageLine] = []
    for line in _lines(report.document, report.span):
        if line is not None:
            run.append(line)
            continue
        if _is_form(run):
            yield run
        run = []
    if _is_form(run):
        yield run


def _is_form(run: Sequence[PageLine]) -> bool:
    labels = set().union(*(line.labels for line in run)) if run else set()
    values = sum(len(line.values) for line in run)
    dense = sum(len(line.values) >= 2 for line in run)
    # The same with a cell on each line: figures one below the other, again and again.
    dense += sum(alone and len(list(own)) >= 2 for alone, own in groupby(run, lambda line: line.alone))
    headed = len(labels) >= 2 or any(makes_form(words, ()) for words in _word_rows(run))
    return any(line.together for line in run) or (headed and values >= 2) or dense >= 2


def _word_rows(run: Sequence[PageLine]) -> Iterator[list[str]]:
    """The words of lines one behind the other that are nothing but words of columns."""
    for bare, lines in groupby(run, lambda line: bool(line.words)):
        if bare:
            yield [text for line in lines for text in line.words]


def _lines(document: Document, within: Span) -> Iterator[PageLine | None]:
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
    if labels < 2 or not is_header(row):
        return known
    return frozenset(right.col for left, right in pairwise(row.cells) if left.text == right.text)


def _row(row: Row, within: Span, copied: frozenset[int], document: Document) -> PageLine:
    line = PageLine(row.span)
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
    if len(row.cells) >= 2 and LIST_MARK.fullmatch(row.cells[0].text):
        line.mark = row.cells[0].view
    return line


def _records(cell: Cell, document: Document) -> Iterator[View]:
    """The lines of a cell that each tell a figure by a label of forms ("全年预算数：640\\n执行率：95%")."""
    folded = folded_text(document)
    lines = list(_TEXT_LINE.finditer(folded, *cell.span)) if len(cell.text) > BIT else []
    for line in lines if len(lines) > 1 else ():
        text = view(folded, *line.span())
        if is_label(text.text.partition(":")[0]):
            yield text


def _paragraph(block: Paragraph, document: Document, within: Span) -> Iterator[PageLine | None]:
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
    return len(text) > _PROSE_LINE and SENTENCE.search(text) is not None


def _text_line(pieces: Sequence[View], span: Span) -> PageLine:
    """A line of text counts its figures where it is one alone, or holds several, or a label of forms.
    In running text with blanks around its numbers only those that stand side by side are cells."""
    line = PageLine(span)
    for piece in pieces:
        _sort(line, piece)
    if all(column_of(piece.text) is not None or role_of(piece.text) is not None for piece in pieces):
        line.words = [piece.text for piece in pieces]
    line.alone = len(pieces) == len(line.values) == 1
    text = "".join(piece.text for piece in pieces)
    if len(text) > _CLAUSE and len(SENTENCE.findall(text)) * _CLAUSE >= len(text):
        cells = {id(one) for one in line.values}
        paired = {id(one) for pair in pairwise(pieces) if cells.issuperset(map(id, pair)) for one in pair}
        line.values = [one for one in line.values if id(one) in paired]
        line.labels.clear()
    for piece in pieces:
        if len(piece.text) >= _RUN_TOGETHER and is_run_together(piece.text):
            line.together = True
            line.values.extend(_loose(piece))
    if len(pieces) > 1 and len(line.values) == 1 and not line.labels and not line.together:
        line.lone, line.values = line.values[0], []
    return line


def _loose(piece: View) -> Iterator[View]:
    for figure in scan(piece):
        if any(char.isdecimal() for char in figure.raw):
            yield piece.part(figure.start, figure.end)


def _sort(line: PageLine, piece: View) -> None:
    text = piece.text
    if len(text) <= 24 and is_label(text.rstrip(":")):
        line.labels.add(clean(text))
    elif len(text) <= 24 and _DEADLINE.fullmatch(text):
        line.dates.append(piece)
    elif len(text) <= 24 and VALUE.fullmatch(text) and any(True for _ in figures_in(piece)):
        line.values.append(piece)
        label = clean(text.partition(":")[0]) if ":" in text else ""
        line.labels.update([label] if label and is_label(label) else [])
