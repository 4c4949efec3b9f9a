"""An aim and what became of it, told one after the other in running text, and the claim that it was reached.

年度目标：培训时长不少于928小时。全年实际培训909.93小时，完成年度目标。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from auditor.document import View
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Kind, Modifier
from auditor.language import word
from auditor.report.model import Passage

_NEXT = 1  # sentences from the aim to what became of it


@dataclass(frozen=True)
class Unmet:
    """`actual` is below `aim`, and `claim` says that the aim was reached."""

    aim: Quantity
    actual: Quantity
    claim: View


def unmet(passage: Passage) -> Iterator[Unmet]:
    """Aims of a passage that were not reached although it says so."""
    if not word("reached").search(passage.text):
        return
    counted = [one for one in quantities_of(passage) if one.kind in (Kind.COUNT, Kind.MONEY, Kind.RATE)]
    for aim, actual in pairwise(counted):
        if not _is_aim(aim) or not _is_actual(actual, aim):
            continue
        end = actual.structure.sentence_span(actual.start)[1]
        claim = word("reached").search(passage.text, actual.end, end)
        if claim is not None and actual.base.below(aim.figure.base):
            yield Unmet(aim, actual, passage.view.part(*claim.span()))


def _is_aim(quantity: Quantity) -> bool:
    """A number at least to be reached: plain, or with ≥ or 不少于."""
    if quantity.figure.modifier not in (Modifier.NONE, Modifier.AT_LEAST, Modifier.OVER, Modifier.EQUAL):
        return False
    start = quantity.structure.sentence_span(quantity.start)[0]
    return bool(word("aim").search(quantity.passage.text[start : quantity.start]))


def _is_actual(quantity: Quantity, aim: Quantity) -> bool:
    if quantity.kind is not aim.kind or quantity.unit != aim.unit or quantity.figure.is_bound:
        return False
    if quantity.sentence - aim.sentence > _NEXT or quantity.figure.upper is not None:
        return False
    between = quantity.passage.text[aim.end : quantity.start]
    return not word("apart_aim").search(between) and not word("aim").search(quantity.head)
