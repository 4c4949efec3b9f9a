"""Tables drawn with lines: rows and columns of their cells, and the text in each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from auditor.document.borders import Box
from auditor.document.compose import GridCell
from auditor.document.crossings import SNAP
from auditor.document.marks import OPENS, Line, Ruled
from auditor.document.plain import stands_apart


def columns_of(chain: Iterable[Ruled]) -> list[float]:
    """Where columns begin and end in all the tables, so that they stay the same over pages."""
    return _stops(x for one in chain for cell in one.cells for x in (cell.x0, cell.x1))


def grid_cells(table: Ruled, columns: Sequence[float]) -> Iterator[GridCell]:
    """Grid positions of the cells that hold text."""
    rows = _stops(y for cell in table.cells for y in (cell.top, cell.bottom))
    for cell, lines in table.cells.items():
        if lines:
            row, col = _stop(rows, cell.top), _stop(columns, cell.x0)
            down, right = _stop(rows, cell.bottom) - row, _stop(columns, cell.x1) - col
            yield GridCell(row, col, cell_text(lines, cell), down, right)


def _stops(places: Iterable[float]) -> list[float]:
    """Places nearer to each other than the snap distance count once."""
    stops: list[float] = []
    for place in sorted(set(places)):
        if not stops or place - stops[-1] > SNAP:
            stops.append(place)
    return stops


def _stop(stops: Sequence[float], place: float) -> int:
    return max(bisect_right(stops, place + SNAP / 2) - 1, 0)


def cell_text(lines: Iterable[Line], cell: Box) -> str:
    """The lines of a cell: what merely wrapped is put together, what stands apart keeps its line."""
    text = ""
    above: Line | None = None
    for line in lines:
        own = line.text.replace("\t", " ")
        if above is None:
            text = own
        else:
            wrapped = (
                is_full(above, cell) and not OPENS.match(own) and above.segments[-1].text[-1] not in "。；;"
            )
            joined = wrapped or not stands_apart(text.rsplit("\n", 1)[-1], own)
            text += ("" if joined else "\n") + own
        above = line
    return text


def is_full(line: Line, cell: Box, room: float = 2.2) -> bool:
    """Whether less than `room` characters are left of the cell's width, its padding included."""
    return line.box.x1 - line.box.x0 > cell.x1 - cell.x0 - room * line.size
