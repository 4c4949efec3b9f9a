"""Absurd readings are withdrawn as a whole; one odd cell in a sound table stays a finding."""

from __future__ import annotations

from decimal import Decimal

import pytest

from auditor.document import Span, View, read_bytes
from auditor.figures import Figure, Kind, scan
from auditor.figures.units import MONEY_SCALES, RATE_SCALES
from auditor.report import Report
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Role
from auditor.report.vetoes import vetoes, withdraw

ROLES = {
    "年初": Role.INITIAL,
    "预算": Role.BUDGET,
    "支出": Role.PAID,
    "率": Role.EXECUTION_RATE,
    "分值": Role.WEIGHT,
    "得分": Role.SCORE,
}


def figure(text: str, role: Role, at: int) -> Figure:
    found = scan(View(text, ((0, at),)))[0]
    if role.is_money:
        return found.in_unit(Kind.MONEY, "万元", MONEY_SCALES["万元"])
    if role.is_rate:
        return found.in_unit(Kind.RATE, "%", RATE_SCALES["%"])
    return found.in_unit(Kind.SCORE, "分", Decimal(1))


def table(*lines: str) -> Report:
    """Lines "name: role value, role value"; a line called 合计 is the total."""
    document = read_bytes("\n".join(lines).encode(), "form.txt")
    amounts = []
    for place, line in enumerate(lines):
        name, _, cells = line.partition(":")
        kind = LineKind.TOTAL if name == "合计" else LineKind.SOURCE
        for col, cell in enumerate(cells.split(",")):
            role = ROLES[cell.split()[0]]
            value = figure(cell.split()[1], role, 100 * place + 10 * col)
            amounts.append(Amount(role, Line(kind, name, place), value, name, 0, row=place + 1, col=col))
    return Report(document, 1, Span(0, 0), money_tables=[MoneyTable("", amounts)])


ABSURD = {
    "a weight as an amount": ["合计:预算 512300.00,支出 10"],
    "a rate column of amounts": [
        "合计:预算 320.00,支出 310.00,率 3100",
        "财政拨款:预算 320.00,支出 310.00,率 3100",
    ],
    "a rate column of small amounts": [
        "合计:年初 308.29,支出 283.63,率 283.63",
        "财政拨款:年初 308.29,支出 283.63,率 283.63",
        "其他:年初 0.00,支出 0.00,率 0.00",
    ],
    "weights equal to amounts": ["合计:预算 320.00,支出 310.00,分值 320.00"],
    "one rate that is an amount": ["合计:预算 2249705,支出 2249705,率 2058480"],
    "a score as the budget": ["合计:预算 5.8,支出 6050409.46"],
    "two points beyond": ["合计:预算 1.00,支出 1.00,分值 320.00,得分 310.00"],
    "header words as names": ["预算数:支出 40.00", "年初预算数:支出 30.00"],
    "one source twice": ["财政拨款:支出 312.00,支出 300.00"],
}
SOUND = {
    "a plain table": ["合计:预算 320.00,支出 310.00,率 96.88,分值 10,得分 9.69"],
    "far beyond the budget": [
        "合计:预算 100.00,支出 250.00,率 250.00",
        "财政拨款:预算 50.00,支出 200.00,率 400.00",
    ],
    "one rate out of place": [
        "合计:预算 320.00,支出 310.00,率 968.8",
        "财政拨款:预算 320.00,支出 310.00,率 96.88",
    ],
    "one odd score": ["合计:预算 320.00,支出 310.00,率 96.88,分值 10,得分 969"],
    "paid ten times the budget by a slip": ["合计:预算 136.05,支出 1360.50,率 100.00"],
    "paid in another unit": ["合计:预算 46.8,支出 462300.5"],
    "a rate without its point": ["合计:预算 320.00,支出 310.00,率 9688"],
    "hardly anything paid": ["合计:预算 5000.00,支出 12.40"],
    "whole amounts, hardly anything paid": ["合计:预算 9000,支出 20"],
    "nothing paid": ["合计:预算 50.00,支出 0.00,率 0.00"],
    "the same sum in two lines": ["合计:预算 60.00,支出 57.00", "财政拨款:预算 60.00,支出 57.00"],
}


@pytest.mark.parametrize("lines", ABSURD.values(), ids=ABSURD)
def test_absurd(lines: list[str]) -> None:
    report = table(*lines)
    assert list(vetoes(report))
    withdraw(report)
    assert report.amounts == []
    assert report.unread


@pytest.mark.parametrize("lines", SOUND.values(), ids=SOUND)
def test_sound(lines: list[str]) -> None:
    report = table(*lines)
    assert list(vetoes(report)) == []
    before = len(report.amounts)
    withdraw(report)
    assert len(report.amounts) == before


def rows(*names: str, score: str = "10") -> Report:
    report = table("合计:预算 60.00,支出 57.00")
    for at, name in enumerate(names):
        view = View(name, ((0, 500 + 50 * at),))
        points = figure(score, Role.SCORE, 520 + 50 * at)
        report.indicators.append(
            Indicator(name, view, score=points, weight=points, table=1, span=view.span())
        )
    return report


@pytest.mark.parametrize(
    ("report", "left"),
    [
        (rows("修枝株数", "覆盖村数"), 2),
        (rows("修枝株数", score="99"), 1),
        (rows("年度指标值", "覆盖村数"), 0),
        (rows("修枝株数", "覆盖村数", score="320"), 0),
        (rows("道路养护", "校舍维修", score="100"), 0),
        (rows("道路养护", score="100"), 1),
    ],
    ids=["sound", "one odd score", "a header word", "scores above 100", "a whole each", "one whole"],
)
def test_rows(report: Report, left: int) -> None:
    withdraw(report)
    assert len(report.indicators) == left
