"""auditor: recomputes a public spending self-evaluation report and proves every line.

>>> from auditor import audit
>>> memo = audit("examples/01-national.txt")
>>> report = memo.documents[0].reports[0]
>>> report.project, report.self_score
('农村饮水安全巩固提升项目', '99.55')
>>> wrong = [result for result in report.results if result.verdict == "inconsistent"]
>>> all(evidence.quote for result in wrong for evidence in result.evidence)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.version import __version__

if TYPE_CHECKING:
    from auditor.api import audit as audit

__all__ = ["__version__", "audit"]


def __getattr__(name: str) -> object:
    # Importing `auditor` stays cheap: pydantic and the rules load with the first audit.
    if name == "audit":
        from auditor.api import audit

        return audit
    raise AttributeError(f"module 'auditor' has no attribute {name!r}")
