"""N405 在职人数与编制数 (number.posts-and-staff)

查什么  同一段里写的在职（实有、在编）人数是否超过各类编制数之和。
为什么  人员超编或编制数没有写全，都会影响人员经费和项目人员的口径。
反例
    一、单位基本情况
    核定行政编制12名，事业编制5名。现有在职人员19人，退休人员6人。
    → 存疑
正例
    一、单位基本情况
    核定编制20名，在岗26人（含聘用人员7人），服务辖区现有持证残疾人1,300人。
    → 无
正例
    一、单位基本情况
    核定编制17名，其中行政编制12名、事业编制5名。现有在职人员16人，退休人员6人，聘用人员8人。
    → 无
依据    表内关系：在职人数不超过编制数；编外聘用人员应单独列明
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from auditor.facts.quantities import between, counts, plain_sum, sum_of, summed
from auditor.facts.quantity import Quantity
from auditor.figures import Equation, Term, show
from auditor.report.model import Passage, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N405",
    name="number.posts-and-staff",
    title="在职人数超过编制数",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_POSTS = re.compile(r"编制")
_STAFF = re.compile(r"在职|实有|在编|在岗|现有(?:人员|正式|干部|干警|职工|教职工|教师|工作人员|实有)?$")
_OTHERS = re.compile(
    r"残疾人|学生|儿童|幼儿|居民|群众|村民|农户|老人|患者|病人|党员|志愿者|持证|参保|培训|走访|服务"
)
_NOT_STAFF = re.compile(r"离休|退休|编外|聘|临时|派遣|合同制|公益性|遗属|空编|超编|缺编|其中|行政|事业|工勤")
_OF_WHICH = re.compile(r"其中|含|\(|包括")
_IN_POST = re.compile(r"在编|编内|编制内|正式")
_OUTSIDE = re.compile(r"编外|聘|临时|派遣|合同制|公益性|辅助")
_UNITS = ("名", "个")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for passage in report.prose:
        if "编制" not in passage.text or not _STAFF.search(passage.text):
            continue
        people = [q for q in counts(passage) if q.unit in _UNITS and not q.figure.is_vague and not q.spelled]
        posts = _posts([q for q in people if _POSTS.search(q.clause) and not _STAFF.search(q.head)])
        staff = [q for q in people if _STAFF.search(q.head) and not _NOT_STAFF.search(q.head)]
        staff = [q for q in staff if not _OTHERS.search(q.head)]
        if len(staff) > 1 and (pairs := _told_apart(passage, people)):
            for own, filled in pairs:
                yield from _judge(own, filled, people)
        elif posts and staff:
            yield from _judge(posts, staff[0], people)


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


def _posts(found: list[Quantity]) -> list[Quantity]:
    """The approved posts that add up: a total alone, or every kind where no total is given."""
    if len(found) < 2:
        return found
    first, rest = found[0], found[1:]
    if sum_of(rest).meets(first.base) or re.search(r"总|共|核定编制|编制数", first.head):
        return [first]
    return found


def _judge(posts: list[Quantity], staff: Quantity, people: list[Quantity]) -> Iterator[Result]:
    """Compares the posts with those who fill them, as far as a following 其中 or 含 tells them apart."""
    parts = [
        q
        for q in people
        if q.sentence == staff.sentence and q.start > staff.end and _OF_WHICH.search(between(staff, q))
    ]
    inside = [q for q in parts if _IN_POST.search(q.head)]
    outside = [q for q in parts if _OUTSIDE.search(q.head)]
    if inside:
        yield _compare(posts, inside[0])
    elif outside:
        rest = staff.base - sum_of(outside[:1])
        if not sum_of(posts).below(rest):
            yield RULE.consistent(
                f"在岗 {staff.figure.raw}，扣除编外 {outside[0].figure.raw}后未超过编制 {show(plain_sum(posts))}。",
                [*(post.figure for post in posts), staff.figure, outside[0].figure],
                key=(staff.figure.raw, outside[0].figure.raw),
            )
        else:
            yield _compare(posts, staff)
    else:
        yield _compare(posts, staff)


def _compare(posts: list[Quantity], staff: Quantity) -> Result:
    evidence = [*(post.figure for post in posts), staff.figure]
    approved = show(plain_sum(posts))
    relation = Equation(summed(posts), Term.plain(staff.figure, posts[0].figure.scale), "≥", gap="多")
    told = f"{summed(posts).text} = {approved}" if len(posts) > 1 else approved
    key = (told, staff.figure.raw)
    if not sum_of(posts).below(staff.base):
        return RULE.consistent(
            f"在职 {staff.figure.raw}，未超过编制 {approved}。",
            evidence,
            relations=(relation,),
            key=key,
        )
    over = show(staff.figure.value - plain_sum(posts))
    return RULE.query(
        f"编制{'合计' if len(posts) > 1 else ''} {approved} 名，在职 {staff.figure.raw}，多出 {over} 人。",
        evidence,
        relations=(relation,),
        suggestion="说明超出人员的身份（编外聘用、超编过渡等），或更正编制数、在职数。",
        culprits=(staff.figure.span,),
        key=key,
    )
