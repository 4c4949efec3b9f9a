"""What a text without scores by row says of its points all the same."""

from __future__ import annotations

from decimal import Decimal

from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Report


def deductions_told(report: Report, lost: Decimal) -> bool:
    """Whether the text says what each lost point was taken for: "扣5分：预算执行扣1分，产出扣4分"."""
    taken = [
        figure.value
        for passage in report.prose
        for figure in passage.figures
        if figure.kind is Kind.SCORE and passage.text[: figure.start].endswith("扣")
    ]
    return lost > 0 and bool(taken) and sum(taken, Decimal(0)) in (lost, 2 * lost)


def told_in_passing(report: Report, total: Figure) -> bool:
    """Whether a text that has no part on its scores only names the total, or names what it fell short of in the same
    sentence: the form with the scores is another paper ("42个小区完工，资金安全，自评95分")."""
    passage = next((one for one in report.prose if one.span.overlaps(total.span)), None)
    if passage is None:
        return False
    start, end = passage.structure.sentence_span(total.start)
    if word("fell_short").search(passage.text, start, end):
        return True
    if any(word("about_scores").search(section.title) for section in report.sections):
        return False
    return any(start <= one.start < end and one.kind is not Kind.SCORE for one in passage.figures)
