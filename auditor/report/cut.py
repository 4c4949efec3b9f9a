"""Text that ends in the middle: a page cut off, an excerpt. It proves nothing about what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import NOWHERE, Block, Paragraph, Row, Span
from auditor.report.indicator_columns import indicator_columns
from auditor.report.model import Report
from auditor.report.money import money_header
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
    if isinstance(last, Paragraph):
        return last.span if _breaks_off(last) else NOWHERE
    rows = [row for row in last.rows if row.cells]
    return rows[-1].span if rows and _row_breaks_off(report, rows[-1]) else NOWHERE


def _is_page_mark(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_page_mark(block.text)


def _breaks_off(paragraph: Paragraph) -> bool:
    text = paragraph.text.rstrip()
    heading = numbering(text)
    if heading is not None and heading[0] <= 2 and len(text) <= _LEAST and not _ENDED.search(text):
        return True
    return len(text) >= _LEAST and not _ENDED.search(text) and _UNFINISHED.search(text) is not None


def _row_breaks_off(report: Report, row: Row) -> bool:
    if indicator_columns(row) is not None or (len(row.cells) >= 3 and money_header(row, 0, None) is not None):
        return True
    table = next((one.table for one in report.indicators if one.span.overlaps(row.span)), None)
    if table is None or any(total.table == table and total.scope is None for total in report.totals):
        return False
    weights = [one.weight.value for one in report.indicators if one.weight is not None]
    return bool(weights) and sum(weights) < _FULL
