"""Annexes of the 审核意见: 问题清单台账 and 工作底稿, and the table of scores."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from auditor.figures import show
from auditor.memo import wording
from auditor.memo.model import IndicatorRow, Memo, Report, Result
from auditor.memo.narrative import annex, answered, traced
from auditor.memo.problems import Problem
from auditor.memo.word import Column, Paper, look
from auditor.memo.word.words import AUDITED, quotes, where
from auditor.memo.word.xml import Element

_LEDGER = (
    Column("序号", 8, "center"), Column("单位", 14), Column("项目", 15), Column("问题类别", 17),
    Column("位置", 16), Column("填报内容", 38), Column("核算/应有", 36), Column("差额", 13, "right"),
    Column("依据", 17), Column("严重程度", 9, "center"), Column("整改要求", 30), Column("责任单位", 12),
    Column("时限", 10), Column("整改情况", 13), Column("销号", 9),
)  # fmt: skip

_PAPER = (
    Column("序号", 10, "center"), Column("规则", 13, "center"), Column("核对内容", 92), Column("算式", 80),
    Column("结论", 22, "center"), Column("位置", 40),
)  # fmt: skip

_TICKS = {"consistent": "√", "inconsistent": "×", "query": "？", "not_assessable": "—"}
_TO_REVIEW = "模型提问，须人工复核"


def annexes(paper: Paper, memo: Memo, report: Report, problems: list[Problem]) -> Iterator[Element]:
    """Both annexes, the second on a new page."""
    yield paper.paragraph(look.ADDRESSEE, "附件1")
    yield paper.paragraph(look.ANNEX, "问题清单台账")
    if problems:
        yield paper.table(_LEDGER, _ledger(report, problems), small=True)
    else:
        yield paper.paragraph(look.NOTE, wording.nothing_found(report, "没有问题。"), align="center")
    yield paper.page_break()
    yield paper.paragraph(look.ADDRESSEE, "附件2")
    yield paper.paragraph(look.ANNEX, "工作底稿")
    if report.results:
        yield paper.table(_PAPER, _working_paper(report, problems), small=True)
    counted = f"复算、比对结果：{wording.counted(report.counts)}。"
    yield paper.paragraph(look.NOTE, f"{wording.unread(report)}{counted}{wording.coverage(report)}")
    if report.model is not None and answered(report):
        yield paper.paragraph(look.NOTE, f"{annex(report.model)}{traced(report.model)}")
    yield paper.paragraph(
        look.NOTE,
        f"√ 一致，× 不一致，？ 存疑，— 无法核验。{AUDITED}审核工具 {memo.tool.name} {memo.tool.version}。",
    )


def _ledger(report: Report, problems: list[Problem]) -> Iterator[list[str]]:
    for row in _ledger_rows(report, problems):
        yield [_cut(text, column) for text, column in zip(row, _LEDGER, strict=True)]


def _cut(text: str, column: Column) -> str:
    """As much as a narrow cell can show; the opinion itself tells everything."""
    most = round(column.width * 5)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _ledger_rows(report: Report, problems: list[Problem]) -> Iterator[tuple[str, ...]]:
    for problem in problems:
        for at, result in enumerate(problem.results):
            number = str(problem.number) if len(problem.results) == 1 else f"{problem.number}.{at + 1}"
            yield (
                number,
                report.unit,
                wording.name(report),
                f"{result.title}（{_kind(problem, result)}）",
                where(result.evidence),
                quotes(result.evidence),
                result.calculation or result.message,
                difference(result),
                basis(result),
                "待复核" if problem.kind == "model" else wording.SEVERITIES[result.severity],
                result.suggestion,
                report.unit,
                "",
                "",
                "",
            )


def _kind(problem: Problem, result: Result) -> str:
    return _TO_REVIEW if problem.kind == "model" else wording.VERDICTS[result.verdict]


def basis(result: Result) -> str:
    return "；".join(one.source for one in result.basis)


def difference(result: Result) -> str:
    """By how much the first number that cannot be true is off, with its unit; "" where none is."""
    for relation in result.relations:
        if relation.difference is not None and not relation.holds:
            unit = "%" if relation.percent else relation.unit
            return f"{relation.difference.removeprefix('-')}{unit}"
    return ""


def _working_paper(report: Report, problems: list[Problem]) -> Iterator[tuple[str, ...]]:
    """Every relation the rules examined, rule by rule."""
    number_of = {result.fingerprint: problem.number for problem in problems for result in problem.results}
    examined = [result for result in report.every() if result.origin != "model"]
    for number, result in enumerate(sorted(examined, key=lambda result: result.rule), 1):
        problem = number_of.get(result.fingerprint)
        yield (
            str(number),
            result.rule,
            f"{result.title}，见问题{problem}" if problem else result.message,
            result.calculation,
            f"{_TICKS[result.verdict]} {wording.VERDICTS[result.verdict]}",
            where(result.evidence),
        )


def score_rows(report: Report) -> tuple[list[tuple[str, ...]], str]:
    """Self-score, recomputed score and difference by indicator, and a note on how to read them; no
    rows where no score could be recomputed."""
    scored = [row for row in report.indicators if row.score is not None]
    if not any(row.recomputed is not None or row.holds for row in scored):
        return [], ""
    rows = [_score_row(row) for row in scored]
    changed = sum((_gap(row.recomputed, row.score) or Decimal(0) for row in scored), Decimal(0))
    note = "“—”为没有可以核算的依据，未作核算。" if any(row[3] == "—" for row in rows) else ""
    if report.self_score and report.recomputed_score:
        total = _gap(report.recomputed_score, report.self_score)
        rows.append(
            ("总分", "", report.self_score, report.recomputed_score, "—" if total is None else show(total))
        )
        note += "核算总分只按能够证明的差错更正，同一处只计一次"
        note += "。" if total == changed else "；不属于单项指标的更正（如预算执行得分、合计数）直接计入总分。"
    return rows, note


def _score_row(row: IndicatorRow) -> tuple[str, ...]:
    recomputed = row.recomputed if row.recomputed is not None else row.score if row.holds else None
    gap = _gap(recomputed, row.score)
    return (
        row.name,
        row.weight or "",
        row.score or "",
        "—" if recomputed is None else recomputed,
        "" if gap is None else show(gap),
    )


def _gap(recomputed: str | None, printed: str | None) -> Decimal | None:
    try:
        return None if recomputed is None or printed is None else Decimal(recomputed) - Decimal(printed)
    except InvalidOperation:
        return None
