"""Precision and recall of what was believed, against the labels.

A finding is right when a label expects its code and its evidence touches the label's narrative (of
L804 and L807: both places). A code that a label tolerates counts neither way. Everything else is
wrong, words that nobody labelled included. A planted problem is found when some finding is right
about it. What verification dropped is counted, and is never right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from auditor.judge.codes import CODES
from auditor.judge.outcome import Outcome
from auditor.rules import Result
from benchmarks.judge_eval.cases import Case, Label


@dataclass
class Score:
    """Of one question, or of all.

    planted, found   labels that expect it, and those that some finding is right about
    right, wrong, tolerated   findings that passed verification
    sound, disturbed   sound narratives set against it, and those that a wrong finding touches (a right
                       one may: a sound passage can be the second place of a contradiction)
    dropped   items that verification refused
    attached  items told under a finding of the rules
    """

    planted: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0
    tolerated: int = 0
    sound: int = 0
    disturbed: int = 0
    dropped: int = 0
    attached: int = 0

    @property
    def precision(self) -> Fraction | None:
        """None where nothing was found."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Fraction | None:
        return _share(self.found, self.planted)

    def add(self, other: Score) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def data(self) -> dict[str, Any]:
        shares = {"precision": self.precision, "recall": self.recall}
        return vars(self) | {name: _number(share) for name, share in shares.items()}


@dataclass
class Scores:
    """By question. `broken` items fit no schema, so that no question can be blamed."""

    by_code: dict[str, Score] = field(default_factory=lambda: {code: Score() for code in CODES})
    broken: int = 0
    mistakes: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> Score:
        total = Score()
        for score in self.by_code.values():
            total.add(score)
        return total

    def take(self, case: Case, outcome: Outcome) -> None:
        """Counts one report's outcome."""
        wrong: list[Result] = [finding for finding in outcome.results if self._wrong(case, finding)]
        for label in case.labels:
            self._label(case, label, outcome, wrong)
        for attached in outcome.attached:
            self.by_code[attached.code].attached += 1
        for dropped in outcome.dropped:
            self.reasons[dropped.reason] = self.reasons.get(dropped.reason, 0) + 1
            if dropped.code in self.by_code:
                self.by_code[dropped.code].dropped += 1
            else:
                self.broken += 1

    def _label(self, case: Case, label: Label, outcome: Outcome, wrong: list[Result]) -> None:
        if label.sound:
            score = self.by_code[label.against]
            score.sound += 1
            score.disturbed += any(_touches(one, case, label.quote) for one in wrong)
        for code in label.expected:
            found = any(one.rule.code == code and _meets(case, label, one) for one in outcome.results)
            found = found or any(one.code == code and one.quote in label.quote for one in outcome.attached)
            self.by_code[code].planted += 1
            self.by_code[code].found += found
            if not found:
                self.missed.append(f"{case.name} {code} {label.quote}")

    def _wrong(self, case: Case, finding: Result) -> bool:
        """Counts a finding; says whether it is wrong."""
        code = finding.rule.code
        score = self.by_code[code]
        if any(code in label.expected and _meets(case, label, finding) for label in case.labels):
            score.right += 1
        elif any(code in one.tolerated and _touches(finding, case, one.quote) for one in case.labels):
            score.tolerated += 1
        else:
            score.wrong += 1
            self.mistakes.append(f"{case.name} {code} {case.report.quote(finding.evidence[0])}")
            return True
        return False


def _meets(case: Case, label: Label, finding: Result) -> bool:
    return all(_touches(finding, case, quote) for quote in (label.quote, label.other) if quote)


def _touches(finding: Result, case: Case, quote: str) -> bool:
    place = case.span(quote)
    return any(span.overlaps(place) for span in finding.evidence)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _number(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 4)
