"""Rates against the counts that stand beside them, as no words but their nearness tell.

抽检样品80份，合格60份，合格率95%                        the two of its sentence
发放问卷200份，收回180份，满意171份，满意度95%           what a survey itself counts
计划修缮40公里，实际修缮45公里，完成计划的122.5%         done of planned
婚姻家庭320件，占37.2%，邻里260件，其他280件             of all that is listed
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.document import Span
from auditor.facts.claim import Strength
from auditor.facts.quantities import between, is_plan, plan_spans, quantities, rate_of, sentence_start
from auditor.facts.quantity import Quantity
from auditor.facts.rate_guards import is_stricter
from auditor.facts.rate_readings import (
    Reading,
    beside_it,
    closest,
    combined,
    divide,
    is_done_too,
    is_named,
    is_negative,
    is_value,
    is_whole_of,
    kinds,
    near,
    numerator,
    partitioned,
    sharp,
    simple,
    too_few_back,
    without_sent,
)
from auditor.facts.rate_rivals import WINDOW, has_a_share, nearer, of_another_rate, of_other_units
from auditor.facts.rates_first import turned
from auditor.facts.survey import Survey, asked_in_groups, survey_of, unrated
from auditor.figures import Equation, Figure, Kind, Modifier
from auditor.language import any_of, word
from auditor.report.model import Passage, Report, TextKind
from auditor.values import frozen

_NEAR = 40  # figures looked at on either side
_FAR = 60  # passages looked at on either side


@frozen
class Beside:
    """A rate and how it is computed from the counts beside it.

    reading  the way that gives it, else the one that is nearest
    pool     all that was tried, where that is more than the reading · surveyed  what a survey counts
    elsewhere  a count told elsewhere that would be the right whole
    name  of the row that the rate stands in; "" where its own words name it
    """

    rate: Quantity
    reading: Reading
    pool: tuple[Quantity, ...] = ()
    surveyed: bool = False
    elsewhere: Quantity | None = None
    strength: Strength = Strength.ASK
    holds: bool = True
    name: str = ""

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (*(one.figure for one in self.pool or self.reading.figures), self.rate.figure)

    def equations(self, note: str = "") -> tuple[Equation, ...]:
        """None where the reading divides by nothing."""
        if self.reading.terms is None:
            return ()
        return (rate_of(self.reading.terms, self.rate.figure, holds=self.holds, note=note),)


def beside(report: Report) -> Iterator[Beside]:
    """Every rate of running text with the counts beside it that make it, or that ought to."""
    goals = plan_spans(report)
    for passage in (*report.prose, *turned(report)):
        if "%" not in passage.text and "‰" not in passage.text and "百分" not in passage.text:
            continue
        found = quantities(passage)
        for at, rate in enumerate(found):
            if rate.figure.upper is not None:
                continue
            survey = survey_of(rate) if rate.figure.kind is Kind.RATE else None
            if survey is not None and not is_plan(rate, goals):
                yield from _surveyed(report, survey, rate)
            elif asked_in_groups(rate, found[max(at - WINDOW, 0) : at]):
                continue
            elif rate.figure.kind is Kind.RATE and not any_of("a_change", "excess").search(rate.head):
                before = [quantity for quantity in found[max(at - _NEAR, 0) : at] if is_value(quantity)]
                after = found[at + 1 : at + _NEAR]
                yield from _rate(report, before[-WINDOW:], after, rate, goals)
    yield from _in_row(report)


def _in_row(report: Report) -> Iterator[Beside]:
    """The rate of the one indicator of satisfaction, by the one survey that the text tells without a rate."""
    asked = [row for row in report.indicators if row.actual and word("satisfaction").search(row.name)]
    if len(asked) != 1 or asked[0].actual is None:
        return
    (row,) = asked
    rates = quantities(Passage(asked[0].actual, TextKind.CELL))
    told = [one for passage in report.prose if "满意" in passage.text for one in unrated(passage)]
    if len(rates) != 1 or len(told) != 1:
        return
    rate, survey = rates[0], told[0]
    others = (one.span for one in report.indicators if one is not row)
    places = [one.figure.span for one in survey.counts]
    plain = rate.kind is Kind.RATE and not (rate.figure.is_bound or rate.figure.is_vague or rate.figure.upper)
    if plain and not any(place.overlaps(other) for other in others for place in places[:1]):
        for one in _surveyed(report, survey, rate):
            yield replace(one, strength=Strength.ASK, name=row.name)


def _surveyed(report: Report, survey: Survey, rate: Quantity) -> Iterator[Beside]:
    """How many were content, by what the survey itself counts."""
    readings = list(survey.readings(rate))
    if any(one.value.meets(rate.figure.interval) for one in readings):
        yield from _judge(report, rate, readings, sure=False)
        return
    printed = rate.figure.value
    nearest = min(readings, key=lambda one: abs(one.value.low - printed), default=None)
    if nearest is not None:
        sure = survey.is_sure and all(one.sentence == rate.sentence for one in survey.counts)
        pool = survey.counts if len(survey.answers) > 1 else ()
        yield from _judge(report, rate, [nearest], sure=sure, pool=pool, surveyed=True)


def _rate(
    report: Report,
    earlier: list[Quantity],
    after: tuple[Quantity, ...],
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Beside]:
    bracket = _bracketed(after, rate)
    close = near(earlier, rate)
    if bracket:
        close = [*close, bracket]
    if not earlier:
        return
    if word("of_plan").search(rate.head) and (pair := _planned(close)):
        yield from _completion(report, close, pair, rate, goals)
        return
    of = earlier[-1]
    if between(of, rate) == "的" and word("share_of").search(of.head):
        parts = [part for part in close if part.unit == of.unit and part is not of]
        readings = [divide((part,), (of,), rate) for part in reversed(parts)]
        yield from _judge(report, rate, readings, sure=len(parts) == 1)
        return
    name = word("stem_of_rate").search(rate.head)
    if name is None or (rate.figure.is_bound and is_plan(rate, goals)):
        return
    yield from _named_rate(report, earlier, after, close, bracket, name["stem"], rate, goals)


def _named_rate(
    report: Report,
    earlier: list[Quantity],
    after: tuple[Quantity, ...],
    close: list[Quantity],
    bracket: Quantity | None,
    stem: str,
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Beside]:
    if not stem and not bracket and nearer(rate, earlier[-1]):
        return
    part = bracket or numerator(close, stem, rate)
    if part is None and stem and (rate.figure.is_vague or rate.figure.modifier is Modifier.EQUAL):
        return
    scope = earlier if part or not stem else [q for q in earlier[-2:] if q.sentence == rate.sentence]
    first = part or (scope[-1] if scope else None)
    if first is None:
        return
    units = kinds(first, rate)
    same = [quantity for quantity in scope if quantity.unit in units and quantity is not first]
    readings = list(simple(first, same, rate))
    fitting = next((r for r in readings if r.value.meets(rate.figure.interval)), None)
    pool = [quantity for quantity in close if quantity.unit in units]
    if fitting is None and part:
        fitting = beside_it(part, scope, rate)
    if fitting is None and not stem:
        # "婚姻家庭320件，占37.2%，邻里260件，占30.2%，其他280件": of all that is listed.
        listed = [q for q in (*earlier, *after) if q.sentence == rate.sentence and q.unit in units]
        every = divide((first,), tuple(listed), rate) if len(listed) > 2 else None
        fitting = every if every is not None and every.value.meets(rate.figure.interval) else None
    if fitting is None and (part or len(pool) <= 2):
        # How many came back of those sent is no rate of the satisfied; how many came is none of the settled.
        fitting = next(
            (
                r
                for r in combined(pool, rate)
                if not stem or part is None or (_speaks(r, part, stem) and _sound(r, stem))
            ),
            None,
        )
    back = too_few_back(close, part) if part and "满意" in stem else None
    if back and part:
        yield from _judge(report, rate, [divide((part,), (back,), rate)], sure=False)
    elif fitting:
        if sharp(fitting, rate):
            yield Beside(rate, fitting)
    elif part and not (rate.figure.is_bound or is_plan(rate, goals) or of_another_rate(part, pool, rate)):
        yield from _doubt(report, part, pool, stem, rate)


def _speaks(reading: Reading, part: Quantity, stem: str) -> bool:
    """Whether the parts are what the rate's name speaks of, "满意43个" as well as "基本满意2个"."""
    return part in reading.parts or all(one.label == stem for one in reading.parts)


def _sound(reading: Reading, stem: str) -> bool:
    """Whether the parts may be what the rate's name speaks of: no one dissatisfied among the satisfied."""
    if "满意" not in stem:
        return True
    return not any(is_negative(part) or word("lower_answers").search(part.clause) for part in reading.parts)


def _bracketed(after: tuple[Quantity, ...], rate: Quantity) -> Quantity | None:
    """The count in brackets right behind a rate: "满意率96.5%(1158人)"."""
    if after and is_value(after[0]) and word("bracket_that_is").fullmatch(between(rate, after[0])):
        return after[0]
    return None


def _planned(close: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The done and the planned count, where the sentence has one planned count of that unit."""
    for plan in close:
        if word("as_planned").search(plan.clause):
            others = [q for q in close if q.unit == plan.unit and q is not plan]
            if any(word("as_planned").search(q.clause) for q in others):
                return None
            done = [q for q in others if not is_negative(q)]
            return (done[-1], plan) if done else None
    return None


def _completion(
    report: Report,
    close: list[Quantity],
    pair: tuple[Quantity, Quantity],
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Beside]:
    done, plan = pair
    pool = [quantity for quantity in close if quantity.unit == plan.unit]
    plain = divide((done,), (plan,), rate)
    fitting = plain if plain.value.meets(rate.figure.interval) else next(combined(pool, rate), None)
    if fitting:
        yield Beside(rate, fitting)
        return
    if "超" in rate.head:
        return  # "超额完成15%": beyond the plan, or of it
    # "完成率100%" is how many a report says "all of it" where more was done than planned.
    capped = rate.figure.amount == 1 and not done.base.below(plan.base)
    stated = any(goal.overlaps(rate.figure.span) for goal in goals)
    vague = rate.figure.is_vague or any(quantity.figure.is_vague for quantity in pool)
    if not (capped or stated or vague):
        yield from _judge(report, rate, [plain], sure=len(pool) == 2, pool=pool)


def _doubt(
    report: Report, part: Quantity, pool: list[Quantity], stem: str, rate: Quantity
) -> Iterator[Beside]:
    """Nothing gives the rate: proof with two counts, the larger marked as the whole; else a question."""
    pool = without_sent(pool, part)
    others = [quantity for quantity in pool if quantity is not part]
    if not stem and others and all(has_a_share(one) for one in others):
        return  # "30户占30%，20户占20%": parts of one list, their whole is not told
    wholes = [whole for whole in others if not whole.base.below(part.base) and is_whole_of(whole, part)]
    wholes = wholes or partitioned(pool, part)
    said = rate.passage.text[sentence_start(rate.passage.text, rate.start) : rate.start]
    if stem and (f"{stem}率" in said[: -len(rate.head) or None] or ("满意" in stem and "回收率" in said)):
        return  # its base was told by another rate
    odd = (
        any(q.figure.is_vague for q in pool)
        or word("weighted").search(rate.passage.text)
        or "分别" in rate.clause
    )
    if odd or not is_named(stem, pool) or (stem and is_stricter(rate, stem, part)):
        return
    if stem and others and all(is_done_too(other, stem) for other in others):
        return  # "家庭医生签约9.8万人，其中重点人群签约5.6万人，重点人群签约率": of all those of the group
    if others and all(other.base.below(part.base) for other in others):
        # More satisfied than were asked: no reading of the rate can be right.
        asked = [
            other
            for other in others
            if other.unit == part.unit and other.start < part.start and (stem or is_whole_of(other, part))
        ]
        if asked and rate.figure.amount <= 1:
            most = max(asked, key=lambda other: other.figure.amount)
            yield from _judge(report, rate, [divide((part,), (most,), rate)], sure=False)
        return
    if len(others) == 1:
        whole = others[0]
        if rate.figure.amount == 1 and word("stage_reached").search(part.clause):
            return  # "13个中11个已验收，合格率100%": of those that came so far
        explained = rate.figure.amount == 1 and word("goes_on_about_rest").search(
            rate.passage.text, rate.end, rate.end + 40
        )
        sure = bool(wholes) and whole.unit == part.unit and not explained
        yield from _judge(report, rate, list(simple(part, [whole], rate)), sure=sure)
    elif wholes and (best := closest(part, pool, rate)):
        yield from _judge(report, rate, [best], sure=False, pool=pool)


def _judge(
    report: Report,
    rate: Quantity,
    readings: list[Reading],
    *,
    sure: bool,
    pool: Sequence[Quantity] = (),
    surveyed: bool = False,
) -> Iterator[Beside]:
    """Consistent if a reading gives the rate; else what was tried, proof only where that is sure."""
    if not readings:
        return
    fitting = next((r for r in readings if r.value.meets(rate.figure.interval)), None)
    if fitting:
        if sharp(fitting, rate):
            yield Beside(rate, fitting)
        return
    if of_other_units(rate):
        return
    elsewhere = _elsewhere(report, readings[0].parts[-1], rate)
    strength = Strength.PROOF if sure and not elsewhere else Strength.ASK
    yield Beside(rate, readings[0], tuple(pool), surveyed, elsewhere, strength, holds=False)


def _elsewhere(report: Report, part: Quantity, rate: Quantity) -> Quantity | None:
    """A count of the same kind near by in the report that would make the rate right."""
    try:
        wanted = part.base / rate.figure.base
    except ZeroDivisionError:
        return None
    at = next((at for at, passage in enumerate(report.prose) if passage is part.passage), 0)
    for passage in report.prose[max(at - _FAR, 0) : at + _FAR]:
        for whole in quantities(passage) if passage is not part.passage else ():
            if whole.unit == part.unit and is_value(whole) and whole.base.meets(wanted):
                return whole
    return None
