"""Shares that name what they are of, where it is told, and maybe the part too, elsewhere in the report.

培训6120人次。…… 开设网店的学员734人，占培训人次的12.0%                 the whole by its name
受理94家，支持71家；小微企业42家。…… 小微企业占支持企业的59.2%          the part by its name too

Nothing here proves anything: another number of the same name may be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Quantity
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import same_unit, word

_COUNTED = (Kind.COUNT, Kind.MONEY)
_FAR = 300  # numbers before and behind a share among which what it is of is looked for

_Named = tuple[Quantity, frozenset[str]]
"""A number and what names it."""


def named_shares(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """The claims of all shares of a report (`found` are its numbers in order) that are not `told`."""
    for at, rate in enumerate(found):
        if rate.kind is not Kind.RATE or id(rate) in told or rate.figure.is_vague or rate.figure.doubtful:
            continue
        base = word("share_base").search(rate.head)
        if base is None or word("no_share").search(rate.head):
            continue
        near = found[max(0, at - _FAR) : at + _FAR]
        named = [
            (one, _names(one)) for one in near if one.kind in _COUNTED and one.is_plain and not one.is_average
        ]
        parts = _parts(rate, rate.head[: base.start()], named)
        wanted = pairs_of(base["base"])
        if len({one.money.amount for one in parts}) == 1 and wanted:
            claim = _judged(rate, parts[0], wanted, named)
            if claim is not None:
                yield claim


def _names(one: Quantity) -> frozenset[str]:
    """What names it, read as one: "培训人次" of "培训6120人次"."""
    return pairs_of(f"{one.head}{one.figure.unit_printed}{one.tail}")


def _parts(rate: Quantity, subject: str, named: Sequence[_Named]) -> list[Quantity]:
    """The number right before the share, or those that go by the words before it."""
    own = pairs_of(subject)
    if not own:
        return [one for one, _ in named if one.passage is rate.passage and one.place == rate.place - 1]
    return [one for one, names in named if own <= names]


def _judged(rate: Quantity, part: Quantity, wanted: frozenset[str], named: Sequence[_Named]) -> Claim | None:
    """A whole of the name that gives the share; else the one that has all of the name, or one that misses it by
    one slip of the pen."""
    wholes = [(len(wanted & names), one) for one, names in named if wanted & names and _may_hold(one, part)]
    claims = [(shared, _claim(rate, part, one)) for shared, one in wholes]
    holding = next((claim for _, claim in claims if claim.holds), None)
    if holding is not None or not claims:
        return holding
    full = [claim for shared, claim in claims if shared == len(wanted)]
    if full and len({claim.parts[1].money.amount for claim in full}) == 1:
        return full[0]
    best = max((claim for _, claim in claims), key=lambda claim: likelihood(claim.relation))
    return best if worth_asking(best.relation, len(claims)) else None


def _may_hold(whole: Quantity, part: Quantity) -> bool:
    """Whether the part may be of it: of its measure, and no larger."""
    if whole is part or whole.kind is not part.kind or whole.dimension is None or part.dimension is None:
        return False
    alike = same_unit(whole.dimension, visits=True) == same_unit(part.dimension, visits=True)
    return alike and part.base.below(whole.base)


def _claim(rate: Quantity, part: Quantity, whole: Quantity) -> Claim:
    relation = Relation(rate.figure, (part.figure, whole.figure), operation=Operation.RATIO)
    return Claim(
        Shape.SHARE, relation, rate, (part, whole), Strength.ASK, (Guard.APART,),
        names=(part.label, whole.label),
    )  # fmt: skip
