"""Whether a number that some rule finds fault with is what others around it make it, read in another way.

支付582.4万元 … 各承担635.7万元 … 两级支付合计1218.10万元      a sum of any two, not of the list before it
上年末78人、新招募41人、期满离岗23人，在岗96人               what was there, with what came and went
支出1163.76万元 … 746名、每名15600元                        a product

Many readings are tried, so that one holds by chance often enough: what counts is how many times rarer than
once in so many tries chance would make it hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, permutations
from operator import attrgetter

from auditor.document import Span
from auditor.facts.context.number import Number, Numbers, numbers_of
from auditor.facts.context.reading import is_paid_for, made_in_lists
from auditor.facts.naming import pairs_of
from auditor.facts.rate_guards import is_outcome
from auditor.facts.slip import chances
from auditor.facts.stated import Facts
from auditor.figures import Figure, Kind, Relation
from auditor.figures.interval import is_beyond, is_no_quotient
from auditor.figures.relation import Operation
from auditor.language import word
from auditor.values import frozen, lazy

_BACK, _ON = 8, 4  # numbers of one measure looked at before and behind
_OF_RATE, _PAST_RATE = 8, 3  # and before and behind a rate
_TOGETHER = 3  # neighbours that are one part of a rate, added
_PIECES = 6  # numbers of each measure of pieces, before and behind a mean
_MONTHS = 12
_FLOWS = 4  # numbers of which some came and some went


@frozen(eq=False)
class _Try:
    """One reading: whether `claimed` is what `terms` give, of `others`, of which the last is `far` numbers away."""

    claimed: Figure
    terms: tuple[Figure, ...]
    others: Sequence[Number]
    far: int
    operation: Operation = Operation.SUM
    taken: int = 0
    """So many of the terms, the last ones, are taken from a sum."""

    @lazy
    def relation(self) -> Relation:
        """As arithmetic."""
        added = len(self.terms) - self.taken
        signs = (1,) * added + (-1,) * self.taken if self.operation is Operation.STEP or self.taken else ()
        return Relation(self.claimed, self.terms, signs, self.operation)

    @property
    def spans(self) -> frozenset[Span]:
        """Where the others stand."""
        return frozenset(each.figure.span for each in self.others)

    @property
    def holds(self) -> bool:
        """Whether both sides can be true; not where it divides by what can be zero."""
        return not self._misses and self.relation.may_give

    @property
    def _misses(self) -> bool:
        """Whether two bounds tell already that it does not hold."""
        if self.operation is Operation.SUM:
            bases = [term.base for term in self.terms]
            added = len(bases) - self.taken
            return is_beyond(self.claimed.base, bases[:added], bases[added:])
        if self.operation not in (Operation.RATIO, Operation.CHANGE):
            return False
        first, second = self.terms
        less = 0 if self.operation is Operation.RATIO else -1 if first.amount < second.amount else 1
        return is_no_quotient(self.claimed.base, first.base, second.base, less)


def rarity(facts: Facts, claimed: Span, told_with: Set[Span]) -> Decimal:
    """How many times rarer than by chance the best reading of the number at a place holds; 0 where none does, or
    where the text has no such number, or where it is told again among those it is `told_with`: a total typed in a part.

    Some of the numbers it is told with, or what they make, or a rate of them turned round, are what a slip looks like;
    what came and went explains it, and a price may be a rounded mean of them. Chance has as many tries as there are
    readings whose numbers are as near: what stands next to the number is likelier meant.
    """
    told = numbers_of(facts)
    one = told.at(claimed)
    if one is None:
        return Decimal(0)
    others = [other for span in told_with if (other := told.at(span)) is not None and other is not one]
    alike = [other.amount for other in others if other.measure == one.measure]
    if one.amount in alike:
        return Decimal(0)
    near, added = [*told.before(one, _BACK), *told.after(one, _ON)], sum(alike, Decimal(0))
    made = {other.figure.span for other in near if other.amount == added} - told_with
    best, tried = Decimal(0), sorted(_tries(one, told), key=attrgetter("far"))
    for count, each in enumerate(tried, 1):
        if not each.holds:
            continue
        known = told_with >= each.spans
        turned = known
        if each.taken and each.operation is Operation.SUM:
            # What all of them make, less some of them, is the others.
            turned = not known and told_with >= each.spans - made
        if one.is_price or not turned:
            best = max(best, chances(each.relation) / (1 if known and one.is_price else count))
    return best


def prices(facts: Facts, among: Iterable[Span]) -> list[Span]:
    """Those of some places where a number is told for one of something."""
    told = numbers_of(facts)
    return [span for span in among if (one := told.at(span)) is not None and one.is_price]


def _tries(one: Number, told: Numbers) -> Iterator[_Try]:
    if one.quantity.kind is Kind.RATE:
        yield from _rates(one, told)
    elif one.is_price:
        yield from _means(one, told)
    elif one.measure:
        near = [*told.before(one, _BACK), *told.after(one, _ON)]
        for each in made_in_lists(one, told):
            yield _try(one, each.parts)
        yield from _pairs(one, near)
        yield from _flows(one, told.before(one, _FLOWS))
        yield from _flows(one, told.behind(one, _FLOWS))
        yield from _products(one, told)


def _try(one: Number, others: Sequence[Number], operation: Operation = Operation.SUM, taken: int = 0) -> _Try:
    return _Try(
        one.figure, tuple([each.figure for each in others]), others, _far(one, others), operation, taken
    )


def _far(one: Number, others: Sequence[Number]) -> int:
    places = [each.place for each in others]
    return max(one.place - min(places), max(places) - one.place)


def _rates(one: Number, told: Numbers) -> Iterator[_Try]:
    """Parts of wholes, rises and falls, and the share of one of two parts, or of some neighbours together."""
    outcome, rises = _outcome(one), one.rises
    # "超额118%" of 531 of 450 is the usual slip of an excess, and no way to read it.
    excess = word("excess").search(one.quantity.head) is not None
    for measure in told.measures:
        around = [*told.before(one, _OF_RATE, measure), *told.behind(one, _PAST_RATE, measure)]
        near = [each for each in around if not each.figure.is_vague]
        for (at, first), (behind, second) in permutations(enumerate(near), 2):
            if first.amount == second.amount:
                continue  # one number told twice makes 100 % of any
            apart = abs(at - behind) > 1
            if outcome and (apart or not outcome <= pairs_of(first.quantity.clause)):
                continue  # of forms sent, of which came back stands between
            if not (excess or _is_end(second, first, near, rises)):
                yield _try(one, (first, second), Operation.RATIO)
            if rises is None or rises is (first.amount > second.amount):
                yield _try(one, (first, second), Operation.CHANGE)
            if one.beside(first) and one.beside(second):
                yield _try(one, (first, second), Operation.STEP, taken=1 if rises else 0)
        for parts in () if outcome else _neighbours(near):
            added = _added(parts)
            for whole in near:
                if whole not in parts and whole.amount >= added.amount:
                    among = (*parts, whole)
                    shared = (added, whole.figure)
                    yield _Try(one.figure, shared, among, _far(one, among), Operation.RATIO)


def _is_end(base: Number, step: Number, near: Sequence[Number], rises: bool | None) -> bool:
    """Whether a number is what was reached by a step, by the start that is told too: a rise measured by its end is its
    usual slip, and no way to read it ("由1240户提高到1426户，净增186户，增幅13.04%")."""
    if rises is None:
        return False
    start = base.amount - step.amount if rises else base.amount + step.amount
    return any(each.amount == start for each in near)


def _neighbours(near: Sequence[Number]) -> Iterator[Sequence[Number]]:
    for size in range(2, _TOGETHER + 1):
        for at in range(len(near) - size + 1):
            yield near[at : at + size]


def _added(parts: Sequence[Number]) -> Figure:
    """Some numbers as one, in the unit of the first and as fine as the finest."""
    first = parts[0].figure
    value = sum((each.amount for each in parts), Decimal(0)) / first.scale
    power = value.normalize().as_tuple().exponent
    assert isinstance(power, int)
    return replace(first, value=value, decimals=max(0, -power))


def _outcome(rate: Number) -> frozenset[str]:
    """What its name says of the numbers it is of, if anything: how many were content is no rate of forms that came
    back."""
    head = rate.quantity.head
    named = word("named_rate").search(head)
    if content := word("satisfaction").search(head):
        return pairs_of(content.group()[:2])
    return pairs_of(named["stem"][-2:]) if named is not None and is_outcome(named["stem"]) else frozenset()


def _pairs(one: Number, near: Sequence[Number]) -> Iterator[_Try]:
    for first, second in combinations(near, 2):
        yield _try(one, (first, second))
        yield _try(one, (first, second) if first.amount > second.amount else (second, first), taken=1)


def _flows(one: Number, before: Sequence[Number]) -> Iterator[_Try]:
    for size in (3, 4):
        for group in combinations(before, size):
            for gone in range(1, size):
                for left in combinations(group, gone):
                    kept = [each for each in group if each not in left]
                    yield _try(one, (*kept, *left), taken=gone)


def _products(one: Number, told: Numbers) -> Iterator[_Try]:
    """Prices times what they are paid for, and for how long."""
    near = told.all[max(0, one.place - _BACK) : one.place + _ON + 1]
    pieces = [each for each in near if each.quantity.kind is Kind.COUNT and each is not one]
    for price in (each for each in near if each.measure == one.measure and each.is_price and each is not one):
        for piece in pieces:
            if piece is price or not is_paid_for(price, piece):
                continue
            yield _try(one, (price, piece), Operation.PRODUCT)
            for other in pieces:
                if other not in (price, piece):
                    yield _try(one, (price, piece, other), Operation.PRODUCT)


def _means(one: Number, told: Numbers) -> Iterator[_Try]:
    """What it is of one of something, or of a month of it: totals by numbers of pieces, of those that its words name
    where there are any."""
    wholes = [*told.before(one, _BACK), *told.after(one, _ON)]
    counted = [
        piece
        for measure in told.measures
        for piece in (*told.before(one, _PIECES, measure), *told.after(one, _PIECES, measure))
        if piece.quantity.kind is Kind.COUNT
    ]
    named = word("told_for_one").search(one.quantity.head)
    loose = named is not None and word("any_piece").fullmatch(named["unit"] or named["of"])
    pieces = [piece for piece in counted if loose or is_paid_for(one, piece)] or counted
    claimed = [one.figure]
    if word("by_month").search(one.quantity.head):
        claimed.append(one.figure.in_unit(one.figure.kind, one.figure.unit, one.figure.scale * _MONTHS))
    for whole in (each for each in wholes if each.amount > one.amount):
        for piece in pieces:
            if piece is not whole:
                for mean in claimed:
                    both = (whole, piece)
                    shared = (whole.figure, piece.figure)
                    yield _Try(mean, shared, both, _far(one, both), Operation.RATIO)
