"""Findings and questions under the numbers that every paper gives them."""

from __future__ import annotations

from collections import Counter

from auditor.memo.model import Report, Result
from auditor.values import frozen

FORM = "制表单位"
"""Whom a problem of the form itself goes to."""


@frozen
class Problem:
    """One numbered problem: `first` leads, the others of its `results` have the same cause."""

    first: Result

    @property
    def number(self) -> int:
        assert self.first.number is not None
        return self.first.number

    @property
    def kind(self) -> str:
        """inconsistent, query or model."""
        return "model" if self.first.origin == "model" else self.first.verdict

    @property
    def results(self) -> tuple[Result, ...]:
        return (self.first, *self.first.related)

    @property
    def decided(self) -> str:
        """The reviewer's word on it, "" for none."""
        return self.first.decision.decision if self.first.decision else ""

    @property
    def rejected(self) -> bool:
        """Whether a reviewer has rejected it, and nothing that stands under it was decided otherwise:
        told, but no longer asked of the unit."""
        decided = [one.decision.decision for one in self.results if one.decision is not None]
        return self.first.decision is not None and set(decided) == {"驳回"}

    @property
    def goes_out(self) -> bool:
        """Whether the unit is asked: not what was rejected, and what a model asks only when a reviewer
        has confirmed it."""
        return not self.rejected and (self.kind != "model" or self.decided == "确认")

    @property
    def goes_to_unit(self) -> bool:
        """Whether the one who wrote the report is asked: what is wrong with the form itself, only the bureau that drew
        it up can mend."""
        return self.goes_out and any(one.asks != FORM for one in self.results)


def problems(report: Report) -> list[Problem]:
    """Everything that is asked, in the order of the numbers."""
    return [Problem(result) for result in report.results if result.number is not None]


def going_out(report: Report) -> tuple[list[Problem], list[Problem]]:
    """What the unit is told, as every paper that goes out counts it: what is proved, and what it is to explain."""
    out = [one for one in problems(report) if one.goes_out]
    return [one for one in out if one.kind == "inconsistent"], [
        one for one in out if one.kind != "inconsistent"
    ]


def decisions(report: Report) -> Counter[str]:
    """How many problems are decided how, those of the rules and those of a model; "" counts the others."""
    return Counter(one.decided for one in problems(report))
