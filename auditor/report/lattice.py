"""Money tables written down cell by cell, found by their own regularity.

A header of n labels and, again and again, a label and n values; or n labels and n values once. The
counts have to agree exactly, so nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from auditor.document import View
from auditor.report.align import CellType, cell_type
from auditor.report.labels import clean, line_of, role_of
from auditor.report.model import LineKind

_LABEL = 30
"""Characters of the longest label."""
_WIDEST = 12
_OF_WHICH = ("其中:", "其中")

Cells = list[tuple[int, View]]


class Lattice(NamedTuple):
    """`rows` in place of `tokens[start:end]`; a cell is (column, text)."""

    start: int
    end: int
    rows: list[Cells]


def lattices(tokens: Sequence[View]) -> list[Lattice]:
    """The money tables among the tokens, in order, none over another."""
    kinds = [cell_type(token.text) for token in tokens]
    found: list[Lattice] = []
    at = 0
    while at < len(tokens):
        lattice = None
        if kinds[at] not in (CellType.TEXT, CellType.BLANK):
            lattice = _at(tokens, kinds, at, found[-1].end if found else 0)
        if lattice is None:
            at += 1
        else:
            found.append(lattice)
            at = lattice.end
    return found


def _at(tokens: Sequence[View], kinds: Sequence[CellType], at: int, floor: int) -> Lattice | None:
    """The table whose first value is `tokens[at]`; `floor` is where the one before ended."""
    width = _values(kinds, at)
    if not 1 <= width <= _WIDEST:
        return None
    return _pairs(tokens, kinds, at, width, floor) or _matrix(tokens, kinds, at, width, floor)


def _values(kinds: Sequence[CellType], at: int) -> int:
    end = at
    while end < len(kinds) and kinds[end] is not CellType.TEXT:
        end += 1
    return end - at


def _head(
    tokens: Sequence[View], kinds: Sequence[CellType], end: int, count: int, floor: int
) -> list[int] | None:
    """The places of the `count` labels right before `end`; a mere "其中:" over two of them is no label.

    `None` where one more label of money stands before them: then a value is missing somewhere.
    """
    places: list[int] = []
    at = end
    while len(places) < count and at > floor:
        at -= 1
        if tokens[at].text in _OF_WHICH:
            continue
        if kinds[at] is not CellType.TEXT or len(tokens[at].text) > _LABEL:
            return None
        places.insert(0, at)
    if len(places) < count or (at > floor and role_of(tokens[at - 1].text) is not None):
        return None
    return places


def _pairs(
    tokens: Sequence[View], kinds: Sequence[CellType], at: int, width: int, floor: int
) -> Lattice | None:
    """n labels, then their n values: 年初预算数 | 财政拨款数 | 结余 over 240.00 | 262.68 | 13.82."""
    head = _head(tokens, kinds, at, width, floor)
    if width < 3 or head is None:
        return None
    roles = [role_of(tokens[place].text) for place in head]
    money = sum(role is not None and role.is_money for role in roles)
    if money < 2 or money * 2 < width:
        return None
    start = head[0]
    before = tokens[start - 1] if start > floor else None
    titled = before is not None and "元" in before.text and len(before.text) <= _LABEL
    names = [(col + titled, tokens[place]) for col, place in enumerate(head)]
    values = [(col + titled, tokens[at + col]) for col in range(width)]
    if titled:
        start -= 1  # "资金使用情况（万元）" before the header carries the unit
        names.insert(0, (0, tokens[start]))
    return Lattice(start, at + width, [names, values])


def _matrix(
    tokens: Sequence[View], kinds: Sequence[CellType], at: int, width: int, floor: int
) -> Lattice | None:
    """A header of n labels, then rows of a label and n values."""
    first = at - 1
    head = _head(tokens, kinds, first, width, floor) if first > floor else None
    if head is None or kinds[first] is not CellType.TEXT or len(tokens[first].text) > _LABEL:
        return None
    rows: list[Cells] = []
    end = first
    while end + 1 < len(tokens) and kinds[end] is CellType.TEXT and len(tokens[end].text) <= _LABEL:
        if _values(kinds, end + 1) != width:
            break
        rows.append([(0, tokens[end]), *((col, tokens[end + col]) for col in range(1, width + 1))])
        end += width + 1
    names = [tokens[place] for place in head]
    if not _is_money(names, [row[0][1] for row in rows]):
        return None
    header: Cells = list(enumerate(names, 1))
    start = head[0]
    if start > floor and kinds[start - 1] is CellType.TEXT and len(tokens[start - 1].text) <= _LABEL:
        start -= 1
        header.insert(0, (0, tokens[start]))
    return Lattice(start, end, [header, *rows])


def _is_money(names: Sequence[View], labels: Sequence[View]) -> bool:
    """Columns of money over named rows, or rows of money under a total and its sources."""
    roles = [role_of(name.text) for name in names]
    money = sum(role is not None and role.is_money for role in roles)
    if all(role is not None for role in roles):
        named = sum(line_of(label.text) is not None for label in labels)
        return (money >= 2 and named >= 1) or (money == 1 and named >= 1 and len(labels) >= 3)
    by_row = sum(_is_money_label(label) for label in labels)
    lines = [line_of(name.text) for name in names]
    return by_row >= 2 and LineKind.TOTAL in lines and None not in lines


def _is_money_label(label: View) -> bool:
    role = role_of(clean(label.text))
    return role is not None and role.is_money
