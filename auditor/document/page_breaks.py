"""What a page break does to a text, undone: page numbers, running heads, cut tables, cells and paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.marks import CHINESE, OPENS, Glyph, Item, Line, Ruled, Sheet, around, lines_of
from auditor.document.ruled import SNAP, cell_text, is_full

_MARGIN = 0.12
"""Share of the page height at either end in which headers and footers stand."""
_PAGE_NUMBER = compiled(
    r"[-—–·•~\s\[(（〔【]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·•~\s\])）〕】]*"
    r"|第\s*[一二三四五六七八九十百]{1,4}\s*页(?:\s*[/／,，]?\s*共\s*[一二三四五六七八九十百]{1,4}\s*页)?|(?i:page)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
)


_ROOM = 2.2
"""Characters that may be missing at the end of a full line."""
_HALF = 0.6  # of a Chinese character: the width of a digit
_STOPS = "。；;！!？?：:"
_NUMBER = compiled(r"[\d,.]+[%％]?")
_TITLE = compiled(r"(?:报告|表|总结|书)(?:[(（][^()（）]{0,20}[)）])?$")
_FIELD = compiled(r"[\u4e00-\u9fff]{2,10}(?:[(（][^()（）]{0,8}[)）])?[:：]")
"""Fields of a cover page stand one under the other, however long they are."""


def drop_margins(pages: list[tuple[Sheet, list[Item]]]) -> None:
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
    first = min(below.cells, key=lambda cell: (round(cell.top / SNAP), cell.x0))
    return re.sub(r"\d+", "0", cell_text(below.cells[first], first))


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


def chains_of(pages: list[tuple[Sheet, list[Item]]]) -> dict[int, tuple[Ruled, ...]]:
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
    return abs(above.box.x0 - below.box.x0) < 2 * SNAP and abs(above.box.x1 - below.box.x1) < 2 * SNAP


def drop_repeated(first: Ruled, below: Ruled) -> None:
    """Takes out the header rows of a table that are printed again at the head of its next page.

    At least one row of three cells must be the same: a title alone opens another form.
    """
    known, again = rows_of(first), rows_of(below)
    same = list(
        itertools.takewhile(lambda pair: _words(pair[0]) == _words(pair[1]), zip(known, again, strict=False))
    )
    if any(len(_words(row)) >= 3 for _, row in same) and len(same) < len(again):
        for _, row in same:
            for _, glyphs in row:
                glyphs.clear()


def rows_of(table: Ruled) -> list[list[tuple[Box, list[Glyph]]]]:
    """The cells by the height at which they begin, top to bottom, each row left to right."""
    cells = sorted(table.cells.items(), key=lambda pair: (round(pair[0].top / SNAP), pair[0].x0))
    return [list(row) for _, row in itertools.groupby(cells, key=lambda pair: round(pair[0].top / SNAP))]


def _words(row: Sequence[tuple[Box, list[Glyph]]]) -> list[tuple[int, str]]:
    return [(round(cell.x0 / SNAP), text) for cell, glyphs in row if (text := cell_text(glyphs, cell))]


def heal_break(above: Ruled, below: Ruled) -> None:
    """Moves what a page break cut off back into its cells: the first row below holds nothing but the
    rest of cells that were full to the right when the page ended."""
    bottom = {
        (round(cell.x0 / SNAP), round(cell.x1 / SNAP)): (cell, glyphs)
        for cell, glyphs in above.cells.items()
        if above.box.bottom - cell.bottom < SNAP
    }
    rests = []
    for cell, glyphs in below.cells.items():
        if cell.top - below.box.top < SNAP and lines_of(glyphs):
            home = bottom.get((round(cell.x0 / SNAP), round(cell.x1 / SNAP)))
            if home is None or not _is_cut(home[1], home[0]) or not _is_wording(glyphs):
                return
            rests.append((home[1], glyphs))
    if sum(bool(lines_of(glyphs)) for _, glyphs in bottom.values()) <= len(rests):
        return
    for home_glyphs, glyphs in rests:
        drop = max(glyph.bottom for glyph in home_glyphs) - min(glyph.top for glyph in glyphs) + 1
        home_glyphs.extend(
            glyph._replace(top=glyph.top + drop, bottom=glyph.bottom + drop) for glyph in glyphs
        )
        glyphs.clear()


def _is_cut(glyphs: Sequence[Glyph], cell: Box) -> bool:
    """Whether the last line of the cell runs to its right end without closing."""
    last = next(reversed(lines_of(glyphs)), None)
    return (
        last is not None and _is_wording(glyphs) and is_full(last, cell, 3.5) and last.text[-1] not in "。；;"
    )


def _is_wording(glyphs: Sequence[Glyph]) -> bool:
    """Words may be cut anywhere; a figure that fills its narrow cell is complete."""
    return any(CHINESE.search(glyph.text) for glyph in glyphs)


def carry_over(pages: Sequence[list[Item]]) -> None:
    """Moves the rest of a paragraph that a page break cut back to the page where it begins."""
    for items, following in itertools.pairwise(pages):
        body = around(item.box for item in items) if items else Box(0, 0, 0, 0)
        while items and following:
            above, line = items[-1], following[0]
            if not (isinstance(above, Line) and isinstance(line, Line) and flows(above, line, body)):
                break
            items.append(following.pop(0))


def flows(above: Line, line: Line, body: Box) -> bool:
    """Whether `line` is the rest of the paragraph that `above` belongs to."""
    if "\t" in above.text + line.text or abs(above.size - line.size) >= 0.25 * line.size:
        return False
    if OPENS.match(line.text) or (_FIELD.match(above.text) and _FIELD.match(line.text)):
        return False
    left = body.x1 - above.box.x1
    full = left < _ROOM * above.size
    if line.box.x0 < body.x0 + 1.2 * line.size:
        return full or (above.text[-1] not in _STOPS and left < _ROOM * above.size + _unbroken(line))
    return (
        full
        and _is_centred(line, body)
        and above.box.x0 < body.x0 + _ROOM * above.size
        and not _TITLE.search(above.text)
    )


def _unbroken(line: Line) -> float:
    """The width of the number that the line begins with: it is carried to the next line as a whole."""
    number = _NUMBER.match(line.text)
    return 0.0 if number is None else (number.end() + 1) * _HALF * line.size


def _is_centred(line: Line, body: Box) -> bool:
    """As the rest of a title is that was too long for its line."""
    return abs((line.box.x0 + line.box.x1) - (body.x0 + body.x1)) < 2 * line.size
