"""Shared narratives: found by sketches, verified character by character, the form's own words taken off."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from auditor.season.across.copies import Comparison, Template, alike, candidates
from auditor.season.across.matter import told
from auditor.season.records import Narrative, Record
from tests.season.plan import words

PLAIN = Record(
    id=0, key="k", path="a.txt", member="", index=1, sha256="0", title="", project="", code="", unit="", category="",
    form="项目支出绩效自评", year=2025, budget=None, paid=None, self_score=None, recomputed_score=None, grade="",
    added="",
)  # fmt: skip
OWN = (
    "清淤后全线过水能力恢复到设计值，灌区下游四个村春灌提前九天完成，用水纠纷比上年减少十一起。",
    "泵站更换三台机组后抽水单耗下降，汛期连续运行六十二天没有停机，低洼片区积水当日排干。",
    "测报系统改造完成二十一处站点，雨情上报时间由二十分钟缩短到五分钟，预警短信全部按时发出。",
    "完成护岸加固后河段没有再出现塌岸，沿岸居民反映夜间安全感增强，步道当年日均行人明显增多。",
)
SHARED = "通过项目实施，管护队伍逐步健全，群众参与热情高涨，水环境面貌持续改善，综合效益得到充分发挥。"


def matters(
    reports: Sequence[tuple[str, str, Sequence[str]]], template: Template | None = None, topic: str = "RESULT"
) -> list[tuple[str, str, int]]:
    """(code, message, papers) of every matter; `reports` are (unit, project, narratives)."""
    records = [
        replace(PLAIN, id=at, unit=unit, project=project, sha256=str(at), key=str(at))
        for at, (unit, project, _) in enumerate(reports)
    ]
    texts = ["\n".join(own) for _, _, own in reports]

    def narratives(record: Record) -> list[Narrative]:
        start, found = 0, []
        for one in reports[record.id][2]:
            found.append(Narrative(topic, "社会效益", one, start, start + len(one)))
            start += len(one) + 1
        return found

    form = template or Template()
    form.learn((record, narratives(record)) for record in records)
    comparison = Comparison(records, narratives, form)
    kept, dropped = told(comparison.matters(), lambda side: texts[side.record.id])
    assert dropped == 0
    return [(one.result.rule, one.result.message, len(one.sides)) for one in kept]


def test_the_same_text_in_two_projects() -> None:
    (found,) = matters([("甲站", "东干渠", [OWN[0], SHARED]), ("乙站", "西干渠", [OWN[1], SHARED])])
    assert found[0] == "A808"
    assert found[2] == 2
    assert f"{len(SHARED) - 1}字完全相同：甲站“东干渠”、乙站“西干渠”" in found[1]


def test_a_text_changed_in_one_place() -> None:
    changed = SHARED.replace("充分发挥", "充分体现")
    (found,) = matters([("甲站", "东干渠", [SHARED]), ("乙站", "西干渠", [changed])])
    assert "字里至少" in found[1]


@pytest.mark.parametrize(
    "reports",
    [
        [("甲站", "东干渠", [OWN[0]]), ("乙站", "西干渠", [OWN[1]])],
        [("甲站", "东干渠", [SHARED]), ("甲站", "东干渠", [SHARED])],
        [("甲站", "东干渠", [SHARED[:20]]), ("乙站", "西干渠", [SHARED[:20]])],
        [("甲站", "东干渠", [OWN[0] + SHARED[:24]]), ("乙站", "西干渠", [OWN[1] + SHARED[:24]])],
    ],
)
def test_what_is_no_copy(reports: list[tuple[str, str, list[str]]]) -> None:
    assert matters(reports) == []


@pytest.mark.parametrize("topic", ["GOAL", "DESCRIPTION"])
def test_goals_and_descriptions_may_agree(topic: str) -> None:
    assert matters([("甲站", "东干渠", [SHARED]), ("乙站", "西干渠", [SHARED])], topic=topic) == []


def test_one_unit_with_one_explanation_everywhere() -> None:
    (found,) = matters([("甲站", f"第{at}灌片", [OWN[at], SHARED]) for at in range(4)])
    assert found[0] == "A809"
    assert "同一单位4个项目" in found[1]


def test_words_of_a_blank_form_are_taken_off() -> None:
    printed = "填写说明：请逐项写明项目实施后产生的经济效益、社会效益和生态效益，并附有关佐证材料。"
    reports = [("甲站", "东干渠", [printed + OWN[0]]), ("乙站", "西干渠", [printed + OWN[1]])]
    assert matters(reports, Template.of(f"一、效益\n{printed}\n二、其他")) == []
    assert matters([(unit, project, [printed]) for unit, project, _ in reports], Template.of(printed)) == []


def test_words_that_very_many_units_have_are_the_forms() -> None:
    many = [(f"第{at}站", f"第{at}渠", [SHARED]) for at in range(20)]
    assert matters(many) == []
    assert len(matters(many[:19])) == 1


def test_copies_among_texts_of_one_stock_of_phrases() -> None:
    """What shares turns of phrase is hardly ever looked at character by character; copies with a passage changed are."""
    chance = random.Random(31)
    texts = [words(random.Random(f"雷同 {at}")) for at in range(2000)]
    for at in range(200):
        place, size = chance.randrange(len(texts[at]) - 20), chance.randrange(1, 12)
        changed = "".join(chance.choices("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", k=size))
        texts.append(texts[at][:place] + changed + texts[at][place + size :])
    pairs = set(candidates(texts))
    assert {(at, 2000 + at) for at in range(200)} <= pairs
    assert len(pairs) < 2 * 200


def test_planted_copies_are_all_found_and_nothing_else() -> None:
    """300 copies with 10 of 150 characters changed among 3,000 texts that share nothing."""
    chance = random.Random(29)
    signs = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))
    texts = ["".join(chance.choices(signs, k=150)) for _ in range(3000)]
    for at in range(300):
        place = chance.randrange(10, 130)
        texts.append(texts[at][:place] + "".join(chance.choices(signs, k=10)) + texts[at][place + 10 :])
    found = {pair for pair in candidates(texts) if alike(texts[pair[0]], texts[pair[1]])}
    assert found == {(at, 3000 + at) for at in range(300)}
