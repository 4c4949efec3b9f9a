"""A column of 调整 is the change of the budget or the budget after it: the sums of the rows tell which."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.report.model import LineKind, Role

TITLE = "泵站维护项目支出绩效自评表\n单位：万元\n"

CASES = {
    "a bare 年初, and a cut": (
        "项目资金 | 年初 | 调整预算数 | 全年预算数 | 全年执行数 | 执行率\n"
        "年度资金总额 | 240 | -32.5 | 207.5 | 198.3 | 95.57%\n财政拨款 | 240 | -32.5 | 207.5 | 198.3 | 95.57%",
        {Role.INITIAL: "240", Role.ADJUSTMENT: "-32.5", Role.BUDGET: "207.5"},
    ),
    "a rise": (
        "资金来源 | 年初预算数 | 调整预算数 | 全年预算数 | 执行数\n"
        "年度资金总额 | 240 | 12.5 | 252.5 | 239.5\n财政拨款 | 200 | 10 | 210 | 201\n其他资金 | 40 | 2.5 | 42.5 | 38.5",
        {Role.INITIAL: "240", Role.ADJUSTMENT: "12.5", Role.BUDGET: "252.5"},
    ),
    "the rate says that it is the change": (
        "资金来源 | 年初预算数 | 调整预算数 | 执行数 | 执行率\n年度资金总额 | 240 | 12.5 | 239.5 | 94.85%",
        {Role.INITIAL: "240", Role.ADJUSTMENT: "12.5"},
    ),
    "the rate says that it is the budget after it": (
        "资金来源 | 年初预算数 | 调整数 | 执行数 | 执行率\n年度资金总额 | 240 | 252.5 | 239.5 | 94.85%",
        {Role.INITIAL: "240", Role.BUDGET: "252.5"},
    ),
}


@pytest.mark.parametrize("border", ["\t", " "], ids=["tabs", "spaces"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_sums_tell_what_an_adjustment_is(case: tuple[str, dict[Role, str]], border: str) -> None:
    text, wanted = case
    (report,) = read_reports(read_bytes((TITLE + text.replace(" | ", border)).encode(), "form.txt"))
    (table,) = report.money_tables
    found = {one.role: one.figure.raw for one in table.of_kind(LineKind.TOTAL)}
    assert {
        role: found.get(role) for role in (Role.INITIAL, Role.ADJUSTMENT, Role.BUDGET) if role in found
    } == wanted


def test_a_slip_in_one_row_is_no_other_reading() -> None:
    text = (
        "资金来源 | 年初预算数 | 调整预算数 | 全年预算数 | 执行数\n"
        "年度资金总额 | 240 | 12.5 | 252.5 | 239.5\n财政拨款 | 200 | 10 | 211 | 201\n其他资金 | 40 | 2.5 | 42.5 | 38.5"
    )
    (report,) = read_reports(read_bytes((TITLE + text).encode(), "form.txt"))
    (table,) = report.money_tables
    assert [one.figure.raw for one in table.of(Role.ADJUSTMENT)] == ["12.5", "10", "2.5"]


def test_no_budget_is_below_zero() -> None:
    text = "资金来源 | 年初预算数 | 全年预算数 | 执行数\n年度资金总额 | 240 | -32.5 | 198.3"
    (report,) = read_reports(read_bytes((TITLE + text).encode(), "form.txt"))
    assert report.stated(Role.BUDGET) == []
    assert report.unread_forms
