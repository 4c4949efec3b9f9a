"""Indicator tables: levels inherited through merged cells, targets, actuals, weights, scores."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.document import Row
from auditor.report.indicator_columns import indicator_columns
from auditor.report.indicators.cells import name_of, weight_of
from auditor.report.indicators.rows import IndicatorHeader
from auditor.report.inferred_columns import GUESSED, inferred
from auditor.report.model import Level


def indicator_header(row: Row, index: int, below: Sequence[Row] = ()) -> IndicatorHeader | None:
    """The header this row is, or `None`. The rows `below` tell what a column holds that no word names."""
    found = indicator_columns(row)
    if found is None:
        return None
    named, group = found
    columns = inferred(named, row, below)
    header = IndicatorHeader(row, columns, index)
    header.guessed = any(column.holds in GUESSED and column not in named for column in columns)
    if group is not None and weight_of(group.view) is not None:
        header.root = Level(name_of(group.view), group.view, weight_of(group.view))
    return header
