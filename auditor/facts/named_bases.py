"""Shares whose words name a number that the report tells, and that are made of another.

合同总金额439万元，累计支付401.2万元，占合同总金额的97.38%      of the 439, not of a budget of 412 somewhere else
占总预算的95%（预算和总预算各有其数）                           two numbers may be called so: nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Relation
from auditor.figures.relation import Operation
from auditor.language import word

_SHORTEST = 3  # characters of a name that is one number's alone


def on_named_base(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each share that some other whole gives on the one whole of its sentence that bears the name."""
    for claim in claims:
        named = _named(claim)
        if named is not None:
            yield _on(claim, named)
        else:
            yield replace(claim, forced=True) if _is_on_named(claim) else claim


def _is_on_named(claim: Claim) -> bool:
    """Whether the whole of a share bears the name that the share has for it."""
    told = word("share_of_named").search(claim.whole.head) if claim.shape is Shape.SHARE else None
    base = told["base"] if told else ""
    return len(base) >= _SHORTEST and claim.parts[1].label.endswith(base)


def _named(claim: Claim) -> Quantity | None:
    if claim.shape is not Shape.SHARE or not claim.holds or claim.relation.operation is not Operation.RATIO:
        return None
    told = word("share_of_named").search(claim.whole.head)
    part, whole = claim.parts[:2]
    if told is None or len(told["base"]) < _SHORTEST or told["base"] in whole.head:
        return None
    bear = [one for one in _of_sentence(claim.whole) if one.label.endswith(told["base"]) and one.is_plain]
    alike = [one for one in bear if one.kind is part.kind and one.unit == part.unit]
    return alike[0] if len({one.figure.amount for one in alike}) == 1 and alike[0] is not part else None


def _of_sentence(rate: Quantity) -> Iterable[Quantity]:
    return (
        one
        for one in quantities_of(rate.passage)[: rate.place]
        if one.sentence == rate.sentence and one.start < rate.start
    )


def _on(claim: Claim, whole: Quantity) -> Claim:
    part = claim.parts[0]
    relation = Relation(claim.whole.figure, (part.figure, whole.figure), operation=Operation.RATIO)
    return Claim(
        Shape.SHARE, relation, claim.whole, (part, whole), Strength.ASK, (Guard.OTHER_BASE,), forced=True
    )
