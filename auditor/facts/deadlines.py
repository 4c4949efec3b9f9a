"""A day by which work was to be done, and the day on which it was, told as in time or so many days early or late.

2023年11月30日前完工。…… 12月26日完工，按期完成              later than the one day it can be held against
合同约定9月30日前交付，10月18日交付使用，提前18天            18 days late
要求6月30日前完工，6月12日完工，提前28天                     18 days early
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from auditor.facts.chronology import carried_years, impossible, later_than
from auditor.facts.quantities import sentence_start
from auditor.figures import Figure, Kind, scan
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Passage, Report
from auditor.values import frozen

_ANY_YEAR = 2023  # where no year is told: both days are of one
_BEHIND = 120  # characters of a sentence behind a day


@frozen
class Missed:
    """`actual` is later than `planned` though told as in time, or not so many days `early` (`days`) as the text says:
    negative where it was late."""

    planned: Figure
    actual: Figure
    days: int | None = None
    told: str = ""


def missed_deadlines(report: Report) -> Iterator[Missed]:
    """Days of the running text that are later than what they are held against, or other by days than is said: held
    against the deadline of their sentence or the one before, else against the latest of the report."""
    year = _usual_year(report)
    dated = [
        (passage, figure, _is_deadline(passage, figure))
        for passage in report.prose
        for figure in _days_of(passage, year)
    ]
    planned = [figure for _, figure, is_deadline in dated if is_deadline]
    if not planned:
        return
    latest = max(planned, key=_key)
    before: tuple[Passage, Figure] | None = None
    for at, (passage, figure, is_deadline) in enumerate(dated):
        if is_deadline:
            before = passage, figure
            continue
        near = (
            before is not None and before[0] is passage and _sentences_apart(passage, before[1], figure) <= 1
        )
        following = dated[at + 1] if at + 1 < len(dated) and dated[at + 1][0] is passage else None
        end = _end(passage, figure, following[1] if following else None)
        found = _held(passage, figure, before[1] if before and near else latest, end)
        if found is not None:
            yield found


def done_in_another_year(report: Report, year: int) -> Iterator[Figure]:
    """Days of an earlier year on which a row's work was done that was to be done in the report's own."""
    for row in (*report.indicators, *report.told_rows):
        aims, done = (
            [one for one in scan(view) if one.kind is Kind.DATE] if view is not None else []
            for view in (row.target, row.actual)
        )
        if (
            len(aims) == len(done) == 1
            and aims[0].value == year
            and done[0].month
            and 0 < done[0].value < year
        ):
            yield done[0]


def _usual_year(report: Report) -> int:
    """The year of a day that tells none: that of the deadlines, where they have one, else the report's."""
    told = {
        int(figure.value)
        for passage in report.prose
        for figure in passage.figures
        if figure.kind is Kind.DATE and figure.month and figure.value and _is_deadline(passage, figure)
    }
    return told.pop() if len(told) == 1 else report.fiscal_year or _ANY_YEAR


def _days_of(passage: Passage, year: int) -> Iterator[Figure]:
    """The days and months of a passage with the year that is theirs: told, carried on, or the usual one."""
    figures = [one for one in passage.figures if one.kind is Kind.DATE and one.month and not impossible(one)]
    years = carried_years(passage) if figures else {}
    for one in figures:
        own = Decimal(years.get(one.start) or year)
        yield one if one.value else replace(one, value=own)


def _is_deadline(passage: Passage, figure: Figure) -> bool:
    before = passage.text[sentence_start(passage.text, figure.start) : figure.start]
    return bool(
        word("date_planned").search(before) or word("deadline_behind").match(passage.text, figure.end)
    )


def _sentences_apart(passage: Passage, first: Figure, second: Figure) -> int:
    return passage.structure.sentence(second.start) - passage.structure.sentence(first.start)


def _end(passage: Passage, figure: Figure, following: Figure | None) -> int:
    """Where what is told of a day ends: with its sentence, or where the next day begins."""
    end = min(passage.structure.part_span(figure.start)[1], figure.end + _BEHIND)
    return min(end, following.start) if following else end


def _held(passage: Passage, actual: Figure, planned: Figure, end: int) -> Missed | None:
    """What is wrong with what is said of a day against its deadline; None where nothing is, or where the usual year
    has no such day: 2月29日 without a year is of another."""
    if impossible(planned) or impossible(actual):
        return None
    text, start = passage.text, sentence_start(passage.text, actual.start)
    if word("put_off").search(text, start, end) or word("next_year").search(text, start, end):
        return None
    by = word("days_early").search(text, actual.end, end)
    if by is not None and planned.day and actual.day:
        written = by["number"] or by["number_late"]
        number = int(written) if written.isdigit() else parse(written) or 0
        days = (_day(planned) - _day(actual)).days
        claimed = -number if by["late"] else number
        return (
            None
            if abs(days - claimed) <= 1 and days * claimed > 0
            else Missed(planned, actual, days, by.group())
        )
    if word("done_in_time").search(text, actual.end, end) and later_than(actual, planned):
        return Missed(planned, actual)
    return None


def _day(figure: Figure) -> date:
    return date(int(figure.value), figure.month or 1, figure.day or 1)


def _key(figure: Figure) -> tuple[int, int, int]:
    return int(figure.value), figure.month or 0, figure.day or 0
