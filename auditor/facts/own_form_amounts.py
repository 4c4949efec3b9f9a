"""The row of a summary that tells of a project, against the form of that project itself."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.claim import Strength
from auditor.report.model import Amount, Report
from auditor.values import frozen


@frozen
class Summed:
    """One amount of `project`: as the summary tells it, and as its own form does."""

    project: str
    own: Amount
    other: Amount
    strength: Strength

    @property
    def holds(self) -> bool:
        return self.own.figure.base.meets(self.other.figure.base)


def summed(report: Report) -> Iterator[Summed]:
    """Every amount told by both: proof where another amount ties the two together."""
    for form in report.own_forms:
        tied = any(own.figure.base.meets(other.figure.base) for own, other in form.amounts)
        for own, other in form.amounts:
            known = not (report.unit_assumed(own) or form.form.unit_assumed(other))
            certain = tied and known and not (report.doubtful or form.form.doubtful)
            yield Summed(form.name, own, other, Strength.PROOF if certain else Strength.ASK)
