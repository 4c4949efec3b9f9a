"""A bound and the number beside it that does not keep it, in one sentence of running text.

成本控制在100万元以内，实际106万元            a bound, and what became of it right behind
差错率4%，低于1%的控制目标                    what became of it, and the bound it is said to keep
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.facts.aims import COUNTED, Unmet, is_limit
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Modifier
from auditor.language import word
from auditor.report.model import Passage

_LEAD = 60  # characters before a number that hold what it is of
_BEHIND = 12  # characters behind a bound that are shown
_BARE = (Modifier.OVER, Modifier.UNDER, Modifier.AT_LEAST, Modifier.AT_MOST)
"""Bounds that a clause of nothing else tells of the number before it."""


def out_of_bounds(passage: Passage) -> Iterator[Unmet]:
    """Bounds that are not kept, without a word that they are not."""
    counted = [one for one in quantities_of(passage) if one.kind in COUNTED]
    for first, second in pairwise(counted):
        if first.kind is not second.kind or first.unit != second.unit or first.sentence != second.sentence:
            continue
        if _plain(second) and breaks(second, first) and _is_outcome(second):
            of_a_year = word("year").search(passage.text, first.end, second.start)
            if not of_a_year and not word("owned_up").search(passage.text, first.start, _close(second)):
                yield Unmet(first, second, None, is_limit(first))
        elif _plain(first) and breaks(first, second) and _is_kept(first, second):
            end = min(second.structure.clause_span(second.start, second.end)[1], second.end + _BEHIND)
            yield Unmet(second, first, passage.view.part(first.end + 1, end), is_limit(second))


def broken_by_all(passage: Passage) -> Iterator[Unmet]:
    """A bound that a sentence says was passed or kept ("年产量突破10万吨") and that no number of its kind told before
    it in the sentence keeps: the first of them is told, mostly the total."""
    counted = [one for one in quantities_of(passage) if one.kind in COUNTED]
    for at, bound in enumerate(counted):
        verb = word("bound_passed").search(bound.sentence_before)
        if verb is None or word("over_years").search(bound.sentence_before):
            continue
        own = [one for one in counted[:at] if one.sentence == bound.sentence and one.depth == bound.depth]
        alike = [one for one in own if one.kind is bound.kind and one.unit == bound.unit]
        beside = bool(own) and alike[-1:] == own[-1:] and _is_kept(own[-1], bound)
        if beside or len(alike) < 2 or not all(_plain(one) and breaks(one, bound) for one in alike):
            continue
        if not word("lays_down").search(bound.sentence_before) and not word("owned_up").search(
            passage.text, alike[0].start, _close(bound)
        ):
            yield Unmet(
                bound,
                alike[0],
                passage.view.part(bound.start - len(verb.group()), bound.end),
                is_limit(bound),
            )


def _is_outcome(quantity: Quantity) -> bool:
    return any(word(name).search(quantity.head) for name in ("outcome_told", "outcome_behind_bound"))


def _is_kept(actual: Quantity, bound: Quantity) -> bool:
    """Whether the bound right behind is said to be kept: it is called the measure, or a verb says so."""
    text = actual.passage.text
    if word("lays_down").search(text, *actual.structure.sentence_span(actual.start)):
        return False
    between = text[actual.end : bound.start]
    alone = bound.head in between and word("bare_bound").fullmatch(between) is not None
    if alone and bound.figure.modifier in _BARE and not bound.tail:
        return not word("owned_up").search(text, actual.start, _close(bound))  # "占5.6%，不足5%"
    if kept := word("kept_at").fullmatch(between):
        if kept["of"] and not _is_told_of(kept["of"], text[: actual.end]):
            return False
        return not word("owned_up").search(text, actual.start, _close(bound))
    return bool(word("bound_kept").match(bound.tail) and word("kept_before").fullmatch(between))


def _is_told_of(subject: str, before: str) -> bool:
    """Whether what a bound is set for has just been spoken of."""
    near = before[-_LEAD:]
    return any(subject[at : at + 2] in near for at in range(len(subject) - 1))


def _plain(quantity: Quantity) -> bool:
    return not quantity.figure.is_vague


def breaks(actual: Quantity, bound: Quantity) -> bool:
    """Whether no value of `actual` keeps the bound, which was set as it is written."""
    if is_limit(bound):
        return actual.base.low > bound.figure.amount
    return bound.figure.is_bound and actual.base.high < bound.figure.amount


def _close(quantity: Quantity) -> int:
    """The end of its sentence and of the one behind it."""
    end = quantity.structure.sentence_span(quantity.start)[1]
    return quantity.structure.sentence_span(min(end + 1, len(quantity.passage.text)))[1]
