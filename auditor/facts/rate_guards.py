"""What a rate says of itself that makes it another than the plain quotient of the numbers beside it.

年均增长10%              a mean of years, not the whole growth
其中过夜游客增长31%       the growth of a part
同口径增长9.2%            of restated numbers, which are not told
按时办结率95.7%           stricter than "办结401件"
成活率92%                what came of it, beside numbers of what was planned and done
占工程款的30%             of a base of its own
"""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.facts.quantity import Quantity
from auditor.language import word
from auditor.report.model import Passage

_BEHIND = 30  # characters behind a rate that may say what it leaves out


def other_growth(rate: Quantity, first_end: int) -> bool:
    """Whether a rise or fall is a mean of years, of a part, or of restated numbers, so that the two values
    from `first_end` on need not give it."""
    told = rate.passage.text[first_end : rate.start]
    behind = _behind(rate)
    told_of = ("yearly_growth", "growth_of_part", "restated")
    return any(word(name).search(told) for name in told_of) or (
        behind.startswith(("(", "（")) and bool(word("restated").search(behind))
    )


def is_stricter(rate: Quantity, stem: str, part: Quantity) -> bool:
    """Whether the rate counts less than `part` tells: it is qualified and the count is not so, or something
    is taken off."""
    start = part.structure.clause_span(part.start)[0]
    told = rate.passage.text[start : rate.start] + _behind(rate)
    if word("taken_off").search(told):
        return True
    qualified = word("stricter_rate").search(stem)
    if qualified is None:
        return False
    said = part.clause.partition(f"{stem}率")[0]
    if word("in_time").search(qualified.group()):
        return not word("in_time_told").search(said)
    return qualified.group() not in said


def is_outcome(stem: str) -> bool:
    """Whether a rate tells what came of the work: numbers of how much was done do not make it."""
    return bool(word("outcome_rate").search(stem))


def own_base(passage: Passage, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` name a base of their own: "工程款中…", "占工程款的"."""
    return bool(word("own_base").search(passage.text[start:end]))


def _behind(rate: Quantity) -> str:
    return compiled(r"[。；;\n]").split(rate.passage.text[rate.end : rate.end + _BEHIND])[0]
