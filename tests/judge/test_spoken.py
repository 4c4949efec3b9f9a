"""A relation that fails is asked about where its size or the report's words speak for it, not on a model's word."""

from __future__ import annotations

import json

import pytest

from auditor.judge.believe import UNSPOKEN
from auditor.judge.endpoint import ModelSettings
from auditor.judge.outcome import Outcome
from auditor.judge.review import review
from auditor.judge.sheet import lines
from tests.prose.claims import Answering, audited

TEXT = """\
云岭县2023年度乡村建设项目支出绩效自评报告
一、基本情况
全年预算874万元，支出850万元，执行率97.25%。
二、完成情况
全年改造厕所614户，其中柳河镇180户、石桥乡130户、白马镇304户。
来信410次，走访655次，比上年多出833次。
签约企业214家，新签31家，注销12家，表彰企业97家。
聘请护林员62名，每人每月补助600元，补助12个月，全年支付护林补助91.7万元。
道路维修投入31.5万元。桥梁加固投入26.2万元。两项合计88.8万元。
办理业务7310件，上年6092件，增长20%。
合同价97.4万元，结算审定93.1万元，核减8.8万元。
年初在册318人，新增47人，退出22人，年末在册401人。
培训班分别为6期、5期、4期。
三、效益
柳河镇改造厕所283户，群众满意。
当年开班28期，学员反映良好。
解答诉求731件，转办5284件。
接待游客4.1万人次，投诉办结率93%。
"""


def proposed(relation: str, *words: str) -> Outcome:
    """What comes of a relation between quotes, each at its line."""
    one = audited(TEXT)
    sheet = lines(one.report)
    operands = []
    for quote in words:
        (number,) = [line.number for line in sheet if quote in line.text]
        operands.append(f"{number}｜{quote}")
    told = json.dumps({"relations": [{"relation": relation, "operands": operands}]}, ensure_ascii=False)
    results = [item.result for item in one.items]
    (outcome,) = review([one.report], [results], Answering(told), ModelSettings())
    assert outcome.done
    return outcome


ASKED = [
    # no slip of the pen explains these: the words alone speak for them
    ("相等", ("柳河镇180户", "改造厕所283户")),
    ("合计", ("道路维修投入31.5万元", "桥梁加固投入26.2万元", "两项合计88.8万元")),
    ("余额", ("合同价97.4万元", "审定93.1万元", "核减8.8万元")),
    ("余额", ("走访655次", "来信410次", "多出833次")),
    ("结转", ("年初在册318人", "新增47人", "退出22人", "年末在册401人")),
    ("乘积", ("护林员62名", "每人每月补助600元", "12个月", "91.7万元")),
    ("合计", ("6期", "5期", "4期", "开班28期")),  # nothing else is counted so
]  # fmt: skip


@pytest.mark.parametrize(("relation", "quotes"), ASKED, ids=[f"{one[0]}-{one[1][0]}" for one in ASKED])
def test_words_that_speak_for_it(relation: str, quotes: tuple[str, ...]) -> None:
    outcome = proposed(relation, *quotes)
    assert outcome.reasons == {}
    assert len(outcome.results) + len(outcome.attached) == 1


DROPPED = [
    ("相等", ("支出850万元", "全年支付护林补助91.7万元")),  # no word in common
    ("相等", ("柳河镇180户", "白马镇304户")),  # told beside each other
    ("合计", ("柳河镇180户", "石桥乡130户", "改造厕所614户")),  # with the third part they add up
    ("合计", ("石桥乡130户", "白马镇304户", "柳河镇180户")),  # the last is a part itself
    ("余额", ("来信410次", "走访655次", "多出833次")),  # nothing is left
    ("余额", ("改造厕所614户", "柳河镇180户", "石桥乡130户")),  # not told as what is left
    ("结转", ("签约企业214家", "新签31家", "注销12家", "表彰企业97家")),  # not told as what there is at the end
    ("乘积", ("柳河镇180户", "桥梁加固投入26.2万元", "道路维修投入31.5万元")),  # nothing is told for each
    ("比率", ("桥梁加固投入26.2万元", "道路维修投入31.5万元", "执行率97.25%")),  # made of other numbers by a rule
    ("比率", ("办理业务7310件", "上年6092件", "增长20%")),  # as a rise it holds
    ("比率", ("石桥乡130户", "改造厕所614户", "办结率93%")),  # the rate stands apart
]  # fmt: skip


@pytest.mark.parametrize(("relation", "quotes"), DROPPED, ids=[f"{one[0]}-{one[1][-1]}" for one in DROPPED])
def test_nothing_but_the_model_speaks_for_it(relation: str, quotes: tuple[str, ...]) -> None:
    outcome = proposed(relation, *quotes)
    assert (outcome.results, outcome.attached) == ([], [])
    assert outcome.reasons == {UNSPOKEN: 1}


def test_one_slip_of_the_pen_is_asked_about_whatever_the_words() -> None:
    """A digit left out; the words have nothing in common, as for the other pair."""
    (asked,) = proposed("相等", "办理业务7310件", "解答诉求731件").results
    assert "7310 ≠ 731" in asked.calculation
    assert proposed("相等", "办理业务7310件", "转办5284件").reasons == {UNSPOKEN: 1}
