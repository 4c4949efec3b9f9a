"""Which line and which figure of the new version stands for which of the old."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
_BLANK = f"{MASK}\t —-/"
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
    """Lines that are the same; between them lines with the same words, then lines that are alike;
    at last what was moved."""
    found = Alignment(old, new)
    texts = _texts(old.lines, "old"), _texts(new.lines, "new")
    words = [line.words for line in old.lines], [line.words for line in new.lines]
    for gap in _matched(found, *texts, range(len(old.lines)), range(len(new.lines))):
        for left, right in _matched(found, *words, *gap):
            found.lines.update(_alike(old, new, left, right))
    found.lines.update(_moved(found, *words))
    for at, to in found.lines.items():
        found.figures.update(_figures(old.lines[at], new.lines[to]))
    return found


def _texts(lines: Sequence[Line], side: str) -> list[str]:
    """What a line is known by: one of nothing but figures equals another by chance, so it equals none."""
    return [line.text if line.words.strip(_BLANK) else f"{MASK}{side} {at}" for at, line in enumerate(lines)]


def _matched(
    found: Alignment, old: list[str], new: list[str], left: range, right: range
) -> Iterator[tuple[range, range]]:
    """Takes equal lines within the ranges; yields what was replaced between them. Lines that occur
    all over are no anchors (difflib's "popular" ones): a table of like rows stays cheap."""
    matcher = SequenceMatcher(None, old[left.start : left.stop], new[right.start : right.stop])
    for kind, a, b, c, d in matcher.get_opcodes():
        ours = range(left.start + a, left.start + b)
        theirs = range(right.start + c, right.start + d)
        if kind == "equal":
            found.lines.update(zip(ours, theirs, strict=True))
        elif kind == "replace":
            yield ours, theirs


def _alike(old: Page, new: Page, left: range, right: range) -> Iterable[tuple[int, int]]:
    """Line by line where as many with the same words stand there; else those of one name and the
    most alike first, each once."""
    if [old.lines[at].words for at in left] == [new.lines[at].words for at in right]:
        yield from zip(left, right, strict=True)
        return
    wide = max(len(left), len(right)) > _WIDEST
    names = {at: old.named(old.lines[at]) for at in left}
    others: dict[str, list[int]] = {}
    for at in right:
        others.setdefault(new.named(new.lines[at]), []).append(at)
    pairs = []
    for a in left:
        for b in others.get(names[a], []) if wide else right:
            likeness = _likeness(old.lines[a].words, new.lines[b].words)
            named = names[a] == new.named(new.lines[b]) and "\t" in old.lines[a].text
            if named or likeness >= _ALIKE:
                pairs.append((named + likeness, -abs((a - left.start) - (b - right.start)), a, b))
    used: set[tuple[str, int]] = set()
    for _, _, a, b in sorted(pairs, reverse=True):
        if not used & {("old", a), ("new", b)}:
            used |= {("old", a), ("new", b)}
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
        if at not in taken and len(right[at].strip(_BLANK)) >= _TELLING:
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
        if len(ours) == len(theirs):
            yield from (
                (one.span, other)
                for one, other in zip(ours, theirs, strict=True)
                if kind == "equal" or one.kind is other.kind
            )


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same, however they are written."""
    if Kind.DOCNO in (one.kind, other.kind):
        return "".join(one.raw.split()) == "".join(other.raw.split())
    return (one.amount, one.modifier, one.upper, one.month, one.day) == (
        other.amount, other.modifier, other.upper, other.month, other.day,
    )  # fmt: skip
