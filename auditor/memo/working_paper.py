"""工作底稿 in Word: what an evaluator signs and files. 表头, 得分核算, 问题清单台账, 勾稽关系, 无法核验."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import PurePath

from auditor.figures import show
from auditor.memo import bridge, wording
from auditor.memo.chart import money_bars, score_bars
from auditor.memo.entries import telling
from auditor.memo.gap import gap
from auditor.memo.model import Document, IndicatorRow, Report, Result
from auditor.memo.narrative import annex, answered, traced
from auditor.memo.place import brief, quotes
from auditor.memo.problems import Problem, problems
from auditor.memo.render import Material
from auditor.memo.word import Column, Letter, Paper, fill, look, open_template
from auditor.memo.word.words import AUDITED, line_words
from auditor.memo.word.xml import Element

_LEDGER = (
    Column("序号", 9, "center"), Column("问题类别", 20), Column("位置", 30), Column("填报内容", 34),
    Column("核算/应有", 36), Column("差额", 14, "right"), Column("依据", 25), Column("严重程度", 11, "center"),
    Column("整改要求", 32), Column("责任单位", 14), Column("时限", 10), Column("整改情况", 13), Column("销号", 9),
)  # fmt: skip

_PAPER = (
    Column("序号", 10, "center"), Column("规则", 12, "center"), Column("核对内容", 76), Column("算式", 54),
    Column("计算值 / 报告值的区间", 40, "center"), Column("结论", 19, "center"), Column("位置", 46),
)  # fmt: skip

_HEAD = (Column("事项", 30), Column("内容", 98), Column("事项", 30), Column("内容", 99))
_SCORES = (
    Column("指标", 90), Column("分值", 22, "right"), Column("自评分", 26, "right"), Column("核算分", 26, "right"),
    Column("复核分", 26, "right"), Column("偏差", 22, "right"), Column("扣分依据", 45),
)  # fmt: skip
_TICKS = {"consistent": "√", "inconsistent": "×", "query": "？", "not_assessable": "—"}
_TO_REVIEW = "模型提问，须人工复核"


def write(material: Material) -> bytes:
    """A file of its own. Raises `BadTemplate`."""
    template = open_template(material.template)
    paper = Paper(template)
    letters = []
    for entry in telling(material.memo):
        words = line_words(entry.report, "工作底稿", "{}绩效自评审核工作底稿")
        title = words["标题"].replace("\n", "")
        sheets = list(working_paper(paper, material, entry.document, entry.report, title))
        letters.append(Letter(words, (), sheets, landscape=True, alone=True))
    return fill(template, letters, material.say)


def working_paper(
    paper: Paper, material: Material, file: Document, report: Report, title: str = ""
) -> Iterator[Element]:
    """The sheets of one report, under their own `title` or as the annex of another paper."""
    found = problems(report)
    memo = material.memo
    if not title:
        yield paper.paragraph(look.ADDRESSEE, "附件")
    yield paper.paragraph(look.ANNEX, title or "工作底稿")
    yield paper.table(_HEAD, list(_head(material, file, report)), size="small")
    yield paper.paragraph(
        look.NOTE,
        f"{wording.unread(report)}复算、比对结果：{wording.counted(report.counts)}。{wording.coverage(report)}",
    )
    rows, note = score_rows(report)
    if rows:
        yield paper.paragraph(look.ANNEX, "复核表")
        yield paper.table(_SCORES, rows, size="small")
        yield paper.paragraph(look.NOTE, note)
    yield from _charts(paper, report)
    yield paper.paragraph(look.ANNEX, "问题清单台账")
    if found:
        yield paper.table(_LEDGER, _ledger(report, found), size="small")
    else:
        yield paper.paragraph(look.NOTE, wording.nothing_found(report, "没有问题。"), align="center")
    yield paper.paragraph(look.ANNEX, "勾稽关系")
    if report.results:
        yield paper.table(_PAPER, _relations(report), size="small")
    if report.model is not None and answered(report):
        yield paper.paragraph(look.NOTE, f"{annex(report.model)}{traced(report.model)}")
    yield paper.paragraph(
        look.NOTE,
        f"√ 一致，× 不一致，？ 存疑，— 无法核验。区间：印出的数可能是四舍五入或截尾得来，代表一段值，"
        f"两个区间碰不到一起才算不符。{AUDITED}{memo.narrative_review.note}",
    )


def _head(material: Material, file: Document, report: Report) -> Iterator[tuple[str, str, str, str]]:
    year = str(report.fiscal_year or "")
    yield "项目", wording.name(report), "年度", year
    yield "填报单位", report.unit, "送审材料", report.title
    if report.evaluator:
        yield "评价机构", report.evaluator, "", ""
    yield "编制人", "", "复核人", ""
    yield "编制日期", "", "复核日期", ""
    tool = material.memo.tool
    yield "审核工具", f"{tool.name} {tool.version}", "规则和设置", material.in_force
    yield "送审文件校验码", f"SHA-256 {file.sha256}", "自评与核算", bridge_line(report)
    yield "抽样", "全部检查，没有抽样", "送审文件", PurePath(file.path).name


def bridge_line(report: Report) -> str:
    found = bridge.bridge(report)
    return bridge.told(found) if found else "总分未能重新核算"


def _charts(paper: Paper, report: Report) -> Iterator[Element]:
    bars, unit = money_bars(report)
    if bars:
        yield paper.chart(
            bars, ("预算数", "支出数"), "各项资金的预算数和支出数" + (f"（{unit}）" if unit else "")
        )
    if bars := score_bars(report):
        yield paper.chart(bars, ("自评分", "核算分"), "各项指标的自评分和核算分")


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
            yield (
                "同一处" if at else str(problem.number),
                f"{result.title}（{_kind(problem, result)}）",
                brief(result.evidence),
                quotes(result.evidence),
                result.calculation or result.message,
                "" if (found := gap(result)) is None else str(found),
                wording.basis(result.basis),
                "待复核" if problem.kind == "model" else wording.SEVERITIES[result.severity],
                wording.request(result),
                report.unit if result.asks == "单位" else result.asks,
                "",
                "",
                "",
            )


def _kind(problem: Problem, result: Result) -> str:
    return _TO_REVIEW if problem.kind == "model" else wording.VERDICTS[result.verdict]


def _relations(report: Report) -> Iterator[tuple[str, ...]]:
    """Every relation the rules examined, rule by rule, with both intervals where it has them."""
    number_of = {one.fingerprint: problem.number for problem in problems(report) for one in problem.results}
    examined = [result for result in report.every() if result.origin != "model"]
    for number, result in enumerate(sorted(examined, key=lambda result: result.rule), 1):
        problem = number_of.get(result.fingerprint)
        ranges = [
            f"{one.computed_interval} / {one.claimed_interval}"
            for one in result.relations
            if one.computed_interval and one.claimed_interval
        ]
        yield (
            str(number),
            result.rule,
            f"问题{problem}：{result.message}" if problem else result.message,
            result.calculation,
            "；".join(ranges),
            f"{_TICKS[result.verdict]} {wording.VERDICTS[result.verdict]}",
            brief(result.evidence),
        )


def score_rows(report: Report) -> tuple[list[tuple[str, ...]], str]:
    """Self-score, recomputed and reviewed score, deviation and why, by indicator; no rows where no score
    could be recomputed."""
    scored = [row for row in report.indicators if row.score is not None]
    if not any(row.recomputed is not None or row.holds for row in scored):
        return [], ""
    rows = [_score_row(report, row) for row in scored]
    if report.self_score and report.recomputed_score:
        total = _gap(report.recomputed_score, report.self_score)
        off = "—" if total is None else bridge.signed(total)
        crossed = bridge.bridge(report)
        reviewed = "" if crossed is None or crossed.reviewed is None else show(crossed.reviewed)
        rows.append(("总分", "", report.self_score, report.recomputed_score, reviewed, off, ""))
    return (
        rows,
        "“—”为没有可以核算的依据；复核分由复核人填写。核算总分只按能够证明的差错更正，同一处只计一次。",
    )


def _score_row(report: Report, row: IndicatorRow) -> tuple[str, ...]:
    recomputed = row.recomputed if row.recomputed is not None else row.score if row.holds else None
    off = _gap(recomputed, row.score)
    marks = set(row.findings)
    numbers = [
        str(one.number) for one in problems(report) if marks & {each.fingerprint for each in one.results}
    ]
    why = f"问题{'、'.join(numbers)}" if numbers else ""
    return (
        row.name, row.weight or "", row.score or "", "—" if recomputed is None else recomputed, "",
        "" if off is None else bridge.signed(off), why,
    )  # fmt: skip


def _gap(recomputed: str | None, printed: str | None) -> Decimal | None:
    try:
        return None if recomputed is None or printed is None else Decimal(recomputed) - Decimal(printed)
    except InvalidOperation:
        return None
