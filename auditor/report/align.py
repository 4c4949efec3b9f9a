"""Which cell of a row belongs under which header, when columns are shifted.

Flattened tables lose or gain empty cells: a merged cell to the left is dropped, a blank slips in
after a label, a page break starts a row one column early. A row is laid under its header by the
cheapest order-preserving assignment: cells must fit the type of their column, and every place
where the shift between cell and header changes costs. Where two assignments are equally cheap the
row is ambiguous and nothing is assigned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from auditor.compiled import compiled
from auditor.values import frozen

_NUMBER = compiled(
    r"[-+]?(?:\d{1,3}(?:[,， ]\d{3})+|\d+)(?:\.\d+)?(?:分|元|万元|亿元)?(?:\((?:[^\d()]{1,6}|[\u4e00-\u9fff][^()]{1,18})\))?"
)
_PERCENT = compiled(r"[-+=]?(?:\d+)(?:\.\d+)?(?:%|‰|百分比)")
_BLANK = compiled(r"[-—–/\\一]{1,3}|--|无|——|不适用|不涉及|未涉及|\*+")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_REFERENCE = compiled(r"\(\d{1,2}\)(?:=.*)?|[①-⑳](?:=.*)?")


class CellType(StrEnum):
    INDEX = "index"  # a small whole number, which may number a line
    NUMBER = "number"
    PERCENT = "percent"
    BLANK = "blank"  # a dash or a slash standing for "nothing to say"
    REFERENCE = "reference"  # a printed row number or formula: (5)=(3)-(4)
    TEXT = "text"


FIGURES = (CellType.NUMBER, CellType.INDEX, CellType.PERCENT)
"""A cell that is a figure and nothing else."""


class ColumnType(StrEnum):
    LABEL = "label"
    MONEY = "money"
    RATE = "rate"
    POINTS = "points"
    ANY = "any"  # targets, actuals: text or number
    NOTE = "note"  # text only
    REFERENCE = "reference"


_FIGURE = {CellType.INDEX, CellType.NUMBER}
_FITS: dict[ColumnType, set[CellType]] = {
    ColumnType.LABEL: {CellType.TEXT, CellType.REFERENCE, *_FIGURE},
    ColumnType.MONEY: {CellType.BLANK, *_FIGURE},
    ColumnType.RATE: {CellType.PERCENT, CellType.BLANK, *_FIGURE},
    ColumnType.POINTS: {CellType.PERCENT, CellType.BLANK, *_FIGURE},
    ColumnType.ANY: set(CellType),
    ColumnType.NOTE: {CellType.TEXT, CellType.BLANK},
    ColumnType.REFERENCE: {CellType.REFERENCE, CellType.INDEX},
}

# Prices. Only their order matters: what a flattening does often is cheap. `_MOVED` merely breaks
# ties in favour of the printed position.
_CHANGE_FIRST = 200
_CHANGE_LATER = 400
_EMPTY_CORE = 300
_INDEX_AS_LABEL = 100
_MERGED = 100
_NUMBER_AS_LABEL = 800
_PERCENT_AS_POINTS = 600
_DROPPED = 4000
_FAR = 10
_MOVED = 1
_VALUED = (ColumnType.MONEY, ColumnType.RATE, ColumnType.POINTS)


@frozen
class Column:
    """A header cell: its grid column, type, what it holds, whether rows usually fill it, and whether
    it announces per cents ("权重（%）")."""

    at: int
    type: ColumnType
    holds: object
    core: bool = False
    percent: bool = False


@dataclass
class Aligner:
    """Lays rows under one header. Remembers the shift of the row above and equal row shapes.

    `certain` says of the last row laid whether its reading rests on more than the cheapest guess:
    cells right under their headers, values as many as columns, or one shift for the whole row with
    no usual column left empty; a label of the whole block before the first may have no header.
    """

    columns: tuple[Column, ...]
    shift: int = 0
    certain: bool = True
    _known: dict[object, tuple[int, ...] | None] = field(default_factory=dict)

    def assign(self, cells: list[tuple[int, str]]) -> tuple[int, ...] | None:
        """For each cell (grid column, text) the index of its column, -1 for one that has no place.

        `None` when two readings are equally good.
        """
        if not cells or len(cells) > 40:
            return None
        typed = tuple((at, cell_type(text)) for at, text in cells)
        direct = self._direct(typed)
        self.certain = True
        if direct is not None:
            self.shift = 0
            return direct
        counted = self._counted(typed)
        if counted is not None:
            return counted
        shape = (typed, self.shift)
        if shape not in self._known:
            self._known[shape] = self._search(typed)
        found = self._known[shape]
        if found is not None:
            placed = [self.columns[column].at - cells[i][0] for i, column in enumerate(found) if column >= 0]
            self.shift = placed[-1] if placed else 0
            empty = any(column.core and index not in found for index, column in enumerate(self.columns))
            dropped = [i for i, column in enumerate(found) if column < 0]
            labels = dropped == list(range(len(dropped))) and all(
                typed[i][1] is CellType.TEXT for i in dropped
            )
            whole = len(set(placed)) <= 1 and labels and not (dropped and empty)
            self.certain = whole and (not empty or placed[:1] == [0])
        return found

    def _direct(self, cells: tuple[tuple[int, CellType], ...]) -> tuple[int, ...] | None:
        """Every cell right under a header cell it fits, and no core column left empty."""
        places = {column.at: index for index, column in enumerate(self.columns)}
        found = []
        for at, kind in cells:
            index = places.get(at)
            if index is None or kind not in _FITS[self.columns[index].type]:
                return None
            column = self.columns[index]
            if (column.type is ColumnType.LABEL and kind in (CellType.NUMBER, CellType.REFERENCE)) or (
                column.type is ColumnType.POINTS and kind is CellType.PERCENT and not column.percent
            ):
                return None
            found.append(index)
        empty = [column for i, column in enumerate(self.columns) if column.core and i not in found]
        return None if empty and not self._left_out(empty, cells) else tuple(found)

    def _left_out(self, empty: list[Column], cells: tuple[tuple[int, CellType], ...]) -> bool:
        """Whether only points are left empty, with cells on both sides of the gap: they stand merged further up."""
        taken = [at for at, _ in cells]
        gap = any(taken[0] < column.at < taken[-1] for column in empty)
        return gap and len(cells) > 2 and all(column.type is ColumnType.POINTS for column in empty)

    def _counted(self, cells: tuple[tuple[int, CellType], ...]) -> tuple[int, ...] | None:
        """As many values as value columns, all of fitting type: order decides, not position.

        Only where texts stand to the left of the values and notes to the right, and where no column
        takes both texts and numbers.
        """
        valued = [i for i, column in enumerate(self.columns) if column.type in _VALUED]
        if not valued or any(column.type is ColumnType.ANY and column.core for column in self.columns):
            return None
        values = [n for n, (_, kind) in enumerate(cells) if kind not in (CellType.TEXT, CellType.REFERENCE)]
        references = [n for n, (_, kind) in enumerate(cells) if kind is CellType.REFERENCE]
        if len(values) > len(valued) and values[0] == 0 and cells[0][1] is CellType.INDEX:
            values = values[1:]  # a line number before the label
        if len(values) != len(valued) or values != list(range(values[0], values[0] + len(values))):
            return None
        if any(cells[n][1] not in _FITS[self.columns[i].type] for n, i in zip(values, valued, strict=True)):
            return None
        labels = [
            i for i, column in enumerate(self.columns) if column.type is ColumnType.LABEL and i < valued[0]
        ]
        notes = list(range(valued[-1] + 1, len(self.columns)))
        before = [n for n in range(values[0]) if n not in references and cells[n][1] is not CellType.INDEX]
        after = list(range(values[-1] + 1, len(cells)))
        if len(before) > len(labels) or len(after) > len(notes):
            return None
        found = [-1] * len(cells)
        for n, i in zip(before, labels[len(labels) - len(before) :], strict=True):
            found[n] = i
        for n, i in zip(values, valued, strict=True):
            found[n] = i
        for n, i in zip(after, notes, strict=False):
            found[n] = i
        for n in references:
            column = next((i for i, c in enumerate(self.columns) if c.type is ColumnType.REFERENCE), -1)
            found[n] = column
        return tuple(found)

    def _search(self, cells: tuple[tuple[int, CellType], ...]) -> tuple[int, ...] | None:
        """Dynamic programme over (cell, column, shift); a state is (cost, ways, path)."""
        width = len(self.columns)
        states: _States = {(-1, None): (0, 1, ())}
        for number, (at, kind) in enumerate(cells):
            following: _States = {}
            for (last, before), (cost, ways, path) in states.items():
                _offer(following, (last, before), cost + _DROPPED, ways, (*path, -1))
                for index in range(last + 1, width):
                    column = self.columns[index]
                    if kind not in _FITS[column.type]:
                        continue
                    price = cost + self._price(cells[number], index, before) + self._skipped(last + 1, index)
                    _offer(following, (index, column.at - at), price, ways, (*path, index))
                    if not number and self._is_merged(cells, index):
                        _offer(following, (index, 0), cost + _MERGED, ways, (*path, index))
            states = following
        finals = [
            (cost + self._skipped(last + 1, width), ways, path)
            for (last, _), (cost, ways, path) in states.items()
        ]
        best = min(cost for cost, _, _ in finals)
        winners = [(ways, path) for cost, ways, path in finals if cost == best]
        if len(winners) != 1 or winners[0][0] != 1 or 2 * best >= _DROPPED * len(cells):
            return None  # or half of the cells have no place: another header's row
        return winners[0][1]

    def _is_merged(self, cells: tuple[tuple[int, CellType], ...], index: int) -> bool:
        """Whether the first cell may be a label over the column of line numbers as well ("合计" under "序号 | 项目名称"):
        it begins left of the first label column, and a cell was left empty under that."""
        column, (at, kind) = self.columns[index], cells[0]
        first = next((at for at, _ in cells[1:]), 0)
        labels = (one.at for one in self.columns if one.type is ColumnType.LABEL and at < one.at < first)
        return kind is CellType.TEXT and column.at == next(labels, None)

    def _price(self, cell: tuple[int, CellType], index: int, before: int | None) -> int:
        column, (at, kind) = self.columns[index], cell
        shift = column.at - at
        if before is None:
            price = 0 if shift in (0, self.shift) else _CHANGE_FIRST + _FAR * abs(shift)
        else:
            price = 0 if shift == before else _CHANGE_LATER
        if column.type is ColumnType.LABEL and kind in _FIGURE:
            price += _INDEX_AS_LABEL if kind is CellType.INDEX else _NUMBER_AS_LABEL
        if shift not in (0, self.shift):
            price += _MOVED
        if kind is CellType.PERCENT and column.type is ColumnType.POINTS and not column.percent:
            price += _PERCENT_AS_POINTS
        return price

    def _skipped(self, first: int, end: int) -> int:
        return _EMPTY_CORE * sum(self.columns[index].core for index in range(first, end))


_States = dict[tuple[int, int | None], tuple[int, int, tuple[int, ...]]]
"""By the column and the shift of the cell placed last."""


def _offer(states: _States, key: tuple[int, int | None], cost: int, ways: int, path: tuple[int, ...]) -> None:
    known = states.get(key)
    if known is None or cost < known[0]:
        states[key] = (cost, ways, path)
    elif cost == known[0]:
        states[key] = (cost, known[1] + ways, known[2])


@lru_cache(maxsize=4096)
def cell_type(text: str) -> CellType:
    """What a cell's text is, as far as columns care; the mark of a footnote does not count."""
    text = text.rstrip(_RAISED)
    if text.isdigit() and len(text) <= 2:
        return CellType.INDEX
    if _NUMBER.fullmatch(text):
        return CellType.NUMBER
    if _PERCENT.fullmatch(text):
        return CellType.PERCENT
    if _BLANK.fullmatch(text):
        return CellType.BLANK
    if _REFERENCE.fullmatch(text):
        return CellType.REFERENCE
    return CellType.TEXT
