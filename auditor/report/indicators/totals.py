"""The total and subtotal rows of an indicator table: which columns their numbers belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.document import Cell, Row
from auditor.figures import Figure
from auditor.report.align import FIGURES, Aligner, CellType, Column, ColumnType, cell_type
from auditor.report.indicators.cells import PAIR, pair_of, points_of
from auditor.report.labels import TOTAL_ROW, sums_up
from auditor.report.model import Indicator, ScoreTotal
from auditor.values import frozen

_SUMMED = ("weight", "score", "review")
"""Columns of points whose sum a total row can print; the points of levels are no row's own."""


@frozen
class TotalRow:
    """A total row as read; `lone`: its one number stands under no column and is no sum of the rows read so far."""

    total: ScoreTotal
    lone: bool = False


def is_total(row: Row) -> bool:
    """A total label and nothing but numbers behind it; an indicator called 总计 has a target."""
    at = next((i for i, cell in enumerate(row.cells[:3]) if TOTAL_ROW.fullmatch(cell.text)), None)
    if at is None or ":" in row.cells[at].text:
        return False
    label = row.cells[at].text  # once more in each place that a merged cell covered
    behind = [
        cell for cell in row.cells[at + 1 :] if cell_type(cell.text) is CellType.TEXT and cell.text != label
    ]
    return len(behind) < 2 or any("等" in cell.text for cell in behind)


@dataclass
class TotalRows:
    """Reads the total rows under one header; `indicators` are the rows above, as far as they were read."""

    columns: tuple[Column, ...]
    aligner: Aligner
    indicators: Sequence[Indicator]
    table: int

    def __post_init__(self) -> None:
        self.kinds = {column.holds for column in self.columns}
        self.points = [column for column in self.columns if column.type is ColumnType.POINTS]
        self.names = {column.at for column in self.columns if column.type is ColumnType.LABEL}
        self._above: dict[str, tuple[int, Decimal]] = {}  # by kind: rows added up, their sum

    def read(self, row: Row, scope: str | None) -> TotalRow | None:
        """The total that a row prints of `scope`; `None` when nobody can tell under which column its numbers are."""
        label, *cells = _told(row)
        numbers = [cell for cell in cells if cell_type(cell.text) in FIGURES]
        full = self._full_score(numbers)
        numbers = [cell for cell in numbers if cell is not full]
        found = self._pair(cells) or self._over_both(numbers) or self._place_total(numbers)
        if full is not None and (weight := points_of(full)) is not None:
            found = {"weight": weight, **found}
        if numbers and not found:
            lone = points_of(numbers[0]) if len(numbers) == 1 and scope is None else None
            if lone is None or not {"weight", "score"} <= self.kinds:
                return None
            return TotalRow(ScoreTotal(label.text, row.span, None, lone, None, self.table), lone=True)
        return TotalRow(
            ScoreTotal(
                label.text, row.span, found.get("score"), found.get("weight"), scope, self.table,
                review_score=found.get("review"), deduction=self._under("deduction", numbers),
            )
        )  # fmt: skip

    def _pair(self, cells: Sequence[Cell]) -> dict[object, Figure]:
        """Weight and score of the cell that holds both ("100/96.5")."""
        pair = next((cell for cell in cells if PAIR.fullmatch(cell.text)), None)
        kind = "pair back" if "pair back" in self.kinds else "pair"
        return {} if pair is None else pair_of({kind: pair})

    def _under(self, kind: str, numbers: list[Cell]) -> Figure | None:
        """The number of a total row that stands under the column of that kind."""
        at = next((column.at for column in self.columns if column.holds == kind), None)
        cell = next((cell for cell in numbers if cell.col == at), None)
        return None if cell is None else points_of(cell)

    def _full_score(self, numbers: list[Cell]) -> Cell | None:
        """The number of a total row under the names, where these carry the weights ("指标（分值）"): their sum."""
        own = [cell for cell in numbers if cell.col in self.names]
        weighted = any(row.weight is not None for row in self.indicators)
        told = "weight" in self.kinds or not weighted or len(own) != 1 or len(numbers) < 2
        return None if told else own[0]

    def _over_both(self, numbers: list[Cell]) -> dict[object, Figure]:
        """The one number of a total row whose cell is merged over weight and score, or that counts "分" as
        no weight does: the score."""
        if len(numbers) != 1 or "score" not in self.kinds:
            return {}
        cell = numbers[0]
        covered = {column.holds for column in self.columns if cell.col <= column.at < cell.col + cell.colspan}
        figure = points_of(cell)
        if figure is None or not ({"weight", "score"} <= covered or cell.text.endswith("分")):
            return {}
        return {"score": figure}

    def _place_total(self, numbers: list[Cell]) -> dict[object, Figure]:
        """Which columns the numbers of a total row belong to: by count, by place, by arithmetic."""
        columns = self.points
        if not columns:
            return {}
        whole = [figure for cell in numbers if (figure := points_of(cell)) is not None]
        if len(whole) != len(columns) or not self._is_sum(columns[0].holds, whole[0]):
            numbers = self._without_copies(numbers)
        figures = [(cell, figure) for cell in numbers if (figure := points_of(cell)) is not None]
        if len(figures) == len(columns):
            return {column.holds: figure for column, (_, figure) in zip(columns, figures, strict=True)}
        # The sum of a column that holds no points ("偏差 | -2.31") is nobody's score.
        others = {
            column.at
            for column in self.columns
            if column.holds
            in ("other", "completion", "score rate", "deviation rate", "deviation", "deduction")
        }
        if ways := self._by_place(figures, others):
            # Rows slide, their total need not: the one that the sums of the rows speak for.
            return max(ways, key=lambda way: sum(self._is_sum(*placed) for placed in way.items()))
        left = [figure for cell, figure in figures if cell.col not in others]
        fitting = [one.holds for one in columns if len(left) == 1 and self._is_sum(one.holds, left[0])]
        return {fitting[0]: left[0]} if len(fitting) == 1 else {}

    def _by_place(
        self, figures: Sequence[tuple[Cell, Figure]], others: set[int]
    ) -> list[dict[object, Figure]]:
        """The figures under columns of points: as the rows stand, and as the header does."""
        ways = []
        for shift in (self.aligner.shift, 0):
            places = {column.at - shift: column.holds for column in self.points}
            own = [(cell, figure) for cell, figure in figures if cell.col in places or cell.col not in others]
            if own and all(cell.col in places for cell, _ in own):
                ways.append({places[cell.col]: figure for cell, figure in own})
        return ways

    def _without_copies(self, numbers: list[Cell]) -> list[Cell]:
        """The numbers without those that stand under no points and repeat the one before: a merged cell, undone."""
        points = {column.at for column in self.points}
        return [
            cell
            for before, cell in zip([None, *numbers], numbers, strict=False)
            if before is None or cell.col in points or cell.text != before.text
        ]

    def _is_sum(self, kind: object, figure: Figure) -> bool:
        """Whether the points of that kind of the rows above add up to the figure."""
        if kind not in _SUMMED:
            return False
        name = "review_score" if kind == "review" else str(kind)
        return self._sum_above(name) == figure.value

    def _sum_above(self, name: str) -> Decimal:
        """The points of all rows above: each is added once, however many totals ask, and the last, which may still
        be written to, anew."""

        def points(row: Indicator) -> Decimal:
            figure: Figure | None = getattr(row, name)
            return figure.value if figure is not None else Decimal(0)

        done, total = self._above.get(name, (0, Decimal(0)))
        closed = max(done, len(self.indicators) - 1)
        for at in range(done, closed):
            total += points(self.indicators[at])
        self._above[name] = closed, total
        return sum(map(points, self.indicators[closed:]), total)


def _told(row: Row) -> list[Cell]:
    """The label of a total row and what is told behind it, without the grade."""
    start = next(i for i, cell in enumerate(row.cells) if sums_up(cell.text))
    cells = list(row.cells[start:])
    grade = next((i for i, cell in enumerate(cells) if i and "等" in cell.text and len(cell.text) <= 8), None)
    return cells[:grade]
