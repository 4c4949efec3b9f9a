"""Whether a quote stands in the line it names, and where exactly.

Quote and line are compared after NFKC folding with all white space left out; nothing else is
forgiven. An offset map leads back to the view, hence to the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from auditor.document import View
from auditor.figures import Figure, scan
from auditor.judge.sheet import Line

SHORTEST = 4
NO_LINE = "行号不存在"
TOO_SHORT = "引文太短"
ELSEWHERE = "引文不在所指的一行里"
NOT_FOUND = "引文与原文不符"
CUT_NUMBER = "引文截断了数字"


class Misquote(Exception):
    """The quote is not believed; the message says why, in Chinese."""


def find(quote: str, number: int, by_number: Mapping[int, Line]) -> View:
    """The view of exactly the quoted words. Raises `Misquote`."""
    line = by_number.get(number)
    if line is None:
        raise Misquote(NO_LINE)
    wanted, _ = folded(quote)
    if found := _within(wanted, line):
        if len(wanted) < SHORTEST and all(folded(view.text)[0] != wanted for view in line.views):
            raise Misquote(TOO_SHORT)
        if all(_cuts_number(wanted, view) for view in line.views if wanted in folded(view.text)[0]):
            raise Misquote(CUT_NUMBER)
        return found
    if not wanted:
        raise Misquote(TOO_SHORT)
    elsewhere = any(_within(wanted, other) for other in by_number.values())
    raise Misquote(ELSEWHERE if elsewhere and len(wanted) >= SHORTEST else NOT_FOUND)


def _within(wanted: str, line: Line) -> View | None:
    if not wanted:
        return None
    for view in line.views:
        text, places = folded(view.text)
        at = text.find(wanted)
        if at >= 0:
            return view.part(places[at], places[at + len(wanted) - 1] + 1)
    return None


def figures(quote: View, line: Line) -> list[Figure]:
    """The figures of the line that lie whole inside the quote."""
    start, end = quote.span()
    return [
        figure
        for view in line.views
        for figure in scan(view)
        if start <= figure.span.start and figure.span.end <= end
    ]


def _cuts_number(wanted: str, view: View) -> bool:
    """Whether every place where the words stand begins or ends inside a number."""
    text, _ = folded(view.text)
    at = text.find(wanted)
    while at >= 0:
        before, after = text[:at][-2:], text[at + len(wanted) :][:2]
        if not (_runs_on(before, wanted[:2]) or _runs_on(wanted[-2:], after)):
            return False
        at = text.find(wanted, at + 1)
    return True


def _runs_on(left: str, right: str) -> bool:
    """Whether a number goes on from `left` into `right`: "1|8", "1|.8", "1.|8"."""
    seam = left[-1:] + right[:1]
    if seam.isdigit() and len(seam) == 2:
        return True
    if left[-1:] in (".", ",") and right[:1].isdigit():
        return left[:1].isdigit()
    return left[-1:].isdigit() and right[:1] in (".", ",") and right[1:2].isdigit()


@lru_cache(maxsize=4096)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and for each of its characters the offset it comes from."""
    pieces: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        plain = "".join(unicodedata.normalize("NFKC", char).split())
        pieces.append(plain)
        places.extend([at] * len(plain))
    return "".join(pieces), tuple(places)
