"""Tables drawn with lines: cells from the crossings of the lines, text from the marks inside them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pdfplumber import table as rulings

from auditor.document.borders import Box, missing_sides
from auditor.document.compose import GridCell
from auditor.document.marks import OPENS, Glyph, Line, Ruled, lines_of
from auditor.document.plain import stands_apart

SNAP = 3.0
"""Lines nearer to each other than this are one."""


def ruled_tables(edges: Sequence[Box]) -> list[list[Box]]:
    """The cells of each ruled table, by pdfplumber's intersections of lines."""
    drawn = [_edge(edge) for edge in edges]
    if len(drawn) < 4:
        return []
    merged = rulings.merge_edges(drawn, SNAP, SNAP, SNAP, SNAP)
    merged += [_edge(edge) for edge in missing_sides([_box(edge) for edge in merged], SNAP)]
    cells = rulings.intersections_to_cells(rulings.edges_to_intersections(merged, SNAP, SNAP))
    return [[Box(*map(float, cell)) for cell in cells] for cells in rulings.cells_to_tables(cells)]


def _edge(edge: Box) -> dict[str, Any]:
    upright = edge.bottom - edge.top > edge.x1 - edge.x0
    x0, x1 = (edge.x0, edge.x0) if upright else (edge.x0, edge.x1)
    top, bottom = (edge.top, edge.bottom) if upright else (edge.top, edge.top)
    return {
        "x0": x0, "x1": x1, "top": top, "bottom": bottom, "width": x1 - x0, "height": bottom - top,
        "doctop": top, "orientation": "v" if upright else "h", "object_type": "line",
    }  # fmt: skip


def _box(edge: dict[str, Any]) -> Box:
    return Box(edge["x0"], edge["top"], edge["x1"], edge["bottom"])


def within(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def grid_cells(table: Ruled, chain: Sequence[Ruled]) -> Iterator[GridCell]:
    """Grid positions from the lines of the whole chain, so that columns stay the same over pages."""
    columns = _stops(x for one in chain for cell in one.cells for x in (cell.x0, cell.x1))
    rows = _stops(y for cell in table.cells for y in (cell.top, cell.bottom))
    for cell, glyphs in table.cells.items():
        row, col = _stop(rows, cell.top), _stop(columns, cell.x0)
        text = cell_text(glyphs, cell)
        yield GridCell(row, col, text, _stop(rows, cell.bottom) - row, _stop(columns, cell.x1) - col)


def _stops(places: Iterable[float]) -> list[float]:
    """Places nearer to each other than the snap distance count once."""
    stops: list[float] = []
    for place in sorted(places):
        if not stops or place - stops[-1] > SNAP:
            stops.append(place)
    return stops


def _stop(stops: Sequence[float], place: float) -> int:
    return max(bisect_right(stops, place + SNAP / 2) - 1, 0)


def cell_text(glyphs: Sequence[Glyph], cell: Box) -> str:
    """The lines of a cell: what merely wrapped is put together, what stands apart keeps its line."""
    text = ""
    above: Line | None = None
    for line in lines_of(glyphs):
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
