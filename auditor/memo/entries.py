"""The reports of a memo under the numbers that every paper gives them: the riskiest is the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.memo import wording
from auditor.memo.decisions import identities
from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.problems import Problem, problems
from auditor.memo.twins import figures_of
from auditor.values import frozen


@frozen
class Entry:
    """One report: its mark in a file of decisions, its file. `alone` says that the memo has no other; `same` is equal
    for what is one report, `repeats` names the file that has brought it before, "" where none has."""

    alone: bool
    mark: str
    document: Document
    report: Report
    same: tuple[str, ...]
    repeats: str

    @property
    def number(self) -> int:
        assert self.report.number is not None
        return self.report.number

    @property
    def prefix(self) -> str:
        """What stands before the numbers of its problems: 2·3 is the third of the second report."""
        return "" if self.alone else f"{self.number}·"

    @property
    def name(self) -> str:
        return wording.name(self.report)

    @property
    def ordinal(self) -> str:
        """What stands before its name; a memo that has no other report counts none."""
        return "" if self.alone and self.number == 1 else f"{self.number}　"

    def problems(self, *, model: bool = False) -> Iterator[Problem]:
        """Those of the rules, or those of the model."""
        return (one for one in problems(self.report) if (one.kind == "model") is model)

    def of(self, *verdicts: str) -> Iterator[Result]:
        """Every result of the rules with one of the verdicts, also those that stand under another."""
        return (one for one in self.report.every() if one.verdict in verdicts and one.origin != "model")


def put_numbers(documents: Sequence[Document]) -> None:
    """Gives every report its number by its place in every paper, unless it has one already: that of the season, or in
    a memo on one file of many its place in the file. Marks what was handed in once more."""
    for place, entry in enumerate(_ordered(documents), 1):
        entry.report.number = entry.report.number or place
    listed = {id(entry.report) for entry in once(documents)}
    for entry in _found(documents):
        if id(entry.report) not in listed:
            entry.report.repeats = entry.repeats


def entries(memo: Memo) -> list[Entry]:
    """All reports by risk, what was handed in once more behind all others."""
    return _ordered(memo.documents)


def _ordered(documents: Sequence[Document]) -> list[Entry]:
    return sorted(_found(documents), key=lambda one: (bool(one.repeats), wording.risk(one.report)))


def telling(memo: Memo) -> list[Entry]:
    """Those without what was handed in once more and has nothing new: nobody is asked the same twice."""
    return once(memo.documents)


def once(documents: Sequence[Document]) -> list[Entry]:
    """As `telling`."""
    found: list[Entry] = []
    known: dict[tuple[str, ...], set[str]] = {}
    for entry in _ordered(documents):
        told = {one.fingerprint for one in entry.report.every() if one.verdict != "consistent"}
        before = known.setdefault(entry.same, set())
        if not entry.repeats or not told <= before:
            found.append(entry)
        before |= told
    return found


def _found(documents: Sequence[Document]) -> Iterator[Entry]:
    alone = sum(len(document.reports) for document in documents) == 1
    first: dict[tuple[str, ...], str] = {}
    for document in documents:
        for at, (report, mark) in enumerate(zip(document.reports, identities(document), strict=True)):
            same = figures_of(report) or (document.sha256, str(at))
            before = first.setdefault(same, document.path)
            yield Entry(alone, mark, document, report, same, before if before != document.path else "")
