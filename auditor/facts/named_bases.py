"""Shares whose words name a number that the report tells, and that are made of another.

合同总金额439万元，累计支付401.2万元，占合同总金额的97.38%      of the 439, not of a budget of 412 somewhere else
占总预算的95%（预算和总预算各有其数）                           two numbers may be called so: nothing
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity, of_one_measure, quantities_of
from auditor.figures import Relation
from auditor.figures.relation import Operation
from auditor.language import word

_SHORTEST = 3  # characters of a name that is one number's alone


def on_named_base(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims, each share that some other whole gives on the one whole of its sentence that bears the name."""
    for claim in claims:
        name = _base_name(claim)
        if not name:
            yield claim
        elif claim.parts[1].label.endswith(name):
            yield replace(claim, forced=True)
        else:
            whole = _bearer(claim, name) if claim.holds and name not in claim.parts[1].head else None
            yield claim if whole is None else _on(claim, whole)


def _base_name(claim: Claim) -> str:
    """What a share calls its whole; "" where it calls it nothing, or nothing that is one number's alone."""
    if claim.shape is not Shape.SHARE or claim.relation.operation is not Operation.RATIO:
        return ""
    told = word("share_of_named").search(claim.whole.head)
    return told["base"] if told and len(told["base"]) >= _SHORTEST else ""


def _bearer(claim: Claim, name: str) -> Quantity | None:
    """The one number before a share in its sentence that bears the name and may be the whole of its part."""
    rate, part = claim.whole, claim.parts[0]
    told = (one for one in quantities_of(rate.passage)[: rate.place] if one.sentence == rate.sentence)
    found = [one for one in told if one.is_plain and one.label.endswith(name) and of_one_measure(one, part)]
    return found[0] if len({one.figure.amount for one in found}) == 1 and found[0] is not part else None


def _on(claim: Claim, whole: Quantity) -> Claim:
    part = claim.parts[0]
    relation = Relation(claim.whole.figure, (part.figure, whole.figure), operation=Operation.RATIO)
    return Claim(
        Shape.SHARE, relation, claim.whole, (part, whole), Strength.ASK, (Guard.OTHER_BASE,), forced=True
    )
