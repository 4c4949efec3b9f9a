"""The memo as a bureau files it, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo.escape import inline
from auditor.memo.model import Document, Memo, Report, Result
from auditor.memo.narrative import narrative
from auditor.memo.place import lines, places
from auditor.memo.render import Material
from auditor.memo.wording import (
    SEVERITIES,
    TITLE,
    UNVERIFIED,
    causes,
    conclusion,
    coverage,
    facts,
    having,
    name,
    nothing_found,
    proof,
)


def write(material: Material) -> str:
    return markdown(material.memo)


def markdown(memo: Memo) -> str:
    return "\n".join(_memo(memo)) + "\n"


def _memo(memo: Memo) -> Iterator[str]:
    reports = [(document, report) for document in memo.documents for report in document.reports]
    yield f"# {TITLE}"
    yield ""
    yield f"审核文件 {len(memo.documents)} 个，报告 {len(reports)} 份。审核工具 {memo.tool.name} {memo.tool.version}。"
    if len(reports) > 1:
        yield from _overview(reports)
    for failure in memo.unreadable:
        yield ""
        yield f"未能审核的文件：{inline(failure.path)}（{inline(failure.reason)}）。"
    for number, (document, report) in enumerate(reports, 1):
        yield from _report(number, document, report)
    yield ""
    yield "---"
    yield ""
    yield f"说明：{UNVERIFIED}{memo.narrative_review.note}"


def _overview(reports: list[tuple[Document, Report]]) -> Iterator[str]:
    yield ""
    yield "| 序号 | 项目 | 自评 | 核算 | 不一致 | 存疑 |"
    yield "|---|---|---|---|---|---|"
    for number, (_, report) in enumerate(reports, 1):
        wrong, queries = len(causes(report, "inconsistent")), len(causes(report, "query"))
        yield (
            f"| {number} | {inline(name(report))} | {inline(report.self_score or '—')} "
            f"| {inline(report.recomputed_score or '—')} | {wrong} | {queries} |"
        )


def _report(number: int, document: Document, report: Report) -> Iterator[str]:
    wrong, queries = causes(report, "inconsistent"), causes(report, "query")
    yield ""
    yield f"## {number}　{inline(name(report))}"
    yield ""
    yield "| 事项 | 内容 |"
    yield "|---|---|"
    for label, value in facts(document, report):
        yield f"| {label} | {inline(value)} |"
    yield ""
    yield "**结论**"
    yield ""
    for at, line in enumerate(conclusion(report), 1):
        yield f"{at}. {inline(line)}"
    yield from _chapter(f"一、不一致（{len(wrong)} 项）", wrong, nothing_found(report, "未发现不一致。"))
    yield from _chapter(
        f"二、存疑（{len(queries)} 项）", queries, nothing_found(report, "没有需要单位说明的事项。")
    )
    yield from _working_paper(report)
    yield from _not_assessable(report)
    yield from _coverage(report)
    yield from narrative(report)


def _chapter(heading: str, items: list[list[Result]], none: str) -> Iterator[str]:
    yield ""
    yield f"### {heading}"
    yield ""
    if not items:
        yield none
    for number, item in enumerate(items, 1):
        yield from _item(number, item)


def _item(number: int, item: list[Result]) -> Iterator[str]:
    first, *others = item
    mark = f"{number}. "
    yield f"{mark}**{inline(first.title)}**（{first.rule}，{SEVERITIES[first.severity]}）"
    indent = " " * len(mark)
    for line in _proof(first):
        yield f"{indent}- {line}"
    for other in others:
        yield f"{indent}- 同一处：**{inline(other.title)}**（{other.rule}）"
        for line in _proof(other):
            yield f"{indent}  - {line}"


def _proof(result: Result) -> Iterator[str]:
    for label, text in proof(result):
        yield f"{label}：{inline(text)}"
        if label == "事实" and result.evidence:
            yield f"原文：{places(result.evidence)}"


def _working_paper(report: Report) -> Iterator[str]:
    holding = having(report, "consistent")
    yield ""
    yield f"### 三、工作底稿（核对一致 {len(holding)} 项）"
    yield ""
    if not holding:
        yield "没有可以核对一致的事项。"
        return
    yield "| 规则 | 核对内容 | 算式 | 位置 |"
    yield "|---|---|---|---|"
    for result in holding:
        yield (
            f"| {result.rule} | {inline(result.message)} | {inline(result.calculation)} | {lines(result.evidence)} |"
        )


def _not_assessable(report: Report) -> Iterator[str]:
    unclear = having(report, "not_assessable")
    yield ""
    yield f"### 四、未能核验（{len(unclear)} 项）"
    yield ""
    if not unclear:
        yield "无。"
    for number, result in enumerate(unclear, 1):
        place = lines(result.evidence)
        yield f"{number}. {inline(result.message)}（{result.rule}{'，' + place if place else ''}）"


def _coverage(report: Report) -> Iterator[str]:
    yield ""
    yield "### 五、覆盖情况"
    yield ""
    yield coverage(report)
