"""S208 失分没有说明原因 (score.no-reason)

查什么  失了分的指标是否写明原因：有原因栏的看原因栏，没有的看自评说明和存在问题；没有得分栏的表看未达标的指标。反过来，写了未完成的原因却没有扣分的也列出。
为什么  未完成或偏差较大的指标须说明原因和改进措施；没有原因的失分无法改进，也无法核实。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 36公里 | 50 | 45 |
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 清理河道长度 | ≥40公里 | 36公里 | 50 | 45 | 汛期停工，余下河段次年一季度完成
    效益指标 | 社会效益指标 | 受益居民 | ≥5000人 | 5100人 | 50 | 50 |
    总分 | | | | | 100 | 95 |
    → 无
依据    财预〔2020〕10号：未完成绩效目标或偏离较大的，要分析说明原因并提出改进措施
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.earning import too_much
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.ratings import rating
from auditor.facts.scoring.reasons import admissions, explained, is_empty, labelled_reasons
from auditor.facts.scoring.score_rows import counted
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.facts.scoring.targets import compare
from auditor.figures import Equation, Expression, Figure, Kind, Operation, Relation, added, scan, show
from auditor.language import word
from auditor.report.model import Indicator, Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S208",
    name="score.no-reason",
    title="失分没有说明原因",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_COUNTS = 4  # counts of a remark that a rate may be made of


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    rows = [row for row in counted(report) if not (is_execution_row(row) or row.shares_score or row.is_bonus)]
    lost = [row for row in rows if row.lost is not None and row.lost > 0]
    if lost:
        yield _lost(report, lost)
    missed = [row for row in rows if row.score is None and row.has_reason_column and _missed(row)]
    if missed:
        yield _unscored(missed)
    yield from _needless(report, rows)


def _lost(report: Report, lost: list[Indicator]) -> Result:
    problems = "\n".join(passage.text for passage in report.problems)
    problems += "\n".join(admission.text for admission in admissions(report))
    reasons = _reasons(report)
    columns = _remark_columns(report)
    because = _because(report)
    given = list(labelled_reasons(report))
    silent: list[Indicator] = []
    hinted: list[Indicator] = []
    for row in lost:
        if not is_empty(row.reason) or (row.table in columns and explained(row)):
            continue
        outcome = compare(row)
        if (
            _works_out(row)
            or _told_elsewhere(row, because)
            or _is_given(row, given, len(lost) == 1)
            or (outcome is not None and too_much(report, row, outcome))
        ):
            continue
        if row.has_reason_column or row.table in columns:
            silent.append(row)
        elif explained(row) or _mentioned(row, problems) or _mentioned(row, reasons):
            hinted.append(row)
        else:
            silent.append(row)
    whole = sum((row.lost for row in lost if row.lost), Decimal(0))
    if not silent:
        return RULE.consistent(
            f"{len(lost)} 项失分（共 {show(whole)} 分）都能找到原因说明。",
            [row.name_view for row in lost],
            key=tuple(row.place for row in lost),
        )
    cell = any(row.has_reason_column or row.table in columns for row in silent)
    told = "、".join(_told(row) for row in silent)
    unexplained = show(sum((row.lost for row in silent if row.lost), Decimal(0)))
    where = "原因（说明）栏没有填写" if cell else "报告中没有写明原因"
    more = ""
    if hinted:
        more = f"另有{'、'.join(_told(row) for row in hinted)}，自评说明或存在问题中只是提到，没有写明是不是扣分原因。"
    bare = not cell and not problems and not any(row.narrative for row in lost)
    return RULE.query(
        f"{len(silent)} 项指标失分 {unexplained} 分，{where}：{told}。{more}",
        [view for row in [*silent, *hinted] for view in _places(row)],
        relations=(Equation(added(_points(silent))),),
        impact=f"全部指标共失分 {show(whole)} 分，其中 {unexplained} 分没有依据可查。",
        suggestion="逐项写明失分原因和改进措施。",
        severity=Severity.LOW if bare else None,
        key=tuple(f"{row.place}{show(row.lost or Decimal(0))}" for row in silent),
    )


def _works_out(row: Indicator) -> bool:
    """Whether the remark says how the score came about: "完成率97.39%，按比例计9.74分"."""
    if row.narrative is None or row.score is None or not word("in_proportion").search(row.narrative.text):
        return False
    told = scan(row.narrative)
    return any(one.kind is Kind.SCORE and one.value == row.score.value for one in told)


def _points(rows: list[Indicator]) -> list[Expression]:
    return [
        replace(assigned(row.weight) - assigned(row.score), grouped=len(rows) > 1)
        for row in rows
        if row.weight and row.score
    ]


def _told(row: Indicator) -> str:
    assert row.weight is not None
    assert row.score is not None
    return f"“{row.name}”{show(row.score.value)}/{show(row.weight.value)}"


def _places(row: Indicator) -> list[View | Figure]:
    return [item for item in (row.name_view, row.weight, row.score) if item is not None]


def _mentioned(row: Indicator, problems: str) -> bool:
    """Whether the problems speak of the indicator: two characters in a row of its name."""
    name = row.name.replace("指标", "").replace("情况", "")
    return any(name[at : at + 2] in problems for at in range(len(name) - 1))


def _reasons(report: Report) -> str:
    """Sentences of the report that say what cost marks ("指标明确性扣0.5分")."""
    found = []
    for passage in report.prose:
        if "扣" in passage.text or "按比例" in passage.text:
            found += [s.text for s in passage.sentences if "扣" in s.text or "按比例" in s.text]
    return "\n".join(found)


def _because(report: Report) -> list[str]:
    """Sentences outside the tables that give a reason for something not reached."""
    return [
        sentence.text
        for passage in report.prose
        if passage.kind is not TextKind.CELL and word("says_why").search(passage.text)
        for sentence in passage.sentences
        if word("gives_reason").search(sentence.text)
        or (word("says_why").search(sentence.text) and word("explains").search(sentence.text))
    ]


def _is_given(row: Indicator, given: list[View], alone: bool) -> bool:
    """Whether one of these sentences is about the indicator: it names it, or counts just what is missing; where no
    other lost points, it cannot be about another."""
    if alone or _told_elsewhere(row, [sentence.text for sentence in given]):
        return bool(given)
    outcome = compare(row)
    if outcome is None or outcome.quantities is None:
        return False
    target, actual = outcome.quantities
    missing = abs(target.amount - actual.amount)
    return any(
        figure.kind is Kind.COUNT and figure.amount == missing
        for sentence in given
        for figure in scan(sentence)
    )


def _told_elsewhere(row: Indicator, because: list[str]) -> bool:
    """Whether such a sentence names the indicator: its whole name, or four characters of it in a row."""
    name = compiled(r"指标|情况|数量|\(.*?\)").sub("", row.name)
    pieces = [name] if len(name) <= 4 else [name[at : at + 4] for at in range(len(name) - 3)]
    return len(name) >= 3 and any(piece in sentence for sentence in because for piece in pieces)


def _remark_columns(report: Report) -> set[int]:
    """Tables with targets whose 说明 column serves for reasons."""
    return {row.table for row in report.indicators if row.has_actual_column and row.narrative}


def _missed(row: Indicator) -> bool:
    outcome = compare(row)
    return outcome is not None and outcome.met is False and is_empty(row.reason)


def _unscored(missed: list[Indicator]) -> Result:
    told = "；".join(f"“{row.name}”目标 {target_text(row)}，实际 {actual_text(row)}" for row in missed)
    return RULE.query(
        f"{len(missed)} 项指标没有达到目标，原因栏没有填写：{told}。",
        [view for row in missed for view in cells(row)],
        suggestion="逐项写明未完成的原因和改进措施。",
        key=tuple(row.place for row in missed),
    )


def _needless(report: Report, rows: list[Indicator]) -> Iterator[Result]:
    """A reason for falling short, yet full marks, where no other rule speaks of the row."""
    found = []
    for row in rows:
        if not row.full_marks or is_empty(row.reason) or row.review_score is not None:
            continue
        assert row.reason is not None
        outcome = compare(row)
        if (outcome is not None and outcome.met is False) or rating(report, row) is not None:
            continue
        if outcome is not None and outcome.met and _bears_out(row):
            continue
        if word("explains").search(row.reason.text) and not word("went_over").search(row.reason.text):
            found.append(row)
    if found:
        told = "；".join(f"“{row.name}”{row.reason.text}" for row in found if row.reason)
        yield RULE.query(
            f"{len(found)} 项指标写了未完成或有偏差的原因，却没有扣分：{told}。",
            [view for row in found for view in (row.name_view, row.reason, row.score) if view],
            suggestion="核对是否应当扣分；没有偏差的，删去原因。",
            severity=Severity.LOW,
            key=tuple(row.place for row in found),
        )


def _bears_out(row: Indicator) -> bool:
    """Whether the cell for reasons holds the two counts that make the rate achieved: "46人中45人合格，1人缓评"."""
    if row.actual is None or row.reason is None:
        return False
    rates = [one for one in scan(row.actual) if one.kind is Kind.RATE][:1]
    counts = [one for one in scan(row.reason) if one.kind is Kind.COUNT and one.base.low > 0][:_COUNTS]
    return any(
        Relation(rate, two, operation=Operation.RATIO).meets
        for rate in rates
        for two in permutations(counts, 2)
    )
