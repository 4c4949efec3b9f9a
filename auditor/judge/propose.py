"""Relations that a model proposes: which written numbers belong together, never what they are.

Each operand is an exact quote with its line; figure, unit and interval are read from the report, and the
relation is evaluated by the same engine as the rules'. It fails: a question with the equation. It holds: a
tick mark. Operands that do not belong together are dropped with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.figures import Figure, Interval, Kind, Operation, Relation
from auditor.judge import quotes
from auditor.judge.sheet import Line
from auditor.judge.tieout import COUNTABLE, measure

UNKNOWN = "关系种类不认识"
FEW = "运算数不够或过多"
NO_FIGURE = "引文里没有可用的数字"
SEVERAL_FIGURES = "引文里不止一个数字"
UNITS = "各数单位不同，不能放在一起"
YEARS = "各数说的不是同一年度"
TWICE = "同一个数用了两次"
UNCERTAIN = "数字读不准"
UNCOMPUTABLE = "算式无法计算"
NO_SIGN = "目标没有写明不少于还是不超过"

_NUMBERED = compiled(r"^\s*第?(\d{1,5})\s*行?\s*[｜|:：]\s*(.+)$", re.DOTALL)
_YEAR = compiled(r"(?<!\d)(20\d{2})年")
_LEAST = compiled("≥|>=|不少于|不低于|至少|以上|达到|大于")
_MOST = compiled("≤|<=|不超过|不高于|不多于|至多|以内|以下|小于|控制在")
KINDS = ("相等", "合计", "余额", "结转", "比率", "增长", "乘积", "项数", "目标")
"""What a model may propose, as the prompts call it."""


class NotProposed(Exception):
    """The proposal is dropped; the message says why, in Chinese."""


@dataclass(frozen=True)
class Proposal:
    """A relation with its operands verified. `relation` is None for a list that was counted."""

    kind: str
    figures: tuple[Figure, ...]
    spans: tuple[Span, ...]
    relation: Relation | None
    told: str
    holds: bool


def weigh(
    kind: str, operands: Sequence[str], lines: Mapping[int, Line], known: Mapping[Span, Figure]
) -> Proposal:
    """The proposal, evaluated. Raises `NotProposed`, and `Misquote` for an operand that is not there.

    operands  "line｜quote" each; the number that the others give comes last
    known     figures whose unit is declared away from them, by their place
    """
    if kind not in KINDS:
        raise NotProposed(UNKNOWN)
    if not 2 <= len(operands) <= 40:
        raise NotProposed(FEW)
    places = [_place(operand, lines) for operand in operands]
    if kind == "项数":
        return _counted(places, known)
    figures = [_figure(view, line, known) for view, line in places]
    if len({figure.span for figure in figures}) < len(figures):
        raise NotProposed(TWICE)
    if kind != "增长" and len(_years(places)) > 1:
        raise NotProposed(YEARS)
    if kind == "目标":
        return _against_target(places, figures)
    try:
        relation = _relation(kind, figures)
        holds = relation.holds
        told = relation.told() + _unit(relation.claimed)
    except (ZeroDivisionError, ArithmeticError):
        raise NotProposed(UNCOMPUTABLE) from None
    return Proposal(kind, tuple(figures), _spans(places), relation, told, holds)


def _unit(figure: Figure) -> str:
    """The unit of both sides, where the equation shows bare numbers."""
    rate = figure.kind in (Kind.RATE, Kind.POINTS)
    return f"，单位：{figure.unit}" if figure.unit and not rate else ""


def _place(operand: str, lines: Mapping[int, Line]) -> tuple[View, Line]:
    match = _NUMBERED.match(operand)
    number, quote = (int(match[1]), match[2]) if match else (-1, operand)
    line = lines.get(number)
    if line is not None and (found := quotes.short(quote, line)):
        return found, line
    return quotes.place(quote, number, lines)


def _figure(view: View, line: Line, known: Mapping[Span, Figure]) -> Figure:
    found = [known.get(one.span, one) for one in quotes.figures(view, line)]
    found = [one for one in found if one.kind in COUNTABLE]
    if not found:
        raise NotProposed(NO_FIGURE)
    if len({(one.base, measure(one)) for one in found}) > 1:
        raise NotProposed(SEVERAL_FIGURES)
    if found[0].doubtful:
        raise NotProposed(UNCERTAIN)
    return found[0]


def _years(places: Sequence[tuple[View, Line]]) -> set[str]:
    """Years that quotes name, where each quote names just one."""
    return {year for view, _ in places for year in _YEAR.findall(view.text)}


def _spans(places: Sequence[tuple[View, Line]]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(view.span() for view, _ in places))


def _relation(kind: str, figures: Sequence[Figure]) -> Relation:
    *terms, claimed = figures
    measures = {measure(one) for one in terms}
    if kind in ("相等", "合计", "余额", "结转"):
        if len({measure(one) for one in figures}) > 1:
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
    share = claimed.kind in (Kind.RATE, Kind.POINTS)
    if share and len(measures) > 1:
        raise NotProposed(UNITS)
    if kind == "增长" and not share:
        raise NotProposed(UNITS)
    return Relation(claimed, tuple(terms), operation=Operation.CHANGE if kind == "增长" else Operation.RATIO)


def _counted(places: Sequence[tuple[View, Line]], known: Mapping[Span, Figure]) -> Proposal:
    *listed, (view, line) = places
    claimed = _figure(view, line, known)
    spans = [one.span() for one, _ in listed]
    if any(a.overlaps(b) for at, a in enumerate(spans) for b in spans[at + 1 :]):
        raise NotProposed(TWICE)
    holds = claimed.base.meets(Interval.exact(len(listed)))
    sign = "=" if holds else "≠"
    told = f"列出 {len(listed)} 项 {sign} {claimed.raw}"
    return Proposal("项数", (claimed,), _spans(places), None, told, holds)


def _against_target(places: Sequence[tuple[View, Line]], figures: Sequence[Figure]) -> Proposal:
    """The actual first, then the target with its sign."""
    if len(figures) != 2 or len({measure(one) for one in figures}) > 1:
        raise NotProposed(UNITS if len(figures) == 2 else FEW)
    actual, target = figures
    words = places[1][0].text
    least, most = _LEAST.search(words) is not None, _MOST.search(words) is not None
    if least == most:
        raise NotProposed(NO_SIGN)
    holds = _may_reach(actual.base, target.base) if least else _may_reach(target.base, actual.base)
    sign = ("≥" if least else "≤") if holds else ("<" if least else ">")
    return Proposal(
        "目标", (actual, target), _spans(places), None, f"{actual.raw} {sign} {target.raw}", holds
    )


def _may_reach(one: Interval, other: Interval) -> bool:
    """Whether `one` can be at least `other`."""
    return one.meets(other) or one.low >= other.high
