"""Where the readers found figures and words: what has its place."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from auditor.document import Span, View
from auditor.report.model import Report
from auditor.report.unread.form_words import makes_form

_NESTED = 4  # texts kept that may hold one another: a name, its joined label, the levels around it
DENSE = 3  # so many figures in a row of a form are no fields with a label each


class Places:
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


class Words:
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


class Shared:
    """Points of a cell merged over several rows, which a converter wrote into each of them."""

    def __init__(self, report: Report) -> None:
        rows = [row for row in report.indicators if row.shares_score]
        self._rows = Places([row.span for row in rows])
        points = (figure for row in rows for figure in (row.weight, row.score, row.review_score))
        self._points = {figure.raw for figure in points if figure is not None}

    def repeats(self, value: View) -> bool:
        return value.text in self._points and self._rows.touch(value.span())


def worded(report: Report) -> Iterator[Span]:
    """Where the readers found words: names, levels, reasons."""
    for row in report.indicators:
        views = (row.name_view, row.narrative, row.reason)
        yield from (one.span() for one in views if one is not None)
        yield from (level.view.span() for level in row.path)


def taken(report: Report) -> Iterator[Span]:
    """Where the readers found figures, and texts that may be of any kind."""
    for table in report.money_tables:
        yield from (amount.span for amount in table.amounts)
        yield from table.aside
    for row in report.indicators:
        views = (row.target, row.actual, row.completion, row.score_rate, row.deviation, *row.aside)
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
        if not makes_form(grid.labels.values(), [line.lead for line in grid.rows]):
            lines = (line for line in grid.rows if len(line.values) >= DENSE)
            yield from (figure.span for line in lines for figure in line.values.values())
    yield from (amount.span for amount in report.prose_amounts)
    yield from (formula.view.span() for formula in report.formulas)
    yield from (band.view.span() for band in report.scale)
    yield from (band.view.span() for band in report.rating_bands)
    yield from (goal.view.span() for goal in report.goals)
    yield from (passage.span for passage in (*report.problems, *report.measures))
    if report.fiscal_year_view is not None:
        yield report.fiscal_year_view.span()
