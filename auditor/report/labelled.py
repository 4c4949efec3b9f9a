"""A stretch of the page that no reader took, told as a grid by somebody else: verified, never believed.

The teller may only say where cells end, which cells make a row, and what a column holds, in words that the
form readers know already. Every character of the stretch must come back once, in its place; what the cells
say is read from the document. Whether the grid is used is decided where every other way to read the stretch
is weighed (`restore`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Cell, Row, Span, Table, View
from auditor.document.fold import fold
from auditor.report.align import CellType, cell_type
from auditor.report.labels import column_of, heads_details, line_of, role_of, unit_in
from auditor.values import frozen

LOST, INVENTED = "漏了或改了原文的字", "多出原文没有的字"
SPLICED, TORN = "把分开的数拼成了一个", "把一个数拆成了两截"
NO_ROLE = "列的含义不在词表里"
OTHER_ROLE = "列的含义与印出的表头不符"
RAGGED = "一行的格子多于列"
EMPTY = "没有表格"

_LABELS = ("行名", "序号", "备注", "")
"""Columns that hold no figure of a form's own: their printed heads stay as they are."""
_BORDERS = frozenset("|｜")
_LED_BY_ZERO = compiled(r"0\d")
_OTHER = "\ufffc"
"""A character that folds to several, such as ㎡."""


class Refused(Exception):
    """The grid is not that of the stretch; the message says why, in Chinese."""


@frozen
class Told:
    """One table as told: what each column holds, and the texts of its rows ("" for an empty cell)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@frozen
class Stretch:
    """A part of the page with figures that have no place: its lines, each with its cells as printed."""

    span: Span
    lines: tuple[tuple[View, ...], ...]

    @property
    def length(self) -> int:
        return sum(len(view.text) for line in self.lines for view in line)


@frozen
class Labelled:
    """The tables in place of the blocks of `span`, and the text that each was made of. What the page does not show
    the form's own arithmetic has to confirm: `unprinted` are numbers of tables whose head is not printed, `cut`
    cells between which a border was set inside a run of digits."""

    span: Span
    tables: tuple[Table, ...]
    texts: tuple[View, ...]
    unprinted: frozenset[int] = frozenset()
    cut: frozenset[Span] = frozenset()


@frozen
class _Char:
    """One character of the stretch, its offset, and whether something stood between it and the one before."""

    char: str
    folded: str
    place: int
    apart: bool


def verified(stretch: Stretch, told: Sequence[Told]) -> Labelled:
    """The grid as tables whose cells are stretches of the document. Raises `Refused`."""
    text = _Text(_chars(stretch))
    tables: list[Table] = []
    texts: list[View] = []
    unprinted: set[int] = set()
    for number, one in enumerate(told, 1):
        if one.columns and any(len(cells) > len(one.columns) for cells in one.rows):
            raise Refused(RAGGED)
        rows = [row for at, cells in enumerate(one.rows) if (row := text.row(cells, at)).cells]
        if not rows:
            continue
        texts.append(reduce(View.join, (cell.view for row in rows for cell in row.cells)))
        rows, printed = _headed(one.columns, rows) if any(one.columns) else (rows, True)
        unprinted |= set() if printed else {number}
        tables.append(Table(tuple(rows), number))
    if text.left:
        raise Refused(LOST)
    if not tables:
        raise Refused(EMPTY)
    return Labelled(stretch.span, tuple(tables), tuple(texts), frozenset(unprinted), frozenset(text.cut))


class _Text:
    """The characters of a stretch, taken from the front. `cut`: cells with a border inside a run of digits."""

    def __init__(self, chars: Sequence[_Char]) -> None:
        self._chars = chars
        self._at = 0
        self._last = Span(0, 0)
        self.cut: set[Span] = set()

    @property
    def left(self) -> int:
        return len(self._chars) - self._at

    def row(self, texts: Sequence[str], number: int) -> Row:
        cells = [Cell(found, number, col) for col, text in enumerate(texts) if (found := self._cell(text))]
        return Row(tuple(cells), len(texts), number)

    def _cell(self, text: str) -> View | None:
        wanted = plain(text)
        if not wanted:
            return None
        own = self._chars[self._at : self._at + len(wanted)]
        if len(own) < len(wanted):
            raise Refused(INVENTED)
        if "".join(char.folded for char in own) != wanted:
            raise Refused(LOST)
        if any(one.apart and _in_number(before, one) for before, one in pairwise(own)):
            raise Refused(SPLICED)
        before = self._chars[self._at - 1] if self._at else None
        self._at += len(wanted)
        breaks = [at for at in range(1, len(own)) if own[at].place != own[at - 1].place + 1]
        found = View("".join(one.char for one in own), tuple((at, own[at].place) for at in (0, *breaks)))
        if before is not None and not own[0].apart and _in_number(before, own[0]):
            if found.text[0] in ".," or before.char in ".," or _LED_BY_ZERO.match(found.text):
                raise Refused(TORN)
            self.cut |= {self._last, found.span()}
        self._last = found.span()
        return found


def _chars(stretch: Stretch) -> list[_Char]:
    found: list[_Char] = []
    for view in (view for line in stretch.lines for view in line):
        apart = True
        for at, char in enumerate(view.text):
            folded = plain(char)
            apart = apart or not folded or view.place(at) != view.place(at - 1) + 1
            if folded:
                found.append(_Char(char, folded, view.place(at), apart))
                apart = False
    return found


def plain(text: str) -> str:
    """Folded character by character, as the page is, without white space and borders."""
    found = [unicodedata.normalize("NFKC", char) for char in fold(text) if char not in _BORDERS]
    return "".join(char if len(char) == 1 else _OTHER for char in found if char.strip())


def _in_number(before: _Char, char: _Char) -> bool:
    return all(one.folded.isdigit() or one.folded in ".,%" for one in (before, char)) and before.folded != "%"


def _headed(columns: Sequence[str], rows: list[Row]) -> tuple[list[Row], bool]:
    """The rows under a head that the form readers know, and whether all of it is printed: a word told takes the
    place of one that no list knows. Told against a printed one that is known, it is refused."""
    if any(word not in _LABELS and meaning(word) is None for word in columns):
        raise Refused(NO_ROLE)
    first = rows[0]
    heads = _is_head(first)
    printed = {cell.col: cell for cell in first.cells} if heads else {}
    cells = [_column(word, printed.get(col), first, col) for col, word in enumerate(columns)]
    head = Row(tuple(cell for cell in cells if cell is not None), first.width, 0)
    missing = any(word not in _LABELS and col not in printed for col, word in enumerate(columns))
    return ([head, *rows[1:]] if heads else [head, *rows]), not missing


def _column(word: str, printed: Cell | None, first: Row, col: int) -> Cell | None:
    known, told = meaning(printed.text) if printed is not None else None, meaning(word)
    if known is not None and told is not None and known != told:
        raise Refused(OTHER_ROLE)
    if printed is not None:
        return printed if known is not None or word in _LABELS else Cell(_over(word, printed.view), 0, col)
    return Cell(head_at(word, first.cells[0].view), 0, col) if word else None


def head_at(word: str, beside: View) -> View:
    """A head that is not printed, standing where the text begins that it is said of."""
    place = beside.span().start
    return View(word, tuple((at, place) for at in range(len(word))))


def _is_head(row: Row) -> bool:
    """Whether the first row is the printed head: words alone, one of them known, or without any figure."""
    if any(cell_type(cell.text) is not CellType.TEXT for cell in row.cells):
        return False
    known = any(meaning(cell.text) is not None for cell in row.cells)
    return known or not any(char.isdigit() for cell in row.cells for char in cell.text)


def meaning(text: str) -> tuple[object, ...] | None:
    """What the readers take a head for; None for a word that no list knows."""
    found = role_of(text), column_of(text)
    if found != (None, None):
        return found
    return (line_of(text),) if line_of(text) is not None else ("details",) if heads_details(text) else None


def _over(word: str, printed: View) -> View:
    """The word, standing where the printed one stands, with its unit."""
    unit = unit_in(printed.text)
    text = f"{word}({unit})" if unit else word
    start, end = printed.span()
    last = len(text) - 1
    return View(
        text, tuple((at, end - 1 if at == last else min(start + at, end - 1)) for at in range(last + 1))
    )
