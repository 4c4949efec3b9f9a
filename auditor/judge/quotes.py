"""Whether a quote stands in the line it names, and where exactly.

Quote and line are compared after NFKC folding with all white space left out; nothing else is
forgiven. An offset map leads back to the view, hence to the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from auditor.document import Span, View
from auditor.judge.sheet import Line

SHORTEST = 4
NO_LINE = "行号不存在"
TOO_SHORT = "引文太短"
ELSEWHERE = "引文不在所指的一行里"
NOT_FOUND = "引文与原文不符"


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


def folded(text: str) -> tuple[str, list[int]]:
    """The text as it is compared, and for each of its characters the offset it comes from."""
    pieces: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        plain = "".join(unicodedata.normalize("NFKC", char).split())
        pieces.append(plain)
        places.extend([at] * len(plain))
    return "".join(pieces), places


def spans(*views: View | None) -> tuple[Span, ...]:
    return tuple(view.span() for view in views if view)
