"""Texts of a form measured against the number of characters that it allows."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import View
from auditor.language import word
from auditor.language.sentence import clause_end
from auditor.report.model import WordLimit
from auditor.values import frozen

_QUOTED = 40
_HAN = compiled(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]")
_CLAUSES = "，。；！？,;!?\n"
_SPACE = compiled(r"\s+")


@frozen
class Measured:
    label: str
    view: View
    chars: int  # every character but white space
    han: int  # Chinese characters alone


def measure(label: str, view: View) -> Measured:
    return Measured(label, view, len(_SPACE.sub("", view.text)), len(_HAN.findall(view.text)))


def quoted(limit: WordLimit, text: Measured) -> View:
    """From the clause that goes beyond the upper limit, or the beginning of a text that is too short."""
    start = 0
    if limit.maximum is not None and text.chars > limit.maximum:
        places = [at for at, char in enumerate(text.view.text) if not char.isspace()]
        start = 1 + max(text.view.text.rfind(mark, 0, places[limit.maximum]) for mark in _CLAUSES)
    return text.view.part(start, clause_end(text.view.text, start, _QUOTED))


def items_listed(limit: WordLimit, texts: list[Measured]) -> tuple[int, int, list[Measured]] | None:
    """How many items a list may hold, how many it holds, and the texts that hold some; None without such a limit."""
    match = word("item_limit").search(limit.view.text)
    if match is None or not texts:
        return None
    if any(word("item_limit").search(text.view.text) for text in texts):
        return None  # the head of another list is among them: two columns run together, whose items are whose is lost
    filled = [text for text in texts if text.chars > 1 or text.han]
    count = sum(max(1, len(word("item_mark").findall(text.view.text))) for text in filled)
    return int(match[1] or match[2]), count, filled
