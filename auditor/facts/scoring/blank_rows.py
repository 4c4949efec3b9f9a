"""Rows that earn points with an empty actual value, in a table that fills most of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from auditor.compiled import compiled
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Figure
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.values import frozen

# A name may hold the target itself: "设备完好率≥95%".
_DIGIT = compiled(r"\d")
_WORD = compiled(r"\w")
_Texts = list[tuple[int, str]]
"""The cells and paragraphs of a report, each with the place where it begins."""


@frozen
class Blank:
    row: Indicator
    weight: Figure
    score: Figure


def blank_rows(report: Report) -> list[Blank]:
    rows = sorted(counted(report), key=lambda row: row.table)
    texts = sorted((one.span.start, one.text) for one in report.passages)
    return [one for _, table in groupby(rows, lambda row: row.table) for one in _blank(texts, list(table))]


def _blank(texts: _Texts, rows: list[Indicator]) -> Iterator[Blank]:
    """Rows of one table that leave the actual value empty, where most of its rows fill both cells."""
    rows = [row for row in rows if not is_execution_row(row)]
    filled = sum(row.target is not None and row.actual is not None for row in rows)
    if filled * 2 < len(rows) or filled < 2:
        return
    for row in rows:
        weight, score = row.weight, row.score
        if weight is not None and score is not None and score.value > 0 and _says_nothing(texts, row):
            yield Blank(row, weight, score)


def _says_nothing(texts: _Texts, row: Indicator) -> bool:
    """Whether the row has points, a name and at most a target: an answer may stand in any other of its cells, and
    "无" is one (事故 | 无 | 无); a dash is none."""
    if not (row.has_target_column and row.has_actual_column) or row.actual:
        return False
    if row.is_bonus or row.shares_score or row.parts:
        return False
    named = row.target is None and _DIGIT.search(row.name) is not None
    if word("measured_class").search(row.place) is None or named:
        return False
    points = (row.weight, row.score, row.review_score)
    own = {row.name_view.text, *(level.view.text for level in row.path)}
    own |= {figure.view.text for figure in points if figure is not None}
    own |= {row.target.text} if row.target is not None else set()
    first, last = (bisect_left(texts, (at, "")) for at in (row.span.start, row.span.end))
    return all(text in own or _WORD.search(text) is None for _, text in texts[first:last])
