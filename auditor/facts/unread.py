"""What no reader took, less what relations between columns bear out: "完成率" under no word of ours is the quotient of the
two columns before it in every row, and so its figures have their place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auditor.document import Span
from auditor.facts.row_relations import related_columns
from auditor.facts.stated import once
from auditor.report.model import Report, UnreadForm
from auditor.report.unread.kept import Places


@once
def _columns_borne_out(report: Report) -> Iterator[Span]:
    """Every figure of a column that a relation of its grid names."""
    for grid, found in related_columns(report):
        named = set(found.columns)
        yield from (row.values[col].span for row in grid.rows for col in named & row.values.keys())


@once
def unread_forms(report: Report) -> Iterator[UnreadForm]:
    """The unread forms of a report, with the figures and lines that nothing gives a place. Relations do on a line of which
    amounts of money were read: what they say of points, or of a table that nobody read, is not what these mean."""
    placed = set(_columns_borne_out(report)) if report.unread_forms else set()
    read = Places([amount.span for table in report.money_tables for amount in table.amounts])
    for form in report.unread_forms:
        known = [line for line in form.lines if read.touch(line)]
        left = tuple(
            figure
            for figure in form.figures
            if figure.span not in placed or not any(line.overlaps(figure.span) for line in known)
        )
        if len(left) == len(form.figures):
            yield form
        elif left:
            lines = tuple(line for line in form.lines if any(line.overlaps(one.span) for one in left))
            yield replace(form, figures=left, lines=lines)
