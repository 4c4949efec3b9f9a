"""A text as the finders see it: folded, without mark-up and invisible characters, each with its place."""

from __future__ import annotations

import re
import unicodedata

from auditor.compiled import compiled
from auditor.document.fold import fold
from auditor.values import frozen

_TAG = compiled(
    r"</?(?:p|br|ol|ul|li|h[1-6]|div|table|tbody|tr|td|th|span|b|strong|i|u|em|font|sup|sub)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_BLOCK = compiled(r"</?(?:p|br|ol|ul|li|h[1-6]|div|table|tbody|tr)\b", re.IGNORECASE)
_CELL = compiled(r"</?(?:td|th)\b", re.IGNORECASE)
_INVISIBLE = compiled(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SKIPPED = compiled(rf"{_TAG.pattern}|&nbsp;|{_INVISIBLE.pattern}", re.IGNORECASE)


_SIGNS = str.maketrans(
    dict.fromkeys("︰∶﹕꞉ː﹔→⇒➔➡", ":") | dict.fromkeys("丨│┃▏¦", "|") | dict.fromkeys("…⋯", "_")
)
"""What stands for a colon, the border of a cell, a line to write on."""
_SIGNS |= dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_SIGNS |= dict.fromkeys([0x1680, *range(0x2000, 0x200B), 0x205F], "\u3000")


@frozen
class Plain:
    """`places[i]` is the offset of `text[i]` in what was given; None where nothing was left out."""

    text: str
    places: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in what was given."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    """Block mark-up becomes a line break, a cell's a tab; other marks and invisible characters go."""
    folded = fold(text).translate(_SIGNS)
    if _SKIPPED.search(folded) is None:
        return Plain(folded)
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in _SKIPPED.finditer(folded):
        pieces.append(folded[at : match.start()])
        places.extend(range(at, match.start()))
        if sign := _stands_for(match[0]):
            pieces.append(sign)
            places.append(match.start())
        at = match.end()
    pieces.append(folded[at:])
    places.extend(range(at, len(folded)))
    return Plain("".join(pieces), tuple(places))


def _stands_for(skipped: str) -> str:
    if skipped.startswith("&"):
        return " "
    if _BLOCK.match(skipped):
        return "\n"
    return "\t" if _CELL.match(skipped) else ""


def visible(text: str) -> str:
    """The text without characters that nobody sees, compatibility forms folded."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", fold(text)))
