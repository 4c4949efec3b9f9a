"""Relations that a model proposes: what fails is asked, what holds is a tick, what does not belong is dropped."""

from __future__ import annotations

import json

import pytest

from auditor.judge import belong, on_rows, propose, quotes
from auditor.judge import operands as operands_of
from auditor.rules import Verdict
from tests.judge.reports import TEXT, reviewed

MORE = """
四、数字
全年发放补贴320户，其中东片180户、西片130户，补贴共96万元，户均3000元。
2023年收入120万元，2022年收入100万元，增长20%。
年初结存30吨，购入50吨，领用45吨，年末结存35吨。
验收合格率不低于95%，实际合格率92%。
开展培训、走访、宣传三项活动。
检查样品240批次，合格208批次，合格率超过87%，平均每批次检查3项，共720项。
配备电脑18台，单价0.5万元，共计9万元，人均经费2万元。
播种小麦6.2万亩，亩均产量500公斤，总产3.1万吨，比上年2.9万吨多0.2万吨。
发放器具240件，其中轮椅61辆、助听器88台、护理床91张，覆盖村庄74个。
覆盖率56.3%，任务为50%，返工率3%，目标2%。
统防统治面积9.3万亩，任务为10万亩。
第一季度考核90分，第二季度93分，第三季度96分，平均93分。
租车12台，每台每月0.6万元，租10个月，租金共计82万元，合同价66.5万元。
工程要求2023年11月底前完工，实际2023年12月5日完工。
全县普及率93.6%，目标≥93%，比上年提高1.8个百分点。
全年离职7人，到位率90%。
计划接送学生不少于9人。
"""
LINES = {
    "发放": 14,
    "收入": 15,
    "结存": 16,
    "合格": 17,
    "活动": 18,
    "样品": 19,
    "电脑": 20,
    "小麦": 21,
    "轮椅": 22,
    "覆盖率": 23,
    "统防": 24,
    "考核": 25,
    "租车": 26,
    "工程": 27,
    "普及率": 28,
    "离职": 29,
}


def answer(relation: str, *operands: str) -> str:
    return json.dumps(
        {"items": [], "relations": [{"relation": relation, "operands": list(operands), "question": ""}]},
        ensure_ascii=False,
    )


def lines() -> dict[int, str]:
    from auditor.judge.sheet import lines as numbered
    from tests.judge.reports import report

    return {line.number: line.text for line in numbered(report(TEXT + MORE))}


def test_the_lines() -> None:
    told = lines()
    assert all(word in told[number] for word, number in LINES.items()), told


FAILS = [
    ("合计", ("14｜东片180户", "14｜西片130户", "14｜补贴320户"), "180 + 130 = 310 ≠ 320 (差 10)，单位：户"),
    ("结转", ("16｜结存30吨", "16｜购入50吨", "16｜领用45吨", "16｜年末结存35吨"), None),
    ("目标", ("17｜实际合格率92%", "17｜不低于95%"), "92% < 95%"),
    ("目标", ("17｜不低于95%", "17｜实际合格率92%"), "92% < 95%"),
    ("增长", ("15｜120万元", "15｜100万元", "15｜20%"), None),
    ("比率", ("14｜96万元", "14｜320户", "14｜户均3000元"), None),
    ("比率", ("19｜合格208批次", "19｜240批次", "19｜超过87%"), "208 ÷ 240 = 86.67%"),
    ("乘积", ("20｜18台", "20｜单价0.5万元", "20｜共计9万元"), None),
    ("乘积", ("21｜6.2万亩", "21｜500公斤", "21｜3.1万吨"), None),
    ("乘积", ("21｜6.2万亩", "21｜500公斤", "21｜2.9万吨"), "6.2万亩 × 500公斤 = 3.1万吨 ≠ 2.9万吨"),
    ("目标", ("24｜9.3万亩", "24｜任务为10万亩"), "9.3万亩 < 10万亩"),
    ("余额", ("21｜3.1万吨", "21｜2.9万吨", "21｜0.2万吨"), None),
    ("合计", ("22｜轮椅61辆", "22｜助听器88台", "22｜护理床91张", "22｜器具240件"), None),
    ("平均", ("25｜90分", "25｜第二季度93分", "25｜96分", "25｜平均93分"), None),
    ("均值", ("25｜90分", "25｜96分", "25｜平均93分"), None),
    ("平均", ("25｜90分", "25｜第二季度93分", "25｜平均93分"), "(90 + 93) ÷ 2 = 91.5 ≠ 93分 (差 1.5)，单位：分"),
    ("平均", ("14｜96万元", "14｜320户", "14｜户均3000元"), None),
    ("乘积", ("26｜12台", "26｜0.6万元", "26｜10个月", "26｜82万元"), "= 72万元 ≠ 82万元"),  # one slip explains it
    ("目标", ("27｜12月5日完工", "27｜2023年11月底前"), "2023年12月5日晚于2023年11月"),
    ("合计", ("14｜180", "14｜130", "14｜320"), "180 + 130 = 310 ≠ 320 (差 10)，单位：户"),  # the page tells the unit
]  # fmt: skip


@pytest.mark.parametrize(("relation", "operands", "told"), FAILS)
def test_evaluated(relation: str, operands: tuple[str, ...], told: str | None) -> None:
    outcome = reviewed(answer(relation, *operands), of=TEXT + MORE)
    assert outcome.reasons == {}
    if told is None:
        (tick,) = outcome.ticks
        assert (tick.verdict, outcome.results) == (Verdict.CONSISTENT, [])
        assert "配对由模型提出" in tick.message
    else:
        (asked,) = outcome.results
        assert asked.verdict is Verdict.QUERY
        assert told in asked.calculation
        assert outcome.ticks == []


DROPPED = [
    (propose.UNKNOWN, "差不多", ("14｜东片180户", "14｜西片130户")),
    (propose.UNITS, "合计", ("14｜东片180户", "14｜96万元", "14｜补贴320户")),
    (propose.TWICE, "合计", ("14｜东片180户", "14｜180户", "14｜补贴320户")),
    (operands_of.NO_FIGURE, "合计", ("14｜东片", "14｜西片130户", "14｜补贴320户")),
    (operands_of.SEVERAL_FIGURES, "余额", ("14｜补贴320户", "14｜东片180户、西片130户", "14｜西片130户")),
    (belong.YEARS, "相等", ("15｜2023年收入120万元", "15｜2022年收入100万元")),
    (propose.FEW, "相等", ("14｜东片180户",)),
    (on_rows.NO_SIGN, "目标", ("15｜120万元", "15｜100万元")),
    (propose.WHICH, "比率", ("19｜240批次", "19｜合格208批次", "19｜超过87%")),
    (propose.UNITS, "比率", ("14｜96万元", "14｜320户", "14｜西片130户")),
    (propose.UNITS, "比率", ("14｜补贴320户", "14｜东片180户", "14｜西片130户")),
    (propose.UNITS, "乘积", ("20｜18台", "14｜320户", "20｜共计9万元")),
    (propose.UNITS, "乘积", ("20｜18台", "20｜单价0.5万元", "14｜320户")),
    (propose.UNITS, "合计", ("22｜轮椅61辆", "22｜助听器88台", "22｜村庄74个")),
    (on_rows.NO_SIGN, "目标", ("23｜覆盖率56.3%", "23｜任务为50%")),  # the line tells of what should be less
    (belong.AVERAGE, "合计", ("20｜单价0.5万元", "20｜人均经费2万元", "20｜共计9万元")),
    (belong.AVERAGE, "平均", ("17｜不低于95%", "23｜56.3%", "17｜实际合格率92%")),
    (propose.COARSE, "乘积", ("26｜12台", "26｜0.6万元", "26｜10个月", "26｜66.5万元")),
    (belong.NO_CHANGE, "增长", ("29｜7人", "14｜320户", "29｜到位率90%")),
    (belong.PLANNED, "增长", ("28｜普及率93.6%", "28｜目标≥93%", "28｜1.8个百分点")),
    (belong.THINGS, "目标", ("29｜全年离职7人", "30｜接送学生不少于9人")),
    (on_rows.NO_SIGN, "目标", ("27｜12月5日完工", "27｜12月5日")),
    (quotes.NOT_FOUND, "合计", ("14｜东片181户", "14｜西片130户", "14｜补贴320户")),
    (quotes.CUT_NUMBER, "合计", ("14｜东片18", "14｜西片130户", "14｜补贴320户")),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "relation", "operands"), DROPPED, ids=[one[0] for one in DROPPED])
def test_dropped(reason: str, relation: str, operands: tuple[str, ...]) -> None:
    outcome = reviewed(answer(relation, *operands), of=TEXT + MORE)
    assert (outcome.results, outcome.ticks) == ([], [])
    assert outcome.reasons == {reason: 1}


def test_a_list_is_counted() -> None:
    operands = ("18｜培训", "18｜走访", "18｜宣传", "18｜三项")
    outcome = reviewed(answer("项数", *operands), of=TEXT + MORE)
    assert [one.calculation for one in outcome.ticks] == ["列出 3 项 = 三项"], outcome.reasons
