"""What headings set apart: 春季学期 and 秋季学期, 一标段 and 二标段, 柳河镇 and 石桥镇.

The same words under two such headings speak of two things, and of none of them alone where the report speaks of all.
A stretch of the year, a batch or a lot is a part by its own name, also in a line that is nothing else. A place or a
piece of work is one only beside another: two headings of one level end in a word for parts. What the title of the
report names is the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.language import word

Line = tuple[int, str]
"""The depth of a heading, 0 of other text; its words."""


def parts_over(lines: Sequence[Line], title: str) -> list[tuple[str, ...]]:
    """For each line the parts that headings over it name, outermost first, its own included; `title` is that of the
    report."""
    levels = list(_levels(lines))
    named = _named(lines, levels, title)
    over: list[tuple[int, str]] = []
    found: list[tuple[str, ...]] = []
    for at, level in enumerate(levels):
        if level:
            over = [one for one in over if one[0] < level] + [(level, named.get(at, ""))]
        found.append(tuple(name for _, name in over if name))
    return found


def _levels(lines: Sequence[Line]) -> Iterator[int]:
    """Of headings, by depth; of a line that only names a part, between the heading over it and those below; else 0."""
    above = 0
    for depth, words in lines:
        above = depth or above
        bare = not depth and word("part_line").fullmatch(words)
        yield 2 * above + 1 if bare else 2 * depth


def _named(lines: Sequence[Line], levels: Sequence[int], title: str) -> dict[int, str]:
    """The part that each heading names, by the place of its line."""
    named: dict[int, str] = {}
    sisters: dict[tuple[int, ...], dict[int, str]] = {}
    over: list[tuple[int, int]] = []
    for at, level in enumerate(levels):
        if not level:
            continue
        over = [one for one in over if one[0] < level]
        words = lines[at][1]
        if (own := word("part_by_name").search(words)) is not None:
            if own.group() not in title:
                named[at] = words
        elif (found := word("part_by_end").fullmatch(words)) is not None:
            sisters.setdefault((level, *(place for _, place in over)), {})[at] = found["name"]
        over.append((level, at))
    for group in sisters.values():
        if len(set(group.values())) > 1:
            named.update((at, name) for at, name in group.items() if name not in title)
    return named
