"""A stored report as the rest of the season sees it: small frozen data, and where the large parts are had.

`Record` is light: 100,000 of them fit into memory. What was read of a report in full (its indicators, money
lines, narratives and findings with their quotes) is fetched one report at a time through `Reports`.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal, Protocol

from auditor.memo import model
from auditor.report.model import FormKind
from auditor.values import frozen

Verdict = Literal["inconsistent", "query", "consistent", "not_assessable"]
Severity = Literal["high", "medium", "low"]
Decided = Literal["", "确认", "驳回", "存疑"]


@frozen(slots=True)
class Finding:
    """One result of a report that people have to look at, or that could not be checked.

    fingerprint  16 hex digits, the same in every version of the report that has this finding
    title        what people call the finding
    related      it stands under a worse one of the same cause and does not count
    stake        the largest amount it speaks of, in 元; None where it speaks of none
    score_delta  what the printed total score gains (or loses) where it holds; None where it does not touch it
    decision     what people decided on it last, "" while nobody has
    """

    fingerprint: str
    rule: str
    title: str
    verdict: Verdict
    severity: Severity
    origin: Literal["rule", "model", "corpus"]
    related: bool = False
    stake: Decimal | None = None
    score_delta: Decimal | None = None
    decision: Decided = ""

    @property
    def flagged(self) -> bool:
        """Whether it is a finding or a question: with `related` false it counts as one problem."""
        return self.verdict in ("inconsistent", "query")


@frozen(slots=True)
class Covered:
    """How much of a report was read: see `auditor.memo.model.Coverage`. `empty` are narratives that were
    asked for and say nothing, of so many `narratives`."""

    figures: int = 0
    checked: int = 0
    not_assessable: int = 0
    unread_tables: int = 0
    figures_unplaced: int = 0
    narratives: int = 0
    empty: int = 0


@frozen(slots=True)
class Record:
    """One report of one file, as last audited.

    id         of the report in this store
    key        16 hex digits of project, unit and year: the same for all versions of one report; a report
               without a project or without a unit has a key of its own
    path       the file as it was added; `member` the name inside an archive, `index` counts the reports of
               a document from 1
    sha256     of the document
    code       project code as written, "" where none is
    category   what kind of paper it is, or what it was added as (`season add --category`)
    year       fiscal year
    budget, paid  in 元, exact
    added      when the file was added: ISO date and time, UTC
    version    1 for the first, of so many `versions` with the same key; `current` is the last
    same_as    id of an earlier report with the same figures (another format of it); None where there is none
    rules      version of the program that audited it
    """

    id: int
    key: str
    path: str
    member: str
    index: int
    sha256: str
    title: str
    project: str
    code: str
    unit: str
    category: str
    form: str
    year: int | None
    budget: Decimal | None
    paid: Decimal | None
    self_score: Decimal | None
    recomputed_score: Decimal | None
    grade: str
    added: str
    version: int = 1
    versions: int = 1
    current: bool = True
    same_as: int | None = None
    rules: str = ""
    covered: Covered = Covered()
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """What people call the report: its project, else its title."""
        return self.project or self.title or "未读到项目"

    @property
    def owner(self) -> str:
        """What people call its unit."""
        return self.unit or "未读到单位"

    @property
    def letter(self) -> bool:
        """Whether it only comes with reports: see `auditor.memo.wording.is_letter`."""
        return self.form == FormKind.LETTER.value and not any(one.flagged for one in self.leading)

    @property
    def unproved(self) -> bool:
        """Whether nothing was checked, so that no finding means nothing: see `auditor.memo.wording.unproved`."""
        return not self.letter and not self.covered.checked and bool(self.covered.figures or not self.project)

    @property
    def leading(self) -> list[Finding]:
        """The results that count: what stands under another does not."""
        return [one for one in self.findings if not one.related]

    @property
    def problems(self) -> list[Finding]:
        """Findings and questions that count and that nobody has rejected."""
        return [one for one in self.leading if one.flagged and one.decision != "驳回"]


REASON = "REASON"
"""The topic of an explanation why an indicator was missed; other topics are those of `auditor.facts.narratives`."""


@frozen(slots=True)
class Narrative:
    """A text that the unit wrote. `topic` and `label` as `auditor.facts.narratives` tell them, or `REASON` and the
    indicator; `start` and `end` are its place in the text of the document."""

    topic: str
    label: str
    text: str
    start: int
    end: int


class Reports(Protocol):
    """The large parts of a report, by `Record.id`."""

    def told(self, report: int) -> model.Report:
        """Everything the memo says: results with quotes, money lines, indicators."""

    def narratives(self, report: int) -> Sequence[Narrative]:
        """What the unit wrote, in order of the document."""

    def text(self, report: int) -> str:
        """The text of the whole document, as `auditor text FILE` prints it."""
