"""The evaluator's own table, row by row: what was given, what was taken off, and what is said for it."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.reasons import is_empty
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Figure
from auditor.report.model import FormKind, Indicator, Report
from auditor.values import frozen


@frozen
class Reviewed:
    """One row. `given` are the evaluator's points, `before` those they were taken from: the unit's own score
    where the table has it, and the weight; `remark` what is written for it, None where nothing is."""

    row: Indicator
    given: Figure
    before: tuple[Figure, ...]
    remark: View | None

    @property
    def taken(self) -> bool:
        """Whether the evaluator took something off."""
        off = self.row.deduction
        return self.given.value < self.before[0].value or (off is not None and off.value != 0)


def reviewed(report: Report) -> Iterator[Reviewed]:
    """The rows that an evaluator has marked; none where the paper is not such a table."""
    if report.form is not FormKind.REVIEW:
        return
    anew = any(row.review_score is not None for row in report.indicators)
    for row in counted(report):
        given = row.review_score if anew else row.score
        before = tuple(one for one in (row.score if anew else None, row.weight) if one is not None)
        if given is None or not before or row.shares_score or row.is_bonus or is_execution_row(row):
            continue
        said = next((one for one in (row.reason, row.narrative) if not is_empty(one)), None)
        yield Reviewed(row, given, before, said)


def has_remarks(report: Report) -> bool:
    """Whether the table has a place for remarks at all."""
    return any(row.has_reason_column or row.narrative is not None for row in report.indicators)
