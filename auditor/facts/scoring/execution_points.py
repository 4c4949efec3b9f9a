"""What an execution rate earns: in proportion, by the bands of the form, or by its points per per cent."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from auditor.document import View
from auditor.facts.scoring import execution
from auditor.facts.scoring.earning import (
    NATIONAL_EXECUTION,
    PER_POINT,
    Earned,
    rule_for,
    short_of,
    stepped,
)
from auditor.facts.scoring.execution import Rate, Row
from auditor.facts.scoring.marks import assigned, computed
from auditor.figures import Figure, Interval, Term, show
from auditor.language import word
from auditor.report.model import Report, ScoringRule, ScoringSubject
from auditor.values import frozen


class Doubt(StrEnum):
    """Why a score that does not come out is only asked about."""

    BY_ITS_RATE = "by its rate"  # it comes out by the printed rate, not by the amounts
    SEVERAL = "several"  # budgets and payments are told in more than one way
    OWN_RULE = "own rule"  # the report has rules or exceptions of its own


@frozen
class ExecutionScore:
    """The score of an execution row against what its rates earn.

    options  every rate with every way to earn by it · fitting  those that give the score
    plain    those that give it by the amounts as they are printed
    other    another rule for the execution rate, told in the text
    """

    row: Row
    rates: list[Rate]
    rule: ScoringRule | None
    score: Interval
    options: list[tuple[Rate, Earned]]
    other: View | None
    doubt: Doubt | None

    @cached_property
    def fitting(self) -> list[tuple[Rate, Earned]]:
        return [(rate, option) for rate, option in self.options if option.points.meets(self.score)]

    @property
    def holds(self) -> bool:
        first = next((rate for rate, _ in self.fitting), None)
        return first is not None and (
            first.computed or not any(r.computed and not r.share.meets(first.share) for r in self.rates)
        )

    @property
    def plain(self) -> list[Earned]:
        return [option for _, option in self.fitting if self.score.contains(option.value)]

    @property
    def only_rounded(self) -> bool:
        """Whether the score fits whole amounts that were rounded, but not the amounts as they are printed."""
        return not self.plain and not any(figure.decimals for figure in self.fitting[0][0].evidence)

    @property
    def first_per_rate(self) -> list[tuple[Rate, Earned]]:
        first: dict[str, tuple[Rate, Earned]] = {}
        for rate, option in self.options:
            first.setdefault(rate.text, (rate, option))
        return list(first.values())

    @property
    def in_proportion(self) -> Rate | None:
        """The rate whose plain proportion is the score although the form declares points per point."""
        weight = Interval.exact(self.row.weight.value)
        near = (rate for rate in self.rates if (weight * rate.share).meets(self.score))
        return next(near, None) if self.rule is not None else None


def execution_scores(report: Report) -> Iterator[ExecutionScore]:
    rows = list(execution.rows(report))
    for row in rows:
        rates = execution.rates(report, row)
        rule = rule_for(report, row.indicator, execution=True)
        options = [(rate, option) for rate in rates for option in _options(row, rate, rule)]
        score = computed(row.score, report.score_unit)
        other = _other_rule(report) if options else None
        if other is not None and rule is not None and rule.view.span().overlaps(other.span()):
            other = None  # the very rule that was applied
        doubt: Doubt | None = None
        # Another row that scores an execution may be the one whose rates these are.
        unsure = (
            sum(rate.computed for rate in rates) > 1
            or len(rows) > 1
            or not any(rate.tabled for rate in rates)
        )
        if any(option.points.meets(score) for _, option in options):
            doubt = Doubt.BY_ITS_RATE
        elif unsure:
            doubt = Doubt.SEVERAL
        elif other is not None or (rule.exceptions if rule is not None else _for_execution(report)):
            doubt = Doubt.OWN_RULE
        yield ExecutionScore(row, rates, rule, score, options, other, doubt)


def _for_execution(report: Report) -> bool:
    """Whether a declared rule may be meant for the execution rate too."""
    return any(
        rule.per_point is not None or rule.subject is ScoringSubject.EXECUTION
        for rule in report.scoring_rules
    )


def _options(row: Row, rate: Rate, rule: ScoringRule | None) -> list[Earned]:
    weight = row.weight
    if rule is not None and rule.floor is not None and rate.share.high < rule.floor:
        return [
            Earned(PER_POINT, Interval.exact(0), Decimal(0), f"{show(rate.value * 100, 2)}% 低于下限，不得分")
        ]
    if rule is not None and rule.steps:
        # "达到90%得满分" alone leaves open what is earned below.
        rest = [_proportional(weight, rate, Decimal(1))] if len(rule.steps) == 1 else []
        return [*stepped(weight, rate.share, rule.steps), *rest]
    if rule is not None and (rule.per_point is not None or rule.points_off is not None):
        aim = row.target.amount if row.target is not None else Decimal(1)
        points = ((Interval.exact(aim) - rate.share) * Interval.exact(100)).floored(Decimal(0))
        short = max((aim - rate.value) * 100, Decimal(0))
        return [short_of(weight, points, short, rule)]
    options = [_proportional(weight, rate, Decimal(1))]
    if row.target is not None and 0 < row.target.amount < 1:
        options.append(_proportional(weight, rate, row.target.amount))
    return options


def _proportional(weight: Figure, rate: Rate, aim: Decimal) -> Earned:
    points = Interval.exact(weight.value) * rate.share / Interval.exact(aim)
    value = weight.value * rate.value / aim
    share = rate.terms if aim == 1 else rate.terms / Term.exact(aim * 100, percent=True)
    terms = share * assigned(weight)
    if value > weight.value:
        told = f"{terms.text} = {show(value, 2)}，最高 {show(weight.value)}"
        return Earned(NATIONAL_EXECUTION, points.capped(weight.value), weight.value, told)
    return Earned(NATIONAL_EXECUTION, points.capped(weight.value), value, terms=terms)


def _other_rule(report: Report) -> View | None:
    for passage in report.prose:
        if "执行率" in passage.text:
            match = word("own_execution_rule").search(passage.text)
            if match:
                return passage.view.part(*match.span())
    return None
