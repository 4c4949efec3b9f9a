"""The same amount in the row of an indicator and in a sentence: 奖补资金 | 128.4万元, "发放奖补资金124.8万元".

The sentence must use words of the indicator's name; where the two amounts differ and the text tells the
row's own nowhere else, they are asked about as far as one slip explains the difference. Counts and rates of
rows are facts/mentions.
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
from auditor.language import word
from auditor.report.model import Indicator, Passage, TextKind

_MANY = 12  # amounts of the text under one word that are looked at
_LONGEST = 30  # characters of a cell that states values


@once
def told_in_text(facts: Facts) -> Iterator[Claim]:
    """Every actual value of an indicator with the number of the text that is probably meant to be it."""
    if not facts.report.indicators:
        return
    told = _by_words(facts.quantities)
    for indicator in facts.report.indicators:
        for actual in _values(indicator):
            kept = {id(one): one for name in pairs_of(indicator.name) for one in told.get(name, ())[:_MANY]}
            near = list(kept.values())
            if not any(one.base.meets(actual.base) for one in near):
                yield from _slips(indicator, actual, near)


def _by_words(quantities: Sequence[Quantity]) -> dict[str, list[Quantity]]:
    """The plain amounts of the text by the words of their clause."""
    found: dict[str, list[Quantity]] = {}
    for one in quantities:
        if not _plain(one) or one.modality is not Modality.ACTUAL:
            continue
        if not (word("apart").search(one.clause) or word("by_so_many").search(one.head)):
            for name in words_of(one) | pairs_of(one.clause):
                found.setdefault(name, []).append(one)
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
    return quantity.kind is Kind.MONEY and not (quantity.spelled or quantity.figure.is_vague)
