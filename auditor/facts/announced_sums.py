"""Totals that say how many sums they hold, or that close a paragraph of sums: 两项合计, 三项共计, 全年合计支出.

奖励扶助发放312.576万元；特别扶助…全年发放140.928万元。两项合计453.504万元
每个托位补助200元…，共216万元；新增托位…，共72万元。全年合计支出288万元
（一）…，小计2.60万元。/（二）…，小计0.91万元。/（三）以上合计3.51万元              a line of its own

Which sums are meant the words do not always say: each choice of so many is tried, and where none makes the
total it is asked about as far as one slip explains it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, takewhile

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.slip import likelihood, worth_asking
from auditor.facts.stated import Facts
from auditor.figures import Relation
from auditor.language import word
from auditor.report.model import Passage
from auditor.report.passages import numbering

_NEAR = 8  # sums looked at before a total
_FAR = 40  # numbers looked at before a total
_LINES = 12  # lines above one that sums them up
_MOST = 6  # sums that one total holds
_NUMERALS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}


def announced_sums(facts: Facts, told: set[int]) -> Iterator[Claim]:
    """Every such total that no list beside it makes up (`told`)."""
    for index, passage in enumerate(facts.passages):
        found = quantities_of(passage)
        above = _above(facts.passages, index) if found and word("sums_up_lines").search(passage.text) else []
        for at, whole in enumerate(found):
            if id(whole) in told or whole.figure.is_vague or whole.dimension is None:
                continue
            claim = _of(passage, [*above, *found[max(0, at - _FAR) : at]], whole)
            if claim is not None:
                yield claim


def _above(passages: Sequence[Passage], index: int) -> list[Quantity]:
    """The numbers of the lines right above that are numbered like it."""
    mark = numbering(passages[index].text)
    lines: list[Passage] = []
    for line in reversed(passages[max(0, index - _LINES) : index] if mark else ()):
        own = numbering(line.text)
        if mark is None or own is None or own[0] != mark[0]:
            break
        lines.insert(0, line)
    return [one for line in lines for one in quantities_of(line)][-_FAR:]


def _of(passage: Passage, before: Sequence[Quantity], whole: Quantity) -> Claim | None:
    said = _said(passage, before, whole)
    announced = word("sums_announced").search(said)
    if announced is None and not word("sums_closed").search(said):
        return None
    unit = whole.dimension
    last = islice((one for one in reversed(before) if one.dimension == unit and _plain(one)), _NEAR)
    alike = [*last][::-1]
    totals = [one for one in alike if word("told_total").search(one.head)]
    choices: list[tuple[Quantity, ...]] = []
    if announced is not None:
        size = _NUMERALS.get(announced["n"]) or int(announced["n"])
        if not 1 < size <= _MOST:
            return None
        choices = [choice for pool in (totals, alike) for choice in combinations(pool, size)]
        named = [choice for choice in (tuple(totals), tuple(alike[-size:])) if len(choice) == size]
    else:
        named = choices = [tuple(totals)] if 1 < len(totals) <= _MOST else []
    return _judged(whole, choices, named)


def _said(passage: Passage, before: Sequence[Quantity], whole: Quantity) -> str:
    """The words of its clause before a total, the number of sums included."""
    start = whole.structure.clause_span(whole.start)[0]
    unit = whole.dimension
    near = takewhile(lambda one: one.passage is passage and one.end > start, reversed(before))
    last = next((one.end for one in near if not one.spelled and one.dimension == unit), start)
    return passage.text[last : whole.start]


def _plain(quantity: Quantity) -> bool:
    odd = quantity.figure.is_vague or quantity.is_average
    return not (odd or quantity.spelled or word("price_of_one").search(quantity.head))


def _judged(
    whole: Quantity, choices: Sequence[tuple[Quantity, ...]], named: Sequence[tuple[Quantity, ...]]
) -> Claim | None:
    claims = {choice: _claim(whole, choice) for choice in dict.fromkeys((*named, *choices))}
    holding = next((one for one in claims.values() if one.holds), None)
    if holding is not None or not claims:
        return holding
    ours = [claims[choice] for choice in named]
    best = max(ours or claims.values(), key=lambda one: likelihood(one.relation))
    return best if worth_asking(best.relation, 1 if ours else len(claims), named=bool(ours)) else None


def _claim(whole: Quantity, parts: Sequence[Quantity]) -> Claim:
    relation = Relation(whole.money, tuple(part.money for part in parts))
    names = tuple(part.label or part.head for part in parts)
    return Claim(
        Shape.PARTS, relation, whole, tuple(parts), Strength.ASK, (Guard.ENDS_SOMEWHERE,), names
    )  # fmt: skip
