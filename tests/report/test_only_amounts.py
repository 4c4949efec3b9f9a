"""The only budget and the only payment of a text are the project's, by whatever thing they are called."""

from __future__ import annotations

import pytest

from auditor.document import read_bytes
from auditor.report import read_reports
from auditor.report.model import Role

TITLE = "石笕县2022年度文化执法装备项目支出绩效自评报告\n一、资金情况\n"
NAMES = ("装备购置费县财政", "执法车租赁服务费", "购机款", "县级财政补助", "聘用人员薪酬")
LEADS = ("", "2022年", "今年")
WORDS = (("年初预算", "实际支出"), ("预算安排", "已支付"), ("年度预算", "支出"))


def amounts(text: str) -> tuple[list[str], list[str]]:
    report = read_reports(read_bytes((TITLE + text).encode(), "例.txt"))[0]
    return (
        [one.figure.raw for role in (Role.INITIAL, Role.BUDGET) for one in report.stated(role)],
        [one.figure.raw for one in report.stated(Role.PAID)],
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_only_ones_are_the_projects(name: str) -> None:
    for lead in LEADS:
        for given, spent in WORDS:
            assert amounts(f"{lead}{name}{given}75万元，{spent}46.5万元。") == (["75万元"], ["46.5万元"])


@pytest.mark.parametrize(
    "text",
    [
        "项目概算总额200万元。其中装备购置费预算75万元，支出46.5万元。",  # a part of a larger sum
        "共投入资金200万元。装备购置费年初预算75万元，实际支出46.5万元。",
        "装备购置费预算75万元，支出46.5万元；执法车租赁费预算30万元，支出28万元。",  # two things
        "上半年装备购置费预算75万元，实际支出46.5万元。",
        "2021年装备购置费预算75万元，实际支出46.5万元。",
        "装备购置费年初预算75万元，批复时压减为60万元，实际支出46.5万元。",
        "装备购置费年初预算75万元。执法车租赁费实际支出46.5万元。",
        "一标段\n装备购置费年初预算75万元，实际支出46.5万元。",
    ],
)
def test_others_are_not(text: str) -> None:
    assert "46.5万元" not in amounts(text)[1]


def test_a_sentence_that_another_report_has_too() -> None:
    text = "装备购置费年初预算75万元，实际支出46.5万元。"
    assert amounts(text) == amounts(f"{text}\n") == amounts(text)
