"""What shows that the counts beside a rate are another's.

建成12处，投资300万元，占60%                          an amount stands nearer
回访120人，满意115人，满意度95.8%，单位满意度98%      the counts make the rate between
30户占30%，20户占20%                                  each count has a share of its own
累计交付640套；累计在住591户，累计入住率92.34%        counts of two units make it
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, permutations, takewhile

from auditor.facts.quantities import quantities
from auditor.facts.quantity import Quantity
from auditor.facts.rate_readings import (
    divide,
    is_value,
    simple,
)
from auditor.facts.ratios import is_share
from auditor.figures import Kind

WINDOW = 12  # numbers before a rate that may make it


def nearer(rate: Quantity, count: Quantity) -> bool:
    """Whether an amount of money stands between a count and a bare share: the share is the money's."""
    figures = rate.passage.figures
    first, last = (
        bisect_left(figures, at, key=lambda figure: figure.start) for at in (count.end, rate.start)
    )
    return any(one.kind is Kind.MONEY for one in figures[first:last])


def of_another_rate(part: Quantity, pool: Sequence[Quantity], rate: Quantity) -> bool:
    """Whether the counts give a rate told between them and this one: "回访120人，满意115人，满意度95.8%，单位满意度98%"."""
    told = quantities(rate.passage)
    first, last = (bisect_left(told, at, key=lambda one: one.start) for at in (part.end, rate.start))
    others = [one for one in pool if one is not part]
    rates = [one for one in told[max(first, last - WINDOW) : last] if one.figure.kind is Kind.RATE]
    return any(
        reading.value.meets(one.figure.interval) for one in rates for reading in simple(part, others, one)
    )


def has_a_share(count: Quantity) -> bool:
    """Whether a share is the next thing told behind the count."""
    told = quantities(count.passage)
    at = bisect_left(told, count.start, key=lambda one: one.start)
    return told[at : at + 1] == (count,) and any(is_share(then) for then in told[at + 1 : at + 2])


def of_other_units(rate: Quantity) -> bool:
    """Whether two counts of the sentence in different units give the rate ("累计交付640套；累计在住591户，累计入住率92.34%"):
    one stands for the other there."""
    told = quantities(rate.passage)
    first = bisect_left(told, rate.sentence, key=lambda one: one.sentence)
    sentence = takewhile(
        lambda one: one.sentence == rate.sentence, (told[on] for on in range(first, len(told)))
    )
    own = list(islice(filter(is_value, sentence), WINDOW))
    return any(
        part.unit != whole.unit and divide((part,), (whole,), rate).value.meets(rate.figure.interval)
        for part, whole in permutations(own, 2)
        if max(part.start, whole.start) < rate.start
    )
