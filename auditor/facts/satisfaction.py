"""Satisfaction told as a fact in running text, and words by which nobody was asked.

群众满意度95%，得5分          points are taken for it
满意度95%，未开展问卷调查     nobody was asked
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.quantities import is_plan, plan_spans
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Report, TextKind

_TITLE = 16  # characters that a part begins with


def denied_surveys(report: Report) -> Iterator[tuple[Quantity, View]]:
    """The rate of satisfaction of each passage that goes on to say that nobody was asked, and those words."""
    for passage in report.prose:
        match = word("survey_denied").search(passage.text) if "满意" in passage.text else None
        if match is None or passage.filled_by_system:
            continue
        rates = [
            one
            for one in quantities_of(passage)
            if one.kind is Kind.RATE and one.end <= match.start() and not one.figure.is_bound
            if one.modality is Modality.ACTUAL
        ]
        if rates:
            yield rates[-1], passage.view.part(*passage.structure.clause_span(*match.span()))


def satisfaction_claimed(report: Report) -> Iterator[Quantity]:
    """Satisfaction told as a fact in running text."""
    goals = plan_spans(report)
    for passage in report.prose:
        if passage.kind is not TextKind.PROSE or passage.filled_by_system or "满意" not in passage.text:
            continue
        for quantity in quantities_of(passage):
            named = quantity.kind is Kind.RATE and word("satisfaction").search(quantity.head)
            if named and not is_plan(quantity, goals) and _counts(quantity):
                yield quantity


def _counts(quantity: Quantity) -> bool:
    """Whether points are taken for it, or a part of the report is about it: not told in passing."""
    if word("plan").search(quantity.passage.text[:_TITLE]):
        return False
    start, end = quantity.structure.sentence_span(quantity.start)
    said = f"{quantity.passage.section}。{quantity.passage.text[:_TITLE]}"
    return bool(
        word("marks_taken").search(quantity.passage.text, start, end) or word("on_satisfaction").search(said)
    )
