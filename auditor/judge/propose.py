"""Relations that a model proposes: which written numbers belong together, never what they are.

Each operand is an exact quote with its line; figure, unit and interval are read from the report, and the
relation is evaluated by the same engine as the rules'. It fails: a question with the equation. It holds: a
tick mark. Operands that do not belong together are dropped with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.chronology import later_than
from auditor.facts.chronology import told as date_told
from auditor.facts.slip import ENOUGH, explained, likelihood_of_pair
from auditor.figures import Equation, Figure, Interval, Kind, Operation, Relation, Term, scan, show
from auditor.figures.conversions import CONVERTED, factors
from auditor.figures.expression import added
from auditor.judge import belong, on_rows, spoken
from auditor.judge.matters import accounted_for
from auditor.judge.operands import (
    NO_FIGURE,
    NotProposed,
    Operand,
    one_each,
    placed_in_order,
    read_together,
    spread,
)
from auditor.judge.sheet import Line
from auditor.judge.tieout import COUNTABLE, measure
from auditor.language import same_unit
from auditor.report import Report
from auditor.rules import Result
from auditor.values import frozen

UNKNOWN = "关系种类不认识"
FEW = "运算数不够或过多"
UNITS = "各数单位不同，不能放在一起"
TWICE = "同一个数用了两次"
UNCOMPUTABLE = "算式无法计算"
COARSE = "印出的位数太少，验不出来"
WHICH = "分不清哪个是部分、哪个是全体"
NO_DATES = "日期写得不全，比不出先后"

_MOST = 100
_MEASURED = CONVERTED | {"天", "日", "月", "个月", "年", "次", "人次", "元", ""}
_OTHERWISE = ("合计", "余额", "比率", "增长", "乘积")
_ALIKE = ("相等", "合计", "余额", "结转")
_NAMES = {
    "相等": "同一数 同一 一致 等于 同数 相同 同一数量 equal same",
    "合计": "总和 求和 相加 分项 分项与总数 部分与总数 部分与合计 加总 和 小计 总计 sum total parts",
    "余额": "差 差额 相减 结余 剩余 余 减 差与余 difference rest balance",
    "结转": "期初期末 存量 收发存 存量与流量 stock flow",
    "比率": "占比 比例 率 人均 户均 相除 除 份额 完成率 执行率 百分比 ratio rate share",
    "平均": "均值 平均数 平均值 mean average",
    "增长": "增幅 同比 升降 变化 下降 降幅 增减 增速 增长率 growth change",
    "乘积": "相乘 乘 积 单价乘数量 单价与数量 product",
    "项数": "计数 列举 个数 清单 列项 count",
    "目标": "上限 下限 限额 达标 界限 目标与实际 实际与目标 目标对比 target bound",
    "先后": "日期 日期先后 时间顺序 时序 时间先后 顺序 dates order",
    "评分": "得分 打分 计分 扣分 评分规则 score scoring",
}
KINDS = tuple(_NAMES)
"""What a model may propose, as the prompts call it."""
_BY_NAME = {name: kind for kind, names in _NAMES.items() for name in (kind, *names.split())}
_NAME_END = compiled(r"[（(：:，,、\s].*$", re.DOTALL)


@frozen
class Proposal:
    """A relation with its operands verified. `relation` is None for what is no equation."""

    kind: str
    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    relation: Relation | None
    told: str
    holds: bool
    places: tuple[Operand, ...] = ()


def weigh(
    kind: str,
    operands: Sequence[str],
    lines: Mapping[int, Line],
    known: Mapping[Span, Figure],
    report: Report | None = None,
) -> Proposal:
    """The proposal, evaluated. Raises `NotProposed`, and `Misquote` for an operand that is not there.

    operands  "line｜quote" each; the number that the others give comes last
    known     figures whose unit is declared away from them, by their place
    """
    kind = _BY_NAME.get(_NAME_END.sub("", kind.strip()).lower(), "")
    if not kind:
        raise NotProposed(UNKNOWN)
    if not 2 <= len(operands) <= _MOST:
        raise NotProposed(FEW)
    kinds = (Kind.DATE,) if kind == "先后" else COUNTABLE
    places = placed_in_order(operands, lines, known, kinds)
    if kind == "先后":
        return _in_order(places)
    if kind == "目标" and not any(one.figures for one in places):
        return _by_then(placed_in_order(operands, lines, known, (Kind.DATE,)))
    if kind == "项数":
        return _counted(places)
    if kind in ("合计", "平均"):
        places = spread(places)
    figures = one_each(places, alike=kind in _ALIKE)
    if len({figure.span for figure in figures}) < len(figures):
        raise NotProposed(TWICE)
    if kind in _ALIKE:
        figures = read_together(places, figures)
    elif kind in ("比率", "增长"):
        figures = [*read_together(places[:-1], figures[:-1]), figures[-1]]
    if kind in ("目标", "评分"):
        told, holds = on_rows.judged(kind, places, figures, report)
        return Proposal(kind, tuple(figures), _spans(places), None, told, holds)
    if kind != "增长" and len(belong.named_years([one.view for one in places])) > 1:
        raise NotProposed(belong.YEARS)
    if kind == "平均" and len(_measures(figures)) == 1:
        return _averaged(places, figures)
    if kind == "相等" and report is not None and len(figures) == 2:
        one, other = figures
        why = belong.apart(one, other, report)
        # The same number, or one slip away from it, says more than the words around it.
        if why and not (why == belong.PLACES and _hardly_by_chance(one, other)):
            raise NotProposed(why)
    if kind == "增长" and not belong.told_as_change(places[-1]):
        raise NotProposed(belong.NO_CHANGE)
    if kind == "增长" and report is not None and belong.goal_and_result(figures, report):
        raise NotProposed(belong.PLANNED)
    if kind == "合计" and report is not None and belong.mixed(figures, report):
        raise NotProposed(belong.AVERAGE)
    if kind in ("比率", "平均") and not belong.may_divide(figures, places):
        raise NotProposed(UNITS)
    if kind == "乘积" and not belong.may_multiply(figures):
        raise NotProposed(UNITS)
    chosen = tuple(replace(place, figures=(figure,)) for figure, place in zip(figures, places, strict=True))
    return replace(_evaluated(kind, figures, _spans(places)), places=chosen)


def speaks(proposal: Proposal, report: Report, results: Iterable[Result]) -> bool:
    """Whether size or words speak for a relation, as they must where it does not hold, and nothing speaks against it:
    neither a rate that a rule has made of other numbers, nor another relation of these numbers that holds."""
    relation = proposal.relation
    if proposal.holds or relation is None:
        return True
    if accounted_for(results, relation.claimed) or _holds_otherwise(proposal):
        return False
    if spoken.by_size(proposal.kind, relation):
        return True
    by_figure = {place.figures[0].span: place for place in proposal.places}
    ordered = [by_figure[figure.span] for figure in (*relation.terms, relation.claimed)]
    return spoken.in_words(proposal.kind, ordered, relation, report)


def _holds_otherwise(proposal: Proposal) -> bool:
    """Whether another relation of the same numbers holds: the model has named the wrong one."""
    kinds = _OTHERWISE if proposal.kind in _OTHERWISE and not proposal.figures[-1].is_bound else ()
    return any(kind != proposal.kind and _holds(kind, proposal.figures) for kind in kinds)


def _holds(kind: str, figures: Sequence[Figure]) -> bool:
    try:
        return _evaluated(kind, figures, ()).holds
    except NotProposed:
        return False


def _hardly_by_chance(one: Figure, other: Figure) -> bool:
    return one.base.meets(other.base) or likelihood_of_pair(one, other) >= ENOUGH


def _evaluated(kind: str, figures: Sequence[Figure], spans: tuple[Span, ...]) -> Proposal:
    """The first order of the operands that holds; the one given where none does."""
    try:
        tried = [_relation(kind, order) for order in _orders(kind, figures)]
        relation = next((one for one in tried if one.holds), tried[0])
        holds = relation.holds and not _coarse(relation)
        told = _told(relation, holds)
    except (ZeroDivisionError, ArithmeticError):
        raise NotProposed(UNCOMPUTABLE) from None
    if (
        relation.holds
        and not holds
        and all(one.figure is not relation.claimed for one in explained(relation))
    ):
        raise NotProposed(COARSE)
    return Proposal(kind, tuple(figures), spans, relation, told, holds)


def _coarse(relation: Relation) -> bool:
    """Whether the terms are printed with so few places that another first digit of the result would be as right,
    and the numbers as printed say something else: 12 × 0.6万元 may be 6.6 to 8.4万元. That is no tick mark; it is
    a question where one slip of the pen in the result explains the difference, and else nothing."""
    claimed, computed = relation.claimed, relation.computed
    if claimed.is_vague or show(relation.value / claimed.scale, claimed.decimals) == show(claimed.value):
        return False
    return computed.high - computed.low >= Decimal(1).scaleb(claimed.amount.adjusted())


def _orders(kind: str, figures: Sequence[Figure]) -> list[list[Figure]]:
    """The operands as given, and as a model writes them that puts the result first or the whole before its
    part. What the numbers are decides: a total is not less than its parts, a rate is no part."""
    given = list(figures)
    if kind in ("比率", "增长") and len(given) == 3:
        rates = [one for one in given if one.kind in (Kind.RATE, Kind.POINTS)]
        if len(rates) == 1 and given[-1] is not rates[0]:
            given = [*(one for one in given if one is not rates[0]), rates[0]]
        points = [one for one in given if one.kind is Kind.POINTS]
        if kind == "增长" and len(points) == 1 and given[-1] is not points[0]:
            given = [*(one for one in given if one is not points[0]), points[0]]
        turned = [given[1], given[0], given[2]]
        return [_part_first(given, turned)] if kind == "比率" and given[2].is_bound else [given, turned]
    if kind in ("合计", "乘积") and len(given) > 2:
        first, *rest = given
        turned = [*rest, first]
        larger = all(first.amount >= one.amount for one in rest)
        if not larger or given[-1].amount >= first.amount:
            return [given]
        return (
            [turned, given] if kind == "合计" else [given, turned]
        )  # a factor may be larger than the product
    return [given]


def _part_first(given: list[Figure], turned: list[Figure]) -> list[Figure]:
    """The order of a share that is told as a bound: one of the two nearly always keeps it, so that the first that
    holds says nothing. More than the whole is meant only where both orders say the same."""
    part, whole, bound = given
    if part.amount <= whole.amount or bound.amount > 1:
        return given
    if _relation("比率", given).holds is not _relation("比率", turned).holds:
        raise NotProposed(WHICH)
    return given


def _averaged(places: Sequence[Operand], figures: Sequence[Figure]) -> Proposal:
    """Several numbers and their mean, which must be called one: the rate of a whole is none of its parts' rates."""
    *terms, claimed = figures
    if len(terms) < 2:
        raise NotProposed(FEW)
    if not belong.told_as_mean(places[-1]):
        raise NotProposed(belong.AVERAGE)
    computed = added(Term.plain(one) for one in terms) / Term.exact(len(terms))
    stated = Term.of(claimed, text=claimed.raw)
    holds = computed.interval.meets(stated.interval)
    told = Equation(
        computed, stated, percent=stated.percent, decimals=claimed.decimals + 2, holds=holds
    ).told()
    return Proposal("平均", tuple(figures), _spans(places), None, told + _unit(claimed), holds)


def _told(relation: Relation, holds: bool) -> str:
    """The equation with its unit; with the unit of each number where they are not all of one."""
    claimed, terms = relation.claimed, relation.terms
    joined = {Operation.PRODUCT: " × ", Operation.RATIO: " ÷ "}.get(relation.operation)
    one_scale = all(term.scale == claimed.scale for term in terms)
    if joined is None or one_scale or claimed.kind in (Kind.RATE, Kind.POINTS):
        return replace(relation.equation(), holds=holds).told() + _unit(claimed)
    result = f"{joined.join(term.raw for term in terms)} = {show(relation.value / claimed.scale, 4)}{_printed(claimed)}"
    same = show(relation.value / claimed.scale, 4) == show(claimed.value)
    return result if same else f"{result} {'≈' if holds else '≠'} {claimed.raw}"


def _unit(figure: Figure) -> str:
    """The unit of both sides, where the equation shows bare numbers."""
    rate = figure.kind in (Kind.RATE, Kind.POINTS)
    return f"，单位：{_printed(figure)}" if figure.unit and not rate else ""


def _printed(figure: Figure) -> str:
    """The unit with its magnitude: 万亩."""
    return figure.unit_printed if figure.unit_printed.endswith(figure.unit) else figure.unit


def _spans(places: Sequence[Operand]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(one.view.span() for one in places))


def _relation(kind: str, figures: Sequence[Figure]) -> Relation:
    *terms, claimed = figures
    measures = _measures(terms)
    if kind in _ALIKE:
        if len(_measures(figures)) > 1 and not (kind == "合计" and _of_things(figures)):
            raise NotProposed(UNITS)
        wanted = {"相等": 1, "结转": 3}.get(kind)
        if (wanted and len(terms) != wanted) or (kind != "相等" and len(terms) < 2):
            raise NotProposed(FEW)
        signs = {"余额": (1, *(-1 for _ in terms[1:])), "结转": (1, 1, -1)}.get(kind, ())
        return Relation(claimed, tuple(terms), signs)
    if kind == "乘积":
        return Relation(_converted(claimed, terms), tuple(terms), operation=Operation.PRODUCT)
    if len(terms) != 2:
        raise NotProposed(FEW)
    if kind == "增长":
        return _growth(terms, claimed, measures)
    if (
        claimed.kind in (Kind.RATE, Kind.POINTS)
        and len({same_unit(one, visits=True) for one in measures}) > 1
    ):
        raise NotProposed(UNITS)
    return Relation(claimed, tuple(terms), operation=Operation.RATIO)


def _of_things(figures: Sequence[Figure]) -> bool:
    """Whether numbers with different classifiers (轮椅611辆, 助听器308台) add up, or one slip explains that they
    do not: that is hardly ever chance. What is measured, in 公里 or days, adds up with nothing else."""
    *parts, whole = figures
    if len(parts) < 2 or not all(one.kind is Kind.COUNT and measure(one) not in _MEASURED for one in figures):
        return False
    relation = Relation(whole, tuple(parts))
    return relation.holds or bool(explained(relation))


def _converted(claimed: Figure, terms: Sequence[Figure]) -> Figure:
    """The product in the unit of a factor, where it is told in a larger one: 62万亩 of 500公斤 are 31万吨."""
    if any(one.unit == claimed.unit for one in terms):
        return claimed
    for term in terms:
        if (both := factors(claimed.unit, term.unit)) is not None:
            return replace(claimed, scale=claimed.scale * both[0] / both[1])
    return claimed


def _growth(terms: Sequence[Figure], claimed: Figure, measures: set[str]) -> Relation:
    """By a share, or by so much: 提高5个百分点 and 增加20户 are differences."""
    if len(measures) > 1:
        raise NotProposed(UNITS)
    rates = all(one.kind is Kind.RATE for one in terms)
    if any(one.kind is Kind.POINTS for one in terms) or (claimed.kind is Kind.POINTS and not rates):
        raise NotProposed(UNITS)
    if claimed.kind is Kind.POINTS or (claimed.kind is not Kind.RATE and measure(claimed) in measures):
        low, high = sorted(terms, key=lambda one: one.amount)
        return Relation(claimed, (high, low), (1, -1))
    if claimed.kind is not Kind.RATE:
        raise NotProposed(UNITS)
    return Relation(claimed, tuple(terms), operation=Operation.CHANGE)


def _measures(figures: Sequence[Figure]) -> set[str]:
    """What they count; bare numbers beside points are points."""
    found = {measure(one) for one in figures}
    return found - {""} if found == {"", "分"} else found


def _counted(places: Sequence[Operand]) -> Proposal:
    *listed, stated = places
    (claimed,) = one_each([stated], alike=False)
    spans = [one.view.span() for one in listed]
    if any(a.overlaps(b) for at, a in enumerate(spans) for b in spans[at + 1 :]):
        raise NotProposed(TWICE)
    holds = claimed.base.meets(Interval.exact(len(listed)))
    sign = "=" if holds else "≠"
    told = f"列出 {len(listed)} 项 {sign} {claimed.raw}"
    return Proposal("项数", (claimed,), _spans(places), None, told, holds)


def _in_order(places: Sequence[Operand]) -> Proposal:
    """Dates in the order in which they must come; only what both dates write out is compared."""
    if any(len(one.figures) != 1 for one in places):
        raise NotProposed(NO_FIGURE if any(not one.figures for one in places) else FEW)
    dates = _with_years(places)
    if not all(one.value and one.month for one in dates):
        raise NotProposed(NO_DATES)
    wrong = next((pair for pair in pairwise(dates) if later_than(*pair)), None)
    told = " → ".join(date_told(one) for one in dates)
    if wrong is not None:
        told += f"，{date_told(wrong[0])}晚于{date_told(wrong[1])}"
    return Proposal(
        "先后", tuple(one.figures[0] for one in places), _spans(places), None, told, wrong is None
    )


def _by_then(places: Sequence[Operand]) -> Proposal:
    """A date against the date by which it was to be reached."""
    limits = [one for one in places if on_rows.is_limit(one)]
    if len(places) != 2 or len(limits) != 1:
        raise NotProposed(on_rows.NO_SIGN if len(places) == 2 else FEW)
    return replace(_in_order([*(one for one in places if one not in limits), *limits]), kind="目标")


def _with_years(places: Sequence[Operand]) -> list[Figure]:
    """The dates; one without a year is of the year that its line names before it."""
    dates: list[Figure] = []
    for place in places:
        date = place.figures[0]
        before = [
            figure
            for view in place.line.views
            for figure in scan(view)
            if figure.kind is Kind.DATE and figure.value and figure.span.end <= date.span.start
        ]
        dates.append(replace(date, value=before[-1].value) if not date.value and before else date)
    return dates
