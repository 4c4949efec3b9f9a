"""What a report tells in words: each narrative with a name a reader knows it by.

Names, targets, reasons, printed form text, the profile of the unit and text about problems are no
narratives in this sense: repeating them is no copying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.model import Indicator, Passage, Report, TextKind


class Topic(Enum):
    GOAL = 0
    DESCRIPTION = 1
    INDICATOR = 2
    RESULT = 3
    PROBLEM = 4

    @property
    def planned(self) -> bool:
        """Written before the money was spent: a source of copies, never a copy."""
        return self in (Topic.GOAL, Topic.DESCRIPTION)


@dataclass(frozen=True)
class Narrative:
    """One text with its name, its topic, and the indicator it speaks for if it stands in an indicator table."""

    label: str
    view: View
    topic: Topic
    indicator: Indicator | None = None
    in_cell: bool = False
    filled_by_system: bool = False

    @property
    def text(self) -> str:
        return self.view.text


METHOD = ("方法", "组织", "依据", "原则", "过程", "工作情况", "结论")
"""Labels of how the evaluation was done: one unit does all of its own alike."""
_SHORTEST_PASSAGE = 15
_TOPICS: tuple[tuple[Topic | None, re.Pattern[str]], ...] = (
    (
        None,
        compiled(
            r"(?:单位|部门|机构)(?:基本)?(?:情况|概况|简介|职责|职能)|主要职[责能]|机构设置|填[表报写]说明|备注|评分(?:标准|规则)|计分"
        ),
    ),
    (Topic.PROBLEM, compiled(r"问题|原因|建议|措施|打算|下一步|改进|整改|意见")),
    (Topic.RESULT, compiled(r"完成|实现|实施情况|执行|成效|效益|结果|产出|资金|结论|分析")),
    (Topic.GOAL, compiled(r"目标")),
    (Topic.DESCRIPTION, compiled(r"概况|内容|基本情况|简介|背景|立项|依据")),
)
_NOTE = compiled(
    r"(?:注|备注|说明|填[表报写]说明|标注|附注)\d?[:：.]|[(（]?(?:注|备注|标注|填表说明|说明)[:：]"
)
# Scales and scoring rules that the form prints: 90分（含）以上为优; 得分=分值×…
_FORM_RULE = compiled(
    r"得分[=按]|[÷×]|评分(?:标准|规则|方法)|计分|权重值|分值的\d|\d分?(?:\(含\))?(?:及?以上|以下|至|-|—|~)[^。]{0,12}[优良中差]"
)
_LEAD = compiled(r"[(（]?[一二三四五六七八九十\d]{0,3}[)）、.]?(?P<label>[\u4e00-\u9fff]{2,12})[:：。](?=.)")
_SENTENCE = compiled(r"[，,。；;]")
_FIELD = compiled(
    r"名称|地址|电话|时间|日期|依据|文号|凭证|类别|属性|负责人|填[报表]人|联系人|主管部门|实施单位|项目单位"
)
_WEIGHT = compiled(r"[(（]\d{1,3}(?:\.\d+)?分?[)）]$")
_LABEL = compiled(r"[\u4e00-\u9fffA-Za-z()（）/、“”一二三四五六七八九十]{2,24}[:：]?")


def narratives(report: Report) -> list[Narrative]:
    """All narratives in document order."""
    found = [*_goals(report), *_indicators(report)]
    known = {item.view.span().end: len(item.text) for item in found}
    skipped = {
        view.place(0)
        for indicator in report.indicators
        for view in _names(indicator)
        if len(view.text) >= _SHORTEST_PASSAGE
    }
    found.extend(_passages(report, known, skipped))
    return sorted(found, key=lambda item: item.view.place(0))


def _goals(report: Report) -> Iterator[Narrative]:
    for goal in report.goals:
        if len(goal.view.text) >= _SHORTEST_PASSAGE:
            label = goal.label if len(goal.label) > 2 else f"绩效目标{goal.label}"
            yield Narrative(label, goal.view, Topic.GOAL, None, False, goal.filled_by_system)


def _indicators(report: Report) -> Iterator[Narrative]:
    for indicator in report.indicators:
        if indicator.narrative:
            yield Narrative(indicator.name, indicator.narrative, Topic.INDICATOR, indicator, True)
        if indicator.actual and len(indicator.actual.text) >= _SHORTEST_PASSAGE:
            yield Narrative(indicator.name, indicator.actual, Topic.INDICATOR, indicator, True)


def _names(indicator: Indicator) -> Iterator[View]:
    yield indicator.name_view
    for view in (indicator.target, indicator.reason, indicator.actual):
        if view:
            yield view
    for level in indicator.path:
        yield level.view


def _passages(report: Report, known: dict[int, int], skipped: set[int]) -> Iterator[Narrative]:
    problems = {passage.span for passage in (*report.problems, *report.measures)}
    passages = report.passages
    for at, passage in enumerate(passages):
        text = passage.text
        if len(text) < _SHORTEST_PASSAGE or passage.kind is TextKind.HEADING or _NOTE.match(text):
            continue
        if _FORM_RULE.search(text) and len(text) <= 160:
            continue
        if not _SENTENCE.search(text) or _FIELD.search(passage.label):
            continue  # a title, a header cell, a field of the form's head
        span = passage.span
        if span.start in skipped or known.get(span.end, 0) * 2 >= len(text):
            continue  # told already as a goal or as the narrative of an indicator
        label, topic = _name(report, passages, at)
        if span in problems:
            topic = Topic.PROBLEM
        if topic is not None:
            yield Narrative(
                label, passage.view, topic, None, passage.kind is TextKind.CELL, passage.filled_by_system
            )


def _name(report: Report, passages: list[Passage], at: int) -> tuple[str, Topic | None]:
    """What a reader calls the passage, and what it is about."""
    passage = passages[at]
    candidates = []
    lead = _LEAD.match(passage.text)
    if lead:
        candidates.append(lead["label"])
    candidates.append(passage.label)
    if passage.kind is TextKind.CELL:
        candidates.append(_header_above(report, passages, at))
    elif at and not passage.label and passages[at - 1].kind is TextKind.PROSE:
        above = passages[at - 1].text
        candidates.append(above if len(above) <= 12 and _LABEL.fullmatch(above) else "")
    candidates.append(passage.section)
    named = [_WEIGHT.sub("", name.strip(":：")) for name in candidates if name and len(name) <= 40]
    for name in named:
        for topic, words in _TOPICS:
            if words.search(name):
                return name, topic
    return (named[0] if named else "正文"), Topic.RESULT


def _header_above(report: Report, passages: list[Passage], at: int) -> str:
    """The nearest short cell above in the same column of the same table."""
    here = report.document.locate(passages[at].span)
    if here.row is None:
        return ""
    for passage in reversed(passages[max(0, at - 16) : at]):
        if passage.kind is TextKind.CELL and len(passage.text) <= 24:
            there = report.document.locate(passage.span)
            if there.table != here.table:
                break
            if there.col == here.col and there.row != here.row and _LABEL.fullmatch(passage.text):
                return passage.text
    return ""
