"""N401 比率与旁边的数量 (number.rate-against-counts)

查什么  文字里写明的比率（办结率、合格率、满意度、占比、升降幅度等）与紧挨着它的两个数量是否算得出来。
为什么  比率由数量算出；数量或比率改过一头、另一头没改，评价依据就不成立。
反例
    二、核查情况
    全年抽检样品80份，合格60份，合格率95%。
    → 不一致
反例
    二、核查情况
    平均等候时间由2021年的40分钟下降到30分钟，下降35%。
    → 不一致
正例
    二、核查情况
    发放问卷200份，收回有效问卷180份，表示满意的171份，满意度95%。
    → 无
正例
    二、核查情况
    其余20户说明了原因（可多选）：水压低9户，占45%；停水多8户，占40%；水价高6户，占30%。
    → 无
依据    表内关系：比率＝分子÷分母；比率按四舍五入或截位两种印法都算相符
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditor.document import Span
from auditor.figures import Figure, Interval, Kind, Modifier, show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.changes import change_told, is_change
from auditor.rules.quantities import Quantity, between, is_plan, plan_spans, quantities
from auditor.rules.settings import Settings

RULE = Rule(
    code="N401",
    name="number.rate-against-counts",
    title="比率与数量不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
)

_RATE = re.compile(
    r"(?P<stem>[\u4e00-\u9fff]{0,12}?)(?:率|度|比例|比重|占比|占)(?:[^\u4e00-\u9fff]|为|达到?|约|仅|的)*$"
)
_SHARE_OF = re.compile(r"占(?:总数|全部|全体|其中)?的?$")
_NOT = re.compile(r"不|未|没有|尚")
_IDLE_STEM = re.compile(r"总体|综合|平均|当年|全年|年度|本年|.*(?=满意)")
_SURVEY = ("份", "名", "户", "家", "张")

# A rate's name and the words that its numerator goes by.
_NUMERATOR = {
    "办结": ("办结", "已办", "办理"),
    "完成": ("完成", "实际", "实有"),
    "回收": ("收回", "回收"),
    "合格": ("合格", "达标", "通过"),
    "达标": ("达标", "合格"),
    "满意": ("满意",),
    "化解": ("化解", "调处"),
    "调处": ("调处", "化解"),
    "参训": ("参训", "参加"),
    "覆盖": ("覆盖",),
    "出勤": ("到勤", "出勤", "实到"),
}
_WINDOW = 12
_NEAR = 40  # figures looked at on either side
_FAR = 60  # passages looked at on either side


@dataclass(frozen=True)
class _Reading:
    """One way to compute the rate: part ÷ whole, told as a formula."""

    part: Quantity
    whole: Quantity
    value: Interval
    formula: str


def check(report: Report, settings: Settings) -> Iterator[Result]:
    goals = plan_spans(report)
    for passage in report.prose:
        if "%" not in passage.text and "‰" not in passage.text and "百分" not in passage.text:
            continue
        found = quantities(passage)
        for at, rate in enumerate(found):
            if rate.figure.kind is Kind.COUNT or rate.figure.upper is not None:
                continue
            if is_change(rate):
                yield from _change(rate, passage.figures)
            elif rate.figure.kind is Kind.RATE:
                yield from _rate(
                    report, found[max(at - _NEAR, 0) : at], found[at + 1 : at + _NEAR], rate, goals
                )


def _rate(
    report: Report,
    before: tuple[Quantity, ...],
    after: tuple[Quantity, ...],
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Result]:
    earlier = [quantity for quantity in before if _is_value(quantity)][-_WINDOW:]
    if not earlier:
        return
    of = earlier[-1]
    if between(of, rate) == "的" and _SHARE_OF.search(of.head):
        parts = [part for part in reversed(earlier[:-1]) if part.unit == of.unit]
        yield from _judge(report, rate, [_divide(part, of, rate) for part in parts[:1]], RULE.inconsistent)
        return
    name = _RATE.search(rate.head)
    if name is None or (rate.figure.is_bound and is_plan(rate, goals)):
        return
    stem = name["stem"]
    part = _numerator(earlier, stem, rate)
    if part is None and stem and rate.figure.is_vague | (rate.figure.modifier is Modifier.EQUAL):
        return
    scope = earlier if part or not stem else [q for q in earlier[-2:] if q.sentence == rate.sentence]
    if not scope:
        return
    readings = list(_readings(part or scope[-1], scope, after, rate))
    fitting = [reading for reading in readings if reading.value.meets(rate.figure.interval)]
    if fitting:
        yield _holds(rate, fitting[0])
    elif part and not rate.figure.is_bound and not is_plan(rate, goals) and _beside(part, earlier, rate):
        # Counts in unlike units ("400份", "364人") may well be the two sides, but that is no proof.
        alike = readings[0].whole.unit == part.unit
        if _is_named(stem, readings[0]):
            yield from _judge(report, rate, readings, RULE.inconsistent if alike else RULE.query)


def _is_value(quantity: Quantity) -> bool:
    figure = quantity.figure
    return figure.kind is Kind.COUNT and not quantity.spelled and not figure.is_bound and figure.upper is None


def _numerator(earlier: list[Quantity], stem: str, rate: Quantity) -> Quantity | None:
    """The nearest count that the rate's name speaks of, in the rate's own sentence."""
    near = [quantity for quantity in earlier if quantity.sentence == rate.sentence][::-1]
    if not stem:
        marked = [quantity for quantity in near[:1] if "其中" in quantity.clause or "中" in quantity.head[:1]]
        return marked[0] if marked else None
    words = next((words for key, words in _NUMERATOR.items() if stem.endswith(key)), (stem[-2:],))
    for quantity in near:
        if any(word in quantity.clause for word in words):
            return None if "其中" in between(quantity, rate) else quantity
    return None


def _is_named(stem: str, reading: _Reading) -> bool:
    """Whether the clauses of both counts cover the rate's whole name ("按时办结率" is not "办结")."""
    key = next((key for key in _NUMERATOR if stem.endswith(key)), "")
    words = reading.part.clause + reading.whole.clause
    rest = _IDLE_STEM.sub("", stem).removesuffix(key)
    return set(rest) <= set(words) or reading.part.clause == reading.whole.clause


def _readings(
    part: Quantity, earlier: list[Quantity], after: tuple[Quantity, ...], rate: Quantity
) -> Iterator[_Reading]:
    """Every way to read the rate from the counts of the part's kind, nearest first."""
    kinds = _SURVEY if "满意" in rate.head and part.unit in _SURVEY else (part.unit,)
    same = [quantity for quantity in earlier if quantity.unit in kinds and quantity is not part]
    negative = bool(_NOT.search(part.head))
    for whole in reversed(same):
        yield _divide(part, whole, rate, rest=negative)
        if negative:
            yield _divide(part, whole, rate)
    others = [q for q in after if q.unit in kinds and _is_value(q) and q.sentence == rate.sentence]
    for other in [*reversed(same), *others]:
        if _NOT.search(other.clause) or other in same[-2:]:
            yield _divide(part, other, rate, plus=part)
    if len(same) >= 2:
        yield _divide(part, same[-1], rate, plus=same[-2])


def _divide(
    part: Quantity, whole: Quantity, rate: Quantity, *, rest: bool = False, plus: Quantity | None = None
) -> _Reading:
    """part ÷ whole; (whole − part) ÷ whole with `rest`; part ÷ (whole + plus)."""
    divisor = whole.base + plus.base if plus else whole.base
    upper = divisor - part.base if rest else part.base
    a, b = show(part.figure.value), show(whole.figure.value)
    top = f"({b} − {a})" if rest else a
    bottom = f"({show(plus.figure.value)} + {b})" if plus else b
    try:
        value = upper / divisor / Interval.exact(rate.figure.scale)
    except ZeroDivisionError:
        return _Reading(part, whole, Interval.exact(-1), f"{top} ÷ {bottom} 无法计算")
    middle = show((value.low + value.high) / 2, 2)
    return _Reading(part, whole, value, f"{top} ÷ {bottom} = {middle}{rate.figure.unit}")


def _beside(part: Quantity, earlier: list[Quantity], rate: Quantity) -> bool:
    """Whether a second count of the part's kind stands next to it, so that the two explain the rate."""
    kinds = _SURVEY if "满意" in rate.head and part.unit in _SURVEY else (part.unit,)
    same = [q for q in earlier if q.unit in kinds and q.sentence == rate.sentence][-2:]
    return len(same) == 2 and part in same and not any(q.figure.is_vague for q in same)


def _judge(
    report: Report, rate: Quantity, readings: list[_Reading], verdict: Callable[..., Result]
) -> Iterator[Result]:
    if not readings:
        return
    best = readings[0]
    if any(reading.value.meets(rate.figure.interval) for reading in readings):
        yield _holds(rate, best)
        return
    elsewhere = _elsewhere(report, best.part, rate)
    hint = f"若分母是别处的“{elsewhere.told()}”则相符，请写明分母。" if elsewhere else ""
    wholes = [reading.whole.figure.value for reading in readings]
    others = [show(value) for value in dict.fromkeys(wholes) if value != wholes[0]][:2]
    tried = f"以 {'、'.join(others)} 为分母也算不出。" if others and not hint else ""
    told = _told(rate)
    yield (RULE.query if elsewhere else verdict)(
        f"“{told}”填报 {rate.figure.raw}，按旁边的 {best.part.figure.raw} 和 {best.whole.figure.raw} 计算不是这个数。{tried}{hint}",
        [best.whole.figure, best.part.figure, rate.figure],
        calculation=f"{best.formula} ≠ {rate.figure.raw}",
        suggestion="核对分子、分母和比率，更正写错的一个。",
        culprits=(rate.figure.span,),
        key=(told, best.part.figure.raw, best.whole.figure.raw, rate.figure.raw),
    )


def _told(rate: Quantity) -> str:
    return rate.head.rstrip("的为达到约仅").removeprefix("其中") or "占比"


def _elsewhere(report: Report, part: Quantity, rate: Quantity) -> Quantity | None:
    """A count of the same kind near by in the report that would make the rate right."""
    try:
        wanted = part.base / rate.figure.base
    except ZeroDivisionError:
        return None
    at = next((at for at, passage in enumerate(report.prose) if passage is part.passage), 0)
    for passage in report.prose[max(at - _FAR, 0) : at + _FAR]:
        for whole in quantities(passage) if passage is not part.passage else ():
            if whole.unit == part.unit and _is_value(whole) and whole.base.meets(wanted):
                return whole
    return None


def _holds(rate: Quantity, reading: _Reading) -> Result:
    told = _told(rate)
    return RULE.consistent(
        f"“{told}”{rate.figure.raw}与旁边的数量相符。",
        [reading.whole.figure, reading.part.figure, rate.figure],
        calculation=f"{reading.formula}，与 {rate.figure.raw} 相符",
        key=(told, reading.part.figure.raw, reading.whole.figure.raw, rate.figure.raw),
    )


def _change(rate: Quantity, figures: list[Figure]) -> Iterator[Result]:
    found = change_told(rate, figures)
    if found is None:
        return
    first, last = found.first.raw, found.last.raw
    evidence = [found.first, found.last, rate.figure]
    key = ("升降", first, last, rate.figure.raw)
    if found.value.meets(rate.figure.interval):
        yield RULE.consistent(
            f"由 {first} 到 {last}，升降幅度 {rate.figure.raw} 相符。",
            evidence,
            calculation=found.formula,
            key=key,
        )
        return
    yield RULE.inconsistent(
        f"由 {first} 到 {last}，升降幅度填报 {rate.figure.raw}，计算不是这个数。",
        evidence,
        calculation=f"{found.formula} ≠ {rate.figure.raw}",
        suggestion="核对前后两个数和升降幅度，更正写错的一个。",
        culprits=(rate.figure.span,),
        key=key,
    )
