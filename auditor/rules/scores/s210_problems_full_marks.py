"""S210 承认有问题仍得满分 (score.problems-full-marks)

查什么  报告自己承认的问题（存在问题一节，或正文中“未得到有效执行”“有待提高”等）所涉及的指标是否仍得满分；或承认有问题而全部指标满分、总分满分。只写总分而已经失分的，正文中承认、又没有说明扣分的才提问。
为什么  承认的问题应当在得分中体现，否则要么问题不实，要么得分偏高。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 设备完好率 | ≥95% | 96% | 60 | 60
    效益指标 | 社会效益指标 | 服务学生人数 | ≥900人 | 930人 | 40 | 40
    总分 | | | | | 100 | 100
    三、存在的问题
    部分设备老化，运行中故障较多。
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 设备完好率 | ≥95% | 96% | 60 | 60
    效益指标 | 社会效益指标 | 服务学生人数 | ≥900人 | 930人 | 40 | 40
    总分 | | | | | 100 | 100
    三、存在的问题
    无。
    → 无
依据    财预〔2020〕10号：自评结果应当客观反映目标完成情况
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import Span, View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.grades import full_score
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.problems import Index, marks_of
from auditor.facts.scoring.reasons import admissions, faults_in_passing
from auditor.facts.scoring.score_rows import counted
from auditor.facts.scoring.unproven import unproven
from auditor.figures import Equation, Figure, Term, show
from auditor.language import word
from auditor.report.model import FormKind, Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S210",
    name="score.problems-full-marks",
    title="承认存在问题，有关指标仍得满分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_SHOWN = 4


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    admitted = list(admissions(report))
    if not admitted:
        return
    scored = [row for row in counted(report) if row.lost is not None and not is_execution_row(row)]
    if scored:
        yield from _against_rows(report, admitted, scored)
    elif report.total_score is not None:
        yield from _against_total(report, settings, admitted, report.total_score)


def _against_rows(report: Report, admitted: list[View], scored: list[Indicator]) -> Iterator[Result]:
    index = Index(report, scored)
    any_lost = any(row.lost for row in scored)
    paid_short = any(row.lost and is_execution_row(row) for row in counted(report))
    pairs: list[tuple[View, list[Indicator]]] = []
    for problem in {view.text: view for view in reversed(admitted)}.values():
        rows = index.concerned(problem.text)
        if paid_short and not rows and word("about_execution").search(problem.text):
            continue  # it cost the execution row its points
        if not any_lost or (rows and all(row.full_marks for row in rows)):
            pairs.append((problem, rows[:_SHOWN]))
    pairs.reverse()
    evidence: list[View | Figure] = []
    if not pairs:
        yield RULE.consistent(
            "报告承认的问题在失分的指标中有反映，或与满分的指标没有直接关系。",
            admitted,
            key=tuple(view.text[:20] for view in admitted),
        )
        return
    told = []
    for problem, rows in pairs:
        full = [row for row in rows if row.full_marks]
        evidence += [problem, *(item for row in full for item in (row.name_view, row.score) if item)]
        named = "、".join(f"“{row.name}”{marks_of(row)}" for row in full)
        told.append(f"“{_short(problem.text)}”" + (f"，而{named}" if named else ""))
    total = report.total_score
    everything = ""
    if not any_lost:
        score = f"，总分 {show(total.value)}" if total else ""
        rest = "（不含预算执行）" if len(scored) < len(report.indicators) else ""
        everything = f"全部 {len(scored)} 项指标{rest}都得满分{score}。"
        evidence += [total] if total else []
    yield RULE.query(
        f"报告承认{'；'.join(told)}。{everything}",
        evidence,
        impact="有关指标可能应当扣分。",
        suggestion="说明问题对有关指标的影响，相应扣分，或说明不影响得分的理由。",
        culprits=tuple(_asked_already(report, [problem for problem, _ in pairs])),
        key=tuple(_short(problem.text) for problem, _ in pairs),
    )


def _asked_already(report: Report, problems: list[View]) -> Iterator[Span]:
    """The points of which S212 asks because of the same words: one cause, one question."""
    for found in unproven(report):
        if any(found.where.span().overlaps(problem.span()) for problem in problems):
            yield from (figure.span for figure in found.points[:1])


def _against_total(
    report: Report, settings: Settings, admitted: list[View], total: Figure
) -> Iterator[Result]:
    """Without scores by row a lost point may well be for the problem, unless the report says of no point why it
    was lost and admits a fault in the midst of what it praises."""
    full = full_score(report) or Decimal(100)
    if total.value != full and (
        total.value < full * settings.high_score
        or not list(faults_in_passing(report))
        or any(word("points_deducted").search(passage.text) for passage in report.passages)
    ):
        return
    told = "；".join(f"“{_short(view.text)}”" for view in admitted)
    score = f"满分 {show(total.value)} 分" if total.value == full else f" {show(total.value)} 分"
    yield RULE.query(
        f"报告承认{told}，自评仍为{score}，没有写明这些问题扣了多少分。",
        [*admitted, total],
        relations=(Equation(assigned(total) / Term.exact(full), percent=True),),
        impact="有关指标可能应当扣分。",
        suggestion="说明问题对得分的影响。",
        key=tuple(_short(view.text) for view in admitted),
    )


def _short(text: str) -> str:
    text = text.strip(" 。；;\n")
    return text if len(text) <= 60 else f"{text[:60]}…"
