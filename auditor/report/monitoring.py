"""Whether a paper is one of the middle of the year, where no title says so."""

from __future__ import annotations

from auditor.language.lexicon import word
from auditor.report.model import FormKind, Report, TextKind

_HEADS = 2
"""Columns of that kind: one alone may stand in a self-evaluation that tells of its course."""


def settle_monitoring(report: Report) -> None:
    """Its kind by its columns. A paper that calls itself an evaluation of oneself is one."""
    if (
        report.form is not FormKind.SELF_EVALUATION
        or "自评" in report.title
        or report.total_score is not None
    ):
        return
    heads = {
        passage.text
        for passage in report.passages
        if passage.kind is TextKind.CELL and word("monitor_header").fullmatch(passage.text)
    }
    if len(heads) >= _HEADS:
        report.form = FormKind.MONITOR
