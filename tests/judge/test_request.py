"""What is sent: numbered lines between marks, the rules' knowledge, the questions, within the budget."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from auditor.document.open import read_bytes
from auditor.judge import prompt
from auditor.judge.endpoint import ModelSettings
from auditor.judge.mask import Masker
from auditor.judge.request import inquiry
from auditor.judge.review import inquiries
from auditor.judge.sheet import fence, lines, sheets
from auditor.judge.tokens import tokens
from auditor.pipeline import run
from auditor.report import read_reports
from auditor.rules.catalogue import catalogue
from tests.judge.reports import TEXT, Teller, item, report, reviewed, written
from tests.samples import ROOT, SEEDS

FILES = [
    *sorted((ROOT / "examples").glob("*.txt")),
    *sorted((ROOT / "tests" / "layouts").glob("*.txt")),
    *sorted(SEEDS.glob("*.txt")),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_budget(path: Path) -> None:
    """At most 1.3 times the report's own tokens and 1,200 a request, counted with one rule."""
    for document in run([path], catalogue()).documents:
        for audited in document.reports:
            own = tokens(audited.report.quote(audited.report.span))
            known = [item.result for item in audited.items]
            for asked in inquiries([audited.report], [known], ModelSettings()):
                sent = sum(tokens(message["content"]) for call in asked.calls for message in call.messages)
                assert sent <= 1.3 * own + 1200 * len(asked.calls)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_the_report_has_one_line(path: Path) -> None:
    for read in read_reports(read_bytes(path.read_bytes(), path.name)):
        spans = sorted(view.span() for line in lines(read) for view in line.views)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        told = "".join(line.text for line in lines(read))
        for passage in read.passages:
            assert "".join(passage.text.split())[:4] in "".join(told.split())


def test_the_report_comes_last_and_nothing_of_it_stands_outside_the_marks() -> None:
    (asked,) = inquiries([report()], [[]], ModelSettings())
    (call,) = asked.calls
    content = call.messages[1]["content"]
    (mark,) = set(re.findall(r"[A-Z]{16}", content))
    before, body, after, _ = content.split(mark)
    assert before.endswith("\n\n报告开始 ")
    assert "生态效益" not in before
    assert "${" not in call.messages[0]["content"]
    assert "生态效益" in body
    assert "道路通畅" not in after
    assert "养护道路320公里" not in after


def test_the_rules_findings_are_told_in_one_line_each() -> None:
    (document,) = run([ROOT / "examples" / "01-national.txt"], catalogue()).documents
    (audited,) = document.reports
    results = [item.result for item in audited.items]
    (asked,) = inquiries([audited.report], [results], ModelSettings())
    content = asked.calls[0].messages[1]["content"]
    assert re.search(r"^\d+ 比率与数量不符$", content, re.MULTILINE)
    # The order in which the rules speak changes nothing.
    (again,) = inquiries([audited.report], [results[::-1]], ModelSettings())
    assert again.calls == asked.calls


def test_instructions_are_few_and_the_same_for_every_report() -> None:
    """An endpoint that keeps what it has read reads them once."""
    first, second = (
        inquiries([report(text)], [[]], ModelSettings())[0].calls[0]
        for text in (TEXT, TEXT.replace("320", "310"))
    )
    assert first.messages[0] == second.messages[0]
    assert tokens(first.messages[0]["content"]) <= 1200


def test_what_identifies_people_stays_here() -> None:
    text = TEXT + "联系人：张建国　电话：13912345678\n"
    (asked,) = inquiries([report(text)], [[]], ModelSettings())
    content = asked.calls[0].messages[1]["content"]
    assert "13912345678" not in content
    assert "⟦电话1⟧" in content
    number = next(line.number for line in asked.lines.values() if "13912345678" in line.text)
    outcome = reviewed(written(item(sentence=number, quote="电话：⟦电话1⟧")), of=text)
    assert report(text).quote(outcome.results[0].evidence[0]) == "电话：13912345678"


class TestSheets:
    LONG = TEXT + "".join(
        f"\n{mark}、第{mark}部分\n" + "本部分说明有关工作的开展情况和取得的效果。\n" * 20
        for mark in "四五六七八九"
    )

    def test_are_cut_at_section_borders(self) -> None:
        every = lines(report(self.LONG))
        cut = sheets(every, 900)
        assert len(cut) > 2
        assert [line for sheet in cut for line in sheet] == every
        assert all(sheet[0].opens for sheet in cut[1:])
        assert all(sum(tokens(str(line)) + 1 for line in sheet) <= 900 for sheet in cut)

    def test_a_long_section_is_cut_between_lines(self) -> None:
        every = lines(report(TEXT.replace("\n\n", "\n") + "本部分说明有关工作的开展情况和效果。\n" * 200))
        cut = sheets(every, 500)
        assert [line for sheet in cut for line in sheet] == every
        assert all(sum(tokens(str(line)) + 1 for line in sheet) <= 500 for sheet in cut)

    def test_numbers_run_on_and_every_sheet_is_asked(self) -> None:
        teller = Teller(written(item()))
        from auditor.judge.review import review

        (outcome,) = review([report(self.LONG)], [[]], teller, ModelSettings(), sheet_tokens=900)
        assert len(teller.calls) == len(sheets(lines(report(self.LONG)), 900))
        assert len({call.key for call in teller.calls}) == len(teller.calls)
        assert (outcome.passed, set(outcome.reasons)) == (1, {"重复提出"})
        assert outcome.usage.total == 15 * len(teller.calls)

    def test_one_sheet_without_an_answer(self) -> None:
        from auditor.judge.call import NoAnswer
        from auditor.judge.review import review

        teller = Teller(written(item()), NoAnswer("超时"), written())
        (outcome,) = review([report(self.LONG)], [[]], teller, ModelSettings(), sheet_tokens=900)
        assert (outcome.passed, outcome.done) == (1, False)
        assert "次没有可用的回答：超时" in outcome.status


class TestFence:
    def test_is_the_same_for_the_same_text_only(self) -> None:
        assert fence("甲") == fence("甲") != fence("乙")
        assert re.fullmatch(r"[A-Z]{16}", fence("甲"))

    def test_never_stands_in_the_text(self) -> None:
        text = "甲"
        for _ in range(5):
            text += fence(text)
            assert fence(text) not in text


def test_a_request_does_not_depend_on_where_the_file_lies() -> None:
    prompts = prompt.load()
    keys = set()
    for name in ("甲.txt", "/other/乙.txt"):
        (read,) = read_reports(read_bytes(TEXT.encode(), name))
        (call,) = inquiry(read, [], ModelSettings(), prompts, Masker(TEXT)).calls
        keys.add(call.key)
    assert len(keys) == 1


UNIT = """\
一、单位基本情况
县水务局是县政府工作部门，内设办公室、规划股、建设股、财务股四个股室，编制32名，在职29人，承担全县水利工程的规划、建设和管理。
二、项目情况
"""


def _asked_of(project: str) -> str:
    text = f"2023年度{project}项目绩效自评报告\n{UNIT}{project}完成渠道清淤{len(project)}公里，群众满意。\n"
    (asked,) = inquiries([report(text)], [[]], ModelSettings())
    return asked.calls[0].messages[1]["content"]


def test_reports_of_one_unit_begin_alike() -> None:
    """An endpoint that keeps the beginning of a request reads once what every report says of the unit, whichever
    reports are audited together."""
    one, other = _asked_of("河道整治"), _asked_of("农村饮水安全巩固")
    shared = next(at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b)
    assert "财务股" in one[:shared]
    assert "清淤" not in one[:shared]
    assert one.count("财务股") == 1
    numbers = [int(line.partition("｜")[0]) for line in one.split("\n") if line.partition("｜")[0].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_line_about_the_unit_is_not_worth_words_of_its_own() -> None:
    text = "2023年度河道整治项目绩效自评报告\n一、主要职责\n管河道。\n二、项目情况\n完成清淤4公里。\n"
    (asked,) = inquiries([report(text)], [[]], ModelSettings())
    content = asked.calls[0].messages[1]["content"]
    assert "介绍单位" not in content
    assert "管河道" in content
