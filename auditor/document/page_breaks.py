"""What a page break does to a text, undone: page numbers, running heads, cut tables, cells and paragraphs."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.crossings import SNAP
from auditor.document.marks import CHINESE, OPENS, Item, Line, Page, Ruled, around
from auditor.document.ruled import cell_text, is_full

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


def drop_margins(pages: Sequence[Page]) -> None:
    """Takes page numbers out, and what is printed at the head or foot of most pages.

    The first print of a running head stays. A line that opens several forms of one file also stands
    at the head of every page; it is told apart by what follows: the same first words again.
    """
    printed: dict[str, list[str]] = {}
    for page in pages:
        for line in _marginal(page):
            printed.setdefault(_mark(line), []).append(_follower(page.items, line))
    met: set[str] = set()
    for page in pages:
        for line in _marginal(page):
            mark = _mark(line)
            followers = printed[mark]
            running = (
                len(followers) >= 2
                and len(followers) * 2 > len(pages)
                and mark in met
                and _follower(page.items, line) != followers[0]
            )
            met.add(mark)
            if running or _PAGE_NUMBER.fullmatch(line.text):
                page.items = [item for item in page.items if item is not line]


def _follower(items: Sequence[Item], line: Line) -> str:
    """The first words below the line, digits masked; "" at the foot of the page."""
    at = next(number for number, item in enumerate(items) if item is line)
    if at + 1 == len(items):
        return ""
    below = items[at + 1]
    if isinstance(below, Line):
        return _mark(below)
    first = min(below.cells, key=lambda cell: (round(cell.top / SNAP), cell.x0))
    return compiled(r"\d+").sub("0", cell_text(below.cells[first], first))


def _marginal(page: Page) -> list[Line]:
    """The lines before the first and after the last others near the ends of the page."""
    head, foot = page.height * _MARGIN, page.height * (1 - _MARGIN)
    return [
        item
        for item in [*page.items[:2], *page.items[2:][-2:]]
        if isinstance(item, Line) and (item.box.bottom < head or item.box.top > foot)
    ]


def _mark(line: Line) -> str:
    return compiled(r"\d+").sub("0", line.text)


def chains_of(pages: Iterable[Page]) -> list[list[Ruled]]:
    """The ruled tables, those together that are one: at the foot of one page, at the head of the next, between the
    same outer lines."""
    chains: list[list[Ruled]] = []
    above: Ruled | None = None
    for page in pages:
        for item in page.items:
            if isinstance(item, Ruled):
                if above is not None and item is page.items[0] and _same_frame(above, item):
                    chains[-1].append(item)
                else:
                    chains.append([item])
        last = page.items[-1] if page.items else None
        above = last if isinstance(last, Ruled) else None
    return chains


def _same_frame(above: Ruled, below: Ruled) -> bool:
    return abs(above.box.x0 - below.box.x0) < 2 * SNAP and abs(above.box.x1 - below.box.x1) < 2 * SNAP


def drop_repeated(chain: Sequence[Ruled]) -> None:
    """Takes out the header rows of a table that are printed again at the head of its next pages.

    At least one row of three cells must be the same: a title alone opens another form.
    """
    known = [_words(row) for row in rows_of(chain[0])] if len(chain) > 1 else []
    for below in chain[1:]:
        again = rows_of(below)
        words = list(map(_words, again))
        count = sum(
            1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(known, words, strict=False))
        )
        if count < len(again) and any(len(row) >= 3 for row in words[:count]):
            for cell, _ in itertools.chain.from_iterable(again[:count]):
                below.cells[cell] = []


def rows_of(table: Ruled) -> list[list[tuple[Box, list[Line]]]]:
    """The cells by the height at which they begin, top to bottom, each row left to right."""
    cells = sorted(table.cells.items(), key=lambda pair: (round(pair[0].top / SNAP), pair[0].x0))
    return [list(row) for _, row in itertools.groupby(cells, key=lambda pair: round(pair[0].top / SNAP))]


def _words(row: Iterable[tuple[Box, list[Line]]]) -> list[tuple[int, str]]:
    return [(round(cell.x0 / SNAP), cell_text(lines, cell)) for cell, lines in row if lines]


def heal_break(above: Ruled, below: Ruled) -> None:
    """Moves what a page break cut off back into its cells: the first row below holds nothing but the
    rest of cells that were full to the right when the page ended."""
    bottom = {
        (round(cell.x0 / SNAP), round(cell.x1 / SNAP)): cell
        for cell in above.cells
        if above.box.bottom - cell.bottom < SNAP
    }
    rests = []
    for cell, lines in below.cells.items():
        if lines and cell.top - below.box.top < SNAP:
            home = bottom.get((round(cell.x0 / SNAP), round(cell.x1 / SNAP)))
            if home is None or not _is_cut(above.cells[home], home) or not _is_wording(lines):
                return
            rests.append((home, cell))
    if sum(bool(above.cells[cell]) for cell in bottom.values()) <= len(rests):
        return
    for home, cell in rests:
        above.cells[home] = above.cells[home] + below.cells[cell]
        below.cells[cell] = []


def _is_cut(lines: Sequence[Line], cell: Box) -> bool:
    """Whether the last line of the cell runs to its right end without closing."""
    return (
        bool(lines)
        and _is_wording(lines)
        and is_full(lines[-1], cell, 3.5)
        and lines[-1].text[-1] not in "。；;"
    )


def _is_wording(lines: Iterable[Line]) -> bool:
    """Words may be cut anywhere; a figure that fills its narrow cell is complete."""
    return any(CHINESE.search(line.text) for line in lines)


def carry_over(pages: Iterable[Page]) -> None:
    """Moves the rest of a paragraph that a page break cut back to the page where it begins."""
    for page, following in itertools.pairwise(pages):
        items = page.items
        body = around(item.box for item in items) if items else Box(0, 0, 0, 0)
        while items and following.items:
            above, line = items[-1], following.items[0]
            if not (isinstance(above, Line) and isinstance(line, Line) and flows(above, line, body)):
                break
            items.append(following.items.pop(0))


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
