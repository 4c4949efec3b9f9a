"""What the columns of a money table hold, by the words of its header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Cell, Row
from auditor.language.lexicon import word
from auditor.report.adjustments import Roles
from auditor.report.align import Column, ColumnType
from auditor.report.labels import (
    clean,
    column_of,
    heads_details,
    line_of,
    role_of,
    roles_together,
    score_of_others,
)
from auditor.report.model import Line, LineKind, Role
from auditor.report.money.parts import named_with_source, parts_of

_REFERENCE_HEAD = compiled(r"行次|行号|序号|栏次")
_OTHER_PERIOD = compiled(r"累计|上年|历年|以前年度")
_RAISED = compiled(r"调[整减增]|收回|全年|最终|可用|追加")
_PLAIN = compiled(r"(?:项目)?预算(?:数|金额|安排)?|批复数")
_SPENDING = compiled(r"支出|费用|用途|使用")


def roles_in(row: Row) -> Roles:
    """What the words of the header say of each grid column."""
    spent = _spent_column(row)
    parts = named_with_source(row)
    together: dict[int, Role] = {}
    for left, right in pairwise(row.cells):
        if (both := roles_together(left.text, right.text)) is not None:
            together |= dict(zip((left.col, right.col), both, strict=True))
    scores = [cell for cell in row.cells if role_of(cell.text) is Role.SCORE]
    place = score_of_others([cell.text for cell in scores])
    return {
        cell.col: Role.REVIEW
        if place is not None and cell is scores[place]
        else Role.PAID
        if cell is spent
        else parts[cell.col].role
        if cell.col in parts
        else together.get(cell.col) or role_of(cell.text)
        for cell in row.cells
    }


def _spent_column(row: Row) -> Cell | None:
    """The plain "金额" behind a label of expenditure, where no column names an amount ("支出内容 | 金额（万元）")."""
    first, *others = row.cells
    if (
        not _SPENDING.search(first.text)
        or not heads_details(first.text)
        or any(role_of(c.text) for c in others)
    ):
        return None
    plain = [cell for cell in others if word("col_sum_column").fullmatch(clean(cell.text))]
    return plain[0] if len(plain) == 1 else None


def _heads_rows(row: Row, by_source: bool) -> bool:
    """Whether the first cell heads the labels of the rows, though its words name an amount or a total:
    "资金执行情况 | 预算数 | 支出数", "项目资金（万元） | 合计 | 中央 | 省"."""
    first, *others = row.cells
    if by_source:
        return any(line_of(cell.text) is LineKind.TOTAL for cell in others)
    known = sum(role_of(cell.text) is not None for cell in others)
    return clean(first.text).endswith("情况") and known >= 2


def _begins_the_year(valued: list[Column], labels: dict[int, str]) -> bool:
    """Whether the first of several budgets is the plain one, before it was raised."""
    label = labels[valued[0].at]
    return (
        valued[0].holds is Role.BUDGET and not _RAISED.search(label) and bool(_PLAIN.fullmatch(clean(label)))
    )


def lists_parts(row: Row) -> bool:
    """Whether the columns are parts of the money and their total: "项目 | 路面 | 排水 | 设计 | 合计"."""
    first, *others = row.cells
    if len(others) < 3 or any(role_of(cell.text) or column_of(cell.text) for cell in others):
        return False
    named = clean(first.text) in ("项目", "内容", "类别", "资金", "指标", "分类") and first.colspan == 1
    closing = line_of(others[-1].text) is LineKind.TOTAL or line_of(others[0].text) is LineKind.TOTAL
    return named and closing and all(len(cell.text) <= 16 for cell in others)


def granted(column: Column, label: str) -> Column:
    """ "财政拨款" over a figure, beside "实际使用": the money granted, no source among others."""
    if column.holds is None and line_of(label) is LineKind.SOURCE and "财政" in label:
        return replace(column, type=ColumnType.MONEY, holds=Role.ALLOCATED, core=True)
    return column


def columns_of(
    row: Row, roles: Roles, by_source: bool, unnamed: bool, summed: frozenset[int]
) -> tuple[tuple[Column, ...], dict[int, str]]:
    """The columns under a header, those without a cell of their own left of the first amount too, and the words
    over each. `unnamed`: the rows have no name; `summed` are columns that the figures tell to be sources."""
    labels = {cell.col: cell.text for cell in row.cells}
    found = [*_by_cell(row, roles, by_source, summed)]
    columns, first = _told_once(found, labels, unnamed)
    taken = {column.at for column in columns}
    gaps = [Column(at, ColumnType.LABEL, None) for at in range(first or 0) if at not in taken]
    return tuple(sorted(columns + gaps, key=lambda column: column.at)), labels


def _by_cell(row: Row, roles: Roles, by_source: bool, summed: frozenset[int]) -> Iterator[Column]:
    """The column under each cell of the header by itself."""
    parts = by_source and lists_parts(row)
    heads = _heads_rows(row, by_source)
    part_of = {} if by_source else parts_of(row)
    one_of_two = sum(roles[cell.col] is Role.PAID for cell in row.cells[heads:]) > 1
    lines = [line_of(cell.text) if by_source else None for cell in row.cells]
    named = [place for place, line in enumerate(lines) if line is not None and place >= heads]
    valued = False  # whether a column with amounts has been met
    for place, cell in enumerate(row.cells):
        role, line = roles[cell.col], lines[place]
        between = named and named[0] < place < named[-1] and column_of(cell.text) is None
        if line is None and (between or cell.col in summed):
            line = LineKind.SOURCE  # "合计 | 中央预算内投资 | 自治区配套": one among the sources is one
        column: Column
        if _REFERENCE_HEAD.fullmatch(clean(cell.text)):
            column = Column(cell.col, ColumnType.REFERENCE, None)
        elif heads and not place:
            column = Column(cell.col, ColumnType.LABEL, None)
        elif by_source and role is None and (line is not None or (parts and place)):
            name = Line(line or LineKind.DETAIL, clean(cell.text), place, view=cell.view)
            column = Column(cell.col, ColumnType.RATE, name)
        elif cell.col in part_of:
            column = Column(cell.col, ColumnType.MONEY, part_of[cell.col])
        elif not by_source and role is Role.PAID and _OTHER_PERIOD.search(cell.text) and one_of_two:
            column = Column(cell.col, ColumnType.ANY, None)
        elif not by_source and role is not None and (role.is_money or valued):
            kind = (
                ColumnType.MONEY if role.is_money else ColumnType.RATE if role.is_rate else ColumnType.POINTS
            )
            column = Column(cell.col, kind, role, core=kind is ColumnType.MONEY)
        else:
            column = Column(cell.col, ColumnType.ANY if valued else ColumnType.LABEL, None)
        valued = valued or column.holds is not None
        yield column


def _told_once(
    columns: list[Column], labels: dict[int, str], unnamed: bool
) -> tuple[list[Column], int | None]:
    """The columns where none holds what the first with an amount does, and where that one stands."""
    valued = [column for column in columns if column.holds is not None]
    first = valued[0].at if valued else None
    while len(valued) > 1 and any(column.holds == valued[0].holds for column in valued[1:]):
        if (unnamed or columns.index(valued[0]) > 0) and _begins_the_year(valued, labels):
            # "预算数 | 调整数 | 调整后预算数": the plain one is the budget of the year's beginning.
            at = columns.index(valued[0])
            columns[at] = replace(columns[at], holds=Role.INITIAL)
            break
        # "年度预算数 | 年初预算 | 调整后预算数": the first of two equal roles heads the row labels, with
        # whatever stands between it and the first amount ("资金执行情况 | 资金类别 | 全年预算 | …").
        first = valued[1].at
        columns = [
            Column(column.at, ColumnType.LABEL, None)
            if column.at < first and column.type is not ColumnType.REFERENCE
            else column
            for column in columns
        ]
        valued = valued[1:]
    return columns, first
