"""Floor 6: one rule per module, in a folder for each family; report in, results out."""

from auditor.rules.base import Addressee, ByOthers, Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

__all__ = ["Addressee", "ByOthers", "Result", "Rule", "Settings", "Severity", "Verdict"]
