"""Rates of one name told one after another, each built as the others are: what one does not keep that the others do.

抽检1480批次，不合格41批次，不合格率2.77%；抽检690批次，不合格22批次，不合格率0.55%     each of its own two numbers
甲项9712人，筛查率98.46%；乙项9690人，筛查率99.77%；丙项9655人，筛查率97.88%           all of one whole
应参保男性125人，参保120人，参保率96%；女性参保130人，参保率98%                    that whole is of the first alone

A rate that some number far off gives by chance, or by a slip of the writer, is no better for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.loose_rates import comes_near
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Quantity, of_one_measure, quantities_of
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_SEVERAL = 2
_SURE = 2  # others of one whole, against a rate that another number gives


@frozen(eq=False)
class _Member:
    """A rate and the plain numbers told between it and the rate before."""

    rate: Quantity
    told: tuple[Quantity, ...]


def parallel_rates(passages: Iterable[Passage], claims: Iterable[Claim]) -> Iterator[Claim]:
    """Claims of rates that are told otherwise than those beside them, in the place of what `claims` say of them."""
    said = {id(one.whole): one for one in claims}
    for passage in passages:
        if passage.text.count("率") + passage.text.count("比例") < _SEVERAL:
            continue  # the cheap sign of two rates
        for _, sentence in groupby(quantities_of(passage), key=attrgetter("sentence")):
            for members in _alike(list(sentence)):
                for one in members:
                    others = [other for other in members if other is not one]
                    claim = _of_own_two(one, others, said) or _of_one_whole(one, others, said)
                    if claim is not None:
                        yield claim


def _alike(sentence: Sequence[Quantity]) -> Iterator[list[_Member]]:
    """The rates of one name of a sentence, two and more."""
    named: dict[str, list[_Member]] = {}
    if [one.kind for one in sentence].count(Kind.RATE) < _SEVERAL:
        return iter(())
    since = 0
    for at, one in enumerate(sentence):
        if one.kind is not Kind.RATE:
            continue
        match = word("named_rate").search(one.head)
        plain = not (one.figure.is_vague or one.figure.doubtful or word("change").search(one.head))
        if match and plain and (key := word("rate_key").search(match["stem"])):
            told = tuple(each for each in sentence[since:at] if _usable(each))
            named.setdefault(key.group(), []).append(_Member(one, told))
        since = at + 1
    return (members for members in named.values() if len(members) >= _SEVERAL)


def _usable(quantity: Quantity) -> bool:
    return quantity.kind in (Kind.COUNT, Kind.MONEY) and quantity.is_plain and not quantity.is_average


def _of_own_two(one: _Member, others: Sequence[_Member], said: Mapping[int, Claim]) -> Claim | None:
    """The two numbers told with a rate, where those told with another give that one."""
    claim = _own(one) if len(one.told) == 2 else None
    before = said.get(id(one.rate))
    if claim is None or claim.holds or (before is not None and not before.holds):
        return None
    return claim if any(map(_keeps_own, others)) else None


def _keeps_own(member: _Member) -> bool:
    claim = _own(member)
    return claim is not None and claim.holds


def _own(member: _Member) -> Claim | None:
    beside = member.told[-2:]
    if len(beside) < 2 or not of_one_measure(*beside):
        return None
    more = member.rate.figure.amount > 1  # 完成1256批次 of 1200: 104.67%
    part, whole = sorted(beside, key=attrgetter("figure.amount"), reverse=more)
    return _claim(member.rate, part, whole)


def _of_one_whole(one: _Member, others: Sequence[_Member], said: Mapping[int, Claim]) -> Claim | None:
    """The number told with a rate and the whole that the rates beside it are of."""
    before = said.get(id(one.rate))
    if len(one.told) != 1 or (before is not None and not before.holds):
        return None
    part = one.told[0]
    parts = {other.told[-1].figure.amount for other in others if other.told}
    if before is not None and before.parts[1].figure.amount not in parts:
        return None  # a whole of its own
    kept = [said[id(other.rate)] for other in others if id(other.rate) in said]
    kept = [claim for claim in kept if claim.holds and claim.relation.operation is Operation.RATIO]
    wholes = [claim for claim in kept if _may_be_of(part, claim)]
    amounts = {claim.parts[1].figure.amount for claim in wholes}
    if len(amounts) != 1 or len(wholes) < (1 if before is None else _SURE):
        return None
    claim = _claim(one.rate, part, wholes[0].parts[1])
    return claim if not claim.holds and comes_near(claim.relation) else None


def _may_be_of(part: Quantity, claim: Claim) -> bool:
    """Whether the whole of another rate may be that of a number: as large, counted so, and not told of that rate's own
    part alone."""
    own, whole = claim.parts[:2]
    of_own = (pairs_of(whole.head) & pairs_of(own.head)) - pairs_of(part.head)
    return of_one_measure(own, part) and not of_own and not whole.figure.amount < part.figure.amount


def _claim(rate: Quantity, part: Quantity, whole: Quantity) -> Claim:
    relation = Relation(rate.figure, (part.figure, whole.figure), operation=Operation.RATIO)
    return Claim(Shape.RATE, relation, rate, (part, whole), Strength.ASK, (Guard.PARALLEL,), forced=True)
