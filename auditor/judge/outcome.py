"""What came of reading one report's narratives with a model. Light: imports no model client."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from auditor.judge.call import Usage
from auditor.report import Report
from auditor.report.labelled import Labelled
from auditor.rules import Result
from auditor.values import frozen


@dataclass
class Finding(Result):
    """A result that a model proposed and code verified.

    model   as the endpoint names it · prompt  id@version of the words sent
    answer  hash of the answer it was taken from
    """

    model: str = ""
    prompt: str = ""
    answer: str = ""


@frozen
class Dropped:
    """An item of an answer that was not believed, and why."""

    code: str
    sentence: int
    quote: str
    reason: str


@frozen
class Attached:
    """A question about a place and a matter that a rule has already reported: told under that finding."""

    result: Result
    code: str
    quote: str
    question: str


@dataclass
class Outcome:
    """One report's narrative review.

    done     every request was answered with something that could be read
    status   one line in Chinese: what was done, or why nothing was
    ticks    relations that the model proposed and that hold
    attached questions about what a rule has reported already
    merged   proposals that a rule has judged already
    asked    items in the answers, those that break the schema included
    cost     of the answers at the prices set, "" without prices
    sources  where the answers came from ("cassette", "live" or what the cassette says)
    """

    done: bool = False
    status: str = ""
    results: list[Finding] = field(default_factory=list)
    ticks: list[Finding] = field(default_factory=list)
    attached: list[Attached] = field(default_factory=list)
    merged: int = 0
    asked: int = 0
    dropped: list[Dropped] = field(default_factory=list)
    model: str = ""
    prompt: str = ""
    answers: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    calls: int = 0
    repairs: int = 0
    usage: Usage = field(default_factory=Usage)
    cost: str = ""

    @property
    def passed(self) -> int:
        """Items that were verified: asked, or ticked, or judged by a rule already."""
        return len(self.results) + len(self.ticks) + self.merged

    @property
    def reasons(self) -> dict[str, int]:
        """How many items were dropped for each reason, the most frequent first."""
        return dict(Counter(one.reason for one in self.dropped).most_common())


@dataclass
class Labelling:
    """What came of the unread stretches of one report that were shown to a model.

    offered    how many were shown
    labelled   grids that are those of their stretches, character by character
    refused    why others were not: the model's fault · failed  why there was no answer
    used       how many were read as labelled in the end; told by who reads them
    prompt     id@version of the words sent · answers  hashes of the answers
    """

    offered: int = 0
    labelled: list[Labelled] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    used: int = 0
    prompt: str = ""
    answers: list[str] = field(default_factory=list)


class Reviewer(Protocol):
    """Reads the narratives of reports, given what the rules found. One outcome per report, in order.

    every  what all rules find, where `results` are of some that were chosen
    """

    def __call__(
        self, reports: list[Report], results: list[list[Result]], every: list[list[Result]] | None = None
    ) -> list[Outcome]: ...

    def label(self, reports: list[Report]) -> list[Labelling]:
        """Grids of the stretches that nobody could read. One labelling per report, in order."""
        ...
