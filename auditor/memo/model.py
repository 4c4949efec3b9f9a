"""The audit memo as data: `--format json` prints it, `auditor schema` describes it.

Schema version 1: fields may be added, never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from auditor.lazy_models import BaseModel, Field

Verdict = Literal["inconsistent", "query", "consistent", "not_assessable"]


class Locator(BaseModel):
    """Where a reader finds a quote; 1-based, null where the format has no such notion. `place`, `head` and `sentence`
    say the same as papers for people do: the row and its table, the column, and of running text the sentence."""

    line: int | None
    page: int | None
    table: int | None
    row: int | None
    col: int | None
    sheet: str | None = None
    place: str = ""
    head: str = ""
    sentence: str = ""


class Evidence(BaseModel):
    """`quote` is text[start:end] of what `auditor text FILE` prints, in Unicode code points."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    locator: Locator


class Basis(BaseModel):
    source: str


class Relation(BaseModel):
    """One recomputation of a result. `text` is the calculation as told; `formula` the same as a
    spreadsheet reads it. `computed` and `claimed` count in per cent where `percent` says so, else in
    `unit`. `sign` is how the two ought to stand, `holds` whether they can. `difference` is computed less
    claimed. The intervals are all values that the printed numbers can stand for; null where they are not
    what decided, and where nothing is claimed."""

    text: str
    formula: str
    sign: Literal["=", "≤", "≥"]
    computed: str
    claimed: str | None
    difference: str | None
    holds: bool
    unit: str
    percent: bool
    computed_interval: str | None
    claimed_interval: str | None


class ModelMark(BaseModel):
    """Which answer of which model a result was taken from: `prompt` names the exact words that were
    sent, `answer` is a hash of the answer."""

    name: str
    prompt: str
    answer: str


class Decision(BaseModel):
    """What a person decided on a finding: 确认 it stands, 驳回 it does not, 存疑 not settled yet, "" nothing
    so far, though there is something to keep of it. `when` is an ISO date or date and time, "" where none was
    written. `due`, `measures` and `closed` are 时限, 整改情况 and 销号 of the ledger, as written there; `reply`
    is what the unit answered (单位答复)."""

    decision: Literal["确认", "驳回", "存疑", ""]
    remark: str = ""
    who: str = ""
    when: str = ""
    due: str = ""
    measures: str = ""
    closed: str = ""
    reply: str = ""


class Result(BaseModel):
    """One relation checked. `fingerprint` stays the same when lines move.

    A finding that has its cause in common with a worse one stands in `related` of that one, with all
    that is said of it, and nowhere else: one cause is one problem and counts once. `number` is the
    number that every paper gives the problem, null for what is no finding or stands under another.
    `suggestion` says what is asked for and `asks` of whom. `at_stake` is the largest amount that it speaks of, with its unit; `score_delta` what the printed
    total score gains (or loses) where the finding holds; `score_between` the most and the least that it loses, where
    a score is proved wrong but not what it ought to be. Where tick marks are merged, `count` says how many
    of a rule in a table an entry stands for, and `places` where the quotes stand that it does not
    repeat ("start-end start-end …"); `--ticks all` gives each with its evidence."""

    fingerprint: str = Field(pattern=r"^[0-9a-f]{16}$")
    rule: str
    name: str
    title: str
    verdict: Verdict
    severity: Literal["high", "medium", "low"]
    origin: Literal["rule", "model", "corpus"]
    message: str
    calculation: str
    relations: list[Relation] = []
    impact: str
    suggestion: str
    asks: Literal["单位", "复核人", "制表单位", "审核人"] = "单位"
    basis: list[Basis]
    evidence: list[Evidence]
    related: list[Result] = []
    model: ModelMark | None = None
    decision: Decision | None = None
    number: int | None = Field(default=None, ge=1)
    at_stake: str = ""
    score_delta: str = ""
    score_between: list[str] = []
    count: int = Field(default=1, ge=1)
    places: str = ""

    @property
    def flagged(self) -> bool:
        return self.verdict in ("inconsistent", "query")


class Dropped(BaseModel):
    """An item of a model's answer that was not believed."""

    rule: str
    sentence: int
    quote: str
    reason: str


class Usage(BaseModel):
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class Attached(BaseModel):
    """A model's question about what the rule `finding` has reported already (its fingerprint)."""

    finding: str
    title: str
    rule: str
    quote: str
    question: str


class HelpWithReading(BaseModel):
    """Stretches with tables that nobody could read, `offered` to a model to say how they are laid out; `used`
    are those read as it said, `refused` says why others were not."""

    offered: int = Field(ge=0)
    used: int = Field(ge=0)
    refused: list[str]
    prompt: str
    answers: list[str]


class ModelReview(BaseModel):
    """What came of the model step for one report. Of `asked` items in the answers `passed` are in
    `results` (origin "model") or agree with a rule's tick mark, `attached` stand under a finding of a rule, the
    others are in `dropped`. `status` says why it is not done."""

    done: bool
    status: str
    name: str
    prompt: str
    answers: list[str]
    sources: list[str]
    calls: int = Field(ge=0)
    repairs: int = Field(ge=0)
    asked: int = Field(ge=0)
    passed: int = Field(ge=0)
    dropped: list[Dropped]
    attached: list[Attached] = []
    usage: Usage
    cost: str = ""
    reading: HelpWithReading | None = None


class Counts(BaseModel):
    """How many `results` of a report are of each kind; each is counted once. `query` are those of the
    rules, `model` what a model asks. What stands under another result is not counted."""

    inconsistent: int = Field(ge=0)
    query: int = Field(ge=0)
    not_assessable: int = Field(ge=0)
    model: int = Field(ge=0)
    consistent: int = Field(default=0, ge=0)

    @property
    def problems(self) -> int:
        """Everything that has a number."""
        return self.inconsistent + self.query + self.model


class Coverage(BaseModel):
    """Numbers written in the report (not dates, document numbers, ordinals, codes); how many of
    them were compared with something; how many could not be read or judged. `unread_tables` are tables,
    or what looks like them, that were not read; `figures_unplaced` figures of tables without a place."""

    figures: int = Field(ge=0)
    checked: int = Field(ge=0)
    not_assessable: int = Field(ge=0)
    unread_tables: int = Field(default=0, ge=0)
    figures_unplaced: int = Field(default=0, ge=0)


class Money(BaseModel):
    """As the report first states it, with unit; `computed_rate` is paid ÷ budget."""

    budget: str | None
    paid: str | None
    execution_rate: str | None
    computed_rate: str | None = None


class MoneyLine(BaseModel):
    """Budget and payment of one line of a money table, as printed, both in `unit` ("" where the table
    names none). `table` counts the money tables of the report from 1."""

    table: int = Field(ge=1)
    kind: Literal["total", "source", "detail", "subtotal"]
    label: str
    unit: str
    budget: str | None
    paid: str | None


class IndicatorRow(BaseModel):
    """One indicator as printed. `path` are the levels above it. `recomputed` is the score that a
    result proves in place of the printed one, null where none does; `holds` says that the printed
    score was recomputed and is right, `findings` are the fingerprints of what is wrong with the row."""

    path: list[str]
    name: str
    target: str | None
    actual: str | None
    weight: str | None
    score: str | None
    recomputed: str | None
    holds: bool
    findings: list[str] = []


class GradeCut(BaseModel):
    """From `bound` points on, or only `above` it, a total earns the grade `word`; "" where that is not known."""

    bound: str
    above: bool
    word: str


class Report(BaseModel):
    """`results`: findings and questions in the order of their numbers, then what could not be checked,
    then tick marks. `index` is its place in the file, `number` the one that every paper on all files of the run gives
    it, the riskiest first. `evaluator` is who goes over the report of the unit, "" where none is named. `repeats` is the file that has brought the same report
    before, "" where none has: what was handed in once more counts in no sum. `recomputed_score` and `recomputed_grade`: the printed total corrected by what is
    proven; `review_score` and `review_sum`: the total of the reviewer's own column as printed, and what its rows add
    to. `grade_cuts`: what grade any total earns, the best first."""

    index: int = Field(ge=1)
    number: int | None = Field(default=None, ge=1)
    title: str
    project: str
    unit: str
    evaluator: str = ""
    repeats: str = ""
    fiscal_year: int | None
    form: str
    self_score: str | None
    grade: str | None
    coverage: Coverage
    results: list[Result]
    form_note: str = ""
    money: Money
    recomputed_score: str | None = None
    recomputed_grade: str | None = None
    review_score: str | None = None
    review_sum: str | None = None
    grade_cuts: list[GradeCut] = []
    lines: list[MoneyLine] = []
    indicators: list[IndicatorRow] = []
    model: ModelReview | None = None
    counts: Counts

    def every(self) -> Iterator[Result]:
        """All results, each followed by those that stand under it."""
        for result in self.results:
            yield result
            yield from result.related


class Document(BaseModel):
    path: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    reports: list[Report]


class Tool(BaseModel):
    name: Literal["auditor"] = "auditor"
    version: str


class Unreadable(BaseModel):
    """A file that was named but not audited."""

    path: str
    reason: str


class NarrativeReview(BaseModel):
    """Whether a model read the narratives. `note` is what the memo says about it, `reason` why not: for
    who runs the program, never for a document that leaves the office."""

    mode: Literal["off", "replay", "live"]
    done: bool
    note: str
    reason: str = ""


class Memo(BaseModel):
    """Everything one run of the auditor found."""

    schema_version: Literal["1"] = "1"
    tool: Tool
    documents: list[Document]
    unreadable: list[Unreadable] = []
    narrative_review: NarrativeReview
