"""Parts in one place of a report, their total in another: which total belongs to which list.

Three signs tie them: the parts share a noun that the total names alone ("农村岗亭、城区岗亭" and
"全县岗亭"), the total's noun is made of the parts' nouns ("行政村、社区" and "村(社区)"), or the
list is numbered, or tells the quarters of a year, and one single total of that unit ("总面积") exists.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.lists import Parts, lists_in
from auditor.facts.quantities import behind, between, is_plan, plan_spans, sentence_start, shared_nouns
from auditor.facts.quantity import Quantity
from auditor.language import word
from auditor.report.model import Report

# Characters that would make another noun of the one before: 护林 + 员.
COMPOUND = frozenset("员长化点站办室队组类级费率数度格片区社团工会干部")
_QUARTERS = 4
_MANY = 40  # candidates looked at for one list
_FIRST_NOUN = compiled(r"[\u4e00-\u9fff]{1,8}")


def scattered(
    report: Report, pool: list[list[Quantity]], used: set[Span]
) -> Iterator[tuple[Sequence[Quantity], list[Quantity]]]:
    """Pairs (parts, totals stated elsewhere); totals agree or not, that is for the rule to say.

    `pool` holds the counts of each passage; lists whose first figure is in `used` have their total.
    """
    goals = plan_spans(report)
    stated = [q for found in pool for q in found if not q.spelled and not q.figure.is_vague]
    wholes = _Wholes(stated, goals)
    for found in pool:
        if len(found) < 2:
            continue
        counted = {id(one) for one in found}
        for listed in lists_in(found[0].passage):
            first = listed.parts[0]
            if first.figure.span in used or listed.opened or is_plan(first, goals):
                continue
            if not counted.issuperset(map(id, listed.parts)):
                continue
            totals = wholes.of(listed)
            if totals:
                yield listed.parts, totals
    for parts, whole in _couples(stated):
        if not is_plan(whole, goals) and not is_plan(parts[0], goals):
            yield parts, [whole]


class _Wholes:
    """Every count that may be a total, found by its unit and the last or first two characters of its noun."""

    def __init__(self, stated: list[Quantity], goals: list[Span]) -> None:
        self._by_noun: dict[tuple[str, str], list[Quantity]] = {}
        self._sums: dict[str, list[Quantity]] = {}
        self._stated, self._goals = stated, goals
        for quantity in stated:
            scoped, summed = (
                word("whole_scope").search(quantity.head),
                word("a_sum_word").search(quantity.head),
            )
            if not (scoped or summed) or is_plan(quantity, goals):
                continue
            if scoped:
                head = word("end_of_noun").sub("", quantity.head)
                for noun in dict.fromkeys((quantity.tail[:2], head[-2:])):
                    self._by_noun.setdefault((quantity.unit, noun), []).append(quantity)
            if summed:
                self._sums.setdefault(quantity.unit, []).append(quantity)

    def of(self, listed: Parts) -> list[Quantity]:
        """The totals of a list elsewhere in the report."""
        unit = listed.parts[0].unit
        for noun in shared_nouns(listed.parts):
            near = [
                q
                for end in dict.fromkeys((noun[:2], noun[-2:]))
                for q in self._by_noun.get((unit, end), [])[:_MANY]
            ]
            found = [q for q in dict.fromkeys(near) if not _same_sentence(q, listed) and names_whole(q, noun)]
            found = [q for q in found if not _other_doing(q, listed)]
            if found:
                return found
        quarters = _quarters(listed.parts)
        if quarters or (len(listed.parts) >= 3 and _numbered(listed.parts)):
            called = self._called_totals(unit) if quarters else self._sums.get(unit, [])
            totals = [q for q in called[:_MANY] if not _same_sentence(q, listed)]
            if len({q.figure.amount for q in totals}) == 1:
                return totals
        return []

    def _called_totals(self, unit: str) -> list[Quantity]:
        alike = [q for q in self._stated if q.unit == unit and word("told_whole").search(q.head)]
        return [q for q in alike if not is_plan(q, self._goals)]


def _other_doing(whole: Quantity, listed: Parts) -> bool:
    done = {doing for part in listed.parts for doing in word("work_told").findall(part.head)}
    return bool(done) and not any(doing in whole.head for doing in done)


def names_whole(quantity: Quantity, noun: str) -> bool:
    """Whether the quantity counts all of `noun`: "全镇86个片区", "全镇共设有片区86个"."""
    tail = quantity.tail
    if tail.startswith(noun) and tail[len(noun) : len(noun) + 1] not in COMPOUND:
        return bool(word("head_of_whole").search(quantity.head))
    head = word("end_of_noun").sub("", quantity.head)
    if not head.endswith(noun) or "累计" in quantity.head:
        return False
    whole = bool(word("whole_scope").search(quantity.head))
    return whole and bool(word("noun_of_whole").fullmatch(head[: len(head) - len(noun)]))


def _numbered(parts: Sequence[Quantity]) -> bool:
    """Whether each part is known by a number: "1号楼、2号楼"."""
    text = parts[0].passage.text
    start = sentence_start(text, parts[0].start)
    return len(word("numbered_thing").findall(text[start : parts[-1].start])) >= len(parts)


def _quarters(parts: Sequence[Quantity]) -> bool:
    """Whether the parts are those of the four quarters of a year."""
    if len(parts) != _QUARTERS:
        return False
    told = [word("quarter_named").findall(part.head) for part in parts]
    return len(parts) == len({one[0] for one in told if len(one) == 1})


def _same_sentence(quantity: Quantity, listed: Parts) -> bool:
    first = listed.parts[0]
    return quantity.passage is first.passage and quantity.sentence == first.sentence


def _couples(stated: list[Quantity]) -> Iterator[tuple[Sequence[Quantity], Quantity]]:
    """ "118个行政村和24个社区" against "146个村(社区)"."""
    wholes = [
        (q, match)
        for q in stated
        if q.head in ("", "全县", "全区", "全市", "全部") and (match := word("coupled_noun").match(behind(q)))
    ][:_MANY]
    if not wholes:
        return
    for left, right in pairwise(stated):
        if left.passage is not right.passage or left.sentence != right.sentence or left.unit != right.unit:
            continue
        join = word("joined_noun").fullmatch(between(left, right))
        noun = _FIRST_NOUN.match(right.tail)
        if not join or not noun:
            continue
        for whole, match in wholes:
            same = whole.unit == left.unit and join["noun"].endswith(match["a"])
            if same and noun.group().startswith(match["b"]):
                yield (left, right), whole
                break
