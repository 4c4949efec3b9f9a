"""N408 约数与实数 (number.about-and-exact)

查什么  同一句里先说约数（近、余、超过、不足），接着写实际数的，实际数是否在约数的范围里。
        实际数较小又不是同样的说法的，可能只是其中一部分，不提问。
为什么  约数和实数说的是同一件事，对不上时多半有一个是抄来的或写错的。
反例
    某项目支出绩效自评报告
    二、完成情况
    义诊有近400人到场，实际登记人数526人。
    → 存疑
反例
    某项目支出绩效自评报告
    二、完成情况
    宣讲有300余名村民参加，实际签到268人。
    → 存疑
正例
    某项目支出绩效自评报告
    二、完成情况
    义诊有近400人到场，实际登记人数393人。宣讲有300余名村民参加，实际领取药品168人。
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.vague_numbers import belied
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N408",
    name="number.about-and-exact",
    title="约数与实际数对不上",
    severity=Severity.LOW,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for passage in report.prose:
        for one in belied(passage):
            first, second = sorted((one.about, one.exact), key=lambda each: each.start)
            told = [each.in_words().strip("，,") for each in (first, second)]
            yield RULE.query(
                f"前面说“{told[0]}”，接着写“{told[1]}”，对不上。",
                [one.about.figure, one.exact.figure],
                calculation=f"{one.exact.figure.raw} 不在“{one.about.figure.raw}”的范围里",
                suggestion="核对两个数；说的不是一回事的，分开写明。",
                culprits=(one.exact.figure.span,),
                key=(one.about.figure.raw, one.exact.figure.raw),
            )
