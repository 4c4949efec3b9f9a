"""Limits on what is looked at are told where they bite: never a silent pass."""

from __future__ import annotations

import pytest

from auditor.facts.plain_rates import MOST_TASKS
from auditor.report.scoring_rules import _MOST_RULES
from auditor.rules.base import Verdict
from tests.report.test_text_layouts import audited

HEAD = "项目支出绩效自评表\n（2023年度）\n项目名称\t渔港堤岸加固\n主管部门\t南澳镇海洋局\n"


def wide_money() -> str:
    """A header of money with more than 200 cells."""
    stores = [f"{at}号仓库" for at in range(199)]
    rows = [
        [name, "500.20", "450.18", *(f"{at}.25" for at in range(199))] for name in ("资金合计", "财政拨款")
    ]
    return HEAD + "\n".join(map("\t".join, [["资金来源", "预算数", "执行数", *stores], *rows])) + "\n"


def long_run() -> str:
    """A header of more than 60 labels, one cell a line."""
    cells = ["资金来源", *["预算数", "执行数"] * 31]
    for name in ("资金合计", "财政拨款"):
        cells += [name, *(f"{at}.50" for at in range(62))]
    return HEAD.replace("\t", "\n") + "\n".join(cells) + "\n"


def far_beside() -> str:
    """Money with a list right of it, in more than 60 columns."""
    lists = [["受益村", *(f"第{at}批" for at in range(60))]]
    lists += [[f"东风{row}村", *(f"{at * 7 + row}" for at in range(60))] for row in range(4)]
    money = [["资金来源", "预算数", "执行数"]]
    money += [
        [name, f"{row}0.5", f"{row}0.4"] for row, name in enumerate(("资金合计", "中央", "省级", "市级"), 1)
    ]
    return HEAD + "\n".join("\t".join((*one, *other)) for one, other in zip(money, lists, strict=True)) + "\n"


@pytest.mark.parametrize("make", [wide_money, long_run, far_beside])
def test_a_table_beyond_a_limit_is_announced(make: object) -> None:
    assert callable(make)
    (report,) = audited(make())
    assert report.coverage.unread_tables == 1
    assert report.coverage.figures_unplaced > 100


def test_rules_beyond_the_limit_are_told_as_not_understood() -> None:
    rules = [f"完成率低于{at % 89 + 10}.{at}%的，该项计0分。" for at in range(_MOST_RULES + 3)]
    text = HEAD + "填表说明：\n" + "\n".join(rules) + "\n"
    (report,) = audited(text)
    assert len(report.report.scoring_rules) == _MOST_RULES
    assert len(report.report.unread_rules) >= 3


def test_tasks_beyond_the_limit_are_told() -> None:
    few, many = (
        "".join(f"任务是整修{at}号码头{at + 20}处。\n" for at in range(count))
        for count in (3, MOST_TASKS + 3)
    )
    rate = "全年整修码头57处，码头整修完成率95%。\n"
    for text, told in ((few + rate, False), (many + rate, True)):
        (report,) = audited("项目支出绩效自评报告\n一、任务\n" + text)
        results = [item.result for item in report.items if item.result.rule.code == "N401"]
        limited = [one for one in results if one.verdict is Verdict.NOT_ASSESSABLE and "多于" in one.message]
        assert bool(limited) is told
