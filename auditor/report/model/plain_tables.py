"""Tables that no form knows, as plain numbers and names."""

from __future__ import annotations

from auditor.document import View
from auditor.figures import Figure
from auditor.values import frozen


@frozen
class PlainColumn:
    """A column of a table that no form knows: the figures of its rows, and the one of its 合计 row."""

    label: str
    parts: tuple[Figure, ...]
    total: Figure
    view: View


@frozen
class GridRow:
    """The numbers of one row of a table by grid column, what it is called, and the text it begins with."""

    name: str
    values: dict[int, Figure]
    lead: str


@frozen
class Grid:
    """A table as plain numbers: `labels` of its columns by grid column, and the rows under them."""

    labels: dict[int, str]
    rows: tuple[GridRow, ...]


@frozen
class Listing:
    """The numbered rows of a table, each one project: the head of their column, and their names."""

    head: View
    names: tuple[View, ...]
