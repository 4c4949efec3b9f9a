"""The number of a table cell, counted in what its column or its table is counted in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from auditor.figures import Figure, Kind
from auditor.figures.units import MONEY_SCALES, RATE_SCALES

DEFAULT_UNIT = "万元"
"""What an unmarked amount in these forms is counted in (财预〔2020〕10号 form: 项目资金（万元）)."""


def money_figure(figure: Figure, unit: str) -> Figure:
    """An amount; the unit it was written with goes before that of its table ("" for none)."""
    if figure.kind is Kind.MONEY:
        return figure
    counted = unit or DEFAULT_UNIT
    return figure.in_unit(Kind.MONEY, counted, MONEY_SCALES[counted])


def points_figure(figure: Figure) -> Figure:
    """A weight or a score."""
    return figure.in_unit(Kind.SCORE, "分", Decimal(1))


def rate_figure(figure: Figure) -> Figure:
    """A number in a rate column: "97.5" and "97.5%" are per cent, "0.975" and "1" may be a share."""
    if figure.kind is Kind.RATE:
        return figure
    if figure.value <= Decimal("1.5"):
        return replace(figure.in_unit(Kind.RATE, "", Decimal(1)), doubtful=True)
    return figure.in_unit(Kind.RATE, "%", RATE_SCALES["%"])
