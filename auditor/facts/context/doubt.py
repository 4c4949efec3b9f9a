"""Which numbers of a report are probably not what their context makes them.

Where some reading of a number holds, to more digits than chance would hit, it is explained. Where none holds,
and one slip of the pen in one figure would make one hold, it is doubted, if the words say anything for it: the
number is called a total, its clause shares a word with the parts', or the slip is two digits that changed places,
which is hardly ever chance.

Words for anything were asked for because of what is asked without them on the narratives of `benchmarks/narratives`,
in which no number is wrong: about one text in ten, and with them one in forty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal

from auditor.document import Span
from auditor.facts.context.number import numbers_of
from auditor.facts.context.reading import Reading, Way, made_of, means_outside, told_before
from auditor.facts.slip import Pattern, chances, explained, likelihood, likelihood_of_pair
from auditor.facts.stated import Facts

_BY_CHANCE = 5
"""A reading that holds explains its number where chance would make it hold less than once in so many."""
_MADE = 3
_TOLD_TWICE = 10
"""So many times likelier a slip must be than chance, of a number that is made of others, and of one told twice."""


def doubts(facts: Facts, known: Set[Span] = frozenset()) -> Iterator[Reading]:
    """The readings that their numbers probably mean and do not keep, the likeliest of each number; `known`
    numbers are only looked at for being told again."""
    told = numbers_of(facts)
    for readings in made_of(told):
        if readings[0].claimed.figure.span not in known:
            yield from _doubted(readings)
    yield from filter(_is_told_wrong, told_before(told))
    yield from (one for one in means_outside(told) if one.claimed.figure.span not in known)


def _doubted(readings: Sequence[Reading]) -> Iterator[Reading]:
    """The likeliest of the readings of one number that one slip keeps from holding; none where one holds."""
    failing: list[tuple[Decimal, Reading]] = []
    for one in readings:
        if one.relation.meets:
            if chances(one.relation) >= _BY_CHANCE:
                return
        elif (times := likelihood(one.relation)) >= _MADE and _is_spoken_for(one):
            failing.append((times, one))
    if failing:
        yield max(failing, key=lambda found: found[0])[1]


def _is_spoken_for(reading: Reading) -> bool:
    """Whether anything but arithmetic says that the parts make the number."""
    whole = reading.claimed
    if whole.is_total:
        return True
    if reading.way is Way.PRODUCT:
        return False
    return any(whole.words & one.said for one in reading.parts) or _has_swapped(reading)


def _has_swapped(reading: Reading) -> bool:
    return any(found.pattern is Pattern.TRANSPOSED for found in explained(reading.relation))


def _is_told_wrong(reading: Reading) -> bool:
    """Whether two numbers are one told twice: digits that changed places, of one role, in clauses that share a
    word and are set in no two times."""
    one, other = reading.numbers
    if one.is_price is not other.is_price or one.quantity.role is not other.quantity.role:
        return False
    times = one.quantity.period, other.quantity.period
    if all(times) and times[0].isdisjoint(times[1]):
        return False
    if not one.said & other.said or likelihood_of_pair(one.figure, other.figure) < _TOLD_TWICE:
        return False
    return _has_swapped(reading)
