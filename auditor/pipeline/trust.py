"""What rests on a doubtful reading only asks.

A row that was laid under its header by the cheapest guess, a sum over a table of which a row could
not be read, a number recognised in a picture: none of them proves anything, for the contradiction
may be the reader's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from auditor.document import NOWHERE, Document, Span, View
from auditor.facts.unread import unread_forms
from auditor.report import Report
from auditor.rules import Result, Severity, Verdict
from auditor.rules.family import About, is_about

_SCORED = ("S205", "S206", "S207", "I301")
_ABSENT = ("F111", "I304", "I305", "S209")
"""Rules that miss something in the whole text."""
_SUMS_AND_LISTS = ("F101", "F103", "F108", "N402", "N404", "S201", "S203")
"""Rules that miss parts of a sum or of a list."""
_CUT = "（文本在这里中断，缺的部分可能在后面，无法核验。）"
_SHIFTED = "（所在行的列有错位，本工具的读法不一定对，请先核对原表。）"
_GUESSED = "（原件的表格没有画线，或者几张表并排，行列是推定的，请先核对原表。）"
_PARTLY = "（文本里这张表有数没有归位，行列是推定的，请先核对原表。）"
_MISSING = "（表中有行未能读入，合计关系可能因此不符，请先核对原表。）"


def trusted(result: Result, report: Report) -> Result:
    """The result itself, or a query in place of an `inconsistent` that rests on a doubtful reading."""
    if result.flagged and _may_go_on(result, report):
        return replace(
            result, verdict=Verdict.NOT_ASSESSABLE, message=result.message + _CUT, severity=Severity.LOW,
            impact="", culprits=(),
        )  # fmt: skip
    if result.verdict is not Verdict.INCONSISTENT:
        return result
    document = report.document
    if scanned := _among(result, document.scanned):
        note = _recognised(document, scanned)
    elif _among(result, document.guessed):
        note = _GUESSED
    elif _among(result, report.doubtful):
        note = _SHIFTED
    elif is_about(result.rule.code, About.FIGURES) and _among(result, report.partly_read):
        note = _PARTLY
    elif result.rule.needs_all_rows and (report.unread or _reaches_unread(result, report)):
        note = _MISSING
    elif (rule := _unread_rule(result, report)) is not None:
        note = f"（表内“{rule.text[:60]}”一句没有读懂，可能另有规定，请先核对。）"
    else:
        return result
    return replace(
        result, verdict=Verdict.QUERY, message=result.message + note, severity=Severity.LOW, impact=""
    )


def _may_go_on(result: Result, report: Report) -> bool:
    """Whether what the result misses may stand behind the place where the text breaks off."""
    if report.cut_off == NOWHERE:
        return False
    code = result.rule.code
    return code in _ABSENT or (code in _SUMS_AND_LISTS and bool(_among(result, [report.cut_off])))


def _unread_rule(result: Result, report: Report) -> View | None:
    """A declared scoring rule that nobody understood and that may be meant for this score."""
    if result.rule.code not in _SCORED:
        return None
    for sentence in report.unread_rules:
        rows = [row.span for row in report.indicators if row.span.overlaps(sentence.span())]
        if rows and not _among(result, rows):
            continue
        execution = "执行率" in sentence.text and "指标" not in sentence.text
        if execution is (result.rule.code == "S206") or "执行率" not in sentence.text:
            return sentence
    return None


def _reaches_unread(result: Result, report: Report) -> bool:
    """Whether what is added up stands around, or next to, lines of a table that were not read."""
    if not result.evidence:
        return False
    reach = min(result.evidence).cover(max(result.evidence))
    return any(place.overlaps(reach) for form in unread_forms(report) for place in form.around)


def _among(result: Result, places: Sequence[Span]) -> list[Span]:
    """The evidence that stands in one of the places."""
    return [span for span in result.evidence if any(span.overlaps(place) for place in places)]


def _recognised(document: Document, spans: Iterable[Span]) -> str:
    pages = sorted({page for span in spans if (page := document.locate(span).page) is not None})
    named = f"第{'、'.join(map(str, pages))}页" if pages else "图片"
    return f"（{named}的数字由图像识别得来，可能认错，请先核对原件。）"
