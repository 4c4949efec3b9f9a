"""What is left, or what went beyond a plan, where the numbers it follows from do not stand right before it.

筹集2186.4万元，包括…。支出2098.6万元，其中…，年末结余87.8万元     lists between the numbers
计划改造3200户 … 实际完成3168户 … 未完成的32户                   told in other sentences
合同总价144.72万元 … 审定143.9万元，比合同价节省0.82万元
任务85名 … 实际救助91名，超任务6名                               beyond a plan

Whole and part are known by their words. Where some such pair gives the number it holds; where none does,
it is asked about as far as one slip explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import pairs_of, share_words, words_of
from auditor.facts.quantity import Modality, Quantity
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Relation
from auditor.language import word

_NEAR = 24  # numbers looked at before what is left
_BACK = 3  # passages
_PAIRS = 40
_ABOUT = 3  # what is left of a plan told elsewhere and misses it by more is left of something else

Pair = tuple[Quantity, Quantity]


def far_rests(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """Of the numbers of a report in order; `told` are those that follow from their neighbours."""
    passages: dict[int, int] = {}
    for one in found:
        passages.setdefault(id(one.passage), len(passages))
    for at, left in enumerate(found):
        unit = left.dimension
        if unit is None or id(left) in told or not _plain(left):
            continue
        beyond = word("beyond").search(left.head)
        if not beyond and not word("left_over").search(left.head.strip("，,")):
            continue
        here = passages[id(left.passage)]
        before = [
            one
            for one in found[max(0, at - _NEAR) : at]
            if one.dimension == unit and _plain(one) and here - passages[id(one.passage)] <= _BACK
        ]
        claim = _judged(left, list(_beyond(before) if beyond else _pairs(before)))
        if claim is None and not beyond:
            claim = _judged(left, list(_beside(before, left)), named=False) or _of_plan(left, before, found)
        if claim is not None:
            yield claim


def _plain(quantity: Quantity) -> bool:
    figure = quantity.figure
    return not figure.is_vague and figure.amount > 0 and not quantity.is_average


def _pairs(before: Sequence[Quantity]) -> Iterator[Pair]:
    """(whole, what was taken of it), the nearest first."""
    for at in range(len(before) - 1, 0, -1):
        taken = before[at]
        if not word("taken_from").search(taken.head) or word("of_which").search(taken.head):
            continue
        for whole in reversed(before[:at]):
            named = word("measured_by").search(whole.head) and not word("left_over").search(whole.head)
            if named and not whole.base.below(taken.base) and not word("of_which").search(whole.head):
                yield whole, taken


def _of_plan(left: Quantity, before: Sequence[Quantity], found: Sequence[Quantity]) -> Claim | None:
    """What is left of a plan laid out anywhere, of the same thing: asked about where one plan alone can be meant."""
    done = before[-1] if before else None
    if done is None or done.passage is not left.passage or done.sentence != left.sentence:
        return None
    if not word("taken_from").search(done.head) or done.place + 1 != left.place:
        return None
    named = pairs_of(done.sentence_before) | words_of(done)
    plans = [
        one
        for one in found
        if one.dimension == left.dimension and _plain(one) and _is_planned(one) and words_of(one) & named
        if not one.base.below(done.base)
    ]
    claims = [_claim(left, (plan, done)) for plan in plans]
    holding = next((claim for claim in claims if claim.holds), None)
    alone = len({one.figure.amount for one in plans}) == 1
    if holding is not None or not alone or _moved(done, left):
        return holding
    rest, value = left.figure.amount, claims[0].relation.value
    return claims[0] if rest <= _ABOUT * value and value <= _ABOUT * rest else None


def _is_planned(one: Quantity) -> bool:
    return one.modality is Modality.PLAN or word("aim_laid_out").search(one.sentence_before) is not None


def _beyond(before: Sequence[Quantity]) -> Iterator[Pair]:
    """(what was done, what was planned of the same thing), the nearest first."""
    for at in range(len(before) - 1, 0, -1):
        done = before[at]
        if word("planned_count").search(done.head):
            continue
        for plan in reversed(before[:at]):
            planned = word("planned_count").search(f"{plan.clause}{plan.tail}")
            if planned and not done.base.below(plan.base) and share_words(done, plan):
                yield done, plan


def _beside(before: Sequence[Quantity], left: Quantity) -> Iterator[Pair]:
    """(whole, part) of its own sentence whatever their words, the nearest first; of several wholes the larger
    number told first is one ("需要3040万元，安排1850万元，缺口1190万元")."""
    own = [one for one in before if one.passage is left.passage and one.sentence == left.sentence]
    for at in range(len(own) - 1, 0, -1):
        for whole in reversed(own[:at]):
            if whole.figure.amount > own[at].figure.amount and not word("of_which").search(own[at].head):
                yield whole, own[at]


def _judged(left: Quantity, pairs: Sequence[Pair], *, named: bool = True) -> Claim | None:
    """The pair that gives the number, or the one that a slip explains. `named`: their words call for it."""
    claims = [_claim(left, pair) for pair in pairs[:_PAIRS]]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None or not claims:
        return holding
    best = max(claims, key=lambda claim: likelihood(claim.relation))
    moved = any(_moved(part, left) for part in best.parts)
    if moved:
        return None
    named = named and (best is claims[0] or share_words(*best.parts) is True)
    return best if worth_asking(best.relation, 1 if named else len(claims), named=named) else None


def _moved(part: Quantity, left: Quantity) -> bool:
    """Whether money enters or leaves between the two."""
    if part.passage is left.passage:
        start = part.structure.clause_span(part.start)[0]
        said = part.passage.text[start : left.end]
    else:
        said = f"{part.passage.text[part.start :]}{left.passage.text[: left.end]}"
    return bool(word("moved").search(said) or word("other_year").search(said))


def _claim(left: Quantity, pair: Pair) -> Claim:
    whole, taken = pair
    relation = Relation(left.money, (whole.money, taken.money), (1, -1))
    apart = left.passage is not whole.passage or left.sentence != whole.sentence
    return Claim(
        Shape.REST, relation, left, pair, Strength.ASK, (Guard.APART,) if apart else (),
        names=(whole.label, taken.label),
    )  # fmt: skip
