"""How the source lines of a money table nest: which of them add up to the total, which are parts of a line.

    年度资金总额            年度资金总额              年度资金总额
    其中：当年财政拨款        1.中央财政资金            一、财政拨款
    上年结转资金            2.地方财政资金              其中：一般公共预算
    其他资金                其中：省级                  政府性基金
                            3.其他资金                二、单位资金

A second 其中 opens a list inside the list; where that one ends the form does not say. So every choice of
lines that holds the first one is a possible top level, and one that fits all columns is the form's.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import combinations

from auditor.figures import Interval, total
from auditor.report.model import Amount, LineKind, MoneyTable, Role
from auditor.values import frozen

Place = tuple[int, str]
_CHOICES = 8
"""Lines that may be left out, at most: 2^8 choices."""


@frozen
class Column:
    """One money role of a table: its source lines and the total printed for them."""

    role: Role
    lines: tuple[Amount, ...]
    whole: Amount

    def chosen(self, top: frozenset[Place]) -> list[Amount]:
        return [line for line in self.lines if place(line) in top]

    def fits(self, top: frozenset[Place]) -> bool:
        return added(self.chosen(top)).meets(self.whole.figure.base)

    def shows(self, top: frozenset[Place]) -> bool:
        """Whether this column bears `top` out: it fits, and two lines or more hold money."""
        return sum(line.figure.amount != 0 for line in self.chosen(top)) > 1 and self.fits(top)


@frozen
class Sources:
    """The source lines of a table, all columns together."""

    columns: tuple[Column, ...]

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(sorted({place(line) for column in self.columns for line in column.lines}))

    @property
    def flat(self) -> frozenset[Place]:
        return frozenset(self.places)

    @cached_property
    def opening(self) -> frozenset[Place]:
        """The lines with a 其中 of their own inside the list: each is probably a part of the one above."""
        opened = {place(line) for column in self.columns for line in column.lines if line.line.of_which}
        return frozenset(opened.intersection(self.places[1:]))

    @cached_property
    def inner(self) -> tuple[Place, ...]:
        """The lines from the first 其中 inside the list on; none where the list is plain."""
        first = next((at for at, key in enumerate(self.places) if key in self.opening), len(self.places))
        return self.places[first:]

    def tops(self) -> Iterator[frozenset[Place]]:
        """Every possible top level, the fullest first."""
        rest = self.places[1:]
        free = rest[-_CHOICES:]
        kept = frozenset((*self.places[:1], *rest[: len(rest) - len(free)]))
        for left_out in range(len(free) + 1):
            for out in combinations(free, left_out):
                yield kept | frozenset(free).difference(out)

    @property
    def telling(self) -> list[Column]:
        """Columns that hold money: any nesting fits zeros."""
        return [column for column in self.columns if column.whole.figure.amount]

    def best(self) -> tuple[frozenset[Place], int]:
        """The top level that fits most telling columns, and how many. Of equals the one with the fewest
        lines that open a 其中, then the fullest."""
        columns = self.telling
        found, rank = self.flat, (-1, 0)
        for top in self.tops():
            fitting = sum(column.fits(top) for column in columns)
            if (fitting, -len(top & self.opening)) > rank:
                found, rank = top, (fitting, -len(top & self.opening))
        return found, rank[0]

    def under(self, top: frozenset[Place]) -> Iterator[tuple[Place, tuple[Place, ...]]]:
        """Each line of `top` with the lines right below it that are not."""
        parent: Place | None = None
        parts: list[Place] = []
        for key in self.places:
            if key not in top:
                parts.append(key)
                continue
            if parent is not None and parts:
                yield parent, tuple(parts)
            parent, parts = key, []
        if parent is not None and parts:
            yield parent, tuple(parts)


def sources(table: MoneyTable) -> Sources:
    columns = []
    for role in table.roles:
        lines, totals = table.of(role, LineKind.SOURCE), table.of(role, LineKind.TOTAL)
        if role.is_money and lines and len(totals) == 1:
            columns.append(Column(role, tuple(lines), totals[0]))
    return Sources(tuple(columns))


def place(line: Amount) -> Place:
    return line.line.place, line.line.name


def added(lines: list[Amount]) -> Interval:
    return total(line.figure.base for line in lines)
