"""What holds between the columns of nearly all rows of a table.

应发户数 | 已发户数 | 未发户数      812 | 800 | 12        a sum, a difference, a product, a quotient of two columns
上年 | 本年 | 增减率              148.6 | 131.4 | -11.57%   by how much the second column differs from the first
金额 | 占比                     388.5 | 16.54%          what share a number is of all in its column
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, compress, permutations
from operator import not_
from typing import Any

from auditor.facts.stated import once
from auditor.figures import Figure, Interval, Kind, Term, total
from auditor.report.labels import TOTAL_ROW, line_of
from auditor.report.model import Grid, GridRow, LineKind, Report
from auditor.values import frozen

_LEAST = 3  # rows that bear a relation out
_FEWEST = 2  # … that bear out a column of shares
_WIDEST = 12  # columns; a wider table is looked at in its first columns


@frozen
class Shape:
    """One relation between three columns: the `formula` in their names, and what the first two give, be they
    intervals or terms of an equation. `swaps`: in either order; `divisor`: which of the two a rate divides by."""

    formula: str
    value: Callable[..., Any]
    swaps: bool = False
    divisor: int | None = None

    def among(self, left: Interval, right: Interval) -> Interval:
        """What the two can give."""
        found: Interval = self.value(left, right)
        return found


def _change(earlier: Any, later: Any) -> Any:
    """What the later number is above or below the earlier one, as a share of it."""
    one = Interval.exact(1) if isinstance(earlier, Interval) else Term.exact(1)
    return later / earlier - one


_PRODUCT = Shape("“{}” × “{}” = “{}”", operator.mul, swaps=True)
_SHAPES = (
    Shape("“{}” + “{}” = “{}”", operator.add, swaps=True),
    Shape("“{}” − “{}” = “{}”", operator.sub),
    _PRODUCT,
    Shape("“{}” ÷ “{}” = “{}”", operator.truediv, divisor=1),
    Shape("由“{}”到“{}”的增减比例 = “{}”", _change, divisor=0),
)


@frozen
class Shares:
    """A column of shares: the columns of the numbers and of what share each is, all of which they are a share, the
    rows that bear it out, and those that do not."""

    columns: tuple[int, int]
    whole: tuple[Figure, ...]
    holding: list[GridRow]
    missed: list[GridRow]


@frozen
class RowRelation:
    """A relation between three columns, the rows that bear it out, and those that do not."""

    shape: Shape
    columns: tuple[int, int, int]
    holding: list[GridRow]
    missed: list[GridRow]


@once
def related_columns(report: Report) -> Iterator[tuple[Grid, RowRelation | Shares]]:
    """Each relation, and each column of shares, of the grids of a report."""
    for grid in report.grids:
        yield from ((grid, found) for found in row_relations(grid))
        yield from ((grid, column) for column in shares(grid))


def row_relations(grid: Grid) -> Iterator[RowRelation]:
    """Each relation of a grid once: a + b = c is a = c − b too."""
    told = Counter(col for row in grid.rows for col in row.values)
    columns = [col for col in sorted(grid.labels) if told[col] > _LEAST]
    found: list[RowRelation] = []
    telling = {three: _telling(grid, three) for three in combinations(columns[:_WIDEST], 3)}
    for shape in _SHAPES:
        for a, b, c in permutations(columns[:_WIDEST], 3):
            if shape.swaps and a > b:
                continue
            first, second, third = sorted((a, b, c))
            borne = _borne_out(shape, telling[first, second, third], (a, b, c))
            if borne is not None and _plainly_borne_out(shape, borne[0], a, b, c):
                found.append(RowRelation(shape, (a, b, c), *borne))
    given: set[frozenset[int]] = set()
    rates: set[tuple[int, str]] = set()
    for one in sorted(found, key=lambda one: len(one.missed), reverse=True):
        odd = [(one.columns[-1], row.name) for row in one.missed if one.shape.divisor is not None]
        if frozenset(one.columns) not in given and rates.isdisjoint(odd):
            given.add(frozenset(one.columns))
            rates.update(odd)  # a rate is wrong once, of whatever two columns it is worked out
            yield one


def shares(grid: Grid) -> Iterator[Shares]:
    """Each column of shares, with the column whose numbers they are shares of."""
    columns = sorted(grid.labels)[:_WIDEST]
    for of, told in permutations(columns, 2):
        rows = [row for row in grid.rows if {of, told} <= row.values.keys()]
        rows = [row for row in rows if row.values[told].kind is Kind.RATE]
        if len(rows) <= _FEWEST or any(row.values[of].kind is Kind.RATE for row in rows):
            continue
        closing = [row for row in rows if _closes(row)]
        parts = [row for row in rows if not _closes(row) and row.values[of].value and row.values[told].value]
        every = tuple(row.values[of] for row in grid.rows if of in row.values and not _closes(row))
        wholes = [(row.values[of],) for row in closing[-1:]] + [every]
        for whole in wholes:
            base = total(one.base for one in whole)
            fits = [_is_share(row.values[of], base, row.values[told]) for row in parts]
            if fits.count(False) <= 1 and fits.count(True) >= _FEWEST:
                holding = list(compress(parts, fits))
                missed = list(compress(parts, map(not_, fits)))
                yield Shares((of, told), whole, holding, missed)
                break


def _closes(row: GridRow) -> bool:
    return TOTAL_ROW.fullmatch(row.name) is not None or line_of(row.name) is LineKind.TOTAL


def _is_share(part: Figure, whole: Interval, share: Figure) -> bool:
    return whole.low > 0 and (part.base / whole).meets(share.base)


def _telling(grid: Grid, columns: tuple[int, int, int]) -> list[GridRow]:
    """The rows that have the three numbers; a row of zeros or of equal numbers bears out anything."""
    rows = [row for row in grid.rows if row.values.keys() >= set(columns)]
    amounts = ({row.values[col].amount for col in columns} for row in rows)
    return [row for row, own in zip(rows, amounts, strict=True) if 0 not in own and len(own) == len(columns)]


def _borne_out(
    kind: Shape, rows: Iterable[GridRow], columns: tuple[int, int, int]
) -> tuple[list[GridRow], list[GridRow]] | None:
    """The rows in which the relation holds, and the one in which it does not; None where it is none.
    Ends with the second row that breaks it: nearly always one of the first."""
    holding: list[GridRow] = []
    missed: list[GridRow] = []
    for row in rows:
        if not _is_of(kind, row, *columns):
            continue
        if _holds(kind, row, *columns):
            holding.append(row)
        else:
            missed.append(row)
            if len(missed) > 1 or _closes(row):
                return None  # a total has sums of its own, and bonus points
    return (holding, missed) if len(holding) >= _LEAST and len(holding) + len(missed) > _LEAST else None


def _is_of(kind: Shape, row: GridRow, a: int, b: int, c: int) -> bool:
    """Whether a rate stands only where it is the result of a division."""
    left, right, result = (row.values[col].kind for col in (a, b, c))
    return (kind.divisor is not None) is (result is Kind.RATE) and Kind.RATE not in (left, right)


def _holds(kind: Shape, row: GridRow, a: int, b: int, c: int) -> bool:
    left, right, result = (row.values[col] for col in (a, b, c))
    if kind.divisor is not None:
        whole = (left, right)[kind.divisor]
        return whole.base.low > 0 and kind.among(left.base, right.base).meets(result.base)
    if kind is _PRODUCT:
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
        if kind.divisor is not None:
            exact += 1
            continue
        value = kind.among(Interval.exact(left.amount), Interval.exact(right.amount))
        exact += value.contains(result.amount) or (
            kind is _PRODUCT and _decimals(result) and value.meets(result.base)
        )
    return exact * 4 >= len(rows) * 3 and exact >= _LEAST


def _decimals(figure: Figure) -> bool:
    return figure.decimals > 0
