"""How many projects a report says it speaks of, with the one list of projects that it holds.

共对4个项目开展自评        the rows of the table that lists projects
评价了3个项目              the numbered headings behind it, each of a project
涉及20个项目，主要有…      only some are listed: no claim
"""

from __future__ import annotations

from auditor.document import View
from auditor.facts.announced_items import number_in
from auditor.language import word
from auditor.report.labels import clean
from auditor.report.model import Report
from auditor.values import frozen

_FEWEST = 2


@frozen
class Projects:
    """`head` of the column that lists them; None where headings do."""

    words: tuple[View, ...]
    number: int
    names: tuple[View, ...]
    head: View | None = None


def projects(report: Report) -> Projects | None:
    """The number of projects in all, where one is told, and what lists them."""
    told = [
        (
            passage.view.part(*passage.structure.clause_span(*match.span())),
            number_in(match["n"] or match["j"] or match["m"] or match["k"]),
        )
        for passage in report.passages
        for match in word("projects_announced").finditer(passage.text)
    ]
    numbers = {number for _, number in told}
    number = numbers.pop() if len(numbers) == 1 else None
    if number is None:
        return None
    words = tuple(view for view, _ in told)
    listings = [one for one in report.listings if word("project_column").fullmatch(clean(one.head.text))]
    if not listings:
        return _under_headings(report, words, number)
    listing = listings[0]
    if (
        len(listings) > 1
        or _in_part(report, words[0], listing.head)
        or any(view.span().overlaps(span) for view in listing.names for span in report.doubtful)
    ):
        return None
    return Projects(words, number, tuple(listing.names), listing.head)


def _under_headings(report: Report, words: tuple[View, ...], number: int) -> Projects | None:
    """The numbered headings behind the number that each name a project."""
    start = words[0].span().start
    found: list[View] = []
    for passage in report.passages:
        match = word("project_heading").match(passage.text) if passage.span.start > start else None
        if match is not None and number_in(match["n"]) == len(found) + 1:
            found.append(passage.view.part(*match.span("name")))
    if len(found) < _FEWEST or _in_part(report, words[0], found[0]):
        return None
    return Projects(words, number, tuple(found))


def _in_part(report: Report, told: View, listed: View) -> bool:
    """Whether what stands between the number and the list says that only some are listed."""
    start, end = told.span().start, listed.span().start
    between = (one for one in report.passages if one.span.end > start and one.span.start < end)
    return any(word("projects_in_part").search(one.text) for one in between)
