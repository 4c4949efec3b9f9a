"""Shares and multiples that are told in words, against the numbers they are told of.

专职人员84名，占全部336名网格员的三分之一                     a quarter of them
领取补贴的老人3570人。…… 其中80岁以上1612人，已经过半        less than half, the whole told elsewhere
打捞水草1860吨，比上年的1240吨翻了一番                       half as much again
已打井27眼，规划36眼，尚差四分之一                           what is left of the whole

A fraction in words stands for all values that are nearer to it than to the next fraction that people say: halves,
thirds and quarters, and those with its own denominator. Between two fractions lies their mediant.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from auditor.facts.lists import lists_in
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantities import sum_of
from auditor.facts.quantity import Modality, Quantity, of_one_measure, quantities_of
from auditor.facts.standings import named_member
from auditor.facts.stated import Facts
from auditor.figures import Interval
from auditor.figures.chinese import parse
from auditor.figures.interval import INFINITY
from auditor.language import same_unit, word
from auditor.report.model import Passage
from auditor.values import frozen, lazy

_SAID = 4  # people say halves, thirds and quarters
_NEAR = 24  # numbers of its passage before a share
_FAR = 120  # numbers before and behind a part that may be its whole
_BESIDE = 2  # characters between shares that are told one after the other
_BEHIND = 24  # characters between a number and the share that is told of it


@frozen
class InWords:
    """`part` is told to be a share of `whole`, or a multiple of it, between `start` and `end` of its passage.

    share   every value that the words can stand for: of the whole, or of what there was before
    change  the share is that by which the number moved
    rest    the share is what the part lacks of the whole
    """

    passage: Passage
    start: int
    end: int
    share: Interval
    part: Quantity
    whole: Quantity
    change: bool = False
    rest: bool = False

    @property
    def raw(self) -> str:
        return self.passage.text[self.start : self.end]

    @lazy
    def value(self) -> Interval:
        """What the two numbers make, as printed."""
        part, whole = self.part.base, self.whole.base
        if self.change or self.rest:
            return (
                whole - part if self.part.figure.amount < self.whole.figure.amount else part - whole
            ) / whole
        return part / whole

    @property
    def holds(self) -> bool:
        return self.value.meets(self.share)


def told_in_words(facts: Facts) -> Iterator[InWords]:
    """Every share and multiple in words with the two numbers that are meant, where only two can be."""
    counted = _Counted(facts)
    for passage in facts.passages:
        for name in ("share_in_words", "multiple_in_words"):
            for match in _alone(list(word(name).finditer(passage.text))):
                found = (_share if name[0] == "s" else _multiple)(match, passage, counted)
                if found is not None:
                    yield found


class _Counted:
    """The numbers of a report that a share can be of, in order."""

    def __init__(self, facts: Facts) -> None:
        self.all = [one for one in facts.quantities if _is_counted(one)]
        self._at = {id(one): at for at, one in enumerate(self.all)}
        self._of: dict[int, list[Quantity]] = {}
        for one in self.all:
            self._of.setdefault(id(one.passage), []).append(one)

    def before(self, passage: Passage, offset: int) -> Sequence[Quantity]:
        """The last numbers of a passage before an offset."""
        own = self._of.get(id(passage), [])
        at = bisect_right(own, offset, key=lambda one: one.end)
        return own[max(0, at - _NEAR) : at]

    def behind(self, passage: Passage, offset: int) -> Quantity | None:
        """The next number of a passage behind an offset."""
        own = self._of.get(id(passage), [])
        at = bisect_left(own, offset, key=lambda one: one.start)
        return own[at] if at < len(own) else None

    def around(self, one: Quantity) -> Sequence[Quantity]:
        """The others told before and behind a number, wherever."""
        at = self._at[id(one)]
        return [*self.all[max(0, at - _FAR) : at], *self.all[at + 1 : at + 1 + _FAR]]


def _alone(found: Sequence[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Those that are not told one after the other ("即两成、五成、三成"): each of these is of a number of its own."""
    for at, match in enumerate(found):
        before = found[at - 1].end() if at else -_BESIDE - 1
        behind = found[at + 1].start() if at + 1 < len(found) else len(match.string) + _BESIDE + 1
        if match.start() - before > _BESIDE and behind - match.end() > _BESIDE:
            yield match


def between_fractions(value: Fraction) -> Interval:
    """All values that are nearer to a fraction than to those beside it that people say: of a third those from 2/7,
    between it and a quarter, to 2/5, between it and a half."""
    most = max(_SAID, value.denominator)
    said = {Fraction(top, bottom) for bottom in range(1, most + 1) for top in range(bottom + 1)}
    below = max((one for one in said if one < value), default=Fraction(0))
    above = min((one for one in said if one > value), default=value)
    return Interval(_exactly(_mediant(below, value)).low, _exactly(_mediant(value, above)).high)


def _mediant(one: Fraction, other: Fraction) -> Fraction:
    return Fraction(one.numerator + other.numerator, one.denominator + other.denominator)


def _exactly(value: Fraction) -> Interval:
    """A fraction, rounded outwards where it has no last decimal."""
    return Interval.exact(value.numerator) / Interval.exact(value.denominator)


def _is_counted(one: Quantity) -> bool:
    return one.dimension is not None and not (one.spelled or one.is_average or one.figure.is_bound)


def _bounded(marks: Iterable[str | None], exact: Interval, around: Interval, most: Decimal) -> Interval:
    """The values around a share, cut where the `marks` before or behind it say more or less; `most` it can be."""
    said = [mark for mark in marks if mark]
    if any(word("less_than_share").search(mark) for mark in said):
        return Interval(Decimal(0), exact.high, high_open=True)
    if any(word("nearly_share").search(mark) for mark in said):
        return Interval(around.low, exact.high)
    if any(word("more_than_share").search(mark) for mark in said):
        return Interval(exact.low, most, low_open="以上" not in said)
    return around


def _share_told(match: re.Match[str]) -> Interval | None:
    marks = match.group("before", "behind")
    if match["tenths"]:
        more = match["more"]
        hundredths = 5 if more == "半" else parse(more) or 0 if more else 0
        exact = Interval.exact(Decimal((parse(match["tenths"]) or 0) * 10 + hundredths) / 100)
        half = Decimal("0.005") if more else Decimal("0.05")
        return _bounded(marks, exact, Interval(exact.low - half, exact.high + half), Decimal(1))
    share = Fraction(1, 2)
    if match["of"]:
        top, bottom = (int(one) if one.isdecimal() else parse(one) or 0 for one in match.group("parts", "of"))
        if not 0 < top < bottom:
            return None
        share = Fraction(top, bottom)
    return _bounded(marks, _exactly(share), between_fractions(share), Decimal(1))


def _share(match: re.Match[str], passage: Passage, counted: _Counted) -> InWords | None:
    share = _share_told(match)
    before = counted.before(passage, match.start())
    if share is None:
        return None
    if member := _of_member(match, passage):
        return InWords(passage, match.start(), match.end(), share, *member)
    if rate := word("rate_of_share").search(passage.text, max(0, match.start() - _BEHIND), match.start()):
        made = [
            InWords(passage, match.start(), match.end(), share, *pair)
            for pair in _of_rate(rate["stem"], counted)
        ]
        held = next((one for one in made if one.holds), None)
        return held or (made[0] if len(made) == 1 else None)
    if not before:
        return None
    part = before[-1]
    start = match.start()
    said = passage.text[part.end : start]
    if word("share_to_reach").match(passage.text, match.end()):
        return None
    behind = counted.behind(passage, match.end())
    if behind is not None and word("amount_of_share").fullmatch(passage.text[match.end() : behind.start]):
        # "剩余三成即97.5万元"
        return _of_whole(
            InWords(passage, start, match.end(), share, behind, behind), [*before, behind], counted
        )
    if len(said) > _BEHIND or word("share_of_other").search(said) or _names_another(said, part):
        return None
    if match["halved"] or word("share_of_change").search(said):
        pair = _moved(before, said)
        return None if pair is None else InWords(passage, start, match.end(), share, *pair, change=True)
    rest = bool(word("share_of_rest").search(said))
    return _of_whole(InWords(passage, start, match.end(), share, part, part, rest=rest), before, counted)


def _of_member(match: re.Match[str], passage: Passage) -> tuple[Quantity, Quantity] | None:
    """The one of a list before a share that the words behind it name, and what the list makes up: "超过一半的乘车在早高峰"."""
    named = word("share_of_member").match(passage.text, match.end())
    if named is None:
        return None
    lists = [one for one in lists_in(passage) if len(one.parts) > 1 and one.parts[-1].end <= match.start()]
    for listed in reversed(lists):
        member = named_member(named["member"], listed)
        if member is not None:
            added = sum_of(listed.parts)
            told = (*listed.wholes, *reversed(quantities_of(passage)))
            alike = (one for one in told if one.is_plain and of_one_measure(one, listed.parts[0]))
            whole = next((one for one in alike if one.base.meets(added)), None)
            return None if whole is None else (member[1], whole)
    return None


def _of_rate(stem: str, counted: _Counted) -> Iterator[tuple[Quantity, Quantity]]:
    """The numbers that a rate is made of by its name: what was 注册 of the 居民, told in one sentence."""
    for part in counted.all:
        if stem[-2:] not in part.head + part.tail:
            continue
        before = [one for one in counted.before(part.passage, part.start) if one.sentence == part.sentence]
        for whole in before:
            if (
                _may_be_whole(whole, part)
                and pairs_of(stem[:-2]) <= words_of(whole)
                and stem[-2:] not in whole.head
            ):
                yield part, whole


def _names_another(said: str, part: Quantity) -> bool:
    """Whether the words between a number and a share begin another sentence or tell of another thing."""
    if any(char in "。；;！\n" or char.isdigit() for char in said):
        return True
    names = pairs_of(word("share_told_of").sub("", said))
    return bool(names) and names.isdisjoint(words_of(part))


def _of_whole(told: InWords, before: Sequence[Quantity], counted: _Counted) -> InWords | None:
    """With the whole that makes it hold, if there is one near; else with the only one there is in its sentence, or the
    only one elsewhere that speaks of the same thing."""
    part = told.part
    own = [one for one in before if one.sentence == part.sentence and _may_be_whole(one, part)]
    told_of = [one for one in counted.around(part) if _may_be_whole(one, part)]
    beside = [
        one for one in told_of if one.passage is part.passage and abs(one.sentence - part.sentence) == 1
    ]
    named = [one for one in told_of if words_of(one) & words_of(part)]
    for wholes in (own, [one for one in beside if _leads(one, counted)], beside, named):
        readings = [_with(told, whole) for whole in wholes]
        if held := next((one for one in readings if one.holds), None):
            return held
        if readings:
            return readings[0] if len({one.whole.figure.amount for one in readings}) == 1 else None
    return None


def _leads(one: Quantity, counted: _Counted) -> bool:
    """Whether it is called a total, or is the first number of its unit in its sentence."""
    before = [other for other in counted.before(one.passage, one.start) if other.sentence == one.sentence]
    return bool(word("told_whole").search(one.head)) or all(
        other.dimension != one.dimension for other in before
    )


def _with(told: InWords, whole: Quantity) -> InWords:
    return InWords(told.passage, told.start, told.end, told.share, told.part, whole, rest=told.rest)


def _may_be_whole(whole: Quantity, part: Quantity) -> bool:
    alike = same_unit(whole.dimension or "", visits=True) == same_unit(part.dimension or "", visits=True)
    return alike and whole.figure.amount > part.figure.amount and not whole.figure.is_vague


def _moved(before: Sequence[Quantity], said: str) -> tuple[Quantity, Quantity] | None:
    """(later, earlier) of the two numbers told right before, of one unit and sentence; None for others."""
    if len(before) < 2:
        return None
    first, second = before[-2:]
    beside = first.sentence == second.sentence and first.dimension == second.dimension
    if not beside or first.place + 1 != second.place or first.figure.amount == second.figure.amount:
        return None
    if first.modality is not second.modality or Modality.PLAN in (first.modality, second.modality):
        return None
    if word("earlier").search(first.head):
        return second, first
    return (
        (first, second)
        if word("earlier").search(second.head) or word("compared_with").search(second.head)
        else None
    )


def _multiple(match: re.Match[str], passage: Passage, counted: _Counted) -> InWords | None:
    before = counted.before(passage, match.start())
    if not before:
        return None
    said = passage.text[before[-1].end : match.start()]
    if len(said) > _BEHIND or word("share_of_other").search(said) or _names_another(said, before[-1]):
        return None
    pair = _moved(before, said)
    if pair is None:
        return None
    fold = 2 ** (parse(match["times"] or "一") or 1) if match["doubled"] else 1 + (parse(match["more"]) or 1)
    # People say whole and half multiples; between two of those lies a third.
    thirds = [_exactly(Fraction(3 * fold + step, 3)) for step in (-1, 1)]
    around = Interval(thirds[0].low, thirds[1].high)
    share = _bounded(match.group("before", "near", "behind"), Interval.exact(fold), around, INFINITY)
    later, earlier = pair
    return InWords(passage, match.start(), match.end(), share, later, earlier)
