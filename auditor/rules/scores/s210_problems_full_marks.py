"""S210 承认有问题仍得满分 (score.problems-full-marks)

查什么  报告自己承认的问题（存在问题一节，或正文中“未得到有效执行”“有待提高”等）所涉及的指标是否仍得满分；或承认有问题而全部指标满分。
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

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.grades import full_score
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.reasons import admissions
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Equation, Figure, Term, show
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

# What a problem speaks of, and the indicators that should show it.
_TOPICS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"故障|老化|损坏|返工|不达标|不合格|质量(?:不高|较差|问题|缺陷)|缺陷"), re.compile(r"质量|完好|合格|达标")),
    (re.compile(r"延期|滞后|推迟|拖延|逾期|未能?(?:按期|按时|如期|及时)|进度(?:缓慢|较慢|偏慢)"), re.compile(r"时效|按期|按时|进度|工期|完工|竣工")),
    (re.compile(r"制度[^,，。;]{0,8}(?:不|未|欠|缺|有待|需)"), re.compile(r"制度")),
    (re.compile(r"超预算|超支|成本(?:偏高|过高)"), re.compile(r"成本")),
    (re.compile(r"投诉|不满意|满意度(?:不高|偏低|下降)"), re.compile(r"满意")),
)  # fmt: skip
_SHOWN = 4
_COMMON = 4  # characters in a row that a problem and an indicator must share to speak of one thing


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
    index = _Index(report, scored)
    any_lost = any(row.lost for row in scored)
    pairs: list[tuple[View, list[Indicator]]] = []
    for problem in {view.text: view for view in reversed(admitted)}.values():
        rows = index.concerned(problem.text)
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
        named = "、".join(f"“{row.name}”{_marks(row)}" for row in full)
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
        key=tuple(_short(problem.text) for problem, _ in pairs),
    )


def _against_total(
    report: Report, settings: Settings, admitted: list[View], total: Figure
) -> Iterator[Result]:
    full = full_score(report) or Decimal(100)
    if total.value < full * settings.high_score:
        return
    told = "；".join(f"“{_short(view.text)}”" for view in admitted)
    yield RULE.query(
        f"报告承认{told}，自评仍为 {show(total.value)} 分，没有写明这些问题扣了多少分。",
        [*admitted, total],
        relations=(Equation(assigned(total) / Term.exact(full), percent=True),),
        impact="有关指标可能应当扣分。",
        suggestion="说明问题对得分的影响。",
        key=tuple(_short(view.text) for view in admitted),
    )


class _Index:
    """Indicators by what a problem may say of them: a topic, or words of their own."""

    def __init__(self, report: Report, rows: list[Indicator]) -> None:
        self.known = report.project + report.title
        self.rows = rows
        self.topics = [
            [at for at, row in enumerate(rows) if names.search(f"{row.name} {_class_of(row)}")]
            for _, names in _TOPICS
        ]
        self.pieces: dict[str, set[int]] = {}
        for at, row in enumerate(rows):
            for piece in _pieces(row.name + (row.narrative.text if row.narrative else "")):
                self.pieces.setdefault(piece, set()).add(at)

    def concerned(self, problem: str) -> list[Indicator]:
        found: set[int] = set()
        for (speaks, _), at in zip(_TOPICS, self.topics, strict=True):
            if speaks.search(problem):
                found.update(at)
        for piece in _pieces(problem):
            if piece in self.pieces and piece not in self.known:
                found |= self.pieces[piece]
        return [self.rows[at] for at in sorted(found)]


def _class_of(row: Indicator) -> str:
    return row.path[-1].name if row.path else ""


def _pieces(text: str) -> set[str]:
    """Runs of characters that two texts must share to speak of one thing."""
    runs = (text[at : at + _COMMON] for at in range(len(text) - _COMMON + 1))
    return {run for run in runs if run.isalnum()}


def _marks(row: Indicator) -> str:
    assert row.weight is not None
    assert row.score is not None
    return f" {show(row.score.value)}/{show(row.weight.value)}"


def _short(text: str) -> str:
    text = text.strip(" 。；;\n")
    return text if len(text) <= 60 else f"{text[:60]}…"
