"""A total and the numbers of one unit beside it, whatever stands between: the last that is looked for.

全年累计支出435万元，路基工程支出246.5万元，桥涵支出118.9万元，标牌支出87.6万元     behind it, in its sentence
第一轮检查214家次，第二轮187家次，第三轮163家次。全年共检查546家次                   the sentence before it
转移青壮年1012人、老年人598人、儿童245人，合计转移安置1864人                         before it, in its sentence

No words say that the others make up the total, only that it is one ("共", "累计", "全县"). So each stretch of
its neighbours is tried; where one makes it up nothing is said, for chance could do so too, and where none does
it is asked about only as far as one slip explains the nearest, the less the more stretches there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity
from auditor.facts.slip import likelihood
from auditor.facts.stated import Facts
from auditor.figures import Relation
from auditor.language import word

_MOST = 8  # parts of one whole
_ENOUGH = 2
"""So many times likelier a slip than chance: the words call the number a total, its neighbours are all there
are of its unit."""

_Sentence = list[Quantity]


def near_wholes(facts: Facts, used: set[int]) -> Iterator[Claim]:
    """Every such total with the neighbours that one slip keeps from making it up; `used`
    holds the `id` of each number that another list has."""
    told = [[one for one in sentence if _may_count(one)] for sentence in facts.by_sentence()]
    for unit in dict.fromkeys(one.dimension for one in facts.quantities):
        if unit is None:
            continue
        told_of = [[one for one in sentence if one.dimension == unit] for sentence in told]
        for at, sentence in enumerate(told_of):
            for place, whole in enumerate(sentence):
                if id(whole) in used or not word("told_whole").search(whole.head):
                    continue
                claim = _claim(whole, list(_stretches(told_of, at, place, used)))
                if claim is not None:
                    yield claim
                    used.update(map(id, (claim.whole, *claim.parts)))


def _may_count(one: Quantity) -> bool:
    return one.depth == 0 and one.dimension is not None and one.is_plain and not one.is_average


def _stretches(
    told: Sequence[_Sentence], at: int, place: int, used: set[int]
) -> Iterator[tuple[Quantity, ...]]:
    """The stretches of neighbours that may be all parts of a number, the fullest of each side first."""
    whole = told[at][place]
    behind, before = told[at][place + 1 :], told[at][:place]
    sides = [behind or _sentence(told, at + 1, whole), before[::-1] or _sentence(told, at - 1, whole)[::-1]]
    for side in sides:
        side = side[:_MOST]
        for size in range(len(side), 1, -1):
            parts = side[:size]
            if _are_parts(whole, parts, used):
                yield tuple(sorted(parts, key=lambda one: one.start))


def _sentence(told: Sequence[_Sentence], at: int, whole: Quantity) -> _Sentence:
    """The numbers of a sentence next to that of the whole, in its section."""
    if not 0 <= at < len(told) or not told[at] or told[at][0].passage.section != whole.passage.section:
        return []
    return told[at]


def _are_parts(whole: Quantity, parts: Sequence[Quantity], used: set[int]) -> bool:
    """Whether the numbers may be parts of the whole: each below it, named apart, of one role and time, in no
    other list, none a total itself."""
    if any(id(one) in used or whole.base.below(one.base) for one in parts):
        return False
    first = min(parts, key=lambda one: one.start)
    if first.passage is whole.passage and word("of_which").search(whole.passage.text, whole.end, first.start):
        return False  # some of it: a list of its own
    if any(word("told_whole").search(one.head) or word("price_of_one").search(one.head) for one in parts):
        return False
    roles = {one.role for one in (whole, *parts)} - {None}
    names = [one.label or one.tail for one in parts]
    alike = {one.modality for one in (whole, *parts)}
    return len(roles) <= 1 and len(alike) == 1 and all(names) and len(set(names)) == len(names)


def _claim(whole: Quantity, stretches: Sequence[tuple[Quantity, ...]]) -> Claim | None:
    """The likeliest to miss the whole by one slip; None where some stretch makes it up."""
    claims = [_of(whole, parts) for parts in stretches]
    if not claims or any(one.relation.meets for one in claims):
        return None
    best = max(claims, key=lambda one: likelihood(one.relation))
    return best if likelihood(best.relation, len(claims)) >= _ENOUGH else None


def _of(whole: Quantity, parts: tuple[Quantity, ...]) -> Claim:
    relation = Relation(whole.money, tuple(part.money for part in parts))
    names = tuple(part.label or part.head for part in parts)
    reasons = (Guard.NOT_SAID, Guard.BY_ONE_SLIP)
    return Claim(Shape.PARTS, relation, whole, parts, Strength.ASK, reasons, names)
