"""In a worker: one file from bytes to the rows of the store, the large parts compressed already."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import NamedTuple

from auditor.batch import Order
from auditor.batch.worker import outcome_of
from auditor.compiled import compiled
from auditor.document import Document, UnreadableFile
from auditor.document.open import file_bytes, read_packed
from auditor.facts.narratives import narratives
from auditor.figures import Figure
from auditor.memo import model
from auditor.memo.build import documents, named
from auditor.memo.decisions import identities
from auditor.memo.twins import figures_of
from auditor.pipeline import AuditedReport, Run
from auditor.report import Report
from auditor.report.model import Role
from auditor.season.across.stated import stated
from auditor.season.packed import packed
from auditor.season.records import REASON
from auditor.values import frozen

PLACE = "auditor.season.worker:audited"
_CODE = compiled(r"项目(?:编码|代码|编号)[\s:：|]{0,8}([0-9A-Za-z][0-9A-Za-z\-]{4,39})(?![0-9A-Za-z])")
"""The project code of the budget system beside its label; the bureau's own numbering, so any letters and digits."""
_EMPTY = 4
"""Characters up to which a narrative says nothing (无, 良好, 已完成)."""


@frozen
class ToldFinding:
    """A row of `finding`: amounts as exact text."""

    fingerprint: str
    rule: str
    title: str
    verdict: str
    severity: str
    origin: str
    related: bool
    stake: str | None
    score_delta: str | None


@frozen
class ToldReport:
    """A row of `report` with its findings."""

    number: int
    key: str
    figures: str
    title: str
    project: str
    code: str
    unit: str
    form: str
    year: int | None
    budget: str | None
    paid: str | None
    self_score: str | None
    recomputed_score: str | None
    grade: str
    covered: str
    told: bytes
    narratives: bytes
    stated: bytes
    findings: tuple[ToldFinding, ...]


@dataclass
class Told:
    """What came of one document of the file, or why there is none (`failure`). `member` is its name inside an
    archive, "" for the file itself; `breakages` rules that broke."""

    member: str
    failure: str = ""
    sha256: str = ""
    media_type: str = ""
    text: bytes = b""
    reports: list[ToldReport] = field(default_factory=list)
    breakages: list[str] = field(default_factory=list)


class Opened(NamedTuple):
    """A document of the file, by its name inside an archive."""

    member: str
    document: Document


def audited(path: str, _: object, order: Order, sha256: str) -> Iterator[Told]:
    """Every document of the file, in order, audited."""
    for found in opened(path, None, sha256):
        yield (
            found if isinstance(found, Told) else told(found.member, outcome_of([found.document], order, {}))
        )


def opened(path: str, _: object, sha256: str) -> Iterator[Told | Opened]:
    """Every document of the file, in order; those that cannot be read as failures. `sha256` is what the file held
    when it was added: another content is not taken for it."""
    try:
        data = file_bytes(path)
    except UnreadableFile as error:
        yield Told("", error.reason)
        return
    if hashlib.sha256(data).hexdigest() != sha256:
        yield Told("", "收下以后文件被改动过，请再运行 season add")
        return
    for found in read_packed(data, path):
        member = named(found.path)[len(named(path)) + 1 :]
        yield (Told(member, found.reason) if isinstance(found, UnreadableFile) else Opened(member, found))


def told(member: str, outcome: Run) -> Told:
    """What the store keeps of a run on one document."""
    if outcome.unreadable:
        return Told(member, outcome.unreadable[0].reason, breakages=outcome.breakages)
    (audited_document,), (memo,) = outcome.documents, documents(outcome)
    document = audited_document.document
    codes = _CODE.findall(document.text)
    row = partial(_row, document, codes[0] if len(set(codes)) == 1 else "")
    return Told(
        member,
        sha256=memo.sha256,
        media_type=memo.media_type,
        text=packed(document.text),
        reports=list(map(row, audited_document.reports, memo.reports, _keys(memo))),
        breakages=outcome.breakages,
    )


def _keys(told: model.Document) -> Iterator[str]:
    """Versions of a report are known by project, unit and year; where one of the names is missing, two
    papers of one name may be two matters, and each keeps to itself. A declaration of targets, or the paper of the
    middle of the year, is no version of the self-evaluation."""
    for report, key in zip(told.reports, identities(told), strict=True):
        own = "" if report.project and report.unit else f"{told.sha256}#{report.index}"
        if not own and report.form_note:
            own = f"{key}#{report.form}"
        yield hashlib.sha256(own.encode()).hexdigest()[:16] if own else key


def _row(document: Document, code: str, audited: AuditedReport, told: model.Report, key: str) -> ToldReport:
    report = audited.report
    found = narratives(report)
    words = [
        [one.topic.name, one.label, one.text, one.view.span().start, one.view.span().end] for one in found
    ] + list(_reasons(report))
    covered = told.coverage.model_dump() | {
        "narratives": len(found),
        "empty": sum(len(one.text.strip()) <= _EMPTY for one in found),
    }
    return ToldReport(
        number=report.index,
        key=key,
        figures=_digest(figures_of(told)),
        title=report.title,
        project=report.project,
        code=code,
        unit=report.unit,
        form=report.form.value,
        year=report.fiscal_year,
        budget=_amount(_first(report, Role.BUDGET) or _first(report, Role.INITIAL)),
        paid=_amount(_first(report, Role.PAID)),
        self_score=told.self_score,
        recomputed_score=told.recomputed_score,
        grade=told.grade or "",
        covered=json.dumps(covered),
        told=packed(told.model_dump_json(exclude_defaults=True)),
        narratives=packed(json.dumps(words, ensure_ascii=False)),
        stated=packed(stated(report).written()),
        findings=tuple(_findings(audited, told)),
    )


def _reasons(report: Report) -> Iterator[list[object]]:
    """Why indicators were missed, in the order of the form. Within one report repeating them is no copying; the same
    explanation in several reports is asked about."""
    seen = set[int]()
    for indicator in report.indicators:
        view = indicator.reason
        if view is not None and (span := view.span()).start not in seen:
            seen.add(span.start)
            yield [REASON, indicator.name, view.text, span.start, span.end]


def _findings(audited: AuditedReport, told: model.Report) -> Iterator[ToldFinding]:
    """What people have to look at, and what could not be checked; tick marks stay in the memo."""
    stakes = {item.fingerprint: item.stake for item in (*audited.items, *audited.asked)}
    for leading in told.results:
        for one in (leading, *leading.related):
            if one.verdict == "consistent":
                continue
            yield ToldFinding(
                one.fingerprint, one.rule, one.title, one.verdict, one.severity, one.origin, one is not leading,
                _amount(stakes.get(one.fingerprint)), _number(one.score_delta),
            )  # fmt: skip


def _first(report: Report, role: Role) -> Figure | None:
    return next((amount.figure for amount in report.stated(role)), None)


def _amount(figure: Figure | None) -> str | None:
    return None if figure is None else format(figure.amount, "f")


def _number(text: str) -> str | None:
    try:
        return format(Decimal(text), "f")
    except InvalidOperation:
        return None


def _digest(parts: tuple[str, ...]) -> str:
    if not parts:
        return ""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]
