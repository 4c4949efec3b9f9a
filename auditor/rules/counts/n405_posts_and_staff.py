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

from collections.abc import Iterator

from auditor.facts.posts import Filled, posts_and_staff
from auditor.facts.quantities import plain_sum, sum_of, summed
from auditor.facts.quantity import Quantity
from auditor.figures import Equation, Term, show
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N405",
    name="number.posts-and-staff",
    title="在职人数超过编制数",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for passage in report.prose:
        for filled in posts_and_staff(passage):
            yield _judge(filled)


def _judge(found: Filled) -> Result:
    posts, staff, outside = found.posts, found.staff, found.outside
    if outside is None or sum_of(posts).below(staff.base - outside.base):
        return _compare(posts, staff)
    return RULE.consistent(
        f"在岗 {staff.figure.raw}，扣除编外 {outside.figure.raw}后未超过编制 {show(plain_sum(posts))}。",
        [*(post.figure for post in posts), staff.figure, outside.figure],
        key=(staff.figure.raw, outside.figure.raw),
    )


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
