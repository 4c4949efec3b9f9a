"""From the self-score to the recomputed and the reviewed score, problem by problem."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from auditor.facts.scoring.grades import Cut, earned
from auditor.figures import show
from auditor.memo.model import Report, Result
from auditor.memo.problems import Problem, problems
from auditor.values import frozen


@frozen
class Step:
    """What one problem does to the total score. `proved` by the report itself, else open; `decided` is
    the reviewer's word on it, "" for none."""

    problem: Problem
    delta: Decimal
    proved: bool
    decided: str

    @property
    def counts(self) -> bool:
        """Whether the reviewed score takes it in."""
        return self.decided == "确认" or (self.proved and self.decided != "驳回")

    @property
    def open(self) -> bool:
        """Whether it is neither proved nor decided."""
        return not self.proved and self.decided not in ("确认", "驳回")


@frozen
class Pending:
    """A problem that proves a score wrong, but not what it ought to be: the total loses from `least` to `most`."""

    problem: Problem
    most: Decimal
    least: Decimal

    @property
    def words(self) -> str:
        """最多 −10, −0.2 至 −0.21"""
        if not self.least:
            return f"最多 {signed(self.most)}"
        return (
            signed(self.most) if self.least == self.most else f"{signed(self.least)} 至 {signed(self.most)}"
        )


@frozen
class Bridge:
    """`computed` follows from what is proved to a number, `pending` is proved without one; `reviewed`, once somebody has decided, from the decisions, and from that
    its `grade`, "" where none is known."""

    start: Decimal
    steps: tuple[Step, ...]
    computed: Decimal
    reviewed: Decimal | None
    grade: str = ""
    pending: tuple[Pending, ...] = ()

    @property
    def standing(self) -> tuple[Step, ...]:
        """Without what a reviewer has rejected: that is told in no paper that goes out."""
        return tuple(step for step in self.steps if step.decided != "驳回")

    @property
    def overruled(self) -> bool:
        """Whether something proved was rejected: `computed` no longer follows from what stands."""
        return any(step.proved and step.decided == "驳回" for step in self.steps)

    @property
    def base(self) -> Decimal:
        """To which an open question is added: what follows from the decisions, once there are any."""
        return self.computed if self.reviewed is None else self.reviewed

    def reviewed_words(self) -> str:
        """98.24 分，等次优秀; "" before anybody has decided."""
        if self.reviewed is None:
            return ""
        return f"{show(self.reviewed)} 分" + (f"，等次{self.grade}" if self.grade else "")


def bridge(report: Report) -> Bridge | None:
    """None where the report states no total or nothing bears on it."""
    start, computed = number(report.self_score), number(report.recomputed_score)
    if start is None or computed is None:
        return None
    steps = tuple(found for problem in problems(report) if (found := step(problem)) is not None)
    decided = any(step.decided for step in steps)
    reviewed = start + sum((step.delta for step in steps if step.counts), Decimal(0)) if decided else None
    cuts = (Cut(Decimal(one.bound), one.above, one.word) for one in report.grade_cuts)
    grade = "" if reviewed is None else earned(reviewed, cuts)
    return Bridge(start, steps, computed, reviewed, grade, tuple(pending(report)))


def pending(report: Report) -> Iterator[Pending]:
    """Those that no reviewer has rejected."""
    for problem in problems(report):
        bounds = [end for one in problem.results for end in map(number, one.score_between) if end is not None]
        if bounds and problem.decided != "驳回" and step(problem) is None:
            yield Pending(problem, min(bounds), max(bounds))


def step(problem: Problem) -> Step | None:
    """None where it does not bear on the total score, as far as is known."""
    proved = [delta for one in problem.results if one.verdict == "inconsistent" and (delta := _delta(one))]
    told = proved or [delta for one in problem.results if (delta := _delta(one))]
    if not told:
        return None
    return Step(problem, max(told, key=abs), bool(proved), problem.decided)


def _delta(result: Result) -> Decimal | None:
    return number(result.score_delta) or None


def number(written: str | None) -> Decimal | None:
    """A number of the memo, None where there is none."""
    try:
        return None if not written else Decimal(written)
    except InvalidOperation:
        return None


def signed(delta: Decimal) -> str:
    """+0.5, −1, 0"""
    if not delta:
        return "0"
    return f"−{show(-delta)}" if delta < 0 else f"+{show(delta)}"


def told(found: Bridge, grade: str = "") -> str:
    """自评 99.55 分，核算 98.24 分，相差 −1.31 分; what becomes of the `grade`, and what else would change it."""
    line = f"自评 {show(found.start)} 分，核算 {show(found.computed)} 分"
    if found.computed != found.start:
        line += f"，相差 {signed(found.computed - found.start)} 分"
    line += grade
    if found.pending:
        line += f"；{'、'.join(f'问题{one.problem.number}（{one.words} 分）' for one in found.pending)}的得分待重新认定"
    for step in found.steps:
        if not step.open:
            continue
        line += f"；如问题{step.problem.number}成立，则为 {show(found.base + step.delta)} 分"
    if reviewed := found.reviewed_words():
        line += f"；按复核意见为 {reviewed}"
    return line
