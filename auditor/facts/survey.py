"""Surveys of satisfaction: who was asked, who answered and what, and the rate that follows.

发放问卷520份，收回500份。填“满意”的471份，满意度94.2%；填“基本满意”的21份      answers on either side of the rate
电话访问300户，非常满意201户、满意84户、一般15户，满意率95%                        the best answers together

Which answers count as satisfied and out of whom, a report hardly says: every reading that somebody could mean
is tried, and only a rate that none of them gives is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain

from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.rate_readings import Reading, divide
from auditor.facts.stated import once
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Passage

_UNITS = ("份", "名", "户", "家", "张", "个", "条", "例")
_MOST = 12  # answers of one survey


@dataclass
class Survey:
    """One survey of a passage: counts of forms or people by what they did or said, its rates, in order."""

    asked: list[Quantity] = field(default_factory=list)
    answered: list[Quantity] = field(default_factory=list)
    answers: list[tuple[str, Quantity]] = field(default_factory=list)
    rates: list[Quantity] = field(default_factory=list)

    @property
    def counts(self) -> list[Quantity]:
        """Every number of it but its rates, in order."""
        found = [*self.asked, *self.answered, *(one for _, one in self.answers)]
        return sorted(found, key=lambda one: one.start)

    @property
    def _has_too_many(self) -> bool:
        """Whether an answer was given more often than anybody answered."""
        bases = self.answered or self.asked
        return any(base.figure.amount < one.figure.amount for base in bases for _, one in self.answers)

    @property
    def is_sure(self) -> bool:
        """Whether only one rate can be made of it: one answer, and how many answered; of those asked in person
        all did, of forms sent out not all come back."""
        sent = any(word("sent_out").search(one.clause) for one in self.asked)
        if self._has_too_many:
            return False
        return len(self.answers) == 1 and (len(self.answered) == 1 or (not self.answered and not sent))

    @property
    def is_plain(self) -> bool:
        """Whether one group was asked once: no answer is counted twice, no number of theirs is vague."""
        told = [answer for answer, _ in self.answers]
        return (
            0 < len(told) <= _MOST
            and len(set(told)) == len(told)
            and len(self.asked) <= 1
            and len(self.answered) <= 2
            and bool(self.asked or self.answered)
            and not any(word("survey_each").search(one.head) for one in self.asked)
            and not any(one.figure.is_vague for one in self.counts)
        )

    def readings(self, rate: Quantity) -> Iterator[Reading]:
        """Every way to work out the rate, the plainest first."""
        bases = [*reversed(self.answered), *self.asked]
        if self._has_too_many:
            bases = bases[:1]
        well = [one for answer, one in self.answers if word("survey_well").fullmatch(answer)]
        badly = [one for answer, one in self.answers if word("survey_badly").fullmatch(answer)]
        sums = [(one,) for one in well]
        sums += [run for first in range(len(well)) for run in accumulate((one,) for one in well[first:])]
        everyone = tuple(one for _, one in self.answers)
        for base in chain(((one,) for one in bases), [everyone] if len(everyone) > 1 else []):
            for parts in dict.fromkeys(sums):
                yield divide(parts, base, rate)
            if badly:
                yield divide(tuple(badly), base, rate, rest=True)


def survey_of(rate: Quantity) -> Survey | None:
    """The survey that a rate of satisfaction is told of; None where its passage tells of none, or of several
    groups that nobody can keep apart."""
    if not word("survey_rate").search(rate.head):
        return None
    survey = next(_by_rate(rate.passage)).get(id(rate))
    return survey if survey is not None and survey.is_plain and survey.rates == [rate] else None


def unrated(passage: Passage) -> list[Survey]:
    """The surveys of a passage that say who was content and not at what rate, of this year."""
    if word("weighted").search(passage.text):
        return []
    return [
        one
        for one in surveys(passage)
        if one.is_plain
        and not one.rates
        and any(word("survey_well").fullmatch(answer) for answer, _ in one.answers)
        and not any(word("other_year").search(count.clause) for count in one.counts)
    ]


@once
def _by_rate(passage: Passage) -> Iterator[dict[int, Survey]]:
    """The surveys of a passage, by each of their rates; none where one is weighted."""
    found = [] if word("weighted").search(passage.text) else surveys(passage)
    yield {id(rate): survey for survey in found for rate in survey.rates}


def asked_in_groups(rate: Quantity, before: Sequence[Quantity]) -> bool:
    """Whether a rate of satisfaction is told of groups of which so many were asked each ("两类各150人，分别有143人、
    141人满意"): which numbers make it nobody can tell."""
    if not word("survey_rate").search(rate.head):
        return False
    own = [one for one in before if one.sentence == rate.sentence]
    return any(one.kind is Kind.COUNT and word("survey_each").search(one.head) for one in own)


def surveys(passage: Passage) -> list[Survey]:
    """The surveys of a passage in order; each begins with those asked, or with those who answered."""
    found: list[Survey] = []
    for one in quantities_of(passage):
        if one.kind is Kind.RATE and word("survey_rate").search(one.head):
            if found:
                found[-1].rates.append(one)
            continue
        if one.kind is not Kind.COUNT or one.unit not in _UNITS or one.spelled:
            continue
        if match := word("survey_answer").search(one.head):
            if found:
                found[-1].answers.append((match["answer"], one))
        elif word("survey_answered").search(one.head):
            if not found or found[-1].answers:
                found.append(Survey())
            found[-1].answered.append(one)
        elif found and not found[-1].answers and word("survey_in_all").search(one.head):
            found[-1].asked[:] = [one]  # "每村访问10户，共480户"
        elif word("survey_asked").search(one.head):
            found.append(Survey(asked=[one]))
    return found
