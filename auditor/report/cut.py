"""Text that ends in the middle: a page cut off, an excerpt. It proves nothing about what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import NOWHERE, Block, Paragraph, Row, Span, Table, View
from auditor.report.indicator_columns import indicator_columns
from auditor.report.labels import FIELD_LABEL, GRADE_LABEL, MEASURE_HEAD, PROBLEM_HEAD, clean
from auditor.report.model import Report
from auditor.report.money.header import money_header
from auditor.report.passages import is_page_mark, numbering

_ENDED = compiled(r"[。！？!?；;：:…）)】〕》”\"]$|\d[日号]$|(?:盖章|签字|签名)")
_UNFINISHED = compiled(r"[，,、]$|[，,][^，,。；;：:]{2,}$")
_LEAST = 20
_FULL = Decimal(100)


def where_cut(report: Report, blocks: Sequence[Block]) -> Span:
    """The line the text breaks off in; `NOWHERE` where it comes to an end.

    It breaks off in a heading without text, in a sentence, in a header without rows, and in an indicator
    table without a total whose weights do not make 100 yet.
    """
    last = next((one for one in reversed(blocks) if not _is_page_mark(one)), None)
    if last is None:
        return NOWHERE
    if isinstance(last, Paragraph) and _breaks_off(last):
        return last.span
    rows = [row for row in last.rows if row.cells] if isinstance(last, Table) else []
    if rows and _is_header(rows[-1]):
        return rows[-1].span
    return _in_a_table(report, blocks)


def _is_page_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_page_mark(block.text)


def _breaks_off(paragraph: Paragraph) -> bool:
    text = paragraph.text.rstrip()
    heading = numbering(text)
    if heading is not None and heading[0] <= 2 and len(text) <= _LEAST and not _ENDED.search(text):
        return True
    return len(text) >= _LEAST and not _ENDED.search(text) and _UNFINISHED.search(text) is not None


def _is_header(row: Row) -> bool:
    return indicator_columns(row) is not None or (
        len(row.cells) >= 3 and money_header(row, 0, None) is not None
    )


def _in_a_table(report: Report, blocks: Sequence[Block]) -> Span:
    """From the last row of an indicator table to the end of the text, where the table has no total, its weights do
    not make 100 yet and what stands behind that row is a piece of one more, or nothing."""
    weighed = [one for one in report.indicators if one.weight is not None and not one.is_execution]
    last = max(weighed, key=lambda one: one.span.start, default=None)
    if last is None or any(total.table == last.table and total.scope is None for total in report.totals):
        return NOWHERE
    if sum(one.weight.value for one in report.indicators if one.weight is not None) >= _FULL:
        return NOWHERE
    pieces = [piece for piece in _pieces(blocks) if piece.span().start >= last.span.end]
    own = sum(last.span.start <= piece.span().start < last.span.end for piece in _pieces(blocks))
    if len(pieces) >= own or any(map(_is_no_piece, pieces)):
        return NOWHERE
    return last.span.cover(pieces[-1].span()) if pieces else last.span


def _pieces(blocks: Sequence[Block]) -> Iterator[View]:
    """The cells and paragraphs, without page numbers."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell.view for row in block.rows for cell in row.cells)
        elif not _is_page_mark(block):
            yield block.view


def _is_no_piece(view: View) -> bool:
    """Whether a text is none of a row that broke off: a sentence, a heading, the label of another part of the form."""
    text = view.text.rstrip()
    label = clean(text)
    known = any(words.fullmatch(label) for words in (FIELD_LABEL, GRADE_LABEL, PROBLEM_HEAD, MEASURE_HEAD))
    return known or len(text) > _LEAST or numbering(text) is not None or _ENDED.search(text) is not None
