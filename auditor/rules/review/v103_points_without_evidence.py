"""V103 写明没有佐证仍给分 (review.points-without-evidence)

查什么  扣分依据写“无佐证”“未提供佐证材料”“未见验收报告”等，这一项却仍给了分。写“部分佐证缺失”“佐证不足”的不提。
为什么  没有佐证的指标通常不得分；给了分的，要写明凭什么。
反例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 40 |
    苗木成活率 | 30 | 30 | 24 | 未提供佐证材料
    受益村组 | 30 | 30 | 30 |
    合计 | 100 | 100 | 94 |
    → 存疑
正例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 40 |
    苗木成活率 | 30 | 30 | 0 | 未提供佐证材料
    受益村组 | 30 | 30 | 24 | 部分村组没有佐证
    合计 | 100 | 100 | 64 |
    → 无
依据    评价惯例：没有佐证材料的指标不得分
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.marks import as_printed
from auditor.facts.scoring.review_sheet import Reviewed, reviewed
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="V103",
    name="review.points-without-evidence",
    title="写明没有佐证仍给分",
    severity=Severity.MEDIUM,
    basis=("评价惯例：没有佐证材料的指标不得分",),
    asks=Addressee.REVIEWER,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    nothing = [one for one in reviewed(report) if _without_evidence(one)]
    given = [one for one in nothing if one.given.value > 0]
    for one in given:
        assert one.remark is not None
        yield RULE.query(
            f"“{one.row.name}”写明“{one.remark.text.rstrip('。')}”，仍给了 {as_printed(one.given)} 分"
            f"（分值 {as_printed(one.before[-1])}）。",
            [one.row.name_view, one.before[-1], one.given, one.remark],
            suggestion="写明给分的理由，或不给分。",
            culprits=(one.given.span,),
            key=(one.row.place, as_printed(one.given)),
        )
    if nothing and not given:
        yield RULE.consistent(
            f"{len(nothing)} 项没有佐证的都没有给分。",
            [one.given for one in nothing],
            key=(str(len(nothing)),),
        )


def _without_evidence(one: Reviewed) -> bool:
    said = one.remark.text if one.remark is not None else ""
    return word("evidence_missing").search(said) is not None and word("partly").search(said) is None
