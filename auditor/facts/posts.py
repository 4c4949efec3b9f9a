"""Posts and the staff that fills them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.compiled import compiled
from auditor.facts.quantities import between, counts, sum_of
from auditor.facts.quantity import Quantity
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_UNITS = ("名", "个")


@frozen
class Filled:
    """Approved posts and who fills them; `outside` are those of the staff without a post, where told."""

    posts: list[Quantity]
    staff: Quantity
    outside: Quantity | None = None


def posts_and_staff(passage: Passage) -> Iterator[Filled]:
    """Posts and staff of a passage, as far as its clauses or a following 其中 tell them apart."""
    if "编制" not in passage.text or not word("staff").search(passage.text):
        return
    people = [
        q
        for q in counts(passage)
        if q.unit in _UNITS and not (q.figure.is_vague or q.spelled or word("time_worked").match(q.tail))
    ]
    posts = _posts_of(
        [q for q in people if word("posts").search(q.clause) and not word("staff").search(q.head)]
    )
    staff = [q for q in people if word("staff").search(q.head) and not word("not_staff").search(q.head)]
    staff = [q for q in staff if not word("other_people").search(q.head)]
    if len(staff) > 1 and (pairs := _told_apart(passage, people)):
        for own, filled in pairs:
            yield _in_post(own, filled, people)
    elif posts and staff:
        yield _in_post(posts, staff[0], people)


def _in_post(posts: list[Quantity], staff: Quantity, people: list[Quantity]) -> Filled:
    parts = [
        q
        for q in people
        if q.sentence == staff.sentence
        and q.start > staff.end
        and word("posts_of_which").search(between(staff, q))
    ]
    inside = [q for q in parts if word("in_post").search(q.head)]
    outside = [q for q in parts if word("outside_posts").search(q.head)]
    return Filled(posts, inside[0]) if inside else Filled(posts, staff, next(iter(outside), None))


def _told_apart(passage: Passage, people: list[Quantity]) -> list[tuple[list[Quantity], Quantity]]:
    """ "行政编制16名，实有15名；事业编制24名，实有26名": posts and staff of each clause between semicolons."""
    pairs = []
    stops = [match.end() for match in compiled("[；;。\n]").finditer(passage.text)]
    for start, end in pairwise([0, *stops, len(passage.text)]):
        inside = [q for q in people if start <= q.start < end]
        posts = [q for q in inside if word("posts").search(q.clause) and not word("staff").search(q.head)]
        staff = [q for q in inside if word("staff").search(q.head) and not word("not_staff").search(q.head)]
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
    if sum_of(rest).meets(first.base) or compiled(r"总|共|核定编制|编制数").search(first.head):
        return [first]
    return found
