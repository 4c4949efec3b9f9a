"""Floor 10: two versions of a report side by side: what became of every finding, and what else changed."""

from auditor.recheck.compare import compare
from auditor.recheck.model import File, Recheck

__all__ = ["File", "Recheck", "compare"]
