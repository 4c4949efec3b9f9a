"""The results of a memo as the entries of the page, under the numbers that every paper gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from auditor.memo import wording
from auditor.memo.entries import telling
from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.problems import problems
from auditor.values import frozen

KINDS = {
    "inconsistent": "不一致",
    "query": "存疑",
    "model": "模型提问",
    "not_assessable": "无法核验",
    "consistent": "一致",
}
"""What an entry is, worst first: the verdict, and apart from it what a model asks."""


@frozen
class Entry:
    """One result. `at` numbers the entries of the page, `number` is the one people use; tick marks and
    what could not be checked have none. `joined` says that it has its cause in common with the entry
    above, under whose number it stands."""

    at: int
    number: str
    result: Result
    joined: bool = False

    @property
    def kind(self) -> str:
        return "model" if self.result.origin == "model" else self.result.verdict


@dataclass
class Paper:
    """One report with its entries: problems by cause, those of the rules and those of a model."""

    number: int
    heading: str
    document: Document
    report: Report
    problems: list[list[Entry]] = field(default_factory=list)
    model: list[list[Entry]] = field(default_factory=list)
    consistent: list[Entry] = field(default_factory=list)
    not_assessable: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return [
            *(entry for cause in (*self.problems, *self.model) for entry in cause),
            *self.consistent, *self.not_assessable,
        ]  # fmt: skip


def papers(memo: Memo) -> list[Paper]:
    """Every report of the memo, in the order of the numbers."""
    at = count()
    return [
        _paper(Paper(one.number, f"{one.ordinal}{one.name}", one.document, one.report), at, one.prefix)
        for one in telling(memo)
    ]


def _paper(paper: Paper, at: Iterator[int], prefix: str) -> Paper:
    report = paper.report
    found = problems(report)
    for chapter, models in ((paper.problems, False), (paper.model, True)):
        for one in found:
            if (one.kind == "model") is models:
                label = f"{prefix}{one.number}"
                chapter.append([Entry(next(at), label, each, each is not one.first) for each in one.results])
    for entries, verdict in ((paper.consistent, "consistent"), (paper.not_assessable, "not_assessable")):
        entries += [Entry(next(at), "", one) for one in wording.having(report, verdict)]
    return paper
