"""What the others around a number may make it: the total of a run of neighbours or of a list told elsewhere, a
price times pieces, the same number told before.

Units and places alone say what may be meant, no words: a sentence that nobody has thought of is read like any
other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from auditor.facts.context.number import Number, Numbers, Parts
from auditor.facts.naming import pairs_of
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import same_unit, word
from auditor.values import frozen, lazy

_RUN = 8  # neighbours that may make a total
_LISTED = 12  # lists told elsewhere, on either side
_TOLD = 12  # numbers of the same digits of which one may be told again
_NEAR = Decimal("0.35")  # what misses the number by so large a part of it is not meant
_MANY = 3  # neighbours that make a list
_LONG = 5  # digits of two numbers that hardly ever differ in one by chance


class Way(StrEnum):
    """How the others make the number."""

    RUN = "run"  # three or more neighbours, with no number of their measure between
    LIST = "list"  # all that another sentence, or a bracket of it, tells
    PRODUCT = "product"  # a price of its sentence, times pieces (times months)
    SAME = "same"  # one told before, in another sentence
    MEAN = "mean"  # no mean of those told beside it, of which one is the nearest to it
    RATIO = "ratio"  # a rate or mean: one number by another
    CHANGE = "change"  # a rise or fall to one number from another
    STEP = "step"  # a rise or fall by one number to another, or to it less that one
    REST = "rest"  # one number less another


_OPERATIONS = {
    Way.PRODUCT: Operation.PRODUCT, Way.RATIO: Operation.RATIO, Way.CHANGE: Operation.CHANGE, Way.STEP: Operation.STEP,
}  # fmt: skip


@frozen(eq=False)
class Reading:
    """`claimed` as made of `parts`."""

    way: Way
    claimed: Number
    parts: tuple[Number, ...]

    @lazy
    def relation(self) -> Relation:
        """As arithmetic."""
        figures = tuple(one.figure for one in self.parts)
        falls = self.way is Way.STEP and self.claimed.rises is False
        signs = (1, 1) if falls else (1, -1) if self.way in (Way.REST, Way.STEP) else ()
        return Relation(self.claimed.figure, figures, signs, _OPERATIONS.get(self.way, Operation.SUM))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The claimed number, then its parts."""
        return (self.claimed, *self.parts)


def made_of(told: Numbers) -> Iterator[list[Reading]]:
    """For each number what may make it, if anything comes near."""
    for one in told.all:
        if one.measure in told.measures and not one.quantity.is_average:
            found = [*made_in_lists(one, told), *_products(one, told)]
            if found:
                yield found


def told_before(told: Numbers) -> Iterator[Reading]:
    """Each two numbers of one measure, in sentences of their own, whose digits are the same in another order or at
    another point, or of which many are the same."""
    for measure in told.of_measures:
        alike: dict[tuple[str, ...], list[Number]] = {}
        seen: set[tuple[int, int]] = set()
        for one in told.of(measure):
            if one.quantity.kind not in (Kind.MONEY, Kind.COUNT, Kind.RATE):
                continue
            for sign in _signs(one.digits):
                for other in alike.setdefault(sign, [])[-_TOLD:]:
                    pair = (other.place, one.place)
                    if pair not in seen and one.amount != other.amount and not one.beside(other):
                        seen.add(pair)
                        yield Reading(Way.SAME, one, (other,))
                alike[sign].append(one)


def _signs(digits: str) -> Iterator[tuple[str, ...]]:
    """What it has in common with every number that it may be by one slip which hardly ever is chance."""
    yield tuple(sorted(digits.replace("0", "")))
    if len(digits) >= _LONG:
        for at in range(len(digits)):
            yield (digits[:at], digits[at + 1 :])


def means_outside(told: Numbers) -> Iterator[Reading]:
    """Each number that is called the mean of those told right before or behind it and lies beyond all of them, with
    the nearest. However they are weighted, a mean lies between its members."""
    for one in told.all:
        if one.measure and word("mean_of").search(one.quantity.head):
            before = [each for each in told.before(one, _RUN) if each.beside(one)]
            behind = [each for each in told.behind(one, _RUN) if each.beside(one)]
            for parts in (before, behind):
                members = [each for each in parts if _is_member(each, one)]
                if len(members) == len(parts) >= _MANY:
                    least, most = (pick(members, key=lambda each: each.amount) for pick in (min, max))
                    if one.quantity.base.below(least.quantity.base):
                        yield Reading(Way.MEAN, one, (least,))
                    elif most.quantity.base.below(one.quantity.base):
                        yield Reading(Way.MEAN, one, (most,))


def _is_member(part: Number, mean: Number) -> bool:
    """Whether a number may be one of those whose mean is told: a rate of its own name is of something else."""
    if part.quantity.is_average:
        return False
    named = word("named_rate").search(part.quantity.head)
    return named is None or not mean.words.isdisjoint(pairs_of(named.group()))


def is_near(value: Decimal, amount: Decimal) -> bool:
    """Whether an amount may be meant by a value that misses it."""
    return abs(value - amount) <= _NEAR * amount


def made_in_lists(whole: Number, told: Numbers) -> Iterator[Reading]:
    """The runs and lists that come near a number when they are added."""
    behind = [one for one in told.behind(whole, _RUN) if not one.quantity.is_average]
    before = [one for one in told.before(whole, _RUN) if not one.quantity.is_average]
    runs = [*_runs(whole, behind), *_runs(whole, before[::-1])]
    found = [(Way.RUN, run) for run in sorted(runs, key=len, reverse=True)]
    found += [(Way.LIST, parts.numbers) for parts in _lists_near(whole, told.lists(whole.measure))]
    seen: set[frozenset[int]] = set()
    for way, parts in found:
        key = frozenset(one.place for one in parts)
        if key not in seen:
            seen.add(key)
            yield Reading(way, whole, parts)


def _runs(whole: Number, nearest: Sequence[Number]) -> Iterator[tuple[Number, ...]]:
    """The first so many of some neighbours that come near the number, in the order of the text; two only where they
    make it, or where their sentence calls it the total: else nothing is asked of so few."""
    added = Decimal(0)
    for size, one in enumerate(nearest, 1):
        added += one.amount
        if one.amount >= whole.amount:
            return
        total = whole.is_total and not word("besides").search(whole.quantity.head)
        few = size < _MANY and not (total and size > 1 and one.beside(whole))
        if added == whole.amount if few else is_near(added, whole.amount):
            yield tuple(sorted(nearest[:size], key=lambda part: part.place))


def _lists_near(whole: Number, lists: Sequence[Parts]) -> Iterator[Parts]:
    at = bisect_left(lists, whole.place, key=lambda parts: parts.first)
    for parts in lists[max(0, at - _LISTED) : at + _LISTED]:
        near = parts.largest < whole.amount and is_near(parts.added, whole.amount)
        if near and not parts.numbers[0].beside(whole):
            yield parts


def _products(whole: Number, told: Numbers) -> Iterator[Reading]:
    """A price of its sentence, or one told elsewhere in its words, times what it is paid for and for how long."""
    if whole.quantity.kind is not Kind.MONEY:
        return
    for price, pieces in told.prices_for(whole):
        if price is whole or price.amount >= whole.amount:
            continue
        for first in pieces:
            value = price.amount * first.amount
            for rest in ((), *[(one,) for one in pieces if one is not first and _counts_months(one)]):
                near = is_near(value * rest[0].amount if rest else value, whole.amount)
                if near and _is_of(whole, price, first) and is_paid_for(price, first):
                    yield Reading(Way.PRODUCT, whole, (price, first, *rest))


def _is_of(whole: Number, price: Number, piece: Number) -> bool:
    """Whether a sum stands beside the price, or is told in its words or in those of what is paid for."""
    return price.beside(whole) or not whole.words.isdisjoint(price.words | piece.words)


def _counts_months(one: Number) -> bool:
    return word("month_unit").fullmatch(one.quantity.figure.unit) is not None


def is_paid_for(price: Number, piece: Number) -> bool:
    """Whether the price is one of such pieces: "每亩60元" is for none that are counted in 株; "每人每天" is for 人天."""
    told = word("told_for_one").search(price.quantity.head)
    if told is None:
        return True
    named, unit = told["unit"] or told["of"], piece.quantity.figure.unit
    times = unit.startswith(named) and word("time_of_one").fullmatch(unit, len(named)) is not None
    times = times or (named == "次" and unit.endswith(named))
    days = word("day_unit").fullmatch(named) is not None and word("day_unit").fullmatch(unit) is not None
    return times or days or same_unit(named, visits=True) == piece.measure
