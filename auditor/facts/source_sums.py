"""The source lines of a money table against the totals of its columns, and values in a column no other row uses.

合计 186 = 当年 166 + 上年结转 20            all of the list makes the total
其中：… 其中：…                              a nesting that no other column bears out: cannot be told
其中：当年 160                               one of the sources only: cannot be told
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum

from auditor.facts.claim import Strength
from auditor.facts.funds import lines_of
from auditor.facts.source_lines import Column, Place, Sources, added, sources
from auditor.figures import Figure, add_up
from auditor.language import word
from auditor.report.model import Amount, LineKind, MoneyTable, Role
from auditor.values import frozen

_BORNE_OUT = 2  # lines whose sources make them, beside one whose do not


class Fit(StrEnum):
    HOLDS = "holds"
    ODD = "odd"  # the intervals meet, though only if the figures were printed in different ways
    DIFFERS = "differs"
    NESTED = "nested"  # 其中 within 其中, and no choice of lines fits any column
    PARTIAL = "partial"  # below the total, and nothing says that all sources are listed


@frozen
class SourceSum:
    """The lines of a column against its total, or those under one line, `parent`, against that line."""

    column: Column
    lines: list[Amount]
    fit: Fit
    strength: Strength = Strength.NONE
    parent: str | None = None

    @property
    def figures(self) -> list[Figure]:
        return [line.figure for line in self.lines]

    @property
    def sum(self) -> Decimal:
        """In the unit of the total."""
        return sum((figure.amount for figure in self.figures), Decimal(0)) / self.column.whole.figure.scale


def source_sums(table: MoneyTable) -> Iterator[SourceSum]:
    found = sources(table)
    yield from _nested(found) if found.inner else _plain(table, found)
    yield from _within(table)


def _within(table: MoneyTable) -> Iterator[SourceSum]:
    """Each line of detail against the sources that stand beside it under one role, where those of the other lines make
    theirs: the one that they do not."""
    parts: dict[tuple[int | None, Role], list[Amount]] = {}
    for one in table.within:
        parts.setdefault((one.row, one.role), []).append(one)
    wholes = {(one.row, one.role): one for one in table.amounts if (one.row, one.role) in parts}
    missed: dict[Role, list[tuple[Amount, list[Amount]]]] = {}
    held: Counter[Role] = Counter()
    for at, whole in wholes.items():
        if len(parts[at]) > 1 and added(parts[at]).meets(whole.figure.base):
            held[whole.role] += 1
        elif len(parts[at]) > 1:
            missed.setdefault(whole.role, []).append((whole, parts[at]))
    for role, odd in missed.items():
        if len(odd) == 1 and held[role] >= _BORNE_OUT:
            whole, lines = odd[0]
            yield SourceSum(
                Column(role, tuple(lines), whole), lines, Fit.DIFFERS, Strength.ASK, whole.line.name
            )


def _fits(column: Column, lines: list[Amount]) -> SourceSum:
    even = add_up([line.figure for line in lines], column.whole.figure)
    return SourceSum(column, lines, Fit.HOLDS if even else Fit.ODD)


def _plain(table: MoneyTable, found: Sources) -> Iterator[SourceSum]:
    """Lines of one level: all of them make the total."""
    flat = found.flat
    complete = any(column.shows(flat) and column.whole.figure.amount for column in found.columns)
    other = None
    if not any(column.shows(flat) for column in found.columns):
        top, fitting = found.best()
        left_out = [name for _, name in flat - top]
        if fitting == len(found.telling) and not all(word("catch_all").search(name) for name in left_out):
            other = top
    for column in found.columns:
        lines = lines_of(table, column.role, LineKind.SOURCE)
        apart = [line for line in lines if not line.line.of_which]
        if column.fits(flat):
            yield _fits(column, list(column.lines))
        elif lines and added(lines).meets(column.whole.figure.base):
            yield _fits(column, lines)
        # "其中" on the first line opens the list that the others go on.
        elif lines and not lines[0].line.of_which and added(apart).meets(column.whole.figure.base):
            yield _fits(column, apart)
        elif (once := _told_twice(column, lines)) and (len(lines) > 2 or _always_twice(table, found)):
            yield _fits(column, once)
        elif other is not None:
            yield SourceSum(column, lines, Fit.DIFFERS, Strength.ASK)
        else:
            yield from _short_or_wrong(column, lines, complete)


def _told_twice(column: Column, lines: list[Amount]) -> list[Amount]:
    """The lines up to where they make the total, if those behind make it once more: by source, then by
    purpose. Empty where they do not."""
    whole = column.whole.figure.base
    for cut in range(1, len(lines)):
        if added(lines[:cut]).meets(whole) and added(lines[cut:]).meets(whole):
            return lines[:cut]
    return []


def _always_twice(table: MoneyTable, found: Sources) -> bool:
    """Whether every column tells its total twice: in one alone, it was typed in a part."""
    columns = ((one, lines_of(table, one.role, LineKind.SOURCE)) for one in found.columns)
    return all(_told_twice(one, lines) for one, lines in columns)


def _nested(found: Sources) -> Iterator[SourceSum]:
    """Lists inside the list: accused is only a column that no nesting explains."""
    top, fitting = found.best()
    for column in found.columns:
        lines = column.chosen(top)
        if column.fits(top):
            yield _fits(column, lines)
        elif fitting < 1:
            lines = column.chosen(found.flat - frozenset(found.inner))
            yield SourceSum(column, lines, Fit.NESTED)
        elif any(column.fits(other) for other in found.tops()):
            yield SourceSum(column, lines, Fit.DIFFERS, Strength.ASK)
        else:
            yield from _short_or_wrong(column, lines, complete=True)
    for parent, parts in found.under(top):
        yield from _parts(found, parent, parts)


def _parts(found: Sources, parent: Place, parts: tuple[Place, ...]) -> Iterator[SourceSum]:
    """The lines under one line: against it, where another column shows that they are all of it, else only where they
    are more than it, as they are in no other column."""
    columns = []
    for column in found.columns:
        whole = column.chosen(frozenset((parent,)))
        below = Column(column.role, tuple(column.chosen(frozenset(parts))), whole[0]) if whole else None
        if below is not None and below.lines:
            columns.append(below)
    failing = [column for column in columns if not column.fits(frozenset(parts))]
    if not any(column.shows(frozenset(parts)) for column in columns):
        failing = [one for one in failing if one.whole.figure.base.below(added(list(one.lines)))]
        failing = failing if len(failing) == 1 < len(columns) else []
    for column in failing:
        yield SourceSum(column, list(column.lines), Fit.DIFFERS, Strength.ASK, parent[1])


def _short_or_wrong(column: Column, lines: list[Amount], complete: bool) -> Iterator[SourceSum]:
    partial = any(line.line.of_which for line in lines)
    listed = not partial or any(word("catch_all").search(line.line.name) for line in lines)
    # One source alone is no list: the others may stand where they were not read.
    exhaustive = complete or (listed and len(lines) > 1)
    if added(lines).below(column.whole.figure.base) and not exhaustive:
        yield SourceSum(column, lines, Fit.PARTIAL)
        return
    yield SourceSum(column, lines, Fit.DIFFERS, Strength.PROOF)


def misplaced(table: MoneyTable) -> Iterator[tuple[Amount, str]]:
    """A value that equals its row's total but stands under a source no other row uses, and the source they use."""
    rows: dict[int | None, list[Amount]] = {}
    for amount in table.amounts:
        if amount.line.kind is LineKind.SOURCE:
            rows.setdefault(amount.row, []).append(amount)
    names = Counter(tuple(sorted(amount.line.name for amount in row)) for row in rows.values())
    if len(names) < 2:
        return
    (usual, count), *_ = names.most_common(1)
    if len(usual) != 1 or count < 3:
        return
    for row in rows.values():
        if len(row) == 1 and row[0].line.name != usual[0] and names[(row[0].line.name,)] == 1:
            yield row[0], usual[0]
