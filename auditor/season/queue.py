"""The queue of audits, in the store itself: a worker leases some, and a lease that is not renewed runs out.

Nothing is lost when a process is killed: a result and the end of its lease are one transaction. Chosen
over a broker or a workflow engine because one file and no server is all that an embedded season needs;
on PostgreSQL the same rows are leased by many machines (SKIP LOCKED).
"""

from __future__ import annotations

import json
import os
import secrets
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from threading import Event, Thread

from sqlalchemy import Connection, and_, exists, func, insert, literal, or_, select, update

from auditor.batch import Order
from auditor.judge.places import own
from auditor.season.store import Store, StoreError
from auditor.season.store.tables import document, failure, job, place, recipe
from auditor.values import frozen
from auditor.version import __version__

LEASE = 90.0
"""Seconds after which the work of a silent worker is given to another."""
_ATTEMPTS = 5
"""Workers that a file may take with it before it counts as failed."""

_LIVING = exists().where(document.c.id == job.c.document, document.c.replaced.is_(None))
"""What another file has taken the place of is not audited any more."""


@frozen
class Task:
    """A leased audit: the file lies at `path` and held `sha256` when it was added."""

    job: int
    document: int
    path: str
    sha256: str


@frozen
class Counts:
    """How many audits of a recipe are in which state."""

    waiting: int = 0
    leased: int = 0
    done: int = 0
    failed: int = 0

    @property
    def open(self) -> int:
        return self.waiting + self.leased

    @property
    def total(self) -> int:
        return self.open + self.done + self.failed


def settled(store: Store, order: Order) -> int:
    """The recipe of an order: version of the program, rules and settings, and the model with the answers there are to
    replay. Another one audits anew."""
    told = json.dumps(
        {
            "version": __version__, "mode": order.mode, "select": order.select, "ignore": order.ignore,
            "settings": asdict(order.settings), **_asked(order),
        },
        default=str, sort_keys=True, ensure_ascii=False,
    )  # fmt: skip
    mark = sha256(told.encode()).hexdigest()
    with store.writing() as connection:
        store.alone(connection)
        known = connection.execute(select(recipe.c.id).where(recipe.c.hash == mark)).scalar()
        if known is not None:
            return int(known)
        row = insert(recipe).values(hash=mark, version=__version__, settings=told).returning(recipe.c.id)
        return int(connection.execute(row).scalar_one())


def _asked(order: Order) -> dict[str, object]:
    """What decides the model's part: its name and prompts; of a replay also which answers there are."""
    if order.mode == "off":
        return {}
    answers = own(order.model.cassettes).glob("*.json") if order.mode == "replay" else ()
    known = sorted(f"{one.name} {one.stat().st_mtime_ns}" for one in answers)
    return {
        "model": order.model.name, "prompts": order.model.prompts,
        "answers": sha256("\n".join(known).encode()).hexdigest(),
    }  # fmt: skip


def fill(store: Store, number: int, failed: bool = False, fresh: bool = False) -> None:
    """Jobs for every content that the recipe has not audited yet, or that another recipe has audited since; with
    `failed` those again that failed in whole or in part, with `fresh` all."""
    wanted = job.c.state == "failed"
    if fresh:
        wanted = job.c.state.in_(("done", "failed"))
    elif failed:
        wanted = or_(wanted, exists().where(failure.c.job == job.c.id))
    with store.writing() as connection:
        store.alone(connection)
        missing = (
            select(document.c.id, *map(literal, (number, "waiting", False, "", 0.0, 0, "", 0.0)))
            .where(document.c.replaced.is_(None))
            .where(~exists().where(and_(job.c.document == document.c.id, job.c.recipe == number)))
            .order_by(document.c.id)
        )
        columns = [
            "document",
            "recipe",
            "state",
            "latest",
            "owner",
            "until",
            "attempts",
            "finished",
            "seconds",
        ]
        connection.execute(insert(job).from_select(columns, missing))
        overtaken = and_(job.c.state == "done", job.c.latest.is_(False))  # back to settings of before
        connection.execute(
            update(job).where(job.c.recipe == number, overtaken, _LIVING).values(state="waiting", attempts=0)
        )
        if failed or fresh:
            connection.execute(
                update(job)
                .where(job.c.recipe == number, job.c.state.in_(("done", "failed")), wanted, _LIVING)
                .values(state="waiting", attempts=0)
            )


def counted(store: Store, number: int) -> Counts:
    """The state of the queue."""
    with store.reading() as connection:
        rows = connection.execute(
            select(job.c.state, func.count()).where(job.c.recipe == number, _LIVING).group_by(job.c.state)
        )
        return Counts(**{str(state): int(count) for state, count in rows})


class Lessee:
    """A process that works on the queue. `name` tells it from all others, living and dead."""

    def __init__(self, store: Store, number: int) -> None:
        self.store, self.number = store, number
        self.name = f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(4)}"

    def lease(self, count: int) -> list[Task]:
        """Up to `count` audits for this process alone; none when nothing waits."""
        store = self.store
        with store.writing() as connection:
            now = store.clock(connection)
            self._take_back(connection, now)
            waiting = (
                select(job.c.id)
                .where(job.c.recipe == self.number, job.c.state == "waiting", _LIVING)
                .order_by(job.c.id)
                .limit(count)
                .with_for_update(skip_locked=True)
            )
            numbers = list(connection.execute(waiting).scalars())
            if not numbers:
                return []
            connection.execute(
                update(job)
                .where(job.c.id.in_(numbers))
                .values(state="leased", owner=self.name, until=now + LEASE, attempts=job.c.attempts + 1)
            )
            first = select(func.min(place.c.path)).where(place.c.document == job.c.document).scalar_subquery()
            rows = connection.execute(
                select(job.c.id, job.c.document, first.label("path"), document.c.sha256)
                .join(document, document.c.id == job.c.document)
                .where(job.c.id.in_(numbers))
                .order_by(job.c.id)
            )
            return [Task(row.id, row.document, row.path or "", row.sha256) for row in rows]

    def holds(self, connection: Connection, numbers: Sequence[int]) -> set[int]:
        """Which of the audits are still ours: a lease that ran out may be another's by now. They stay so to the
        end of the transaction."""
        mine = (
            select(job.c.id)
            .where(job.c.id.in_(numbers), job.c.owner == self.name, job.c.state == "leased")
            .with_for_update()
        )
        return set(connection.execute(mine).scalars())

    def give_back(self) -> None:
        """What is leased and not done, for others; said when this process ends of itself."""
        with self.store.writing() as connection:
            connection.execute(
                update(job)
                .where(job.c.owner == self.name, job.c.state == "leased")
                .values(state="waiting", owner="", attempts=job.c.attempts - 1)
            )

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """Within the block the leases of this process do not run out."""
        over = Event()

        def renew() -> None:
            while not over.wait(LEASE / 3):
                try:
                    with self.store.writing() as connection:
                        until = self.store.clock(connection) + LEASE
                        connection.execute(
                            update(job)
                            .where(job.c.owner == self.name, job.c.state == "leased")
                            .values(until=until)
                        )
                except StoreError:  # the next turn tries again; a lease that is lost is noticed when it ends
                    continue

        thread = Thread(target=renew, daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _take_back(self, connection: Connection, now: float) -> None:
        """Leases that ran out, and at once those of processes of this machine that have died."""
        owners = connection.execute(
            select(job.c.owner).where(job.c.recipe == self.number, job.c.state == "leased").distinct()
        ).scalars()
        dead = [owner for owner in owners if _is_dead(owner)]
        lost = (job.c.recipe == self.number) & (job.c.state == "leased")
        lost = lost & or_(job.c.until < now, job.c.owner.in_(dead))
        given_up = list(
            connection.execute(select(job.c.id).where(lost, job.c.attempts >= _ATTEMPTS)).scalars()
        )
        if given_up:
            reason = f"审核它的程序 {_ATTEMPTS} 次中途退出，已放弃"
            connection.execute(
                insert(failure), [{"job": one, "member": "", "reason": reason} for one in given_up]
            )
            connection.execute(update(job).where(job.c.id.in_(given_up)).values(state="failed", owner=""))
        connection.execute(update(job).where(lost).values(state="waiting", owner=""))


def _is_dead(owner: str) -> bool:
    """Only what is certain: a process of this machine that is no more."""
    host, number, _ = owner.split("/")
    if os.name != "posix" or host != socket.gethostname():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
