"""Floor 8: files in, audited reports out. Reads, runs the rules, puts together what speaks of one cell."""

from auditor.pipeline.engine import (
    AuditedDocument,
    AuditedReport,
    Compared,
    Failure,
    Run,
    run,
    unread_narratives,
)
from auditor.pipeline.group import Item

__all__ = [
    "AuditedDocument",
    "AuditedReport",
    "Compared",
    "Failure",
    "Item",
    "Run",
    "run",
    "unread_narratives",
]
