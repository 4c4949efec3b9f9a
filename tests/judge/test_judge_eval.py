"""`make judge-eval` counts right: the labels stand where they say, and known answers score as they must."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from auditor.judge.codes import CODES
from auditor.judge.endpoint import ModelSettings
from benchmarks.judge_eval import run
from benchmarks.judge_eval.answers import answered
from benchmarks.judge_eval.cases import HERE, Case, Label, cases, labels, objects
from benchmarks.judge_eval.manners import MANNERS
from tests.judge.fault import FaultServer

SETTINGS = ModelSettings()


@pytest.fixture(scope="module")
def every() -> list[Case]:
    return cases()


def written(path: Path, *lines: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def asking(label: Label, code: str) -> dict[str, Any]:
    """A question about a labelled narrative."""
    return {
        "code": code,
        "quote": re.split("[。；]", label.quote)[0],  # a quote stays within one sentence
        "other_quote": label.other or None,
        "about": "说明",
        "question": "请说明这一处的依据。",
        "equation": label.equation or None,
    }


def perfect(every: list[Case]) -> list[dict[str, Any]]:
    """What a perfect reviewer says."""
    return [
        {"report": case.name, "items": [asking(one, *one.expected) for one in case.labels if not one.sound]}
        for case in every
    ]


def test_labels(every: list[Case]) -> None:
    """Each stands in its report once, speaks of known questions, and has what its question needs."""
    assert 20 <= len(every) <= 30
    assert sum(len(case.labels) for case in every) == len(labels()) == 207
    for case in every:
        for label in case.labels:
            case.span(label.quote)
            assert len(label.expected) <= 1
            assert {*label.expected, *label.tolerated} <= {*CODES}
            assert not {*label.expected} & {*label.tolerated}
            assert bool(label.against) == label.sound
            assert bool(label.other) == (label.expected in {("L804",), ("L807",)})
            assert bool(label.equation) == (label.expected == ("L807",))
            if label.other:
                assert not case.span(label.other).overlaps(case.span(label.quote))


def test_counts() -> None:
    """All questions; half of the narratives sound."""
    every = labels()
    assert sum(label.sound for label in every) == 107
    planted = Counter(code for label in every for code in label.expected)
    against = Counter(label.against for label in every if label.sound)
    assert set(planted) == set(against) == set(CODES)
    assert min(planted.values()) >= 6
    assert min(against.values()) >= 4


def test_rules_find_no_wrong_figure(every: list[Case]) -> None:
    """What is planted is for the model; five contradictions of numbers the rules tell too (N402, N409)."""
    flagged = [result.rule.code for case in every for result in case.results if result.flagged]
    assert set(flagged) <= {"I304", "C703", "F111", "N402", "N409"}
    assert flagged.count("N409") == 4


def test_perfect_answers(every: list[Case], tmp_path: Path) -> None:
    found = run.from_file(written(tmp_path / "a.jsonl", *perfect(every)), every, SETTINGS)
    assert found.scores.missed == found.scores.mistakes == []
    for score in (*found.scores.by_code.values(), found.scores.total):
        assert score.precision == score.recall == 1
        assert (score.disturbed, score.dropped, score.tolerated) == (0, 0, 0)
    assert all(one.done and one.within and one.sent and one.received for one in found.tokens)


def test_nothing_asked(every: list[Case], tmp_path: Path) -> None:
    """Answered, with no question at all."""
    silent = [{"report": case.name, "items": []} for case in every]
    found = run.from_file(written(tmp_path / "a.jsonl", *silent), every, SETTINGS)
    assert found.scores.total.recall == 0
    assert found.scores.total.precision is None
    assert all(one.done for one in found.tokens)


def test_empty_file(every: list[Case], tmp_path: Path) -> None:
    """Not answered at all."""
    found = run.from_file(written(tmp_path / "a.jsonl"), every, SETTINGS)
    assert found.scores.total.recall == 0
    assert not any(one.done or one.received for one in found.tokens)
    assert "没有审读" in run.told(found)


def test_batch_file(every: list[Case], tmp_path: Path) -> None:
    """Answers as an endpoint's batch run gives them, in any order, with lines that mean nothing."""
    asked = run.questions(every, SETTINGS)
    lines = [
        answered(asked[one["report"]].calls[0], one["items"], asked[one["report"]])
        for one in reversed(perfect(every))
    ]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([*lines, "{broken", '{"custom_id": "unknown"}']), encoding="utf-8")
    found = run.from_file(path, every, SETTINGS)
    assert found.scores.total.precision == found.scores.total.recall == 1
    assert found.sources == ["batch"]


def test_wrong_answers(every: list[Case], tmp_path: Path) -> None:
    """Every sound narrative asked about what it might be mistaken for: nothing right, all disturbed."""
    asked: list[dict[str, Any]] = [
        {
            "report": case.name,
            "items": [
                asking(one, one.against)
                for one in case.labels
                if one.sound and one.against not in ("L804", "L807")
            ],
        }
        for case in every
    ]
    found = run.from_file(written(tmp_path / "a.jsonl", *asked), every, SETTINGS)
    total = found.scores.total
    assert total.right == total.precision == total.recall == 0
    assert total.disturbed == sum(len(one["items"]) for one in asked)
    slips = sum(item["code"] == "L808" for one in asked for item in one["items"])
    assert total.disturbed - slips < total.wrong <= total.disturbed  # slips of the pen are one item


def test_reference(every: list[Case]) -> None:
    """The answers that come along: marked as hand-written, some of them wrong, just those dropped that
    were meant to be."""
    hand = list(objects(HERE / "reference.jsonl"))
    assert {one["source"] for one in hand} == {"手写的示范回答"}
    found = run.from_file(run.REFERENCE, run.by_hand(every), SETTINGS)
    assert [one["report"] for one in hand] == [case.name for case in run.by_hand(every)]
    total = found.scores.total
    spoilt = [one for answer in hand for one in answer["items"] if "note" in one]
    assert total.dropped + total.wrong == len(spoilt)
    assert total.dropped >= 4
    assert total.wrong >= 4
    assert found.sources == ["手写的示范回答"]
    assert found.data()["total"]["recall"] > 0.8


def test_bad_hand_written_line(every: list[Case], tmp_path: Path) -> None:
    name = every[0].name
    for bad in ({"report": "none.txt", "items": []}, {"report": name}, {"report": name, "items": [{"code": "L801", "quote": "原文没有的话"}]}):  # fmt: skip
        with pytest.raises(ValueError, match=r"\.txt|stands in 0"):
            run.from_file(written(tmp_path / "a.jsonl", bad), every, SETTINGS)


def test_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--json", str(tmp_path / "o.json")]) == 0
    said = capsys.readouterr().out
    assert "手写的示范回答" in said
    assert all(code in said for code in CODES)
    data = json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))
    assert len(data["reports"]) == len({one["report"] for one in data["reports"]})
    assert run.main(["--export", str(tmp_path / "q.jsonl"), "--model", "m"]) == 0
    sent = [json.loads(line) for line in (tmp_path / "q.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {one["body"]["model"] for one in sent} == {"m"}
    assert run.main(["--llm", "live"]) == 2


def test_endpoint(server: FaultServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over HTTP, recorded, then replayed with nothing sent; the endpoint's own count of tokens is shown."""
    options = ["--model", "m", "--cassettes", str(tmp_path / "kept"), "--json", str(tmp_path / "o.json")]
    assert run.main(["--llm", "live", "--record", *options]) == 0
    assert "（30/12）" in capsys.readouterr().out
    sent = len(server.bodies)
    assert run.main(["--llm", "replay", *options]) == 0
    assert len(server.bodies) == sent == len(json.loads((tmp_path / "o.json").read_text())["reports"])
    assert run.main(["--llm", "replay", *options, "--model", "other"]) == 1
    assert "没有审读" in capsys.readouterr().out


_KEYS = {"code": "代码", "sentence": "行号", "quote": "引文", "other_sentence": "另一行号", "other_quote": "另一引文", "about": "关于", "question": "提问", "equation": "算式"}  # fmt: skip
_ITEM_FAULTS: list[Callable[[dict[str, Any]], dict[str, Any]]] = [
    lambda item: item | {"code": item["code"].lower(), "sentence": str(item["sentence"])},
    lambda item: item | {"quote": f"“{item['quote']}”。", "sentence": f"第{item['sentence']}行"},
    lambda item: item | {"quote": f"{item['sentence']}｜{item['quote']}", "severity": "high"},
    lambda item: {_KEYS[key]: value for key, value in item.items()},
    lambda item: item | {"sentence": item["sentence"] + 1},
    lambda item: {key: value for key, value in item.items() if value is not None},
    lambda item: item | {"quote": item["quote"].replace("，", ", "), "code": f"{item['code']} 问题"},
]
_WRAPPERS: list[Callable[[list[dict[str, Any]]], str]] = [
    lambda items: f"```json\n{json.dumps({'items': items}, ensure_ascii=False)}\n```",
    lambda items: f"<think>先读一遍。</think>好的：{json.dumps(items, ensure_ascii=False)}",
    lambda items: "\n".join(json.dumps(item, ensure_ascii=False) for item in items),
    lambda items: str({"items": items}),
    lambda items: json.dumps({"问题": items}, ensure_ascii=False) + "\n以上。",
]


def test_right_answers_in_a_weak_form(every: list[Case], tmp_path: Path) -> None:
    """The perfect answers with every fault of form that weak models make: at most one in twenty is lost."""
    asked = run.questions(every, SETTINGS)
    lines = []
    for at, one in enumerate(perfect(every)):
        entry = json.loads(answered(asked[one["report"]].calls[0], one["items"], asked[one["report"]]))
        (choice,) = entry["response"]["body"]["choices"]
        items = json.loads(choice["message"]["content"])["items"]
        weak = [_ITEM_FAULTS[(at + number) % len(_ITEM_FAULTS)](item) for number, item in enumerate(items)]
        choice["message"]["content"] = _WRAPPERS[at % len(_WRAPPERS)](weak)
        lines.append(json.dumps(entry, ensure_ascii=False))
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = run.from_file(path, every, SETTINGS)
    total = found.scores.total
    assert total.found >= 0.95 * total.planted, (total, found.scores.reasons, found.scores.missed)
    assert total.wrong == 0


def test_manners(every: list[Case]) -> None:
    """Nothing right is lost to form in the strong answers, at most one in twenty in the weak ones, and no
    finding of the rules is asked again as new."""
    strong, weak, restating = (run.in_manner(one, every, SETTINGS).scores for one in MANNERS)
    assert strong.missed == strong.mistakes == restating.mistakes == restating.missed == []
    assert weak.total.found >= 0.95 * weak.total.planted, weak.missed
    assert weak.total.wrong == 0
    assert restating.total.attached > strong.total.attached
