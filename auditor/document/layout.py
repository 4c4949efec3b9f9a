"""From marks on a page (glyphs and ruling lines) to tables and paragraphs in reading order.

One layout for every format that knows places instead of structure: PDF, OFD, scanned pages.
Lengths are in the page's own unit; floats are geometry here, never figures of a report.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, NamedTuple

from pdfplumber import table as rulings

from auditor.document.borders import Box, missing_sides
from auditor.document.columns import columned
from auditor.document.compose import Composer, GridCell
from auditor.document.plain import stands_apart

_SNAP = 3.0
_MARGIN = 0.12
"""Share of the page height at either end in which headers and footers stand."""
_PAGE_NUMBER = re.compile(
    r"[-—–·•~\s\[(（〔【]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·•~\s\])）〕】]*"
    r"|第\s*[一二三四五六七八九十百]{1,4}\s*页(?:\s*[/／,，]?\s*共\s*[一二三四五六七八九十百]{1,4}\s*页)?|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_BLANK, _GAP, _WIDE = 0.2, 0.5, 2.0
"""Widths in characters: of a blank, of a gap between two pieces, of one between two fields."""
_OPENS = re.compile(
    r"(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．](?!\d)|[①-⑳])"
)


class Glyph(NamedTuple):
    """One character, or a few that were recognised together, and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass
class Sheet:
    """What stands on one page. `edges` are ruling lines as thin boxes; `scanned`: recognised text;
    `turned`: degrees clockwise by which the page was turned to make its text level."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    edges: list[Box] = field(default_factory=list)
    scanned: bool = False
    turned: int = 0


class Segment(NamedTuple):
    """A stretch of a line without a gap in it."""

    text: str
    x0: float
    x1: float


@dataclass
class Line:
    """One line of text outside the ruled tables."""

    segments: list[Segment]
    box: Box
    size: float

    @property
    def text(self) -> str:
        """A blank for a narrow gap, a tab for a wide one: two fields side by side."""
        text = self.segments[0].text
        for before, after in itertools.pairwise(self.segments):
            text += ("\t" if after.x0 - before.x1 > _WIDE * self.size else " ") + after.text
        return text


@dataclass
class Ruled:
    """A ruled table: its cells as boxes, with the glyphs in each."""

    cells: dict[Box, list[Glyph]]
    box: Box


class Drawn(NamedTuple):
    """The table cells that were recognised on a page, in its own lengths."""

    width: float
    cells: list[Box]
    turned: int = 0


Item = Line | Ruled


def write(sheets: Iterable[Sheet], page: Composer) -> list[Drawn]:
    """Writes the sheets page by page; returns what was recognised on each, to be drawn."""
    pages = [(sheet, _items(sheet)) for sheet in sheets]
    _drop_margins(pages)
    drawn = [
        Drawn(
            sheet.width,
            [box for item in items if isinstance(item, Ruled) for box in item.cells],
            sheet.turned,
        )
        for sheet, items in pages
    ]
    open_table: tuple[Ruled, ...] = ()
    chains = _chains(pages)
    for chain in chains.values():
        for above, below in itertools.pairwise(chain):
            _heal_break(above, below)
    _carry_over([items for _, items in pages])
    for sheet, items in pages:
        page.page(sheet.scanned)
        body = _around(item.box for item in items) if items else Box(0, 0, 0, 0)
        for group in _grouped(items):
            if isinstance(group, Ruled):
                chain = chains[id(group)]
                page.grid(_cells(group, chain), goes_on=group is not chain[0] and open_table == chain)
                open_table = chain
            else:
                _write_lines(group, body, page)
                open_table = ()
    return drawn


def _items(sheet: Sheet) -> list[Item]:
    """Ruled tables and the lines outside them, top to bottom."""
    tables = [Ruled({cell: [] for cell in cells}, _around(cells)) for cells in _ruled(sheet.edges)]
    loose: list[Glyph] = []
    for glyph in sheet.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        home = next(
            (
                own
                for table in tables
                if _within(table.box, x, y)
                for cell, own in table.cells.items()
                if _within(cell, x, y)
            ),
            loose,
        )
        home.append(glyph)
    items: list[Item] = [*tables, *_lines(loose)]
    return sorted(items, key=lambda item: (item.box.top, item.box.x0))


def _ruled(edges: Sequence[Box]) -> list[list[Box]]:
    """The cells of each ruled table, by pdfplumber's intersections of lines."""
    drawn = [_edge(edge) for edge in edges]
    if len(drawn) < 4:
        return []
    merged = rulings.merge_edges(drawn, _SNAP, _SNAP, _SNAP, _SNAP)
    merged += [_edge(edge) for edge in missing_sides([_box(edge) for edge in merged], _SNAP)]
    cells = rulings.intersections_to_cells(rulings.edges_to_intersections(merged, _SNAP, _SNAP))
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


def _within(box: Box, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def _around(boxes: Iterable[Box]) -> Box:
    boxes = list(boxes)
    return Box(
        min(box.x0 for box in boxes),
        min(box.top for box in boxes),
        max(box.x1 for box in boxes),
        max(box.bottom for box in boxes),
    )


def _lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs gathered into lines: those whose middles lie within each other's height."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.top + one.bottom) / 2):
        middle = (glyph.top + glyph.bottom) / 2
        if rows and middle - _middle(rows[-1]) < 0.5 * max(glyph.height, rows[-1][-1].height):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        row.sort(key=lambda one: one.x0)
        if any(one.text.strip() for one in row):
            size = median(one.height for one in row)
            lines.append(Line(_segments(row, size), _around(Box(*one[1:]) for one in row), size))
    return [line for line in lines if line.segments]


def _middle(row: Sequence[Glyph]) -> float:
    return sum((one.top + one.bottom) / 2 for one in row) / len(row)


def _segments(row: Sequence[Glyph], size: float) -> list[Segment]:
    """Cut at gaps; a narrow one between two Latin words is a blank."""
    segments: list[Segment] = []
    text, start, end = "", 0.0, 0.0
    spacing = _spacing(row, size)
    for glyph in row:
        if not glyph.text.strip():
            continue
        gap = glyph.x0 - end
        if text and gap > _GAP * size + spacing:
            segments.append(Segment(text, start, end))
            text = ""
        if not text:
            start = glyph.x0
        elif gap > _BLANK * size + spacing and text[-1].isascii() and glyph.text[0].isascii():
            text += " "
        text += glyph.text
        end = max(end, glyph.x1)
    return [*segments, Segment(text, start, end)] if text else segments


def _spacing(row: Sequence[Glyph], size: float) -> float:
    """How far the letters of the line are set apart from each other: 分散对齐, wide tracking."""
    marks = [glyph for glyph in row if glyph.text.strip()]
    if len(marks) < 2:
        return 0.0
    usual = median(right.x0 - left.x1 for left, right in itertools.pairwise(marks))
    return usual if 0 < usual <= _GAP * size else 0.0


def _drop_margins(pages: list[tuple[Sheet, list[Item]]]) -> None:
    """Takes page numbers out, and what is printed at the head or foot of most pages.

    The first print of a running head stays. A line that opens several forms of one file also stands
    at the head of every page; it is told apart by what follows: the same first words again.
    """
    printed: dict[str, list[str]] = {}
    for sheet, items in pages:
        for line in _marginal(sheet, items):
            printed.setdefault(_mark(line), []).append(_follower(items, line))
    met: set[str] = set()
    for sheet, items in pages:
        for line in _marginal(sheet, items):
            mark = _mark(line)
            followers = printed[mark]
            running = (
                len(followers) >= 2
                and len(followers) * 2 > len(pages)
                and mark in met
                and _follower(items, line) != followers[0]
            )
            met.add(mark)
            if running or _PAGE_NUMBER.fullmatch(line.text):
                items[:] = [item for item in items if item is not line]


def _follower(items: Sequence[Item], line: Line) -> str:
    """The first words below the line, digits masked; "" at the foot of the page."""
    at = next(number for number, item in enumerate(items) if item is line)
    if at + 1 == len(items):
        return ""
    below = items[at + 1]
    if isinstance(below, Line):
        return _mark(below)
    first = min(below.cells, key=lambda cell: (round(cell.top / _SNAP), cell.x0))
    return re.sub(r"\d+", "0", _cell_text(below.cells[first], first))


def _marginal(sheet: Sheet, items: list[Item]) -> list[Line]:
    """The lines before the first and after the last others near the ends of the page."""
    head, foot = sheet.height * _MARGIN, sheet.height * (1 - _MARGIN)
    return [
        item
        for item in [*items[:2], *items[2:][-2:]]
        if isinstance(item, Line) and (item.box.bottom < head or item.box.top > foot)
    ]


def _mark(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _chains(pages: list[tuple[Sheet, list[Item]]]) -> dict[int, tuple[Ruled, ...]]:
    """For each ruled table (by identity) the tables it is one with: at the foot of one page, at the
    head of the next, between the same outer lines."""
    chains: dict[int, tuple[Ruled, ...]] = {}
    above: Ruled | None = None
    for _, items in pages:
        for item in items:
            if isinstance(item, Ruled):
                chains[id(item)] = (item,)
        first = items[0] if items else None
        if isinstance(first, Ruled) and above is not None and _same_frame(above, first):
            chain = (*chains[id(above)], first)
            chains.update((id(one), chain) for one in chain)
        last = items[-1] if items else None
        above = last if isinstance(last, Ruled) else None
    return chains


def _same_frame(above: Ruled, below: Ruled) -> bool:
    return abs(above.box.x0 - below.box.x0) < 2 * _SNAP and abs(above.box.x1 - below.box.x1) < 2 * _SNAP


def _heal_break(above: Ruled, below: Ruled) -> None:
    """Moves what a page break cut off back into its cells: the first row below holds nothing but the
    rest of cells that were full to the right when the page ended."""
    bottom = {
        (round(cell.x0 / _SNAP), round(cell.x1 / _SNAP)): (cell, glyphs)
        for cell, glyphs in above.cells.items()
        if above.box.bottom - cell.bottom < _SNAP
    }
    rests = []
    for cell, glyphs in below.cells.items():
        if cell.top - below.box.top < _SNAP and _lines(glyphs):
            home = bottom.get((round(cell.x0 / _SNAP), round(cell.x1 / _SNAP)))
            if home is None or not _is_cut(home[1], home[0]) or not _is_wording(glyphs):
                return
            rests.append((home[1], glyphs))
    if sum(bool(_lines(glyphs)) for _, glyphs in bottom.values()) <= len(rests):
        return
    for home_glyphs, glyphs in rests:
        drop = max(glyph.bottom for glyph in home_glyphs) - min(glyph.top for glyph in glyphs) + 1
        home_glyphs.extend(
            glyph._replace(top=glyph.top + drop, bottom=glyph.bottom + drop) for glyph in glyphs
        )
        glyphs.clear()


def _is_cut(glyphs: Sequence[Glyph], cell: Box) -> bool:
    """Whether the last line of the cell runs to its right end without closing."""
    last = next(reversed(_lines(glyphs)), None)
    return (
        last is not None
        and _is_wording(glyphs)
        and _is_full(last, cell, 3.5)
        and last.text[-1] not in "。；;"
    )


def _is_wording(glyphs: Sequence[Glyph]) -> bool:
    """Words may be cut anywhere; a figure that fills its narrow cell is complete."""
    return any(_CHINESE.search(glyph.text) for glyph in glyphs)


def _is_full(line: Line, cell: Box, room: float = 2.2) -> bool:
    """Whether less than `room` characters are left of the cell's width, its padding included."""
    return line.box.x1 - line.box.x0 > cell.x1 - cell.x0 - room * line.size


def _cells(table: Ruled, chain: Sequence[Ruled]) -> Iterator[GridCell]:
    """Grid positions from the lines of the whole chain, so that columns stay the same over pages."""
    columns = _stops(x for one in chain for cell in one.cells for x in (cell.x0, cell.x1))
    rows = _stops(y for cell in table.cells for y in (cell.top, cell.bottom))
    for cell, glyphs in table.cells.items():
        row, col = _stop(rows, cell.top), _stop(columns, cell.x0)
        text = _cell_text(glyphs, cell)
        yield GridCell(row, col, text, _stop(rows, cell.bottom) - row, _stop(columns, cell.x1) - col)


def _stops(places: Iterable[float]) -> list[float]:
    """Places nearer to each other than the snap distance count once."""
    stops: list[float] = []
    for place in sorted(places):
        if not stops or place - stops[-1] > _SNAP:
            stops.append(place)
    return stops


def _stop(stops: Sequence[float], place: float) -> int:
    return max(bisect_right(stops, place + _SNAP / 2) - 1, 0)


def _cell_text(glyphs: Sequence[Glyph], cell: Box) -> str:
    """The lines of a cell: what merely wrapped is put together, what stands apart keeps its line."""
    text = ""
    above: Line | None = None
    for line in _lines(glyphs):
        own = line.text.replace("\t", " ")
        if above is None:
            text = own
        else:
            wrapped = (
                _is_full(above, cell) and not _OPENS.match(own) and above.segments[-1].text[-1] not in "。；;"
            )
            joined = wrapped or not stands_apart(text.rsplit("\n", 1)[-1], own)
            text += ("" if joined else "\n") + own
        above = line
    return text


def _grouped(items: Sequence[Item]) -> Iterator[Ruled | list[Line]]:
    """Ruled tables one by one, the lines between them together."""
    for ruled, group in itertools.groupby(items, key=lambda item: isinstance(item, Ruled)):
        if ruled:
            yield from (item for item in group if isinstance(item, Ruled))
        else:
            yield [item for item in group if isinstance(item, Line)]


def _write_lines(lines: list[Line], body: Box, page: Composer) -> None:
    """Tables without ruling lines as grids, the rest as paragraphs. `body` is what the page fills."""
    for part in columned(lines):
        if isinstance(part, list):
            page.grid(part, guessed=True)
        else:
            for text in _paragraphs(part.lines, body):
                page.paragraph(text)


def _carry_over(pages: Sequence[list[Item]]) -> None:
    """Moves the rest of a paragraph that a page break cut back to the page where it begins."""
    for items, following in itertools.pairwise(pages):
        body = _around(item.box for item in items) if items else Box(0, 0, 0, 0)
        while items and following:
            above, line = items[-1], following[0]
            if not (isinstance(above, Line) and isinstance(line, Line) and _flows(above, line, body)):
                break
            items.append(following.pop(0))


def _paragraphs(lines: Sequence[Line], body: Box) -> Iterator[str]:
    """Lines put together where one ran to the right margin and the next goes on from the left one."""
    text = ""
    above: Line | None = None
    for line in lines:
        if above is not None and _flows(above, line, body):
            blank = " " if text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() else ""
            text += blank + line.text
        else:
            if text:
                yield text
            text = line.text
        above = line
    if text:
        yield text


def _flows(above: Line, line: Line, body: Box) -> bool:
    """Whether `line` is the rest of the paragraph that `above` belongs to."""
    return (
        "\t" not in above.text + line.text
        and above.box.x1 > body.x1 - 2.2 * above.size
        and line.box.x0 < body.x0 + 1.2 * line.size
        and abs(above.size - line.size) < 0.25 * line.size
        and not _OPENS.match(line.text)
    )
