"""The budget execution row of a form: the weight and the score of its money, an indicator of the total."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.compiled import compiled
from auditor.document import Cell, Row, Span
from auditor.figures import Figure, Kind, scan
from auditor.report.model import Indicator, Role

_WEIGHT_NOTE = compiled(r"[(（](\d{1,3}(?:\.\d+)?)分")


def execution_row(label: Cell | None, points: Mapping[Role, Figure], span: Span, header: Row) -> Indicator:
    """The row with these points, the score among them."""
    score = points[Role.SCORE]
    return Indicator(
        "预算执行率", label.view if label else score.view,
        weight=points.get(Role.WEIGHT) or _weight_in(header), score=score,
        review_score=points.get(Role.REVIEW), is_execution=True, span=span,
    )  # fmt: skip


def _weight_in(header: Row) -> Figure | None:
    """ "预算执行情况（20分）" or "得分（20分*执行率）" in the header names the weight."""
    for cell in header.cells:
        if _WEIGHT_NOTE.search(cell.text):
            return next((f for f in scan(cell.view) if f.kind is Kind.SCORE), None)
    return None
