"""S213 写明扣的分与失分不符 (score.said-and-taken-off)

查什么  自评表的原因栏、说明栏写明“扣1.5分”“扣10%”的，分值减去所写的是否就是得分。一处写了几个扣分数的，先相加。
        写“每”“酌情”的是扣分办法，不算；复核表归 V102。
为什么  写的扣分与实扣的分不同，得分或者说明有一处是错的。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 质量指标 | 台账规范性 | 规范 | 较规范 | 20 | 17 | 两本台账缺少签字，扣2分
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 41公里 | 30 | 30 |
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 97 |
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 质量指标 | 台账规范性 | 规范 | 较规范 | 20 | 17 | 两本台账缺少签字，扣2分；一本没有归档，扣1分
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 41公里 | 30 | 30 |
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 97 |
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.marks import as_printed
from auditor.facts.scoring.score_rows import counted
from auditor.facts.scoring.taken_off import deductions, left_of
from auditor.figures import Equation, Figure
from auditor.language import word
from auditor.report.model import FormKind, Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S213",
    name="score.said-and-taken-off",
    title="写明扣的分与失分不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form is FormKind.REVIEW:
        return
    held: list[Indicator] = []
    for row in counted(report):
        if row.weight is None or row.score is None or row.shares_score or row.is_bonus:
            continue
        if row.review_score is not None:
            continue  # the remark may be the reviewer's, on what was left of the unit's own score
        for remark in (row.reason, row.narrative):
            said = deductions(remark) if remark is not None else []
            if remark is None or len({figure.kind for figure in said}) != 1:
                continue
            if any(figure.is_vague for figure in said) or word("at_discretion").search(remark.text):
                continue
            relation = left_of(
                row.weight, said, row.score, report.score_unit, rounded=report.score_step is not None
            )
            if relation.meets:
                held.append(row)
            else:
                yield _differs(row, remark, said, relation)
    if held:
        yield RULE.consistent(
            f"{len(held)} 项写明扣多少的，与失分相符。",
            [row.name_view for row in held],
            key=tuple(row.place for row in held),
        )


def _differs(row: Indicator, remark: View, said: list[Figure], relation: Equation) -> Result:
    assert row.weight is not None
    assert row.score is not None
    told = "、".join(f"扣{figure.raw}" for figure in said)
    return RULE.query(
        f"“{row.name}”写明“{told}”，分值 {as_printed(row.weight)}，按所写应得 {relation.shown}，"
        f"得分填 {as_printed(row.score)}。",
        [row.name_view, row.weight, row.score, remark],
        relations=(relation,),
        culprits=(row.score.span,),
        suggestion="核对得分和所写的扣分，更正有误的一处，并重算合计。",
        key=(row.place, told, as_printed(row.score)),
    )
