"""Answers in every state of disrepair: read what can be read, count the rest, ask once more at most."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.judge import prompt
from auditor.judge.answer import BAD_ITEM, FOREIGN_ITEM, Item, State, parse
from auditor.judge.call import NoAnswer, Reply
from auditor.judge.endpoint import ModelSettings
from auditor.judge.propose import KINDS
from auditor.judge.review import review
from tests.judge.reports import TEXT, Teller, item, report, reviewed, written
from tests.samples import ROOT

GOOD = written(item())
CHINESE = json.dumps(
    {"问题": [{"代码": "L802", "行号": "6", "引文": "道路通畅", "提问": "为什么？"}]}, ensure_ascii=False
)
PROPOSED = '{"items": [], "relations": [{"relation": "合计", "operands": ["7｜东片180公里", "7｜320公里"], "question": ""}]}'


@pytest.mark.parametrize(
    ("text", "state", "items", "broken"),
    [
        (GOOD, State.READ, 1, []),
        ('{"items": []}', State.READ, 0, []),
        (f"```json\n{GOOD}\n```", State.READ, 1, []),
        (f"<think>先看看 {{}}</think>{GOOD}", State.READ, 1, []),
        (f"<think>没有想完 {GOOD}", State.EMPTY, 0, []),
        (f"好的，以下是结果：{GOOD}以上。", State.READ, 1, []),
        ("", State.EMPTY, 0, []),
        (" \n", State.EMPTY, 0, []),
        ("<think>想了很久</think>", State.EMPTY, 0, []),
        ("抱歉，我无法协助评价政府报告。", State.REFUSED, 0, []),
        ("I'm sorry, I can't help with that.", State.REFUSED, 0, []),
        ("报告写得很好，没有问题。", State.NO_JSON, 0, []),
        ("{" * 10_000, State.NO_JSON, 0, []),
        ('{"items": ' + "[" * 50_000, State.NO_JSON, 0, []),
        ('{"items": 5}', State.NO_JSON, 0, []),
        ('{"findings": []}', State.NO_JSON, 0, []),
        (written(item(), item())[:-8], State.CUT, 1, []),
        (written(item())[:-40], State.NO_JSON, 0, []),
        (f"[{json.dumps(item(), ensure_ascii=False)}]", State.READ, 1, []),
        (json.dumps(item(), ensure_ascii=False), State.READ, 1, []),
        ("\n".join([json.dumps(item(), ensure_ascii=False)] * 2), State.READ, 2, []),
        (str({"items": [item()]}), State.READ, 1, []),
        (GOOD.replace("通畅，", "\"通畅\"，"), State.READ, 1, []),
        (f"{GOOD}\n另外：\n{GOOD}", State.READ, 2, []),
        (CHINESE, State.READ, 1, []),
        (PROPOSED, State.READ, 1, []),
        (written(item(), {"code": "L802"}), State.READ, 1, [BAD_ITEM]),
        (written(item(code="L999")), State.WRONG_SCHEMA, 0, [BAD_ITEM]),
        (written(item(sentence="第6行", code="l802")), State.READ, 1, []),
        (written(item(extra=1)), State.READ, 1, []),
        ('{"items": [1, null, "x"]}', State.WRONG_SCHEMA, 0, [BAD_ITEM] * 3),
        (written(item(question="What about ecology?")), State.WRONG_LANGUAGE, 0, [FOREIGN_ITEM]),
        (written(item(), item(question="Why?")), State.READ, 1, [FOREIGN_ITEM]),
        (written(*[item()] * 5000), State.CUT, 100, []),
    ],
)  # fmt: skip
def test_states(text: str, state: State, items: int, broken: list[str]) -> None:
    answer = parse(Reply(text, "m"))
    assert (answer.state, len(answer.items), answer.broken) == (state, items, broken)


def test_a_filtered_answer_is_a_refusal() -> None:
    assert parse(Reply(GOOD, "m", finish="content_filter")).state is State.REFUSED


def test_the_schema_sent_is_the_schema_checked() -> None:
    sent = json.loads((ROOT / "prompts" / "answer.schema.json").read_text(encoding="utf-8"))
    one = sent["properties"]["items"]["items"]
    proposed = sent["properties"]["relations"]["items"]
    assert set(one["properties"]) == set(one["required"]) <= set(Item.model_fields)
    assert set(proposed["properties"]) == set(proposed["required"]) <= set(Item.model_fields)
    assert proposed["properties"]["relation"]["enum"] == list(KINDS)
    assert one["additionalProperties"] is proposed["additionalProperties"] is False
    checked = Item.model_json_schema()["properties"]
    assert {*one["properties"]["code"]["enum"], "L807"} == {*checked["code"]["enum"]}
    for name, kind in one["properties"].items():
        kinds = kind["type"] if isinstance(kind["type"], list) else [kind["type"]]
        assert [k["type"] for k in checked[name].get("anyOf", [checked[name]])] == kinds


class TestRepair:
    @pytest.mark.parametrize("first", ["", "没有问题。", '{"items": [{}]}', written(item(question="Why?"))])
    def test_once_and_without_the_bad_answer(self, first: str) -> None:
        teller = Teller(first, GOOD)
        (outcome,) = review([report()], [[]], teller, ModelSettings())
        assert (outcome.done, outcome.passed, outcome.repairs, outcome.calls) == (True, 1, 1, 2)
        before, after = teller.calls
        assert after.messages[:-1] == before.messages
        assert after.repeat == 1
        assert len(after.messages[-1]["content"]) < 120
        assert after.key != before.key

    @pytest.mark.parametrize("text", ["", "没有问题。", '{"items": [{}]}'])
    def test_never_twice(self, text: str) -> None:
        teller = Teller(text)
        (outcome,) = review([report()], [[]], teller, ModelSettings())
        assert (len(teller.calls), outcome.done, outcome.results) == (2, False, [])
        assert outcome.status

    @pytest.mark.parametrize("text", ["抱歉，我无法回答。", written(item(), item())[:-8], GOOD])
    def test_not_where_it_is_no_use(self, text: str) -> None:
        teller = Teller(text)
        review([report()], [[]], teller, ModelSettings())
        assert len(teller.calls) == 1

    def test_that_gets_no_answer_keeps_the_first(self) -> None:
        outcome = reviewed("", NoAnswer("连不上"))
        assert (outcome.done, outcome.status) == (False, State.EMPTY.value)


class TestNothingIsFatal:
    def test_no_answer(self) -> None:
        outcome = reviewed(NoAnswer("连不上"))
        assert (outcome.done, outcome.status, outcome.asked) == (False, "连不上", 0)

    def test_an_asker_that_breaks(self) -> None:
        class Broken:
            def ask(self, call: object) -> Reply:
                raise KeyError("坏")

        (outcome,) = review([report()], [[]], Broken(), ModelSettings())
        assert "内部错误" in outcome.status

    def test_one_report_of_several(self) -> None:
        teller = Teller(NoAnswer("连不上"), GOOD)
        outcomes = review([report(), report()], [[], []], teller, ModelSettings())
        assert [one.done for one in outcomes] == [False, True]

    @pytest.mark.parametrize("workers", [1, 4])
    def test_order_is_kept(self, workers: int) -> None:
        reports = [report() for _ in range(8)]
        outcomes = review(reports, [[]] * 8, Teller(GOOD), ModelSettings(), workers=workers)
        assert [one.passed for one in outcomes] == [1] * 8

    def test_a_look_alike_and_a_marked_report_are_not_asked(self) -> None:
        teller = Teller(GOOD)
        refused = review([report()], [[]], teller, ModelSettings(), refuse=lambda text: "标有“机密”")
        other = report()
        other.form = type(other.form).NOTICE
        (alike,) = review([other], [[]], teller, ModelSettings())
        assert (refused[0].status, alike.done, teller.calls) == ("标有“机密”", False, [])


def test_prompts_load_and_name_their_words() -> None:
    assert prompt.load().identity.startswith("narrative@4-")
    assert (
        prompt.load(ROOT / "prompts").identity == prompt.load().identity
    )  # verified, as those of a folder are


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("L802", "夜间出行方便\"", "群众晚上出行更加方便\""),  # a misquote
        ("L802", '"sentence":5', '"sentence":6'),
        ("L807", "西片130户。", "西片140户。"),  # the quote is wrong now
        ("L807", "发放补贴320户", "发放补贴310户"),  # the relation holds
        ("L801", '"code":"L801"', '"code":"L803"'),
        ("L801", '"quote"', '"words"'),
        ("L803", "severity: medium", "severity: huge"),
        ("L803", "schema: answer.schema.json", "schema: other.json"),
        ("narrative", "---\nid", "id"),
        ("repair", "version: 1", "version:"),
    ],
)  # fmt: skip
def test_a_prompt_with_a_mistake_is_refused(tmp_path: Path, name: str, old: str, new: str) -> None:
    for path in (ROOT / "prompts").iterdir():
        text = path.read_text(encoding="utf-8")
        if path.stem == name:
            assert old in text
            text = text.replace(old, new)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(prompt.BadPrompt):
        prompt.load(tmp_path)


def test_one_that_was_cut_gives_its_items_and_says_so() -> None:
    outcome = reviewed(written(item())[:-1] + ', {"code": "L801", "sen')
    assert len(outcome.results) == 1
    assert (outcome.done, outcome.status) == (False, State.CUT.value)


@pytest.mark.parametrize(("title", "asked"), [("支出部门绩效评价报告", True), ("绩效整改报告", False)])
def test_an_evaluation_is_asked_as_its_narratives_are_of_the_same_kind(title: str, asked: bool) -> None:
    text = TEXT.replace("绩效自评报告", title)
    assert report(text).form.look_alike
    (outcome,) = review([report(text)], [[]], Teller('{"items": []}'), ModelSettings())
    assert bool(outcome.calls) is asked
