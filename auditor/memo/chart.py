"""What small bar charts show: money by line, self-score beside recomputed score."""

from __future__ import annotations

from typing import NamedTuple

from auditor.memo.model import MoneyLine, Report

_MOST = 16


class Bars(NamedTuple):
    """A pair of bars: what they are of, and both values as printed ("" for none)."""

    label: str
    upper: str
    lower: str


def money_bars(report: Report) -> tuple[list[Bars], str]:
    """Budget and payment by line with their unit: the first table that splits its money into two lines
    or more, details before sources. Empty where none does."""
    for kind in ("detail", "source"):
        tables: dict[tuple[int, str], list[MoneyLine]] = {}
        for line in report.lines:
            if line.kind == kind and line.budget is not None and line.paid is not None:
                tables.setdefault((line.table, line.unit), []).append(line)
        for (_, unit), lines in tables.items():
            if len(lines) > 1:
                return [Bars(line.label, line.budget or "", line.paid or "") for line in lines], unit
    return [], ""


def score_bars(report: Report) -> list[Bars]:
    """Self-score and recomputed score by indicator; empty where no score is recomputed differently."""
    checked = [row for row in report.indicators if row.score and (row.holds or row.recomputed)]
    bars = [Bars(row.name, row.score or "", row.recomputed or row.score or "") for row in checked]
    changed = [bar for bar in bars if bar.upper != bar.lower]
    return (bars if len(bars) <= _MOST else changed) if changed else []
