"""Whether a paper is the evaluator's own table: scores given anew, what was taken off, and why."""

from __future__ import annotations

from pathlib import PurePath

from auditor.language.lexicon import word
from auditor.report.model import FormKind, Report


def settle_review(report: Report) -> None:
    """Its kind, where its title or its file says so, or a column of points taken off; a form with money of its
    own is the unit's, whoever has written marks beside it."""
    if report.form not in (FormKind.SELF_EVALUATION, FormKind.EVALUATION) or report.money_tables:
        return
    reviewed = any(row.review_score is not None for row in report.indicators)
    deducted = any(row.deduction is not None for row in report.indicators)
    stem = PurePath(report.document.path.replace("\\", "/")).stem
    named = any(word("review_title").search(text) for text in (report.title, stem))
    if deducted or (named and (reviewed or any(row.has_reason_column for row in report.indicators))):
        report.form = FormKind.REVIEW
