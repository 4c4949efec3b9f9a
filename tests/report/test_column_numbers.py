"""A row that numbers the columns is no row of the table, and a formula under a label no part of it."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.report.model import LineKind, Role

ROWS = {
    "under a label": "<td>栏次</td><td>1</td><td>2</td><td>3=1-2</td><td>4=2/1</td>",
    "lettered": "<td>甲</td><td>1</td><td>2</td><td>3</td><td>4</td>",
    "in brackets": "<td>栏次</td><td>(1)</td><td>(2)</td><td>(3)=(1)-(2)</td><td>(4)=(2)/(1)</td>",
    "bare": "<td></td><td>1</td><td>2</td><td>3</td><td>4</td>",
    "circled, with formulas": "<td></td><td>①</td><td>②</td><td>③=①-②</td><td>④=②÷①</td>",
}
TABLE = (
    "<h1>河湖管护项目支出绩效自评表</h1><p>单位：万元</p><table>"
    "<tr><td>项目内容</td><td>预算数</td><td>执行数</td><td>未执行数</td><td>执行率</td></tr>"
    "<tr>{row}</tr>"
    "<tr><td>清淤</td><td>52.00</td><td>48.10</td><td>3.90</td><td>92.50%</td></tr>"
    "<tr><td>保洁</td><td>31.00</td><td>30.40</td><td>0.60</td><td>98.06%</td></tr>"
    "<tr><td>合计</td><td>83.00</td><td>78.50</td><td>4.50</td><td>94.58%</td></tr></table>"
)


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_numbers_of_columns_are_no_amounts(row: str) -> None:
    (report,) = read_reports(read_bytes(TABLE.format(row=row).encode(), "form.html"))
    (table,) = report.money_tables
    assert [one.figure.raw for one in table.of(Role.BUDGET)] == ["52.00", "31.00", "83.00"]
    assert [one.figure.raw for one in table.of(Role.PAID, LineKind.TOTAL)] == ["78.50"]
    assert not report.unread_forms
    assert not report.unread
    assert not report.doubtful


DATA = {
    "counts that do not go on": "<td>绿化</td><td>1</td><td>2</td><td>2</td><td>4</td>",
    "a row with a name": "<td>绿化</td><td>1</td><td>2</td><td>3</td><td>4</td>",
}


@pytest.mark.parametrize("row", DATA.values(), ids=DATA)
def test_small_amounts_are_amounts(row: str) -> None:
    (report,) = read_reports(read_bytes(TABLE.format(row=row).encode(), "form.html"))
    (table,) = report.money_tables
    assert next(one.figure.raw for one in table.of(Role.BUDGET)) == "1"


def test_a_formula_under_a_label_is_no_source() -> None:
    text = (
        "<h1>河湖管护项目支出绩效自评表</h1><p>单位：万元</p><table>"
        "<tr><td rowspan='2'>项目</td><td rowspan='2'>合计<br>1=2+3</td><td colspan='2'>财政资金</td></tr>"
        "<tr><td>省级</td><td>市级</td></tr>"
        "<tr><td>计划下达</td><td>83.00</td><td>52.00</td><td>31.00</td></tr>"
        "<tr><td>实际到位</td><td>80.00</td><td>52.00</td><td>28.00</td></tr>"
        "<tr><td>实际支出</td><td>78.50</td><td>51.00</td><td>27.50</td></tr></table>"
    )
    (report,) = read_reports(read_bytes(text.encode(), "form.html"))
    (table,) = report.money_tables
    assert [one.line.name for one in table.of(Role.PAID)] == ["合计", "省级", "市级"]
    assert [one.figure.raw for one in table.of(Role.PAID)] == ["78.50", "51.00", "27.50"]
