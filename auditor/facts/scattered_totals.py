"""Parts in one place of a report, their total in another: which total belongs to which list.

Three signs tie them: the parts share a noun that the total names alone ("农村岗亭、城区岗亭" and
"全县岗亭"), the total's noun is made of the parts' nouns ("行政村、社区" and "村(社区)"), or the
list is numbered and one single total of that unit ("总面积") exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.enumerations import Enumeration, enumerations
from auditor.facts.quantities import behind, between, is_plan, plan_spans
from auditor.facts.quantity import Quantity
from auditor.report.model import Report

SCOPE = r"全[县市区镇乡街村省州旗校院局域]|全辖|辖区内?|全部|所有|全体|总共|共计|合计|总计|共有|共设|共"
_WHOLE_HEAD = compiled(rf"(?:{SCOPE})(?:有|设有?|设置|划分|建成|已?建)?(?:为|成)?$")
_WHOLE_NOUN = rf"(?:{SCOPE}|今年|目前|全年|现|已|设有?|设置|划分|建成|有)*"
_END_OF_NOUN = compiled(r"[总数量共计为达有合]{0,8}$")

# Characters that would make another noun of the one before: 护林 + 员.
COMPOUND = frozenset("员长化点站办室队组类级费率数度格片区社团工会干部")
_COUPLE = compiled(r"(?P<a>[\u4e00-\u9fff]{1,4})\((?P<b>[\u4e00-\u9fff]{1,4})\)")
_JOINED_NOUN = compiled(r"(?P<noun>[\u4e00-\u9fff]{1,6}?)(?:和|及|与|、|,|，)")
_SCOPED, _SUM = compiled(SCOPE), compiled(r"总[\u4e00-\u9fff]{0,5}$")
# What was done in the year is no part list of what there is: "新建公厕5座、改造公厕8座" of 63.
_DONE = compiled(r"新建|改建|扩建|改造|新增|新招|新购|增设|维修|修缮|更换|拆除|整治|治理|办理|处理|清理")
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
        for listed in enumerations(found):
            if listed.first.figure.span in used or listed.open or is_plan(listed.first, goals):
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
        for quantity in stated:
            scoped, summed = _SCOPED.search(quantity.head), _SUM.search(quantity.head)
            if not (scoped or summed) or is_plan(quantity, goals):
                continue
            if scoped:
                head = _END_OF_NOUN.sub("", quantity.head)
                for noun in dict.fromkeys((quantity.tail[:2], head[-2:])):
                    self._by_noun.setdefault((quantity.unit, noun), []).append(quantity)
            if summed:
                self._sums.setdefault(quantity.unit, []).append(quantity)

    def of(self, listed: Enumeration) -> list[Quantity]:
        """The totals of a list elsewhere in the report."""
        unit = listed.first.unit
        for noun in listed.nouns:
            near = [
                q
                for end in dict.fromkeys((noun[:2], noun[-2:]))
                for q in self._by_noun.get((unit, end), [])[:_MANY]
            ]
            found = [q for q in dict.fromkeys(near) if not _same_sentence(q, listed) and names_whole(q, noun)]
            found = [q for q in found if not _other_doing(q, listed)]
            if found:
                return found
        if len(listed.parts) >= 3 and listed.numbered:
            totals = [q for q in self._sums.get(unit, [])[:_MANY] if not _same_sentence(q, listed)]
            if len({q.figure.amount for q in totals}) == 1:
                return totals
        return []


def _other_doing(whole: Quantity, listed: Enumeration) -> bool:
    done = {word for part in listed.parts for word in _DONE.findall(part.head)}
    return bool(done) and not any(word in whole.head for word in done)


def names_whole(quantity: Quantity, noun: str) -> bool:
    """Whether the quantity counts all of `noun`: "全镇86个片区", "全镇共设有片区86个"."""
    tail = quantity.tail
    if tail.startswith(noun) and tail[len(noun) : len(noun) + 1] not in COMPOUND:
        return bool(_WHOLE_HEAD.search(quantity.head))
    head = _END_OF_NOUN.sub("", quantity.head)
    if not head.endswith(noun) or "累计" in quantity.head:
        return False
    whole = bool(re.search(SCOPE, quantity.head))
    return whole and bool(re.fullmatch(_WHOLE_NOUN, head[: len(head) - len(noun)]))


def _same_sentence(quantity: Quantity, listed: Enumeration) -> bool:
    return quantity.passage is listed.first.passage and quantity.sentence == listed.first.sentence


def _couples(stated: list[Quantity]) -> Iterator[tuple[Sequence[Quantity], Quantity]]:
    """ "118个行政村和24个社区" against "146个村(社区)"."""
    wholes = [
        (q, match)
        for q in stated
        if q.head in ("", "全县", "全区", "全市", "全部") and (match := _COUPLE.match(behind(q)))
    ][:_MANY]
    if not wholes:
        return
    for left, right in pairwise(stated):
        if left.passage is not right.passage or left.sentence != right.sentence or left.unit != right.unit:
            continue
        join = _JOINED_NOUN.fullmatch(between(left, right))
        noun = _FIRST_NOUN.match(right.tail)
        if not join or not noun:
            continue
        for whole, match in wholes:
            same = whole.unit == left.unit and join["noun"].endswith(match["a"])
            if same and noun.group().startswith(match["b"]):
                yield (left, right), whole
                break
