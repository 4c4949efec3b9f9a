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
from auditor.figures import Figure, Kind
from auditor.judge.operands import Operand
from auditor.judge.tieout import measure
from auditor.language import word
from auditor.report import Report
from auditor.report.model import Passage

YEARS = "各数说的不是同一年度"
PERIODS = "各数说的不是同一时期"
PLANNED = "一个是计划，一个是实际"
PLACES = "各数说的不是同一范围"
AVERAGE = "一个是平均数，一个不是"
NO_CHANGE = "没有说到增减"
THINGS = "各数说的不是同一件事"

_MEAN = compiled("均|每")
_COUNTS_NOTHING = (Kind.RATE, Kind.POINTS, Kind.PLAIN, Kind.SCORE)
_YEAR = compiled(r"(?<!\d)(20\d{2})年")


def named_years(quotes: Sequence[View]) -> set[str]:
    """Years that the quotes name, where each names just one."""
    return {year for view in quotes for year in _YEAR.findall(view.text)}


def apart(one: Figure, other: Figure, report: Report) -> str:
    """Why two numbers cannot be the same thing told twice; "" where nothing speaks against it."""
    first, second = quantity(one, report), quantity(other, report)
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


def mixed(figures: Sequence[Figure], report: Report) -> bool:
    """Whether means and totals stand in one sum."""
    told = [one for figure in figures if (one := quantity(figure, report)) is not None]
    return len({one.is_average for one in told}) > 1


def told_as_mean(place: Operand) -> bool:
    """Whether the words of the number, or the row that it stands in, call it a mean."""
    return _MEAN.search(place.line.text if len(place.line.views) > 1 else place.around()) is not None


def told_as_change(place: Operand) -> bool:
    """Whether the line of the number speaks of a rise or fall. A row's column may, which its line does not tell."""
    return len(place.line.views) > 1 or word("speaks_of_change").search(place.line.text) is not None


def goal_and_result(figures: Sequence[Figure], report: Report) -> bool:
    """Whether a rise or fall is taken from a bound to a result, which only tells how far beyond the plan one is."""
    *terms, claimed = figures
    told = quantity(claimed, report)
    beyond = told is not None and word("excess").search(told.head) is not None
    return len({one.is_bound for one in terms}) > 1 and not beyond


def of_one_thing(one: Operand, other: Operand, report: Report) -> bool:
    """Whether the names of two numbers have anything in common: not a character is a plain contradiction."""
    first, second = _named(one, report), _named(other, report)
    return one.line is other.line or not (first and second) or bool(set(first) & set(second))


def _named(place: Operand, report: Report) -> str:
    """What the number counts, by its passage; of a cell all that its row says."""
    if len(place.line.views) > 1:
        return place.line.text
    told = quantity(place.figures[0], report) if place.figures else None
    return "".join(char for char in told.name if char.isalpha()) if told is not None else ""


def may_divide(figures: Sequence[Figure], places: Sequence[Operand]) -> bool:
    """Whether a quotient of the numbers can be counted in what the last of them is. A share, a bare number and 倍
    are counted in nothing. 元 by 户 is 元 each, no 户; 户 by 户 is neither, nor are 元 by 元, but for what is told
    for each: 96万元 at 3000元 a household are 320 households, 480 people by 40 helpers 12 people each."""
    *terms, claimed = figures
    unit = measure(claimed)
    if (
        claimed.kind in _COUNTS_NOTHING
        or unit in ("", "倍")
        or len(terms) != 2
        or Kind.PLAIN in _kinds(terms)
    ):
        return True
    if claimed.kind is Kind.MONEY and Kind.MONEY not in _kinds(terms):
        return False
    others = {measure(one) for one in terms}
    if others == {unit}:
        return claimed.kind is not Kind.MONEY and told_as_mean(places[-1])
    if any(told_as_mean(one) for one in places):
        return True
    return len(others) == 2 and (claimed.kind is Kind.MONEY or Kind.MONEY not in _kinds(terms))


def may_multiply(figures: Sequence[Figure]) -> bool:
    """Whether a product can be counted in what the last number is: money comes of one amount and of nothing else."""
    *terms, claimed = figures
    amounts = sum(one.kind is Kind.MONEY for one in terms)
    if Kind.PLAIN in _kinds(figures):
        return True
    return amounts == (claimed.kind is Kind.MONEY)


def _kinds(figures: Sequence[Figure]) -> set[Kind]:
    return {one.kind for one in figures}


def quantity(figure: Figure, report: Report) -> Quantity | None:
    """What the passage that holds the number says of it; None for a number no passage tells."""
    passage = passage_of(figure.span.start, report)
    told = quantities_of(passage) if passage is not None else ()
    return next((one for one in told if one.figure.span.overlaps(figure.span)), None)


def passage_of(place: int, report: Report) -> Passage | None:
    """The last passage that begins at or before a place."""
    at = bisect_right(report.passages, place, key=lambda passage: passage.span.start) - 1
    return report.passages[at] if at >= 0 else None
