"""A form laid out: paragraphs and grids of cells, each of which knows what must be read in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from tests.formats.form import FormCell, FormGrid, Part


@dataclass(frozen=True)
class Truth:
    """What a cell says.

    kind    "amount", "indicator", "total" or "head"
    of      the line of money or the indicator; "" for the whole project
    field   the role of the amount, the field of the indicator or of the head
    text    as printed · value  in base units (元, percent, points), of amounts
    header  the words it stands under · form  which of several forms it belongs to
    """

    kind: str
    of: str
    field: str
    text: str
    value: Decimal | None = None
    header: str = ""
    form: int = 0

    @property
    def is_figure(self) -> bool:
        return any(char.isdigit() for char in self.text)


@dataclass(frozen=True)
class Cell:
    """`kind`: header, label, value, words, title or blank. `down` and `right` are its spans."""

    text: str
    kind: str = "value"
    truth: Truth | None = None
    down: int = 1
    right: int = 1


@dataclass(frozen=True)
class Placed:
    row: int
    col: int
    cell: Cell


@dataclass(frozen=True)
class Sheet:
    """One grid. `repeats` are rows that a page break prints again: the number of a header row, by the
    row before which it is printed."""

    cells: tuple[Placed, ...]
    rows: int
    columns: int

    def grid(self) -> FormGrid:
        return FormGrid(
            tuple(
                FormCell(one.row, one.col, one.cell.text, one.cell.down, one.cell.right)
                for one in self.cells
                if one.cell.text
            ),
            self.rows,
            self.columns,
        )

    def row(self, number: int) -> list[Placed]:
        return [one for one in self.cells if one.row == number]


Block = list[list[Cell]]
"""Rows of cells from left to right; what a cell above reaches down over is left out."""
Page = list[str | Sheet]


def width(block: Block) -> int:
    return max(sum(cell.right for cell in row) for row in block[:1])


def laid(blocks: Sequence[Block], rng: Random, spare: int = 0) -> Sheet:
    """The blocks one under the other in one grid: each is drawn wider, by merges, until all are equal."""
    columns = max(map(width, blocks)) + spare
    cells: list[Placed] = []
    top = 0
    for block in blocks:
        own = width(block)
        sizes = [1] * own
        for _ in range(columns - own):
            sizes[rng.randrange(own)] += 1
        edges = [sum(sizes[:at]) for at in range(own + 1)]
        for row, col, cell in positions(block):
            right = edges[min(col + cell.right, own)] - edges[col]
            cells.append(Placed(top + row, edges[col], replace(cell, right=right)))
        top += len(block)
    return Sheet(tuple(cells), top, columns)


def positions(block: Block) -> Iterable[tuple[int, int, Cell]]:
    """Row, column and cell: a cell stands in the first column that no cell from above covers."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(block):
        col = 0
        for cell in cells:
            while (row, col) in taken:
                col += 1
            yield row, col, cell
            for down in range(cell.down):
                taken.update((row + down, col + right) for right in range(cell.right))
            col += cell.right


def parts(page: Page) -> list[Part]:
    return [part if isinstance(part, str) else part.grid() for part in page]


def truths(page: Page) -> list[Truth]:
    return [
        one.cell.truth
        for part in page
        if isinstance(part, Sheet)
        for one in part.cells
        if one.cell.truth is not None
    ]
