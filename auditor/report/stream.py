"""A sequence of cells laid back under a header: the cheapest way through cells and columns.

Whatever destroyed the grid (one cell a line, a sheet on one line, merged and empty cells dropped, rows
wrapped), the cells still come in the order of reading. Each either goes on in the row, to the right of
the cell before, or begins the next row. A path through all cells has a price: a cell under a column
whose values look otherwise, a column left empty that rows usually fill, a row that begins in the middle
of a line. The cheapest path is the table; where another is as cheap, the table is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import accumulate, islice
from typing import NamedTuple

from auditor.document import Cell, Row, View
from auditor.report.align import Column, ColumnType
from auditor.report.cell_prices import FORBIDDEN, cost_of_empty, cost_under, may_go_on
from auditor.report.labels import LEVEL_WORD, details_above, sums_up
from auditor.report.tokens import Token
from auditor.values import frozen

_DETOUR = 100
"""A table ends where so many cells find no place that makes it cheaper: else each of many tables would be laid over
the whole of the rest."""
# Prices of the places of cells, beside those of what stands in them (`cell_prices`).
_PLACED = -12  # each cell that finds a place; cells behind the last row find none
_ROW = 6
_MID_LINE = 28  # a row that begins in the middle of a line, a line that begins in the middle of a row
_BROKEN = 33  # a name that goes on in the next line; a level of unusual name costs less
_BEHIND_TOTAL = 60  # the row of the total holds points and nothing else
_MISPLACED_TOTAL = 60


@frozen
class Laid:
    """Rows of a table, each cell at the grid column of its header; `end` is the first token behind them.
    `doubtful`: another way to lay them was as cheap."""

    rows: tuple[tuple[tuple[int, Token], ...], ...]
    end: int
    doubtful: bool = False


class _RowKind(StrEnum):
    PLAIN = "plain"
    TOTAL = "total"
    PART = "part"  # "其中：东片", or a row behind one: details the row above


class _State(NamedTuple):
    cost: int
    ways: int
    back: int  # column of the cell before, -1 for none
    new: bool  # whether this cell begins a row


class Body:
    """The cells that may stand under a header, fetched no further than somebody looks: a table is often far
    shorter than what follows it."""

    def __init__(self, coming: Iterable[Token]) -> None:
        self._coming = iter(coming)
        self._cells: list[Token] = []

    def part(self, start: int, end: int) -> list[Token]:
        """The cells from `start` to `end`, fewer where there are no more."""
        self._cells += islice(self._coming, max(end - len(self._cells), 0))
        return self._cells[start:end]

    def __iter__(self) -> Iterator[Token]:
        at = 0
        while at < len(self._cells) or self.part(at, at + 1):
            yield self._cells[at]
            at += 1


def lay(cells: Iterable[Token], columns: Sequence[Column], lined: bool, totals: bool) -> Laid | None:
    """The table that `cells` make under `columns`, or `None` when not even one row fits.

    `lined`: most lines hold several cells, so that lines are likely to be rows. `totals`: a row that
    calls itself the total and leaves all but points empty closes the table.
    """
    grid = _Grid(columns, lined, totals)
    states: list[dict[int, _State]] = []
    passed: list[Token] = []
    best: tuple[int, int, int] | None = None  # cost, index, column
    for at, token in enumerate(cells):
        found = grid.step(token, states[-1] if states else None)
        if not found or at - (best[1] if best else 0) > _DETOUR + len(columns):
            break
        states.append(found)
        passed.append(token)
        for column, state in found.items():
            closed = state.cost + grid.rests[column]
            if closed < 0 and (best is None or closed < best[0]):
                best = (closed, at, column)
    if best is None:
        return None
    return _told(passed, columns, states, best[1], best[2])


def _told(
    cells: Sequence[Token], columns: Sequence[Column], states: list[dict[int, _State]], last: int, column: int
) -> Laid:
    rows: list[list[tuple[int, Token]]] = [[]]
    rest: View | None = None  # the rest of a name, told behind its beginning
    doubtful = states[last][column].ways > 1
    for at in range(last, -1, -1):
        state = states[at][column]
        place, token = columns[column].at, cells[at]
        if rest is not None:
            token = replace(token, view=token.view.join(rest))
        rest = token.view if state.back == column and not state.new else None
        if rest is None:
            rows[-1].append((place, token))
        if state.new and at:
            rows.append([])
        column = state.back
    return Laid(tuple(tuple(reversed(row)) for row in reversed(rows)), last + 1, doubtful)


_DEAR = 10**9
"""The cost of no way at all."""


class _Grid:
    """Prices of one header over cells that come one after another. `rests`: what it costs to end the row behind
    each column that the last step reached."""

    def __init__(self, columns: Sequence[Column], lined: bool, totals: bool) -> None:
        self.columns, self.lined, self.totals = columns, lined, totals
        self.labels = [column.type is ColumnType.LABEL for column in columns]
        self.names = [at for at, column in enumerate(columns) if column.holds == "name"]
        # A row may begin with a label, or with a number of the line.
        unlabelled = not any(self.labels)
        self.starts = [
            label or unlabelled or column.type in (ColumnType.ANY, ColumnType.REFERENCE)
            for label, column in zip(self.labels, columns, strict=True)
        ]
        self.costs = [cost_under(column, columns) for column in columns]
        points = [column.type is ColumnType.POINTS for column in columns]
        self.behind = [0 if own else _BEHIND_TOTAL for own in points]
        empty = [cost_of_empty(column) for column in columns]
        # Of the columns before each: what leaving all of them empty costs, what behind a total, what in points.
        self.sums = [0, *accumulate(empty)]
        self.points = [0, *accumulate(20 if own else 0 for own in points)]
        self.part = [0, *accumulate(price if own else 0 for price, own in zip(empty, points, strict=True))]
        # What it costs to end a row behind each column: a row that details another carries no points.
        plain = [self.sums[-1] - before for before in self.sums[1:]]
        carried = [self.part[-1] - before for before in self.part[1:]]
        self._ends = {
            _RowKind.PLAIN: plain,
            _RowKind.TOTAL: [self.points[-1] - before for before in self.points[1:]],
            _RowKind.PART: [price - own for price, own in zip(plain, carried, strict=True)],
        }
        self.rests: dict[int, int] = {}
        self._kinds: dict[int, _RowKind] = {}
        self._passed = ""

    def step(self, token: Token, before: dict[int, _State] | None) -> dict[int, _State]:
        """The cheapest way to each column for the next cell, from those of the cell before."""
        text = token.text
        closes = self.totals and sums_up(text)
        prices = {}
        for column, cost in enumerate(self.costs):
            price = cost(text)
            if closes and not self.labels[column]:
                price += _MISPLACED_TOTAL
            if price < FORBIDDEN:
                prices[column] = price + _PLACED
        skipped = [0] * len(self.sums) if closes else self.sums
        if before is None:
            found = {
                column: _State(price + _ROW + skipped[column], 1, -1, True)
                for column, price in prices.items()
                if self.starts[column]
            }
        else:
            found = self._from(before, prices, skipped, token.first)
            self._going_on(before, token, found)
        above, kinds = self._kinds, {}
        for column, state in found.items():
            kinds[column] = self._kind(token, column, state, closes) if state.new else above[state.back]
        self._kinds, self._passed = kinds, text
        self.rests = {column: self._ends[kind][column] for column, kind in kinds.items()}
        return found

    def _from(
        self, before: dict[int, _State], prices: dict[int, int], skipped: Sequence[int], first: bool
    ) -> dict[int, _State]:
        """The cheapest way to each column: on in the row from a column to the left, where a total leaves all but
        points empty, or into the next row from any."""
        on_line, new_line = (_MID_LINE if self.lined and own else 0 for own in (first, not first))
        kinds, sums, points, starts = self._kinds, self.sums, self.points, self.starts
        # Of each way the cost, how many cost as little (2 for more) and the first column they come from.
        new, new_ways, new_back = self._to_next_row(before)
        new += _ROW + new_line
        plain, plain_ways, plain_back = _DEAR, 0, -1
        total, total_ways, total_back = _DEAR, 0, -1
        left = iter(before.items())
        coming = next(left, None)
        found: dict[int, _State] = {}
        for column, price in prices.items():
            while coming is not None and coming[0] < column:
                last, (cost, ways, _, _) = coming
                if kinds[last] is _RowKind.TOTAL:
                    cost -= points[last + 1]
                    if cost < total:
                        total, total_ways, total_back = cost, ways, last
                    elif cost == total:
                        total_ways = 2
                else:
                    cost -= sums[last + 1]
                    if cost < plain:
                        plain, plain_ways, plain_back = cost, ways, last
                    elif cost == plain:
                        plain_ways = 2
                coming = next(left, None)
            way = None
            if plain_ways:
                way = _State(plain + sums[column] + price + on_line, plain_ways, plain_back, False)
            if total_ways:
                cost = total + points[column] + price + on_line + self.behind[column]
                way = _cheaper(way, _State(cost, total_ways, total_back, False))
            if starts[column]:
                cost = new + price + skipped[column]
                way = _cheaper(way, _State(cost, new_ways, new_back, True))
            if way is not None:
                found[column] = way
        return found

    def _to_next_row(self, before: dict[int, _State]) -> tuple[int, int, int]:
        """The cheapest way behind the row of the cell before."""
        new, ways_there, back = _DEAR, 0, -1
        for last, (cost, ways, _, _) in before.items():
            cost += self.rests[last]
            if cost < new:
                new, ways_there, back = cost, ways, last
            elif cost == new:
                ways_there = 2
        return new, ways_there, back

    def _going_on(self, before: dict[int, _State], token: Token, found: dict[int, _State]) -> None:
        """Adds the way on which the cell is the rest of a name that a line break cut."""
        goes_on = token.first and may_go_on(token.text) and not LEVEL_WORD.fullmatch(self._passed)
        for column in self.names if goes_on else ():
            if column in before:
                state = before[column]
                way = _State(state.cost + _PLACED + _BROKEN, state.ways, column, False)
                found[column] = _cheaper(found.get(column), way)

    def _kind(self, token: Token, column: int, state: _State, closes: bool) -> _RowKind:
        """What the row is that this cell begins: a total, one that may detail the row above, or neither."""
        if not (self.totals and self.labels[column]):
            return _RowKind.PLAIN
        if closes:
            return _RowKind.TOTAL
        above = self._kinds.get(state.back)
        part = details_above(token.text) or above is _RowKind.PART
        return _RowKind.PART if part and self.columns[column].holds == "name" else _RowKind.PLAIN


def _cheaper(one: _State | None, other: _State) -> _State:
    """Of as cheap ones that from the column furthest left, on in the row rather than into the next."""
    if one is None or other.cost < one.cost:
        return other
    if one.cost < other.cost:
        return one
    first = one if (one.back, one.new) <= (other.back, other.new) else other
    return first._replace(ways=2)


def row_of(number: int, cells: Sequence[tuple[int, View]], width: int) -> Row:
    """A table row of these cells (grid column, text)."""
    made = tuple(Cell(view, number, col) for col, view in cells)
    return Row(made, max(width, max((col for col, _ in cells), default=0) + 1), number)
