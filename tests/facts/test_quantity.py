"""Text → what its numbers are."""

from __future__ import annotations

import pytest

from auditor.document import View
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.report.model import Passage, Role, TextKind


def read(text: str, *, section: str = "") -> tuple[Quantity, ...]:
    return quantities_of(Passage(View(text, ((0, 0),)), TextKind.PROSE, section=section))


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("全年预算20万元,实际支出18万元,结余2万元", [Role.BUDGET, Role.PAID, Role.BALANCE]),
        ("上级转移支付资金20万元", [None]),
        ("下达资金20万元,已兑付18万元,尚未支付2万元", [Role.RECEIVED, Role.PAID, Role.BALANCE]),
        ("合同价20万元", [Role.CONTRACT]),
        ("200万元全部用于场馆建设", [Role.PAID]),
        ("支出预算20万元", [Role.BUDGET]),
    ],
)
def test_role(text: str, roles: list[Role | None]) -> None:
    assert [one.role for one in read(text) if one.unit == "元"] == roles


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("培训5人、3人员", ["名", "名"]),
        ("支出3万元、5元", ["元", "元"]),
        ("受理8起,办结7件", ["件", "件"]),
        ("接待8批次", ["批"]),
    ],
)
def test_units_are_folded(text: str, things: list[str]) -> None:
    assert [one.unit for one in read(text)] == things


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("全年共接待外宾18批", ["接待外宾"]),
        ("其中:堤防加固1840万元,水库除险65万元", ["堤防加固", "水库除险"]),
        ("县住建局6个2.886亿元、县教育局1个0.209亿元", ["县住建局", "", "县教育局", ""]),
        ("高二年级934人", ["高二年级"]),
    ],
)
def test_label(text: str, labels: list[str]) -> None:
    assert [one.label for one in read(text) if not one.spelled] == labels


@pytest.mark.parametrize(
    ("text", "section", "modality"),
    [
        ("计划培训80人", "", Modality.PLAN),
        ("完成培训80人", "", Modality.ACTUAL),
        ("培训80人", "年度目标", Modality.PLAN),
        ("培训80人", "年度目标完成情况", Modality.ACTUAL),
    ],
)
def test_modality(text: str, section: str, modality: Modality) -> None:
    assert read(text, section=section)[0].modality is modality


def test_where_it_stands() -> None:
    first, second, third = read("共30户(甲村10户)。其中乙村20户")
    assert (first.depth, second.depth, third.depth) == (0, 1, 0)
    assert (first.sentence, second.sentence, third.sentence) == (0, 0, 1)
    assert second.bracket == 4
    assert [one.place for one in (first, second, third)] == [0, 1, 2]


def test_period_scope_holder() -> None:
    (year, half, last) = read("2021年上半年全县完成8户,县住建局6户")
    assert year.unit == "年"
    assert half.period == {"2021", "上半年"}
    assert half.scope == "全县"
    assert last.holder == "县住建局"
