"""A sum that fails on what can be seen and holds with what is hidden is a question, no contradiction.

Hidden rows, sheets and words take no part in what is compared. Where something is `inconsistent` in a
document that hides text, it is compared once more as if everything could be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.document import Document, Span, revealed
from auditor.report import read_reports
from auditor.rules import Result, Settings, Severity, Verdict
from auditor.rules.catalogue import Entry

_HOLDS = "（计入隐藏的内容后相符，请说明这些内容为什么隐藏。）"


def asked(
    results: list[list[Result]], document: Document, rules: Iterable[Entry], settings: Settings
) -> list[list[Result]]:
    """The results of the document's reports, in order; those that only fail without what is hidden ask."""
    codes = {result.rule.code for own in results for result in own if result.verdict is Verdict.INCONSISTENT}
    if not document.hidden or not codes:
        return results
    reports = read_reports(revealed(document))
    whole = [
        result
        for entry in rules
        if entry.rule.code in codes and not entry.compares_reports
        for report in reports
        for _, result in entry.check([report], settings)
    ]
    return [[_asked(result, whole) for result in own] for own in results]


def _asked(result: Result, whole: list[Result]) -> Result:
    if result.verdict is not Verdict.INCONSISTENT:
        return result
    alike = [other for other in whole if other.rule.code == result.rule.code]
    holds = any(
        other.verdict is Verdict.CONSISTENT
        and all(_touch([span], other.evidence) for span in result.evidence)
        for other in alike
    )
    fails = any(
        other.verdict is Verdict.INCONSISTENT and _touch(result.evidence, other.evidence) for other in alike
    )
    if fails or not holds:
        return result
    return replace(
        result, verdict=Verdict.QUERY, message=result.message + _HOLDS, severity=Severity.LOW, impact=""
    )


def _touch(one: Iterable[Span], other: Iterable[Span]) -> bool:
    others = list(other)
    return any(span.overlaps(place) for span in one for place in others)
