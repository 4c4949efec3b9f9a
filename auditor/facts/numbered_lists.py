"""The numbered lists of a report: in running text, inside a cell, and behind 一是…二是…."""

from __future__ import annotations

from auditor.language.numbering import SHORTEST_CELL, Fault, Listed, Mark, marks_in, said_in, walk
from auditor.report.model import Report, TextKind


def numbered_lists(report: Report) -> tuple[list[Fault], list[Listed]]:
    """Where the numbers break off, come twice or go back, and the lists whose numbers run on."""
    texts = [passage.text for passage in report.passages]
    faults: list[Fault] = []
    lists: list[Listed] = []
    flow: list[Mark] = []
    for number, passage in enumerate(report.passages):
        if passage.kind is TextKind.CELL and len(passage.text) < SHORTEST_CELL:
            continue
        marks = marks_in(number, passage.view)
        if passage.kind is TextKind.CELL:
            inner = [mark for mark in marks if mark.style != "named"]
            if len(inner) > 1:
                walk(inner, faults, lists, texts)
        else:
            flow.extend(marks)
        if "是" in passage.text and (listed := said_in(number, passage.view)):
            walk(listed, faults, lists, texts)
    walk(flow, faults, lists, texts)
    return faults, lists
