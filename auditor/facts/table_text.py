"""The same number in the row of an indicator and in a sentence: 奖补资金 | 128.4万元, "发放奖补资金124.8万元".

The sentence must use words of the indicator's name; where the two numbers differ and the text tells the
row's own number nowhere else, they are asked about as far as one slip explains the difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.mentions import is_told_of
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.slip import ENOUGH, likelihood_of_pair
from auditor.facts.stated import Facts, once
from auditor.figures import Kind, Relation
from auditor.language import same_unit, word
from auditor.report.model import Indicator, Passage, TextKind

_MANY = 12  # numbers of the text under one word that are looked at
_LONGEST = 30  # characters of a cell that states values


@once
def told_in_text(facts: Facts) -> Iterator[Claim]:
    """Every actual value of an indicator with the number of the text that is probably meant to be it."""
    if not facts.report.indicators:
        return
    told = _by_words(facts.quantities)
    for indicator in facts.report.indicators:
        for actual in _values(indicator):
            kept = {
                id(one): one
                for name in pairs_of(indicator.name)
                for one in told.get((actual.kind, _unit(actual), name), ())[:_MANY]
            }
            near = list(kept.values())
            if not any(one.base.meets(actual.base) for one in near):
                yield from _slips(indicator, actual, near)


def _by_words(quantities: Sequence[Quantity]) -> dict[tuple[Kind, str, str], list[Quantity]]:
    """The plain facts of the text by what they count and the words of their clause."""
    found: dict[tuple[Kind, str, str], list[Quantity]] = {}
    for one in quantities:
        apart = word("apart").search(one.clause) or word("by_so_many").search(one.head)
        if _plain(one) and one.modality is Modality.ACTUAL and not apart:
            for name in words_of(one) | pairs_of(one.clause):
                found.setdefault((one.kind, _unit(one), name), []).append(one)
    return found


def _slips(indicator: Indicator, actual: Quantity, near: Sequence[Quantity]) -> Iterator[Claim]:
    others = {value.figure.amount for value in _targets(indicator)}
    for one in near:
        if one.figure.span.overlaps(indicator.span) or one.figure.amount in others:
            continue
        if not is_told_of(one, indicator.name):
            continue
        odds = likelihood_of_pair(actual.figure, one.figure) / Decimal(len(near))
        if odds >= ENOUGH:
            relation = Relation(one.figure, (actual.figure,))
            reasons = (Guard.OTHER_WORDS, Guard.BY_ONE_SLIP)
            yield Claim(Shape.TWICE, relation, one, (actual,), Strength.ASK, reasons, names=(indicator.name,))


def _values(indicator: Indicator) -> list[Quantity]:
    view = indicator.actual
    if not view or len(view.text) > _LONGEST:
        return []
    return [one for one in quantities_of(Passage(view, TextKind.CELL)) if _plain(one)]


def _targets(indicator: Indicator) -> list[Quantity]:
    return list(quantities_of(Passage(indicator.target, TextKind.CELL))) if indicator.target else []


def _plain(quantity: Quantity) -> bool:
    counted = quantity.kind in (Kind.COUNT, Kind.MONEY, Kind.RATE) and not quantity.spelled
    return counted and not quantity.figure.is_vague


def _unit(quantity: Quantity) -> str:
    return same_unit(quantity.unit, visits=True)
