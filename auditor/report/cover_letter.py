"""Whether a paper only comes with reports: a letter, a note on the filling in, a promise. It states nothing of its own."""

from __future__ import annotations

from auditor.figures import Kind
from auditor.language.lexicon import word
from auditor.report.model import FormKind, Report

_HEAD = 6
"""Passages among which the name of such a paper stands."""
_STATED = (Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.SCORE)
"""Figures without which nobody evaluates himself; how many papers are handed in is none of them."""


def settle_letter(report: Report) -> None:
    """Its kind, where its first lines say so and neither a form nor an amount, a rate or points stand in it. Silence
    alone says nothing: it may be a report that nobody could read."""
    if report.form is not FormKind.SELF_EVALUATION or report.title:
        return
    if (
        report.money_tables
        or report.indicators
        or report.unread_forms
        or report.totals
        or report.plain_columns
    ):
        return
    named = (
        (passage.view, match)
        for passage in report.passages[:_HEAD]
        if (match := word("letter_title").search(passage.text))
    )
    view, match = next(named, (None, None))
    if view is None or match is None:
        return
    if any(figure.kind in _STATED for passage in report.passages for figure in passage.figures):
        return
    report.form, report.project = FormKind.LETTER, ""
    report.title_view = view.part(match.start(), match.end())
    report.title = report.title_view.text.rstrip(":：")
