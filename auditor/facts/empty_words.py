"""Whether a text says anything: a number, a fact, or names and nothing else."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures import Kind, scan
from auditor.language import word
from auditor.report.model import Indicator, Passage, Report, TextKind

_BRIEF = 12  # Chinese characters: "该系统可持续发挥积极作用" still says nothing
_HAN = compiled(r"[\u4e00-\u9fff]")
_NO_DATA = (Kind.ORDINAL, Kind.CODE)


def empty_text(report: Report, indicator: Indicator) -> View | None:
    """The text that should bear out the score and says nothing."""
    narrative, actual = indicator.narrative, indicator.actual
    if narrative:
        if actual and (_says_something(actual) or not word("empty_praise").search(narrative.text)):
            return None  # the narrative is a remark beside the value achieved
        if indicator.lost and word("explains").search(narrative.text):
            return None  # it says why a point is missing
        return None if _says_something(narrative) else narrative
    if not actual or _says_something(actual) or word("bare_rating").fullmatch(actual.text):
        return None
    if indicator.target and _core(indicator.target.text) in (_core(actual.text), ""):
        return None  # the target repeated: a question of its own
    if any(band.word == actual.text for band in report.rating_bands):
        return None
    quantified = indicator.target is not None and any(
        figure.kind not in _NO_DATA for figure in scan(indicator.target)
    )
    return (
        actual
        if not quantified and len(actual.text) >= 5 and word("empty_praise").search(actual.text)
        else None
    )


def _core(text: str) -> str:
    return text.strip("。.≥≤=><定性: ")


def _says_something(view: View) -> bool:
    if len(_HAN.findall(view.text)) > _BRIEF or word("a_fact").search(view.text):
        return True
    if "、" in view.text and not word("empty_praise").search(view.text):
        return True  # a list of things
    return bool(word("a_numeral").search(view.text)) and any(
        figure.kind not in _NO_DATA for figure in scan(view)
    )


def names_only(passage: Passage, names: set[str]) -> tuple[View, int] | None:
    """The tail of the passage that consists of at least three indicator names and nothing else."""
    if passage.kind is TextKind.CELL:
        return None
    text = passage.text.rstrip("。；;、，, ")
    if not text.endswith(tuple(names)):
        return None
    end, start, count = len(text), len(text), 0
    while start > 0:
        cut = max(text.rfind(char, 0, start) for char in "，,、；;。和及\n")
        if text[cut + 1 : start] not in names:
            break
        count, start = count + 1, max(cut, 0)
    if count < 3:
        return None
    sentence = text[max(text.rfind(char, 0, start) for char in "。；;\n") + 1 : start]
    if word("starts_listing").search(sentence.rpartition("，")[2] or sentence):
        return None
    return passage.view.part(start + (text[start] in "，,、；;。和及\n"), end), count
