"""How long a work lasted, against the two days between which it ran.

2022年3月10日开工，6月8日竣工，历时150天      91 days, the first and the last counted: not 150
4月15日开工，7月14日完成，工期3个月            three months to the day
主体3月6日动工，7月14日完工。…… 主体施工历时186天   told in a sentence of its own
5月6日开工，8月30日完工，合同工期150天         what the contract allows is another time
2014年购置，至2023年已使用12年                 nine years, or ten where both count
2021年8月发行，期限10年，到期日为2036年8月     the time stands between its days
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from auditor.facts.chronology import carried_years, impossible
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Figure, Interval, Kind
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_UNITS = {"天": "天", "日": "天", "日历天": "天", "周": "周", "个月": "个月", "月": "个月", "年": "年"}
_FAR = 40  # characters between the days and the time that is told of them
_ANY_YEARS = (2023, 2024)  # where no year is told: a common one and a leap year
_WEEK, _MONTHS, _YEAR = 7, 12, "年"


@frozen
class Lasted:
    """Two days, the time told between them, and what the days allow: from `least` to `most` of its unit."""

    first: Figure
    last: Figure
    told: Quantity
    unit: str
    least: int
    most: int

    @property
    def holds(self) -> bool:
        return self.told.base.meets(Interval(Decimal(self.least), Decimal(self.most)))

    @property
    def said(self) -> str:
        """The time as written, with its unit where that stands behind a bare number."""
        return f"{self.told.told()}{'' if self.told.figure.unit else self.unit}"

    @property
    def allowed(self) -> str:
        return (
            f"{self.least}至{self.most}{self.unit}" if self.least != self.most else f"{self.most}{self.unit}"
        )


def lasted(passage: Passage) -> Iterator[Lasted]:
    """Times of a passage that are told together with the days they run between."""
    if sum(figure.kind is Kind.DATE for figure in passage.figures) < 2:
        return
    quantities = [one for one in quantities_of(passage) if one.kind is Kind.DATE or _unit(one)]
    years = carried_years(passage)
    for at, one in enumerate(quantities):
        unit = _unit(one)
        if not unit or not _is_time_of_all(one):
            continue
        for first, last in _ends(quantities, at):
            if unit != _YEAR and not (first.figure.month and last.figure.month):
                continue
            found = _measured(first.figure, last.figure, years, one)
            if found is not None:
                yield found
                break


def lasted_elsewhere(passages: Sequence[Passage]) -> Iterator[Lasted]:
    """Times that a report tells in sentences without days, with the two days of the one work that can be meant."""
    dated = [
        passage for passage in passages if any(one.kind is Kind.DATE and one.month for one in passage.figures)
    ]
    courses = [(passage, *pair) for passage in dated for pair in _courses(passage)]
    for passage in passages if courses else ():
        for one in quantities_of(passage):
            if (
                not _unit(one)
                or not word("time_took").search(one.head)
                or not _is_time_of_all(one)
                or _has_days(one)
            ):
                continue
            named = words_of(one)
            meant = [course for course in courses if named & pairs_of(_said(course[1], course[2]))]
            if len(meant or courses) == 1:
                where, first, last = (meant or courses)[0]
                found = _measured(first.figure, last.figure, carried_years(where), one)
                if found is not None:
                    yield found


def _unit(one: Quantity) -> str:
    """The unit of a time; "" for anything else. A bare number before 年 is one of years."""
    if one.kind is Kind.PLAIN and word("years_behind").match(one.tail):
        return _YEAR
    return _UNITS.get(one.figure.unit, "") if one.kind is Kind.COUNT else ""


def _courses(passage: Passage) -> Iterator[tuple[Quantity, Quantity]]:
    """Every two days of one sentence between which a work ran."""
    days = [one for one in quantities_of(passage) if one.kind is Kind.DATE and one.figure.month]
    for first, last in pairwise(days):
        if first.sentence == last.sentence and _is_course(first, last):
            yield first, last


def _said(first: Quantity, last: Quantity) -> str:
    return f"{first.head}{first.passage.text[first.end : last.start]}{last.clause}"


def _has_days(one: Quantity) -> bool:
    """Whether its own sentence tells days."""
    beside = (other for other in quantities_of(one.passage) if other.sentence == one.sentence)
    return any(other.kind is Kind.DATE and other.figure.month for other in beside)


def _is_time_of_all(quantity: Quantity) -> bool:
    """Whether the number tells the whole time: not what was agreed on, lost, or saved."""
    start, end = quantity.structure.sentence_span(quantity.start)
    return (
        word("time_lasted").search(quantity.head) is not None
        and not word("time_of_other").search(quantity.head + quantity.tail[:6])
        and not word("time_stopped").search(quantity.passage.text, start, end)
    )


def _ends(quantities: list[Quantity], at: int) -> Iterator[tuple[Quantity, Quantity]]:
    """The two days right before a time, or right behind it in brackets or behind a comma."""
    one = quantities[at]
    text = one.passage.text
    dates = [other for other in quantities if other.kind is Kind.DATE and other.sentence == one.sentence]
    for first, last in pairwise(dates):
        if first.end <= one.start and one.end <= last.start:
            if _is_term(first, one, last):
                yield first, last
            continue
        if last.end <= one.start:
            near = one.start - last.end <= _FAR and not any(last.end < d.start < one.start for d in dates)
        else:
            gap = text[one.end : first.start]
            near = one.end <= first.start and word("from_a_day").fullmatch(gap) is not None
        if near and _is_course(
            first, last, took=last.end <= one.start and bool(word("time_took").search(one.head))
        ):
            yield first, last


def _is_term(first: Quantity, told: Quantity, last: Quantity) -> bool:
    """Whether a time between two days is told of them: begun on the first, to run out on the last."""
    text = first.passage.text
    began, ends = text[first.end : told.start], text[told.end : last.start]
    behind = text[last.end : last.structure.clause_span(last.start, last.end)[1]]
    return bool(
        (word("course_begins").search(began) or word("term_begins").search(began))
        and (word("term_ends").search(ends) or word("term_ends").match(behind))
    )


def _is_course(first: Quantity, last: Quantity, *, took: bool = False) -> bool:
    """Whether the work began on the first day and ended on the last; that it began need not be said where what it
    `took` is told right behind."""
    text = first.passage.text
    between = text[first.end : last.start]
    if word("date_range").fullmatch(between):
        return True
    behind = text[last.end : last.structure.clause_span(last.start, last.end)[1]]
    begins = took or word("course_begins").search(between + first.head)
    if word("until_day").search(between):
        return bool(begins or word("term_begins").search(between))
    return bool(begins and word("course_ends").search(behind))


def _measured(first: Figure, last: Figure, years: dict[int, int], told: Quantity) -> Lasted | None:
    unit = _unit(told)
    years_only = unit == _YEAR and first.value and last.value
    if not (years_only or (first.month and last.month)) or impossible(first) or impossible(last):
        return None
    known = years.get(first.start, 0)
    bounds: list[int] = []
    for year in (known,) if known else _ANY_YEARS:
        later = _later_year(first, last, year, years.get(last.start, 0))
        begun, ended = _days(first, year), _days(last, later)
        if ended[1] < begun[0]:
            return None  # turned: another question
        bounds += _units_between(begun, ended, unit)
    return Lasted(first, last, told, unit, min(bounds), max(bounds))


def _later_year(first: Figure, last: Figure, year: int, own: int) -> int:
    """The year of the last day: its own, else the first one in which it comes behind the first day."""
    if last.value:
        return own
    turned = (last.month or 0, last.day or 31) < (first.month or 0, first.day or 1)
    return max(year + turned, own if own > year else 0)


def _days(figure: Figure, year: int) -> tuple[date, date]:
    """The first and the last day that a date may stand for."""
    month = figure.month or 1
    if not figure.month:
        return date(year, 1, 1), date(year, 12, 31)
    if figure.day:
        day = date(year, month, min(figure.day, monthrange(year, month)[1]))
        return day, day
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _units_between(begun: tuple[date, date], ended: tuple[date, date], unit: str) -> tuple[int, int]:
    """The fewest and the most whole units: the last day may be counted or not, a unit begun may count as one."""
    shortest, longest = max((ended[0] - begun[1]).days, 0), (ended[1] - begun[0]).days + 1
    if unit == "天":
        return shortest, longest
    if unit == "周":
        return shortest // _WEEK, -(-longest // _WEEK)
    behind = ended[1] + timedelta(days=1)
    full = _months(begun[0], behind)
    if unit == _YEAR:
        return max(_months(begun[1], ended[0]), 0) // _MONTHS, -(-full // _MONTHS)
    return max(_months(begun[1], ended[0]), 0), full + (behind.day != begun[0].day)


def _months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
