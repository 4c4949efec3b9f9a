"""I306 实际完成值空着却有得分 (indicator.blank-cells)

查什么  指标有分值、有得分，实际完成值（或者连同年度指标值）却空着，而同一张表的其他指标大多填了。加分项、执行率一行、几项合用一个得分的，以及写了说明或原因的，不列。
为什么  没有完成情况，得分没有依据；多半是漏填。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 |  |  | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 存疑
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 | 100% |  | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 加固堤防长度 | ≥12公里 | 12.4公里 | 40 | 40
    产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 20 | 20
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2020〕10号：自评须填写各项指标的目标值和实际完成值
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.blank_rows import blank_rows
from auditor.figures import Equation, Figure, Term, added, show
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I306",
    name="indicator.blank-cells",
    title="实际完成值空着却有得分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    found = blank_rows(report)
    if not found:
        return
    told = "、".join(f"“{one.row.name}”{show(one.score.value)}/{show(one.weight.value)}" for one in found)
    evidence: list[View | Figure] = []
    for one in found:
        evidence += [one.row.name_view, one.weight, one.score]
    points = [one.score for one in found]
    total = added(Term.of(score) for score in points)
    yield RULE.query(
        f"{len(found)} 项指标没有填写{_what(one.row for one in found)}，却有得分：{told}。",
        evidence,
        relations=(Equation(total),),
        impact=f"涉及得分 {show(sum((score.value for score in points), Decimal(0)))} 分没有依据。",
        suggestion="补填空着的目标值和实际完成值，并附依据；不考核的指标，不应计分。",
        key=tuple(one.row.place for one in found),
    )


def _what(rows: Iterable[Indicator]) -> str:
    """What the rows leave empty, in the words of the form."""
    without_aim = {row.target is None for row in rows}
    if len(without_aim) > 1:
        return "实际完成值（有的连目标值也没有）"
    return "目标值和实际完成值" if without_aim.pop() else "实际完成值"
