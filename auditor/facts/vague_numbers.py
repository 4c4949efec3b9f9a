"""A number told about (近, 余, 超, 不足) and exactly right behind it, that cannot be one number.

有近900人到场，实际登记人数1164人      more than nearly 900: asked
有近900人到场，实际登记312人           some of those who came: nothing
300余名群众参加，实际签到268人         fewer came than came: asked
难点72件全部化解，全年化解难点超过75件   all of them, and more than all: asked
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.facts.naming import share_words
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Kind, Modifier
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_ABOUT = (Modifier.NEAR, Modifier.MORE, Modifier.OVER, Modifier.UNDER)
_NEAR = 24  # characters between the two


@frozen
class Belied:
    """What is told about, and the exact number that is outside it."""

    about: Quantity
    exact: Quantity


def belied(passage: Passage) -> Iterator[Belied]:
    """Pairs in one sentence, the exact number in the clause behind; a lower one only where it is told in the same
    words, since it may be some of them."""
    counted = [one for one in quantities_of(passage) if one.kind is Kind.COUNT]
    for exact, about in pairwise(counted):
        more = about.figure.modifier in (Modifier.OVER, Modifier.MORE)
        if more and _are_all(exact, about) and exact.base.below(about.figure.without_bound.base):
            yield Belied(about, exact)
    for about, exact in pairwise(counted):
        if about.figure.modifier not in _ABOUT or not exact.is_plain or about.unit != exact.unit:
            continue
        if about.sentence != exact.sentence or about.depth != exact.depth or about.base.meets(exact.base):
            continue
        if exact.start - about.end > _NEAR or not _is_told_again(about, exact):
            continue
        above = exact.base.low >= about.base.high
        if above or _in_same_words(about, exact):
            yield Belied(about, exact)


def _are_all(exact: Quantity, about: Quantity) -> bool:
    """Whether a number is told as all there are, and the next in its sentence as more than so many of the same."""
    alike = exact.unit == about.unit and exact.sentence == about.sentence and exact.depth == about.depth
    return bool(
        alike
        and exact.is_plain
        and word("all_dealt_with").match(exact.tail)
        and not any(word(name).search(about.head) for name in ("aim", "before_word", "other_year"))
        and not word("lays_down").search(about.sentence_before)
        and share_words(about, exact)
    )


def _is_told_again(about: Quantity, exact: Quantity) -> bool:
    """Whether the exact number is what the other came to, not a goal, a part, or another time's."""
    between = about.passage.text[about.end : exact.start]
    told = about.sentence_before + between
    return bool(
        word("counted_exactly").search(exact.head)
        and word("told_about").search(about.head + about.figure.raw)
        and not word("another_count").search(between)
        and not word("aim").search(about.head)
        and not word("lays_down").search(told)
        and not about.tail.startswith("的")
    )


def _in_same_words(about: Quantity, exact: Quantity) -> bool:
    if all(word("took_part").search(one.head + one.tail) for one in (about, exact)):
        return True
    return bool(share_words(exact, about))
