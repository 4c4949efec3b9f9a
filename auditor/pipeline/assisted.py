"""Reports read once more where a model told the grid of a stretch that no reader took.

What rests on such a grid only asks, and says so. What the plain reading proves stays proved: a grid can add
questions, and it can hide no proof.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from auditor.facts.unread import unread_forms
from auditor.judge.outcome import Labelling
from auditor.report import Report, read_reports
from auditor.rules import Result, Severity, Verdict

NOTE = "（表格经模型辅助读入，请先核对原表。）"


def read_again(reports: Sequence[Report], labellings: Sequence[Labelling]) -> list[Report] | None:
    """The reports of one document with the grids that were told; None where that reads no better."""
    grids = [grid for labelling in labellings for grid in labelling.labelled]
    if not grids:
        return None
    again = read_reports(reports[0].document, grids)
    alike = [report.reach for report in again] == [report.reach for report in reports]
    if not alike or not any(report.assisted for report in again) or _lost(again) >= _lost(reports):
        return None
    for labelling in labellings:
        spans = [grid.span for grid in labelling.labelled]
        labelling.used = sum(span in spans for report in again for span in report.assisted)
    return again


def _lost(reports: Sequence[Report]) -> int:
    """Figures that nobody could place."""
    return sum(
        len(report.unread) + sum(len(form.figures) for form in unread_forms(report)) for report in reports
    )


def together(
    plain: Sequence[Result], assisted: Sequence[Result], report: Report, compares: Callable[[Result], bool]
) -> list[Result]:
    """The results of a report that was read with a model's help.

    plain     what the rules said of the report as it was read without
    compares  whether a result comes of a comparison with other reports, which are compared as read without
    """
    proved = {_matter(result) for result in plain if result.verdict is Verdict.INCONSISTENT}
    own = [asking(result, report, _matter(result) in proved) for result in assisted]
    told = {_matter(result) for result in own if result.flagged}
    kept = [
        result
        for result in plain
        if compares(result) or (_stands(result, report) and _matter(result) not in told)
    ]
    return [*own, *kept]


def _stands(result: Result, report: Report) -> bool:
    """Whether a finding of the plain reading stays: a proof does, a question where it rests on other words."""
    if result.verdict is Verdict.INCONSISTENT:
        return True
    return result.flagged and not _rests(result, report)


def _rests(result: Result, report: Report) -> bool:
    return any(span.overlaps(place) for span in result.evidence for place in report.assisted)


def _matter(result: Result) -> tuple[str, frozenset[object]]:
    return result.rule.code, frozenset(result.evidence)


def asking(result: Result, report: Report, proved: bool) -> Result:
    """The result, at most as a question where it rests on a grid that a model told. `proved`: the page proves
    it without."""
    if proved or (not _rests(result, report) and result.verdict is not Verdict.INCONSISTENT):
        return result
    if result.verdict is Verdict.INCONSISTENT:
        return replace(
            result, verdict=Verdict.QUERY, message=result.message + NOTE, severity=Severity.LOW, impact=""
        )
    return replace(result, message=result.message + NOTE)
