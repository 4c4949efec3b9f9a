"""V101 扣分没有写依据 (review.deduction-without-remark)

查什么  评价人的复核表里，复核得分低于自评得分（没有自评得分的，低于分值）或写了扣分的指标，扣分依据、备注一栏有没有写。
        预算执行一行按公式计分，不查；表里没有这一栏的，列为无法核验。
为什么  每一分都要有依据；没有依据的扣分，单位提出异议时说不清。
反例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 36 |
    苗木成活率 | 30 | 30 | 27 | 抽查三个地块，成活率低于合同约定
    受益村组 | 30 | 30 | 30 |
    合计 | 100 | 100 | 93 |
    → 存疑
正例
    某项目绩效自评复核表
    指标名称 | 分值 | 自评得分 | 复核得分 | 扣分依据
    栽植苗木 | 40 | 40 | 36 | 少栽一百四十株
    苗木成活率 | 30 | 30 | 27 | 抽查三个地块，成活率低于合同约定
    受益村组 | 30 | 30 | 30 |
    合计 | 100 | 100 | 93 |
    → 无
依据    表内关系：扣分应当写明依据
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.review_sheet import has_remarks, reviewed
from auditor.figures import Equation, Figure, show
from auditor.report.model import Report
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="V101",
    name="review.deduction-without-remark",
    title="扣分没有写依据",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
    asks=Addressee.REVIEWER,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    taken = [one for one in reviewed(report) if one.taken]
    if not taken:
        return
    if not has_remarks(report):
        yield RULE.not_assessable(
            "复核表没有扣分依据（备注）一栏，扣分有没有依据无法核对。", [one.given for one in taken]
        )
        return
    silent = [one for one in taken if one.remark is None]
    if not silent:
        yield RULE.consistent(
            f"{len(taken)} 项扣分都写了依据。", [one.given for one in taken], key=(str(len(taken)),)
        )
        return
    told = "、".join(
        f"“{one.row.name}”{show(one.before[0].value)}改为{show(one.given.value)}" for one in silent
    )
    places: list[View | Figure] = []
    for one in silent:
        places += [one.row.name_view, one.before[0], one.given]
    yield RULE.query(
        f"{len(silent)} 项指标扣了分，没有写扣分依据：{told}。",
        places,
        relations=tuple(Equation(assigned(one.before[0]) - assigned(one.given)) for one in silent),
        suggestion="补写每一项的扣分依据；没有依据的，恢复得分。",
        key=tuple(one.row.place for one in silent),
    )
