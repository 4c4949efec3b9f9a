"""Help with reading: what is asked about a stretch that nobody could read, and what is taken from the answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auditor.judge.askers import ModelReviewer, reviewer
from auditor.judge.batch import export, import_answers
from auditor.judge.call import Call, NoAnswer, Reply
from auditor.judge.cassette import Cassettes
from auditor.judge.collect import Collector
from auditor.judge.endpoint import Endpoint, ModelSettings
from auditor.judge.mask import Masker
from auditor.judge.prompt import BadPrompt
from auditor.judge.reading import NOT_READABLE, calls, label, load, tables
from auditor.judge.request import Unmasked
from auditor.judge.tokens import tokens
from auditor.pipeline import run
from auditor.report import Report
from auditor.report.labelled import Refused, Told
from auditor.rules.catalogue import catalogue
from tests.judge.reports import Teller, report

FORM = """2023年度河道保洁项目绩效自评表

项目负责人：欧阳文澜
资金情况（万元）全年预算数全年执行数执行率项目合计180.00135.0075.00%其中：县级资金120.0090.0075.00%
"""
ROWS = [
    ["资金情况（万元）", "全年预算数", "全年执行数", "执行率"],
    ["项目合计", "180.00", "135.00", "75.00%"],
    ["其中：县级资金", "120.00", "90.00", "75.00%"],
]
GRID: dict[str, list[dict[str, object]]] = {
    "tables": [
        {"columns": [], "rows": [["2023年度河道保洁项目绩效自评表"], ["项目负责人：欧阳文澜"]]},
        {"columns": ["行名", "全年预算数", "全年执行数", "执行率"], "rows": ROWS},
    ]
}
SETTINGS = ModelSettings(name="试用模型")


def answer(grid: object = GRID) -> str:
    return json.dumps(grid, ensure_ascii=False)


def asked(form: str = FORM) -> Call:
    ((_, call),) = calls(report(form), SETTINGS, Masker(form))
    return call


def test_instructions_come_first_and_are_the_same_for_every_report() -> None:
    first, second = asked(), asked(FORM.replace("河道保洁", "山塘整治"))
    assert first.messages[0] == second.messages[0]
    assert first.messages[1] != second.messages[1]
    for call in (first, second):
        sent = sum(tokens(message["content"]) for message in call.messages)
        assert sent <= 1200 + 1.3 * tokens(FORM)


def test_the_stretch_is_sent_as_printed_behind_marks_that_it_cannot_forge() -> None:
    sent = asked().messages[1]["content"]
    assert "全年预算数全年执行数执行率项目合计180.00135.0075.00%" in sent
    mark = sent.splitlines()[0].split()[-1]
    assert sent.count(mark) == 3
    assert mark not in FORM


def test_people_are_masked_and_brought_back() -> None:
    assert "欧阳文澜" not in asked().messages[1]["content"]
    masked = json.loads(answer().replace("欧阳文澜", "⟦姓名1⟧"))
    found = label(report(FORM), Teller(answer(masked)), SETTINGS, lambda: Masker(FORM))
    assert (found.offered, len(found.labelled), found.refused) == (1, 1, [])


def test_a_report_that_is_all_read_is_asked_nothing() -> None:
    assert calls(report(), SETTINGS, Unmasked()) == []
    assert label(report(), Teller(), SETTINGS, Unmasked).offered == 0


@pytest.mark.parametrize(
    "written",
    [
        answer(),
        f"<think>先看表头{{</think>\n```json\n{answer()}\n```",
        f"好的，结果如下：{answer()}以上。",
        answer(GRID["tables"]),
        answer({"表": [{"列": one["columns"], "行": one["rows"]} for one in GRID["tables"]]}),
        answer()[:-1],  # the last bracket is missing
        answer().replace('""', "null"),
    ],
)
def test_wrappers_are_no_matter(written: str) -> None:
    found = label(report(FORM), Teller(written), SETTINGS, lambda: Masker(FORM))
    assert len(found.labelled) == 1, found.refused


@pytest.mark.parametrize(
    "written",
    ["", "<think>想不出来", "没有表格。", "{", "[[[[[[[[[[[[[[[[", '{"tables": 3}', '{"tables":[{"columns":[],"rows":[[1.50]]}]}'],
)  # fmt: skip
def test_what_is_no_grid_is_refused(written: str) -> None:
    found = label(report(FORM), Teller(written), SETTINGS, lambda: Masker(FORM))
    assert (found.offered, found.labelled, found.refused) == (1, [], [NOT_READABLE])


def test_no_answer_is_told_and_changes_nothing() -> None:
    found = label(report(FORM), Teller(NoAnswer("服务没有回应")), SETTINGS, lambda: Masker(FORM))
    assert (found.failed, found.labelled) == (["服务没有回应"], [])


def test_a_row_alone_is_a_table_without_columns() -> None:
    assert tables('[["甲", "1"]]') == [Told((), (("甲", "1"),))]
    with pytest.raises(Refused):
        tables('{"tables": ["甲"]}')


def test_an_example_that_would_be_refused_stops_the_program(tmp_path: Path) -> None:
    whole = Path("prompts/reading.md").read_text(encoding="utf-8")
    (tmp_path / "reading.md").write_text(whole.replace("80.0060.00", "80.0066.00"), encoding="utf-8")
    with pytest.raises(BadPrompt, match="refused"):
        load(tmp_path)


def test_a_report_that_must_not_be_sent_is_not_shown() -> None:
    def refuse(document: object) -> str:
        return "标有密级"

    class Never:
        def ask(self, call: Call) -> Reply:
            raise AssertionError(call)

    helper = ModelReviewer(Never(), SETTINGS, refuse=refuse)
    (found,) = helper.label([report(FORM)])
    assert found.offered == 0


def test_questions_out_and_answers_in_as_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both kinds of question are exported at once: what a grid adds changes no other request."""
    monkeypatch.chdir(tmp_path)
    form = tmp_path / "表.txt"
    form.write_text(FORM, encoding="utf-8")
    collected = Collector(SETTINGS, Endpoint("本机", True))
    run([form], catalogue(), reviewer=collected)
    assert [call.prompt.partition("@")[0] for call in collected.calls] == ["reading", "narrative"]
    export(collected.calls, tmp_path / "requests.jsonl")
    store = Cassettes(tmp_path / "answers")
    lines = []
    for call in collected.calls:
        store.wait_for(call)
        own = call.prompt.startswith("reading")
        content = answer().replace("欧阳文澜", "⟦姓名1⟧") if own else '{"items":[],"relations":[]}'
        body = {"model": "试用模型", "choices": [{"message": {"content": content}, "finish_reason": "stop"}]}
        lines.append(json.dumps({"custom_id": call.key, "response": {"status_code": 200, "body": body}}))
    (tmp_path / "answers.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert import_answers(tmp_path / "answers.jsonl", store.awaited(), store).stored == 2
    settings = ModelSettings(name="试用模型", cassettes=str(tmp_path / "answers"))
    (audited,) = run([form], catalogue(), reviewer=reviewer("replay", settings)).documents[0].reports
    assert audited.report.assisted
    assert audited.narrative is not None
    assert audited.narrative.done, audited.narrative.status


def test_without_recorded_answers_nothing_changes(tmp_path: Path) -> None:
    settings = ModelSettings(name="试用模型", cassettes=str(tmp_path / "none"))
    form = tmp_path / "表.txt"
    form.write_text(FORM, encoding="utf-8")

    def read(helper: ModelReviewer | None) -> tuple[Report, list[object]]:
        (audited,) = run([form], catalogue(), reviewer=helper).documents[0].reports
        return audited.report, [item.result for item in audited.items]

    with_replay, results = read(reviewer("replay", settings))
    plain, plain_results = read(None)
    assert not with_replay.assisted
    assert with_replay.unread_forms == plain.unread_forms
    assert results == plain_results
