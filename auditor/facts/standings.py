"""What a clause says of the place of one of a list that was told before it, by its name.

市内612人、省内其他市738人、省外510人，其中市内游客最多        another of the list is more
城关镇62万元、双庙镇51万元、河口镇47万元、柳林乡38万元，柳林乡居第三位    three are more
城关镇62万元、双庙镇51万元、河口镇47万元，双庙镇满意度最高      of another measure: nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.facts.lists import Parts, lists_in
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Quantity
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_LEAST = 3  # members that make a list
_AFTER = 2  # sentences from a list to what is said of it
_WORD = 2


@frozen
class Standing:
    """`larger` is no smaller than `smaller`, by the place that one of them is told to have."""

    larger: Quantity
    smaller: Quantity
    words: str


def standings(passage: Passage, match: re.Match[str]) -> Iterator[Standing]:
    """The place that is told of a member of a list, against the members that it sets it above or below."""
    lists = [one for one in lists_in(passage) if len(one.parts) >= _LEAST]
    told = _told_of(passage, match, lists)
    if told is not None:
        yield from _compared(*told, match)


def _told_of(passage: Passage, match: re.Match[str], lists: Sequence[Parts]) -> tuple[Quantity, Parts] | None:
    """The one member of the nearest list before a place that its clause names, and nothing of another measure."""
    left, _ = passage.structure.clause_span(match.start())
    clause = passage.text[left : match.start()]
    for listed in reversed(lists):
        last = listed.parts[-1]
        here = passage.structure.sentence(match.start()) - last.sentence
        if last.end > left or here > _AFTER:
            continue
        member = named_member(clause, listed)
        if member is None:
            continue
        name, one = member
        start = passage.structure.sentence_span(listed.parts[0].start)[0]
        context = passage.text[start : last.end] + passage.section
        rest = word("place_idle").sub("", clause.replace(name, "", 1))
        return (one, listed) if pairs_of(rest) <= pairs_of(context) else None
    return None


def named_member(clause: str, listed: Parts) -> tuple[str, Quantity] | None:
    """The one member of a list that a clause names, and by which words of its name, those that it begins with: behind
    them stands what all members did, told with the first alone or with each ("早高峰刷卡570次、晚高峰142次"). None for
    none or several."""
    told = [(_told_of_name(name, clause), one) for name, one in zip(listed.names, listed.parts, strict=True)]
    most = max((len(name) for name, _ in told), default=0)
    named = [one for one in told if len(one[0]) == most]
    return named[0] if most >= _WORD and len(named) == 1 else None


def _told_of_name(name: str, clause: str) -> str:
    """As much of a name, from its beginning, as a clause tells."""
    return next((name[:end] for end in range(len(name), 0, -1) if name[:end] in clause), "")


def _compared(one: Quantity, listed: Parts, match: re.Match[str]) -> Iterator[Standing]:
    others = sorted((each for each in listed.parts if each is not one), key=_size)
    if match["most"]:
        yield Standing(one, others[-1], match.group())
    elif match["least"]:
        yield Standing(others[0], one, match.group())
    elif _is_whole(listed):
        place = int(match["place"]) if match["place"].isdigit() else parse(match["place"]) or 0
        ordered = sorted(listed.parts, key=_size, reverse=True)
        if 0 < place <= len(ordered):
            yield Standing(one, ordered[place - 1], match.group())
            yield Standing(ordered[place - 1], one, match.group())


def _size(one: Quantity) -> Decimal:
    return one.base.low


def _is_whole(listed: Parts) -> bool:
    """Whether the members make up a whole, so that nothing else can stand between them."""
    added = sum((one.figure.amount for one in listed.parts), Decimal(0))
    return not listed.opened and any(whole.figure.amount == added for whole in listed.wholes)
