"""Proposals about a row of indicators: its actual against its target, its score under the declared rule.

Where the numbers are those of a row that was read, the row's own comparison and scoring decide, as in the
rules. A number that no row holds is compared by the signs written beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.compiled import compiled
from auditor.facts.scoring.earning import declared, earned, rule_for
from auditor.facts.scoring.marks import computed
from auditor.facts.scoring.targets import Comparison, compare
from auditor.figures import Figure, Interval, Modifier, show
from auditor.judge.belong import THINGS, of_one_thing
from auditor.judge.operands import NotProposed, Operand
from auditor.judge.tieout import measure
from auditor.language import word
from auditor.report import Report
from auditor.report.model import Indicator

FEW = "运算数不够或过多"
UNITS = "各数单位不同，不能放在一起"
NO_SIGN = "目标没有写明不少于还是不超过"
NO_RULE = "没有写明或推不出评分办法"
TAKEN_OFF = "未达目标，已经扣分"

_SIGN = compiled(
    "(?P<least>≥|>=|不少于|不低于|不小于|至少|以上|下限)|(?P<most>≤|<=|不超过|不高于|不大于|不多于|至多|以内|以下|控制在|上限|限额|封顶)"
    "|(?P<over>达到|大于|超过|高于|>)|(?P<under>小于|低于|少于|<)"
)
_AIM = compiled("任务|目标|计划|指标值")
"""A number that is called so is to be reached, where less would not be better."""
_LEAST_SIGNS = (Modifier.AT_LEAST, Modifier.OVER)
_MOST_SIGNS = (Modifier.AT_MOST, Modifier.UNDER)


def judged(
    kind: str, places: Sequence[Operand], figures: Sequence[Figure], report: Report | None
) -> tuple[str, bool]:
    """What is told, and whether it holds. Raises `NotProposed`."""
    if kind == "目标":
        return _against_target(places, figures, report)
    if report is None:
        raise NotProposed(NO_RULE)
    return _scored(figures, places, report)


def _against_target(
    places: Sequence[Operand], figures: Sequence[Figure], report: Report | None
) -> tuple[str, bool]:
    """The actual and the target, in either order: the target is the one with a sign."""
    if len(figures) != 2 or len({measure(one) for one in figures} - {""}) > 1:
        raise NotProposed(UNITS if len(figures) == 2 else FEW)
    row = _row(figures, report)
    if row is not None and (outcome := compare(row)) is not None and outcome.met is not None:
        if not outcome.met and row.lost is not None and row.lost > 0:
            raise NotProposed(TAKEN_OFF)
        assert row.actual is not None
        assert row.target is not None
        sign = "达到" if outcome.met else "未达到"
        return f"实际 {row.actual.text} {sign}目标 {row.target.text}", outcome.met
    directions = [_direction(place, figure) for place, figure in zip(places, figures, strict=True)]
    (actual, target), most = (tuple(figures), directions[1])
    if directions[1] is None and directions[0] is not None:
        (target, actual), most = (tuple(figures), directions[0])
    if most is None:
        raise NotProposed(NO_SIGN)
    if report is not None and not of_one_thing(places[0], places[1], report):
        raise NotProposed(THINGS)
    bound = Interval.exact(target.amount)
    holds = _may_reach(bound, actual.base) if most else _may_reach(actual.base, bound)
    sign = ("≤" if most else "≥") if holds else (">" if most else "<")
    return f"{actual.raw} {sign} {target.raw}", holds


def is_limit(place: Operand) -> bool:
    """Whether a date is one that something was to be reached by: 11月底前."""
    return word("date_limit").search(place.around(after=4)) is not None


def _direction(place: Operand, figure: Figure) -> bool | None:
    """Whether the number is an upper bound; None where its words do not say, or say both."""
    if figure.modifier in _LEAST_SIGNS or figure.modifier in _MOST_SIGNS:
        return figure.modifier in _MOST_SIGNS
    for words in (place.view.text, place.around()):
        found = {match.lastgroup in ("most", "under") for match in _SIGN.finditer(words)}
        if len(found) == 1:
            return found.pop()
    less = any(word(name).search(place.line.text) for name in ("less_is_better", "a_cost"))
    return False if _AIM.search(place.around()) and not less else None


def _may_reach(one: Interval, other: Interval) -> bool:
    """Whether `one` can be at least `other`."""
    return one.meets(other) or one.low >= other.high


def _scored(figures: Sequence[Figure], places: Sequence[Operand], report: Report) -> tuple[str, bool]:
    """Target, actual, weight and score of one row, under the rule that the form declares for it."""
    if len(figures) != 4:
        raise NotProposed(FEW)
    target, actual, weight, score = figures
    row = _row(figures, report)
    outcome = compare(row) if row is not None else _compared(places, target, actual)
    own, rule = declared(report), rule_for(report, row)
    if outcome is None or outcome.met is None or (rule is None and own == type(own)() and row is None):
        raise NotProposed(NO_RULE)
    options = earned(weight, outcome, own, rule)
    if not options:
        raise NotProposed(NO_RULE)
    printed = computed(score, report.score_unit)
    fitting = next((one for one in options if one.points.meets(printed)), None)
    best = fitting or options[0]
    sign = "符合得分" if fitting else f"应为 {show(best.value, 2)} ≠ 得分"
    return f"按{best.rule}：{best.formula}，{sign} {show(score.value)}", fitting is not None


def _compared(places: Sequence[Operand], target: Figure, actual: Figure) -> Comparison | None:
    if measure(target) != measure(actual):
        raise NotProposed(UNITS)
    most = bool(_direction(places[0], target))
    bound = Interval.exact(target.amount)
    met = _may_reach(bound, actual.base) if most else _may_reach(actual.base, bound)
    return Comparison(met, target=target, actual=actual, reverse=most, formal=False)


def _row(figures: Sequence[Figure], report: Report | None) -> Indicator | None:
    """The indicator whose target and actual hold two of the numbers."""
    for row in report.indicators if report is not None else ():
        cells = [view.span() for view in (row.target, row.actual) if view is not None]
        if len(cells) == 2 and all(any(one.span.overlaps(cell) for one in figures) for cell in cells):
            return row
    return None
