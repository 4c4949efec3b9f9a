"""A report as the lines a reader compares: paragraphs and table rows, each with its figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property

from auditor.document import Paragraph, Span, View
from auditor.figures import Figure, Kind, scan
from auditor.memo.finding_places import Finder
from auditor.report import Report
from auditor.report.model import Indicator
from auditor.values import frozen

_NO_FIGURE = (Kind.ORDINAL, Kind.CODE)
MASK = "\x00"
"""Stands for a figure in a line's words."""


@frozen
class Line:
    """A paragraph or a table row. `words` is its text with a `MASK` for each figure."""

    span: Span
    text: str
    words: str
    figures: tuple[Figure, ...]

    @property
    def label(self) -> str:
        """The first words of it."""
        return next((part for part in self.text.split("\t") if part), self.text)


@frozen
class Page:
    """The lines of one report, in order."""

    report: Report
    lines: tuple[Line, ...]

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.report.document, [self.report])

    def place(self, span: Span) -> str:
        """“年度资金总额”行的“执行率”, 第2页正文: where a person finds it."""
        found = self._finder.find(span)
        return f"{found.where}的{found.head}" if found.head else found.where

    @cached_property
    def _starts(self) -> list[int]:
        return [line.span.start for line in self.lines]

    @cached_property
    def _figures(self) -> list[tuple[Span, int, Figure]]:
        found = [(figure.span, at, figure) for at, line in enumerate(self.lines) for figure in line.figures]
        return sorted(found, key=lambda one: one[0])

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [span.start for span, _, _ in self._figures]

    @cached_property
    def _indicators(self) -> list[Indicator]:
        return sorted(self.report.indicators, key=lambda row: row.span)

    def named(self, line: Line) -> str:
        """The indicator that the line is the row of; else the line's first words."""
        at = bisect_left(self._indicators, line.span.end, key=lambda row: row.span.start) - 1
        if at >= 0 and self._indicators[at].span.overlaps(line.span):
            return self._indicators[at].name
        return line.label

    def lines_at(self, spans: Iterable[Span]) -> set[int]:
        """Indices of the lines that the spans touch."""
        found: set[int] = set()
        for span in spans:
            first = max(bisect_right(self._starts, span.start) - 1, 0)
            for at in range(first, bisect_left(self._starts, span.end)):
                if self.lines[at].span.overlaps(span):
                    found.add(at)
        return found

    def figures_at(self, spans: Iterable[Span]) -> dict[Span, Figure]:
        """The figures inside the spans."""
        found: dict[Span, Figure] = {}
        for span in spans:
            first = max(bisect_right(self._figure_starts, span.start) - 1, 0)
            for at in range(first, bisect_left(self._figure_starts, span.end)):
                place, _, figure = self._figures[at]
                if place.overlaps(span):
                    found[place] = figure
        return found


def page(report: Report) -> Page:
    """The lines of the document that belong to the report."""
    return Page(report, tuple(sorted(_lines(report), key=lambda line: line.span)))


def _lines(report: Report) -> Iterator[Line]:
    for block in report.document.blocks:
        if isinstance(block, Paragraph):
            if _inside(block.span, report.span) and block.text:
                yield _line(block.span, [block.view])
            continue
        for row in block.rows:
            if row.cells and _inside(row.span, report.span):
                yield _line(row.span, [cell.view for cell in row.cells])


def _inside(span: Span, whole: Span) -> bool:
    return whole.start <= span.start < whole.end


def _line(span: Span, views: list[View]) -> Line:
    words, figures = [], []
    for view in views:
        own = [figure for figure in scan(view) if figure.kind not in _NO_FIGURE]
        figures += own
        words.append(_masked(view.text, own))
    return Line(span, "\t".join(view.text for view in views), "\t".join(words), tuple(figures))


def _masked(text: str, figures: list[Figure]) -> str:
    parts, at = [], 0
    for figure in figures:
        if figure.start >= at:
            parts += [text[at : figure.start], MASK]
            at = figure.end
    return "".join([*parts, text[at:]])
