"""Tables without ruling lines: lines of text whose pieces stand in columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.document.compose import GridCell
from auditor.document.marks import Line, Segment

_LEAST = 3
"""Pieces in a line that make it a table row, and lines that make a table."""


Band = tuple[float, float]


@dataclass
class Running:
    """Lines of running text."""

    lines: list[Line]


def columned(lines: Sequence[Line]) -> Iterator[list[GridCell] | Running]:
    """The lines in order, stretches that stand in columns as grids."""
    at = 0
    running: list[Line] = []
    while at < len(lines):
        end = _stretch(lines, at)
        if end - at >= _LEAST:
            if running:
                yield Running(running)
                running = []
            yield list(_grid(lines[at:end]))
            at = end
        else:
            running.append(lines[at])
            at += 1
    if running:
        yield Running(running)


def _stretch(lines: Sequence[Line], start: int) -> int:
    """Where the table that begins at `start` ends; `start` itself if none does.

    It begins with a line of several pieces; lines of fewer belong to it while another such line
    follows soon, for a cell may take several lines.
    """
    if not _is_row(lines[start]):
        return start
    end = start + 1
    for at in range(start + 1, len(lines)):
        if _is_row(lines[at]):
            end = at + 1
        elif at - end >= _LEAST or lines[at].box.top - lines[at - 1].box.bottom > 3 * lines[at].size:
            break
    while end < len(lines) and len(lines[end].segments) == 2:
        end += 1
    return end


def _is_row(line: Line) -> bool:
    """Several pieces that are not the letters of a spaced title."""
    pieces = line.segments
    return len(pieces) >= _LEAST and sum(len(piece.text) > 1 for piece in pieces) * 2 >= len(pieces)


def _grid(lines: Sequence[Line]) -> Iterator[GridCell]:
    """Rows and columns of a stretch; a piece over several columns spans them."""
    columns = _columns(lines)
    for number, row in enumerate(_rows(lines, columns)):
        cells: dict[tuple[int, int], list[str]] = {}
        for line in row:
            for segment in line.segments:
                cells.setdefault(_place(segment, columns), []).append(segment.text)
        for (first, last), texts in sorted(cells.items()):
            yield GridCell(number, first, "\n".join(texts), 1, last - first + 1)


def _columns(lines: Sequence[Line]) -> list[Band]:
    """Bands of x, from the fullest line on: a piece over one band widens it, a piece over none opens
    one, a piece over several is a merged cell."""
    bands: list[Band] = []
    for line in sorted(lines, key=lambda line: -len(line.segments)):
        for piece in line.segments:
            over = [at for at, (x0, x1) in enumerate(bands) if piece.x0 < x1 and x0 < piece.x1]
            if len(over) == 1:
                x0, x1 = bands[over[0]]
                bands[over[0]] = (min(x0, piece.x0), max(x1, piece.x1))
            elif not over:
                bands.append((piece.x0, piece.x1))
    return sorted(bands)


def _place(segment: Segment, columns: Sequence[Band]) -> tuple[int, int]:
    """First and last column that the piece lies over; the nearest one if it lies between."""
    over = [at for at, (x0, x1) in enumerate(columns) if segment.x0 < x1 and x0 < segment.x1]
    if over:
        return over[0], over[-1]
    middle = (segment.x0 + segment.x1) / 2
    nearest = min(range(len(columns)), key=lambda at: abs(sum(columns[at]) / 2 - middle))
    return nearest, nearest


def _rows(lines: Sequence[Line], columns: Sequence[Band]) -> Iterator[list[Line]]:
    """Lines of one row: a line that only goes on where cells of the row were full to the right."""
    row: list[Line] = []
    for line in lines:
        if row and not _goes_on(line, row, columns):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _goes_on(line: Line, row: Sequence[Line], columns: Sequence[Band]) -> bool:
    if len(line.segments) >= len(row[0].segments):
        return False
    reach = {_place(segment, columns)[1]: segment.x1 for above in row for segment in above.segments}
    for segment in line.segments:
        last = _place(segment, columns)[1]
        full = last in reach and reach[last] > columns[last][1] - 1.5 * line.size
        if not full or segment.text.rstrip("%").replace(".", "").isdigit():
            return False
    return True
