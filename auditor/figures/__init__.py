"""Floor 2: numbers as written, each an exact interval."""

from auditor.figures.equation import Equation
from auditor.figures.expression import Expression, Term, added
from auditor.figures.figure import Figure, Kind, Modifier, add_up
from auditor.figures.interval import INFINITY, Interval, show, total
from auditor.figures.marks import finest, is_assigned, mark, marks, printed
from auditor.figures.relation import Operation, Relation
from auditor.figures.scan import scan

__all__ = [
    "INFINITY", "Equation", "Expression", "Figure", "Interval", "Kind", "Modifier", "Operation", "Relation", "Term",
    "add_up", "added", "finest", "is_assigned", "mark", "marks", "printed", "scan", "show", "total",
]  # fmt: skip
