"""Words of the evaluation of a whole department in the report of one project."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.language import word
from auditor.report.model import Report

_CUES = ("部门", "整体支出", "单位整体", "决算报表", "三公", "在职人员控制率")
_TITLE = compiled(r"《[^《》]{1,120}》")


def department_words(report: Report) -> tuple[list[View], list[View]]:
    """Words of a whole department alone, and those that are only often of one; none where the paper is of one."""
    strong: list[View] = []
    weak: list[View] = []
    whole = "\n".join([passage.text for passage in report.passages])
    if "整体" in (report.title or _first_line(report)) or not word("of_whole_department").search(whole):
        return strong, weak
    for passage in report.passages:
        if any(cue in passage.text for cue in _CUES):
            strong.extend(_found(word("of_whole_department"), passage.view))
            weak.extend(_found(word("of_department"), passage.view))
    return strong, weak


def _first_line(report: Report) -> str:
    """What stands over a paper whose title was not found."""
    return next((passage.text for passage in report.passages if not passage.text.endswith("。")), "")


def _found(pattern: re.Pattern[str], view: View) -> Iterator[View]:
    text = view.text
    titles = [match.span() for match in _TITLE.finditer(text)] if "《" in text else []
    for match in pattern.finditer(text):
        start, end = match.span()
        if any(low <= start < high for low, high in titles):
            continue
        if word("named_beside").search(text[max(0, start - 12) : start]) or word("named_in_title").match(
            text, end
        ):
            continue
        yield view.part(start, end)
