"""Values that the text calls met beside the target that they miss.

完工率81.25%，达到90%的目标
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.compiled import compiled
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Report
from auditor.values import frozen

_COMPARED = (Kind.RATE, Kind.COUNT, Kind.MONEY)


@frozen
class Boast:
    """`words` lead to the value, `verb` says that it reaches the target."""

    actual: Figure
    target: Figure
    words: str
    verb: str


def boasts(report: Report) -> Iterator[Boast]:
    for passage in report.prose:
        if not word("says_reached").search(passage.text):
            continue
        for actual, target in pairwise(passage.figures):
            told = word("reached_target").fullmatch(passage.text[actual.end : target.start])
            if told is None or not word("a_target").match(passage.text, target.end):
                continue
            same = actual.kind is target.kind and actual.unit == target.unit and actual.kind in _COMPARED
            if not same or actual.is_vague or target.upper is not None or actual.base.high > target.amount:
                continue
            words = passage.text[max(0, actual.start - 12) : actual.start]
            yield Boast(actual, target, compiled("[，,。；;]").split(words)[-1], told["verb"])
