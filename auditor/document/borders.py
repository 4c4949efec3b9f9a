"""The outer sides of tables that are drawn without them: many forms have lines only between cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    x0: float
    top: float
    x1: float
    bottom: float


_MOST = 2_000
"""Lines of a page up to which tables are looked for; a drawing has more."""
_LEAST = 3
"""Lines that end at the same place, and so end where the table does."""


def missing_sides(edges: Sequence[Box], snap: float) -> Iterator[Box]:
    """A side for every end at which the lines of a table stand open, in a row or in a column."""
    if len(edges) > _MOST:
        return
    for level, upright in _tables(edges, snap):
        left, right = min(edge.x0 for edge in level), max(edge.x1 for edge in level)
        top, bottom = min(edge.top for edge in upright), max(edge.bottom for edge in upright)
        if min(edge.x0 for edge in upright) - left > snap:
            yield from _upright(left, [edge for edge in level if edge.x0 - left <= snap], top, bottom)
        if right - max(edge.x1 for edge in upright) > snap:
            yield from _upright(right, [edge for edge in level if right - edge.x1 <= snap], top, bottom)
        if min(edge.top for edge in level) - top > snap:
            yield from _level(top, [edge for edge in upright if edge.top - top <= snap], left, right)
        if bottom - max(edge.bottom for edge in level) > snap:
            yield from _level(bottom, [edge for edge in upright if bottom - edge.bottom <= snap], left, right)


def _upright(x: float, ends: list[Box], top: float, bottom: float) -> Iterator[Box]:
    if len(ends) >= _LEAST:
        highest, lowest = min(edge.top for edge in ends), max(edge.bottom for edge in ends)
        yield Box(x, min(top, highest), x, max(bottom, lowest))


def _level(y: float, ends: list[Box], left: float, right: float) -> Iterator[Box]:
    if len(ends) >= _LEAST:
        yield Box(left, y, right, y)


def _tables(edges: Sequence[Box], snap: float) -> Iterator[tuple[list[Box], list[Box]]]:
    """The level and the upright lines of each table: lines that cross or meet are of one."""
    level = [edge for edge in edges if edge.x1 - edge.x0 >= edge.bottom - edge.top]
    upright = [edge for edge in edges if edge.x1 - edge.x0 < edge.bottom - edge.top]
    while level and upright:
        ours: tuple[list[Box], list[Box]] = ([], [upright.pop()])
        grown = True
        while grown:
            found = [edge for edge in level if any(_meet(edge, one, snap) for one in ours[1])]
            level = [edge for edge in level if edge not in found]
            more = [one for one in upright if any(_meet(edge, one, snap) for edge in found)]
            upright = [one for one in upright if one not in more]
            ours[0].extend(found)
            ours[1].extend(more)
            grown = bool(more)
        if ours[0]:
            yield ours


def _meet(level: Box, upright: Box, snap: float) -> bool:
    return (
        level.x0 - snap <= upright.x0 <= level.x1 + snap
        and upright.top - snap <= level.top <= upright.bottom + snap
    )
