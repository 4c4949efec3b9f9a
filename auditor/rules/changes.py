"""Rises and falls told in words: two values and the change between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from auditor.figures import Figure, Interval, Kind, show
from auditor.rules.quantities import Quantity, sentence_start

_CHANGE = re.compile(r"增长|增加|上升|提高|提升|下降|减少|降低|缩短|压减|增幅|降幅")
_COMPARED = re.compile(r"同比|环比|较上|比上|较去|比去|较年初|比年初")
_FROM, _TO = re.compile(r"(?:由|从)[^,，。;；]*$"), re.compile(r"(?:到|至|为)[^,，。;；]{0,8}$")
_LAST_YEAR = re.compile(r"[,，](?:上年|去年|上一年度?|上年度|上年同期|去年同期)为?")
_KINDS = (Kind.COUNT, Kind.MONEY, Kind.RATE)


@dataclass(frozen=True)
class Change:
    """From `first` to `last`; `value` in the unit of the printed change, told as `formula`."""

    first: Figure
    last: Figure
    value: Interval
    formula: str


def is_change(rate: Quantity) -> bool:
    return bool(_CHANGE.search(rate.head))


def change_told(rate: Quantity, figures: list[Figure]) -> Change | None:
    """ "由 A 下降到 B，下降 R%" or "B，上年 A，下降 R%": the change that the two values give."""
    if _COMPARED.search(rate.clause):
        return None
    text = rate.passage.text
    at = bisect_left(figures, rate.start, key=lambda figure: figure.start)
    ends = [f for f in figures[max(at - 8, 0) : at] if f.kind in _KINDS and not f.is_vague][-2:]
    if len(ends) != 2 or ends[0].kind is not ends[1].kind or ends[0].unit != ends[1].unit:
        return None
    first, last = ends
    gap = text[first.end : last.start]
    if re.search(r"[。;；\n]", text[first.end : rate.start]):
        return None
    clause = sentence_start(text, first.start)
    if _FROM.search(text[clause : first.start]) and _TO.search(gap):
        return _between(rate, first, last)
    return _between(rate, last, first) if _LAST_YEAR.fullmatch(gap) else None


def _between(rate: Quantity, first: Figure, last: Figure) -> Change | None:
    low, high = (first, last) if last.amount >= first.amount else (last, first)
    rise = high.base - low.base
    formula = f"{show(high.value)} − {show(low.value)}"
    if rate.figure.kind is Kind.POINTS:
        if first.kind is not Kind.RATE:
            return None
    elif first.kind is Kind.RATE or first.base.low <= 0:
        return None
    else:
        rise = rise / first.base
        formula = f"({formula}) ÷ {show(first.value)}"
    value = rise / Interval.exact(rate.figure.scale)
    told = show((value.low + value.high) / 2, 2)
    return Change(first, last, value, f"{formula} = {told}{rate.figure.unit}")
