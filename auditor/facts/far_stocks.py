"""Stock and flow told over clauses and sentences.

上年末，在册低保对象5742人，分布在16个乡镇。新纳入631人，因故退出567人，期末在册5806人
年初积案318件，全年新收2846件，审结2901件，年底尚有未结263件
年初在册对象214人，新接收163人，解除148人。…… 截至12月31日，在册对象229人
上年结转15万元，本年收入682万元。…… 本年支出655万元，用于参保388万元、救助267万元。…… 年终滚存结余42万元

How many there were, what came and what went are known by their words. A number between them that says
neither may be either, or another thing: then only a sum that comes out, or one slip of the pen, tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import product, takewhile

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.context.reading import is_near
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Quantity
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Relation
from auditor.language import word

_BACK = 3  # sentences: one for the beginning, for what came, for what went
_MOST = 5  # numbers between the two ends
_NAMED = 60  # characters up to the first number that say what there was
_PASSAGES = 2  # passages before and behind the beginning in which it is told what came and went
_TWO = 2  # one that came and one that went
_WIDE = 15  # numbers before and behind the beginning, parts among them
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
        if not flows or not _begins(one) or _is_of_another(end, one, flows):
            continue
        if (claim := _judged(one, flows, end)) is not None:
            yield claim


def stocks_elsewhere(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """Of the numbers of a report in order: a stock whose beginning, flow and end are told in passages of their own. All
    that came and went must say so; which of it belongs is not known, so that any choice may give the one end that is
    meant, and only what misses it as a whole, or by a slip, is asked."""
    plain = [one for one in found if one.dimension is not None and not one.depth and _plain(one)]
    ends = [(place, one) for place, one in enumerate(plain) if id(one) not in told and _ends(one)]
    if not ends:
        return
    passages = {key: at for at, key in enumerate(dict.fromkeys(id(one.passage) for one in found))}
    for at, begun in enumerate(plain):
        if not _begins(begun) or (begun.unit == "元" and not word("carried_stock").search(_lead(begun))):
            continue
        here = passages[id(begun.passage)]
        near = [
            one
            for one in plain[max(0, at - _WIDE) : at + 1 + _WIDE]
            if one.dimension == begun.dimension and abs(passages[id(one.passage)] - here) <= _PASSAGES
        ]
        behind = [one for place, one in ends if place > at and one.dimension == begun.dimension]
        named = pairs_of(word("stock_begin").sub("", begun.sentence_before[-_NAMED:]))
        meant = [one for one in behind if _words(one) & named] or [one for one in behind if one in near]
        flows = [one for one in near if one not in meant and _flows(one, begun) and not _is_part(one)]
        part = begun.structure.part_span(begun.start)
        own = [one for one in flows if one.passage is begun.passage and part[0] <= one.start < part[1]]
        if {1, -1} <= set(map(_sign, own)):
            flows = own
        flows = list({one.figure.amount: one for one in flows}.values())
        if len({one.figure.amount for one in meant}) == 1 and len(flows) <= _MOST:
            yield from _chosen(begun, flows, meant[0])


def _chosen(begun: Quantity, flows: Sequence[Quantity], end: Quantity) -> Iterator[Claim]:
    """The stock by all of what came and went, or by as much of it as gives the end."""
    signs = [_sign(one) for one in flows]
    if not {1, -1} <= set(signs):
        return
    every = [
        _claim(begun, flows, chosen, end) for chosen in product(*[(sign, 0) for sign in signs]) if any(chosen)
    ]
    holding = next((claim for claim in every if claim.holds), None)
    if holding is not None:
        yield holding
    elif worth_asking(every[0].relation, named=True) or (
        len(flows) == _TWO and is_near(every[0].relation.value, end.money.amount)
    ):
        yield every[0]


def _is_part(quantity: Quantity) -> bool:
    """Whether it is a part of a number told before it: "支出655万元，用于资助388万元"."""
    start = quantity.structure.part_span(quantity.start)[0]
    said = quantity.passage.text[max(start, quantity.start - _NAMED) : quantity.start]
    told = list(word("stock_parts").finditer(said))
    return bool(told) and not word("besides").search(said, told[-1].end())


def _ends(quantity: Quantity) -> bool:
    if not quantity.head or not word("stock_end").search(_lead(quantity)):
        return False
    return quantity.unit != "元" or word("rest").search(quantity.head) is not None


def _is_of_another(end: Quantity, begun: Quantity, flows: Sequence[Quantity]) -> bool:
    """Whether an end of another sentence is told in words of its own: "年末入住736人" of those on the roll."""
    if end.sentence == begun.sentence:
        return False
    own = _words(end)
    said = pairs_of(begun.sentence_before[-_NAMED:]).union(*map(words_of, (begun, *flows)))
    return bool(own) and not own & said


def _words(end: Quantity) -> frozenset[str]:
    """Pairs of characters that say what there is, not when."""
    return pairs_of(word("stock_end").sub("", end.label)) - pairs_of(end.unit)


def _flows(one: Quantity, begun: Quantity) -> bool:
    return one is not begun and _sign(one) != 0 and not _begins(one)


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
