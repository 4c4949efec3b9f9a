"""The results of a memo as the entries of the page, numbered as the Markdown memo numbers them."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.memo import wording
from auditor.memo.model import Document, Memo, Report, Result

KINDS = {
    "inconsistent": "不一致",
    "query": "存疑",
    "model": "模型提问",
    "not_assessable": "无法核验",
    "consistent": "一致",
}
"""What an entry is, worst first: the verdict, and apart from it what a model asks."""


@dataclass(frozen=True)
class Entry:
    """One result. `at` numbers the entries of the page, `number` is the one people use ("一.2");
    tick marks have none. `joined` says that it has its cause in common with the entry above."""

    at: int
    number: str
    result: Result
    joined: bool = False

    @property
    def kind(self) -> str:
        return "model" if self.result.origin == "model" else self.result.verdict


@dataclass
class Paper:
    """One report with its entries by chapter."""

    number: int
    document: Document
    report: Report
    inconsistent: list[list[Entry]] = field(default_factory=list)
    query: list[list[Entry]] = field(default_factory=list)
    consistent: list[Entry] = field(default_factory=list)
    not_assessable: list[Entry] = field(default_factory=list)
    model: list[Entry] = field(default_factory=list)

    @property
    def entries(self) -> list[Entry]:
        return [
            *(entry for cause in (*self.inconsistent, *self.query) for entry in cause),
            *self.consistent, *self.not_assessable, *self.model,
        ]  # fmt: skip


def papers(memo: Memo) -> list[Paper]:
    """Every report of the memo, in its order."""
    reports = [(document, report) for document in memo.documents for report in document.reports]
    found: list[Paper] = []
    count = 0
    for number, (document, report) in enumerate(reports, 1):
        paper = _paper(Paper(number, document, report), count, f"{number}·" if len(reports) > 1 else "")
        found.append(paper)
        count += len(paper.entries)
    return found


def _paper(paper: Paper, count: int, prefix: str) -> Paper:
    report = paper.report
    for chapter, causes in (("一", paper.inconsistent), ("二", paper.query)):
        verdict = "inconsistent" if chapter == "一" else "query"
        for number, results in enumerate(wording.causes(report, verdict), 1):
            label = f"{prefix}{chapter}.{number}"
            causes.append([Entry(count + at, label, one, at > 0) for at, one in enumerate(results)])
            count += len(results)
    for chapter, entries, results in (
        ("", paper.consistent, wording.having(report, "consistent")),
        ("四", paper.not_assessable, wording.having(report, "not_assessable")),
        ("六", paper.model, wording.asked(report)),
    ):
        for at, one in enumerate(results):
            entries.append(Entry(count + at, f"{prefix}{chapter}.{at + 1}" if chapter else "", one))
        count += len(results)
    return paper
