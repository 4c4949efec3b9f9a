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
from auditor.document.page_breaks import carry_over, chains_of, drop_margins, flows, heal_break
from auditor.document.ruled import grid_cells, ruled_tables, within


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
            heal_break(above, below)
    carry_over([items for _, items in pages])
    for sheet, items in pages:
        page.page(sheet.scanned)
        body = around(item.box for item in items) if items else Box(0, 0, 0, 0)
        for group in _grouped(items):
            if isinstance(group, Ruled):
                chain = chains[id(group)]
                page.grid(grid_cells(group, chain), goes_on=group is not chain[0] and open_table == chain)
                open_table = chain
            else:
                _write_lines(group, body, page)
                open_table = ()
    return drawn


def _items(sheet: Sheet) -> list[Item]:
    """Ruled tables and the lines outside them, top to bottom."""
    tables = [Ruled({cell: [] for cell in cells}, around(cells)) for cells in ruled_tables(sheet.edges)]
    loose: list[Glyph] = []
    for glyph in sheet.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        home = next(
            (
                own
                for table in tables
                if within(table.box, x, y)
                for cell, own in table.cells.items()
                if within(cell, x, y)
            ),
            loose,
        )
        home.append(glyph)
    items: list[Item] = [*tables, *lines_of(loose)]
    return sorted(items, key=lambda item: (item.box.top, item.box.x0))


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
