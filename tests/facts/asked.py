"""What one rule asks of a short narrative."""

from __future__ import annotations

from auditor.document import read_bytes
from auditor.pipeline import run
from auditor.rules.base import Verdict
from auditor.rules.catalogue import catalogue


def asked(code: str, text: str, title: str = "民生项目") -> list[str]:
    """The messages of the questions and findings of a rule."""
    paper = f"云溪县2023年度{title}绩效自评报告\n{text}\n"
    found = run([read_bytes(paper.encode(), "报告.txt")], catalogue())
    results = [
        item.result for document in found.documents for report in document.reports for item in report.items
    ]
    return [
        one.message
        for one in results
        if one.rule.code == code and one.verdict in (Verdict.QUERY, Verdict.INCONSISTENT)
    ]
