"""What rests on a doubtful reading only asks.

A row that was laid under its header by the cheapest guess, or a sum over a table of which a row
could not be read, proves nothing: the contradiction may be the reader's.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.report import Report
from auditor.rules import Result, Severity, Verdict

_SHIFTED = "（所在行的列有错位，本工具的读法不一定对，请先核对原表。）"
_MISSING = "（表中有行未能读入，合计关系可能因此不符，请先核对原表。）"


def trusted(result: Result, report: Report) -> Result:
    """The result itself, or a query in place of an `inconsistent` that rests on a doubtful reading."""
    if result.verdict is not Verdict.INCONSISTENT:
        return result
    if any(span.overlaps(row) for span in result.evidence for row in report.doubtful):
        note = _SHIFTED
    elif result.rule.needs_all_rows and report.unread:
        note = _MISSING
    else:
        return result
    return replace(
        result, verdict=Verdict.QUERY, message=result.message + note, severity=Severity.LOW, impact=""
    )
