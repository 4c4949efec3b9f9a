"""The reports of the season as plain data, out of the store."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, select

from auditor.memo import model
from auditor.season.across.stated import Stated
from auditor.season.packed import unpacked
from auditor.season.records import Covered, Decided, Finding, Narrative, Record
from auditor.season.store import Store, StoreError
from auditor.season.store.tables import content, decision, document, finding, job, place, recipe, report


def records(store: Store) -> list[Record]:
    """Every report as last audited, in order of its number, with what was found and decided on it."""
    with store.reading() as connection:
        rows = connection.execute(_reports()).all()
        findings = _findings(connection, {row.id: row.key for row in rows})
        places = _places(connection)
    found = [_record(row, places.get(row.document, ""), findings.get(row.id, ())) for row in rows]
    return _versions(found, {row.id: row for row in rows})


def _reports() -> Select[Any]:
    names = [
        column
        for column in report.c
        if column.name not in ("told", "narratives", "stated", "job", "content", "number")
    ]
    return (
        select(
            *names, report.c.number, content.c.member, content.c.sha256, job.c.document, document.c.category,
            document.c.added, document.c.replaced, recipe.c.version,
        )
        .join(job, job.c.id == report.c.job)
        .join(content, content.c.id == report.c.content)
        .join(document, document.c.id == job.c.document)
        .join(recipe, recipe.c.id == job.c.recipe)
        .where(job.c.latest)
        .order_by(report.c.id)
    )  # fmt: skip


def _places(connection: Connection) -> dict[int, str]:
    """The first path of each content; of one that was replaced, the path of what stands there now."""
    rows = connection.execute(select(place.c.document, place.c.path).order_by(place.c.id.desc()))
    paths: dict[int, str] = dict(map(tuple, rows))
    gone = connection.execute(
        select(document.c.id, document.c.replaced).where(document.c.replaced.is_not(None))
    ).all()
    heirs = dict(map(tuple, gone))
    for number in heirs:
        heir, seen = heirs[number], {number}
        while heir in heirs and heir not in seen:
            seen.add(heir)
            heir = heirs[heir]
        paths.setdefault(number, paths.get(heir, ""))
    return paths


def _findings(connection: Connection, keys: Mapping[int, str]) -> dict[int, tuple[Finding, ...]]:
    """By report, for the reports with these keys. One pass over the table and words held once: 100,000
    reports have a million findings."""
    said: dict[tuple[str, str], Decided] = {
        (key, mark): word
        for key, mark, word in connection.execute(
            select(decision.c.key, decision.c.fingerprint, decision.c.decision)
        )
    }
    rows = connection.execute(
        select(
            finding.c.report, finding.c.fingerprint, finding.c.rule, finding.c.title, finding.c.verdict,
            finding.c.severity, finding.c.origin, finding.c.related, finding.c.stake, finding.c.score_delta,
        ).order_by(finding.c.id)
    )  # fmt: skip
    found: dict[int, list[Finding]] = defaultdict(list)
    once: dict[Any, Any] = {}
    for number, mark, rule, title, verdict, severity, origin, related, stake, delta in rows:
        if (key := keys.get(number)) is None:  # of an audit that another has taken the place of
            continue
        rule, title, verdict, severity, origin = (
            once.setdefault(word, word) for word in (rule, title, verdict, severity, origin)
        )
        word: Decided = said.get((key, mark), "") if said else ""
        found[number].append(
            Finding(mark, rule, title, verdict, severity, origin, related, _exact(stake), _exact(delta), word)
        )
    return {number: tuple(each) for number, each in found.items()}


def _record(row: Any, path: str, findings: tuple[Finding, ...]) -> Record:
    return Record(
        id=row.id,
        key=row.key,
        path=path,
        member=row.member,
        index=row.number,
        sha256=row.sha256,
        title=row.title,
        project=row.project,
        code=row.code,
        unit=row.unit,
        category=row.category or row.form,
        form=row.form,
        year=row.year,
        budget=_exact(row.budget),
        paid=_exact(row.paid),
        self_score=_exact(row.self_score),
        recomputed_score=_exact(row.recomputed_score),
        grade=row.grade,
        added=row.added,
        rules=row.version,
        covered=Covered(**json.loads(row.covered)),
        findings=findings,
    )


def _versions(found: list[Record], rows: dict[int, Any]) -> list[Record]:
    """Counts the versions of each report, in the order in which they came in. Another file with the same
    figures is no version but the same report again; a file that another has taken the place of is never the
    current one."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for one in sorted(found, key=lambda one: (rows[one.id].replaced is None, rows[one.id].document, one.id)):
        groups[one.key].append(one)
    told: dict[int, Record] = {}
    for group in groups.values():
        kept: list[Record] = []
        twins: list[tuple[Record, Record]] = []
        for one in group:
            same = next((other for other in kept if _same(one, other, rows)), None)
            if same is None:
                kept.append(one)
            else:
                twins.append((one, same))
        for number, one in enumerate(kept, 1):
            current = number == len(kept) and rows[one.id].replaced is None
            told[one.id] = replace(one, version=number, versions=len(kept), current=current)
        for one, same in twins:
            first = told[same.id]
            told[one.id] = replace(
                one, version=first.version, versions=first.versions, current=False, same_as=same.id
            )
    return [told[one.id] for one in found]


def _same(one: Record, other: Record, rows: dict[int, Any]) -> bool:
    """Whether both tell the same, and neither has been replaced by a newer file."""
    if rows[one.id].replaced is not None or rows[other.id].replaced is not None:
        return False
    figures = rows[one.id].figures
    same_bytes = one.sha256 == other.sha256 and one.index == other.index
    return same_bytes or (bool(figures) and figures == rows[other.id].figures)


def _exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


class StoredReports:
    """The large parts of a report, by the number of the report. Raises `StoreError` where it has none."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def told(self, number: int) -> model.Report:
        """Everything the memo says."""
        return model.Report.model_validate_json(unpacked(self._row(number, report.c.told)[0]))

    def narratives(self, number: int) -> Sequence[Narrative]:
        """What the unit wrote, in order of the document."""
        words: Iterable[list[Any]] = json.loads(unpacked(self._row(number, report.c.narratives)[0]))
        return [Narrative(*word) for word in words]

    def stated(self, number: int) -> Stated | None:
        """What another paper can contradict; None where the report was audited before this was kept."""
        found = self._row(number, report.c.stated)[0]
        return None if found is None else Stated.read(unpacked(found))

    def text(self, number: int) -> str:
        """The text of the whole document."""
        return unpacked(self._row(number, content.c.text)[0])

    def document(self, number: int) -> tuple[model.Document, list[int]]:
        """The document that the report stands in as a memo tells it, and the numbers of all its reports."""
        with self.store.reading() as connection:
            of = select(report.c.content).where(report.c.id == number).scalar_subquery()
            rows = connection.execute(
                select(report.c.id, report.c.told, content.c.member, content.c.sha256, content.c.media_type, place.c.path)
                .join(content, content.c.id == report.c.content)
                .join(job, job.c.id == report.c.job)
                .outerjoin(place, place.c.document == job.c.document)
                .where(report.c.content == of)
                .order_by(report.c.number, place.c.id)
            ).all()  # fmt: skip
        if not rows:
            raise StoreError(f"没有第 {number} 号报告，用 auditor season show 查看全部")
        first, reports = rows[0], {row.id: row.told for row in rows}
        told = model.Document(
            path="/".join(filter(None, (first.path or "原文件已换新稿", first.member))),
            sha256=first.sha256,
            media_type=first.media_type,
            reports=[model.Report.model_validate_json(unpacked(each)) for each in reports.values()],
        )
        return told, list(reports)

    def _row(self, number: int, column: Any) -> Any:
        with self.store.reading() as connection:
            row = connection.execute(
                select(column).join(content, content.c.id == report.c.content).where(report.c.id == number)
            ).first()
        if row is None:
            raise StoreError(f"没有第 {number} 号报告，用 auditor season show 查看全部")
        return row
