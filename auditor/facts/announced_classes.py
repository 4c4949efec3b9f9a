"""Classes of indicators that a heading or a sentence announces and nothing tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.facts.quantity import Modality
from auditor.facts.stated import facts_of
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Report, TextKind
from auditor.report.passages import numbering

# What a report speaks of when it reports a class, by the word that announces it.
_SIGNS: dict[str, str] = {
    "数量": "class_quantity", "质量": "class_quality", "时效": "class_time",
    "成本": "class_cost", "经济": "class_economy", "社会": "class_society", "生态": "class_ecology",
    "可持续": "class_lasting", "满意": "tells_satisfaction",
}  # fmt: skip
_CLASSES = {
    "产出指标（数量、质量、时效、成本）": "tells_outputs",
    "效益指标": "tells_benefits",
    "满意度指标": "tells_satisfaction",
    "存在问题和改进措施": "tells_problems",
}
_OUTPUTS = next(iter(_CLASSES))
_MET = 8  # passages: more than can stand in one place
_DONE = 2  # numbers of things done that make a chapter on the work one on outputs


def empty_headings(report: Report) -> Iterator[tuple[str, list[View]]]:
    """A heading on outputs with nothing but benefits under it."""
    for at, passage in enumerate(report.passages):
        text = passage.text
        mark = numbering(text) if len(text) <= 30 and "产出" in text else None
        if mark is None or passage.kind is TextKind.CELL or not word("output_title").match(text[mark[2] :]):
            continue
        body = []
        for following in report.passages[at + 1 :]:
            inner = numbering(following.text)
            if inner is not None and inner[0] <= mark[0]:
                break
            body.append(following.text)
        under = "\n".join(body)
        if word("names_benefit").search(under) and not word("names_output").search(under):
            items = "、".join(dict.fromkeys(word("names_benefit").findall(under)))
            title = text[mark[2] :].strip("。:")
            yield f"标题“{title}”之下只有{items}，没有产出指标（数量、质量、时效、成本）", [passage.view]


def announced_in_words(report: Report) -> Iterator[tuple[str, list[View]]]:
    """ "效益指标（包含经济效益、社会效益…）": each must be met again in the report."""
    goals = [goal.view.span() for goal in report.goals]
    told: dict[str, list[Span]] = {}
    for passage in report.prose:
        for match in word("classes_announced").finditer(passage.text):
            names = [name for name in word("joint").split(match["list"].rstrip("等")) if name]
            around = passage.text[: match.start()] + passage.text[match.end() :]
            at = passage.view.span(*match.span())
            absent = []
            for name in names:
                if name not in told:
                    told[name] = list(islice(_met(name, report, goals), _MET))
                if not _sign(name).search(around) and all(span.overlaps(at) for span in told[name]):
                    absent.append(name)
            if absent:
                yield (
                    f"{match['class']}指标写明包含{match['list']}，报告中没有{'、'.join(absent)}的内容",
                    [passage.view.part(*match.span())],
                )


def _met(name: str, report: Report, goals: list[Span]) -> Iterator[Span]:
    """The passages beside the goals that speak of a class."""
    for passage in report.passages:
        if _sign(name).search(passage.text) and not any(passage.span.overlaps(goal) for goal in goals):
            yield passage.span


def _sign(name: str) -> re.Pattern[str]:
    sign = next((sign for key, sign in _SIGNS.items() if key in name), "")
    return word(sign) if sign else re.compile(re.escape(name))


def lacking_in_chapters(report: Report) -> Iterator[tuple[str, list[View]]]:
    """A report in chapters without a table: the classes it never mentions."""
    chapters = [section for section in report.sections if section.depth == 1]
    if report.indicators or len(chapters) < 3:
        return
    where = [section.view for section in report.sections if word("reports_results").search(section.title)]
    if not where:
        return
    text = "\n".join(passage.text for passage in report.passages)
    absent = [name for name, words in _CLASSES.items() if not word(words).search(text)]
    if _OUTPUTS in absent and _counts_done(report):
        absent.remove(_OUTPUTS)
    if absent:
        yield f"全文没有{'、'.join(absent)}的内容", where[:1]


def _counts_done(report: Report) -> bool:
    """Whether a chapter on the work tells numbers of things done: those are outputs by another name."""
    done = (
        one
        for one in facts_of(report).quantities
        if one.kind is Kind.COUNT and not one.spelled and one.modality is Modality.ACTUAL
        if word("chapter_of_work").search(one.passage.section)
    )
    return sum(1 for _ in islice(done, _DONE)) == _DONE


def lacking_in_table(report: Report) -> Iterator[tuple[str, list[View]]]:
    """A table of indicators with outputs but no benefits (or the reverse)."""
    levels = {level.name: level.view for row in report.indicators for level in row.path}
    names = "\n".join([*levels, *(row.name for row in report.indicators)])
    output = next((view for name, view in levels.items() if name.startswith("产出")), None)
    benefit = next((view for name, view in levels.items() if name.startswith("效益")), None)
    if output is not None and not compiled(r"效益|效果|影响|结果").search(names):
        yield "指标表有产出指标，没有效益指标", [output]
    if benefit is not None and not compiled(r"产出|数量|质量|时效|完成").search(names):
        yield "指标表有效益指标，没有产出指标", [benefit]
