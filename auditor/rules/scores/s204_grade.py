"""S204 自评等次 (score.grade)

查什么  自评等次与总分是否符合报告印出的等次标准；报告没有印标准的，按项目设置的标准只作询问。报告的标准比 90/80/60 宽、又不是填表说明规定的，提请说明。
为什么  等次用于公开和预算安排；总分改了等次没改、标准放宽都会改变等次。分数段之间的空档（89.5 分）不算错。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 巡查次数 | ≥52次 | 53次 | 60 | 60
    效益指标 | 社会效益指标 | 隐患整改数 | ≥40处 | 42处 | 40 | 25
    总分 | | | | | 100 | 85
    自评等级：优
    备注：90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。
    → 不一致
反例
    三、自评结论
    项目自评总得分93分，得分≥85分，总体评分为优秀。
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 巡查次数 | ≥52次 | 53次 | 60 | 60
    效益指标 | 社会效益指标 | 隐患整改数 | ≥40处 | 42处 | 40 | 40
    总分 | | | | | 100 | 100
    自评等级：优
    备注：90分（含）以上为优，80分（含）至90分为良，60分（含）至80分为中，60分以下为差。
    → 无
依据    表内等次标准；财预〔2020〕10号：90（含）至100 分为优、80（含）至90 分为良、60（含）至80 分为中、60 分以下为差
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.grade_scales import (
    Cutoff,
    Misgraded,
    asks_for_grade,
    misgraded,
    per_hundred,
    soft_cutoffs,
)
from auditor.facts.scoring.grades import full_score, graded, rank
from auditor.facts.scoring.marks import as_printed
from auditor.figures import Equation, Figure, Term, show
from auditor.report.model import Grade, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S204",
    name="score.grade",
    title="自评等次与总分不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号", "表内等次标准"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if soft := soft_cutoffs(report, settings.scale):
        yield _softer(report, settings, soft)
    yield from (_row(report, one) for one in misgraded(report, settings.scale))
    score, grade = report.total_score, report.grade
    if score is None:
        if grade is not None:
            yield RULE.not_assessable("没有读到总分，等次无法核对。", [grade.view], key=("no total",))
        return
    if grade is None:
        if asks_for_grade(report):
            yield RULE.not_assessable(
                f"没有填写自评等次，总分 {show(score.value)} 与等次无法核对。", [score], key=("no grade",)
            )
        return
    yield from _grade(report, settings, score, grade)


def _row(report: Report, one: Misgraded) -> Result:
    """A row's grade against its own score under the printed scale."""
    row, due = one.row, one.due
    share = "" if row.weight is None else f"（分值 {show(row.weight.value)}）"
    return RULE.by(one.strength)(
        f"“{row.name}”得分 {show(row.score.value)}{share}，按表内标准（{due.rule}）应为{due.best}，填报为{row.grade.word}。",
        [row.grade.view, row.score, *([row.weight] if row.weight else []), *(band.view for band in report.scale)],
        calculation=f"{show(per_hundred(row), 2)} → {due.best} ≠ {row.grade.word}",
        suggestion="更正这一行的等次，或核对得分。", severity=Severity.MEDIUM,
        culprits=(row.grade.view.span(),), key=("row", row.name, row.grade.word, show(row.score.value)),
    )  # fmt: skip


def _grade(report: Report, settings: Settings, score: Figure, grade: Grade) -> Iterator[Result]:
    full = full_score(report)
    scores = [score.value]
    if full is not None and full not in (0, 100):
        scores.append(score.value / full * 100)
    words = [
        found for found in (graded(report, settings.scale, value) for value in scores) if found is not None
    ]
    printed = bool(report.scale)
    evidence: list[View | Figure] = [grade.view, score, *(band.view for band in report.scale)]
    key = (grade.word, show(score.value))
    own = {band.word for band in report.scale}
    if not words or (printed and grade.word not in own) or (not printed and rank(grade.word) is None):
        yield RULE.not_assessable(
            f"等次“{grade.word}”不在等次标准的用语之内，总分 {show(score.value)} 无法对照。",
            evidence,
            key=key,
        )
        return
    if any(grade.word in found.words or rank(grade.word) == rank(found.best) is not None for found in words):
        yield RULE.consistent(
            f"总分 {show(score.value)}，等次{grade.word}，符合标准（{words[0].rule}）。",
            evidence,
            calculation=f"{show(score.value)} → {grade.word}",
            key=key,
        )
        return
    right = words[0]
    message = f"总分 {as_printed(score)}，按{{}}（{right.rule}）应为{right.best}，填报为{grade.word}。"
    calculation = f"{show(score.value)} → {right.best} ≠ {grade.word}"
    impact = f"等次应由{grade.word}改为{right.best}。"
    suggestion = "更正自评等次，或核对总分。"
    if printed and len(words) == 1:
        yield RULE.inconsistent(
            message.format("表内标准"), evidence, calculation=calculation, impact=impact,
            suggestion=suggestion, culprits=(grade.view.span(),), key=key,
        )  # fmt: skip
    else:
        yield RULE.query(
            message.format("通行标准"), evidence, calculation=calculation, impact=impact,
            suggestion="说明等次依据的标准，或更正等次。", severity=Severity.MEDIUM, key=key,
        )  # fmt: skip


def _softer(report: Report, settings: Settings, soft: list[Cutoff]) -> Result:
    """Cut-offs below 90/80/60."""
    told = "、".join(f"{show(one.low)} 分起为{one.word}" for one in soft)
    usual = "/".join(show(low) for low in settings.scale)
    score = report.total_score
    changes = score is not None and any(one.low <= score.value < one.usual for one in soft)
    where = f"本报告 {show(score.value)} 分，" if score is not None else ""
    impact = where + ("按通行标准等次会降低。" if changes else "按两种标准等次相同。")
    return RULE.query(
        f"报告采用的等次标准（{told}）宽于 {usual}。",
        [one.view for one in soft],
        relations=tuple(Equation(Term.exact(one.low), Term.exact(one.usual), "≥", gap="") for one in soft),
        impact=impact if score is not None else "",
        suggestion="说明等次标准的依据。",
        title="等次标准偏宽",
        severity=Severity.MEDIUM if changes else Severity.LOW,
        key=tuple(f"{one.word}{show(one.low)}" for one in soft),
    )
