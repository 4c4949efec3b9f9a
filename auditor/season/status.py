"""Where the season stands, in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import func, select

from auditor.season.queue import Counts
from auditor.season.reading import records
from auditor.season.records import Record
from auditor.season.run import Failed, failures
from auditor.season.store import Store
from auditor.season.store.tables import document, job, place, recipe
from auditor.values import frozen


@frozen
class Status:
    """`queue` counts the audits of the recipe that was used last; `fresh` files have no audit yet."""

    files: int
    contents: int
    fresh: int
    queue: Counts
    reports: list[Record]
    failed: list[Failed]

    def lines(self) -> Iterator[str]:
        twins = self.files - self.contents
        yield f"文件 {self.files} 个" + (f"，其中内容重复 {twins} 个" if twins else "")
        queue = self.queue
        yield (
            f"审核：已完成 {queue.done}，等待 {queue.waiting + self.fresh}，进行中 {queue.leased}，未能审核 {queue.failed}"
        )
        living = [one for one in self.reports if one.current]
        current = [one for one in living if not one.letter]
        older = sum(not one.current and one.same_as is None for one in self.reports)
        same = sum(one.same_as is not None for one in self.reports)
        letters = len(living) - len(current)
        beside = [f"旧稿 {older} 份，同一报告的其他文件 {same} 份"] * bool(older or same)
        beside += [f"公函和说明 {letters} 份"] * bool(letters)
        yield f"报告 {len(current)} 份，单位 {len({one.unit for one in current if one.unit})} 个" + (
            f"；另有{'，'.join(beside)}" if beside else ""
        )
        leading = [each for one in current for each in one.findings if not each.related]
        verdicts = Counter(each.verdict for each in leading)
        yield f"不一致 {verdicts['inconsistent']}，存疑 {verdicts['query']}，无法核验 {verdicts['not_assessable']}"
        words = Counter(each.decision for each in leading if each.flagged)
        yield f"处理：确认 {words['确认']}，驳回 {words['驳回']}，存疑 {words['存疑']}，未处理 {words['']}"
        if unread := sum(bool(one.covered.unread_tables) for one in current):
            yield f"有 {unread} 份报告的表格没有读懂或没有全部读懂，其结论只针对读懂的部分"


def status(store: Store) -> Status:
    """What is known now; other processes may be at work."""
    with store.reading() as connection:
        last = connection.execute(
            select(recipe.c.id).join(job, job.c.recipe == recipe.c.id).order_by(job.c.id.desc()).limit(1)
        ).scalar()
        files = connection.execute(select(func.count()).select_from(place)).scalar_one()
        living = document.c.replaced.is_(None)
        contents = connection.execute(select(func.count()).where(living)).scalar_one()
        rows = connection.execute(
            select(job.c.state, func.count())
            .join(document, document.c.id == job.c.document)
            .where(job.c.recipe == last, living)
            .group_by(job.c.state)
        )
        queue = Counts(**{str(state): int(count) for state, count in rows})
    return Status(
        files, contents, contents - queue.total, queue, records(store), failures(store, last) if last else []
    )
