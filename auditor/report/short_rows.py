"""Rows of amounts that lost empty cells: which column each figure belongs to, where only the row can tell.

"上年结转资金 6.00 6.00 — 100.00% —" under 年初 | 全年 | 执行 | 分值 | 执行率 | 得分 has a figure less than the header.
Of all ways to lay its cells in order, those count in which rate = paid ÷ budget holds. Exactly one is
taken; otherwise the row is laid as it was, and is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from auditor.document import Span
from auditor.figures import Figure, scan
from auditor.report.align import CellType, Column, ColumnType
from auditor.report.cell_figures import rate_figure
from auditor.report.model import Role
from auditor.report.stream import Laid
from auditor.report.tokens import Token

_VALUED = (ColumnType.MONEY, ColumnType.RATE, ColumnType.POINTS)
_WIDEST = 14  # columns up to which all ways are tried
_Row = tuple[tuple[int, Token], ...]


def settled(laid: Laid, columns: Sequence[Column]) -> tuple[Laid, list[Span]]:
    """The table with its short rows laid by their own arithmetic, and the figures of rows that stay unsure."""
    valued = [column for column in columns if column.type in _VALUED]
    rows: list[_Row] = []
    unsure: list[Span] = []
    for row in laid.rows:
        cells = [token for col, token in row if col in {column.at for column in valued}]
        whole = _only_points_missing(row, valued)
        as_laid = [(column, token) for column in valued for col, token in row if col == column.at]
        if not 0 < len(cells) < len(valued) or len(valued) > _WIDEST or (whole and _holds(as_laid)):
            rows.append(row)
            continue
        ways = [way for way in _ways(cells, valued) if _holds(way)]
        if len(ways) == 1:
            rest = [(col, token) for col, token in row if token not in cells]
            rows.append(
                tuple(sorted([*rest, *((column.at, token) for column, token in ways[0])], key=_place))
            )
        else:
            rows.append(row)
            unsure.extend(token.view.span() for token in cells if not whole)
    return Laid(tuple(rows), laid.end, laid.doubtful), unsure


def _place(cell: tuple[int, Token]) -> int:
    return cell[0]


def _only_points_missing(row: _Row, valued: Sequence[Column]) -> bool:
    """Whether all amounts are figures in the row: sources carry no points of their own, and no rate where nothing was
    planned."""
    filled = {col for col, token in row if token.kind is not CellType.BLANK}
    money = [column.at for column in valued if column.type is ColumnType.MONEY]
    return bool(money) and filled.issuperset(money)


def _ways(cells: Sequence[Token], valued: Sequence[Column]) -> Iterator[list[tuple[Column, Token]]]:
    """All ways to lay the cells under the columns in order, each under one it fits."""
    for places in combinations(valued, len(cells)):
        way = list(zip(places, cells, strict=True))
        if all(_fits(column, token) for column, token in way):
            yield way


def _fits(column: Column, token: Token) -> bool:
    if token.kind is CellType.BLANK:
        return True
    if token.kind is CellType.PERCENT:
        return column.type is ColumnType.RATE
    return token.kind in (CellType.NUMBER, CellType.INDEX) and column.type is not ColumnType.RATE


def _holds(way: Sequence[tuple[Column, Token]]) -> bool:
    """Whether the way has a rate and both its sides, and rate = paid ÷ budget."""
    by_role = {column.holds: token for column, token in way if token.kind is not CellType.BLANK}
    rate, paid, budget = (by_role.get(role) for role in (Role.EXECUTION_RATE, Role.PAID, Role.BUDGET))
    if rate is None or paid is None or budget is None:
        return False
    spent, planned = _figure(paid), _figure(budget)
    if planned.interval.low <= 0:
        return False
    return (spent.interval / planned.interval).meets(rate_figure(_figure(rate)).base)


def _figure(token: Token) -> Figure:
    return scan(token.view)[0]
