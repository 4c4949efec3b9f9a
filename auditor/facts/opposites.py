"""Two numbers that are the two halves of a third, because the one is told as what the other is not.

收回564份，其中有效540份，无效34份              valid and not valid
检测样品320批次，合格311批次，不合格19批次      passed and not passed

Nothing is both: together they are no more than the whole, whatever introduces them. They may be less, where a third
answer lies between.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity
from auditor.figures import Relation
from auditor.language import word

_APART = 3  # numbers of their unit between the halves, and between the whole and the first of them
_STEM = 2  # characters of a name that can be denied
_ABOUT = 2  # a whole that is twice the two together, or half of them, is another one


def halves(sentences: Sequence[Sequence[Quantity]], told: set[int]) -> Iterator[Claim]:
    """The claims of all halves of a report (`sentences` are its numbers by sentence); a total that is `told` by others stays out."""
    before: Sequence[Quantity] = ()
    for sentence in sentences:
        counted = [one for one in sentence if one.dimension is not None and one.is_plain]
        denied = [word("denied").search(_name(one)) for one in counted]
        for at, one in enumerate(counted):
            for then in range(at + 1, min(at + 1 + _APART, len(counted))):
                other, no = counted[then], denied[at] or denied[then]
                if no is None or (denied[at] is None) is (denied[then] is None):
                    continue
                if one.dimension == other.dimension and _deny(one, other, no["stem"]):
                    claim = _claim(one, other, [*before, *counted[:at]])
                    if claim is not None and id(claim.whole) not in told:
                        yield claim
        same = counted and before and counted[0].passage is before[0].passage
        before = [*(before if same else ()), *counted][-_APART * 2 :]


def _deny(one: Quantity, other: Quantity, stem: str) -> bool:
    """Whether one of two names, of which the other is "no" and `stem`, has that without the no."""
    if any(word(name).search(each.head) for name in ("stock_begin", "stock_end") for each in (one, other)):
        return False  # what was there at a time is no half of what came
    plain = next(name for name in (_name(one), _name(other)) if not word("denied").search(name))
    return (len(stem) >= _STEM and stem in plain) or f"有{stem}" in plain


def _name(one: Quantity) -> str:
    return word("filler_end").sub("", one.head)[-_STEM * 4 :]


def _claim(one: Quantity, other: Quantity, before: Sequence[Quantity]) -> Claim | None:
    """With the nearest number before that they make, or else the nearest that is larger than either, where both
    together are more than it."""
    added = one.figure.amount + other.figure.amount
    wholes = [
        whole
        for whole in reversed(before)
        if whole.dimension == one.dimension
        and not whole.base.below(one.base)
        and not whole.base.below(other.base)
        if whole.figure.amount <= _ABOUT * added and added <= _ABOUT * whole.figure.amount
    ]
    claims = [
        Claim(
            Shape.PARTS, Relation(whole.money, (one.money, other.money)), whole, (one, other), Strength.ASK,
            (Guard.BEHIND_STOP,) if whole.sentence != one.sentence else (), names=(one.label, other.label),
        )
        for whole in wholes[:_APART]
    ]  # fmt: skip
    holding = next((claim for claim in claims if claim.holds), None)
    return holding or (claims[0] if claims and claims[0].relation.claimed.amount < added else None)
