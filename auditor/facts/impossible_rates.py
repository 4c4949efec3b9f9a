"""Rates that no more than all can have, told above 100%: 满意度, 合格率."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Span
from auditor.facts.quantities import quantities
from auditor.figures import Figure, Kind, scan
from auditor.language import word
from auditor.report.model import Report


def above_all(report: Report) -> Iterator[tuple[str, Figure]]:
    """Name and figure of each, of the indicators first; a rate against a target may well be above."""
    told: list[tuple[str, Figure]] = [
        (indicator.name, figure)
        for indicator in report.indicators
        if indicator.actual is not None and not word("of_a_target").search(indicator.actual.text)
        for figure in scan(indicator.actual)[:1]
    ]
    told += [
        (q.label, q.figure)
        for passage in report.prose
        if not word("rate_formula").search(passage.text)
        for q in quantities(passage)
    ]
    seen: set[Span] = set()
    for name, figure in told:
        if figure.kind is not Kind.RATE or not word("never_above_all").search(name) or figure.span in seen:
            continue
        if figure.base.low > 1 and not figure.is_bound and figure.upper is None:
            seen.add(figure.span)
            yield name, figure
