"""Which line and which figure of the new version stands for which of the old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from auditor.document import Span
from auditor.figures import Figure, Kind
from auditor.recheck.pages import MASK, Line, Page

_ALIKE = 0.5
"""Share of the words that two lines have in common to be versions of one line."""
_WIDEST = 60
"""Lines in a block that are compared each with each; larger blocks go by their labels."""
_LONGEST = 4_000_000
"""Characters of one line times those of the other, up to which their words are compared."""
_TELLING = 4
"""Characters of a line that was moved: shorter ones are too many to be told apart."""


@dataclass
class Alignment:
    """`lines` maps indices, `figures` the spans of figures to their counterparts in the new version."""

    old: Page
    new: Page
    lines: dict[int, int] = field(default_factory=dict)
    figures: dict[Span, Figure] = field(default_factory=dict)

    def reworded(self, at: int) -> bool:
        """Whether the words of an old line, figures aside, are no longer the same."""
        if at not in self.lines:
            return True
        return "".join(self.old.lines[at].words.split()) != "".join(
            self.new.lines[self.lines[at]].words.split()
        )


def align(old: Page, new: Page) -> Alignment:
    """Lines by their words, in order; then by likeness within what was replaced; then what was moved."""
    found = Alignment(old, new)
    left, right = [line.words for line in old.lines], [line.words for line in new.lines]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.lines.update(zip(range(a, b), range(c, d), strict=True))
        elif kind == "replace":
            found.lines.update(_alike(old.lines, new.lines, range(a, b), range(c, d)))
    found.lines.update(_moved(found, left, right))
    for at, to in found.lines.items():
        found.figures.update(_figures(old.lines[at], new.lines[to]))
    return found


def _alike(old: Sequence[Line], new: Sequence[Line], left: range, right: range) -> Iterable[tuple[int, int]]:
    """The most alike first, each once."""
    wide = max(len(left), len(right)) > _WIDEST
    pairs = sorted(
        (
            (likeness, -abs((a - left.start) - (b - right.start)), a, b)
            for a in left
            for b in right
            if (not wide or old[a].label == new[b].label)
            and (likeness := _likeness(old[a].words, new[b].words)) >= _ALIKE
        ),
        reverse=True,
    )
    used_left: set[int] = set()
    used_right: set[int] = set()
    for _, _, a, b in pairs:
        if a not in used_left and b not in used_right:
            used_left.add(a)
            used_right.add(b)
            yield a, b


def _likeness(a: str, b: str) -> float:
    if len(a) * len(b) > _LONGEST:
        return float(a[:200] == b[:200])
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _moved(found: Alignment, left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Lines with the very same words elsewhere."""
    taken = set(found.lines.values())
    free: dict[str, list[int]] = {}
    for at in range(len(right) - 1, -1, -1):
        if at not in taken and len(right[at].strip(MASK + "\t ")) >= _TELLING:
            free.setdefault(right[at], []).append(at)
    return [
        (at, free[words].pop()) for at, words in enumerate(left) if at not in found.lines and free.get(words)
    ]


def _figures(old: Line, new: Line) -> Iterable[tuple[Span, Figure]]:
    """Figures that stand between the same words; within words that were replaced, in their order."""
    if old.words == new.words or len(old.words) * len(new.words) > _LONGEST:
        pairs = zip(old.figures, new.figures, strict=old.words == new.words)
        yield from ((one.span, other) for one, other in pairs)
        return
    left, right = iter(old.figures), iter(new.figures)
    for kind, a, b, c, d in SequenceMatcher(None, old.words, new.words, autojunk=False).get_opcodes():
        ours = [next(left) for _ in range(old.words.count(MASK, a, b))]
        theirs = [next(right) for _ in range(new.words.count(MASK, c, d))]
        if kind == "equal" or len(ours) == len(theirs):
            yield from ((one.span, other) for one, other in zip(ours, theirs, strict=True))


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same, however they are written."""
    if Kind.DOCNO in (one.kind, other.kind):
        return "".join(one.raw.split()) == "".join(other.raw.split())
    return (one.amount, one.modifier, one.upper, one.month, one.day) == (
        other.amount, other.modifier, other.upper, other.month, other.day,
    )  # fmt: skip
