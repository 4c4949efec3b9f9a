"""A column of subtotals beside the groups of rows that it adds up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from auditor.document import read_bytes
from auditor.report import Report, read_reports
from auditor.rules.base import Verdict
from auditor.rules.counts.n402_parts_of_total import check
from auditor.rules.settings import Settings

ROWS = [
    ("苗木", "香樟", "120", "310", "37,200", "61,200"),
    ("", "桂花", "80", "300", "24,000", ""),
    ("管件", "主管", "15", "1,400", "21,000", "27,400"),
    ("", "支管", "64", "100", "6,400", ""),
    ("农资", "有机肥", "200", "90", "18,000", "18,000"),
]


def read(rows: Sequence[tuple[str, ...]], spans: bool) -> Report:
    """The rows in a page; the first and last cells merged over their groups, or blank below."""
    told = []
    for at, row in enumerate(rows):
        deep = 1 + next((n for n, other in enumerate(rows[at + 1 :]) if other[0]), len(rows) - at - 1)
        cells = [
            f"<td{f' rowspan={deep}' if spans and place in (0, 5) and deep > 1 else ''}>{text}</td>"
            for place, text in enumerate(row)
            if text or not spans
        ]
        told.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(
        f"<th>{text}</th>" for text in ("类别", "名称", "数量", "单价（元）", "金额（元）", "小计（元）")
    )
    total = "<tr><td>合计</td><td></td><td></td><td></td><td>106,600</td><td>106,600</td></tr>"
    page = f"<html><body><p>采购明细</p><table><tr>{head}</tr>{''.join(told)}{total}</table></body></html>"
    (report,) = read_reports(read_bytes(page.encode(), "form.html"))
    return report


@pytest.mark.parametrize("spans", [True, False], ids=["merged", "undone"])
def test_groups_that_come_out(spans: bool) -> None:
    assert not [one for one in check(read(ROWS, spans), Settings()) if one.flagged]


@pytest.mark.parametrize("spans", [True, False], ids=["merged", "undone"])
def test_one_group_that_does_not(spans: bool) -> None:
    wrong = [(*row[:5], row[5].replace("27,400", "24,700")) for row in ROWS]
    (found,) = [one for one in check(read(wrong, spans), Settings()) if one.flagged and "·" in one.message]
    assert found.verdict is Verdict.QUERY
    assert "管件" in found.message


def test_a_column_that_adds_up_nothing() -> None:
    other = [(*row[:5], row[5] and str(at * 7 + 3)) for at, row in enumerate(ROWS)]
    assert not [one for one in check(read(other, spans=True), Settings()) if "·" in one.message]
