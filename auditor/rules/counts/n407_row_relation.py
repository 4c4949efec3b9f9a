"""N407 各行的数量关系 (number.row-relation)

查什么  一张表里几列之间的关系（相加、相减、相乘、相除得比率），其他各行都成立、只有一行不成立的，是哪一行。
        不看列名，只看数：表是什么表都查。
为什么  同一张表各行是同一种算法；一行不合，多半是这一行填错了一个数。
反例
    镇名 | 应发户数 | 已发户数 | 未发户数
    石塘镇 | 812 | 800 | 12
    白溪乡 | 640 | 633 | 7
    洪口乡 | 1025 | 1004 | 31
    禾岩镇 | 530 | 521 | 9
    → 存疑
正例
    镇名 | 应发户数 | 已发户数 | 未发户数
    石塘镇 | 812 | 800 | 12
    白溪乡 | 640 | 633 | 7
    洪口乡 | 1025 | 1004 | 21
    禾岩镇 | 530 | 521 | 9
    → 无
依据    表内关系
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

from auditor.figures import Equation, Figure, Interval, Kind, Term
from auditor.report.labels import TOTAL_ROW, line_of
from auditor.report.model import Grid, GridRow, LineKind, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N407",
    name="number.row-relation",
    title="一行的数量关系与其他各行不同",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_LEAST = 3  # rows that bear a relation out
_WIDEST = 12  # columns; a wider table is looked at in its first columns


_JOINED = {"+": operator.add, "−": operator.sub, "×": operator.mul, "÷": operator.truediv}


@dataclass(frozen=True)
class _Kind:
    """One relation between three columns: `sign` of its formula, and what the first two give."""

    sign: str
    value: Callable[[Interval, Interval], Interval]
    swaps: bool


_KINDS = (
    _Kind("+", lambda a, b: a + b, True),
    _Kind("−", lambda a, b: a - b, False),
    _Kind("×", lambda a, b: a * b, True),
    _Kind("÷", lambda a, b: a / b, False),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for grid in report.grids:
        yield from _grid(grid)


def _grid(grid: Grid) -> Iterator[Result]:
    columns = [col for col in sorted(grid.labels) if sum(col in row.values for row in grid.rows) > _LEAST][
        :_WIDEST
    ]
    told: set[frozenset[int]] = set()
    found: list[tuple[_Kind, tuple[int, int, int], list[GridRow], list[GridRow]]] = []
    for kind in _KINDS:
        for a, b, c in permutations(columns, 3):
            if kind.swaps and a > b:
                continue
            borne = _borne_out(kind, grid, (a, b, c))
            if borne is not None and _plain(kind, borne[0], a, b, c):
                found.append((kind, (a, b, c), *borne))
    # One relation is told once: a + b = c is a = c − b too.
    for kind, columns_, holding, missed in sorted(found, key=lambda one: len(one[3]), reverse=True):
        if frozenset(columns_) in told:
            continue
        told.add(frozenset(columns_))
        yield _result(grid, kind, columns_, holding, missed)


def _borne_out(
    kind: _Kind, grid: Grid, columns: tuple[int, int, int]
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


def _telling(kind: _Kind, row: GridRow, a: int, b: int, c: int) -> bool:
    """Whether the row has the three numbers, a rate only as the result of a division; a row of zeros or
    of equal numbers bears out anything."""
    if not {a, b, c} <= row.values.keys():
        return False
    left, right, result = (row.values[col] for col in (a, b, c))
    if (kind.sign == "÷") is not (result.kind is Kind.RATE) or Kind.RATE in (left.kind, right.kind):
        return False
    values = {left.amount, right.amount, result.amount}
    return 0 not in values and len(values) == 3


def _holds(kind: _Kind, row: GridRow, a: int, b: int, c: int) -> bool:
    left, right, result = (row.values[col] for col in (a, b, c))
    if kind.sign == "÷":
        return right.base.low > 0 and kind.value(left.base, right.base).meets(result.base)
    if kind.sign == "×":
        # Number and price are what they are; only the amount may have been rounded.
        return kind.value(Interval.exact(left.amount), Interval.exact(right.amount)).meets(result.base)
    if not any(_decimals(figure) for figure in (left, right, result)):
        left_, right_ = Interval.exact(left.amount), Interval.exact(right.amount)
        return kind.value(left_, right_).contains(result.amount)
    return kind.value(left.base, right.base).meets(result.base)


def _plain(kind: _Kind, rows: list[GridRow], a: int, b: int, c: int) -> bool:
    """Whether the printed numbers themselves bear the relation out, not only what rounding allows."""
    exact = 0
    for row in rows:
        left, right, result = (row.values[col] for col in (a, b, c))
        if kind.sign == "÷":
            exact += 1
            continue
        value = kind.value(Interval.exact(left.amount), Interval.exact(right.amount))
        exact += value.contains(result.amount) or (
            kind.sign == "×" and _decimals(result) and value.meets(result.base)
        )
    return exact * 4 >= len(rows) * 3 and exact >= _LEAST


def _decimals(figure: Figure) -> bool:
    return figure.decimals > 0


def _result(
    grid: Grid, kind: _Kind, columns: tuple[int, int, int], holding: list[GridRow], missed: list[GridRow]
) -> Result:
    a, b, c = (grid.labels[col] for col in columns)
    formula = f"“{a}” {kind.sign} “{b}” = “{c}”"
    if not missed:
        evidence = [row.values[col] for row in holding for col in columns]
        return RULE.consistent(
            f"表中 {formula}，{len(holding)} 行都相符。", evidence, key=(formula, str(len(holding)))
        )
    row = missed[0]
    figures = [row.values[col] for col in columns]
    left, right, result = figures
    terms = _JOINED[kind.sign](
        Term.of(left, Decimal(1), left.digits), Term.of(right, Decimal(1), right.digits)
    )
    relation = Equation(
        terms, Term.of(result, result.scale, result.digits), per=result.scale, decimals=4, gap="", holds=False
    )
    return RULE.query(
        f"表中其他 {len(holding)} 行都是 {formula}，“{row.name}”一行是 {left.digits}、{right.digits}、"
        f"{result.digits}，不相符。",
        figures, relations=(relation,), suggestion="核对这一行的数，更正填错的一个；算法不同的，请说明。",
        culprits=tuple(figure.span for figure in figures), key=(formula, row.name, result.digits),
    )  # fmt: skip
