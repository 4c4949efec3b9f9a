"""What holds between three columns of nearly all rows of a table."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import permutations
from typing import Any

from auditor.figures import Figure, Interval, Kind
from auditor.report.labels import TOTAL_ROW, line_of
from auditor.report.model import Grid, GridRow, LineKind
from auditor.values import frozen

_LEAST = 3  # rows that bear a relation out
_WIDEST = 12  # columns; a wider table is looked at in its first columns


@frozen
class Shape:
    """One relation between three columns: `sign` of its formula, and what the first two give, be they
    intervals or terms of an equation."""

    sign: str
    value: Callable[..., Any]
    swaps: bool

    def among(self, left: Interval, right: Interval) -> Interval:
        """What the two can give."""
        found: Interval = self.value(left, right)
        return found


_SHAPES = (
    Shape("+", operator.add, True),
    Shape("−", operator.sub, False),
    Shape("×", operator.mul, True),
    Shape("÷", operator.truediv, False),
)


@frozen
class RowRelation:
    """A relation between three columns, the rows that bear it out, and those that do not."""

    shape: Shape
    columns: tuple[int, int, int]
    holding: list[GridRow]
    missed: list[GridRow]


def row_relations(grid: Grid) -> Iterator[RowRelation]:
    """Each relation of a grid once: a + b = c is a = c − b too."""
    told = Counter(col for row in grid.rows for col in row.values)
    columns = [col for col in sorted(grid.labels) if told[col] > _LEAST]
    found: list[RowRelation] = []
    for shape in _SHAPES:
        for a, b, c in permutations(columns[:_WIDEST], 3):
            if shape.swaps and a > b:
                continue
            borne = _borne_out(shape, grid, (a, b, c))
            if borne is not None and _plainly_borne_out(shape, borne[0], a, b, c):
                found.append(RowRelation(shape, (a, b, c), *borne))
    given: set[frozenset[int]] = set()
    for one in sorted(found, key=lambda one: len(one.missed), reverse=True):
        if frozenset(one.columns) not in given:
            given.add(frozenset(one.columns))
            yield one


def _borne_out(
    kind: Shape, grid: Grid, columns: tuple[int, int, int]
) -> tuple[list[GridRow], list[GridRow]] | None:
    """The rows in which the relation holds, and the one in which it does not; None where it is none.
    Ends with the second row that breaks it: nearly always one of the first."""
    holding: list[GridRow] = []
    missed: list[GridRow] = []
    for row in grid.rows:
        if not _telling(kind, row, *columns):
            continue
        if _holds(kind, row, *columns):
            holding.append(row)
        else:
            missed.append(row)
            if len(missed) > 1 or TOTAL_ROW.fullmatch(row.name) or line_of(row.name) is LineKind.TOTAL:
                return None  # a total has sums of its own, and bonus points
    return (holding, missed) if len(holding) >= _LEAST and len(holding) + len(missed) > _LEAST else None


def _telling(kind: Shape, row: GridRow, a: int, b: int, c: int) -> bool:
    """Whether the row has the three numbers, a rate only as the result of a division; a row of zeros or
    of equal numbers bears out anything."""
    if not {a, b, c} <= row.values.keys():
        return False
    left, right, result = (row.values[col] for col in (a, b, c))
    if (kind.sign == "÷") is not (result.kind is Kind.RATE) or Kind.RATE in (left.kind, right.kind):
        return False
    values = {left.amount, right.amount, result.amount}
    return 0 not in values and len(values) == 3


def _holds(kind: Shape, row: GridRow, a: int, b: int, c: int) -> bool:
    left, right, result = (row.values[col] for col in (a, b, c))
    if kind.sign == "÷":
        return right.base.low > 0 and kind.among(left.base, right.base).meets(result.base)
    if kind.sign == "×":
        # Number and price are what they are; only the amount may have been rounded.
        return kind.among(Interval.exact(left.amount), Interval.exact(right.amount)).meets(result.base)
    if not any(_decimals(figure) for figure in (left, right, result)):
        left_, right_ = Interval.exact(left.amount), Interval.exact(right.amount)
        return kind.among(left_, right_).contains(result.amount)
    return kind.among(left.base, right.base).meets(result.base)


def _plainly_borne_out(kind: Shape, rows: list[GridRow], a: int, b: int, c: int) -> bool:
    """Whether the printed numbers themselves bear the relation out, not only what rounding allows."""
    exact = 0
    for row in rows:
        left, right, result = (row.values[col] for col in (a, b, c))
        if kind.sign == "÷":
            exact += 1
            continue
        value = kind.among(Interval.exact(left.amount), Interval.exact(right.amount))
        exact += value.contains(result.amount) or (
            kind.sign == "×" and _decimals(result) and value.meets(result.base)
        )
    return exact * 4 >= len(rows) * 3 and exact >= _LEAST


def _decimals(figure: Figure) -> bool:
    return figure.decimals > 0
