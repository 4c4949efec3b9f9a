"""Indicators that measure no work and no effect: money put in, and per cent of nothing named."""

from __future__ import annotations

from auditor.facts.scoring.targets import figures_of
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Indicator


def _class(row: Indicator) -> str:
    return "/".join(level.name for level in row.path)


def money_put_in(row: Indicator) -> bool:
    if row.target is None or not word("quantity_class").search(_class(row)):
        return False
    kinds = {figure.kind for figure in figures_of(row.target)}
    unit = row.unit.text if row.unit else ""
    money = kinds == {Kind.MONEY} or unit in ("元", "万元", "亿元")
    return money and word("money_put_in").search(row.name) is not None


def empty_effect(row: Indicator) -> bool:
    if row.target is None or not word("benefit_class").search(_class(row)):
        return False
    rates = {figure.kind for figure in figures_of(row.target)} == {Kind.RATE}
    per_cent = rates or (row.unit is not None and row.unit.text == "%")
    return per_cent and word("empty_effect").search(row.name) is not None
