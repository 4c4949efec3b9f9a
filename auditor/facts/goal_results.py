"""The goals that are told in numbers, and whether anything tells what was achieved of them.

完整率、录入率达到80%          each of the two names must reappear with a rate
不少于200批次                  a count of the unit must reappear
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.document import View
from auditor.facts.quantities import plan_spans, touches
from auditor.figures import Figure, Kind, Modifier, scan
from auditor.language import same_unit, word
from auditor.report.model import Goal, Indicator, Passage, Report, TextKind
from auditor.values import frozen

_TIME_UNITS = frozenset(
    [
        "年",
        "月",
        "个月",
        "日",
        "天",
        "小时",
        "分钟",
        "工作日",
        "个工作日",
        "季度",
        "周",
        "岁",
        "期",
        "个工作",
        "期限",
    ]
)
MOST_AIMS = 100
"""Aims that the goals of one project put in numbers: some dozens at most."""
_BOUNDS = (Modifier.AT_LEAST, Modifier.OVER)
_LEAD = 6  # characters before a count that say what it counts
_KEY = 3  # closing characters of a rate's name that must reappear: 完整率, 化解率


@frozen
class QuantifiedGoal:
    """One quantified goal: its words, and the names that must reappear with a figure. A count has
    none: its unit must reappear, and, where it carries no bound, two characters of its words."""

    view: View
    figure: Figure
    names: tuple[str, ...] = ()
    pieces: frozenset[str] = frozenset()


def quantified_goals(report: Report) -> list[QuantifiedGoal]:
    """Each goal in numbers once: the goal of the year's beginning is often repeated as the adjusted one."""
    once: dict[str, QuantifiedGoal] = {}
    for goal in report.goals:
        for aim in _aims(goal) if not goal.filled_by_system else ():
            once.setdefault(aim.view.text, aim)
    return list(once.values())


def unanswered(report: Report, aims: list[QuantifiedGoal]) -> list[tuple[QuantifiedGoal, tuple[str, ...]]]:
    """Goals of which no result is told, with the names that are missing (none where it counts)."""
    goals = plan_spans(report)
    elsewhere = [
        passage
        for passage in report.passages
        if not passage.filled_by_system and not touches(passage.span, goals)
    ]
    results = _Results()
    told = _Told(elsewhere)
    return [
        (aim, names)
        for aim in aims
        if not results.answer(aim)
        and not _in_a_row(aim, report.indicators)
        and (names := told.missing(aim)) is not None
    ]


def _aims(goal: Goal) -> Iterator[QuantifiedGoal]:
    """Rates with a name, and counts with a bound; "完整率、录入率达到80%" has two names."""
    text = goal.view.text
    told = word("goal_result_told").search(text)
    left = 0
    for figure in scan(goal.view):
        if told is not None and figure.start > told.start():
            return
        clause = max(left, *(text.rfind(mark, 0, figure.start) + 1 for mark in "。;；，,"))
        before = text[clause : figure.start]
        if figure.kind is Kind.RATE:
            matches = list(word("goal_rate_name").finditer(before))
            if matches:
                names = tuple(word("goal_lead").sub("", match["name"]) for match in matches)
                yield QuantifiedGoal(goal.view.part(clause + matches[0].start(), figure.end), figure, names)
            left = figure.end
        elif figure.kind is Kind.COUNT and figure.unit not in _TIME_UNITS:
            stop = min(
                (at for mark in "。;；，," if (at := text.find(mark, figure.end)) != -1), default=len(text)
            )
            if figure.modifier in _BOUNDS:
                yield QuantifiedGoal(goal.view.part(clause, stop), figure)
            elif (
                figure.raw[0].isdigit()
                and word("goal_task").search(before)
                and not word("goal_aside").match(before)
            ):
                pieces = frozenset(before[at : at + 2] for at in range(len(before) - 1))
                yield QuantifiedGoal(goal.view.part(clause, stop), figure, pieces=pieces)
            left = figure.end


class _Results:
    """Where the texts of goals tell what was done, each looked through once."""

    def __init__(self) -> None:
        self._done: dict[str, list[tuple[int, int]]] = {}
        self._last: dict[str, dict[tuple[Kind, str], int]] = {}

    def answer(self, aim: QuantifiedGoal) -> bool:
        """Whether its own passage goes on with what was really done: "目标：不少于200批次。实际检测230批次"."""
        view = aim.figure.view
        if view.text not in self._done:
            self._done[view.text] = [match.span() for match in word("goal_done").finditer(view.text)]
            self._last[view.text] = {(one.kind, same_unit(one.unit)): one.start for one in scan(view)}
        done = self._done[view.text]
        at = bisect_left(done, (aim.figure.end, 0))
        last = self._last[view.text].get((aim.figure.kind, same_unit(aim.figure.unit)), -1)
        return at < len(done) and done[at][1] <= last


def _in_a_row(aim: QuantifiedGoal, rows: Sequence[Indicator]) -> bool:
    """Whether an indicator whose unit has a column of its own tells the count: "集中培训人数 | 人 | ≥ | 320 | 286"."""
    unit = same_unit(aim.figure.unit)
    return any(
        row.unit is not None
        and row.actual is not None
        and same_unit(row.unit.text) == unit
        and any(piece in row.name for piece in aim.pieces)
        for row in rows
    )


class _Told:
    """What passages outside the goals tell, their figures sorted by kind once for all aims."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._of_unit: dict[str, list[Passage]] = {}  # passages that count in a unit
        leads: list[str] = []  # the words before each count, where a passage has two
        self._rates: list[int] = []  # where the last rate of each passage begins
        self._cell_tells: list[bool] = []  # whether a passage is a cell with a rate or a bare number
        for passage in passages:
            counts = [one for one in passage.figures if one.kind is Kind.COUNT]
            for unit in {same_unit(one.unit) for one in counts}:
                self._of_unit.setdefault(unit, []).append(passage)
            if len(counts) >= 2:
                leads += [passage.text[max(0, one.start - _LEAD) : one.start] for one in counts]
            rates = [one.start for one in passage.figures if one.kind is Kind.RATE]
            self._rates.append(max(rates, default=-1))
            bare = any(one.kind is Kind.PLAIN for one in passage.figures)
            self._cell_tells.append(passage.kind is TextKind.CELL and (bool(rates) or bare))
        self._leads = "\n".join(leads)
        self._answers: dict[str, bool] = {}  # by the end of a rate's name

    def missing(self, aim: QuantifiedGoal) -> tuple[str, ...] | None:
        """Names of the goal that are reported nowhere; None if nothing is missing."""
        if not aim.names:
            return None if self._counted(aim) else ()
        return tuple(name for name in aim.names if not self._reported(name[-_KEY:])) or None

    def _counted(self, aim: QuantifiedGoal) -> bool:
        telling = self._of_unit.get(same_unit(aim.figure.unit), ())
        return any(
            not aim.pieces or any(piece in passage.label + passage.text for piece in aim.pieces)
            for passage in telling
        )

    def _reported(self, key: str) -> bool:
        if key not in self._answers:
            self._answers[key] = self._tells(key)
        return self._answers[key]

    def _tells(self, key: str) -> bool:
        """A rate behind the name in the same passage or in the cells next to it, or two counts that tell of it:
        "受理投诉412件，办结412件" reports the rate of 办结."""
        stem = word("a_rate_end").sub("", key)
        if len(stem) >= 2 and key != stem and stem in self._leads:
            return True
        return any(
            self._rates[at] > found or any(self._cell_tells[at + 1 : at + 4])
            for at, passage in enumerate(self._passages)
            if (found := passage.text.find(key)) != -1
        )
