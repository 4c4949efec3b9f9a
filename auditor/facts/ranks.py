"""Numbers of which the words say that one is no smaller than another.

新安置1280人，其中女性1350人                                   a part above its whole
人数最多的是南桥镇，1420人，其次是白沙镇1650人                  the most, and one that is more
全年得分，东街95.4分、北关88.5分、沙河84.9分。各街介于88.5分与95.4分之间   the ends of a range, and one outside it
启用以来累计接待4200人次，当年接待4800人次                      all years, and one of them
市内612人、省内738人，其中市内最多                              the place of one of a list told before
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from enum import StrEnum
from itertools import pairwise

from auditor.facts.context.number import numbers_of
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.standings import standings
from auditor.facts.stated import Facts
from auditor.figures import Kind
from auditor.language import same_unit, word
from auditor.report.model import Passage
from auditor.values import frozen

_NEAR = 3  # numbers of its unit looked at behind a cumulative one, and before it
_LISTS = 12  # lists before and behind a largest that it may be of
_MANY = 3  # numbers that make a list
_BEHIND = 16  # characters behind the end of a range that say so
_NOUN = 4  # characters before a number that name what it counts
_TWICE = 2  # a number so many times another is of something else
_LIST = 8  # numbers of a list behind its largest


class Order(StrEnum):
    """Why the first is no smaller than the second. Values are said in messages."""

    PART = "部分与总数"
    MOST = "最大的与其余的"
    LEAST = "最小的与其余的"
    YEARS = "累计数与当年数"
    PLACE = "名次"


@frozen
class Rank:
    """`larger` cannot be smaller than `smaller`, by their words, or by `words` that tell a place."""

    order: Order
    larger: Quantity
    smaller: Quantity
    words: str = ""

    @property
    def fails(self) -> bool:
        """Whether no value that is printed allows it."""
        return self.larger.base.below(self.smaller.base)


def ranks(facts: Facts) -> Iterator[Rank]:
    """What the words of a report say of the order of its numbers, each pair once."""
    ordered = {id(one) for one in facts.passages if word("speaks_of_order").search(one.text)}
    for sentence in facts.by_sentence():
        counted = [one for one in sentence if _is_plain(one)]
        yield from _parts(counted)
        if counted and id(counted[0].passage) in ordered:
            yield from _told_first(counted)
    yield from _of_lists(facts, ordered)
    for passage in facts.passages:
        for match in word("order_told").finditer(passage.text) if id(passage) in ordered else ():
            if match["rest"] or match["once"]:
                yield from _above_all(facts, passage, match)
            else:
                for one in standings(passage, match):
                    yield Rank(Order.PLACE, one.larger, one.smaller, one.words)
    yield from _years([one for one in facts.quantities if _is_plain(one)])


def _told_first(counted: Sequence[Quantity]) -> Iterator[Rank]:
    """The largest or the smallest of a list that is told ahead of the others."""
    for at, one in enumerate(counted):
        if word("the_most").search(one.sentence_before):
            yield from (Rank(Order.MOST, one, other) for other in _list_behind(one, counted[at + 1 :]))
        elif word("the_least").search(one.sentence_before):
            yield from (Rank(Order.LEAST, other, one) for other in _list_behind(one, counted[at + 1 :]))


def _is_plain(one: Quantity) -> bool:
    return one.dimension is not None and one.is_plain


def _alike(one: Quantity, other: Quantity) -> bool:
    return same_unit(one.dimension or "") == same_unit(other.dimension or "")


def _parts(counted: Sequence[Quantity]) -> Iterator[Rank]:
    """A number and the one right behind it that 其中 makes a part of it, unless it may be a part of one before."""
    for at, (whole, part) in enumerate(pairwise(counted)):
        opened = word("opens_part").search(part.passage.text, whole.end, part.start)
        if not opened or not _alike(whole, part) or whole.depth > part.depth or _is_of_one(whole, part):
            continue
        listed = at > 0 and part.passage.text[counted[at - 1].end : whole.start].startswith("、")
        if not listed and not any(_may_be_meant(other, part) for other in counted[:at]):
            yield Rank(Order.PART, whole, part)


def _above_all(facts: Facts, passage: Passage, match: re.Match[str]) -> Iterator[Rank]:
    """A number that is told as some of a whole, by the rest that its sentence goes on to, or as persons each counted once,
    and the largest other that the report tells of the same things, where it is smaller."""
    one = _counted_at(passage, match)
    if one is None or not _is_plain(one) or one.is_average:
        return
    named = pairs_of(one.head[-_NOUN:] if match["once"] else one.sentence_before)
    others = [each for each in facts.quantities if each is not one and _is_plain(each)]
    alike = [each for each in others if _alike(each, one) and not each.is_average]
    wholes = [each for each in alike if named & words_of(each) and each.modality is one.modality]
    largest = max(wholes, key=lambda each: each.base.low, default=None)
    if largest is None or any(one.base.low <= each.base.high for each in alike):
        return
    if one.figure.amount < largest.figure.amount * _TWICE:
        yield Rank(Order.PART, largest, one)


def _counted_at(passage: Passage, match: re.Match[str]) -> Quantity | None:
    """The number that what tells it as a part stands right before or behind."""
    if match["once"]:
        return next((one for one in quantities_of(passage) if one.start >= match.end()), None)
    before = [one for one in quantities_of(passage) if one.end <= match.start()]
    same = before and before[-1].sentence == passage.structure.sentence(match.start())
    return before[-1] if same else None


def _may_be_meant(whole: Quantity, part: Quantity) -> bool:
    """Whether a number farther off can be what a part is of: a sum of money, or one that is called a total or what
    there was in the end."""
    if whole.kind is Kind.MONEY:
        return _alike(whole, part)
    called = word("told_whole").search(whole.head) or word("stock_end").search(whole.head)
    return _alike(whole, part) and bool(called) and not whole.base.below(part.base)


def _is_of_one(whole: Quantity, part: Quantity) -> bool:
    """Whether either is told of one of something, or by how much a number moved."""
    moved = word("step").search(whole.head) or word("left_over").search(whole.head)
    return whole.is_average or part.is_average or bool(moved) or whole.modality is not part.modality


def _list_behind(one: Quantity, behind: Sequence[Quantity]) -> Iterator[Quantity]:
    """The others of a list whose largest or smallest is told first, as far as nothing but names stands between."""
    before = one
    for other in behind[:_LIST]:
        between = one.passage.text[before.end : other.start]
        if (
            not word("beside_extreme").fullmatch(between)
            or not _alike(one, other)
            or other.place != before.place + 1
        ):
            return
        if any(word(name).search(between) for name in ("not_of_list", "the_most", "the_least")):
            return
        yield other
        before = other


def _of_lists(facts: Facts, ordered: Set[int]) -> Iterator[Rank]:
    """The largest and the smallest of a list that is told elsewhere: each stands in it, and another is beyond it."""
    told = numbers_of(facts)
    for one in told.all:
        if one.measure not in told.measures or id(one.quantity.passage) not in ordered:
            continue
        most, least = _ends(one.quantity)
        if not (most or least):
            continue
        lists = told.lists(one.measure)
        at = bisect_left(lists, one.place, key=lambda parts: parts.first)
        for parts in lists[max(0, at - _LISTS) : at + _LISTS]:
            members = [each for each in parts.numbers if not each.is_total]
            away = not any(each.beside(one) for each in members)
            if away and len(members) >= _MANY and one.amount in {each.amount for each in members}:
                beyond = max(members, key=lambda each: each.amount * (1 if most else -1))
                if beyond.amount != one.amount:
                    pair = (one.quantity, beyond.quantity) if most else (beyond.quantity, one.quantity)
                    yield Rank(Order.MOST if most else Order.LEAST, *pair)


def _ends(one: Quantity) -> tuple[bool, bool]:
    """Whether it is told as the largest, or as the smallest, of what its words do not list."""
    behind = one.passage.text[one.end : one.end + _BEHIND]
    if word("to_other_end").match(behind) and word("range_opens").search(one.sentence_before):
        return False, True
    if word("range_closes").match(behind) and word("from_other_end").search(one.sentence_before):
        return True, False
    return bool(word("the_most").search(one.head)), bool(word("the_least").search(one.head))


def _years(counted: Sequence[Quantity]) -> Iterator[Rank]:
    """A number counted over years and one of this year, of the same thing, told near it."""
    for at, one in enumerate(counted):
        if not word("since_long").search(one.head):
            continue
        for other in (*counted[max(0, at - _NEAR) : at], *counted[at + 1 : at + 1 + _NEAR]):
            near = other.passage is one.passage and abs(other.sentence - one.sentence) <= 1
            if (
                near
                and _alike(one, other)
                and word("of_this_year").search(other.sentence_before)
                and _same_thing(one, other)
            ):
                yield Rank(Order.YEARS, one, other)


def _same_thing(one: Quantity, other: Quantity) -> bool:
    """Whether both are facts named in the same words."""
    facts = one.modality is other.modality is Modality.ACTUAL and not (one.is_average or other.is_average)
    return facts and bool(words_of(one) & words_of(other))
