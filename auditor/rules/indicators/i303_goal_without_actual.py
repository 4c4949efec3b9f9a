"""I303 量化目标没有报告结果 (indicator.goal-without-actual)

查什么  绩效目标中写明数量或比率的（“完整率达到80%以上”），报告其他地方有没有同一事项的实际数。没有的逐条列出。
为什么  设了目标不报结果，等于没有完成情况；这一项不能算完成。
反例
    城区公厕改造项目支出绩效自评报告
    一、项目基本情况
    （一）项目概况
    对城区公厕进行改造，由城管局组织实施。
    （二）项目绩效目标
    1.设备完好率达到95%以上，群众投诉办结率达98%以上。
    二、绩效目标完成情况
    全年投诉办结率99.2%，改造工作有序推进，存在问题已整改。
    → 存疑
正例
    城区公厕改造项目支出绩效自评报告
    一、项目基本情况
    （一）项目概况
    对城区公厕进行改造，由城管局组织实施。
    （二）项目绩效目标
    1.设备完好率达到95%以上，群众投诉办结率达98%以上。
    二、绩效目标完成情况
    全年设备完好率96.4%，投诉办结率99.2%，存在问题已整改。
    → 无
依据    财预〔2020〕10号：自评应当说明各项绩效目标的完成情况
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from auditor.document import View
from auditor.facts.quantities import plan_spans, touches
from auditor.figures import Figure, Kind, Modifier, scan
from auditor.language import same_unit, word
from auditor.report.model import Goal, Indicator, Passage, Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="I303",
    name="indicator.goal-without-actual",
    title="量化目标没有报告实际结果",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_TIME_UNITS = frozenset(
    (
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
    )
)
_BOUNDS = (Modifier.AT_LEAST, Modifier.OVER)
_KEY = 3  # closing characters of a rate's name that must reappear: 完整率, 化解率


@frozen
class _Aim:
    """One quantified goal: its words, and the names that must reappear with a figure. A count has
    none: its unit must reappear, and, where it carries no bound, two characters of its words."""

    view: View
    figure: Figure
    names: tuple[str, ...] = ()
    pieces: frozenset[str] = frozenset()


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    told_once: dict[str, _Aim] = {}  # the goal of the year's beginning is often repeated as the adjusted one
    for goal in report.goals:
        for aim in _aims(goal) if not goal.filled_by_system else ():
            told_once.setdefault(aim.view.text, aim)
    aims = list(told_once.values())
    if not aims:
        return
    aims, more = aims[:_MOST_AIMS], len(aims) - _MOST_AIMS
    if more > 0:
        yield RULE.not_assessable(
            f"绩效目标中量化目标多于{_MOST_AIMS}处，其余{more}处没有核对是否报告了结果。",
            [aims[-1].view],
            key=("too many",),
        )
    goals = plan_spans(report)
    elsewhere = [
        passage
        for passage in report.passages
        if not passage.filled_by_system and not touches(passage.span, goals)
    ]
    results = _Results()
    missing = [
        (aim, names)
        for aim in aims
        if not results.answer(aim)
        and not _in_a_row(aim, report.indicators)
        and (names := _missing(aim, elsewhere)) is not None
    ]
    if not missing:
        yield RULE.consistent(
            f"绩效目标中 {len(aims)} 处量化目标都报告了实际结果。",
            [aim.view for aim in aims],
            key=tuple(aim.view.text for aim in aims),
        )
        return
    told = "；".join(
        f"“{aim.view.text}”"
        + (f"（其中{'、'.join(names)}）" if names and len(names) < len(aim.names) else "")
        for aim, names in missing
    )
    yield RULE.query(
        f"绩效目标中有 {len(missing)} 处量化目标，报告没有写实际完成数：{told}。",
        [aim.view for aim, _ in missing],
        impact="这些目标是否完成无法判断。",
        suggestion="补报各项目标的实际完成数和依据。",
        key=tuple(aim.view.text for aim, _ in missing),
    )


def _aims(goal: Goal) -> Iterator[_Aim]:
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
                yield _Aim(goal.view.part(clause + matches[0].start(), figure.end), figure, names)
            left = figure.end
        elif figure.kind is Kind.COUNT and figure.unit not in _TIME_UNITS:
            stop = min(
                (at for mark in "。;；，," if (at := text.find(mark, figure.end)) != -1), default=len(text)
            )
            if figure.modifier in _BOUNDS:
                yield _Aim(goal.view.part(clause, stop), figure)
            elif (
                figure.raw[0].isdigit()
                and word("goal_task").search(before)
                and not word("goal_aside").match(before)
            ):
                pieces = frozenset(before[at : at + 2] for at in range(len(before) - 1))
                yield _Aim(goal.view.part(clause, stop), figure, pieces=pieces)
            left = figure.end


_MOST_AIMS = 100
"""Aims that the goals of one project put in numbers: some dozens at most."""


class _Results:
    """Where the texts of goals tell what was done, each looked through once."""

    def __init__(self) -> None:
        self._done: dict[str, list[tuple[int, int]]] = {}
        self._last: dict[str, dict[tuple[Kind, str], int]] = {}

    def answer(self, aim: _Aim) -> bool:
        """Whether its own passage goes on with what was really done: "目标：不少于200批次。实际检测230批次"."""
        view = aim.figure.view
        if view.text not in self._done:
            self._done[view.text] = [match.span() for match in word("goal_done").finditer(view.text)]
            self._last[view.text] = {(one.kind, same_unit(one.unit)): one.start for one in scan(view)}
        done = self._done[view.text]
        at = bisect_left(done, (aim.figure.end, 0))
        last = self._last[view.text].get((aim.figure.kind, same_unit(aim.figure.unit)), -1)
        return at < len(done) and done[at][1] <= last


def _missing(aim: _Aim, passages: list[Passage]) -> tuple[str, ...] | None:
    """Names of the goal that are reported nowhere; None if nothing is missing."""
    if not aim.names:
        return None if any(_counted(aim, passage) for passage in passages) else ()
    absent = tuple(name for name in aim.names if not _reported(name[-_KEY:], passages))
    return absent or None


def _in_a_row(aim: _Aim, rows: Sequence[Indicator]) -> bool:
    """Whether an indicator whose unit has a column of its own tells the count: "集中培训人数 | 人 | ≥ | 320 | 286"."""
    unit = same_unit(aim.figure.unit)
    return any(
        row.unit is not None
        and row.actual is not None
        and same_unit(row.unit.text) == unit
        and any(piece in row.name for piece in aim.pieces)
        for row in rows
    )


def _counted(aim: _Aim, passage: Passage) -> bool:
    unit = same_unit(aim.figure.unit)
    if not any(f.kind is Kind.COUNT and same_unit(f.unit) == unit for f in passage.figures):
        return False
    text = passage.label + passage.text
    return not aim.pieces or any(piece in text for piece in aim.pieces)


def _reported(key: str, passages: list[Passage]) -> bool:
    """A rate behind the name in the same passage, or in the cells next to it."""
    stem = word("a_rate_end").sub("", key)
    for at, passage in enumerate(passages):
        if len(stem) >= 2 and key != stem and _counts_of(stem, passage):
            return True
        found = passage.text.find(key)
        if found == -1:
            continue
        if any(figure.kind is Kind.RATE and figure.start > found for figure in passage.figures):
            return True
        cells = [cell for cell in passages[at + 1 : at + 4] if cell.kind is TextKind.CELL]
        if any(f.kind in (Kind.RATE, Kind.PLAIN) for cell in cells for f in cell.figures):
            return True
    return False


def _counts_of(stem: str, passage: Passage) -> bool:
    """Whether two counts tell of it: "受理投诉412件，办结412件" reports the rate of 办结."""
    counted = [figure for figure in passage.figures if figure.kind is Kind.COUNT]
    return len(counted) >= 2 and any(
        stem in passage.text[max(0, figure.start - 6) : figure.start] for figure in counted
    )
