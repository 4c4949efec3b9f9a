"""The reports of a memo, numbered as every sheet names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.memo.decisions import identities
from auditor.memo.escape import quoted
from auditor.memo.model import Document, Evidence, Memo, Report, Result
from auditor.memo.place import further, lines, spots
from auditor.memo.problems import Problem, problems
from auditor.memo.wording import name
from auditor.values import frozen

_PLACED = 3


@frozen
class Entry:
    """One report: its number in the workbook, its mark in a file of decisions, its file. `alone` says
    that the workbook has no other."""

    number: int
    alone: bool
    mark: str
    document: Document
    report: Report

    @property
    def name(self) -> str:
        return name(self.report)

    def problems(self, *, model: bool = False) -> Iterator[Problem]:
        """Those of the rules, or those of the model."""
        return (one for one in problems(self.report) if (one.kind == "model") is model)

    def of(self, *verdicts: str) -> Iterator[Result]:
        """Every result of the rules with one of the verdicts, also those that stand under another."""
        return (one for one in self.report.every() if one.verdict in verdicts and one.origin != "model")


def entries(memo: Memo) -> list[Entry]:
    """All reports of the memo, in its order."""
    alone = sum(len(document.reports) for document in memo.documents) == 1
    found: list[Entry] = []
    for document in memo.documents:
        for report, mark in zip(document.reports, identities(document), strict=True):
            found.append(Entry(len(found) + 1, alone, mark, document, report))
    return found


def basis(result: Result) -> str:
    return "；".join(one.source for one in result.basis)


def where(evidence: Sequence[Evidence]) -> str:
    """Places without their words: 第7行（表1第4行第4、5列）；第26行. The lines alone where there are many."""
    shown, rest = spots(evidence)
    if rest or len(shown) > _PLACED:
        return lines(evidence)
    return "；".join(spot.where for spot in shown)


def quotes(evidence: Sequence[Evidence]) -> str:
    """Places with their words, in plain text."""
    shown, rest = spots(evidence)
    told = [spot.where + "".join(quoted(one.quote) for one in spot.quotes) for spot in shown]
    return "；".join([*told, further(rest)] if rest else told)
