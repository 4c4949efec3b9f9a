"""Notes: lines below a head that opens one."""

from __future__ import annotations

import re
from collections.abc import Container

from auditor.document import View
from auditor.language import word
from auditor.report.model import Passage, Report, TextKind


def with_notes(
    report: Report, head: re.Pattern[str], below: Container[TextKind]
) -> list[tuple[Passage, bool]]:
    """Each passage, and whether it stands in a note: it begins with a `head`, or none but passages of the kinds
    `below` part it from one."""
    noted = False
    return [
        (one, noted := head.match(one.text) is not None or (noted and one.kind in below))
        for one in report.passages
    ]


def in_form_notes(report: Report, view: View) -> bool:
    """Whether a place stands in a note of the form, or in the lines of text below the head of one."""
    for passage, noted in with_notes(report, word("form_note"), (TextKind.PROSE,)):
        if passage.span.overlaps(view.span()):
            return noted
    return False
