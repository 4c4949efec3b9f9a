"""Decisions on findings and on whole reports: who, when, from what to what, in the trail. Several people may
decide at once; the last word counts, and every word stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, insert, select, update

from auditor.memo import confined
from auditor.memo.decisions import DecisionsError, Entry
from auditor.memo.problems import problems
from auditor.season.reading import StoredReports
from auditor.season.store.tables import decision, finding, job, report
from auditor.season.trail import append
from auditor.season.workspace import Workspace
from auditor.values import frozen

Word = Literal["确认", "驳回", "存疑", "有误", "无误"]
ON_FINDINGS: tuple[Word, ...] = ("确认", "驳回", "存疑")
ON_REPORTS: tuple[Word, ...] = ("有误", "无误")
WHOLE = ""
"""The fingerprint of a decision on a whole report."""


class CannotDecide(Exception):
    """A decision that cannot be taken; one line in Chinese says why."""


@frozen
class Decided:
    """`amount` is what the report ought to state, in 元 (only on a whole report)."""

    key: str
    fingerprint: str
    word: Word
    remark: str = ""
    amount: Decimal | None = None
    who: str = ""


@dataclass
class Outcome:
    """`changed` lines say what was decided otherwise before."""

    new: int = 0
    same: int = 0
    changed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def told(self) -> str:
        return f"收下处理意见：新增 {self.new} 条，更改 {len(self.changed)} 条，相同 {self.same} 条"


def decide(workspace: Workspace, decided: Iterable[Decided], outcome: Outcome | None = None) -> Outcome:
    """Takes decisions in, each with its entry in the trail, in one transaction."""
    outcome, store = outcome or Outcome(), workspace.store
    with store.writing() as connection:
        store.alone(connection)  # what is read here as "before" is what stands until the end
        for one in decided:
            _take(workspace, connection, one, outcome)
    return outcome


def _take(workspace: Workspace, connection: Connection, one: Decided, outcome: Outcome) -> None:
    here = (decision.c.key == one.key) & (decision.c.fingerprint == one.fingerprint)
    known = connection.execute(select(decision).where(here)).first()
    who = one.who or workspace.who
    amount = None if one.amount is None else format(one.amount, "f")
    if known is not None and (known.decision, known.remark, known.amount) == (one.word, one.remark, amount):
        outcome.same += 1
        return
    before = "" if known is None else known.decision
    body = {
        "report": one.key,
        "finding": one.fingerprint,
        "from": before,
        "to": one.word,
        "remark": one.remark,
    }
    if amount is not None:
        body["amount"] = amount
    if who != workspace.who:
        body["by"] = workspace.who
    entry = append(workspace.store, connection, who, "处理", body)
    values = {
        "decision": one.word, "remark": one.remark, "amount": amount, "who": who, "at": entry.at, "trail": entry.number,
    }  # fmt: skip
    if known is None:
        outcome.new += 1
        connection.execute(insert(decision).values(key=one.key, fingerprint=one.fingerprint, **values))
        return
    at = datetime.fromisoformat(known.at).astimezone()
    outcome.changed.append(f"{known.who} 于 {at:%Y-%m-%d %H:%M} 的“{before}”改为“{one.word}”")
    connection.execute(update(decision).where(here).values(**values))


def on_problem(workspace: Workspace, number: int, problem: int, word: Word, remark: str) -> list[Decided]:
    """The decision on problem so-and-so of a report: it holds of all findings of one cause."""
    told = StoredReports(workspace.store).told(number)
    for one in problems(told):
        if one.number == problem:
            key = key_of(workspace, number)
            return [Decided(key, result.fingerprint, word, remark) for result in one.results]
    raise CannotDecide(f"第 {number} 号报告没有第 {problem} 个问题")


def on_report(workspace: Workspace, number: int, word: Word, remark: str, amount: str) -> list[Decided]:
    """The decision on a whole report, with the amount that it ought to state."""
    try:
        right = Decimal(amount.replace(",", "").replace("，", "")) if amount else None
    except InvalidOperation:
        raise CannotDecide(f"应有金额“{amount}”不是数，以元为单位") from None
    if right is not None and not right.is_finite():
        raise CannotDecide(f"应有金额“{amount}”不是数，以元为单位")
    return [Decided(key_of(workspace, number), WHOLE, word, remark, right)]


def key_of(workspace: Workspace, number: int) -> str:
    """What keeps the decisions of all versions of a report together. Raises `CannotDecide`."""
    with workspace.store.reading() as connection:
        key = connection.execute(select(report.c.key).where(report.c.id == number)).scalar()
    if key is None:
        raise CannotDecide(f"没有第 {number} 号报告，用 auditor season show 查看全部")
    return str(key)


def from_ledger(workspace: Workspace, ledger: Path) -> Outcome:
    """The decisions of a ledger that was exported and filled in.

    Raises `DecisionsError` for what is no ledger, `MissingExtra`.
    """
    read = confined.ledger(ledger)
    outcome = Outcome(problems=[f"{ledger}：{problem}" for problem in read.problems])
    taken: list[Decided] = []
    for filled in read.filled:
        keys = _keys(workspace, filled.entries)
        if len(keys) != 1:
            why = "这一季里没有这份报告" if not keys else "这一季里有几份同名的报告"
            outcome.problems.append(f"{ledger}：{filled.place} {why}，请逐份处理")
            continue
        if not filled.entry.decision:
            outcome.problems.append(f"{ledger}：{filled.place} 没有填处理，只填了别的，未收下")
        taken += [
            Decided(keys[0], one.fingerprint, one.decision, one.remark, who=one.who)
            for one in filled.entries
            if one.decision
        ]
    return decide(workspace, taken, outcome)


def _keys(workspace: Workspace, entries: Sequence[Entry]) -> list[str]:
    """The reports that a row of a ledger can speak of: by its mark, else by its names and the finding."""
    first = entries[0]
    with workspace.store.reading() as connection:
        found = (
            select(report.c.key)
            .join(finding, finding.c.report == report.c.id)
            .join(job, job.c.id == report.c.job)
            .where(job.c.latest, finding.c.fingerprint == first.fingerprint)
            .distinct()
        )
        keys = list(connection.execute(found.where(report.c.key == first.report)).scalars())
        if keys:
            return keys
        named = found.where(report.c.project == first.project, report.c.unit == first.unit)
        return list(connection.execute(named).scalars())


__all__ = [
    "ON_FINDINGS", "ON_REPORTS", "WHOLE", "CannotDecide", "Decided", "DecisionsError", "Outcome", "Word", "decide",
    "from_ledger", "key_of", "on_problem", "on_report",
]  # fmt: skip
