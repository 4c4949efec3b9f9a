"""Whether a number that some rule finds fault with is what others around it make it, read in another way.

支付582.4万元 … 各承担635.7万元 … 两级支付合计1218.10万元      a sum of any two, not of the list before it
上年末78人、新招募41人、期满离岗23人，在岗96人               what was there, with what came and went
支出1163.76万元 … 746名、每名15600元                        a product

Many readings are tried, so that one holds by chance often enough: what counts is how many times rarer than
once in so many tries chance would make it hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import combinations, permutations

from auditor.document import Span
from auditor.facts.context.number import Number, Numbers, numbers_of
from auditor.facts.context.reading import is_paid_for, lists_of, made_in_lists
from auditor.facts.rate_guards import is_outcome
from auditor.facts.slip import chances
from auditor.facts.stated import Facts
from auditor.figures import Figure, Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word

_BACK, _ON = 8, 4  # numbers of one measure looked at before and behind
_OF_RATE = 5  # and before a rate
_FLOWS = 4  # numbers of which some came and some went


def rarity(facts: Facts, claimed: Span, told_with: Set[Span]) -> Decimal:
    """How many times rarer than by chance the best reading of the number at a place holds; 0 where none does, or
    where the text has no such number. A rate of the numbers it is `told_with` only turns them round."""
    told = numbers_of(facts)
    one = told.at(claimed)
    if one is None or (one.quantity.kind is Kind.RATE and _is_of_outcome(one)):
        return Decimal(0)
    tried = list(_relations(one, told))
    others = (
        each
        for each in tried
        if each.operation is Operation.SUM or any(term.span not in told_with for term in each.terms)
    )
    holding = (chances(each) for each in others if each.value > 0 and each.meets)
    return max(holding, default=Decimal(0)) / max(1, len(tried))


def _is_of_outcome(rate: Number) -> bool:
    """Whether its name says which numbers it is of: how many were content is no rate of forms that came back."""
    head = rate.quantity.head
    named = word("named_rate").search(head)
    return bool(word("satisfaction").search(head)) or (named is not None and is_outcome(named["stem"]))


def _relations(one: Number, told: Numbers) -> Iterator[Relation]:
    if one.quantity.kind is Kind.RATE:
        for measure in told.measures:
            near = [*told.before(one, _OF_RATE, measure), *told.behind(one, 2, measure)]
            for first, second in permutations(near, 2):
                yield Relation(one.figure, (first.figure, second.figure), operation=Operation.RATIO)
                if first.amount > second.amount:
                    yield Relation(one.figure, (first.figure, second.figure), operation=Operation.CHANGE)
    elif one.measure:
        near = [*told.before(one, _BACK), *told.after(one, _ON)]
        yield from (each.relation for each in made_in_lists(one, told, lists_of(told, one.measure)))
        yield from _pairs(one.figure, near)
        yield from _flows(one.figure, told.before(one, _FLOWS))
        yield from _flows(one.figure, told.behind(one, _FLOWS))
        yield from _products(one, told)


def _pairs(claimed: Figure, near: Sequence[Number]) -> Iterator[Relation]:
    for first, second in combinations(near, 2):
        yield Relation(claimed, (first.figure, second.figure))
        high, low = (first, second) if first.amount > second.amount else (second, first)
        yield Relation(claimed, (high.figure, low.figure), (1, -1))


def _flows(claimed: Figure, before: Sequence[Number]) -> Iterator[Relation]:
    for size in (3, 4):
        for group in combinations(before, size):
            for gone in range(1, size):
                for left in combinations(group, gone):
                    kept = tuple(each.figure for each in group if each not in left)
                    figures = (*kept, *(each.figure for each in left))
                    yield Relation(claimed, figures, (1,) * len(kept) + (-1,) * gone)


def _products(one: Number, told: Numbers) -> Iterator[Relation]:
    if one.quantity.kind is not Kind.MONEY:
        return
    near = told.all[max(0, one.place - _BACK) : one.place + _ON + 1]
    pieces = [each for each in near if each.quantity.kind is Kind.COUNT]
    for price in (each for each in near if each.measure == one.measure and each.is_price and each is not one):
        for piece in pieces:
            if is_paid_for(price, piece):
                yield Relation(one.figure, (price.figure, piece.figure), operation=Operation.PRODUCT)
