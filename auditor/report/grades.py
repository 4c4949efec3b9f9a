"""The grade that a cell or a line names: a word, or the ticked one of several boxes."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.labels import GRADE_WORD
from auditor.report.model import Grade

BOXES = "□☐☑☒√■✓✔▣"
_TICK = compiled(r"[☑☒√■✓✔▣]")
_WORD_AFTER = compiled(rf"[:(]?(?P<word>{GRADE_WORD.pattern})")
_WORD_BEFORE = compiled(rf"(?P<word>{GRADE_WORD.pattern})[:(]?$")


def grade_in(view: View) -> Grade | None:
    """The grade a cell names, by a word alone or by the ticked one of several boxes."""
    ticks = list(_TICK.finditer(view.text))
    if len(ticks) == 1:
        before = view.text[0] in BOXES
        pattern = _WORD_AFTER if before else _WORD_BEFORE
        found = (
            pattern.search(view.text, ticks[0].end())
            if before
            else pattern.search(view.text[: ticks[0].start()])
        )
        return Grade(found["word"], view.part(*found.span("word"))) if found else None
    word = GRADE_WORD.match(view.text)
    return Grade(word.group(), view.part(0, word.end())) if word and not ticks else None
