"""Lists whose total is not the number right before them, and hints at the slip behind a difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.facts.quantities import counts
from auditor.facts.quantity import Quantity
from auditor.facts.slips import likely_slip
from auditor.facts.stated import once
from auditor.figures import show, total
from auditor.language import word
from auditor.report.model import Passage


def is_net(whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """A net rise or fall: what follows in brackets is taken off, not added; unless it is what the net is made of
    ("净增加造价58万元，其中换填41万元、改移17万元")."""
    if not word("net").search(whole.head):
        return False
    return not total(part.base for part in parts).meets(whole.base)


def net_holds(parts: Sequence[Quantity], whole: Quantity) -> bool:
    first, second = sorted(parts[:2], key=lambda part: part.figure.amount)
    return (second.base - first.base).meets(whole.base)


def listed_words(parts: Sequence[Quantity]) -> str:
    """The list as written; "118个行政村和24个社区" where the nouns follow the numbers."""
    if all(part.label for part in parts) and not parts[0].tail:
        return "、".join(part.told() for part in parts)
    return parts[0].passage.text[parts[0].start : parts[-1].end] + parts[-1].tail


def slip(parts: Sequence[Quantity], whole: Quantity) -> str:
    """A hint at the slip: first a part too many, then what the digits suggest."""
    surplus = sum((part.figure.amount for part in parts), -whole.figure.amount)
    extra = [part for part in parts if part.figure.amount == surplus]
    if len(extra) == 1 and len(parts) > 2:
        return f"不计“{extra[0].told()}”则正好相等，可能它不在总数之内，或总数漏加了它。"
    return likely_slip([part.figure for part in parts], [part.name for part in parts], whole.figure)


def borrowed(parts: Sequence[Quantity], whole: Quantity) -> str:
    """A hint: the total may be another number of the paragraph that holds the parts."""
    if hint := slip(parts, whole):
        return hint
    for other in next(_by_value(parts[0].passage)).get(whole.figure.value, ()):
        if other.unit != whole.unit:
            return f"{show(whole.figure.value)} 与“{other.told()}”的数相同，可能误用了那个数。"
    return ""


@once
def _by_value(passage: Passage) -> Iterator[dict[Decimal, list[Quantity]]]:
    found: dict[Decimal, list[Quantity]] = {}
    for one in counts(passage):
        found.setdefault(one.figure.value, []).append(one)
    yield found
