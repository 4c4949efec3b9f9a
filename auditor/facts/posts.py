"""Posts and the staff that fills them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from auditor.compiled import compiled
from auditor.facts.quantities import between, counts, sum_of
from auditor.facts.quantity import Quantity
from auditor.report.model import Passage

_POSTS = compiled(r"编制")
_STAFF = compiled(r"在职|实有|在编|在岗|现有(?:人员|正式|干部|干警|职工|教职工|教师|工作人员|实有)?$")
_OTHERS = compiled(
    r"残疾人|学生|儿童|幼儿|居民|群众|村民|农户|老人|患者|病人|党员|志愿者|持证|参保|培训|走访|服务"
)
_NOT_STAFF = compiled(r"离休|退休|编外|聘|临时|派遣|合同制|公益性|遗属|空编|超编|缺编|其中|行政|事业|工勤")
_OF_WHICH = compiled(r"其中|含|\(|包括")
_IN_POST = compiled(r"在编|编内|编制内|正式")
_OUTSIDE = compiled(r"编外|聘|临时|派遣|合同制|公益性|辅助")
_UNITS = ("名", "个")


@dataclass(frozen=True)
class Filled:
    """Approved posts and who fills them; `outside` are those of the staff without a post, where told."""

    posts: list[Quantity]
    staff: Quantity
    outside: Quantity | None = None


def posts_and_staff(passage: Passage) -> Iterator[Filled]:
    """Posts and staff of a passage, as far as its clauses or a following 其中 tell them apart."""
    if "编制" not in passage.text or not _STAFF.search(passage.text):
        return
    people = [q for q in counts(passage) if q.unit in _UNITS and not q.figure.is_vague and not q.spelled]
    posts = _posts_of([q for q in people if _POSTS.search(q.clause) and not _STAFF.search(q.head)])
    staff = [q for q in people if _STAFF.search(q.head) and not _NOT_STAFF.search(q.head)]
    staff = [q for q in staff if not _OTHERS.search(q.head)]
    if len(staff) > 1 and (pairs := _told_apart(passage, people)):
        for own, filled in pairs:
            yield _in_post(own, filled, people)
    elif posts and staff:
        yield _in_post(posts, staff[0], people)


def _in_post(posts: list[Quantity], staff: Quantity, people: list[Quantity]) -> Filled:
    parts = [
        q
        for q in people
        if q.sentence == staff.sentence and q.start > staff.end and _OF_WHICH.search(between(staff, q))
    ]
    inside = [q for q in parts if _IN_POST.search(q.head)]
    outside = [q for q in parts if _OUTSIDE.search(q.head)]
    return Filled(posts, inside[0]) if inside else Filled(posts, staff, next(iter(outside), None))


def _told_apart(passage: Passage, people: list[Quantity]) -> list[tuple[list[Quantity], Quantity]]:
    """ "行政编制16名，实有15名；事业编制24名，实有26名": posts and staff of each clause between semicolons."""
    pairs = []
    stops = [match.end() for match in re.finditer("[；;。\n]", passage.text)]
    for start, end in pairwise([0, *stops, len(passage.text)]):
        inside = [q for q in people if start <= q.start < end]
        posts = [q for q in inside if _POSTS.search(q.clause) and not _STAFF.search(q.head)]
        staff = [q for q in inside if _STAFF.search(q.head) and not _NOT_STAFF.search(q.head)]
        if len(posts) == len(staff) == 1:
            pairs.append((posts, staff[0]))
        elif posts or staff:
            return []
    return pairs if len(pairs) > 1 else []


def _posts_of(found: list[Quantity]) -> list[Quantity]:
    """The approved posts that add up: a total alone, or every kind where no total is given."""
    if len(found) < 2:
        return found
    first, rest = found[0], found[1:]
    if sum_of(rest).meets(first.base) or re.search(r"总|共|核定编制|编制数", first.head):
        return [first]
    return found
