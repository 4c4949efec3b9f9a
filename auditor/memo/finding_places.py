"""Where a quote stands, as a person finds it: the table by its title, the row by its label, the column by its head,
running text by its sentence.

What the report is known to say goes before what the grid shows: a converter that drops an empty cell moves all that
stand behind it under the heads of their neighbours.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document import Document, Locator, Span, View
from auditor.document.model import Paragraph, Row, Table
from auditor.figures import Figure
from auditor.memo.escape import one_line, quoted
from auditor.memo.sentences import near
from auditor.report.labels import column_of, line_of, role_of
from auditor.report.model import Indicator, Report, ScoreTotal

_WORDS = compiled(r"[一-鿿]")
_FIGURE = compiled(r"[≥≤><=＝±-]?\s*\d")
_INDICATOR = compiled(r"指标(?!值|解释|说明)")
_DIGIT = compiled(r"\d")
_LABEL = 14
_NAME = 40
_NEAR = 6
"""Rows of heads above a row that may be its own."""
_ENDS = "。；！？\n"
_REACH = 500
"""Characters before and behind, beyond which the sentence is not looked at: a file may be one sentence."""

_NAMED = "name"
_HEADS = {
    "target": "指标值", "actual": "实际完成值", "weight": "分值", "score": "得分", "review": "复核得分",
    "deduction": "扣分", "narrative": "说明", "reason": "原因", "completion": "完成率", "score rate": "得分率",
    "deviation rate": "偏差率", "sign": "指标符号", "unit": "计量单位",
}  # fmt: skip
"""What a column is called where the report does not print it."""


class Place(NamedTuple):
    """`where` is the row, or says that it is running text; `head` the column, `sentence` the words around."""

    where: str = ""
    head: str = ""
    sentence: str = ""


class _Known(NamedTuple):
    """A cell of which the reader knows what it is: the label of its row, and the kind of its column or its head."""

    span: Span
    label: str
    kind: str
    heads: tuple[str, ...] = ()


class _Grid:
    """One table: its rows by number, and which of them are rows of heads."""

    def __init__(self, table: Table, title: str) -> None:
        self.table, self.title = table, title
        self.rows = {row.cells[0].row: row for row in table.rows if row.cells}
        self.heads = [row for row in self.rows.values() if _heads(row)]
        self._starts = [row.cells[0].row for row in self.heads]
        self.kinds = {
            row.cells[0].row: {
                kind: text
                for cell in reversed(row.cells)
                if (kind := column_of(cell.text)) and len(text := one_line(cell.text)) <= _LABEL
            }
            for row in self.heads
        }
        self.words = {
            row.cells[0].row: {cell.col + 1: one_line(cell.text) for cell in row.cells} for row in self.heads
        }

    def above(self, row: int) -> Iterator[Row]:
        """The rows of heads above it, the nearest first."""
        return reversed(self.heads[: bisect_right(self._starts, row - 1)])


class Finder:
    """Of one document."""

    def __init__(self, document: Document, reports: Iterable[Report]) -> None:
        self._document = document
        self._grids: dict[int, _Grid] = {}
        self._indicators: dict[tuple[int, int], str] = {}
        self._paragraphs: list[Span] = []
        above = ""
        for block in document.blocks:
            if isinstance(block, Table):
                self._grids[block.number] = _Grid(block, above if len(above) <= _NAME else "")
                above = ""
            elif isinstance(block, Paragraph):
                self._paragraphs.append(block.span)
                above = one_line(block.text) if block.text.strip() else above
        self._starts = [span.start for span in self._paragraphs]
        found = (one for report in reports for one in _known(report))
        self._known = sorted({one.span: one for one in found if one.span.end > one.span.start}.values())
        self._known_starts = [one.span.start for one in self._known]

    def find(self, span: Span, at: Locator | None = None) -> Place:
        """`at` is where the document has it, for whoever has asked already."""
        at = at or self._document.locate(span)
        page = f"第{at.page}页" if at.page is not None else ""
        several = len({name for _, name in self._document.sheets}) > 1
        sheet = f"工作表{quoted(at.sheet)}" if at.sheet is not None and several else ""
        known = self._known_at(span)
        grid = self._grids.get(at.table) if at.table is not None else None
        if grid is None and known is None:
            return Place(f"{page}{sheet}正文", "", self._sentence(span))
        if grid is None:
            assert known is not None
            head = known.heads[0] if known.heads else _HEADS.get(known.kind, "")
            return Place(f"{page}{sheet}{_row(known.label)}", quoted(head) if head else "")
        named = 0 < len(grid.title) <= _LABEL and len(self._grids) > 1
        title = f"《{grid.title}》" if named else ""
        row = grid.rows.get((at.row or 0) - 1)
        label, head = "", ""
        if row is not None:
            label = self._label(grid, row, at.col)
            head = self._head(grid, row, at.col) if self._inside(row, span) else ""
        if known is not None:
            label = _row(known.label) if known.kind or (known.label and not label) else label
            head = "" if known.kind == _NAMED else _printed(grid, row, known, label) or head
        if not (label or head) and row is not None:
            label = f"第{row.cells[0].row + 1}行"
        inside = title or ("" if label else "表内" if row is not None else f"第{at.table}个表")
        return Place(f"{page}{sheet}{inside}{label}", quoted(head) if head else "")

    def _known_at(self, span: Span) -> _Known | None:
        at = bisect_right(self._known_starts, span.start) - 1
        if at < 0:
            return None
        one = self._known[at]
        return one if one.span.start <= span.start < one.span.end else None

    def _inside(self, row: Row, span: Span) -> bool:
        """Whether it stands in one cell."""
        at = bisect_right(row.cells, span.start, key=lambda cell: cell.span.start) - 1
        return at >= 0 and span.end <= row.cells[at].span.end

    def _label(self, grid: _Grid, row: Row, col: int | None) -> str:
        """The words in the last column of indicators, or the last words before its first figure and before the
        quote: 一级、二级 say less than the indicator itself."""
        if named := self._indicator(grid, row):
            return named
        words: list[str] = []
        for at, cell in enumerate(row.cells):
            if at and col is not None and cell.col + 1 >= col:
                break
            text = one_line(cell.text)
            if at and _FIGURE.match(text):
                break
            if _WORDS.search(text) and len(text) <= _NAME:
                words.append(text)
        short = [text for text in words if len(text) <= _LABEL]
        return _row((short or words)[-1]) if words else ""

    def _indicator(self, grid: _Grid, row: Row) -> str:
        """The words of the row in the last column that is headed as one of indicators."""
        key = (grid.table.number, row.cells[0].row)
        if key not in self._indicators:
            named = [
                cell
                for cell in row.cells
                if _WORDS.search(cell.text)
                and len(one_line(cell.text)) <= _NAME
                and _INDICATOR.search(self._head(grid, row, cell.col + 1))
            ]
            self._indicators[key] = _row(named[-1].text) if named else ""
        return self._indicators[key]

    def _head(self, grid: _Grid, row: Row, col: int | None) -> str:
        """The words above in the same column: in the nearest row of heads, or in the one right above that, if it is
        one too and the lower has nothing there."""
        if col is None:
            return ""
        below = None
        for above in grid.above(row.cells[0].row):
            number = above.cells[0].row
            if below is not None and number != below - 1:
                return ""
            text = grid.words[number].get(col, "")
            if _WORDS.search(text):
                return text if len(text) <= _LABEL and not _DIGIT.search(text) else ""
            below = number
        return ""

    def _sentence(self, span: Span) -> str:
        """The sentence in which the words stand; of a very long one the part around them."""
        at = bisect_right(self._starts, span.start) - 1
        inside = at >= 0 and span.start < self._paragraphs[at].end
        start, stop = self._paragraphs[at] if inside else span
        text, begin, end = self._document.text, span.start, max(span.start + 1, min(span.end, stop))
        start, stop = max(start, begin - _REACH), min(stop, end + _REACH)
        first = max((text.rfind(mark, start, begin) + 1 for mark in _ENDS), default=0) or start
        last = min((found for mark in _ENDS if (found := text.find(mark, end - 1, stop)) >= 0), default=stop)
        return near(text[first:last], begin - first, end - first)


def _row(label: str) -> str:
    return f"{quoted(one_line(label))}行"


def _heads(row: Row) -> bool:
    """Whether a row names columns: words alone, most of them such as name a column, or short and three at least."""
    texts = [text for cell in row.cells if (text := one_line(cell.text))]
    if len(texts) < 2 or any(_FIGURE.match(text) for text in texts):
        return False
    known = sum(any(read(text) is not None for read in (column_of, role_of, line_of)) for text in texts)
    return 2 * known >= len(texts)


def _printed(grid: _Grid, row: Row | None, known: _Known, label: str) -> str:
    """What the report itself calls the column of that kind, or what it calls the figure beside its row."""
    for head in known.heads:
        if head and head not in label:
            return head
    if row is not None:
        for above in islice(grid.above(row.cells[0].row), _NEAR):
            if text := grid.kinds[above.cells[0].row].get(known.kind):
                return text
    return _HEADS.get(known.kind, "")


def _known(report: Report) -> Iterator[_Known]:
    for row in report.indicators:
        yield from _cells(row)
    for total in report.totals:
        yield from _total(total)
    for table in report.money_tables:
        for amount in table.amounts:
            line = amount.line
            if line.view is not None and len(name := one_line(line.view.text)) <= _NAME:
                yield _Known(line.view.span(), name, _NAMED)
            yield _Known(amount.span, line.name if line.view else "", "", (amount.label, line.name))


def _cells(row: Indicator) -> Iterator[_Known]:
    cells: dict[str, View | Figure | None] = {
        "target": row.target, "actual": row.actual, "narrative": row.narrative, "reason": row.reason,
        "weight": row.weight, "score": row.score, "review": row.review_score, "deduction": row.deduction,
        "completion": row.completion, "score rate": row.score_rate, "deviation rate": row.deviation,
        "sign": row.sign, "unit": row.unit,
    }  # fmt: skip
    printed = one_line(row.name_view.text)
    name = printed if 0 < len(printed) <= _NAME else row.name
    yield _Known(row.name_view.span(), name, _NAMED)
    for kind, cell in cells.items():
        if cell is not None:
            yield _Known(_span(cell), name, kind)
    for part in row.parts:
        for kind, view in (("target", part.target), ("actual", part.actual)):
            if view is not None:
                yield _Known(_span(view), part.name or name, kind)


def _total(total: ScoreTotal) -> Iterator[_Known]:
    cells = {"weight": total.weight, "score": total.score, "review": total.review_score,
             "deduction": total.deduction}  # fmt: skip
    if total.table is None:
        return
    for kind, cell in cells.items():
        if cell is not None:
            yield _Known(cell.span, total.label, kind)


def _span(cell: View | Figure) -> Span:
    return cell.span if isinstance(cell, Figure) else cell.span()
