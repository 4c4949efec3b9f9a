"""退回修改函: the findings as numbered questions to the unit, with room for its replies."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.memo import wording
from auditor.memo.model import Report, Result
from auditor.memo.problems import Problem, problems
from auditor.memo.render import Material
from auditor.memo.word import Column, Letter, Paper, Strong, fill, look, open_template
from auditor.memo.word.words import AUDITED, DEADLINE, line_words, places
from auditor.memo.word.xml import Element, Own

_CHAPTERS = {
    "inconsistent": "请更正的事项",
    "query": "请说明的事项",
    "model": "请补充说明的叙述",
}
_WIDTHS = (26, 130)
_REPLY, _CHANGE = 22, 14
"""Millimetres left free for 单位答复 and 修改情况."""


def write(material: Material) -> bytes:
    """Raises `BadTemplate`."""
    document = open_template(material.template)
    paper = Paper(document)
    letters = [_letter(paper, report) for file in material.memo.documents for report in file.reports]
    return fill(document, letters, material.say)


def _letter(paper: Paper, report: Report) -> Letter:
    found = [problem for problem in problems(report) if problem.goes_out]
    words = line_words(report, "退回修改函", "关于退回修改{}绩效自评报告的函")
    if not found:
        told = wording.nothing_found(report, "没有需要退回修改的事项")
        lost = wording.unread(report)
        end = f"{lost}核对前本函不必发出。" if lost else "本函不必发出。"
        body = [paper.paragraph(look.BODY, f"经审核，报告{told}，{end}")]
        return Letter(words, body)
    return Letter(
        words,
        list(_body(paper, report, found)),
        list(_receipt(paper, words["标题"].replace("\n", ""), found)),
    )


def _body(paper: Paper, report: Report, found: list[Problem]) -> Iterator[Element]:
    year = f"{report.fiscal_year}年度" if report.fiscal_year else ""
    yield paper.paragraph(
        look.BODY,
        f"你单位报送的{wording.name(report)}{year}《{report.title or '绩效自评报告'}》收悉，感谢支持配合。"
        f"经审核，{_counted(found)}，现予退回。",
    )
    yield paper.paragraph(
        look.BODY,
        Own(
            f"请于{DEADLINE}前逐项核实，在表内填写答复和修改情况，连同修改后的报告、佐证材料和回执一并报送。"
        ),
    )
    yield paper.paragraph(
        look.BODY,
        f"{AUDITED}对所提事项有不同意见的，请写明理由并附依据；“请说明的事项”本身不等于差错。",
    )
    ordinals = iter("一二三")
    for kind, name in _CHAPTERS.items():
        of_kind = [problem for problem in found if problem.kind == kind]
        if of_kind:
            yield paper.paragraph(look.HEADING, f"{next(ordinals)}、{name}")
        for problem in of_kind:
            yield paper.form(_WIDTHS, _question(problem))
            yield paper.paragraph(look.GAP)
    yield paper.paragraph(look.BODY, Own("联系人：　　　　　　　　联系电话："))


def _counted(found: list[Problem]) -> str:
    told = (
        (sum(problem.kind == "inconsistent" for problem in found), "前后不一致的事项"),
        (sum(problem.kind == "query" for problem in found), "需要说明的事项"),
        (sum(problem.kind == "model" for problem in found), "需要补充说明的叙述"),
    )
    return "、".join(f"{name}{count}项" for count, name in told if count)


def _question(problem: Problem) -> Iterator[tuple[str, tuple[str | Strong, ...], float]]:
    first, *others = problem.results
    yield f"问题{problem.number}", (Strong(first.title),), 0
    yield from _told(first)
    for other in others:
        yield "同一处", (Strong(f"{other.title}。"), other.message), 0
        yield from _told(other, again=True)
    yield "单位答复", (), _REPLY
    yield "修改情况", (), _CHANGE


def _told(result: Result, again: bool = False) -> Iterator[tuple[str, tuple[str | Strong, ...], float]]:
    parts = (
        ("位置", places(result.evidence)),
        ("内容", "" if again else result.message),
        ("核算", result.calculation),
        ("依据", "" if again else "；".join(one.source for one in result.basis)),
        ("请单位", result.suggestion),
    )
    for label, text in parts:
        if text:
            yield label, (text,), 0


def _receipt(paper: Paper, title: str, found: list[Problem]) -> Iterator[Element]:
    yield paper.paragraph(look.ANNEX, Own("回　　执"))
    yield paper.paragraph(look.BODY, f"《{title}》收悉，所提{len(found)}项处理如下：")
    columns = [
        Column("序号", 14, "center"), Column("问题", 50), Column("处理（勾选）", 66), Column("备注", 26),
    ]  # fmt: skip
    rows = ((str(problem.number), problem.first.title, "□已修改 □已说明 □有异议", "") for problem in found)
    yield paper.table(columns, rows)
    yield paper.paragraph(look.BODY)
    for line in (
        "填报单位（盖章）：",
        "负责人：　　　　　　　　经办人：",
        f"联系电话：　　　　　　　日期：{DEADLINE}",
    ):
        yield paper.paragraph(look.ADDRESSEE, Own(line), keep=True)
