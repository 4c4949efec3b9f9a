"""Text that two passages have in common, character by character, in near-linear time.

Every n-th short gram of the joined text is indexed; every gram of the text is looked up once; a
hit is extended to both sides. A common run of `shortest` characters always holds an indexed gram,
so none is missed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import cycle
from typing import NamedTuple

from auditor.compiled import compiled

_PRIVATE = 0xE000  # characters no document uses: borders between texts
_PRIVATE_SIZE = 0x1900
_MOST_PLACES = 6
"""A gram met more often is a phrase of the trade, not a copied passage; and a place is told from so many others."""

# A text of one repeated phrase equals itself at every distance; comparing it with itself ends after
# this many characters looked at for each character of the text.
_SELF_EFFORT = 4

# The same sentence typed with Chinese and with Latin punctuation is the same sentence.
_SAME = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", '"': "“", "”": "“", "'": "“", "‘": "“", "’": "“"}
)
_NUMBER = frozenset("0123456789.")
_TITLE = compiled(r"《[^《》]{1,120}》")


class Run(NamedTuple):
    """`length` equal characters: at `first_at` of text `first` and at `second_at` of text `second`."""

    first: int
    first_at: int
    second: int
    second_at: int
    length: int


def plain(text: str) -> str:
    """`text`, same length, with one kind of punctuation."""
    return text.translate(_SAME)


def nameless(text: str, names: Sequence[str] = ()) -> str:
    """`text`, same length, with NUL for every character of a document title or of one of `names`."""
    if "《" in text:
        text = _TITLE.sub(lambda match: "\0" * len(match.group()), text)
    for name in names:
        if name in text:
            text = text.replace(name, "\0" * len(name))
    return text


def shared_runs(texts: Sequence[str], shortest: int) -> Iterator[Run]:
    """Runs of at least `shortest` characters that stand twice in `texts` (prepared by `plain`).

    The first place precedes the second; both may lie in one text if they do not overlap.
    """
    joined, starts = _join(texts)
    width = (shortest + 1) // 2
    step = shortest - width + 1
    index: dict[str, list[int]] = {}
    for at in range(0, len(joined) - width + 1, step):
        places = index.setdefault(joined[at : at + width], [])
        if len(places) < _MOST_PLACES:
            places.append(at)
    covered: dict[int, int] = {}  # distance between the two places → end of the last run found there
    hits = [at for at in range(len(joined) - width + 1) if joined[at : at + width] in index]
    spare = _SELF_EFFORT * len(joined)
    told: list[int] = []  # where the runs end that hold the place looked at
    for at in hits:
        own = starts[bisect_right(starts, at) - 1]
        told = [end for end in told if end > at]
        for place in index[joined[at : at + width]]:
            if place >= at or (place >= own and spare <= 0) or len(told) >= _MOST_PLACES:
                break
            if covered.get(at - place, 0) > at:
                continue
            start, other, length = _extend(joined, place, at, width)
            covered[at - place] = other + length
            spare -= length if place >= own else 0
            start, other, length = _whole(joined, start, other, length)
            if length >= shortest and start + length <= other:
                told.append(other + length)
                first, second = bisect_right(starts, start) - 1, bisect_right(starts, other) - 1
                yield Run(first, start - starts[first], second, other - starts[second], length)


def _join(texts: Sequence[str]) -> tuple[str, list[int]]:
    """All texts as one, with borders that equal nothing else nearby."""
    starts: list[int] = []
    length = 0
    for text in texts:
        starts.append(length)
        length += len(text) + 1
    unique = cycle(map(chr, range(_PRIVATE, _PRIVATE + _PRIVATE_SIZE)))
    return "".join(piece for text in texts for piece in (text, next(unique))), starts


def _extend(text: str, first: int, second: int, width: int) -> tuple[int, int, int]:
    start, other = first, second
    while start and text[start - 1] == text[other - 1]:
        start, other = start - 1, other - 1
    end, length = second + width, len(text)
    shift = second - first
    while end < length and text[end] == text[end - shift]:
        end += 1
    return start, other, end - other


def _whole(text: str, first: int, second: int, length: int) -> tuple[int, int, int]:
    """The run without a number that goes on beyond it in either place: 1.2万亩 and 1.26万亩 have no 1.2 in common."""
    if _inside(text, first) or _inside(text, second):
        while length and text[first] in _NUMBER:
            first, second, length = first + 1, second + 1, length - 1
    if _inside(text, first + length) or _inside(text, second + length):
        while length and text[first + length - 1] in _NUMBER:
            length -= 1
    return first, second, length


def _inside(text: str, at: int) -> bool:
    """Whether a number is cut there."""
    return 0 < at < len(text) and text[at - 1] in _NUMBER and text[at] in _NUMBER


def covered(spans: Sequence[tuple[int, int]]) -> int:
    """How many places the half-open `spans` cover together."""
    total = reach = 0
    for start, end in sorted(spans):
        total += max(end - max(start, reach), 0)
        reach = max(reach, end)
    return total
