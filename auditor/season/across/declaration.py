"""The amount that a declaration of targets applies for: 年度资金总额 and what it is called elsewhere.

The readers of money look for budgets beside payments; a declaration has no payments. Its one amount stands in the
cell behind its label, or behind the label in the same cell, in the unit of the cell or of the last label with one.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.figures import Figure, Kind
from auditor.figures.units import MONEY_SCALES
from auditor.language import word
from auditor.report.model import FormKind, Passage, Report


def declared(report: Report) -> Iterator[tuple[Figure, bool]]:
    """Each such amount, and whether its unit is known."""
    if report.form is not FormKind.APPLICATION:
        return
    unit = ""
    for passage in report.passages:
        if found := word("bracketed_unit").search(passage.text):
            unit = found["unit"]
        figure = _behind_label(passage)
        if figure is None or figure.kind not in (Kind.PLAIN, Kind.MONEY):
            continue
        if figure.kind is Kind.MONEY:
            yield figure, True
        elif unit:
            yield figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit]), True
        else:
            yield figure.in_unit(Kind.MONEY, "万元", MONEY_SCALES["万元"]), False


def _behind_label(passage: Passage) -> Figure | None:
    """The one number of the passage, where its label, or what stands before it, names the whole amount."""
    if len(passage.figures) != 1:
        return None
    (figure,) = passage.figures
    before = passage.text[: figure.start]
    label = before if any(char.isalnum() for char in before) else passage.label
    return figure if len(label) <= 20 and word("declared_total").search(label) else None
