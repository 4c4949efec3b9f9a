"""What one text tells about people and how to reach them, and where."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.compiled import compiled
from auditor.judge.personal import heads, names, numbers, parties, possible, shapes
from auditor.judge.personal.plain import plain
from auditor.values import frozen

_GOES_ON = compiled(r"\d|[.,]\d|元|万|亿|%")
_AMOUNT = compiled(r"[\d,]+\.\d+")
_OF_ONE = ("电话", "证件", "账户")
_GAP = "[ \u3000\u00a0]{0,3}"


@dataclass(frozen=True, order=True)
class Found:
    """A stretch of the text that was studied."""

    start: int
    end: int
    kind: str


@frozen
class Knowledge:
    """Values that are masked wherever they stand, and places of the studied text that are masked.

    Values are without blanks, folded. Join the knowledge of the files of one unit with `|`."""

    values: dict[str, str] = field(default_factory=dict)
    places: tuple[Found, ...] = ()

    def __or__(self, other: Knowledge) -> Knowledge:
        """The values of both, the places of this one alone."""
        return Knowledge({**other.values, **self.values}, self.places)


@lru_cache(maxsize=32)
def study(text: str) -> Knowledge:
    """Everything that fields, titles, heads and forms tell in the text; the places are its offsets."""
    seen = plain(text)
    values: dict[str, str] = {}
    places: list[Found] = []
    for start, end, kind, known in _all(seen.text):
        places.append(Found(*seen.span(start, end), kind))
        if known:
            values.setdefault("".join(seen.text[start:end].split()), kind)
    return Knowledge(values, tuple(merged(places)))


def _all(text: str) -> Iterator[tuple[int, int, str, bool]]:
    for name in names.find(text):
        yield name.start, name.end, "姓名", name.sure
    for number in numbers.find(text):
        yield number
        if number[2] in _OF_ONE:
            for name in names.beside(text, *number[:2]):
                yield name.start, name.end, "姓名", name.sure
    yield from parties.find(text)
    for start, end, kind in heads.under(text, _fits):
        value = text[start:end]
        if not _fits(value, kind):
            continue
        if kind in ("姓名", "人员") or (kind == "收款方" and not parties.is_firm(value)):
            yield start, end, "姓名", shapes.cell(value) and shapes.sure(value)
        else:
            yield start, end, kind, True


def _fits(value: str, kind: str) -> bool:
    """Whether a cell may hold what its head says."""
    if kind == "姓名" and shapes.written("".join(value.split())):
        return True
    if kind in ("姓名", "人员"):
        return shapes.cell(value)
    if kind == "收款方":
        return parties.is_firm(value) or shapes.cell(value)
    if kind == "地址":
        return parties.is_place(value)
    return _digits(value) >= 5 and 2 * _digits(value) >= len(value) and not _AMOUNT.fullmatch(value)


def _digits(text: str) -> int:
    return sum(char.isdigit() for char in text)


def found_in(text: str, known: Knowledge) -> list[Found]:
    """Where the text must be masked: by what it tells itself, and by what is known already."""
    seen = plain(text)
    own = study(text)
    found = [
        *own.places,
        *(Found(*seen.span(one.start, one.end), one.kind) for one in _met(seen.text, known | own)),
    ]
    return merged(found)


@lru_cache(maxsize=32)
def _pattern(values: frozenset[str]) -> re.Pattern[str]:
    longest = sorted(values, key=lambda value: (-len(value), value))
    return re.compile("|".join(_spaced(value) for value in longest))


def _spaced(value: str) -> str:
    """A short name may be set apart anywhere (王　强); other values as they were written."""
    if len(value) <= 6 and not value.isascii():
        return _GAP.join(map(re.escape, value))
    return re.escape(value)


def _met(text: str, known: Knowledge) -> Iterator[Found]:
    if not known.values:
        return
    for match in _pattern(frozenset(known.values)).finditer(text):
        value = "".join(match[0].split())
        start, end = match.span()
        if value != match[0] and _crosses(text, start, end):
            continue
        if known.values[value] == "姓名" and shapes.ordinary(value) and shapes.in_a_word(text, start, end):
            continue
        if not _inside_number(text, start, end):
            yield Found(start, end, known.values[value])


def _crosses(text: str, start: int, end: int) -> bool:
    """Whether blanks inside the match part two words rather than one name's characters."""
    return shapes.is_han(text[start - 1 : start]) and shapes.is_han(text[end : end + 1])


def _inside_number(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    begins = text[start].isdigit() and (before.isdigit() or before in (".", ","))
    return begins or (text[end - 1].isdigit() and bool(_GOES_ON.match(after)))


def merged(found: Iterable[Found]) -> list[Found]:
    """In order; what overlaps becomes one, so that no rest of a value is left."""
    out: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if out and one.start < out[-1].end:
            if one.end > out[-1].end:
                out[-1] = Found(out[-1].start, one.end, out[-1].kind)
        elif one.end > one.start:
            out.append(one)
    return out


def perhaps_names(text: str, known: Knowledge) -> dict[str, int]:
    """What may be a name and is not masked, with how often: for somebody to look at before sending."""
    seen = plain(text)
    masked = found_in(text, known)
    ends = [one.end for one in masked]
    counts: Counter[str] = Counter()
    for name in possible.find(seen.text):
        start, end = seen.span(name.start, name.end)
        at = bisect_right(ends, start)
        if at == len(masked) or masked[at].start >= end:
            counts[seen.text[name.start : name.end]] += 1
    return dict(counts.most_common())
