"""Stock and flow told over clauses and sentences.

上年末，在册低保对象5742人，分布在16个乡镇。新纳入631人，因故退出567人，期末在册5806人
年初积案318件，全年新收2846件，审结2901件，年底尚有未结263件
年初在册对象214人，新接收163人，解除148人。…… 截至12月31日，在册对象229人

How many there were, what came and what went are known by their words. A number between them that says
neither may be either, or another thing: then only a sum that comes out, or one slip of the pen, tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product, takewhile

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Quantity
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Relation
from auditor.language import word

_BACK = 3  # sentences: one for the beginning, for what came, for what went
_MOST = 5  # numbers between the two ends
_NAMED = 60  # characters up to the first number that say what there was
_LEAD = 24  # characters before a number that set its time


def far_stocks(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """Of the numbers of a passage in order; `told` are ends that follow from their neighbours."""
    plain = [one for one in found if one.dimension is not None and not one.depth and _plain(one)]
    for at, end in enumerate(plain):
        if id(end) in told or not end.head or not word("stock_end").search(_lead(end)):
            continue
        before = takewhile(partial(_near, end=end), (plain[back] for back in range(at - 1, -1, -1)))
        flows: list[Quantity] = []
        for one in before:
            if one.dimension != end.dimension:
                continue
            if _begins(one) or len(flows) == _MOST:
                break
            flows.insert(0, one)
        else:
            continue
        if flows and _begins(one) and (claim := _judged(one, flows, end)) is not None:
            yield claim


def stocks_elsewhere(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """Of the numbers of a report in order: a stock whose end is told in another sentence, in words of its beginning.
    All that came and went must say so, and one end alone be meant."""
    plain = [one for one in found if one.dimension is not None and not one.depth and _plain(one)]
    ends = [one for one in plain if id(one) not in told and one.head and word("stock_end").search(_lead(one))]
    for at, begun in enumerate(plain):
        if not _begins(begun):
            continue
        part = begun.structure.part_span(begun.start)
        flows = [
            one
            for one in plain[at + 1 : at + 1 + _MOST]
            if one.passage is begun.passage and one.start < part[1] and one.dimension == begun.dimension
        ]
        signs = [_sign(flow) for flow in flows]
        if not {1, -1} <= set(signs) or 0 in signs:
            continue
        named = pairs_of(begun.sentence_before[-_NAMED:])
        meant = [
            one
            for one in ends
            if one.dimension == begun.dimension and one not in flows and words_of(one) & named
            if one.passage is not begun.passage or one.start >= part[1]
        ]
        claims = [_claim(begun, flows, signs, end) for end in meant]
        holding = next((claim for claim in claims if claim.holds), None)
        if holding is not None or len({one.figure.amount for one in meant}) == 1:
            yield holding or claims[0]


def _plain(quantity: Quantity) -> bool:
    return not (quantity.figure.is_vague or quantity.is_average)


def _near(one: Quantity, end: Quantity) -> bool:
    return one.passage is end.passage and end.sentence - one.sentence <= _BACK


def _lead(quantity: Quantity) -> str:
    """The words that may set its time: of its sentence, right before it."""
    return quantity.sentence_before[-_LEAD:]


def _begins(quantity: Quantity) -> bool:
    """Whether a word for the beginning stands before it, with neither a flow nor another number between."""
    said = _lead(quantity)
    found = list(word("stock_begin").finditer(said))
    if not found or word("stock_flow").search(said, found[-1].end()):
        return False
    return not any(char.isdigit() for char in said[found[-1].end() :])


def _sign(flow: Quantity) -> int:
    """1 for what comes in, -1 for what goes out, 0 where the words say neither."""
    ends = {
        sign: max((match.end() for match in word(name).finditer(flow.head)), default=-1)
        for sign, name in ((1, "stock_in"), (-1, "stock_out"))
    }
    best = max(ends, key=lambda sign: ends[sign])
    return best if ends[best] >= 0 else 0


def _judged(begun: Quantity, flows: Sequence[Quantity], end: Quantity) -> Claim | None:
    known = [_sign(flow) for flow in flows]
    if not any(known):
        return None
    choices = [(sign,) if sign else (1, -1, 0) for sign in known]
    claims = [_claim(begun, flows, signs, end) for signs in product(*choices)]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        return holding
    if len(claims) == 1 and {1, -1} <= set(known):
        return claims[0]
    best = max(claims, key=lambda claim: likelihood(claim.relation))
    return best if worth_asking(best.relation, len(claims), named=True) else None


def _claim(begun: Quantity, flows: Sequence[Quantity], signs: Sequence[int], end: Quantity) -> Claim:
    kept = [(flow, sign) for flow, sign in zip(flows, signs, strict=True) if sign]
    parts = (begun, *(flow for flow, _ in kept))
    relation = Relation(end.money, tuple(one.money for one in parts), (1, *(sign for _, sign in kept)))
    apart = begun.sentence != end.sentence
    return Claim(
        Shape.STOCK, relation, end, parts, Strength.ASK, (Guard.APART,) if apart else (),
        names=tuple(one.label for one in parts),
    )  # fmt: skip
