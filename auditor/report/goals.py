"""Goals, problems and measures, from table cells and from sections."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.report.model import Goal, Report, Section, TextKind
from auditor.report.passages import numbering
from auditor.report.tables import TableReading

_GOAL_TITLE = compiled(
    r".{0,12}(?:绩效|总体|预期|年度|阶段性){0,8}目标(?:内容|设定情况|情况)?$|.*目标及.{0,8}$"
)
_NOT_A_GOAL = compiled(r"完成|分析|实现|偏离|下达|评价|调整|合理性|明确性")
_PROBLEM_TITLE = compiled(r".*问题.*")
_MEASURE_TITLE = compiled(r".*(?:改进|整改|建议|措施).*")
_LABEL = compiled(r"(?P<label>目标\d{1,2}|(?:年度|总体|项目)?(?:绩效)?(?:总?目标))[:：]")
_MEASURE_LEAD = compiled(r"[^，。]{0,8}(?:针对|下一步|改进措施|整改措施|建议|措施[:：])")
# A short line above the problems, or above the measures, of a section that holds both.
_PART_TITLE = compiled(
    r"(?:[(（]?[一二三四五六七八九十\d]{1,2}[)）、.])?[^，。；;]{0,12}(?P<what>问题|建议|措施|打算)[^，。；;]{0,6}[:：]?"
)
_NONE = compiled(r"(?:\d{1,2}[、.])?(?:无|暂无|没有|不存在)(?:问题|存在问题)?[。.]?")
_EXPERIENCE = compiled(r"经验|做法")
_PROBLEM_SENTENCE = compiled(r"存在问题|主要问题|问题及原因|问题主要")


def read_goals(report: Report, reading: TableReading) -> None:
    """Fills goals, problems and measures of `report`."""
    filled = {passage.span.start for passage in report.passages if passage.filled_by_system}
    report.goals = [Goal(goal.label, goal.view, goal.view.span().start in filled) for goal in report.goals]
    known = {goal.view.span().start for goal in report.goals}
    for section in report.sections:
        if _GOAL_TITLE.fullmatch(section.title) and not _NOT_A_GOAL.search(section.title):
            found = [goal for goal in _goals_of(section) if goal.view.span().start not in known]
            report.goals.extend(found)
            known.update(goal.view.span().start for goal in found)
    if not report.goals:
        report.goals.extend(_inline_goals(report))
    by_place = {passage.span.start: passage for passage in report.passages}
    for kind, view in reading.problem_cells:
        passage = by_place.get(view.span().start)
        if passage is not None and passage.text.strip("/-—。") not in ("", "无"):
            (report.problems if kind == "problem" else report.measures).append(passage)
    for section in report.sections:
        _problems_of(section, report)


def _goals_of(section: Section) -> list[Goal]:
    goals = []
    for passage in section.passages:
        if passage.kind is TextKind.CELL:
            continue
        text = passage.text
        if passage.view is section.view or passage.kind is TextKind.HEADING:
            mark = numbering(text)
            rest = text[mark[2] :] if mark else text
            cut = compiled(r"[。:：]").search(rest)
            if cut is None or len(rest) - cut.end() < 8:
                continue
            start = (mark[2] if mark else 0) + cut.end()
            goals.append(Goal(section.title, passage.view.part(start, len(text))))
            continue
        match = _LABEL.match(text)
        mark = numbering(text)
        if match and match.end() < len(text):
            goals.append(Goal(match["label"], passage.view.part(match.end(), len(text))))
        elif mark:
            goals.append(Goal(f"目标{mark[1]}", passage.view.part(mark[2], len(text))))
        elif len(text) >= 8 and not text.endswith(":"):
            goals.append(Goal(section.title, passage.view))
    return goals


def _inline_goals(report: Report) -> list[Goal]:
    """ "年度目标：办理法律援助案件450件以上；…" inside running text."""
    goals = []
    for passage in report.passages:
        if passage.kind is TextKind.PROSE:
            match = _LABEL.match(passage.text)
            if match:
                goals.append(Goal(match["label"], passage.view.part(match.end(), len(passage.text))))
    return goals


def _problems_of(section: Section, report: Report) -> None:
    """Passages of a problem or measure section; of a mixed one by the subheading they stand under."""
    title = section.title
    is_problem, is_measure = bool(_PROBLEM_TITLE.fullmatch(title)), bool(_MEASURE_TITLE.fullmatch(title))
    if not is_problem and not is_measure:
        return
    known = {passage.span.start for passage in report.problems + report.measures}
    marked = any(_PROBLEM_SENTENCE.search(passage.text) for passage in section.passages[1:])
    measures = False
    for passage in section.passages:
        if passage.span.start in known or passage.kind is TextKind.CELL:
            continue
        part = _PART_TITLE.fullmatch(passage.text) if is_problem and is_measure else None
        if part is not None and passage.view is not section.view:
            measures = part["what"] != "问题"
            continue
        if passage.view is section.view and passage.kind is TextKind.HEADING:
            continue
        if _NONE.fullmatch(passage.text):
            continue
        if measures or (is_measure and _MEASURE_LEAD.match(passage.text)):
            report.measures.append(passage)
        elif is_problem and (
            not marked or _PROBLEM_SENTENCE.search(passage.text) or not _EXPERIENCE.search(title)
        ):
            report.problems.append(passage)
        elif is_measure:
            report.measures.append(passage)
