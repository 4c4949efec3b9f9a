"""The unit of a money table that names none, where running text tells it."""

from __future__ import annotations

from dataclasses import replace

from auditor.figures import Figure, Kind
from auditor.figures.units import MONEY_SCALES
from auditor.report.model import Amount, MoneyTable, Report

_UNITS = ("元", "万元")
_TELLING_DIGITS = 3
"""Figures with at least so many written digits hardly agree by chance."""


def settle_units(report: Report) -> None:
    """Tables without a unit take the one under which amounts of the running text agree with theirs.

    Where both units agree with something, or none does, the unit stays assumed.
    """
    open_tables = [table for table in report.money_tables if table.unit_assumed]
    if not open_tables:
        return
    written = [
        figure
        for passage in report.prose
        for figure in passage.figures
        if figure.kind is Kind.MONEY and not figure.is_vague and len(_digits(figure)) >= _TELLING_DIGITS
    ]
    for table in open_tables:
        fitting = [unit for unit in _UNITS if _agrees(report, table, unit, written)]
        if len(fitting) == 1:
            table.amounts = [
                replace(amount, figure=_counted(amount, fitting[0]))
                if report.unit_assumed(amount)
                else amount
                for amount in table.amounts
            ]
            table.unit = fitting[0]


def _agrees(report: Report, table: MoneyTable, unit: str, written: list[Figure]) -> bool:
    for amount in table.amounts:
        if not amount.role.is_money or not amount.figure.value or not report.unit_assumed(amount):
            continue
        value = _counted(amount, unit).base
        told = [other.figure for other in report.prose_amounts if other.whole and other.role is amount.role]
        if len(_digits(amount.figure)) >= _TELLING_DIGITS:
            told += written
        if any(value.meets(figure.base) for figure in told):
            return True
    return False


def _counted(amount: Amount, unit: str) -> Figure:
    if not amount.role.is_money:
        return amount.figure
    return amount.figure.in_unit(Kind.MONEY, unit, MONEY_SCALES[unit])


def _digits(figure: Figure) -> str:
    return figure.digits.replace(",", "").replace(".", "").strip("0")
