"""Days of one kind, told in turn and closed by the year in which all of them lie.

首付款（2023年4月20日）、尾款（2024年12月18日）均在2023年度支付      one of them does not
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Passage, Report
from auditor.values import frozen

_ALL = ("均", "都", "皆", "全部")  # the cheap sign
_BRACKETS = ("(", ")")
_BEHIND = 2  # characters behind a day that tell what was done on it


@frozen
class Outside:
    """A day that does not lie in the year in which all are said to lie; `said` are the words."""

    day: Figure
    year: int
    said: str


def outside_the_year(report: Report) -> Iterator[Outside]:
    """The days that the year told of all days of their sentence does not hold."""
    for passage in report.prose:
        if any(sign in passage.text for sign in _ALL):
            yield from _outside(passage, report.fiscal_year)


def _outside(passage: Passage, fiscal_year: int | None) -> Iterator[Outside]:
    """The days of a sentence that the year told of all of them does not hold, though another like it does."""
    for match in word("all_within_year").finditer(passage.text):
        year = int(match["year"]) if match["year"] else fiscal_year
        if year is None:
            continue
        start = passage.structure.sentence_span(match.start())[0]
        days = [
            one
            for one in passage.figures
            if one.kind is Kind.DATE and one.month and one.value and start <= one.start < match.start()
        ]
        inside = {_form(passage, one) for one in days if one.value == year}
        for day in days:
            if day.value != year and _form(passage, day) in inside:
                yield Outside(day, year, match.group())


def _form(passage: Passage, day: Figure) -> str:
    """How a day is told: in brackets behind its item, else what is said right behind it."""
    text = passage.text
    around = (text[day.start - 1 : day.start], text[day.end : day.end + 1])
    return "".join(around) if around == _BRACKETS else text[day.end : day.end + _BEHIND]
