"""Indicator tables: rows, the levels over them and the totals that close them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from auditor.document import NOWHERE, Span, View
from auditor.figures import Figure
from auditor.values import frozen


@frozen
class Level:
    """A level-1, -2 or -3 label with the weight printed in it ("绩效目标 (20分)")."""

    name: str
    view: View
    weight: Figure | None = None


@frozen
class IndicatorPart:
    """A row under an indicator that details it ("其中：东坪村 | 12亩 | 12亩") and carries no points."""

    name: str
    view: View
    target: View | None = None
    actual: View | None = None


@dataclass
class Indicator:
    """One row of an indicator table.

    path       enclosing levels, outermost first, merged cells inherited; without the row itself
    name       the row's own label without its weight
    target, actual, narrative, reason   the cells as written (None: no such column, or empty)
    weight, score, review_score, deduction   figures in points; exact decimals as printed
    sign, unit   operator and unit where the form prints them in cells of their own (四川, 重庆)
    completion  the share of the target that the form prints as reached, score_rate that of the weight as earned,
               deviation how far off the target the form says it is
    aside      cells of known columns that nothing is compared with (偏离, the target before its adjustment)
    is_execution  the row is the budget execution row of the form
    is_bonus     an extra-points row (加分项), outside the 100
    shares_score  the printed score or weight cell is merged over this row and its neighbours
    has_target_column / has_reason_column  whether the table has such a column at all
    parts      rows that detail it, in order
    table      number of the indicator table in the report, row its 1-based row in the document table
    year       the report's fiscal year, in which a deadline without a year falls
    """

    name: str
    name_view: View
    path: tuple[Level, ...] = ()
    target: View | None = None
    actual: View | None = None
    narrative: View | None = None
    reason: View | None = None
    weight: Figure | None = None
    score: Figure | None = None
    review_score: Figure | None = None
    deduction: Figure | None = None
    sign: View | None = None
    unit: View | None = None
    completion: View | None = None
    score_rate: View | None = None
    deviation: View | None = None
    aside: tuple[View, ...] = ()
    is_execution: bool = False
    is_bonus: bool = False
    has_target_column: bool = False
    has_actual_column: bool = False
    has_reason_column: bool = False
    shares_score: bool = False
    parts: list[IndicatorPart] = field(default_factory=list)
    table: int = 0
    span: Span = NOWHERE
    year: int | None = None

    @property
    def lost(self) -> Decimal | None:
        """Points lost, as printed; None where weight or score is unknown."""
        if self.weight is None or self.score is None:
            return None
        return self.weight.value - self.score.value

    @property
    def full_marks(self) -> bool:
        return self.lost is not None and self.lost <= 0 and self.weight is not None and self.weight.value > 0

    @property
    def place(self) -> str:
        """ "一级/二级/三级" for messages."""
        names = [level.name for level in self.path] + [self.name]
        return "/".join(dict.fromkeys(name for name in names if name))


@frozen
class ScoreTotal:
    """A printed total or subtotal row of an indicator table, or a total stated in prose.

    scope    names the level it sums ("产出指标"), None for the whole table
    score, weight   as printed, either may be missing
    table    indicator table it closes; None in prose
    """

    label: str
    span: Span
    score: Figure | None = None
    weight: Figure | None = None
    scope: str | None = None
    table: int | None = None
    review_score: Figure | None = None
    deduction: Figure | None = None
