"""What the unit is asked to do about a question of the model."""

from __future__ import annotations

import pytest

from auditor.judge.asks import kind_of, kinds, request
from auditor.judge.prompt import load
from tests.judge.reports import report, reviewed, written

FORM = """\
2023年度乡村道路养护项目绩效自评表

一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分
过程指标\t项目实施\t实施程序\t规范\t实施程序规范，严格按照有关规定执行，程序到位，资料齐全，各环节均符合要求。\t20\t20
产出指标\t数量指标\t养护里程\t≥36公里\t36公里\t40\t40
效益指标\t生态效益指标\t沿线环境\t改善\t群众出行更加方便，沿线村民普遍反映良好，道路通畅。\t40\t40
"""


@pytest.mark.parametrize(
    ("name", "above", "kind"),
    [
        ("实施程序", (), "实施程序"),
        ("政府采购规范性", (), "实施程序"),
        ("沿线环境", ("生态效益指标", "效益指标"), "生态效益"),
        ("工程验收合格率", ("数量指标",), "质量"),  # its own name before the level above
        ("养护里程", ("数量指标", "产出指标"), "数量"),
        ("沿线环境", (), ""),
    ],
)
def test_the_kind_is_told_by_the_name_then_by_the_levels(
    name: str, above: tuple[str, ...], kind: str
) -> None:
    found = kind_of(name, *above)
    assert (found.name if found else "") == kind


def test_every_kind_asks_for_something_and_can_be_reached() -> None:
    for one in kinds():
        assert one.ask.endswith("。")
        assert any(kind_of(name) is one for name in one.names), one.name
    assert len({one.ask for one in kinds()}) == len(kinds())


def test_each_question_has_its_own_request() -> None:
    questions = load().questions
    rows = {row.name: row for row in report(FORM).indicators}
    told = {code: request(question, rows["实施程序"], "") for code, question in questions.items()}
    assert "验收" in told["L801"]
    assert told["L801"] == told["L802"] == told["L803"]
    assert told["L806"] == questions["L806"].ask
    assert "重新说明实际效果" not in "".join(told.values())
    assert "监测" in request(questions["L802"], rows["沿线环境"], "")
    # In no row that was read: what the model says it is about.
    assert request(questions["L801"], None, "满意度") == kind_of("满意度").ask  # type: ignore[union-attr]
    assert request(questions["L801"], None, "总体情况") == questions["L801"].ask


def test_a_finding_carries_the_request_of_its_indicator() -> None:
    from auditor.judge.sheet import lines

    (number,) = [line.number for line in lines(report(FORM)) if "道路通畅" in line.text]
    item = {
        "code": "L802", "sentence": number, "quote": "群众出行更加方便", "other_sentence": None, "other_quote": None,
        "about": "沿线环境", "question": "说的是出行，没有说环境有什么变化？", "equation": None,
    }  # fmt: skip
    (found,) = reviewed(written(item), of=FORM).results
    assert found.suggestion == kind_of("生态效益").ask  # type: ignore[union-attr]
