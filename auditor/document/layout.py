"""From marks on a page (glyphs and ruling lines) to tables and paragraphs in reading order.

One layout for every format that knows places instead of structure: PDF, OFD, scanned pages.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from auditor.document.borders import Box
from auditor.document.columns import columned
from auditor.document.compose import Composer
from auditor.document.marks import Drawn, Glyph, Item, Line, Ruled, Sheet, around, lines_of
from auditor.document.model import Span
from auditor.document.page_breaks import carry_over, chains_of, drop_margins, drop_repeated, flows, heal_break
from auditor.document.ruled import grid_cells, ruled_tables, within

_A_TABLE = 4  # cells; fewer make a box for a seal or a note
_NO_GAP = 0.15
"""Share of a character's height that may lie between two characters of one run."""
_ON_THE_LINE = 0.2
"""Share of a character's width that must stick out on either side of a ruling line to stand on it."""


def write(sheets: Iterable[Sheet], page: Composer) -> list[Drawn]:
    """Writes the sheets page by page; returns what was recognised on each, to be drawn."""
    pages = [(sheet, _items(sheet)) for sheet in sheets]
    drop_margins(pages)
    drawn = [
        Drawn(
            sheet.width,
            [box for item in items if isinstance(item, Ruled) for box in item.cells],
            sheet.turned,
        )
        for sheet, items in pages
    ]
    open_table: tuple[Ruled, ...] = ()
    chains = chains_of(pages)
    for chain in chains.values():
        for above, below in itertools.pairwise(chain):
            drop_repeated(chain[0], below)
            heal_break(above, below)
    carry_over([items for _, items in pages])
    for sheet, items in pages:
        page.page(sheet.scanned)
        body = around(item.box for item in items) if items else Box(0, 0, 0, 0)
        for group in _grouped(items):
            if isinstance(group, Ruled):
                chain = chains[id(group)]
                goes_on = group is not chain[0] and open_table == chain
                places = page.grid(grid_cells(group, chain), goes_on=goes_on).values()
                if places and _beside_another(group, items):
                    page.guessed(min(places).cover(max(places)))
                open_table = chain
            else:
                _write_lines(group, body, page)
                open_table = ()
    return drawn


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


def _items(sheet: Sheet) -> list[Item]:
    """Ruled tables and the lines outside them, top to bottom."""
    tables = [Ruled({cell: [] for cell in cells}, around(cells)) for cells in ruled_tables(sheet.edges)]
    loose: list[Glyph] = []
    crossing: list[tuple[Ruled, list[Glyph], list[Box]]] = []
    for run in _runs(sheet.glyphs) if tables else [sheet.glyphs]:
        homes = [_home(tables, glyph) for glyph in run]
        cells = list(dict.fromkeys(cell for home in homes if home is not None for cell in home[1:]))
        table = homes[0][0] if homes and homes[0] is not None else None
        if table is not None and len(cells) > 1 and all(homes) and _straddles(run, cells):
            crossing.append((table, run, cells))
            continue
        for glyph, home in zip(run, homes, strict=True):
            (loose if home is None else home[0].cells[home[1]]).append(glyph)
    for table, run, cells in crossing:
        # Text wider than its cell runs on over its neighbours: it belongs to the one nothing else fills.
        height = (run[0].top + run[0].bottom) / 2
        free = [
            cell
            for cell in cells
            if not any(glyph.top < height < glyph.bottom for glyph in table.cells[cell])
        ]
        table.cells[(free or cells)[0]].extend(run)
    items: list[Item] = [*tables, *lines_of(loose)]
    return sorted(items, key=lambda item: (item.box.top, item.box.x0))


def _home(tables: Sequence[Ruled], glyph: Glyph) -> tuple[Ruled, Box] | None:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    for table in tables:
        if within(table.box, x, y):
            for cell in table.cells:  # asked some thirty times for each character: `within`, without the call
                x0, top, x1, bottom = cell
                if x0 <= x <= x1 and top <= y <= bottom:
                    return table, cell
    return None


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters that were drawn one right behind the other, on one line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run:
            last = run[-1]
            near = -0.2 * last.height < glyph.x0 - last.x1 < _NO_GAP * last.height
            level = abs((glyph.top + glyph.bottom) - (last.top + last.bottom)) < 0.4 * last.height
            if not (near and level):
                yield run
                run = []
        run.append(glyph)
    if run:
        yield run


def _straddles(run: Sequence[Glyph], cells: Sequence[Box]) -> bool:
    """Whether a character stands on the line between two of the cells: they hold no two texts."""
    return any(
        glyph.x0 + _ON_THE_LINE * (glyph.x1 - glyph.x0)
        < edge
        < glyph.x1 - _ON_THE_LINE * (glyph.x1 - glyph.x0)
        for edge in (cell.x1 for cell in cells)
        for glyph in run
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
