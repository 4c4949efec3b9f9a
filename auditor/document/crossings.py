"""From ruling lines to cells: lines that nearly coincide are one, cells lie between the places where lines cross."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from auditor.document.borders import Box, missing_sides

SNAP = 3.0
"""Lines nearer to each other than this are one."""


class _Stroke(NamedTuple):
    """A line: where it stands across its direction, where it starts and ends along it."""

    at: float
    start: float
    end: float


_Point = tuple[float, float]
_Crossings = dict[_Point, tuple[int, int]]
"""By place the upright and the level lines that cross there, a bit for each."""


def ruled_tables(edges: Sequence[Box]) -> list[list[Box]]:
    """The cells of each table that the lines make, the tables top to bottom."""
    if len(edges) < 4:
        return []
    upright = [edge for edge in edges if _is_upright(edge)]
    level = [edge for edge in edges if not _is_upright(edge)]
    uprights = _merged(_Stroke(x0, top, bottom) for x0, top, _, bottom in upright)
    levels = _merged(_Stroke(top, x0, x1) for x0, top, x1, _ in level)
    drawn = [Box(at, start, at, end) for at, start, end in uprights]
    drawn += [Box(start, at, end, at) for at, start, end in levels]
    for x0, top, x1, bottom in missing_sides(drawn, SNAP):
        if x0 == x1:
            uprights.append(_Stroke(x0, top, bottom))
        else:
            levels.append(_Stroke(top, x0, x1))
    return _tables(list(_cells(_crossings(uprights, sorted(levels)))))


def _is_upright(edge: Box) -> bool:
    return edge.bottom - edge.top > edge.x1 - edge.x0


def _merged(strokes: Iterable[_Stroke]) -> list[_Stroke]:
    """Lines that nearly coincide on one place, their pieces put together."""
    merged: list[_Stroke] = []
    near: list[_Stroke] = []
    for stroke in sorted(strokes):
        if near and stroke.at - near[-1].at > SNAP:
            merged += _joined(near)
            near = []
        near.append(stroke)
    return merged + _joined(near)


def _joined(near: Sequence[_Stroke]) -> list[_Stroke]:
    """The pieces of one line as far as they reach without a gap."""
    joined: list[_Stroke] = []
    at = sum(stroke.at for stroke in near) / max(len(near), 1)
    for _, start, end in sorted(near, key=lambda stroke: stroke.start):
        if joined and start <= joined[-1].end + SNAP:
            joined[-1] = _Stroke(at, joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(_Stroke(at, start, end))
    return joined


def _crossings(uprights: Sequence[_Stroke], levels: Sequence[_Stroke]) -> _Crossings:
    """`levels` are sorted."""
    found: _Crossings = {}
    heights = [stroke.at for stroke in levels]
    for number, (x, top, bottom) in enumerate(uprights):
        for at in range(bisect_left(heights, top - SNAP), bisect_right(heights, bottom + SNAP)):
            y, start, end = levels[at]
            if start - SNAP <= x <= end + SNAP:
                through, across = found.get((x, y), (0, 0))
                found[x, y] = through | 1 << number, across | 1 << at
    return found


def _cells(crossings: _Crossings) -> Iterator[Box]:
    """From each crossing the smallest cell to the right below it that lines close on all sides."""
    columns: dict[float, list[float]] = defaultdict(list)
    rows: dict[float, list[float]] = defaultdict(list)
    order = sorted(crossings)
    for x, y in order:
        columns[x].append(y)
        rows[y].append(x)
    for x, y in order:
        cell = next(_closed(crossings, columns[x], rows[y], x, y), None)
        if cell is not None:
            yield cell


def _closed(
    crossings: _Crossings, column: Sequence[float], row: Sequence[float], x: float, y: float
) -> Iterator[Box]:
    """The cells whose upper left corner is at that crossing, the smaller ones first."""
    through, across = crossings[x, y]
    first = bisect_right(row, x)
    for bottom in column[bisect_right(column, y) :]:
        down, level = crossings[x, bottom]
        if not through & down:
            continue
        for right in row[first:]:
            upper, lower = crossings[right, y], crossings.get((right, bottom))
            if lower and across & upper[1] and upper[0] & lower[0] and level & lower[1]:
                yield Box(x, y, right, bottom)


def _tables(cells: Sequence[Box]) -> list[list[Box]]:
    """The cells that hang together by their corners; a single one is a frame around something else."""
    at: dict[_Point, list[Box]] = defaultdict(list)
    for cell in cells:
        for corner in _corners(cell):
            at[corner].append(cell)
    tables: list[list[Box]] = []
    met: set[Box] = set()
    for cell in cells:
        if cell not in met:
            met.add(cell)
            table = [cell]
            for one in table:  # grows while it is gone through
                for corner in _corners(one):
                    for other in at.pop(corner, ()):
                        if other not in met:
                            met.add(other)
                            table.append(other)
            tables.append(sorted(table))
    found = [table for table in tables if len(table) > 1]
    return sorted(found, key=lambda table: min((cell.top, cell.x0) for cell in table))


def _corners(cell: Box) -> tuple[_Point, ...]:
    x0, top, x1, bottom = cell
    return (x0, top), (x0, bottom), (x1, top), (x1, bottom)
