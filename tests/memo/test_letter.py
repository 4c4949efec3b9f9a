"""退回修改函: every finding a numbered question with room for the reply."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from auditor.api import audit
from auditor.memo import WRITERS, Material, Memo
from auditor.memo.model import Decision
from auditor.memo.problems import problems
from auditor.memo.word.words import places
from tests.memo.hostile import spoil
from tests.memo.office import needs_office, pages, parts, to_pdf
from tests.samples import ROOT

NATIONAL, NARRATIVE, CLEAN = sorted((ROOT / "examples").glob("*.txt"))


def made(memo: Memo) -> bytes:
    content = WRITERS["letter"](Material(memo))
    assert isinstance(content, bytes)
    return content


def labels(table: Table) -> list[str]:
    return [row.cells[0].text for row in table.rows]


@pytest.fixture(scope="module")
def memo() -> Memo:
    """A reviewer has confirmed what the model asks but the first question of it."""
    found = audit(NATIONAL, llm="replay")
    asked = [one for one in found.documents[0].reports[0].results if one.origin == "model"]
    for one in asked[1:]:
        one.decision = Decision(decision="确认")
    return found


@pytest.fixture(scope="module")
def letter(memo: Memo) -> Document:
    return docx.Document(BytesIO(made(memo)))


def test_one_box_for_each_question(letter: Document, memo: Memo) -> None:
    *boxes, receipt = letter.tables
    found = [one for one in problems(memo.documents[0].reports[0]) if one.goes_out]
    assert len(found) == len(problems(memo.documents[0].reports[0])) - 1
    assert [labels(box)[0] for box in boxes] == [f"问题{problem.number}" for problem in found]
    for box, problem in zip(boxes, found, strict=True):
        told = [row.cells[1].text for row in box.rows]
        for result in problem.results:
            wanted = {result.message, result.calculation, result.suggestion, places(result.evidence)} - {""}
            wanted |= {one.source for one in problem.first.basis}
            assert not [words for words in wanted if not any(words in line for line in told)]
        assert labels(box)[-2:] == ["单位答复", "修改情况"]
        assert told[-2:] == ["", ""]
    assert len(receipt.rows) == len(found) + 1


def test_room_for_the_reply(letter: Document) -> None:
    rows = letter.tables[0].rows
    assert [round(row.height.mm) for row in rows if row.height] == [22, 14]


def test_what_is_asked_stands_in_three_parts(letter: Document) -> None:
    headings = [
        one.text for one in letter.paragraphs if one.style is not None and one.style.name == "公文一级标题"
    ]
    assert headings == [
        "一、请更正的事项", "二、请说明的事项", "三、请补充说明的叙述",
    ]  # fmt: skip


def test_deadline_and_receipt_are_left_blank(letter: Document) -> None:
    told = "\n".join(one.text for one in letter.paragraphs)
    assert "请于　　　　年　　月　　日前逐项核实" in told
    assert "回　　执" in told
    assert "填报单位（盖章）：" in told


def test_what_a_reviewer_rejected_is_not_asked() -> None:
    memo = audit(NATIONAL)
    for result in memo.documents[0].reports[0].results:
        if result.rule in ("I301", "N401"):
            result.decision = Decision(decision="驳回", remark="", who="简书宁", when="2024-03-20T09:00:00")
    *boxes, _ = docx.Document(BytesIO(made(memo))).tables
    assert [labels(box)[0] for box in boxes] == [f"问题{number}" for number in (1, 3, 5, 6, 7, 8)]


def test_nothing_to_ask() -> None:
    letter = docx.Document(BytesIO(made(audit(CLEAN))))
    assert "本函不必发出" in "".join(one.text for one in letter.paragraphs)
    assert not letter.tables


def test_hostile_text_breaks_nothing(tmp_path: Path) -> None:
    content = made(spoil(audit(NATIONAL, llm="replay")))
    assert parts(content, tmp_path)
    told = "".join(text.text or "" for text in docx.Document(BytesIO(content)).element.body.iter(qn("w:t")))
    assert "{{正文}}{{ 附件 }}{{标题}}{{foo}}</w:t><b>&amp;&lt;]]>〔U+202E〕" in told


@needs_office
@pytest.mark.parametrize("path", [NARRATIVE], ids=lambda path: path.stem)
def test_libreoffice_shows_every_question(path: Path, tmp_path: Path) -> None:
    memo = audit(path)
    file = tmp_path / "letter.docx"
    file.write_bytes(made(memo))
    whole = "".join(pages(to_pdf(file)))
    for problem in problems(memo.documents[0].reports[0]):
        assert f"问题{problem.number}" in whole
        assert "".join(problem.first.message.split())[:16] in whole
