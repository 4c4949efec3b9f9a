"""Relations that a model proposes: which written numbers belong together, never what they are.

Each operand is an exact quote with its line; figure, unit and interval are read from the report, and the
relation is evaluated by the same engine as the rules'. It fails: a question with the equation. It holds: a
tick mark. Operands that do not belong together are dropped with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.chronology import later_than
from auditor.facts.chronology import told as date_told
from auditor.figures import Figure, Interval, Kind, Operation, Relation
from auditor.judge import belong, on_rows
from auditor.judge.operands import NO_FIGURE, NotProposed, Operand, one_each, placed, spread
from auditor.judge.sheet import Line
from auditor.judge.tieout import COUNTABLE, measure
from auditor.report import Report

UNKNOWN = "关系种类不认识"
FEW = "运算数不够或过多"
UNITS = "各数单位不同，不能放在一起"
TWICE = "同一个数用了两次"
UNCOMPUTABLE = "算式无法计算"
NO_DATES = "日期写得不全，比不出先后"

_MOST = 40
_ALIKE = ("相等", "合计", "余额", "结转")
_NAMES = {
    "相等": "同一数 同一 一致 等于 同数 相同 同一数量 equal same",
    "合计": "总和 求和 相加 分项 分项与总数 部分与总数 部分与合计 加总 和 小计 总计 sum total parts",
    "余额": "差 差额 相减 结余 剩余 余 减 差与余 difference rest balance",
    "结转": "期初期末 存量 收发存 存量与流量 stock flow",
    "比率": "占比 比例 率 均值 平均 平均数 人均 户均 相除 除 份额 完成率 执行率 百分比 ratio rate share mean average",
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


@dataclass(frozen=True)
class Proposal:
    """A relation with its operands verified. `relation` is None for what is no equation."""

    kind: str
    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    relation: Relation | None
    told: str
    holds: bool


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
    places = [placed(operand, lines, known, kinds) for operand in operands]
    if kind == "先后":
        return _in_order(places)
    if kind == "项数":
        return _counted(places)
    if kind == "合计":
        places = spread(places)
    figures = one_each(places, alike=kind in _ALIKE)
    if len({figure.span for figure in figures}) < len(figures):
        raise NotProposed(TWICE)
    if kind in ("目标", "评分"):
        told, holds = on_rows.judged(kind, places, figures, report)
        return Proposal(kind, tuple(figures), _spans(places), None, told, holds)
    if kind != "增长" and len(belong.named_years([one.view for one in places])) > 1:
        raise NotProposed(belong.YEARS)
    if kind == "相等" and report is not None and len(figures) == 2:
        one, other = figures
        if why := belong.apart(one, other, report):
            raise NotProposed(why)
    return _evaluated(kind, figures, _spans(places))


def _evaluated(kind: str, figures: Sequence[Figure], spans: tuple[Span, ...]) -> Proposal:
    """The first order of the operands that holds; the one given where none does."""
    try:
        tried = [_relation(kind, order) for order in _orders(kind, figures)]
        relation = next((one for one in tried if one.holds), tried[0])
        told = relation.told() + _unit(relation.claimed)
    except (ZeroDivisionError, ArithmeticError):
        raise NotProposed(UNCOMPUTABLE) from None
    return Proposal(kind, tuple(figures), spans, relation, told, relation.holds)


def _orders(kind: str, figures: Sequence[Figure]) -> list[list[Figure]]:
    """The operands as given, and as a model writes them that puts the result first or the whole before its
    part. What the numbers are decides: a total is not less than its parts, a rate is no part."""
    given = list(figures)
    if kind in ("比率", "增长") and len(given) == 3:
        rates = [one for one in given if one.kind in (Kind.RATE, Kind.POINTS)]
        if len(rates) == 1 and given[-1] is not rates[0]:
            given = [*(one for one in given if one is not rates[0]), rates[0]]
        return [given, [given[1], given[0], given[2]]]
    if kind in ("合计", "乘积") and len(given) > 2:
        first, *rest = given
        turned = [*rest, first]
        larger = all(first.amount >= one.amount for one in rest)
        return [turned, given] if larger and given[-1].amount < max(one.amount for one in given) else [given]
    return [given]


def _unit(figure: Figure) -> str:
    """The unit of both sides, where the equation shows bare numbers."""
    rate = figure.kind in (Kind.RATE, Kind.POINTS)
    return f"，单位：{figure.unit}" if figure.unit and not rate else ""


def _spans(places: Sequence[Operand]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(one.view.span() for one in places))


def _relation(kind: str, figures: Sequence[Figure]) -> Relation:
    *terms, claimed = figures
    measures = _measures(terms)
    if kind in _ALIKE:
        if len(_measures(figures)) > 1:
            raise NotProposed(UNITS)
        wanted = {"相等": 1, "结转": 3}.get(kind)
        if (wanted and len(terms) != wanted) or (kind != "相等" and len(terms) < 2):
            raise NotProposed(FEW)
        signs = {"余额": (1, *(-1 for _ in terms[1:])), "结转": (1, 1, -1)}.get(kind, ())
        return Relation(claimed, tuple(terms), signs)
    if kind == "乘积":
        return Relation(claimed, tuple(terms), operation=Operation.PRODUCT)
    if len(terms) != 2:
        raise NotProposed(FEW)
    if kind == "增长":
        return _growth(terms, claimed, measures)
    if claimed.kind in (Kind.RATE, Kind.POINTS) and len(measures) > 1:
        raise NotProposed(UNITS)
    return Relation(claimed, tuple(terms), operation=Operation.RATIO)


def _growth(terms: Sequence[Figure], claimed: Figure, measures: set[str]) -> Relation:
    """By a share, or by so much: 提高5个百分点 and 增加20户 are differences."""
    if len(measures) > 1:
        raise NotProposed(UNITS)
    rates = all(one.kind is Kind.RATE for one in terms)
    if claimed.kind is Kind.POINTS and not rates:
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
    dates = [one.figures[0] for one in places]
    if not all(one.value and one.month for one in dates):
        raise NotProposed(NO_DATES)
    wrong = next((pair for pair in pairwise(dates) if later_than(*pair)), None)
    told = " → ".join(date_told(one) for one in dates)
    if wrong is not None:
        told += f"，{date_told(wrong[0])}晚于{date_told(wrong[1])}"
    return Proposal("先后", tuple(dates), _spans(places), None, told, wrong is None)
