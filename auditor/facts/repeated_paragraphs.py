"""The same paragraph printed twice in one report."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.language import word
from auditor.report.model import Passage, Report, TextKind
from auditor.report.split import is_title

_LONG = 40


def repeated_paragraphs(report: Report) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of paragraphs, the earlier first, whose words are the same from beginning to end.

    Notes of the form are printed again on purpose, and the form and the narrative of one project may
    say the same: a title begins another paper.
    """
    first: dict[str, Passage] = {}
    for passage in report.passages:
        if is_title(passage.text):
            first = {}
        if passage.kind is not TextKind.PROSE or passage.filled_by_system:
            continue
        words = word("leading_number").sub("", "".join(passage.text.split()))
        if len(words) < _LONG or word("form_remark").match(words):
            continue
        earlier = first.setdefault(words, passage)
        if earlier is not passage:
            yield earlier, passage
