"""N410 文字说的比例与数不符 (number.told-in-words)

查什么  用文字说的比例和倍数（三分之一、过半、六成、翻一番、增加一倍），与旁边的两个数是否相符。说法本来粗略：离它比离邻近的
        分数（二分之一、三分之一、四分之一）更近的，都算相符；写“过”“超”“近”“不足”的，按这些字的方向看。只提问。
为什么  数写对了，结论却说成“过半”“翻番”，多半是沿用上年的话，或者只图好看。
反例
    某项目绩效自评报告
    二、完成情况
    全县网格员336名，其中专职84名，占三分之一。
    → 存疑
正例
    某项目绩效自评报告
    二、完成情况
    全县网格员336名，其中专职84名，占四分之一。
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.fractions import InWords, told_in_words
from auditor.facts.stated import facts_of
from auditor.figures import Equation, Figure, Interval, Term
from auditor.figures.expression import Expression
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N410",
    name="number.told-in-words",
    title="文字说的比例与数不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for found in told_in_words(facts_of(report)):
        yield _judged(found)


def _judged(found: InWords) -> Result:
    part, whole = found.part.figure, found.whole.figure
    evidence: list[Figure | View] = [part, whole, found.passage.view.part(found.start, found.end)]
    relation = Equation(_made(found), _claimed(found), percent=True, gap="", holds=found.holds)
    key = (found.raw, part.raw, whole.raw)
    if found.holds:
        return RULE.consistent(
            f"“{found.raw}”与 {part.raw}、{whole.raw} 相符。", evidence, relations=(relation,), key=key
        )
    compared = "相差" if found.change or found.rest else "相比是"
    return RULE.query(
        f"“{found.part.told()}”与“{found.whole.told()}”{compared} {relation.shown}%，文中说“{found.raw}”。",
        evidence,
        relations=(relation,),
        suggestion="核对这两个数和比例的说法，更正写错的一个。",
        key=key,
    )


def _claimed(found: InWords) -> Term:
    """The words, with every per cent that they can stand for."""
    hundred = Interval.exact(100)
    return Term(found.raw, found.share.low * 100, found.share * hundred, percent=True)


def _made(found: InWords) -> Expression:
    """The share, or by what share the number moved."""
    scale = found.whole.figure.scale
    part, whole = Term.plain(found.part.figure, scale), Term.plain(found.whole.figure, scale)
    if not (found.change or found.rest):
        return part / whole
    falls = found.part.figure.amount < found.whole.figure.amount
    return (whole - part if falls else part - whole) / whole
