"""A sentence shortened between its clauses, never inside a word, and never without the words it is quoted for."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from auditor.compiled import compiled
from auditor.memo.escape import one_line, quoted

_CLAUSE = compiled(r"[，；：]|(?<!\d)[,;:]|[,;:](?!\d)")
_ITEM = compiled("、")
_KEPT = 160
_SHOWN = 40
_GAP = "……"


def near(sentence: str, start: int, end: int) -> str:
    """The clauses around `sentence[start:end]`, as many as a memo keeps."""
    if len(sentence) <= _KEPT:
        return one_line(sentence).strip("，、；。 ")
    cuts = _cuts(sentence)
    first = max((at for at in range(len(cuts) - 1) if cuts[at] <= start), default=0)
    last = next((at for at in range(first + 1, len(cuts)) if cuts[at] >= end), len(cuts) - 1)
    first, last = _widened(cuts, first, last, _KEPT)
    return one_line(sentence[cuts[first] : cuts[last]]).strip("，、；。 ")


def shortened(sentence: str, words: Sequence[str], most: int = _SHOWN) -> str:
    """The sentence in quotation marks: whole if it is short, else the clauses that hold the words, with what stands
    beside them, as far as there is room."""
    text = one_line(sentence).strip("，、；。 ")
    if len(text) <= most:
        return quoted(text, len(text) + 1)
    places = [(at, at + len(word)) for word in map(one_line, words) if (at := text.find(word)) >= 0]
    cuts = _cuts(text)
    held = [
        at
        for at in range(len(cuts) - 1)
        if any(start < cuts[at + 1] and end > cuts[at] for start, end in places)
    ] or [0]
    first, last = _widened(cuts, held[0], held[-1] + 1, most)
    told = text[cuts[first] : cuts[last]].strip("，、；：。,;: ")
    before, after = _GAP if first else "", _GAP if last < len(cuts) - 1 else ""
    return quoted(f"{before}{told}{after}", _KEPT)


def _cuts(text: str) -> list[int]:
    """Where its clauses begin, the items of a very long one too, and where the last one ends."""
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(text) if match.end() < len(text)), len(text)]
    items = [
        match.end()
        for start, end in pairwise(cuts)
        if end - start > _SHOWN
        for match in _ITEM.finditer(text, start, end)
    ]
    return sorted({*cuts, *items})


def _widened(cuts: list[int], first: int, last: int, most: int) -> tuple[int, int]:
    """The clauses from `first` to `last` with those behind, then before them, that fit."""
    while last < len(cuts) - 1 and cuts[last + 1] - cuts[first] <= most:
        last += 1
    while first and cuts[last] - cuts[first - 1] <= most:
        first -= 1
    return first, last
