"""The reports of a memo, numbered as every sheet names them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from auditor.memo.decisions import identities
from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.problems import Problem, problems
from auditor.memo.twins import figures_of
from auditor.memo.wording import name
from auditor.values import frozen


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
    """All reports of the memo, in its order and under the numbers that it gives them; one that was handed in once more
    and has nothing new would only ask for the same decisions again."""
    alone = sum(len(document.reports) for document in memo.documents) == 1
    found: list[Entry] = []
    known: dict[tuple[str, ...], set[str]] = {}
    number = count(1)
    for document in memo.documents:
        for report, mark in zip(document.reports, identities(document), strict=True):
            entry = Entry(next(number), alone, mark, document, report)
            same = figures_of(report)
            told = {one.fingerprint for one in report.every() if one.verdict != "consistent"}
            if same and same in known and told <= known[same]:
                continue
            known.setdefault(same, set()).update(told)
            found.append(entry)
    return found


def basis(result: Result) -> str:
    return "；".join(one.source for one in result.basis)
