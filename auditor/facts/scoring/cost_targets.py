"""Targets of cost written as if more were better."""

from __future__ import annotations

from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.targets import compare
from auditor.figures import Kind, Modifier
from auditor.language import word
from auditor.report.model import Indicator

_UPWARD = (Modifier.AT_LEAST, Modifier.OVER)
_COSTS = (Kind.MONEY, Kind.COUNT, Kind.PLAIN)


def upward(row: Indicator) -> bool:
    classes = "/".join(level.name for level in row.path)
    if not word("indicator_of_cost").search(classes) or is_execution_row(row):
        return False
    if word("cost_saving").search(row.name) or word("cost_standard").search(row.name):
        return False
    if word("benefit_class").search(classes):
        return False
    outcome = compare(row)
    target = outcome.target if outcome is not None else None
    return target is not None and target.kind in _COSTS and target.modifier in _UPWARD
