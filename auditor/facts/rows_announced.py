"""How many of the things that a table lists the text right above it says there are.

"分配到8个乡镇, 分配情况如下:"  乡镇 | 里程 | 金额 … 合计        8 against the rows under 乡镇
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.announced_items import number_in
from auditor.language import word
from auditor.report.labels import clean
from auditor.report.model import Listing, Passage, Report, TextKind
from auditor.values import frozen

_ABOVE = 2  # passages between whose end and the table nothing else stands


@frozen
class RowsAnnounced:
    """A list and the words that tell how many it has."""

    words: View
    number: int
    listing: Listing


@frozen
class IndicatorsAnnounced:
    """The words that tell how many indicators there are, the rows, and whether they are as many."""

    words: View
    number: int
    rows: tuple[View, ...]
    fits: bool


def rows_announced(report: Report) -> Iterator[RowsAnnounced]:
    """Each list of a report whose kind of thing is counted once right above it; of several numbers the list's own."""
    for listing in report.listings:
        if any(view.span().overlaps(span) for view in listing.names for span in report.doubtful):
            continue
        noun = word("name_of_column").sub("", clean(listing.head.text))
        if len(noun) < 2 or word("project_column").fullmatch(clean(listing.head.text)):
            continue
        counted = compiled(
            rf"(?P<n>\d{{1,3}}|[二两三四五六七八九十]{{1,3}})[个家所座名处户位支]{re.escape(noun)}(?![\u4e00-\u9fff])"
        )
        found = [one for passage in _above(report, listing) for one in _told(passage, counted, listing)]
        numbers = {one.number for one in found}
        own = [one for one in found if one.number == len(listing.names)]
        if own or len(numbers) == 1:
            yield (own or found)[-1]


def indicators_announced(report: Report) -> Iterator[IndicatorsAnnounced]:
    """How many indicators the text says there are, against the rows of the report's only table of them; the row of the
    budget's execution and those of extra points may be left out of the number."""
    rows = report.indicators
    if not rows or len({row.table for row in rows}) > 1:
        return
    beside = sum(row.is_execution or row.is_bonus for row in rows)
    for passage in report.prose:
        for match in word("indicators_announced").finditer(passage.text) if passage.figures else ():
            clause = passage.text[slice(*passage.structure.clause_span(*match.span()))]
            number = number_in(match["n"] or match["m"])
            in_part = word("projects_in_part").search(clause) or word("not_all_told").search(clause)
            if number and not in_part:
                fits = len(rows) - beside <= number <= len(rows)
                yield IndicatorsAnnounced(
                    passage.view.part(*match.span()), number, tuple(row.name_view for row in rows), fits
                )


def _above(report: Report, listing: Listing) -> list[Passage]:
    """The last paragraphs before the table."""
    at = bisect_right(report.passages, listing.head.span().start, key=lambda one: one.span.end)
    return [one for one in report.passages[max(0, at - _ABOVE) : at] if one.kind is TextKind.PROSE]


def _told(passage: Passage, counted: re.Pattern[str], listing: Listing) -> Iterator[RowsAnnounced]:
    for match in counted.finditer(passage.text):
        part = passage.structure.clause_span(*match.span())
        clause = passage.text[slice(*part)]
        number = number_in(match["n"])
        if (
            number is not None
            and not word("projects_in_part").search(clause)
            and not word("not_all_told").search(clause)
        ):
            yield RowsAnnounced(passage.view.part(*match.span()), number, listing)
