"""Sentences, clauses and brackets of one text, cut in one pass and asked by position.

A `Structure` belongs to a passage and is kept with it; every rule that asks where a clause begins gets
the same answer, and no text is cut twice.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from auditor.compiled import compiled
from auditor.values import frozen, lazy

# A comma between digits groups thousands, a colon between digits is a time or a ratio.
_MARK = compiled(r"[。!?！？\n；;、()（）“”\"]|(?<!\d)[,，:：]|[,，](?!\d{3}(?!\d))|[:：](?!\d)")
_STOPS = frozenset("。!?！？\n")
_HALTS = frozenset("；;")
_OPEN, _CLOSE = frozenset("(（"), frozenset(")）")
_LONGEST = 800
"""Characters of a sentence. One that goes on is no sentence but cells or a list run together: it ends with the next
clause, else what is asked of the sentence of each of its numbers takes as long as the square of its length."""
_PAIRED = _OPEN | _CLOSE | frozenset('“”"')
_QUOTED = 40  # characters of quoted words inside a clause
_INSIDE = 3  # brackets and quoted words inside a clause
_STRENGTH = ((";", "；;"), (",", "，,"), ("、", "、"))


@frozen
class Structure:
    """Where a text may be cut. Positions are offsets in `text`.

    marks   every mark that ends a clause, full stops and brackets included, ascending
    stops   those that end a sentence (。！？ and line feeds, any mark where a sentence has run on too long)
    halts   semicolons: the parts of a sentence
    """

    text: str
    marks: tuple[int, ...]
    stops: tuple[int, ...]
    halts: tuple[int, ...]
    _brackets: tuple[tuple[int, int, int], ...]  # (position, depth behind it, opening it stands in or -1)

    def sentence(self, at: int) -> int:
        """Number of the sentence that holds `at`, counted from 0."""
        return bisect_right(self.stops, at)

    def sentence_span(self, at: int) -> tuple[int, int]:
        """Start and end of the sentence that holds `at`, its closing mark excluded."""
        number = bisect_right(self.stops, at)
        start = self.stops[number - 1] + 1 if number else 0
        end = self.stops[number] if number < len(self.stops) else len(self.text)
        return max(start, at - 2 * _LONGEST), min(end, max(at, start) + 2 * _LONGEST)

    def part_span(self, at: int) -> tuple[int, int]:
        """The same between semicolons too."""
        start, end = self.sentence_span(at)
        number = bisect_right(self.halts, at)
        if number:
            start = max(start, self.halts[number - 1] + 1)
        return start, min(end, self.halts[number]) if number < len(self.halts) else end

    def clause_span(self, start: int, end: int | None = None) -> tuple[int, int]:
        """The clause that holds `start` (to `end`): from the mark before it to the next one behind it."""
        before = bisect_left(self.marks, start) - 1
        after = bisect_left(self.marks, end if end is not None else start)
        left = self.marks[before] + 1 if before >= 0 else 0
        right = self.marks[after] if after < len(self.marks) else len(self.text)
        return max(left, start - _LONGEST), min(right, (end if end is not None else start) + _LONGEST)

    def clause_start(self, at: int) -> int:
        """Where the clause that holds `at` begins, brackets and quoted words inside it stepped over:
        "第一轮(3月)检查" and "举办“健康讲座”" are one."""
        left = self.clause_span(at)[0]
        for _ in range(_INSIDE):
            opening = -1
            if left and self.text[left - 1] == "”":
                opening = self.text.rfind("“", max(0, left - _QUOTED), left - 1)
            elif left and self.depth(left - 1) > self.depth(at):
                opening = self.bracket(left - 1)
            if opening < 0:
                break
            left = self.clause_span(opening)[0]
        return left

    def depth(self, at: int) -> int:
        """In how many brackets `at` stands."""
        before = bisect_left(self._positions, at) - 1
        return self._brackets[before][1] if before >= 0 else 0

    def bracket(self, at: int) -> int:
        """Offset of the innermost opening bracket that holds `at`; -1 outside brackets."""
        before = bisect_left(self._positions, at) - 1
        return self._brackets[before][2] if before >= 0 else -1

    def closing(self, opening: int) -> int:
        """Offset of the bracket that closes `opening`, or the end of the text."""
        depth = self.depth(opening)
        for position, behind, _ in self._brackets[bisect_right(self._positions, opening) :]:
            if behind <= depth:
                return position
        return len(self.text)

    def outside(self, start: int, end: int) -> str:
        """`text[start:end]` without what stands in brackets deeper than `start`."""
        level = self.depth(start)
        if all(depth <= level for depth in self._depths(start, end)):
            return self.text[start:end]
        kept: list[str] = []
        at, inside = start, False
        for position, depth, _ in self._within(start, end):
            if not inside and depth > level:
                kept.append(self.text[at:position])
                inside = True
            elif inside and depth <= level:
                at, inside = position + 1, False
        return "".join([*kept, "" if inside else self.text[at:end]])

    @lazy
    def _positions(self) -> list[int]:
        return [position for position, _, _ in self._brackets]

    def _within(self, start: int, end: int) -> tuple[tuple[int, int, int], ...]:
        return self._brackets[bisect_left(self._positions, start) : bisect_left(self._positions, end)]

    def _depths(self, start: int, end: int) -> list[int]:
        return [depth for _, depth, _ in self._within(start, end)]


def cut(text: str) -> Structure:
    """The structure of `text`. Brackets that are never opened close nothing; a line feed closes all."""
    marks: list[int] = []
    stops: list[int] = []
    halts: list[int] = []
    brackets: list[tuple[int, int, int]] = []
    opened: list[int] = []
    begun = 0
    for match in _MARK.finditer(text):
        at, char = match.start(), match.group()
        marks.append(at)
        if char in _STOPS or (at - begun > _LONGEST and char not in _OPEN):
            stops.append(at)
            begun = at
        if char in _STOPS:
            if char == "\n" and opened:
                opened.clear()
                brackets.append((at, 0, -1))
        elif char in _HALTS:
            halts.append(at)
        elif char in _OPEN:
            opened.append(at)
            brackets.append((at, len(opened), at))
        elif char in _CLOSE and opened:
            opened.pop()
            brackets.append((at, len(opened), opened[-1] if opened else -1))
    return Structure(text, tuple(marks), tuple(stops), tuple(halts), tuple(brackets))


def clause_end(text: str, start: int, most: int) -> int:
    """Where a quote from `start` ends: with its sentence, or with the last clause of it that keeps it within
    `most` characters, or with the first if that is longer; never inside a word."""
    fitting, depth = -1, 0
    for match in _MARK.finditer(text, start):
        at, char = match.start(), match.group()
        ends = char in _STOPS or char in _HALTS
        if at - start > most and (fitting >= 0 or ends):
            return fitting if fitting >= 0 else at
        if ends:
            return at
        depth += (char in _OPEN) - (char in _CLOSE)
        if at > start and depth <= 0 and char not in _PAIRED:
            if at - start > most:
                return at
            fitting = at
    return len(text) if len(text) - start <= most or fitting < 0 else fitting


def separator(gap: str) -> str:
    """The strongest list mark in the words between two items: ";", ",", "、", or "" for 和 and the like."""
    return next((mark for mark, written in _STRENGTH if any(char in gap for char in written)), "")
