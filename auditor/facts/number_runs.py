"""Things numbered from one number to another, against how many they are said to be.

编号自第014号至第049号，共35份      36: the first and the last count
第3期至第9期共7期                   holds
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen


@frozen
class Run:
    """The words that tell a run of numbers and its count, the count as told and as the numbers give it."""

    view: View
    told: int
    counted: int


def number_runs(passage: Passage) -> Iterator[Run]:
    """Every run of numbers whose count is told behind it."""
    for match in word("number_run").finditer(passage.text):
        first, last = int(match["first"]), int(match["last"])
        if last > first and not word("run_with_gaps").search(match.group()):
            yield Run(passage.view.part(*match.span()), int(match["count"]), last - first + 1)
