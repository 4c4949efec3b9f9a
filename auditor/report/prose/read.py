"""Amounts, total score and grade stated in running text."""

from __future__ import annotations

import re
from bisect import bisect_right

from auditor.compiled import compiled
from auditor.language import word
from auditor.report.grades import BOXES, grade_in
from auditor.report.labels import GRADE_LABEL
from auditor.report.model import Grade, Report
from auditor.report.prose.amounts import read_amounts
from auditor.report.prose.scores import read_scores

_GRADE = compiled(
    r"(?:(?:等级|等次|评分|评价结果|评价|评级|评定|级别|自评结果|结论)(?:结果)?(?:为|是|:|属于|达到)+|评为|\d分[，,](?:等[级次])?为?)"
    r"[“\"”]?(?P<word>优秀|良好|中等|不合格|不及格|合格|及格|较差|优|良|中|差)(?=[”\"。；;，,、\n(]|等?级?$|等[。，])"
)
_ANY_PROJECT = compiled(
    r"[”\"]?(?:等[级次]?|级)?(?:及?以[上下])?的(?!成绩|结果|等[次级]|评价)|[”\"]?[、和及或](?=[“\"]?[优良中差])|[”\"][“\"](?=[优良中差])"
)
_CONDITION = compiled(r"(?:并|且|要|应|将)?(?:对于?|凡|如果?|若|一旦|连续|将|把|当|按规定|根据|未|被)")
_GRADE_LABEL = compiled(rf"(?:{GRADE_LABEL.pattern})[:：](?=.*[{BOXES}])")


def read_prose(report: Report) -> None:
    """Fills prose amounts, totals and the grade of `report`."""
    project = compiled(r"[^\w]").sub("", report.project)
    remarks = _remarks(report)
    for passage in report.prose:
        if passage.filled_by_system:
            continue
        apart = passage.span.start in remarks or bool(
            word("kind_of_expenses").search(passage.section)
            or word("kind_of_expenses").search(passage.chapter)
        )
        read_amounts(passage, report, project, apart=apart)
        if "分" in passage.text:
            read_scores(passage, report)
        if report.grade is None and (label := _GRADE_LABEL.match(passage.text)):
            report.grade = grade_in(passage.view.part(label.end(), len(passage.text)))
        if report.grade is None:
            own = (one for one in _GRADE.finditer(passage.text) if not _of_other_things(passage.text, one))
            match = next(own, None)
            if match is not None:
                report.grade = Grade(match["word"], passage.view.part(*match.span("word")))


def _remarks(report: Report) -> set[int]:
    """Where the cells of the indicators start whose rows are not about the project's money: an amount there is the
    row's own ("“三公”经费控制率 | 预算4万元，支出3.3万元"), whatever its column is called."""
    rows = sorted(
        one.span
        for one in report.indicators
        if not one.is_execution
        if word("kind_of_expenses").search(one.name) or not word("about_money").search(one.name)
    )
    starts = [passage.span.start for passage in report.prose]
    own = (bisect_right(rows, start, key=lambda row: row.start) - 1 for start in starts)
    return {start for start, at in zip(starts, own, strict=True) if at >= 0 and start < rows[at].end}


def _of_other_things(text: str, match: re.Match[str]) -> bool:
    """Whether a grade is a step of a scale, or that of any project it may befall ("对评价结果为“差”的项目")."""
    if compiled(r"以上|以下|≥|分为").search(text[max(0, match.start() - 4) : match.start()]):
        return True
    if _ANY_PROJECT.match(text, match.end()):
        return True
    start = max(text.rfind(mark, 0, match.start()) for mark in "。；;，,\n") + 1
    return _CONDITION.match(text, start, match.start()) is not None
