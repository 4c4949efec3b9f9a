"""Columns of an indicator table whose header no list knows, named by what stands under them.

Only a column that the form must have and that no other word names is looked for, and only where exactly one
unknown column fits nearly all rows: scores lie between half of the weights and the weights, an actual value
is counted in the unit of its target. One odd row is a slip of the unit, not a reason to read otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from auditor.document import Cell, Row
from auditor.figures import Figure, Kind, scan
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType, cell_type
from auditor.report.labels import TOTAL_ROW, clean, column_of, role_of
from auditor.report.votes import body, under

_LEAST_ROWS = 2
_MOST_POINTS = Decimal(130)
_POINTS = (CellType.NUMBER, CellType.INDEX)
_Fits = Callable[[Column, dict[object, Column], Sequence[Row]], bool]


def inferred(columns: tuple[Column, ...], header: Row, below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns, those of unknown name over obvious values named: score, weight, actual or target."""
    columns = _one_actual(columns, header, below)
    named = {column.holds: column for column in columns}
    unknown = {cell.col for cell in header.cells if _is_unknown(cell)}
    rows = [row for row in body(below) if not any(TOTAL_ROW.fullmatch(cell.text) for cell in row.cells[:3])]
    for kind, type_, fits in _WANTED:
        if kind in named or {"pair", "pair back"} & named.keys():
            continue
        fitting = [
            column
            for column in columns
            if column.holds == "other" and column.at in unknown and fits(column, named, rows)
        ]
        if len(fitting) == 1:
            found = replace(fitting[0], type=type_, holds=kind, core=True)
            columns = tuple(found if column is fitting[0] else column for column in columns)
            named[kind] = found
    return columns


def _one_actual(columns: tuple[Column, ...], header: Row, below: Sequence[Row]) -> tuple[Column, ...]:
    """The columns; of two that tell what was reached ("完成值 | 完成情况") that with more words tells about it."""
    places = [column for column in columns if column.holds == "actual"]
    if len(places) != 2 or any(column.holds == "narrative" for column in columns):
        return columns
    texts = {cell.col: cell.text for cell in header.cells}
    wordy = max(places, key=lambda one: (_length(one, below), not texts.get(one.at, "").endswith("值")))
    told = replace(wordy, holds="narrative", core=False)
    return tuple(told if column is wordy else column for column in columns)


def _length(column: Column, below: Sequence[Row]) -> int:
    return sum(len(cell.text) for cell in under(column.at, body(below)))


def _is_unknown(cell: Cell) -> bool:
    text = clean(cell.text)
    known = column_of(cell.text) is not None or role_of(cell.text) is not None
    return not known and word("ind_compared").fullmatch(text) is None


def _is_score(column: Column, named: dict[object, Column], rows: Sequence[Row]) -> bool:
    return "weight" in named and _are_scores(column, named["weight"], rows)


def _is_weight(column: Column, named: dict[object, Column], rows: Sequence[Row]) -> bool:
    return "score" in named and _are_scores(named["score"], column, rows)


def _are_scores(score: Column, weight: Column, rows: Sequence[Row]) -> bool:
    """Whether nearly all rows have points in both, the one at most the other and not much less in all."""
    pairs = [
        (given, most)
        for row in rows
        if (given := _point(row, score)) is not None and (most := _point(row, weight)) is not None
    ]
    within = sum(given <= most for given, most in pairs)
    sums = sum(given for given, _ in pairs), sum(most for _, most in pairs)
    valued = sum(_cell(row, score) is not None for row in rows)
    return (
        len(pairs) >= _LEAST_ROWS
        and len(pairs) * 4 >= valued * 3
        and within * 4 >= len(pairs) * 3
        and 2 * sums[0] >= sums[1]
        and sums[1] <= _MOST_POINTS
    )


def _is_actual(column: Column, named: dict[object, Column], rows: Sequence[Row]) -> bool:
    target = named.get("adjusted", named.get("target"))
    return target is not None and _is_scored(named) and _alike(target, column, rows)


def _is_target(column: Column, named: dict[object, Column], rows: Sequence[Row]) -> bool:
    actual = named.get("actual")
    return actual is not None and _is_scored(named) and _alike(column, actual, rows)


def _is_scored(named: dict[object, Column]) -> bool:
    return bool({"weight", "score"} & named.keys())


def _alike(target: Column, actual: Column, rows: Sequence[Row]) -> bool:
    """Whether nearly all rows count both in one unit, most of them told with it."""
    told = same = 0
    for row in rows:
        wanted, reached = _figure(_cell(row, target)), _figure(_cell(row, actual))
        if wanted is None or reached is None:
            continue
        told += 1
        same += wanted.kind is reached.kind and wanted.unit == reached.unit and wanted.kind is not Kind.PLAIN
    return same >= _LEAST_ROWS and same * 4 >= told * 3


def _cell(row: Row, column: Column) -> Cell | None:
    return next((cell for cell in row.cells if cell.col == column.at), None)


def _point(row: Row, column: Column) -> Decimal | None:
    cell = _cell(row, column)
    if cell is None or cell_type(cell.text) not in _POINTS:
        return None
    figure = _figure(cell)
    return None if figure is None or figure.value > _MOST_POINTS else figure.value


def _figure(cell: Cell | None) -> Figure | None:
    return None if cell is None else next(iter(scan(cell.view)), None)


_WANTED: tuple[tuple[str, ColumnType, _Fits], ...] = (
    ("score", ColumnType.POINTS, _is_score),
    ("weight", ColumnType.POINTS, _is_weight),
    ("actual", ColumnType.ANY, _is_actual),
    ("target", ColumnType.ANY, _is_target),
)
GUESSED = ("actual", "target")
"""Kinds that are likely, not proven: what was reached last year is counted in the same unit."""
