"""By how much one number is above or below another, told with both.

由17起减少到9起，减少8起；由1640万元增加326万元，达到1966万元    from, to and by
42.36万亩，高于下达的42.1万亩任务0.26万亩                      beside what it is compared with
审定143.9万元，比合同价节省0.82万元                            what it is compared with told before
任务85名，实际救助91名，超任务6名                               beyond a plan
62.5%提高到78.3%，提高15.8个百分点                             rates, in points

Every pair that could be meant is tried; where none gives the number, the pair that the words name is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.loose_changes import loose_steps
from auditor.facts.naming import names_another, said_before, share_words
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.slip import likelihood, worth_asking
from auditor.facts.stated import Facts, once
from auditor.figures import Kind, Relation
from auditor.language import word

_NEAR = 10  # numbers looked at before a step
_FEW = 3  # pairs so few that one of them must be meant
_GAP = 14  # characters from what it is compared with to the step
_BACK = 2  # sentences
_LEAD = 40

Pair = tuple[Quantity, Quantity]


@once
def step_claims(facts: Facts) -> Iterator[Claim]:
    """Every step of the running text with the two numbers that its words name."""
    told: set[int] = set()
    for passage in facts.passages:
        found = quantities_of(passage)
        for at, step in enumerate(found):
            if step.kind not in (Kind.MONEY, Kind.COUNT, Kind.POINTS) or not step.is_plain:
                continue
            claim = _of(found[max(0, at - _NEAR) : at], step, found[at + 1 : at + 2])
            if claim is not None:
                told.add(id(claim.whole))
                yield claim
    yield from loose_steps(facts.quantities, told)


def _of(before: Sequence[Quantity], step: Quantity, after: Sequence[Quantity]) -> Claim | None:
    said = _said(step)
    if not said or word("respectively").search(said):
        return None  # a bare number of a list: no words make a step of it; of several, each has a pair of its own
    alike = [one for one in before if one.is_plain and _alike(one, step)]
    own = [one for one in alike if one.sentence == step.sentence and one.depth == step.depth]
    pairs = list(_from_to(own, step, after, said)) or list(_compared(own, alike, step, said))
    # "…由82%提高到95%，普及率88.6%，提高6.2个百分点": the nearest number has the step.
    pairs = [pair for pair in pairs if own[-1] in pair] if own else pairs
    return _judged(step, pairs) if pairs else None


def _alike(one: Quantity, step: Quantity) -> bool:
    if step.kind is Kind.POINTS:
        return one.kind is Kind.RATE
    return one.kind is step.kind and one.unit == step.unit


def _said(step: Quantity) -> str:
    """The words right before the number, back to the last mark or number."""
    start = step.structure.clause_span(step.start)[0]
    return step.passage.text[max(start, step.start - _LEAD) : step.start]


def _from_to(own: Sequence[Quantity], step: Quantity, after: Sequence[Quantity], said: str) -> Iterator[Pair]:
    """ "由17起减少到9起，减少8起" and "由1640万元增加326万元，达到1966万元"."""
    text = step.passage.text
    subject = word("step_end").sub("", said).strip("，,、；;")
    if not word("step_end").search(said):
        return
    if own and word("thing_of_its_own").search(subject) and names_another(subject, *own[-2:]):
        return  # "普及率由93.5%提高到95.2%，水质达标率较上年提升3.1个百分点"
    for first, last in pairwise(own):
        if word("from_before").search(said_before(first)) and word("to_between").search(
            text[first.end : last.start]
        ):
            yield last, first
    if own and after and _alike(after[0], step) and after[0].sentence == step.sentence:
        first, last = own[-1], after[0]
        here = word("from_before").search(said_before(first)) and len(text[first.end : step.start]) <= _GAP
        if here and word("to_behind").match(text[step.end : last.start]):
            yield last, first


def _compared(
    own: Sequence[Quantity], alike: Sequence[Quantity], step: Quantity, said: str
) -> Iterator[Pair]:
    """Beside what it is compared with; all numbers before may be the other."""
    text = step.passage.text
    base = own[-1] if own else None
    if base is not None and not any(mark in text[base.end : step.start] for mark in ",，;；。"):
        words = text[max(0, base.start - _LEAD) : base.start]
        between = text[base.end : step.start]
        if (
            word("compared_with").search(words)
            and len(between) <= _GAP
            and word("beside_step").search(between)
        ):
            others = list(own[:-1]) or [
                one for one in alike if one is not base and step.sentence - one.sentence <= _BACK
            ]
            yield from ((other, base) for other in reversed(others))
        return
    match = word("below_named").search(said)
    if match is None:
        return
    near = [one for one in alike if step.sentence - one.sentence <= _BACK]
    named = [one for one in near if match["base"] in one.clause and one is not near[-1]]
    for one in reversed(named):
        yield from ((other, one) for other in reversed(near) if other is not one and other.start > one.start)


def _judged(step: Quantity, pairs: Sequence[Pair]) -> Claim | None:
    claims = [_claim(step, pair) for pair in pairs]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        return holding
    claims = [_claim(step, pair, rising=bool(word("rising").search(_between(step, pair)))) for pair in pairs]
    if len(claims) == 1 and claims[0].parts[0].sentence == step.sentence:
        return replace(claims[0], strength=Strength.PROOF) if _forced(step, pairs[0]) else claims[0]
    best = max(claims, key=lambda claim: likelihood(claim.relation))
    named = len(claims) <= _FEW or best is claims[0] or share_words(*best.parts) is True
    return best if worth_asking(best.relation, 1 if named else len(claims), named=named) else None


def _forced(step: Quantity, pair: Pair) -> bool:
    """Whether the words leave no other pair: "36支，较上年的30支增加8支", points "由82%提高到95%"."""
    (later, earlier), text = pair, step.passage.text
    if step.kind is Kind.MONEY:
        return False
    than = word("than_before").fullmatch(text, later.end, earlier.start)
    if than is not None and not word("a_step").search(than.group()):
        return word("step_clause").fullmatch(text, earlier.end, step.start) is not None
    between = text[earlier.end : later.start]
    return step.kind is Kind.POINTS and bool(
        word("from_before").search(said_before(earlier)) and word("to_between").search(between)
    )


def _between(step: Quantity, pair: Pair) -> str:
    """The words of the step, from what it is compared with."""
    return step.passage.text[max(step.structure.clause_span(step.start)[0], pair[1].end) : step.start]


def _claim(step: Quantity, pair: Pair, *, rising: bool | None = None) -> Claim:
    """Of (later, earlier); without a direction, of the larger less the smaller."""
    high, low = pair if rising else pair[::-1]
    if rising is None:
        high, low = sorted(pair, key=lambda one: one.figure.amount, reverse=True)
    relation = Relation(step.figure, (high.figure, low.figure), (1, -1))
    apart = high.sentence != low.sentence or high.sentence != step.sentence
    return Claim(
        Shape.STEP, relation, step, (high, low), Strength.ASK, (Guard.APART,) if apart else (),
        names=(high.label, low.label),
    )  # fmt: skip
