"""Which results speak of which characters of a document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from auditor.document import Document, Span, View
from auditor.memo.page.entries import KINDS, Entry

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


class Piece(NamedTuple):
    """A stretch of readable text that the same entries speak of; `start` is its offset in the document.
    `closing` are those of them whose quote ends here."""

    text: str
    start: int
    entries: tuple[Entry, ...]
    closing: tuple[Entry, ...]


class Marks:
    """The quotes of some entries in one document, cut where any of them begins or ends, so that
    overlapping quotes become stretches that belong to several entries."""

    def __init__(self, document: Document, entries: Iterable[Entry]) -> None:
        self._text = document.text
        self.spans: list[tuple[Span, Entry]] = [
            (Span(one.start, one.end), entry) for entry in entries for one in entry.result.evidence
        ]
        self._bounds: list[int] = []
        self._owners: list[tuple[Entry, ...]] = []
        self._closing: dict[int, set[int]] = {}
        self._sweep()

    def _sweep(self) -> None:
        opening: dict[int, list[Entry]] = {}
        closing: dict[int, list[Entry]] = {}
        for span, entry in self.spans:
            opening.setdefault(span.start, []).append(entry)
            closing.setdefault(span.end, []).append(entry)
        self._closing = {end: {entry.at for entry in entries} for end, entries in closing.items()}
        current: dict[int, Entry] = {}
        depth: Counter[int] = Counter()  # the quotes of one entry may overlap
        for bound in sorted({*opening, *closing}):
            for entry in closing.get(bound, ()):
                depth[entry.at] -= 1
                if not depth[entry.at]:
                    del current[entry.at]
            for entry in opening.get(bound, ()):
                depth[entry.at] += 1
                current[entry.at] = entry
            self._bounds.append(bound)
            self._owners.append(tuple(sorted(current.values(), key=_rank)))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The view cut into stretches. Characters are shown as the file has them, not folded."""
        for at, group in groupby(self._cut(view), key=itemgetter(0)):
            cuts = list(group)
            start, end = cuts[0][1], cuts[-1][2]
            owners = self._owners[at] if at >= 0 else ()
            closing = self._closing.get(end, ())
            text = "".join(shown for _, _, _, shown in cuts)
            yield Piece(text, start, owners, tuple(entry for entry in owners if entry.at in closing))

    def _cut(self, view: View) -> Iterator[tuple[int, int, int, str]]:
        """The runs of the view, cut at every bound: which stretch between bounds, start, end, text."""
        for start, end, shown in runs(view, self._text):
            at = bisect_right(self._bounds, start) - 1
            place = start
            while place < end:
                stop = min(end, self._bounds[at + 1]) if at + 1 < len(self._bounds) else end
                yield at, place, stop, shown[place - start : stop - start]
                place, at = stop, at + 1

    def unseen(self, views: Iterable[View]) -> list[Span]:
        """Quotes of which no character stands in any of the views, in document order."""
        stretches = sorted((start, end) for view in views for start, end, _ in runs(view, self._text))
        starts = [start for start, _ in stretches]
        spans = dict.fromkeys(span for span, _ in self.spans)
        return sorted(
            span
            for span in spans
            # The stretch that begins last before the quote's end is the one that could reach into it.
            if not ((at := bisect_left(starts, span.end) - 1) >= 0 and stretches[at][1] > span.start)
        )


def runs(view: View, text: str) -> Iterator[tuple[int, int, str]]:
    """Stretches of the document that the view shows: start, end, the characters as written.

    A blank or line feed that only stands for dropped mark-up is shown as the view has it.
    """
    for at, (offset, place) in enumerate(view.runs):
        stop = view.runs[at + 1][0] if at + 1 < len(view.runs) else len(view.text)
        own = view.text[offset:stop]
        if own:
            yield place, place + len(own), own if own in (" ", "\n") else text[place : place + len(own)]


def _rank(entry: Entry) -> tuple[int, int]:
    return _RANK[entry.kind], entry.at
