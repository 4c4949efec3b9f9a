"""Two parts of a season by themselves, at sizes that whole audits take hours for: the store, and the comparison.

The store   results of a hundred audited reports, written again and again as those of other projects, then read
The copies  reports of ten narratives each, one in a hundred a copy with a passage changed
"""

from __future__ import annotations

import resource
import shutil
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from random import Random

from sqlalchemy import insert

from auditor.batch import Order
from auditor.isolation import Limits
from auditor.season import workspace as folders
from auditor.season.across.copies import Comparison, alike
from auditor.season.keeping import Result, keep
from auditor.season.queue import Lessee, Task, settled
from auditor.season.reading import records
from auditor.season.records import Narrative, Record
from auditor.season.status import status
from auditor.season.store.tables import document, job, place
from auditor.season.worker import Told, audited
from tests.season.plan import Kinds, season, words

_PATTERNS = 100
_TOGETHER = 200
NARRATIVES = 10
_PLANTED = 100
"""One report in so many tells what another told."""
_ORDER = Order(limits=Limits())


@dataclass
class Part:
    """Seconds of the processor by step; the most memory of the process in MB."""

    part: str
    reports: int
    processor: dict[str, float] = field(default_factory=dict)
    clock: dict[str, float] = field(default_factory=dict)
    memory_mb: int = 0
    store_mb: float = 0.0
    planted: int = 0
    found: int = 0
    others: int = 0


class _Watch:
    """Notes the time of each step."""

    def __init__(self, part: Part) -> None:
        self.part = part
        self._begin()

    def _begin(self) -> None:
        self._spent, self._clock = time.process_time(), time.monotonic()

    def over(self, name: str) -> None:
        self.part.processor[name] = round(time.process_time() - self._spent, 2)
        self.part.clock[name] = round(time.monotonic() - self._clock, 2)
        self.part.memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(self.part.part, name, self.part.processor[name], self.part.memory_mb, flush=True)
        self._begin()


def store(count: int, folder: Path) -> Part:
    """So many reports written and read; nothing is audited beside the patterns."""
    shutil.rmtree(folder, ignore_errors=True)
    part = Part("store", count)
    patterns = list(_audited(folder / "in"))
    made = folders.init(folder / "season")
    number = settled(made.store, _ORDER)
    lessee = Lessee(made.store, number)
    watch = _Watch(part)
    for first in range(0, count, _TOGETHER):
        ids = range(first + 1, min(first + _TOGETHER, count) + 1)
        _leased(lessee, number, ids)
        keep(lessee, [_result(at, patterns[at % len(patterns)]) for at in ids])
    watch.over("write")
    found = records(made.store)
    watch.over("read")
    assert len(found) == count, len(found)
    del found
    status(made.store)
    watch.over("status")
    part.store_mb = round((folder / "season" / "season.db").stat().st_size / 1e6, 1)
    made.store.close()
    shutil.rmtree(folder)
    return part


def _audited(folder: Path) -> Iterator[Told]:
    folder.mkdir(parents=True)
    for at, one in enumerate(season(_PATTERNS, "库", ("txt",), Kinds(0, 0, 0, 0, 40))):
        file = folder / f"{at}.txt"
        file.write_bytes(one.data)
        yield from audited(str(file), None, _ORDER, sha256(one.data).hexdigest())


def _leased(lessee: Lessee, recipe: int, ids: Sequence[int]) -> None:
    """The documents and their audits as a run would have leased them."""
    with lessee.store.writing() as connection:
        connection.execute(
            insert(document),
            [{"id": at, "sha256": f"{at:064x}", "size": 1, "category": "", "added": "2026-03-01T00:00:00+00:00"} for at in ids],
        )  # fmt: skip
        connection.execute(
            insert(place),
            [
                {"path": f"/收件/{at:06}.txt", "document": at, "added": "2026-03-01T00:00:00+00:00"}
                for at in ids
            ],
        )
        connection.execute(
            insert(job),
            [{"id": at, "document": at, "recipe": recipe, "state": "leased", "owner": lessee.name} for at in ids],
        )  # fmt: skip


def _result(at: int, told: Told) -> Result:
    reports = [replace(one, key=f"{at:016x}", project=f"{one.project}{at}") for one in told.reports]
    return Result(Task(at, at, "", ""), [replace(told, reports=reports)], "", 0.01)


def copies(count: int) -> Part:
    """Narratives of so many reports compared: sketches, then character by character."""
    part, chance = Part("copies", count), Random(f"雷同 {count}")
    texts = [words(Random(f"段 {at}")) for at in range(count * NARRATIVES)]
    planted: set[frozenset[int]] = set()
    for report in range(_PLANTED - 1, count, _PLANTED):
        source = chance.randrange(report)
        text = texts[source * NARRATIVES]
        place = chance.randrange(len(text) - 20)
        changed = text[:place] + "经复核另有说明" + text[place + 7 :]
        if not alike(text, changed):  # four fifths no more: near its end a change cuts off a short run
            continue
        texts[report * NARRATIVES] = changed
        planted.add(frozenset((source, report)))
    part.planted = len(planted)
    found = [_record(at) for at in range(count)]

    def narratives(record: Record) -> list[Narrative]:
        own = texts[record.id * NARRATIVES : (record.id + 1) * NARRATIVES]
        return [Narrative("RESULT", "社会效益", text, 0, len(text)) for text in own]

    watch = _Watch(part)
    comparison = Comparison(found, narratives)
    comparison.template.learn((one, narratives(one)) for one in found)
    watch.over("template")
    matters = [{side.record.id for side in one.sides} for one in comparison.matters()]
    watch.over("compare")
    held: dict[int, set[int]] = defaultdict(set)
    for number, group in enumerate(matters):
        for at in group:
            held[at].add(number)
    part.found = sum(bool(set.intersection(*(held[at] for at in pair))) for pair in planted)
    touched = {at for pair in planted for at in pair}
    part.others = sum(not group <= touched for group in matters)
    return part


def _record(at: int) -> Record:
    return Record(
        id=at, key=f"{at:016x}", path=f"{at}.txt", member="", index=1, sha256=f"{at:x}", title="", project=f"项目{at}",
        code="", unit=f"单位{at // 5}", category="", form="项目支出绩效自评", year=2025, budget=None, paid=None,
        self_score=None, recomputed_score=None, grade="", added="",
    )  # fmt: skip
