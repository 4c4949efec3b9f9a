"""Findings and questions under the numbers that every paper gives them."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.memo.model import Report, Result
from auditor.memo.wording import asked, causes


@dataclass(frozen=True)
class Problem:
    """One numbered problem: `kind` is inconsistent, query or model; the first of its results leads,
    the others have the same cause."""

    number: int
    kind: str
    results: tuple[Result, ...]

    @property
    def first(self) -> Result:
        return self.results[0]

    @property
    def rejected(self) -> bool:
        """Whether a reviewer has rejected all of it: told, but no longer asked of the unit."""
        return all(one.decision is not None and one.decision.decision == "驳回" for one in self.results)


def problems(report: Report) -> list[Problem]:
    """Everything the unit is asked, worst first; those of one kind stand side by side."""
    found = [(kind, tuple(cause)) for kind in ("inconsistent", "query") for cause in causes(report, kind)]
    found += [("model", (result,)) for result in asked(report)]
    return [Problem(number, kind, results) for number, (kind, results) in enumerate(found, 1)]
