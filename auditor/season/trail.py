"""Who did what and when: append-only, each entry chained to the one before by its hash.

Hash of an entry: SHA-256 of the UTF-8 JSON list [number, at, who, act, body, hash before], without
spaces, body as the text that is stored. The first entry follows 64 zeros. Anybody can recompute it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select

from auditor.season.store import Store
from auditor.season.store.tables import trail
from auditor.values import frozen

_START = "0" * 64
_PAGE = 5000


@frozen
class Entry:
    """`body` is JSON: what it was about, with `from` and `to` where something was changed."""

    number: int
    at: str
    who: str
    act: str
    body: str
    before: str
    hash: str

    @property
    def own_hash(self) -> str:
        """What `hash` has to be."""
        parts = [self.number, self.at, self.who, self.act, self.body, self.before]
        told = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def now() -> str:
    """ISO date and time in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(store: Store, connection: Connection, who: str, act: str, body: object) -> Entry:
    """Adds an entry within a transaction that writes: both stand or fall together."""
    store.alone(connection)
    last = connection.execute(select(trail.c.id, trail.c.hash).order_by(trail.c.id.desc()).limit(1)).first()
    number, before = (last.id + 1, last.hash) if last else (1, _START)
    written = json.dumps(body, ensure_ascii=False, sort_keys=True)
    entry = Entry(number, now(), who, act, written, before, "")
    entry = replace(entry, hash=entry.own_hash)
    connection.execute(
        insert(trail).values(
            id=entry.number, at=entry.at, who=who, act=act, body=written, before=before, hash=entry.hash
        )
    )
    return entry


def entries(store: Store, after: int = 0) -> Iterator[Entry]:
    """In their order, from the one after number `after`."""
    while True:
        with store.reading() as connection:
            rows = connection.execute(
                select(trail).where(trail.c.id > after).order_by(trail.c.id).limit(_PAGE)
            ).all()
        for row in rows:
            yield Entry(row.id, row.at, row.who, row.act, row.body, row.before, row.hash)
        if len(rows) < _PAGE:
            return
        after = rows[-1].id


@frozen
class Verified:
    """`last` is the hash of the last entry: written down elsewhere, it proves the whole trail. `broken`
    says what is wrong, in Chinese; "" where nothing is."""

    count: int
    last: str
    broken: str = ""


def verify(store: Store, expected: str = "") -> Verified:
    """Recomputes every hash. `expected` is one that was written down earlier: it has to be in the chain."""
    before, count, seen = _START, 0, not expected
    for entry in entries(store):
        count += 1
        if entry.number != count:
            return Verified(count, before, f"第 {count} 条缺失")
        if entry.before != before:
            return Verified(count, before, f"第 {count} 条与前一条接不上")
        if entry.hash != entry.own_hash:
            return Verified(count, before, f"第 {count} 条内容被改动过")
        before = entry.hash
        seen = seen or before == expected
    return Verified(count, before, "" if seen else "记下的校验值不在留痕里，后面的记录被删除或改写过")
