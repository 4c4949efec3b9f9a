"""Rates whose two numbers the words beside them do not both name: the base is told farther off, or only
by its kind, or the rate counts what is left.

达到186个，占全县204个行政村的91.2%              the base right before the rate
完成投资1.216亿元，为概算的95%                   a base by its kind, told elsewhere
抽查96户，7户设施损坏，完好率92.7%               the rest of the whole
全年培训423人 … 培训合格率97.4%，合格412人        part behind the rate, whole a sentence before
受理1000件。… 答复840件，答复率在90%以上           a bound, of the only two that may be meant
权重35分，得32.76分，得分率93.60%                  points, of the weight right before alone

Every pair that could be meant is tried. Where none gives the rate it is asked about only as far as one
slip of the pen explains it: the more pairs could be meant, the likelier the slip must be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import said_before, share_words
from auditor.facts.quantity import Modality, Quantity, of_one_measure
from auditor.facts.rate_guards import is_outcome, is_stricter
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word

_NEAR = 12  # numbers looked at before a rate
_BACK = 2  # sentences before its own that hold its base
_REST = 40  # characters behind a rate within which it is told what is left
_FAR_BACK = 60  # numbers looked at for a base that is named by its kind
_ABOUT = 3  # a pair that gives so many times the rate, or so much less, is not meant


def loose_rates(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """The claims of all rates of a report (`found` are its numbers in order) that are not `told` by others."""
    for at, rate in enumerate(found):
        plain = rate.kind is Kind.RATE and not rate.figure.doubtful and rate.figure.upper is None
        if not plain or id(rate) in told or not _states(rate):
            continue
        claim = _loose(found[max(0, at - _FAR_BACK) : at], rate, found[at + 1 : at + 3])
        if claim is not None and (claim.holds or not _told_between(claim, found[:at])):
            yield claim


def _states(rate: Quantity) -> bool:
    """Whether it tells a fact: no goal, none of those that came so far ("100%，其余5件未到期")."""
    if rate.modality is Modality.PLAN or rate.figure.amount <= 0:
        return False
    behind = rate.passage.text[rate.end : rate.end + _REST]
    return not (rate.figure.amount == 1 and word("rest_told").search(behind))


def _told_between(claim: Claim, before: Sequence[Quantity]) -> bool:
    """Whether another rate of its sentence stands behind the two numbers: they are told by that one."""
    last = max((part.end for part in claim.parts if part.passage is claim.whole.passage), default=0)
    return any(
        one.kind is Kind.RATE and one.start >= last
        for one in before[-_NEAR:]
        if one.passage is claim.whole.passage and one.sentence == claim.whole.sentence
    )


def _loose(before: Sequence[Quantity], rate: Quantity, after: Sequence[Quantity]) -> Claim | None:
    near = [one for one in before[-_NEAR:] if _usable(one)]
    if any(one.kind is Kind.SCORE for one in near):
        near = _of_points(near, rate)
    if (found := _of_base(near, rate)) is not None:
        return found
    if (found := _by_step(before, rate) or _by_named_step(near, rate)) is not None:
        return found
    if match := word("of_kind").search(rate.head):
        return _of_kind(near, [one for one in before if _usable(one)], rate, match["base"])
    if named := word("named_rate").search(rate.head):
        return _named(near, rate, named["stem"], after)
    return None


def _of_points(near: Sequence[Quantity], rate: Quantity) -> list[Quantity]:
    """Points make only what is scored, of the weight right before: "权重35分，得32.76分，得分率93.60%"; a weight without
    decimals is wide enough to give many rates."""
    if "分" in rate.head:
        return [one for one in near if one.kind is Kind.SCORE][-2:]
    return [one for one in near if one.kind is not Kind.SCORE]


def _usable(quantity: Quantity) -> bool:
    """A plain number that can be part or whole."""
    if quantity.kind not in (Kind.COUNT, Kind.MONEY, Kind.SCORE) or not quantity.is_plain:
        return False
    odd = quantity.is_average or word("beyond").search(quantity.head)
    return not (odd or word("duration").fullmatch(quantity.figure.unit))


def _same_passage(one: Quantity, rate: Quantity, back: int) -> bool:
    return one.passage is rate.passage and 0 <= rate.sentence - one.sentence <= back


def _may_be_base(quantity: Quantity, rate: Quantity) -> bool:
    """Whether it stands in the sentences right before, or is said to be what others are measured by."""
    return _same_passage(quantity, rate, _BACK) or bool(word("measured_by").search(quantity.clause))


def _of_base(near: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """ "…，占全县204个行政村的91.2%", "…，完成年度目标8亿元的120%"."""
    own = [one for one in near if _same_passage(one, rate, 0)]
    if len(own) < 2:
        return None
    base, text = own[-1], rate.passage.text
    behind = text[base.end : rate.start]
    if not word("base_behind").fullmatch(behind) or not word("base_before").search(base.head):
        return None
    parts = [one for one in reversed(own[:-1]) if of_one_measure(one, base)]
    claims = [_ratio(rate, part, base) for part in parts]
    return next((one for one in claims if one.holds), claims[0] if len(claims) == 1 else _best(claims, True))


def _by_step(before: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """ "比上年80万元增加6.4万元，增长8%": the step in the value it starts from."""
    if len(before) < 2 or not word("change").search(rate.head):
        return None
    base, step = before[-2:]
    beside = base.passage is step.passage is rate.passage and base.sentence == step.sentence == rate.sentence
    if not beside or not (base.is_plain and step.is_plain and of_one_measure(base, step)):
        return None
    told = word("compared_with").search(said_before(base)) and word("beside_step").search(
        rate.passage.text[base.end : step.start]
    )
    return _ratio(rate, step, base) if told and not word("thing_of_its_own").search(step.tail) else None


def _by_named_step(near: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """ "最高限价390万元，中标价…，比最高限价节约31.2万元，节约率8%": the step in the number that it names."""
    if len(near) < 2 or not (word("change").search(rate.head) or word("named_rate").search(rate.head)):
        return None
    *earlier, step = near
    match = word("step_from_named").search(step.head)
    if match is None or step.passage is not rate.passage or step.sentence != rate.sentence:
        return None
    named = [one for one in reversed(earlier) if of_one_measure(one, step) and match["base"] in one.head]
    base = named[0] if named else None
    return _ratio(rate, step, base) if base is not None and match["does"] in rate.head else None


def _of_kind(near: Sequence[Quantity], far: Sequence[Quantity], rate: Quantity, kind: str) -> Claim | None:
    """ "完成投资1.216亿元，为概算的95%", "培训3682人次，完成任务的105.2%"."""
    parts = [one for one in near if _same_passage(one, rate, 0) and one.modality is Modality.ACTUAL]
    bases = [one for one in far if kind in one.clause]
    claims = [
        _ratio(rate, part, base)
        for part in reversed(parts)
        for base in reversed(bases)
        if base is not part and of_one_measure(part, base)
    ]
    holding = next((one for one in claims if one.holds), None)
    if holding is None and len(claims) == 1 and comes_near(claims[0].relation):
        money = claims[0].parts[0].kind is Kind.MONEY
        return claims[0] if money or share_words(*claims[0].parts) else _best(claims, True)
    return holding or _best(claims, True)


def _named(near: Sequence[Quantity], rate: Quantity, stem: str, after: Sequence[Quantity]) -> Claim | None:
    """By its name: the part speaks of it; the whole is any larger number before, or what the part lacks."""
    own = [one for one in near if _same_passage(one, rate, 0)]
    behind = [
        one for one in after if _usable(one) and _same_passage(one, rate, 0) and one.place == rate.place + 1
    ]
    scope = [*own, *(one for one in behind if _speaks(one, stem))]
    pairs = list(_pairs(scope, rate))
    beside = len(pairs)
    back = [one for one in near if one not in own and _may_be_base(one, rate)]
    pairs += [pair for pair in _pairs([*back, *scope], rate) if pair[0] in scope and pair[1] in back]
    if any(one.kind is Kind.MONEY for pair in pairs for one in pair) and _moved(near, rate):
        return None
    claims = [claim for pair in pairs for claim in _readings(rate, *pair)]
    holding = next((one for one in claims if one.holds), None)
    if holding is not None:
        return holding if _speaks(holding.parts[0], stem) else None
    if any(is_stricter(rate, stem, part) for part, _ in pairs):
        return None
    meant = [
        one
        for one in claims
        if one.relation.operation is Operation.RATIO
        and one.parts[0].figure.amount != one.parts[1].figure.amount
        and _speaks(one.parts[0], stem)
        and (share_words(*one.parts) or len(pairs) == 1)
    ]
    beside = len(pairs) if rate.figure.is_bound else beside  # no slip of the pen leads to 98% from "95%以上"
    if beside == len(meant) == 1 and comes_near(meant[0].relation):
        return meant[0]
    return None if rate.figure.is_bound else _best(meant, True)


def _pairs(scope: Sequence[Quantity], rate: Quantity) -> Iterator[tuple[Quantity, Quantity]]:
    """(part, whole), the nearest part first; above 100 % the whole is the smaller one."""
    for part, whole in permutations(reversed(scope), 2):
        smaller = not whole.figure.amount < part.figure.amount
        if of_one_measure(part, whole) and smaller is (rate.figure.amount <= 1):
            yield part, whole


def _readings(rate: Quantity, part: Quantity, whole: Quantity) -> Iterator[Claim]:
    yield _ratio(rate, part, whole)
    if rate.figure.amount < 1 and part.figure.amount < whole.figure.amount:
        yield _ratio(rate, part, whole, Operation.CHANGE)  # what is left of the whole


def _speaks(part: Quantity, stem: str) -> bool:
    """Whether the clause of the part tells what the rate's stem names."""
    core = stem[-2:]
    said = part.clause.partition(f"{stem}率")[0]
    if len(core) < 2:
        return False
    return core in said or (not is_outcome(stem) and core[0] in said and core[0] not in "合")


def _moved(near: Sequence[Quantity], rate: Quantity) -> bool:
    start = near[0].start if near and near[0].passage is rate.passage else 0
    return bool(word("other_base").search(rate.passage.text[start : rate.end]))


def _ratio(rate: Quantity, part: Quantity, whole: Quantity, operation: Operation = Operation.RATIO) -> Claim:
    relation = Relation(rate.figure, (part.figure, whole.figure), operation=operation)
    apart = part.passage is not whole.passage or part.sentence != whole.sentence
    reasons = (Guard.APART,) if apart else (Guard.OTHER_BASE,)
    said = f"{whole.head}{rate.head}" if rate.head == "的" else rate.head
    shape = Shape.SHARE if "占" in said else Shape.RATE
    return Claim(shape, relation, rate, (part, whole), Strength.ASK, reasons)


def _best(claims: Sequence[Claim], named: bool) -> Claim | None:
    """The claim that a slip explains, if it is likely enough among those that come near the rate."""
    near = [one for one in claims if comes_near(one.relation)]
    best = max(claims, key=lambda one: likelihood(one.relation), default=None)
    if best is None or not worth_asking(best.relation, max(1, len(near)), named=named):
        return None
    return best


def comes_near(relation: Relation) -> bool:
    """Whether two numbers give about the rate: others are not meant."""
    claimed, value = relation.claimed.amount, relation.value
    return value <= _ABOUT * claimed and claimed <= _ABOUT * value
