"""The levels over the rows of an indicator table: which are open, and the points their labels carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from auditor.document import Cell, Span, View
from auditor.figures import Figure
from auditor.report.indicator_columns import LEVEL_SCORE, LEVEL_WEIGHT
from auditor.report.indicators.cells import name_of, points_of, weight_of
from auditor.report.model import Indicator, Level, ScoreTotal


@dataclass
class OpenLevels:
    """The levels that a row stands under, by the column of their label."""

    indicators: Sequence[Indicator]
    table: int
    open: dict[int, Level] = field(default_factory=dict)
    _points: dict[tuple[int, object], Figure | None] = field(default_factory=dict)

    def row_begins(self) -> None:
        """Forgets the points of levels that the row before printed."""
        self._points = {}

    def row_prints(self, index: int, kind: object, cell: Cell) -> None:
        """Keeps the points that a row prints in a column of their own for the level at `index`."""
        self._points[index, kind] = points_of(cell)

    def enter(self, index: int, view: View) -> ScoreTotal | None:
        """Opens the level of a label and closes those below it; the score it carries is a subtotal."""
        if index in self.open and not name_of(view) and self.open[index].weight is None:
            self.complete(index, view)  # "(50分)" alone: a page break cut it off its label
            return None
        if self.prints_again(index, view):
            return None  # the label of a merged cell, written again in each of the rows it spans
        for deeper in [i for i in self.open if i >= index]:
            del self.open[deeper]
        weight = self._points.get((index, LEVEL_WEIGHT)) or weight_of(view)
        self.open[index] = Level(name_of(view) or view.text, view, weight)
        score = self._points.get((index, LEVEL_SCORE)) or weight_of(view, "score")
        if score is None:
            return None
        return ScoreTotal(
            name_of(view), view.span().cover(score.span), score, None, name_of(view), self.table
        )

    def complete(self, index: int, view: View) -> None:
        """Joins the rest of a label that a page break cut to the level it belongs to, in the rows above too."""
        level = self.open[index]
        joined = level.view.join(view)
        merged = Level(name_of(joined), joined, weight_of(joined))
        self.open[index] = merged
        for indicator in self.indicators:
            indicator.path = tuple(merged if each is level else each for each in indicator.path)

    def prints_again(self, index: int, view: View) -> bool:
        """Whether the label of an open level is written once more."""
        return index in self.open and self.open[index].view.text == view.text


def weigh_by_label(rows: Iterable[Indicator]) -> None:
    """Where the labels print the points ("成本指标（15分）") and no column does, those of a label are the
    points of the only row under it."""
    under: dict[Span, tuple[Level, list[Indicator]]] = {}
    for row in rows:
        level = next((one for one in reversed(row.path) if one.weight is not None), None)
        if level is not None:
            under.setdefault(level.view.span(), (level, []))[1].append(row)
    for level, own in under.values():
        if len(own) == 1 and own[0].weight is None and not own[0].is_bonus:
            own[0].weight = level.weight
