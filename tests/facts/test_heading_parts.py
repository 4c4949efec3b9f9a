"""Numbers under headings that set a part apart are no other telling of the same thing; under other headings they are."""

from __future__ import annotations

from itertools import product

import pytest

from tests.facts.test_corpus import flagged

PAIRS = (
    ("春季学期", "秋季学期"), ("上半年", "下半年完成情况"), ("一标段", "二标段"), ("第一批", "第二批实施情况"), ("一季度", "二季度"),
    ("柳河镇", "石桥镇"), ("东门站", "南园站"), ("道路工程", "供水工程"), ("3月份", "9月份"), ("A包", "B包"),
)  # fmt: skip
STATEMENTS = (
    "资助困难学生{}人。", "更换老旧电梯{}部。", "清理河道垃圾{}立方米，由养护队伍组织实施。", "全部培训工作由乡镇承担，累计发放宣传资料{}份。",
)  # fmt: skip
NUMBERED = (("一、{}", "二、{}"), ("（一）{}", "（二）{}"), ("{}", "{}"))
AGAIN = ("N403", "N409", "F105")


def told_again(text: str) -> list[str]:
    return [one.message for one in flagged(text) if one.rule.code in AGAIN]


def under(headings: tuple[str, str], statement: str) -> str:
    """The statement under both, its number with two digits changed places."""
    return "/".join(
        line
        for heading, number in zip(headings, ("1342", "1324"), strict=True)
        for line in (heading, statement.format(number))
    )


@pytest.mark.parametrize(
    ("pair", "statement"), list(product(PAIRS, STATEMENTS)), ids=lambda value: str(value)[:20]
)
def test_parts_are_set_apart(pair: tuple[str, str], statement: str) -> None:
    for first, second in NUMBERED:
        if first == second and not any(name[0] in "春上一第3A" for name in pair):
            continue  # a line that is only a place is no heading
        assert told_again(under((first.format(pair[0]), second.format(pair[1])), statement)) == []


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize(
    "headings",
    [
        ("二、完成情况", "三、取得的成效"),
        ("二、项目实施情况", "三、资金管理情况"),
        ("二、产出指标完成情况", "三、效益指标完成情况"),
        ("（一）上半年", "（一）上半年"),
    ],
)
def test_chapters_are_not(headings: tuple[str, str], statement: str) -> None:
    assert told_again(under(headings, statement))


def test_a_sentence_that_names_the_part_stands_where_it_is_told() -> None:
    assert told_again("二、下半年/更换老旧电梯1342部。/三、成效/下半年更换老旧电梯1324部。")
    assert not told_again("二、下半年/更换老旧电梯1342部。/三、成效/上半年更换老旧电梯1324部。")


def test_a_sentence_of_all_parts_is_of_none() -> None:
    text = "二、上半年/全年更换老旧电梯1342部。/三、成效/全年更换老旧电梯1324部。"
    assert told_again(text)
