"""From marks on a page (glyphs and ruling lines) to tables and paragraphs in reading order.

One layout for every format that knows places instead of structure: PDF, OFD, scanned pages.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from auditor.document.borders import Box
from auditor.document.columns import columned
from auditor.document.compose import Composer
from auditor.document.crossings import ruled_tables
from auditor.document.marks import Drawn, Glyph, Item, Line, Page, Ruled, Sheet, around, lines_of, within
from auditor.document.model import Span
from auditor.document.page_breaks import carry_over, chains_of, drop_margins, drop_repeated, flows, heal_break
from auditor.document.ruled import columns_of, grid_cells

_A_TABLE = 4  # cells; fewer make a box for a seal or a note
_NO_GAP = 0.15
"""Share of a character's height that may lie between two characters of one run."""
_ON_THE_LINE = 0.2
"""Share of a character's width that must stick out on either side of a ruling line to stand on it."""


_Home = tuple["_Table", Box]


def laid(sheet: Sheet) -> Page:
    """The sheet with its glyphs put together: ruled tables and the lines outside them, top to bottom."""
    tables = [_Table(cells) for cells in ruled_tables(sheet.edges)]
    loose: list[Glyph] = [] if tables else sheet.glyphs
    crossing: list[tuple[_Table, list[Glyph], list[Box]]] = []
    for run, home, together in _runs(sheet.glyphs, tables) if tables else ():
        if together:
            (loose if home is None else home[0].glyphs[home[1]]).extend(run)
            continue
        homes = [_home(tables, glyph) for glyph in run]
        known = [home for home in homes if home is not None]
        cells = list(dict.fromkeys(cell for _, cell in known))
        if len(cells) > 1 and len(known) == len(run) and _straddles(run, cells):
            crossing.append((known[0][0], run, cells))
            continue
        for glyph, home in zip(run, homes, strict=True):
            (loose if home is None else home[0].glyphs[home[1]]).append(glyph)
    for table, run, cells in crossing:
        # Text wider than its cell runs on over its neighbours: it belongs to the one nothing else fills.
        height = (run[0].top + run[0].bottom) / 2
        free = [
            cell
            for cell in cells
            if not any(glyph.top < height < glyph.bottom for glyph in table.glyphs[cell])
        ]
        table.glyphs[(free or cells)[0]].extend(run)
    items: list[Item] = [*(table.ruled() for table in tables), *lines_of(loose)]
    items.sort(key=lambda item: (item.box.top, item.box.x0))
    return Page(sheet.number, sheet.width, sheet.height, items, sheet.scanned, sheet.turned)


def write(pages: Sequence[Page], page: Composer) -> list[Drawn]:
    """Writes the pages one by one; returns what was recognised on each, to be drawn."""
    drop_margins(pages)
    drawn = [
        Drawn(
            one.width,
            [box for item in one.items if isinstance(item, Ruled) for box in item.cells],
            one.turned,
        )
        for one in pages
    ]
    homes: dict[int, tuple[list[Ruled], list[float]]] = {}
    for chain in chains_of(pages):
        homes.update(dict.fromkeys(map(id, chain), (chain, columns_of(chain))))
        drop_repeated(chain)
        for above, below in itertools.pairwise(chain):
            heal_break(above, below)
    carry_over(pages)
    open_chain: list[Ruled] | None = None
    for one in pages:
        page.page(one.scanned)
        body = around(item.box for item in one.items) if one.items else Box(0, 0, 0, 0)
        for group in _grouped(one.items):
            if isinstance(group, Ruled):
                chain, columns = homes[id(group)]
                places = page.grid(grid_cells(group, columns), goes_on=chain is open_chain).values()
                if places and _beside_another(group, one.items):
                    page.guessed(min(places).cover(max(places)))
                open_chain = chain
            else:
                _write_lines(group, body, page)
                open_chain = None
    return drawn


class _Table:
    """The cells of a ruled table, and the glyphs that fell into each."""

    def __init__(self, cells: Sequence[Box]) -> None:
        self.box = around(cells)
        self.glyphs: dict[Box, list[Glyph]] = {cell: [] for cell in cells}
        self._heights = sorted({height for cell in cells for height in (cell.top, cell.bottom)})
        strip = {height: number for number, height in enumerate(self._heights)}
        self._strips: list[list[Box]] = [[] for _ in self._heights]
        for cell in cells:
            for number in range(strip[cell.top], strip[cell.bottom]):
                self._strips[number].append(cell)

    def cell(self, x: float, y: float) -> Box | None:
        """The cell in which that place is."""
        if not within(self.box, x, y):
            return None
        strip = self._strips[max(bisect_left(self._heights, y) - 1, 0)]
        return next((cell for cell in strip if cell.x0 <= x <= cell.x1), None)

    def ruled(self) -> Ruled:
        return Ruled({cell: lines_of(glyphs) for cell, glyphs in self.glyphs.items()}, self.box)


def _home(tables: Iterable[_Table], glyph: Glyph) -> _Home | None:
    """The table and the cell in which the glyph stands."""
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return next(((table, cell) for table in tables if (cell := table.cell(x, y)) is not None), None)


def _runs(
    glyphs: Iterable[Glyph], tables: Sequence[_Table]
) -> Iterator[tuple[list[Glyph], _Home | None, bool]]:
    """Characters that were drawn one right behind the other, on one line; where the last one stands, and whether all
    stand there."""
    run: list[Glyph] = []
    home: _Home | None = None
    far_left = far_top = far_right = far_bottom = 0.0  # twice the sides of the cell
    end = middle = height = 0.0
    together = True
    for glyph in glyphs:
        _, x0, top, x1, bottom = glyph
        across, down = x0 + x1, top + bottom
        if run and not (-0.2 * height < x0 - end < _NO_GAP * height and abs(down - middle) < 0.4 * height):
            yield run, home, together
            run, together = [], True
        if not (far_left < across < far_right and far_top < down < far_bottom):
            found = _home(tables, glyph)
            together = together and (not run or found == home)
            home, sides = found, (0.0, 0.0, 0.0, 0.0) if found is None else found[1]
            far_left, far_top, far_right, far_bottom = (2 * side for side in sides)
        run.append(glyph)
        end, middle, height = x1, down, bottom - top
    if run:
        yield run, home, together


def _straddles(run: Sequence[Glyph], cells: Sequence[Box]) -> bool:
    """Whether a character stands on the line between two of the cells: they hold no two texts."""
    return any(
        glyph.x0 + _ON_THE_LINE * (glyph.x1 - glyph.x0)
        < edge
        < glyph.x1 - _ON_THE_LINE * (glyph.x1 - glyph.x0)
        for edge in (cell.x1 for cell in cells)
        for glyph in run
    )


def _beside_another(table: Ruled, items: Iterable[Item]) -> bool:
    """Whether another ruled table stands at its side: which belongs to what is anybody's guess."""
    return any(
        isinstance(other, Ruled)
        and other is not table
        and len(other.cells) >= _A_TABLE
        and other.box.top < table.box.bottom
        and table.box.top < other.box.bottom
        for other in items
    )


def _grouped(items: Sequence[Item]) -> Iterator[Ruled | list[Line]]:
    """Ruled tables one by one, the lines between them together."""
    for ruled, group in itertools.groupby(items, key=lambda item: isinstance(item, Ruled)):
        if ruled:
            yield from (item for item in group if isinstance(item, Ruled))
        else:
            yield [item for item in group if isinstance(item, Line)]


def _write_lines(lines: list[Line], body: Box, page: Composer) -> None:
    """Tables without ruling lines as grids, the rest as paragraphs. `body` is what the page fills.

    What stands between two such tables is as doubtful as they are: it may be rows of one table.
    """
    grids: list[Span] = []
    for part in columned(lines):
        if isinstance(part, list):
            places = page.grid(part).values()
            grids += [min(places), max(places)] if places else []
        else:
            for text in _paragraphs(part.lines, body):
                page.paragraph(text)
    if grids:
        page.guessed(min(grids).cover(max(grids)))


def _paragraphs(lines: Sequence[Line], body: Box) -> Iterator[str]:
    """Lines put together where one ran to the right margin and the next goes on from the left one."""
    text = ""
    above: Line | None = None
    for line in lines:
        if above is not None and flows(above, line, body):
            blank = " " if text[-1:].isascii() and text[-1:].isalpha() and line.text[:1].isascii() else ""
            text += blank + line.text
        else:
            if text:
                yield text
            text = line.text
        above = line
    if text:
        yield text
