"""Budget and spending, told by the execution rate that they give: whatever words stand before them."""

from __future__ import annotations

import pytest

from auditor.document.open import read_bytes
from auditor.facts.told_by_rate import told_by_rate
from auditor.report import read_reports


def told(text: str) -> tuple[str, str] | None:
    document = read_bytes(f"2023年度机井维修项目绩效自评报告\n二、资金使用\n{text}\n".encode(), "例.txt")
    (report,) = read_reports(document)
    found = told_by_rate(report)
    return None if found is None else (found.budget.raw, found.paid.raw)


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("县级财政安排108万元，7月到账，付给施工单位76.38万元，执行率70.72%。", ("108万元", "76.38万元")),
        ("盘子一共108万元。花出去76.38万元，预算执行率70.72%。", ("108万元", "76.38万元")),
        ("兑付76.38万元，占全部108万元的大头，执行率70.72%。", ("108万元", "76.38万元")),
        ("省级60万元、县级48万元，合在一起108万元；用掉76.38万元，执行率70.72%。", ("108万元", "76.38万元")),
        ("安排30万元，花了30万元，执行率100%。", ("30万元", "30万元")),
        ("甲项安排50万元，付出49万元；乙项安排100万元，付出98万元，执行率98%。", ("100万元", "98万元")),
        ("安排50万元，花了49万元，执行率98%。", ("50万元", "49万元")),
    ],
)
def test_two_amounts_give_the_rate(text: str, pair: tuple[str, str]) -> None:
    assert told(text) == pair


@pytest.mark.parametrize(
    "text",
    [
        "安排108万元，付给施工单位76.38万元，执行率72.07%。",  # none gives it
        "安排108万元，付出76.38万元，执行率70.72%；另一项目执行率95%。",  # two rates
        "安排100万元，付出98.5万元；另安排200万元，付出197万元，执行率98.5%。",  # two pairs give it
        "全年预算120万元。安排108万元，付给施工单位76.38万元，执行率70.72%。",  # another budget is stated
        "安排108万元，付出约76.38万元，执行率70.72%。",  # no plain amount
        "安排108万元，付出76.38万元，到位率70.72%。",  # another rate
    ],
)
def test_else_nothing_is_told(text: str) -> None:
    assert told(text) is None
