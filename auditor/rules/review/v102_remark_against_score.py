"""V102 依据所写与实际扣分不符 (review.remark-against-score)

查什么  扣分依据里写明“扣60%”“扣2分”的，与实际扣的分是否相符。百分比按分值算、按自评得分算都试，只要有一种相符就不提；
        一处写了几个扣分数的，先相加。写“酌情”“约”的只问。
为什么  写的扣分与实扣的分不同，总分就有一处是错的。
反例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 40 |
    苗木成活率 | 30 | 30 | 15 | 未提供成活率测定记录，扣60%
    受益村组 | 30 | 30 | 30 |
    合计 | 100 | 100 | 85 |
    → 不一致
正例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 40 |
    苗木成活率 | 30 | 30 | 12 | 成活率测定记录不全，扣60%
    受益村组 | 30 | 30 | 30 |
    合计 | 100 | 100 | 82 |
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.marks import as_printed
from auditor.facts.scoring.review_sheet import Reviewed, reviewed
from auditor.facts.scoring.taken_off import deductions, left_of
from auditor.figures import Equation, Figure
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="V102",
    name="review.remark-against-score",
    title="依据所写与实际扣分不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
    asks=Addressee.REVIEWER,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    held: list[Reviewed] = []
    for one in reviewed(report):
        said = deductions(one.remark) if one.remark is not None else []
        if not said or len({figure.kind for figure in said}) > 1:
            continue
        relations = [left_of(base, said, one.given, report.score_unit) for base in one.before]
        if any(relation.meets for relation in relations):
            held.append(one)
        else:
            yield _differs(one, said, relations)
    if held:
        yield RULE.consistent(
            f"{len(held)} 项写明扣多少的，与实际扣分相符。",
            [one.given for one in held],
            key=(str(len(held)),),
        )


def _differs(one: Reviewed, said: list[Figure], relations: list[Equation]) -> Result:
    assert one.remark is not None
    told = "、".join(f"扣{figure.raw}" for figure in said)
    message = (
        f"“{one.row.name}”依据写“{told}”，分值 {as_printed(one.before[-1])}"
        + (f"、自评 {as_printed(one.before[0])}" if len(one.before) > 1 else "")
        + f"，按所写应得 {relations[-1].shown}，实际给了 {as_printed(one.given)}。"
    )
    vague = any(figure.is_vague for figure in said) or word("at_discretion").search(one.remark.text)
    make = RULE.query if vague or len(said) > 1 else RULE.inconsistent
    return make(
        message,
        [one.row.name_view, *one.before, one.given, one.remark],
        relations=tuple({relation.told(): relation for relation in relations}.values()),
        culprits=(one.given.span,),
        suggestion="核对得分和所写的扣分，改正有误的一处，并重算合计。",
        key=(one.row.place, told, as_printed(one.given)),
    )
