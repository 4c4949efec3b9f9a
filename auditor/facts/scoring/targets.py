"""Target against actual value: comparable or not, met or not, and why.

A target is taken as written (it was set, not measured); an actual value is the interval it stands
for. A target counts as missed only where no value of that interval reaches it, or where a strict
sign is broken by the form's own words (">10%" and "=10%").
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.directions import wanted
from auditor.facts.scoring.word_targets import word_outcome
from auditor.facts.scoring.wordings import fallen, misread, ratio_outcome
from auditor.figures import Figure, Interval, Kind, Modifier, scan
from auditor.figures.conversions import factors, roughly
from auditor.figures.units import MAGNITUDES
from auditor.language import same_unit, table, word
from auditor.report.model import Indicator
from auditor.values import frozen

SIGNS = {
    "≥": Modifier.AT_LEAST, ">=": Modifier.AT_LEAST, "大于等于": Modifier.AT_LEAST, "不低于": Modifier.AT_LEAST,
    ">": Modifier.OVER, "大于": Modifier.OVER, "=": Modifier.EQUAL, "等于": Modifier.EQUAL,
    "≤": Modifier.AT_MOST, "<=": Modifier.AT_MOST, "小于等于": Modifier.AT_MOST, "不高于": Modifier.AT_MOST,
    "<": Modifier.UNDER, "小于": Modifier.UNDER,
}  # fmt: skip
NO_UNIT = ("", "无", "/", "-", "—", "－")
_IDLE = (Kind.ORDINAL, Kind.CODE, Kind.DOCNO)
_TAIL = compiled(r"[^\d\s,.，。;；、:：()（）%≥≤<>=]{0,4}")

OTHER_KIND = "计量单位不是一类"
SEVERAL = "目标一格里有几个数"


@frozen
class Comparison:
    """The outcome of comparing one target with one actual value.

    met      None: cannot be told, `reason` says why
    target, actual   the figures compared; None where the text holds none, or several
    reverse  less is better
    formal   direction and unit are beyond doubt: a miss can be stated as such
    repeated the actual repeats the target's bound instead of giving a value
    is_date  a deadline, not a quantity
    unsafe   the target was probably read wrongly, or its direction is open
    """

    met: bool | None
    reason: str = ""
    target: Figure | None = None
    actual: Figure | None = None
    reverse: bool = False
    formal: bool = True
    repeated: bool = False
    is_date: bool = False
    unsafe: bool = False

    @property
    def quantities(self) -> tuple[Figure, Figure] | None:
        """Target and actual figure where both are quantities of one kind."""
        if self.target is None or self.actual is None or self.is_date:
            return None
        return self.target, self.actual


def compare(indicator: Indicator) -> Comparison | None:
    """The comparison of an indicator's target and actual; None where either cell is missing."""
    if not indicator.target or not indicator.actual:
        return None
    label = "/".join([level.name for level in indicator.path] + [indicator.name])
    sign = indicator.sign.text if indicator.sign else ""
    unit = indicator.unit.text if indicator.unit else ""
    outcome = _compare(indicator.target, indicator.actual, label, sign, unit, indicator.year)
    if outcome.met is not True and not sign and outcome.reason != SEVERAL:
        why = misread(indicator, outcome.target, outcome.actual)
        if why:
            return Comparison(None, why, outcome.target, outcome.actual, unsafe=True)
    return outcome


def figures_of(view: View) -> list[Figure]:
    """Numbers in a target or actual cell, without list marks, codes and document numbers."""
    return [figure for figure in scan(view) if figure.kind not in _IDLE]


@lru_cache(maxsize=2048)
def _compare(
    target_view: View, actual_view: View, label: str, sign: str, unit: str, year: int | None
) -> Comparison:
    ratio = ratio_outcome(target_view.text, actual_view.text, sign)
    if ratio is not None:
        return Comparison(ratio[0], ratio[1], unsafe=ratio[0] is None)
    told = word_outcome(target_view, actual_view)
    if told is not None:
        return Comparison(told[0], formal=told[1])
    targets = [_signed(in_unit(figure, unit), sign) for figure in figures_of(target_view)]
    actuals = [in_unit(figure, unit) for figure in figures_of(actual_view)]
    if not targets:
        return Comparison(None, "目标是文字表述")
    if len(targets) > 1:
        pairs, sure = _several(target_view, targets, actual_view, actuals)
        if not pairs:
            return Comparison(None, SEVERAL)
        worst = _worst([_plain(*pair, label) for pair in pairs])
        return worst if sure else replace(worst, formal=False)
    target = targets[0]
    if not actuals:
        return Comparison(None, "目标是数量，实际完成值没有数", target=target)
    sure = len(actuals) == 1
    if not sure:
        actuals = _of_the_target(target_view, target, actual_view, actuals)
    if len(actuals) != 1:
        return Comparison(None, "实际完成值一格里有几个数", target=target)
    actual = actuals[0]
    if not sure:
        outcome = _plain(target_view, target, actual_view, actual, label)
        return replace(outcome, formal=False)
    if target.kind is Kind.DATE or actual.kind is Kind.DATE:
        return _dates(target_view, target, actual_view, actual, year)
    if word("within_words").match(target_view.text, target.end) and target.modifier is Modifier.NONE:
        target = replace(target, modifier=Modifier.AT_MOST)  # "2小时内"
    falls = fallen(target_view, target, actual_view, actual, label.rsplit("/", 1)[-1])
    if falls is not None:
        return _falls(*falls)
    return _plain(target_view, target, actual_view, actual, label)


def _several(
    target_view: View, targets: list[Figure], actual_view: View, actuals: list[Figure]
) -> tuple[list[tuple[View, Figure, View, Figure]], bool]:
    """ "新建5座、改造8座" against "改造7座、新建5座": pairs under the same words and units, in any order; else
    ("≥3期，≥120人" against "3期，参训118人") under units that stand once in each, which is less sure.
    Empty if they pair neither way."""
    if (
        len(targets) != len(actuals)
        or len(targets) > 6
        or {one.kind for one in (*targets, *actuals)} != {Kind.COUNT}
    ):
        return [], False
    for worded in (True, False):
        ours, theirs = (
            {(same_unit(one.unit), _words_before(view, one) if worded else ""): one for one in figures}
            for view, figures in ((target_view, targets), (actual_view, actuals))
        )
        if len(ours) == len(targets) and ours.keys() == theirs.keys():
            return [(target_view, ours[key], actual_view, theirs[key]) for key in ours], worded
    return [], False


def _words_before(view: View, figure: Figure) -> str:
    """The two characters that name a number of a cell, signs left out."""
    return word("sign_before").sub("", view.text[max(0, figure.start - 4) : figure.start])[-2:]


def _worst(outcomes: list[Comparison]) -> Comparison:
    """Several parts are met only if each is."""
    missed = next((one for one in outcomes if one.met is False), None)
    open_ = next((one for one in outcomes if one.met is None), None)
    return missed or open_ or outcomes[0]


def _of_the_target(
    target_view: View, target: Figure, actual_view: View, actuals: list[Figure]
) -> list[Figure]:
    """Of several numbers the one in the target's unit, outside brackets: "完成35.5公里，完成率98.6%"."""
    text = actual_view.text
    outside = [one for one in actuals if text.count("(", 0, one.start) == text.count(")", 0, one.start)]
    return [
        one
        for one in outside
        if one.kind is target.kind and _tail(actual_view, one) == _tail(target_view, target) != ""
    ]


def _plain(target_view: View, target: Figure, actual_view: View, actual: Figure, label: str) -> Comparison:
    """Two numbers, once their units are one."""
    ways = roughly(_tail(target_view, target), _tail(actual_view, actual))
    if ways and {target.kind, actual.kind} == {Kind.COUNT}:
        met = {
            _quantities(
                _scaled(target, target.unit, one),
                _scaled(actual, actual.unit, other),
                [actual.scale * other],
                label,
            ).met
            for one, other in ways
        }
        return Comparison(met.pop(), formal=False) if len(met) == 1 else Comparison(None, "单位换算有零头")
    target, actual = _converted(target_view, target, actual_view, actual)
    reason, scales = _common(target_view, target, actual_view, actual)
    if reason:
        return Comparison(None, reason, target=target, actual=actual)
    if target.doubtful or actual.doubtful:
        return Comparison(None, "数字读不准", target=target, actual=actual)
    return _quantities(target, actual, scales, label)


def _falls(target: Figure, actual: Figure, sure: bool) -> Comparison:
    """A fall that was asked for against the fall achieved: the larger the better."""
    if target.kind is not actual.kind or target.unit != actual.unit:
        return Comparison(None, OTHER_KIND, target=target, actual=actual)
    if actual.doubtful:
        return Comparison(None, "目标是下降，实际没有写明下降", target=target, actual=actual)
    aim = target if target.is_bound else replace(target, modifier=Modifier.AT_LEAST)
    outcome = _quantities(aim, actual, [actual.scale], "")
    return replace(outcome, formal=outcome.formal and sure)


def _converted(target_view: View, target: Figure, actual_view: View, actual: Figure) -> tuple[Figure, Figure]:
    """Both in the smaller of their units, where they convert without rounding."""
    ours, theirs = _tail(target_view, target), _tail(actual_view, actual)
    shared = factors(ours, theirs) if ours != theirs else None
    if shared is None or not {target.kind, actual.kind} <= {Kind.COUNT, Kind.PLAIN}:
        return target, actual
    return _scaled(target, ours, shared[0]), _scaled(actual, theirs, shared[1])


def _scaled(figure: Figure, unit: str, factor: Decimal) -> Figure:
    """The number as one of `unit`, of which each counts `factor`."""
    return figure.in_unit(Kind.COUNT, unit, figure.scale * factor)


def _signed(figure: Figure, sign: str) -> Figure:
    """The target under the sign of the sign column, unless it carries its own."""
    if figure.modifier is Modifier.NONE and sign in SIGNS:
        return replace(figure, modifier=SIGNS[sign])
    return figure


def in_unit(figure: Figure, unit: str) -> Figure:
    """A bare number under the unit of the unit column."""
    if figure.kind is not Kind.PLAIN or figure.unit or unit in NO_UNIT:
        return figure
    measured = scan(View(f"1{unit}", ((0, 0),)))
    if not measured or measured[0].kind is Kind.PLAIN:
        return figure
    return figure.in_unit(measured[0].kind, measured[0].unit, measured[0].scale)


def _common(
    target_view: View, target: Figure, actual_view: View, actual: Figure
) -> tuple[str, list[Decimal]]:
    """Why the two have no common unit ("" if they have), and the scales the actual may carry."""
    if target.kind is actual.kind and target.kind in (Kind.MONEY, Kind.RATE, Kind.POINTS, Kind.SCORE):
        return "", [actual.scale]
    if Kind.PLAIN in (target.kind, actual.kind) and {target.kind, actual.kind} <= {Kind.PLAIN, Kind.RATE}:
        bare = target if target.kind is Kind.PLAIN else actual
        bare_view = target_view if bare is target else actual_view
        if target.kind is actual.kind or not _tail(bare_view, bare):
            if target.kind is Kind.RATE and abs(actual.value) <= 1:
                return "", [Decimal("0.01"), Decimal(1)]
            if target.kind is not actual.kind:
                if target.kind is Kind.PLAIN and target.value <= 1:
                    return "", [Decimal("0.01"), Decimal(1)]  # "≥0.95" against "94%"
                return "", [Decimal("0.01")]
    kinds = {target.kind, actual.kind}
    if kinds <= {Kind.COUNT, Kind.PLAIN} or kinds == {Kind.MONEY, Kind.PLAIN}:
        ours, theirs = _tail(target_view, target), _tail(actual_view, actual)
        if ours and theirs and ours != theirs and factors(ours, theirs) is None:
            return (OTHER_KIND if _measure_apart(ours, theirs) else f"单位不同（{ours}、{theirs}）"), []
        if not theirs and target.scale != 1 and actual.scale == 1:
            return "", [target.scale, Decimal(1)]
        if not ours and actual.kind is Kind.MONEY:
            # "≤490" against "4850000元": the bare target may count 元, 万元 or 亿元.
            return "", [actual.scale / unit for unit in (Decimal(1), MAGNITUDES["万"], MAGNITUDES["亿"])]
        return "", [actual.scale]
    return OTHER_KIND, []


def _measure_apart(ours: str, theirs: str) -> bool:
    """Whether two units are known to measure different things: length and area, persons and events."""
    kinds = table("measure").get(ours), table("measure").get(theirs)
    return None not in kinds and kinds[0] != kinds[1]


def _tail(view: View, figure: Figure) -> str:
    """The unit as written: what the scanner knows, else the characters that follow."""
    if figure.unit and figure.kind is not Kind.PLAIN:
        return same_unit(figure.unit)
    match = _TAIL.match(view.text, figure.end)
    return word("target_tail").sub("", match.group()) if match else ""


def _quantities(target: Figure, actual: Figure, scales: list[Decimal], label: str) -> Comparison:
    bare_rate = target.kind is Kind.PLAIN and actual.kind is Kind.RATE
    share = bare_rate and len(scales) > 1
    aim = target.in_unit(Kind.RATE, "" if share else "%", Decimal(1) if share else Decimal("0.01"))
    aim, scales = (aim, scales[:1]) if bare_rate else (target, scales)
    values, reverse, formal = wanted(aim, label)
    if values is None:
        return Comparison(None, "目标没有写明多好还是少好", target=aim, actual=actual)
    verdicts = []
    readings = []
    for scale in scales:
        reading = actual if scale == actual.scale else actual.in_unit(aim.kind, aim.unit, scale)
        readings.append(reading)
        verdicts.append(_reached(values, aim, reading))
    met = True if True in verdicts else None if None in verdicts else False
    best = readings[verdicts.index(met)]
    if not formal and aim.modifier is Modifier.AT_LEAST and met is False:
        reverse = True
    return Comparison(
        met,
        "" if met is not None else "实际完成值的写法不能确定是否达到目标",
        target=aim,
        actual=best,
        reverse=reverse,
        formal=formal and len(scales) == 1 and not actual.is_vague and not share,
        repeated=actual.is_bound and actual.amount == aim.amount,
    )


def _reached(values: Interval, target: Figure, actual: Figure) -> bool | None:
    if values.contains(actual.amount) and not (actual.is_bound and not _within(actual.base, values)):
        return True
    strict = target.modifier in (Modifier.OVER, Modifier.UNDER)
    if strict and actual.amount == target.amount and actual.modifier in (Modifier.NONE, Modifier.EQUAL):
        return False
    return None if actual.base.meets(values) else False


def _within(inner: Interval, outer: Interval) -> bool:
    return inner.low >= outer.low and inner.high <= outer.high


def _dates(view: View, target: Figure, actual_view: View, actual: Figure, year: int | None) -> Comparison:
    if target.kind is not actual.kind:
        return Comparison(None, "一个是日期、一个不是", target=target, actual=actual)
    assumed = year is not None and not target.value and target.month is not None
    if year is not None and assumed:
        # "12月底前" of a report on 2023 is 2023, and so is "11月20日"; "次年" is the year after.
        target = replace(target, value=Decimal(year))
        if not actual.value and actual.month is not None:
            later = word("next_year").search(actual_view.text[: actual.start]) is not None
            actual = replace(actual, value=Decimal(year + later))
    if not target.value or not actual.value:
        return Comparison(None, "日期没有写明年份", target=target, actual=actual, is_date=True)
    limit, done = _last_day(view, target), _first_day(actual)
    if limit is None or done is None:
        return Comparison(None, "日期不存在或写法不清", target=target, actual=actual, is_date=True)
    return Comparison(
        done <= limit, target=target, actual=actual, reverse=True, is_date=True, formal=not assumed
    )


def _last_day(view: View, figure: Figure) -> date | None:
    """The latest day a deadline can mean: "6月前" is read as the end of June."""
    year, month = int(figure.value), figure.month or 12
    if figure.day is None:
        following = view.text[figure.end : figure.end + 2]
        day = {"上旬": 10, "中旬": 20}.get(following)
        if day is None:
            following_month = _day(year + month // 12, month % 12 + 1, 1)
            return following_month - timedelta(days=1) if following_month else None
        return _day(year, month, day)
    return _day(year, month, figure.day)


def _first_day(figure: Figure) -> date | None:
    return _day(int(figure.value), figure.month or 1, figure.day or 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
