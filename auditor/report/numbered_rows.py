"""Rows of a table that are numbered from 1 on under a row that holds their sum: 三公经费, 1、公务用车, 2、出国经费, 3、公务接待."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.figures import Figure, Kind, total
from auditor.report.labels import clean, line_of
from auditor.report.model import Grid, GridRow, PlainColumn

_NUMBER = compiled(r"[(（]?(?P<n>\d{1,2})[)）]?[、.．](?!\d)")
_FEWEST = 2


def numbered_parts(grid: Grid) -> Iterator[PlainColumn]:
    """Each row with the numbered ones under it, column by column, where most columns come out."""
    for head, parts in _groups(grid.rows):
        found = [
            PlainColumn(f"{clean(head.lead)}·{grid.labels[col]}", tuple(own), whole, whole.view)
            for col, whole in sorted(head.values.items())
            if (own := _added(parts, col))
            and {whole.kind, *(one.kind for one in own)} <= {Kind.PLAIN, Kind.MONEY, Kind.COUNT}
        ]
        held = sum(total(part.base for part in one.parts).meets(one.total.base) for one in found)
        if held * 2 > len(found):
            yield from found


def _groups(rows: tuple[GridRow, ...]) -> Iterator[tuple[GridRow, list[GridRow]]]:
    """Each row above a number 1 with the rows that count on from there; rows without a number detail them."""
    head: GridRow | None = None
    parts: list[GridRow] = []
    for before, row in zip((None, *rows), rows, strict=False):
        mark = _NUMBER.match(row.lead)
        number = int(mark["n"]) if mark else 0
        if number == 1:
            if head is not None and len(parts) >= _FEWEST:
                yield head, parts
            plain = before is not None and not _NUMBER.match(before.lead) and line_of(before.lead) is None
            head, parts = before if plain else None, [row]
        elif number == len(parts) + 1 and head is not None:
            parts.append(row)
    if head is not None and len(parts) >= _FEWEST:
        yield head, parts


def _added(parts: list[GridRow], col: int) -> list[Figure]:
    """The numbers of the parts in a column; none where one lacks it."""
    own = [row.values[col] for row in parts if col in row.values]
    return own if len(own) == len(parts) else []
