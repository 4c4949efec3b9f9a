"""Recorded answers: readable, whole, never mistaken for another question's."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from auditor.judge.call import NoAnswer, Reply, Usage
from auditor.judge.cassette import Cassettes, Replayer
from tests.judge.conftest import question

TEXT = '{\n "items": []\n}'
REPLY = Reply(TEXT, "m-2026", Usage(30, 12), "live", "length")


def missing(replayer: Replayer, *arguments: str, **more: Any) -> str:
    with pytest.raises(NoAnswer) as caught:
        replayer.ask(question(*arguments, **more))
    return caught.value.reason


def test_comes_back_as_it_went_in(tmp_path: Path) -> None:
    store = Cassettes(tmp_path / "new" / "folder")
    path = store.put(question("甲\n乙\r\n\n"), REPLY, source="手写的示范回答")
    assert path.stem == question("甲\n乙\r\n\n").key
    back = store.get(question("甲\n乙\r\n\n"))
    assert back == Reply(TEXT, "m-2026", Usage(30, 12), "手写的示范回答", "length")


def test_is_readable(tmp_path: Path) -> None:
    data = json.loads(Cassettes(tmp_path).put(question("第1句\n第2句"), REPLY).read_text(encoding="utf-8"))
    assert data["request"]["messages"][1]["content"] == ["第1句", "第2句"]
    assert data["answer"]["text"] == ["{", ' "items": []', "}"]
    assert data["prompt"] == "p@1"
    assert data["usage"] == {"prompt_tokens": 30, "completion_tokens": 12}
    assert data["recorded"].endswith("+00:00")
    assert set(data["request"]) == {"model", "messages", "schema", "parameters", "repeat"}


def test_the_prompt_version_is_not_part_of_the_question(tmp_path: Path) -> None:
    Cassettes(tmp_path).put(question(), REPLY)
    assert Cassettes(tmp_path).get(question(prompt="p@2")) is not None


@pytest.mark.parametrize(
    "more", [{"model": "n"}, {"repeat": 1}, {"parameters": {}}, {"schema": {"type": "array"}}]
)
def test_everything_else_is(tmp_path: Path, more: dict[str, Any]) -> None:
    Cassettes(tmp_path).put(question(), REPLY)
    assert Cassettes(tmp_path).get(question(**more)) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"request": 3}', "[" * 100_000])
def test_broken_files_are_no_answers(tmp_path: Path, text: str) -> None:
    store = Cassettes(tmp_path)
    store.put(question("另一份"), REPLY)
    store.path(question().key).write_text(text, encoding="utf-8")
    assert store.get(question()) is None
    assert question().key in missing(Replayer([tmp_path]))


def test_a_request_changed_by_hand_is_no_answer(tmp_path: Path) -> None:
    path = Cassettes(tmp_path).put(question(), REPLY)
    path.write_text(path.read_text(encoding="utf-8").replace("已完成", "未完成"), encoding="utf-8")
    assert "被改动过" in missing(Replayer([tmp_path]))


def test_an_answer_changed_by_hand_is(tmp_path: Path) -> None:
    path = Cassettes(tmp_path).put(question(), REPLY)
    path.write_text(
        path.read_text(encoding="utf-8").replace('items\\": []', 'findings\\": []'), encoding="utf-8"
    )
    assert "findings" in Replayer([tmp_path]).ask(question()).text


def test_half_a_file_is_never_seen(tmp_path: Path) -> None:
    """Many write the same call while others read it."""
    store = Cassettes(tmp_path)
    store.put(question(), REPLY)
    with ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(store.put, question(), REPLY) for _ in range(100)]
        reads = [pool.submit(store.get, question()) for _ in range(100)]
        assert all(one.result() for one in writes)
        assert all(one.result() for one in reads)
    assert [path.name for path in tmp_path.iterdir()] == [f"{question().key}.json"]


class TestMiss:
    def test_nothing_recorded(self, tmp_path: Path) -> None:
        assert missing(Replayer([tmp_path, tmp_path / "none"])) == "没有录下的回答"

    def test_names_the_nearest_and_the_line(self, tmp_path: Path) -> None:
        store = Cassettes(tmp_path)
        near = "1｜项目概况\n2｜全年执行率95.50%\n3｜完成情况良好"
        store.put(question(near), REPLY)
        store.put(question("1｜别的报告\n2｜别的内容"), REPLY)
        told = missing(Replayer([tmp_path]), near.replace("95.50", "85.50"))
        assert told == (
            f"没有这次提问的回答；最接近的是 {question(near).key[:8]}，第2条消息第2行起不同（1行）："
            "录的是“…｜全年执行率95.50%”，现在是“…｜全年执行率85.50%”"
        )

    def test_the_fence_is_no_difference(self, tmp_path: Path) -> None:
        body = "报告开始 {}\n1｜执行率95.50%\n2｜完成\n报告结束 {}"
        Cassettes(tmp_path).put(question(body.format("A" * 16, "A" * 16)), REPLY)
        told = missing(Replayer([tmp_path]), body.replace("95.50", "85.50").format("B" * 16, "B" * 16))
        assert "第2行起不同（1行）" in told

    def test_another_report_is_not_compared_line_by_line(self, tmp_path: Path) -> None:
        Cassettes(tmp_path).put(question("\n".join(f"甲{row}" for row in range(20))), REPLY)
        told = missing(Replayer([tmp_path]), "\n".join(f"乙{row}" for row in range(20)))
        assert told.endswith("第2条消息20行中有20行不同，多半是另一份报告")

    @pytest.mark.parametrize(
        ("more", "told"),
        [
            ({"model": "n"}, "模型不同（录的是 m，现在是 n）"),
            ({"parameters": {"max_tokens": 60}}, "参数不同（max_tokens）"),
            ({"schema": {}}, "回答格式不同"),
            ({"repeat": 2}, "重问次数不同（录的是 0，现在是 2）"),
        ],
    )
    def test_says_what_else_differs(self, tmp_path: Path, more: dict[str, Any], told: str) -> None:
        Cassettes(tmp_path).put(question(), REPLY)
        assert missing(Replayer([tmp_path]), **more).endswith(told)

    def test_lines_added_at_the_end(self, tmp_path: Path) -> None:
        Cassettes(tmp_path).put(question("一\n二"), REPLY)
        assert "行数不同（2、3）" in missing(Replayer([tmp_path]), "一\n二\n三")


def test_the_first_folder_wins(tmp_path: Path) -> None:
    Cassettes(tmp_path / "a").put(question(), Reply("甲", "m"))
    Cassettes(tmp_path / "b").put(question(), Reply("乙", "m"))
    assert Replayer([tmp_path / "a", tmp_path / "b"]).ask(question()).text == "甲"


class TestUnknown:
    """Told of unmasked questions, so that a text nobody has asked about need not be masked."""

    BODY = "\n".join(f"{row}｜甲{row}" for row in range(20))

    @pytest.mark.parametrize(
        ("kept", "reasons"),
        [
            (BODY, 0),
            (BODY.replace("甲3", "乙3"), 0),
            ("\n".join(f"{row}｜负责人⟦姓名{row}⟧" for row in range(20)), 0),  # may be this text, masked
            ("\n".join(f"{row}｜乙{row}" for row in range(20)), 1),
        ],
    )
    def test_by_the_lines_on_file(self, tmp_path: Path, kept: str, reasons: int) -> None:
        Cassettes(tmp_path).put(question(kept), REPLY)
        assert len(Replayer([tmp_path]).unknown([question(self.BODY)])) == reasons

    def test_one_call_that_may_be_known_is_enough(self, tmp_path: Path) -> None:
        Cassettes(tmp_path).put(question(self.BODY), REPLY)
        other = question(self.BODY.replace("甲", "乙"))
        assert Replayer([tmp_path]).unknown([other, question(self.BODY)]) == []

    def test_nothing_on_file(self, tmp_path: Path) -> None:
        assert Replayer([tmp_path]).unknown([question(self.BODY)]) == ["没有录下的回答"]

    def test_a_spoilt_file_may_be_about_anything(self, tmp_path: Path) -> None:
        Cassettes(tmp_path).put(question(self.BODY), REPLY).write_text("{", "utf-8")
        assert Replayer([tmp_path]).unknown([question(self.BODY)]) == []


def test_the_limit_of_the_answer_is_no_part_of_the_question(tmp_path: Path) -> None:
    store = Cassettes(tmp_path)
    asked = question(parameters={"max_tokens": 50})
    store.put(asked, Reply("{}", "m"))
    for limits in ({"max_tokens": 500}, {"max_completion_tokens": 20}, {}):
        assert store.get(question(parameters=limits)) is not None
    assert store.get(question(parameters={"max_tokens": 50, "temperature": 1})) is None


def test_an_answer_that_was_cut_is_asked_again_where_more_is_allowed(tmp_path: Path) -> None:
    store = Cassettes(tmp_path)
    store.put(question(parameters={"max_tokens": 50}), Reply('{"items": [', "m", finish="length"))
    assert store.get(question(parameters={"max_tokens": 50})) is not None
    assert store.get(question(parameters={"max_tokens": 40})) is not None
    assert store.get(question(parameters={"max_tokens": 51})) is None
    assert store.get(question(parameters={})) is None
