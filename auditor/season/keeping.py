"""Results into the store: one transaction for many files, each with the end of its lease.

A report keeps its number when its file is audited anew: people have written it down. What the earlier audit found
stays under a number of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, func, insert, literal, select, update

from auditor.season.queue import Lessee, Task
from auditor.season.store.tables import content, failure, finding, job, report
from auditor.season.trail import now
from auditor.season.worker import Told
from auditor.values import frozen


@frozen
class Result:
    """What came of one task; `stopped` says why the worker did not come to its end."""

    task: Task
    told: Sequence[Told]
    stopped: str
    seconds: float

    @property
    def failures(self) -> list[tuple[str, str]]:
        """Pairs (member, reason)."""
        found = [(one.member, one.failure) for one in self.told if one.failure]
        return [*found, *([("", f"审核时{self.stopped}")] if self.stopped else [])]

    @property
    def failed(self) -> bool:
        """Whether nothing at all could be read."""
        return bool(self.failures) and not any(one.reports for one in self.told)


def keep(lessee: Lessee, results: Sequence[Result]) -> int:
    """Writes the results that are still ours to write; how many those were."""
    if not results:
        return 0
    with lessee.store.writing() as connection:
        ours = lessee.holds(connection, [one.task.job for one in results])
        kept = [one for one in results if one.task.job in ours]
        jobs = [one.task.job for one in kept]
        known = _known(connection, kept)
        _forget(connection, jobs)
        rows = _Rows(connection)
        rows.move([one for one in known.values() if one.job not in jobs])
        rows.write(kept, {place: one.id for place, one in known.items()})
        _finish(connection, kept)
    return len(kept)


class _Numbered(NamedTuple):
    """A report as it was last audited: its number, and the audit it stands under."""

    id: int
    job: int


_Place = tuple[int, str, int]
"""Where a report stands: document, name inside an archive, number within."""


def _known(connection: Connection, kept: Sequence[Result]) -> dict[_Place, _Numbered]:
    """The reports that count now of what has been audited anew, as far as they are there again."""
    fresh = {
        (one.task.document, told.member, each.number)
        for one in kept
        for told in one.told
        for each in told.reports
    }
    rows = connection.execute(
        select(report.c.id, report.c.job, job.c.document, content.c.member, report.c.number)
        .join(job, job.c.id == report.c.job)
        .join(content, content.c.id == report.c.content)
        .where(job.c.latest, job.c.document.in_([one.task.document for one in kept]))
    )
    found = {(row.document, row.member, row.number): _Numbered(row.id, row.job) for row in rows}
    return {place: one for place, one in found.items() if place in fresh}


def _forget(connection: Connection, jobs: list[int]) -> None:
    """What an earlier attempt at the same audits has left."""
    reports = select(report.c.id).where(report.c.job.in_(jobs))
    connection.execute(delete(finding).where(finding.c.report.in_(reports)))
    for table in (report, content, failure):
        connection.execute(delete(table).where(table.c.job.in_(jobs)))


def _finish(connection: Connection, kept: Sequence[Result]) -> None:
    """The last audit of a content that could be read is the one that counts."""
    when = now()
    for one in kept:
        if not one.failed:
            connection.execute(
                update(job).where(job.c.document == one.task.document, job.c.latest).values(latest=False)
            )
        connection.execute(
            update(job)
            .where(job.c.id == one.task.job)
            .values(
                state="failed" if one.failed else "done", latest=not one.failed, owner="",
                finished=when, seconds=one.seconds,
            )
        )  # fmt: skip


@dataclass
class _Rows:
    """The rows of a transaction, numbered here so that each table is written at once."""

    connection: Connection

    def move(self, reports: Sequence[_Numbered]) -> None:
        """Gives reports that stay as history another number."""
        names = [column for column in report.c if column.name != "id"]
        for one, number in zip(reports, self._numbers(report, len(reports)), strict=True):
            copy = select(literal(number), *names).where(report.c.id == one.id)
            self.connection.execute(insert(report).from_select(["id", *(name.name for name in names)], copy))
            self.connection.execute(update(finding).where(finding.c.report == one.id).values(report=number))
            self.connection.execute(delete(report).where(report.c.id == one.id))

    def write(self, results: Sequence[Result], known: Mapping[_Place, int]) -> None:
        """`known` are numbers that reports have already."""
        documents = [(one.task, told) for one in results for told in one.told if not told.failure]
        places = self._numbers(content, len(documents))
        numbers = iter(self._numbers(report, sum(len(told.reports) for _, told in documents)))
        contents: list[dict[str, Any]] = []
        reports: list[dict[str, Any]] = []
        found: list[dict[str, Any]] = []
        for place, (task, told) in zip(places, documents, strict=True):
            contents.append(
                {"id": place, "job": task.job, "member": told.member, "sha256": told.sha256,
                 "media_type": told.media_type, "text": told.text}
            )  # fmt: skip
            for one in told.reports:
                row = {name: value for name, value in vars(one).items() if name != "findings"}
                number = known.get((task.document, told.member, one.number)) or next(numbers)
                reports.append({**row, "id": number, "job": task.job, "content": place})
                found += [{**vars(each), "report": reports[-1]["id"]} for each in one.findings]
        failures = [
            {"job": one.task.job, "member": member, "reason": reason}
            for one in results
            for member, reason in one.failures
        ]
        for table, rows in ((content, contents), (report, reports), (finding, found), (failure, failures)):
            if rows:
                self.connection.execute(insert(table), [_clean(row) for row in rows])

    def _numbers(self, table: Table, count: int) -> list[int]:
        """So many numbers that nobody else gets."""
        if self.connection.dialect.name == "sqlite":  # one writer: what comes after the highest is ours
            last = int(self.connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one())
            return list(range(last + 1, last + 1 + count))
        sequence = func.pg_get_serial_sequence(table.name, "id")
        drawn = select(func.nextval(sequence)).select_from(func.generate_series(1, count).alias())
        return [int(number) for number in self.connection.execute(drawn).scalars()]


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    """Text that every database takes: no NUL, no lone surrogate."""
    return {
        name: value.replace("\0", "\ufffd").encode("utf-8", "backslashreplace").decode()
        if isinstance(value, str)
        else value
        for name, value in row.items()
    }
