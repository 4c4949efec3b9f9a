"""The memo as a bureau files it, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo.entries import Entry, entries, telling
from auditor.memo.escape import inline
from auditor.memo.model import Memo, Report, Result
from auditor.memo.narrative import NOTE, annex, answered
from auditor.memo.place import brief, with_words
from auditor.memo.problems import Problem, problems
from auditor.memo.render import Material
from auditor.memo.wording import (
    SEVERITIES,
    TITLE,
    UNVERIFIED,
    VERDICTS,
    besides,
    conclusion,
    coverage,
    facts,
    having,
    is_letter,
    nothing_found,
    proof,
    repeated,
    split,
)

_ORDINALS = "一二三四五"
_PLACES = 6


def write(material: Material) -> str:
    return markdown(material.memo)


def markdown(memo: Memo) -> str:
    return "\n".join(_memo(memo)) + "\n"


def _memo(memo: Memo) -> Iterator[str]:
    every, listed = entries(memo), telling(memo)
    letters = sum(is_letter(entry.report) for entry in listed)
    beside = besides(letters, len(every) - len(listed))
    yield f"# {TITLE}"
    yield ""
    yield (
        f"审核文件 {len(memo.documents)} 个，报告 {len(listed) - letters} 份{beside}。"
        f"审核工具 {memo.tool.name} {memo.tool.version}。"
    )
    if len(listed) > 1:
        yield from _overview(listed)
    for failure in memo.unreadable:
        yield ""
        yield f"未能审核的文件：{inline(failure.path)}（{inline(failure.reason)}）。"
    for line in repeated(memo.documents):
        yield ""
        yield inline(line)
    for entry in listed:
        yield from _report(entry)
    yield ""
    yield "---"
    yield ""
    yield f"说明：{UNVERIFIED}{memo.narrative_review.note}"


def _overview(listed: list[Entry]) -> Iterator[str]:
    yield ""
    yield "| 序号 | 项目 | 自评 | 核算 | 不一致 | 存疑 | 模型提问 | 无法核验 |"
    yield "|---|---|---|---|---|---|---|---|"
    for entry in listed:
        report, counts = entry.report, entry.report.counts
        cells = [
            entry.name, report.self_score or "—", report.recomputed_score or "—",
            *map(str, (counts.inconsistent, counts.query, counts.model, counts.not_assessable)),
        ]  # fmt: skip
        yield f"| {entry.number} | {' | '.join(map(inline, cells))} |"


def _report(entry: Entry) -> Iterator[str]:
    report = entry.report
    yield ""
    yield f"## {entry.ordinal}{inline(entry.name)}"
    yield ""
    yield "| 事项 | 内容 |"
    yield "|---|---|"
    for label, value in facts(entry.document, report):
        yield f"| {label} | {inline(value)} |"
    yield ""
    yield "**结论**"
    yield ""
    for at, line in enumerate(conclusion(report), 1):
        yield f"{at}. {inline(line)}"
    found = problems(report)
    chapters = [_problems(report, [one for one in found if one.kind != "model"])]
    if answered(report):
        chapters.append(_narrative(report, [one for one in found if one.kind == "model"]))
    chapters += [_working_paper(report), _not_assessable(report), _coverage(report)]
    for ordinal, chapter in zip(_ORDINALS, chapters, strict=False):
        heading, *told = chapter
        yield from ("", f"### {ordinal}、{heading}", "", *told)


def _problems(report: Report, found: list[Problem]) -> Iterator[str]:
    yield f"问题（{split(report.counts)}）"
    if not found:
        yield nothing_found(report)
    for problem in found:
        yield from _problem(problem)


def _narrative(report: Report, found: list[Problem]) -> Iterator[str]:
    yield f"叙述审读（模型提问 {report.counts.model} 项）"
    yield f"{NOTE}{'' if found else '没有需要单位说明的事项。'}"
    yield ""
    for problem in found:
        yield from _problem(problem)
    assert report.model is not None
    yield from ("", inline(annex(report.model)))


def _problem(problem: Problem) -> Iterator[str]:
    first = problem.first
    mark = f"{problem.number}. "
    weight = (
        "模型提问" if problem.kind == "model" else f"{VERDICTS[problem.kind]}，{SEVERITIES[first.severity]}"
    )
    yield f"{mark}**{inline(first.title)}**（{first.rule}，{weight}）"
    indent = " " * len(mark)
    for line in _proof(first):
        yield f"{indent}- {line}"
    for other in first.related:
        yield f"{indent}- 同一处：**{inline(other.title)}**（{other.rule}）"
        for line in _proof(other):
            yield f"{indent}  - {line}"


def _proof(result: Result) -> Iterator[str]:
    for label, text in proof(result):
        yield f"{label}：{inline(text)}"
        if label in ("事实", "提问") and result.evidence:
            yield f"原文：{inline(with_words(result.evidence, _PLACES))}"


def _working_paper(report: Report) -> Iterator[str]:
    holding = having(report, "consistent")
    yield f"工作底稿（核对一致 {len(holding)} 项）"
    if not holding:
        yield "没有可以核对一致的事项。"
        return
    yield "| 规则 | 核对内容 | 算式 | 位置 |"
    yield "|---|---|---|---|"
    for result in holding:
        yield (
            f"| {result.rule} | {inline(result.message)} | {inline(result.calculation)} | {inline(brief(result.evidence))} |"
        )


def _not_assessable(report: Report) -> Iterator[str]:
    unclear = having(report, "not_assessable")
    yield f"无法核验（{len(unclear)} 项）"
    if not unclear:
        yield "无。"
    for number, result in enumerate(unclear, 1):
        place = inline(brief(result.evidence))
        yield f"{number}. {inline(result.message)}（{result.rule}{'，' + place if place else ''}）"


def _coverage(report: Report) -> Iterator[str]:
    yield "覆盖情况"
    yield coverage(report)
