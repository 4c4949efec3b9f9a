"""Floor 2: numbers as written, each an exact interval."""

from auditor.figures.figure import Figure, Kind, Modifier, add_up
from auditor.figures.interval import INFINITY, Interval, show, total
from auditor.figures.relation import Operation, Relation
from auditor.figures.scan import scan

__all__ = [
    "INFINITY", "Figure", "Interval", "Kind", "Modifier", "Operation", "Relation", "add_up", "scan", "show", "total",
]  # fmt: skip
