"""I308 远超目标没有说明 (indicator.far-over-target)

查什么  实际完成超过目标的 130% 而得满分，报告没有说明原因。越低越好的、增长率一类（基数小，比例自然大）、只多做一件的、
        表内自己规定了超额怎样扣分的（归 S205），以及原因栏、说明或正文提到超额、指标偏低、追加任务的，不提。
为什么  完成值高于目标较多的，要说明原因；年初指标值定得明显偏低的，按偏离程度调减分值。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 巡查河段次数 | ≥120次 | 310次 | 50 | 50 |
    效益指标 | 社会效益指标 | 受益村数 | ≥18个 | 18个 | 50 | 50 |
    总分 | | | | | 100 | 100 |
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 巡查河段次数 | ≥120次 | 310次 | 50 | 50 | 汛期延长，追加巡查任务
    效益指标 | 社会效益指标 | 受益村数 | ≥18个 | 18个 | 50 | 50 |
    总分 | | | | | 100 | 100 |
    → 无
依据    财预〔2020〕10号：完成值高于指标值较多的，要分析原因
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.far_over import far_over, silent
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.figures import Equation, Figure, Term
from auditor.language import word
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I308",
    name="indicator.far-over-target",
    title="实际远超目标没有说明",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike or any(word("explains_over").search(one.text) for one in report.prose):
        return
    found = [
        (row, pair)
        for row in report.indicators
        if (pair := far_over(report, row)) is not None and silent(row)
    ]
    if not found:
        return
    told = "；".join(f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}" for row, _ in found)
    evidence: list[View | Figure] = [view for row, _ in found for view in cells(row)]
    yield RULE.query(
        f"{len(found)} 项指标的实际完成超过目标的 130%，没有说明原因：{told}。",
        evidence,
        relations=tuple(
            Equation(Term.of(actual) / Term.of(target, actual.scale), percent=True)
            for _, (target, actual) in found
        ),
        suggestion="说明超额完成的原因；年初指标值定得偏低的，按偏离程度调减得分，以后合理设定。",
        key=tuple(row.place for row, _ in found),
    )
