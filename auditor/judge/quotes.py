"""Whether a quote stands in the line it names, and where exactly.

Quote and line are compared after NFKC folding, without white space and marks of quotation; a wrong
line number is forgiven where the place is unique. Nothing else is. An offset map leads back to the view, hence to the document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Figure, scan
from auditor.judge.sheet import BAR, Line

SHORTEST = 4
NO_LINE = "行号不存在"
TOO_SHORT = "引文太短"
SEVERAL = "引文在几处都有，行号又不对"
NOT_FOUND = "引文与原文不符"
CUT_NUMBER = "引文截断了数字"


class Misquote(Exception):
    """The quote is not believed; the message says why, in Chinese."""


def find(quote: str, number: int, by_number: Mapping[int, Line]) -> View:
    """The view of exactly the quoted words. Raises `Misquote`."""
    return place(quote, number, by_number)[0]


def place(quote: str, number: int, by_number: Mapping[int, Line]) -> tuple[View, Line]:
    """The quoted words and the line they stand in: the line named, else the only one that holds them, or
    the nearest. Raises `Misquote`."""
    wanted = _wanted(quote)
    line = by_number.get(number)
    if line is not None and wanted and (found := _within(wanted, line)):
        if len(wanted) < SHORTEST and all(_wanted(view.text) != wanted for view in line.views):
            raise Misquote(TOO_SHORT)
        if _cut_everywhere(wanted, line):
            raise Misquote(CUT_NUMBER)
        return found, line
    if len(wanted) < SHORTEST:
        raise Misquote(TOO_SHORT)
    held = [
        (abs(other.number - number), other, view)
        for other in by_number.values()
        if (view := _within(wanted, other)) and not _cut_everywhere(wanted, other)
    ]
    if not held:
        cut = any(_within(wanted, other) for other in by_number.values())
        raise Misquote(CUT_NUMBER if cut else NOT_FOUND)
    held.sort(key=lambda one: one[0])
    if len(held) > 1 and (line is None or held[0][0] == held[1][0]):
        raise Misquote(SEVERAL)
    _, line, found = held[0]
    return found, line


def short(quote: str, line: Line) -> View | None:
    """The place of a quote in its line, which may be as short as a number, where it cuts none. Of several
    places only a cell that is nothing else is it: "32公里" is no "≥32公里"."""
    wanted = _wanted(quote)
    if not wanted or _cut_everywhere(wanted, line):
        return None
    texts = [(view, _comparable(view.text)[0]) for view in line.views]
    several = sum(not _cuts(wanted, view, at) for view, text in texts for at in _places(wanted, text)) > 1
    cells = [view for view, text in texts if text == wanted]
    if several:
        return cells[0] if len(cells) == 1 else None
    return _within(wanted, line)


def cells(quote: str, line: Line) -> list[View]:
    """The cells of the line that are nothing else than the quote."""
    wanted = _wanted(quote)
    return [view for view in line.views if wanted and _comparable(view.text)[0] == wanted]


def only(quote: str, by_number: Mapping[int, Line]) -> tuple[View, Line] | None:
    """The place of a quote, however short, that stands in one line of all."""
    wanted = _wanted(quote)
    held = [(view, line) for line in by_number.values() if wanted and (view := short(quote, line))]
    return held[0] if len(held) == 1 else None


_LABEL = compiled(r"^\s*(?:第?\d{1,5}行?\s*[|｜:：]|\[\d{1,5}\])")
_MARKS = "“”‘’\"'「」『』《》〈〉`"
_ENDS = "。.;；,，…"


def _wanted(quote: str) -> str:
    """What of a quote is compared: without the sheet's own line number and cell borders, marks of
    quotation, and a stop that the model added."""
    plain = _LABEL.sub("", quote, count=1) if BAR in quote or "|" in quote else quote
    return "".join(char for char in folded(plain)[0] if char not in _IDLE).rstrip(_ENDS)


_IDLE = frozenset(_MARKS + "|")


def _cut_everywhere(wanted: str, line: Line) -> bool:
    held = [view for view in line.views if wanted in _comparable(view.text)[0]]
    return bool(held) and all(_cuts_number(wanted, view) for view in held)


def _within(wanted: str, line: Line) -> View | None:
    """In one cell or sentence, else over cells of the row that stand side by side."""
    held = [(view, at) for view in line.views for at in _places(wanted, _comparable(view.text)[0])]
    held.sort(key=lambda one: _cuts(wanted, *one))  # a place that cuts a number is the last choice
    if held:
        view, at = held[0]
        places = _comparable(view.text)[1]
        return view.part(places[at], places[at + len(wanted) - 1] + 1)
    return _across(wanted, line) if len(line.views) > 1 else None


def _places(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _cuts(wanted: str, view: View, at: int) -> bool:
    """Whether the words, standing there, begin or end inside a number."""
    text, _ = _comparable(view.text)
    before, after = text[:at][-2:], text[at + len(wanted) :][:2]
    return _runs_on(before, wanted[:2]) or _runs_on(wanted[-2:], after)


def _across(wanted: str, line: Line) -> View | None:
    text, places = "", []
    for number, view in enumerate(line.views):
        piece, inner = _comparable(view.text)
        text += piece
        places += [(number, at) for at in inner]
    at = text.find(wanted)
    if at < 0:
        return None
    (first, start), (last, stop) = places[at], places[at + len(wanted) - 1]
    whole = (at == 0 or places[at - 1][0] != first) and (
        at + len(wanted) == len(places) or places[at + len(wanted)][0] != last
    )
    if not whole:  # a piece of one cell and a piece of the next are spliced, not quoted
        return None
    joined = line.views[first].part(start, len(line.views[first].text))
    for view in line.views[first + 1 : last]:
        joined = joined.join(view)
    return joined.join(line.views[last].part(0, stop + 1))


@lru_cache(maxsize=4096)
def _comparable(text: str) -> tuple[str, tuple[int, ...]]:
    """As `folded`, without marks of quotation and borders."""
    plain, places = folded(text)
    kept = [(char, place) for char, place in zip(plain, places, strict=True) if char not in _IDLE]
    return "".join(char for char, _ in kept), tuple(place for _, place in kept)


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
    return all(_cuts(wanted, view, at) for at in _places(wanted, _comparable(view.text)[0]))


def _runs_on(left: str, right: str) -> bool:
    """Whether a number goes on from `left` into `right`: "1|8", "1|.8", "1.|8"."""
    seam = left[-1:] + right[:1]
    if seam.isdigit() and len(seam) == 2:
        return True
    if left[-1:] in (".", ",") and right[:1].isdigit():
        return left[:1].isdigit()
    return left[-1:].isdigit() and right[:1] in (".", ",") and right[1:2].isdigit()


_HIDDEN = ("Cc", "Cf")
"""Characters that nobody sees: pages hold them between others, and models leave them out."""


@lru_cache(maxsize=4096)
def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text as it is compared, and for each of its characters the offset it comes from."""
    pieces: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        hidden = unicodedata.category(char) in _HIDDEN
        plain = "" if hidden else "".join(unicodedata.normalize("NFKC", char).split())
        pieces.append(plain)
        places.extend([at] * len(plain))
    return "".join(pieces), tuple(places)
