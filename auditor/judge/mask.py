"""What identifies people is replaced before anything leaves, and put back when the answer comes.

Where it stands is found on the text as it was written (`auditor.judge.personal`) and carried into the
text that is sent; figures of money, dates and document numbers stay, for the model is to speak about
them. The map from placeholder to value never leaves this object.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.compiled import compiled
from auditor.judge.personal.plain import plain
from auditor.judge.personal.study import Found, Knowledge, found_in, merged, study

_ISSUED = compiled(r"⟦[^⟦⟧\d\s]{1,4}\d{1,6}⟧")


class Masker:
    """Placeholders such as ⟦电话1⟧, the same for the same value as long as the object lives.

    Give it the file's whole text first: a name that one field tells is then known in every sentence.
    `known` is what other files of the same unit told.
    """

    def __init__(self, text: str = "", known: Knowledge | None = None) -> None:
        own = study(text) if text else Knowledge()
        self._known = own | known if known is not None else own
        self._values: dict[str, str] = {}  # placeholder → value
        self._placeholders: dict[str, str] = {}
        self._numbers: Counter[str] = Counter()

    @property
    def map(self) -> dict[str, str]:
        """Placeholder → value. Local: nothing may send or store it."""
        return dict(self._values)

    @property
    def counts(self) -> dict[str, int]:
        """How many different values of each kind were replaced."""
        return dict(self._numbers)

    def mask(self, text: str, places: Sequence[int] | None = None) -> str:
        """The text with placeholders; `unmask` gives it back, but for blanks inside a name.

        `places` tells for each character where it stands in the text that the masker was made with
        (-1: nowhere): what was found there is masked here, however the text was folded since.
        """
        found = found_in(text, self._known)
        if places is not None:
            found = merged([*found, *self._carried(places)])
        self._known = study(text) | self._known if found else self._known
        out, reached = [], 0
        for one in found:
            out += [text[reached : one.start], self._placeholder(text[one.start : one.end], one.kind)]
            reached = one.end
        return "".join([*out, text[reached:]])

    def unmask(self, text: str) -> str:
        """The values put back; placeholders that were never given out stay."""
        return _ISSUED.sub(lambda match: self._values.get(match[0], match[0]), text)

    def _carried(self, places: Sequence[int]) -> Iterator[Found]:
        spans = self._known.places
        starts = [one.start for one in spans]
        begun: Found | None = None
        first = last = 0
        for at, place in enumerate(places):
            if place < 0:
                continue
            held = bisect_right(starts, place) - 1
            inside = spans[held] if held >= 0 and place < spans[held].end else None
            if begun is not None and inside is not begun:
                yield Found(first, last + 1, begun.kind)
                begun = None
            if inside is not None:
                first = at if begun is None else first
                begun, last = inside, at
        if begun is not None:
            yield Found(first, last + 1, begun.kind)

    def _placeholder(self, value: str, kind: str) -> str:
        same = "".join(plain(value).text.split()) or value
        if same not in self._placeholders:
            self._numbers[kind] += 1
            placeholder = f"⟦{kind}{self._numbers[kind]}⟧"
            self._placeholders[same] = placeholder
            self._values[placeholder] = value
        return self._placeholders[same]
