"""Both intervals of a recomputation: what was computed from printed numbers, and what is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.marks import is_assigned
from auditor.figures import Figure, Interval, scan, show
from auditor.memo.equation import Equation, Reader, Value
from auditor.memo.model import Evidence, Result

_HUNDRED = Decimal(100)
_SHOWN_DECIMALS = 4
_SCORES = "S"


def bounds(equation: Equation, result: Result) -> tuple[str, str] | None:
    """The interval of the computed value and that of the reported one, in the unit they are printed in.

    None where they are not what the rule compared: then showing them would explain nothing.
    """
    if not equation.terms or equation.result is None or equation.claimed is None:
        return None
    if equation.result.percent != equation.claimed.percent:
        return None
    printed = _printed(result.evidence)
    marks = result.rule.startswith(_SCORES)
    try:
        computed = Reader(equation.terms, lambda value: _term(value, printed, marks)).whole()
    except (ValueError, ZeroDivisionError):
        return None
    claimed = _interval(equation.claimed, printed)
    if computed.meets(claimed) is not (result.verdict == "consistent"):
        return None
    percent = equation.claimed.percent
    return _told(computed, percent), _told(claimed, percent)


def _printed(evidence: Iterable[Evidence]) -> dict[tuple[Decimal, bool], Figure]:
    """Figures quoted, by value: the calculation leaves idle zeros away, which say how exact a number is."""
    found: dict[tuple[Decimal, bool], Figure] = {}
    for one in evidence:
        text = unicodedata.normalize("NFKC", one.quote)
        for figure in scan(View(text, ((0, one.start),))):
            key = (figure.value, figure.unit == "%")
            if key not in found or figure.decimals > found[key].decimals:
                found[key] = figure
    return found


def _term(value: Value, printed: dict[tuple[Decimal, bool], Figure], marks: bool) -> Interval:
    """Whole and half marks are given by a person and stand for themselves, as the score rules have it."""
    if marks and not value.percent and is_assigned(value.number):
        return Interval.exact(value.number)
    return _interval(value, printed)


def _interval(value: Value, printed: dict[tuple[Decimal, bool], Figure]) -> Interval:
    """Values that would be printed that way; a bare whole number that is quoted nowhere is a count."""
    figure = printed.get((value.number, value.percent))
    if figure is not None and not figure.is_vague:
        interval = figure.interval
    elif figure is None and value.decimals:
        interval = Interval.printed(value.number, Decimal(1).scaleb(-value.decimals))
    else:
        interval = Interval.exact(value.number)
    return interval / Interval.exact(_HUNDRED) if value.percent else interval


def _told(interval: Interval, percent: bool) -> str:
    if percent:
        interval = interval * Interval.exact(_HUNDRED)
    mark = "%" * percent
    low, high = show(interval.low, _SHOWN_DECIMALS), show(interval.high, _SHOWN_DECIMALS)
    if low == high:
        return f"{low}{mark}"
    left, right = "(" if interval.low_open else "[", ")" if interval.high_open else "]"
    return f"{left}{low}{mark}, {high}{mark}{right}"
