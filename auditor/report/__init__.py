"""Floor 4: what the report says."""

from auditor.report.model import Report
from auditor.report.read import read_reports

__all__ = ["Report", "read_reports"]
