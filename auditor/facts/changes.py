"""Rises and falls told in words: two values and the change between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from auditor.facts.quantities import rate_of, sentence_start
from auditor.facts.quantity import Quantity
from auditor.facts.rate_guards import other_growth
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Term
from auditor.language import word

_KINDS = (Kind.COUNT, Kind.MONEY, Kind.RATE)
_NEAR = 8  # figures looked at before the change


@dataclass(frozen=True)
class Change:
    """From `first` to `last`: `terms` give the change that `claimed` prints.

    step   the absolute change, where it is printed too ("增加8支，增长16.67%"); `first` is then None
           where last year's value is not printed
    wrong  the figure that the others contradict; None where all fit
    sure   whether no other pair of values could be meant
    """

    first: Figure | None
    last: Figure
    terms: Expression
    claimed: Figure
    step: Figure | None = None
    wrong: Figure | None = None
    sure: bool = True

    @property
    def equation(self) -> Equation:
        """The change as computed, against the printed one."""
        if self.claimed.kind in (Kind.RATE, Kind.POINTS):
            return rate_of(self.terms, self.claimed, holds=self.wrong is None)
        claimed = Term.of(self.claimed, text=self.claimed.raw)
        return Equation(self.terms, claimed, gap="", holds=self.wrong is None)


def plain_steps(figures: list[Figure], text: str) -> Iterator[Change]:
    """ "B，比上年的 A 增加 C" without a rate: C against the two. Any earlier value may be B."""
    for at, (first, step) in enumerate(pairwise(figures)):
        if at == 0 or first.kind is not Kind.COUNT or step.kind is not Kind.COUNT or first.unit != step.unit:
            continue
        last = figures[at - 1]
        gap = word("than_before").fullmatch(text, last.end, first.start)
        if (
            gap is None
            or word("a_step").search(gap.group())
            or not word("step_clause").fullmatch(text, first.end, step.start)
        ):
            continue
        following = figures[at + 2 : at + 3]
        if following and following[0].kind in (Kind.RATE, Kind.POINTS) and following[0].start - step.end < 12:
            continue  # the rate is looked at with all three
        start = sentence_start(text, first.start)
        alike = [
            one
            for one in figures[max(at - _NEAR, 0) : at]
            if one.kind is Kind.COUNT and one.unit == first.unit and one.start >= start
        ]
        if any(figure.is_vague for figure in (first, step, *alike)) or not alike:
            continue
        fitting = next((one for one in alike if _difference(first, one).meets(step.base)), None)
        if fitting is None and (len(alike) > 1 or "其中" in text[start : first.start]):
            continue
        value = fitting or alike[0]
        yield Change(first, value, _moved(first, value, step), step, step, None if fitting else step)


def is_change(rate: Quantity) -> bool:
    return bool(word("a_change").search(rate.head))


def change_told(rate: Quantity, figures: list[Figure]) -> Change | None:
    """A change and its two values, unless its own words make it another than theirs."""
    found = _told(rate, figures)
    if found is None or found.wrong is None:
        return found
    start = min(one.end for one in (found.first, found.last, found.step) if one is not None)
    return None if other_growth(rate, start) else found


def changes_in_turn(rate: Quantity, figures: list[Figure]) -> list[Change] | None:
    """The changes of "由A提到B，由C提到D，分别提高R和S", one for each rate; None where the words are others,
    none where rates and pairs are not as many."""
    if "分别" not in rate.head:
        return None
    text, at = rate.passage.text, bisect_left(figures, rate.start, key=lambda figure: figure.start)
    rates = [rate.figure]
    for figure in figures[at + 1 : at + _NEAR]:
        if figure.kind is not rate.figure.kind or not word("joint").fullmatch(
            text, rates[-1].end, figure.start
        ):
            break
        rates.append(figure)
    start = sentence_start(text, rate.start)
    values = [
        one for one in figures[max(at - 2 * _NEAR, 0) : at] if one.start >= start and one.kind in _KINDS
    ]
    pairs = [
        (first, last)
        for first, last in pairwise(values)
        if first.unit == last.unit
        and word("change_from").search(text[start : first.start])
        and word("change_to").search(text[first.end : last.start])
    ]
    if len(pairs) != len(rates):
        return []
    told = (
        _plain(replace(rate, figure=one), first, last)
        for one, (first, last) in zip(rates, pairs, strict=True)
    )
    return [change for change in told if change is not None]


def _told(rate: Quantity, figures: list[Figure]) -> Change | None:
    """ "由 A 下降到 B，下降 R%", "B，上年 A，下降 R%" or "B，较上年的 A 增加 C，增长 R%"."""
    text = rate.passage.text
    at = bisect_left(figures, rate.start, key=lambda figure: figure.start)
    start = sentence_start(text, rate.start)
    ends = [
        f
        for f in figures[max(at - _NEAR, 0) : at]
        if f.kind in _KINDS and not f.is_vague and f.start >= start
    ]
    if found := _compared(rate, ends, figures[at + 1 : at + 2]) or _by_step(rate, ends):
        return found
    if word("against_before").search(rate.clause):
        return None
    ends = ends[-2:]
    if len(ends) != 2 or ends[0].kind is not ends[1].kind or ends[0].unit != ends[1].unit:
        return None
    first, last = ends
    gap = text[first.end : last.start]
    if word("change_from").search(text[start : first.start]) and word("change_to").search(gap):
        return _plain(rate, first, last)
    return _plain(rate, last, first) if word("last_year_was").fullmatch(gap) else None


def _plain(rate: Quantity, first: Figure, last: Figure) -> Change | None:
    value = _rise(rate, first, last)
    if value is None:
        return None
    wrong = None if value.meets(rate.figure.interval) else rate.figure
    return Change(first, last, _terms(rate, first, last), rate.figure, wrong=wrong)


def _by_step(rate: Quantity, ends: list[Figure]) -> Change | None:
    """ "B，比上年增加 C，增长 R%": C against B less C."""
    if len(ends) < 2 or rate.figure.kind is Kind.POINTS:
        return None
    step, text = ends[-1], rate.passage.text
    gap = word("by_so_much").fullmatch(text, ends[-2].end, step.start)
    if gap is None or step.kind is Kind.RATE or step.base.low <= 0:
        return None
    rising = word("rising").search(gap["verb"]) is not None
    told = word("rate_of_change").fullmatch(text, step.end, rate.start)
    if told is None or (word("rising").search(told["verb"]) is not None) is not rising:
        return None
    alike = [last for last in ends[-2::-1] if last.kind is step.kind and last.unit == step.unit]
    read = []
    for last in alike:
        before = last.base - step.base if rising else last.base + step.base
        if before.low > 0:
            value = step.base / before / Interval.exact(rate.figure.scale)
            read.append((last, value.meets(rate.figure.interval)))
    if not read:
        return None
    last, right = next((one for one in read if one[1]), read[0])
    by, now = (Term.plain(one, step.scale) for one in (step, last))
    terms = by / (now - by if rising else now + by)
    return Change(None, last, terms, rate.figure, step, None if right else rate.figure, len(read) == 1)


def _compared(rate: Quantity, ends: list[Figure], following: list[Figure]) -> Change | None:
    """ "B，较上年的 A (增加 C)，增长 R%"; any earlier value of the sentence may be B."""
    text = rate.passage.text
    for at in range(len(ends) - 1, 0, -1):
        first = ends[at]
        gap = word("than_before").fullmatch(text, ends[at - 1].end, first.start)
        if not gap or word("a_step").search(gap.group()):
            continue
        after = ends[at + 1 :]
        if len(after) > 1 or (after and not word("step_clause").fullmatch(text, first.end, after[0].start)):
            return None
        alike = [
            last
            for last in ends[:at]
            if not word("newly_added").search(text[max(last.start - 10, 0) : last.start])
        ]
        alike += [last for last in following if word("then_reached").fullmatch(text, rate.end, last.start)]
        alike = [last for last in alike if last.kind is first.kind and last.unit == first.unit]
        return _fit(rate, first, alike[::-1], after[0] if after else None)
    return None


def _fit(rate: Quantity, first: Figure, alike: list[Figure], step: Figure | None) -> Change | None:
    """The value that rate and step fit; what is wrong where none does."""
    if step is not None and (step.kind is not first.kind or step.unit != first.unit):
        return None
    read = [(last, value) for last in alike if (value := _rise(rate, first, last)) is not None]
    if not read:
        return None
    right = [(last, value) for last, value in read if value.meets(rate.figure.interval)]
    moved = [(last, value) for last, value in read if step and _difference(first, last).meets(step.base)]
    last = (right or moved or read)[0][0]
    terms = _terms(rate, first, last)
    sure = len(read) == 1 or bool(moved)
    if not right:
        return Change(first, last, terms, rate.figure, step, rate.figure, sure)
    # Money that does not add up is for the rules on money.
    if step is not None and not moved and step.kind is Kind.COUNT:
        alone = len(read) == 1 and first.scale == last.scale
        return Change(first, last, _moved(first, last, step), step, step, step, alone)
    return Change(first, last, terms, rate.figure, step)


def _difference(first: Figure, last: Figure) -> Interval:
    low, high = (first, last) if last.amount >= first.amount else (last, first)
    return high.base - low.base


def _rise(rate: Quantity, first: Figure, last: Figure) -> Interval | None:
    """The change in the unit of the printed one; None where it cannot be told that way."""
    rise = _difference(first, last)
    if rate.figure.kind is Kind.POINTS:
        if first.kind is not Kind.RATE:
            return None
    elif first.kind is Kind.RATE or first.base.low <= 0:
        return None
    else:
        rise = rise / first.base
    return rise / Interval.exact(rate.figure.scale)


def _terms(rate: Quantity, first: Figure, last: Figure) -> Expression:
    """How the printed rate, or the points, come about."""
    if rate.figure.kind is Kind.POINTS:
        low, high = sorted((first, last), key=lambda figure: figure.amount)
        return Term.plain(high) - Term.plain(low)
    return _moved(first, last, first) / Term.plain(first)


def _moved(first: Figure, last: Figure, told: Figure) -> Expression:
    """The larger less the smaller, in the unit of `told`."""
    low, high = sorted((first, last), key=lambda figure: figure.amount)
    return Term.plain(high, told.scale) - Term.plain(low, told.scale)
