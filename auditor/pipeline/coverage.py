"""How many of the report's figures were recomputed, and how many could not be."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from auditor.document import Span
from auditor.facts.unread import unread_forms
from auditor.figures import Kind
from auditor.report import Report
from auditor.rules import Result, Verdict
from auditor.rules.family import About, is_about
from auditor.values import frozen

_NOT_COUNTED = (Kind.DATE, Kind.DOCNO, Kind.ORDINAL, Kind.CODE)


@frozen
class Coverage:
    """figures  numbers written in the report, without dates, document numbers, ordinals and codes
    checked  those inside the evidence of a result that compares figures
    not_assessable  those, not checked, that could not be read or judged
    unread_tables  tables, or what looks like them, of which several figures have no place
    figures_unplaced  figures that look like those of a table and have no place"""

    figures: int
    checked: int
    not_assessable: int
    unread_tables: int = 0
    figures_unplaced: int = 0


def coverage(report: Report, results: Iterable[Result]) -> Coverage:
    compared: list[Span] = []
    unplaced: list[Span] = [span for span, _ in report.unread]
    unplaced += [figure.span for table in report.money_tables for figure, _ in table.unread]
    forms = list(unread_forms(report))
    lost = {figure.span for form in forms for figure in form.figures}
    failed = [*unplaced, *lost]
    for result in results:
        if result.verdict is Verdict.NOT_ASSESSABLE:
            failed.extend(result.evidence)
        elif not is_about(result.rule.code, About.WORDS):  # quoting a paragraph recomputes nothing
            compared.extend(result.evidence)
    spans = {figure.span for figure in report.figures if figure.kind not in _NOT_COUNTED}
    checked = _inside(spans, compared)
    return Coverage(
        len(spans),
        len(checked),
        len(_inside(spans - checked, failed)),
        len(forms),
        len(_inside(spans, unplaced) | lost),
    )


def _inside(spans: Iterable[Span], holders: Iterable[Span]) -> set[Span]:
    """The spans that lie inside one of the holders."""
    starts: list[int] = []
    reaches: list[int] = []
    for start, end in sorted(holders):
        starts.append(start)
        reaches.append(max(end, reaches[-1]) if reaches else end)
    return {
        span for span in spans if (at := bisect_right(starts, span.start)) and reaches[at - 1] >= span.end
    }
