"""The audit of a season: leases from the queue, files through the pool, results streamed to the store.

Memory stays flat: only what is under way is held. A process that is killed loses only what it had not
written for a second; whoever runs next does that again, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from sqlalchemy import select

from auditor import interrupts
from auditor.batch import Order
from auditor.document.confined import job as confined
from auditor.isolation import Answers, Job
from auditor.season.keeping import Result, keep
from auditor.season.queue import Counts, Lessee, Task, counted, fill, settled
from auditor.season.store import Store
from auditor.season.store.tables import document, failure, job, place
from auditor.season.worker import PLACE
from auditor.values import frozen

Progress = Callable[[str, int, int], None]

_LEASED = 32
"""Audits per worker that are leased at once."""
_LOOK = 2.0
"""Seconds between two looks at what others are doing."""
_SECONDS, _RESULTS = 1.0, 200
"""Results are written after so long, or so many."""


class Engine(Protocol):
    """What does the work: the pool of this machine (`auditor.isolation.Pool`), or a cluster."""

    count: int
    """Files that are audited side by side."""

    def run(self, jobs: Iterable[Job]) -> Iterator[Answers]:
        """The answers to each job, in the order of the jobs."""

    def close(self) -> None:
        """Ends what is under way."""

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None: ...


@dataclass
class Finished:
    """What a run did: `audited` files of its own; `counts` of the whole season; `breakages` rules that broke, a line
    each with how often."""

    recipe: int = 0
    audited: int = 0
    seconds: float = 0.0
    counts: Counts = field(default_factory=Counts)
    breakages: dict[str, int] = field(default_factory=dict)
    interrupted: bool = False


def run(
    store: Store, order: Order, engine: Engine, progress: Progress, failed: bool = False, fresh: bool = False
) -> Finished:
    """Audits what is not audited yet with these rules and settings. `failed`: also what could not be read the
    last time; `fresh`: everything again. Several runs may work side by side, on several machines with PostgreSQL.

    Raises `StoreError`, `ValueError` for a code that fits no rule, `NoModel`.
    """
    order.plan()
    number = settled(store, order)
    fill(store, number, failed, fresh)
    desk = _Desk(Lessee(store, number), order, engine, progress)
    try:
        with desk.lessee.renewing():
            desk.work()
    except KeyboardInterrupt:
        desk.outcome.interrupted = True
        engine.close()
        desk.flush()
        desk.lessee.give_back()
    desk.outcome.recipe = number
    desk.outcome.counts = counted(store, number)
    return desk.outcome


class _Desk:
    """Where tasks go out and answers come in, all in one thread."""

    def __init__(self, lessee: Lessee, order: Order, engine: Engine, progress: Progress) -> None:
        self.lessee, self.order, self.engine, self.progress = lessee, order, engine, progress
        self.outcome = Finished()
        self._began = self._written = time.monotonic()
        self._out: list[Task] = []
        self._results: list[Result] = []
        self._counts = counted(lessee.store, lessee.number)

    def work(self) -> None:
        """Until nothing is left. What others have leased is waited for: they end it, or their leases run out and it
        is done here, so that whoever reads "已完成" has the whole season."""
        self._all_that_waits()
        while counted(self.lessee.store, self.lessee.number).open:
            time.sleep(_LOOK)
            self._all_that_waits()
        self.outcome.seconds = time.monotonic() - self._began

    def _all_that_waits(self) -> None:
        answers = self.engine.run(self._jobs())
        while True:
            began = time.monotonic()
            answer = next(answers, None)
            if answer is None:
                break
            interrupts.check()
            self._take(answer, time.monotonic() - began)
        self.flush()

    def _jobs(self) -> Iterator[Job]:
        """Leases as fast as answers come."""
        while tasks := self.lessee.lease(_LEASED * self.engine.count):
            for task in tasks:
                self._out.append(task)
                yield confined(PLACE, task.path, self.order, task.sha256)

    def _take(self, answer: Answers, seconds: float) -> None:
        """Answers come in the order of the tasks."""
        task = self._out.pop(0)
        self._results.append(Result(task, answer.items, answer.stopped, seconds))
        for told in answer.items:
            for line in told.breakages:
                self.outcome.breakages[line] = self.outcome.breakages.get(line, 0) + 1
        if len(self._results) >= _RESULTS or time.monotonic() - self._written > _SECONDS:
            self.flush()

    def flush(self) -> None:
        """Writes what has come in."""
        self.outcome.audited += keep(self.lessee, self._results)
        self._results = []
        self._counts = counted(self.lessee.store, self.lessee.number)
        self._written = time.monotonic()
        if self._counts.total:
            self.progress(f"审核{self._left()}", self._counts.total - self._counts.open, self._counts.total)

    def _left(self) -> str:
        """The time that the rest will take at the pace of this run."""
        spent = time.monotonic() - self._began
        if not self.outcome.audited or not self._counts.open:
            return ""
        left = self._counts.open * spent / self.outcome.audited
        return f"（还要约 {left / 60:.0f} 分钟）" if left >= 90 else f"（还要约 {left:.0f} 秒）"


@frozen
class Failed:
    """A document that could not be read, and why."""

    path: str
    reason: str


def failures(store: Store, number: int | None = None) -> list[Failed]:
    """What could not be read, of the audits of a recipe or of those that count now."""
    first = (
        select(place.c.path)
        .where(place.c.document == job.c.document)
        .order_by(place.c.id)
        .limit(1)
        .scalar_subquery()
    )
    wanted = (
        select(first.label("path"), failure.c.member, failure.c.reason)
        .join(job, job.c.id == failure.c.job)
        .join(document, document.c.id == job.c.document)
        .where(document.c.replaced.is_(None))
        .order_by(failure.c.id)
    )
    wanted = wanted.where(job.c.recipe == number) if number is not None else wanted
    with store.reading() as connection:
        return [
            Failed(f"{row.path or '？'}{'/' + row.member if row.member else ''}", row.reason)
            for row in connection.execute(wanted)
        ]
