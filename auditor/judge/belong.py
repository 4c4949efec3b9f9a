"""Whether numbers that a model puts together belong together, by what the facts floor reads of their words.

Only a plain contradiction speaks against a proposal: other years, a plan beside a result, a mean beside a
total, two places. What the words do not say is left to the arithmetic.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.same import Told
from auditor.figures import Figure
from auditor.report import Report

YEARS = "各数说的不是同一年度"
PERIODS = "各数说的不是同一时期"
PLANNED = "一个是计划，一个是实际"
PLACES = "各数说的不是同一范围"
AVERAGE = "一个是平均数，一个不是"

_YEAR = compiled(r"(?<!\d)(20\d{2})年")


def named_years(quotes: Sequence[View]) -> set[str]:
    """Years that the quotes name, where each names just one."""
    return {year for view in quotes for year in _YEAR.findall(view.text)}


def apart(one: Figure, other: Figure, report: Report) -> str:
    """Why two numbers cannot be the same thing told twice; "" where nothing speaks against it."""
    first, second = _quantity(one, report), _quantity(other, report)
    if first is None or second is None:
        return ""
    if first.is_average != second.is_average:
        return AVERAGE
    if first.modality is not second.modality:
        return PLANNED
    told, again = Told(first, report), Told(second, report)
    if told.period != again.period:
        return PERIODS
    if told.place != again.place or (first.scope and second.scope and first.scope != second.scope):
        return PLACES
    return ""


def _quantity(figure: Figure, report: Report) -> Quantity | None:
    """What the passage that holds the number says of it; None for a number no passage tells."""
    starts = [passage.span.start for passage in report.passages]
    at = bisect_right(starts, figure.span.start) - 1
    if at < 0:
        return None
    return next(
        (one for one in quantities_of(report.passages[at]) if one.figure.span.overlaps(figure.span)), None
    )
