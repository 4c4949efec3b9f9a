"""What a report tells in words: each narrative with a name a reader knows it by.

Names, targets, reasons, printed form text, the profile of the unit and text about problems are no
narratives in this sense: repeating them is no copying.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from auditor.compiled import compiled
from auditor.document import View
from auditor.language import any_of, word
from auditor.report.grades import BOXES
from auditor.report.model import Indicator, Passage, Report, TextKind
from auditor.values import frozen


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


@frozen
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
_TOPICS: tuple[tuple[Topic | None, str], ...] = (
    (
        None,
        "topic_of_unit",
    ),
    (Topic.PROBLEM, "topic_problem"),
    (Topic.RESULT, "topic_result"),
    (Topic.GOAL, "topic_goal"),
    (Topic.DESCRIPTION, "topic_description"),
)
_SENTENCE = compiled(r"[，,。；;]")


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
        if indicator.narrative and not _is_choice(indicator.narrative):
            yield Narrative(indicator.name, indicator.narrative, Topic.INDICATOR, indicator, True)
        actual = indicator.actual
        if actual and len(actual.text) >= _SHORTEST_PASSAGE and not _is_choice(actual):
            yield Narrative(indicator.name, actual, Topic.INDICATOR, indicator, True)


def _is_choice(view: View) -> bool:
    """Whether a cell is the boxes of the form, one of them ticked: every row has the same words."""
    return sum(char in BOXES for char in view.text) > 1


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
        if (
            len(text) < _SHORTEST_PASSAGE
            or passage.kind is TextKind.HEADING
            or word("narrative_note").match(text)
        ):
            continue
        if word("form_rule").search(text) and len(text) <= 160:
            continue
        if not _SENTENCE.search(text) or word("narrative_field").search(passage.label):
            continue  # a title, a header cell, a field of the form's head
        span = passage.span
        if span.start in skipped or known.get(span.end, 0) * 2 >= len(text):
            continue  # told already as a goal or as the narrative of an indicator
        label, topic = _name(report, passages, at)
        if span in problems and not word("indicator_lead").match(text):
            topic = Topic.PROBLEM
        if topic is not None:
            yield Narrative(
                label, passage.view, topic, None, passage.kind is TextKind.CELL, passage.filled_by_system
            )


def _name(report: Report, passages: list[Passage], at: int) -> tuple[str, Topic | None]:
    """What a reader calls the passage, and what it is about."""
    passage = passages[at]
    candidates = []
    lead = word("narrative_lead").match(passage.text)
    if lead:
        candidates.append(lead["label"])
    candidates.append(passage.label)
    if passage.kind is TextKind.CELL:
        candidates.append(_header_above(report, passages, at))
    elif at and not passage.label and passages[at - 1].kind is TextKind.PROSE:
        above = passages[at - 1].text
        candidates.append(above if len(above) <= 12 and word("bare_label").fullmatch(above) else "")
    candidates.append(passage.section)
    named = [
        word("weight_in_brackets").sub("", name.strip(":："))
        for name in candidates
        if name and len(name) <= 40
    ]
    every = any_of(*(words for _, words in _TOPICS))
    # "疫苗接种率：…" is known by its indicator, whatever the heading above is about.
    known = named[0] if named and lead and word("indicator_lead").match(passage.text) else ""
    for name in named if any(map(every.search, named)) else ():
        for topic, words in _TOPICS:
            if word(words).search(name):
                # Why an indicator was missed is told of that one, in a chapter of reasons too.
                return known or name, Topic.RESULT if known and topic is Topic.PROBLEM else topic
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
            if there.col == here.col and there.row != here.row and word("bare_label").fullmatch(passage.text):
                return passage.text
    return ""
