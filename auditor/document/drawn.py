"""Tables drawn with characters: a rule between rows, borders that stand under each other.

┌────────┬──────┬──────┐          +--------+------+
│ 指标   │ 目标 │ 完成 │          | 指标   | 目标 |
├────────┼──────┼──────┤          +--------+------+

`fold` has made pipes, dashes and plus signs of the box characters; here nothing knows the others.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document.model import Cell, Row

_RULE = compiled(r"[\s|:+=-]*")
_LEAST_RULED = 4
"""Rows between rules that show that every row has one, not only the header."""


def is_rule(line: str) -> bool:
    """Whether a folded line only draws: "+----+----+", "|    +----+", "|---|:--:|"."""
    return "--" in line and ("+" in line or "|" in line) and _RULE.fullmatch(line) is not None


def settled(rows: Sequence[Row], rules: Sequence[int], drawn: dict[int, str]) -> tuple[Row, ...]:
    """The rows of a drawn table, each cell under its column, wrapped cells made whole.

    `rules`: how many rows stand before each rule. `drawn`: the folded line of a row, by its number.
    """
    return tuple(_unwrapped(_aligned(rows, drawn), rules))


def _unwrapped(rows: Sequence[Row], rules: Sequence[int]) -> Sequence[Row]:
    """One row for all lines between two rules, where rules stand between all rows."""
    borders = sorted({0, *rules, len(rows)})
    groups = [rows[start:end] for start, end in pairwise(borders)]
    single = sum(len(group) == 1 for group in groups)
    if len(groups) < _LEAST_RULED or single * 3 < len(groups) * 2 or len(rows) > 2 * len(groups):
        return rows
    return [_one(group, at) for at, group in enumerate(groups)]


def _one(lines: Sequence[Row], number: int) -> Row:
    cells: dict[int, Cell] = {}
    for line in lines:
        for cell in line.cells:
            above = cells.get(cell.col)
            whole = cell if above is None else replace(above, view=above.view.join(cell.view))
            cells[cell.col] = replace(whole, row=number)
    own = tuple(cells[col] for col in sorted(cells))
    return Row(own, max(line.width for line in lines), number, lines[0].after_break)


def _aligned(rows: Sequence[Row], drawn: dict[int, str]) -> Sequence[Row]:
    """The rows with the cells of shorter ones under the columns of the longest, by where the borders stand."""
    lines = [drawn.get(row.number, "") for row in rows]
    if len({line.count("|") for line in lines}) < 2:
        return rows
    for ambiguous in (1, 2):  # columns that "≥" and "—" take: programs differ
        borders = [_borders(line, ambiguous) for line in lines]
        widest = max(borders, key=len)
        if all(len(own) >= 2 and set(own) <= set(widest) for own in borders):
            return [_placed(row, own, widest) for row, own in zip(rows, borders, strict=True)]
    return rows


def _placed(row: Row, own: Sequence[int], widest: Sequence[int]) -> Row:
    left = [bisect_left(widest, border) for border in own]
    cells = []
    for cell in row.cells:
        if cell.col + 1 >= len(left):
            return row
        span = left[cell.col + 1] - left[cell.col]
        cells.append(replace(cell, col=left[cell.col] - left[0], colspan=span))
    return Row(tuple(cells), len(widest) - 1, row.number, row.after_break)


def _borders(line: str, ambiguous: int) -> list[int]:
    """The columns of a terminal at which the pipes of a line stand."""
    found: list[int] = []
    column = 0
    for char in line.rstrip():
        if char == "|":
            found.append(column)
        width = unicodedata.east_asian_width(char)
        column += 2 if width in "WF" else ambiguous if width == "A" else 1
    return found
