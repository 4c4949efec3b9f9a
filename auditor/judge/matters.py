"""Whether a rule has reported already what a model asks: the same place, and the same matter.

Label, target, actual, text and points of one indicator are one place, on however many lines they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from auditor.document import Span
from auditor.figures import Figure, Kind, scan
from auditor.judge.sheet import Line
from auditor.judge.tieout import measure
from auditor.report import Report
from auditor.report.model import Indicator
from auditor.rules import Result, Verdict
from auditor.rules.family import About, is_about

_SAME = {
    "L801": ("C701", "C702", "C703", "T603", "T604", "I305"),
    "L802": ("T604", "T605"),
    "L803": ("C703", "I302", "I303", "I304", "I305", "I306", "S208", "S209", "T603"),
    "L804": ("S210", "I301", "N405", "T604", "T605"),
    "L805": ("I302", "I303", "I306", "T603"),
    "L806": ("S208", "F107", "I301"),
    "L808": ("R501", "R502", "T602", "T603", "T605"),
}
"""Rules that ask the same thing of the same words."""
_BY_FIGURES = ("L803", "L804", "L807")
"""Questions that may be about nothing but the numbers they quote."""
_TELLING = 3


def row_of(report: Report, spans: Iterable[Span]) -> Indicator | None:
    """The indicator in whose cells, or label, one of the places lies."""
    places = list(spans)
    for row in report.indicators:
        if any(cell.overlaps(place) for cell in cells(row) for place in places):
            return row
    return None


def cells(row: Indicator) -> list[Span]:
    """Every place of the row that was read."""
    views = (row.name_view, row.target, row.actual, row.narrative, row.reason)
    figures = (row.weight, row.score, row.review_score)
    return [view.span() for view in views if view is not None] + [
        figure.span for figure in figures if figure is not None
    ]


def restates(
    code: str, places: Sequence[tuple[Span, Line]], figures: Sequence[Figure], result: Result, report: Report
) -> bool:
    """Whether the rule's finding says what the item asks.

    places   the words quoted, each with its line · figures  the numbers of a relation, none for words
    """
    numeric = _numeric(result)
    if figures:
        return numeric and (holds_all(result, figures) or _same_numbers(figures, result, report))
    if code in _BY_FIGURES and numeric and _about_its_numbers(places, result):
        return True
    if result.rule.code not in _SAME.get(code, ()):
        return False
    return all(_one_place(span, line, result, report) for span, line in places)


def _one_place(span: Span, line: Line, result: Result, report: Report) -> bool:
    own = [span, *(view.span() for view in line.views)]
    if (row := row_of(report, [span])) is not None:
        own.extend(cells(row))
    return any(place.overlaps(shown) for place in own for shown in result.evidence)


def _about_its_numbers(places: Sequence[tuple[Span, Line]], result: Result) -> bool:
    """Whether every quote holds numbers, all of them in what the rule shows."""
    for span, line in places:
        inside = [
            figure
            for view in line.views
            for figure in scan(view)
            if span.start <= figure.span.start and figure.span.end <= span.end
        ]
        if not inside or not holds_all(result, inside):
            return False
    return True


def ticked(results: Iterable[Result], figures: Sequence[Figure]) -> bool:
    """Whether a rule has recomputed the numbers and found that they agree. One that compared words only shows them."""
    return any(
        result.verdict is Verdict.CONSISTENT and _numeric(result) and holds_all(result, figures)
        for result in results
    )


def accounted_for(results: Iterable[Result], claimed: Figure) -> bool:
    """Whether a rule has made a rate of other numbers and it came out: of two pairs it is told of one."""
    return claimed.kind in (Kind.RATE, Kind.POINTS) and any(
        result.verdict is Verdict.CONSISTENT and result.relations and holds_all(result, [claimed])
        for result in results
    )


def _numeric(result: Result) -> bool:
    return is_about(result.rule.code, About.FIGURES) or is_about(result.rule.code, About.DATES)


def holds_all(result: Result, figures: Iterable[Figure]) -> bool:
    """Whether the result shows every one of the numbers."""
    return all(any(span.overlaps(figure.span) for span in result.evidence) for figure in figures)


def _same_numbers(figures: Sequence[Figure], result: Result, report: Report) -> bool:
    """The same numbers printed at another place: a sum told twice in a report is one question."""
    if len(figures) < _TELLING or not result.flagged:
        return False
    shown = {
        (figure.base, measure(figure))
        for span in result.evidence
        for passage in report.passages
        if passage.span.overlaps(span)
        for figure in passage.figures
        if figure.span.overlaps(span)
    }
    return all((figure.base, measure(figure)) in shown for figure in figures)
