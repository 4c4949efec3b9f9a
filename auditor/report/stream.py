"""A sequence of cells laid back under a header: the cheapest way through cells and columns.

Whatever destroyed the grid (one cell a line, a sheet on one line, merged and empty cells dropped, rows
wrapped), the cells still come in the order of reading. Each either goes on in the row, to the right of
the cell before, or begins the next row. A path through all cells has a price: a cell under a column
whose values look otherwise, a column left empty that rows usually fill, a row that begins in the middle
of a line. The cheapest path is the table; where another is as cheap, the table is doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document import Cell, Row, View
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType
from auditor.report.labels import LEVEL_WORD, SUBTOTAL_ROW, TOP_LEVEL, TOTAL_ROW, line_of, role_of
from auditor.report.tokens import Token

_FIGURES = (CellType.NUMBER, CellType.INDEX)
_SIGN = word("col_sign")
_BOUND = compiled(r"[≥≤><=≧≦]|\d")
_FULL = 130
"""No weight or score is above it: 100 and what bonus rows may add."""

_STRIDE = 64  # more columns than any table is laid under

# Prices. Only their order matters: what a flattening does often is cheap.
_FORBIDDEN = 10_000
_PLACED = -12  # each cell that finds a place; cells behind the last row find none
_ROW = 6
_MID_LINE = 28  # a row that begins in the middle of a line, a line that begins in the middle of a row
_BEHIND_TOTAL = 60  # the row of the total holds points and nothing else
_MISPLACED_TOTAL = 60
_EMPTY = {
    "name": 60,
    "target": 25,
    "actual": 25,
    "weight": 40,
    "score": 40,
    "review": 20,
    "sign": 10,
    "unit": 6,
}
_EMPTY_TYPE = {ColumnType.MONEY: 30, ColumnType.RATE: 14, ColumnType.POINTS: 14}


@dataclass(frozen=True)
class Laid:
    """Rows of a table, each cell at the grid column of its header; `end` is the first token behind them.
    `doubtful`: another way to lay them was as cheap."""

    rows: tuple[tuple[tuple[int, Token], ...], ...]
    end: int
    doubtful: bool = False


class _RowKind(Enum):
    PLAIN = "plain"
    TOTAL = "total"
    PART = "part"  # "其中：东片", or a row behind one: details the row above


class _State(NamedTuple):
    cost: int
    ways: int
    back: int  # column of the cell before, -1 for none
    new: bool  # whether this cell begins a row


def lay(cells: Sequence[Token], columns: Sequence[Column], lined: bool, totals: bool) -> Laid | None:
    """The table that `cells` make under `columns`, or `None` when not even one row fits.

    `lined`: most lines hold several cells, so that lines are likely to be rows. `totals`: a row that
    calls itself the total and leaves all but points empty closes the table.
    """
    grid = _Grid(cells, columns, lined, totals)
    states: list[dict[int, _State]] = []
    best: tuple[int, int, int] | None = None  # cost, index, column
    for at in range(len(cells)):
        found = grid.step(at, states[-1] if states else None)
        if not found:
            break
        states.append(found)
        for column, state in found.items():
            closed = state.cost + grid.rest(at, column)
            if closed < 0 and (best is None or closed < best[0]):
                best = (closed, at, column)
    if best is None:
        return None
    return _told(cells, columns, states, best[1], best[2])


def _told(
    cells: Sequence[Token], columns: Sequence[Column], states: list[dict[int, _State]], last: int, column: int
) -> Laid:
    rows: list[list[tuple[int, Token]]] = [[]]
    doubtful = states[last][column].ways > 1
    for at in range(last, -1, -1):
        state = states[at][column]
        rows[-1].insert(0, (columns[column].at, cells[at]))
        if state.new and at:
            rows.append([])
        column = state.back
    return Laid(tuple(tuple(row) for row in reversed(rows)), last + 1, doubtful)


class _Grid:
    """Prices of one header over one sequence of cells."""

    def __init__(self, cells: Sequence[Token], columns: Sequence[Column], lined: bool, totals: bool) -> None:
        self.cells, self.columns, self.lined, self.totals = cells, columns, lined, totals
        self.empty = [_empty(column) for column in columns]
        self.labels = [column.type is ColumnType.LABEL for column in columns]
        self.costs: list[Callable[[Token], int]] = [_cost_of(column, columns) for column in columns]
        self.sums = [0]
        for price in self.empty:
            self.sums.append(self.sums[-1] + price)
        points = [0]
        for column in columns:
            points.append(points[-1] + (20 if column.type is ColumnType.POINTS else 0))
        self.points = points
        self._kinds: dict[int, _RowKind] = {}

    def step(self, at: int, before: dict[int, _State] | None) -> dict[int, _State]:
        """The cheapest way to each column for the cell `at`, from those of the cell before."""
        token = self.cells[at]
        prices = {}
        for column in range(len(self.columns)):
            price = self.costs[column](token)
            if self.totals and not self.labels[column] and _closes(token.text):
                price += _MISPLACED_TOTAL
            if price < _FORBIDDEN:
                prices[column] = price + _PLACED
        found: dict[int, _State] = {}
        for column, price in prices.items():
            if before is None:
                if self._starts(at, column):
                    _offer(found, column, _State(price + _ROW + self._skipped(at, 0, column), 1, -1, True))
                continue
            for last, state in before.items():
                if last < column:
                    total = self._is_total(at - 1, last)
                    cost = state.cost + price + self._between(at, last + 1, column, total)
                    cost += (
                        _BEHIND_TOTAL if total and self.columns[column].type is not ColumnType.POINTS else 0
                    )
                    cost += _MID_LINE if self.lined and token.first else 0
                    _offer(found, column, _State(cost, state.ways, last, False))
                if self._starts(at, column):
                    cost = state.cost + self.rest(at - 1, last) + price + _ROW + self._skipped(at, 0, column)
                    cost += _MID_LINE if self.lined and not token.first else 0
                    _offer(found, column, _State(cost, state.ways, last, True))
        for column, state in found.items():
            self._kinds[at * _STRIDE + column] = self._kind(at, column, state)
        return found

    def _kind(self, at: int, column: int, state: _State) -> _RowKind:
        """What the row is that this cell ends so far: a total, one that may detail the row above, or neither."""
        if not state.new:
            return self._kinds.get((at - 1) * _STRIDE + state.back, _RowKind.PLAIN)
        if not (self.totals and self.labels[column]):
            return _RowKind.PLAIN
        if _closes(self.cells[at].text):
            return _RowKind.TOTAL
        above = self._kinds.get((at - 1) * _STRIDE + state.back) if at else None
        part = self.cells[at].text.startswith("其中") or above is _RowKind.PART
        return _RowKind.PART if part and self.columns[column].holds == "name" else _RowKind.PLAIN

    def _starts(self, at: int, column: int) -> bool:
        """Whether a row may begin with this cell in this column: labels do, or a number of the line."""
        return self.labels[column] or self.columns[column].type is ColumnType.ANY or not any(self.labels)

    def _is_total(self, at: int, column: int) -> bool:
        return self._kinds.get(at * _STRIDE + column) is _RowKind.TOTAL

    def _skipped(self, at: int, start: int, end: int) -> int:
        if self.totals and _closes(self.cells[at].text):
            return 0
        return self.sums[end] - self.sums[start]

    def _between(self, at: int, start: int, end: int, total: bool) -> int:
        return self.points[end] - self.points[start] if total else self.sums[end] - self.sums[start]

    def rest(self, at: int, column: int) -> int:
        """What it costs to end a row behind this column: a row that details another carries no points."""
        price = self._between(at, column + 1, len(self.columns), self._is_total(at, column))
        if self._kinds.get(at * _STRIDE + column) is _RowKind.PART:
            points = self.columns[column + 1 :]
            price -= sum(_empty(one) for one in points if one.type is ColumnType.POINTS)
        return price


def _offer(found: dict[int, _State], column: int, state: _State) -> None:
    known = found.get(column)
    if known is None or state.cost < known.cost:
        found[column] = state
    elif state.cost == known.cost:
        found[column] = known._replace(ways=min(known.ways + state.ways, 2))


def _closes(text: str) -> bool:
    return TOTAL_ROW.fullmatch(text) is not None or SUBTOTAL_ROW.fullmatch(text) is not None


def _empty(column: Column) -> int:
    """The price of leaving a column empty in a row."""
    if column.holds in _EMPTY:
        return _EMPTY[str(column.holds)]
    return _EMPTY_TYPE.get(column.type, 0)


def _cost_of(column: Column, columns: Sequence[Column]) -> Callable[[Token], int]:
    holds = column.holds
    if column.type is ColumnType.LABEL:
        if holds == "level":
            return _top_level if column is columns[0] or columns[0].holds != "level" else _lower_level
        if holds == "name":
            return _name
        labels = [each for each in columns if each.type is ColumnType.LABEL]
        return _line_label if column is labels[-1] else _group_label
    if holds == "sign":
        return lambda token: 0 if _SIGN.fullmatch(token.text) else 40 if len(token.text) <= 8 else _FORBIDDEN
    if holds == "unit":
        return lambda token: _FORBIDDEN if token.kind in _FIGURES else 4 if len(token.text) <= 8 else 50
    if column.type is ColumnType.POINTS:
        return _percents if column.percent else _points
    if column.type is ColumnType.MONEY:
        return _money
    if column.type is ColumnType.RATE:
        return _rate if not hasattr(holds, "kind") else _money_or_rate
    if column.type is ColumnType.NOTE:
        return _note
    if holds in ("target", "actual", "adjusted"):
        return _value
    return lambda token: 5 if len(token.text) <= 40 else 30


def _level(token: Token) -> int:
    if token.kind is not CellType.TEXT or len(token.text) > 30:
        return _FORBIDDEN
    return 0 if LEVEL_WORD.fullmatch(token.text) else 24 if not _BOUND.search(token.text) else 50


def _top_level(token: Token) -> int:
    if token.text.startswith("成本"):
        return _level(token) + 1
    return _level(token) + (0 if TOP_LEVEL.fullmatch(token.text) else 3)


def _lower_level(token: Token) -> int:
    """成本 heads a class of its own since 财预〔2021〕101号, before it was one of 产出: alone, it is the latter."""
    top = TOP_LEVEL.fullmatch(token.text) and not token.text.startswith("成本")
    return _level(token) + (3 if top else 0)


def _name(token: Token) -> int:
    text = token.text
    if token.kind not in (CellType.TEXT, CellType.REFERENCE):
        return _FORBIDDEN
    if _SIGN.fullmatch(text) or text[0] in "≥≤><=≧≦":
        return 80
    return 20 if LEVEL_WORD.fullmatch(text) else 2 if len(text) <= 40 else 30


def _group_label(token: Token) -> int:
    return 4 if token.kind is CellType.TEXT and len(token.text) <= 20 else _FORBIDDEN


def _line_label(token: Token) -> int:
    if token.kind is not CellType.TEXT or len(token.text) > 40:
        return _FORBIDDEN
    return 0 if line_of(token.text) is not None or role_of(token.text) is not None else 8


def _value(token: Token) -> int:
    text = token.text
    if token.kind is CellType.BLANK:
        return 3
    if LEVEL_WORD.fullmatch(text):
        return 50
    if token.kind is not CellType.TEXT or _BOUND.search(text):
        return 0 if len(text) <= 40 else 8
    return 8 if len(text) <= 12 else 14 if len(text) <= 60 else 30


def _points(token: Token) -> int:
    if token.kind in _FIGURES:
        return 0 if _number(token.text) <= _FULL else 120
    return 12 if token.kind is CellType.BLANK else 60 if token.kind is CellType.PERCENT else _FORBIDDEN


def _percents(token: Token) -> int:
    return (
        0
        if token.kind in (*_FIGURES, CellType.PERCENT)
        else 12
        if token.kind is CellType.BLANK
        else _FORBIDDEN
    )


def _money(token: Token) -> int:
    if token.kind in _FIGURES:
        return 0
    return 2 if token.kind is CellType.BLANK else _FORBIDDEN


def _rate(token: Token) -> int:
    if token.kind is CellType.PERCENT:
        return 0
    return 4 if token.kind in _FIGURES else 2 if token.kind is CellType.BLANK else _FORBIDDEN


def _money_or_rate(token: Token) -> int:
    return 0 if token.kind is CellType.PERCENT else _money(token)


def _note(token: Token) -> int:
    if token.kind is CellType.BLANK:
        return 2
    if token.kind is not CellType.TEXT:
        return 40
    return 60 if LEVEL_WORD.fullmatch(token.text) else 5


def _number(text: str) -> int:
    """The whole part of a printed number."""
    match = re.match(r"[-+]?([\d,， ]+)", text)
    digits = re.sub(r"\D", "", match[1]) if match else ""
    return int(digits[:9]) if digits else 0


def row_of(number: int, cells: Sequence[tuple[int, View]], width: int) -> Row:
    """A table row of these cells (grid column, text)."""
    made = tuple(Cell(view, number, col) for col, view in cells)
    return Row(made, max(width, max((col for col, _ in cells), default=0) + 1), number)
