"""Columns of a money table with a part of an amount left of them, and the amounts in them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from auditor.document import Cell, Row, View
from auditor.figures import Figure
from auditor.report.labels import clean, details_above, line_of, role_of
from auditor.report.model import Amount, Line, LineKind, MoneyTable, Role
from auditor.values import frozen


@frozen
class PartOf:
    """A column with a part of the amount left of it: "其中：财政资金" behind "预算数", again behind "执行数"."""

    role: Role
    name: str
    view: View


@dataclass
class Parts:
    """The amounts in columns of parts: one of the whole is one of its sources, one of a line of detail stands there
    for itself."""

    table: MoneyTable
    _sources: list[Amount] = field(default_factory=list)

    def add(
        self, part: PartOf, line: Line, figure: Figure, table: int, at: tuple[Row, Cell], rows_read: int
    ) -> None:
        """Keeps the figure of one cell on that line."""
        row, cell = at
        places = {one.line.name: one.line.place for one in self._sources}
        place = places.get(part.name, rows_read + 2 + len(places))
        source = Line(LineKind.SOURCE, part.name, place, view=part.view)
        amount = Amount(part.role, source, figure, part.name, table, row=row.number + 1, col=cell.col + 1)
        if line.kind is LineKind.TOTAL:
            self._sources.append(amount)
        else:
            self.table.aside.append(figure.span)
            self.table.within.append(amount)

    def settle(self) -> None:
        """The sources that columns tell are lines of the table where its rows tell none."""
        if self._sources and not self.table.of_kind(LineKind.SOURCE):
            self.table.amounts += self._sources
        else:
            self.table.loose.extend((one.line.place, one.figure) for one in self._sources)


def parts_of(row: Row) -> dict[int, PartOf]:
    """The header cells, by grid column, that name a part of an amount. It stands left of them: they say so (其中), stand
    under it, go on with one that does, or stand behind several amounts under the same name. Or they name it
    themselves, each with its own source ("财政资金预算数 | 其他资金预算数")."""
    counts = Counter(clean(cell.text) for cell in row.cells if line_of(cell.text) is LineKind.SOURCE)
    found = named_with_source(row)
    amount: tuple[Role, Cell] | None = None
    for before, cell in zip([None, *row.cells], row.cells, strict=False):
        role, source = role_of(cell.text), line_of(cell.text) is LineKind.SOURCE
        named = details_above(cell.text) and (source or role in (None, Role.ALLOCATED))
        again = counts[clean(cell.text)] > 1 or (before is not None and before.col in found)
        if cell.col in found:
            continue
        under = amount is not None and cell.col < amount[1].col + amount[1].colspan
        if amount is not None and (named or under or (source and again)):
            found[cell.col] = PartOf(amount[0], clean(cell.text), cell.view)
        elif role is not None and role.is_money:
            amount = role, cell
    return found


def named_with_source(row: Row) -> dict[int, PartOf]:
    """Those that name source and amount in one, where the amount has two sources."""
    found: dict[int, PartOf] = {}
    for cell in row.cells:
        if (told := _source_and_role(cell.view.text)) is not None:
            found[cell.col] = PartOf(told[1], told[0], cell.view)
    sources: dict[Role, set[str]] = {}
    for part in found.values():
        sources.setdefault(part.role, set()).add(part.name)
    return {col: part for col, part in found.items() if len(sources[part.role]) > 1}


@lru_cache(maxsize=4096)
def _source_and_role(text: str) -> tuple[str, Role] | None:
    """What a header cell names both of, "财政资金预算数": the source and the amount."""
    label = clean(text)
    for at in range(len(label) - 2, 1, -1):
        role = role_of(label[at:])
        if role is not None and role.is_money and line_of(label[:at]) is LineKind.SOURCE:
            return label[:at], role
    return None
