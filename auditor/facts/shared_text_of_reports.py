"""What reports of different projects tell in the same words.

Whole narratives that are equal, or equal for the most part of a long stretch; phrases such as 资金到位及时 are kept apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.document import Span
from auditor.facts.narratives import METHOD, Narrative, Topic, narratives
from auditor.language.shared_text import plain, shared_runs
from auditor.report.model import Report
from auditor.values import frozen

_SHORTEST_STOCK = 4
_SHORTEST_RUN = 30
_COMPARED = (Topic.INDICATOR, Topic.RESULT, Topic.PROBLEM)


@frozen
class Extract:
    """What is compared of one report: small, and without the report, so that a run may have many.

    document   the same number for the reports of one document, another for those of others
    narratives label, text and place of each
    """

    document: int
    path: str
    sha256: str
    index: int
    project: str
    unit: str
    narratives: tuple[tuple[str, str, Span], ...]


@frozen
class Told:
    """A narrative and the report (position in the run) that tells it."""

    report: int
    label: str
    written: str
    text: str
    span: Span


@frozen
class Shared:
    """Groups of equal texts: those of the same reports together, and the short phrases of any."""

    texts: list[list[list[Told]]]
    stock: list[list[Told]]


def shared(reports: Sequence[Extract], shortest: int) -> Shared:
    """What different projects tell in the same words; below `shortest` characters it is a stock phrase."""
    told = [
        Told(position, label, text, _bare(text), span)
        for position, report in enumerate(reports)
        for label, text, span in report.narratives
    ]
    long: dict[frozenset[int], list[list[Told]]] = defaultdict(list)
    stock: list[list[Told]] = []
    for same in _same(told, reports, shortest):
        if len(same[0].text) < shortest:
            if not any(char.isdigit() for char in same[0].text):
                stock.append(same)
        else:
            long[frozenset(each.report for each in same)].append(same)
    return Shared(list(long.values()), stock)


def extract(report: Report) -> Extract:
    document = report.document
    return Extract(
        id(document), document.path, document.sha256, report.index, report.project, report.unit,
        tuple((item.label, item.text, item.view.span()) for item in _items(report)),
    )  # fmt: skip


def _items(report: Report) -> Iterator[Narrative]:
    seen = set()
    for item in narratives(report):
        method = item.indicator is None and any(word in item.label for word in METHOD)
        if item.topic in _COMPARED and not item.filled_by_system and not method:
            seen.add(item.view.span())
            yield item
    for passages, label in ((report.problems, "存在问题"), (report.measures, "改进措施")):
        for passage in passages:
            if passage.span not in seen:
                yield Narrative(label, passage.view, Topic.PROBLEM)


def _bare(text: str) -> str:
    return plain(text).strip("。；.!、 ")


def _same(told: list[Told], reports: Sequence[Extract], shortest: int) -> Iterator[list[Told]]:
    """Groups of equal narratives of different projects, then pairs that are equal for the most part."""
    by_text: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        if len(each.text) >= _SHORTEST_STOCK:
            by_text[each.text].append(each)
    whole: set[int] = set()
    for text, group in by_text.items():
        group = _foreign(group, reports, same_unit=len(text) < shortest)
        if len(group) > 1:
            whole.update(id(each) for each in group)
            yield group
    rest = [each for each in told if id(each) not in whole and len(each.text) >= _SHORTEST_RUN]
    seen: set[tuple[int, int]] = set()
    for run in shared_runs([each.text for each in rest], max(_SHORTEST_RUN, shortest)):
        pair = [rest[run.first], rest[run.second]]
        longest = max(len(each.text) for each in pair)
        if (
            (run.first, run.second) not in seen
            and run.length * 5 >= longest * 4
            and len(_foreign(pair, reports, False)) > 1
        ):
            seen.add((run.first, run.second))
            yield pair


def _foreign(group: list[Told], reports: Sequence[Extract], same_unit: bool) -> list[Told]:
    """One narrative per project; stock phrases count only within one file or one unit."""
    chosen: dict[object, Told] = {}
    first = reports[group[0].report]
    for each in group:
        report = reports[each.report]
        if same_unit and report.document != first.document and (not report.unit or report.unit != first.unit):
            continue
        if report.document != first.document and report.sha256 == first.sha256:
            continue
        chosen.setdefault(report.project or ("report", each.report), each)
    return list(chosen.values())
