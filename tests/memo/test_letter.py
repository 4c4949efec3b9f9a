"""退回修改函: every finding a numbered question with room for the reply."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from auditor.api import audit
from auditor.memo import WRITERS, Material, Memo
from auditor.memo.decisions import load
from auditor.memo.model import Decision
from auditor.memo.place import with_words
from auditor.memo.problems import problems
from tests.conftest import Cli
from tests.memo.hostile import spoil
from tests.memo.office import needs_office, pages, parts, to_pdf
from tests.samples import ROOT
from tests.test_decisions import fill

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
            wanted = {
                result.message,
                result.calculation,
                result.suggestion.rstrip("。"),
                with_words(result.evidence, 3),
            } - {""}
            wanted |= {one.source for one in problem.first.basis}
            assert not [words for words in wanted if not any(words in line for line in told)]
        assert labels(box)[-3:] == ["单位答复", "修改情况", "编号"]
        assert told[-3:-1] == ["", ""]
        assert told[-1].endswith(problem.first.fingerprint)
    assert len(receipt.rows) == len(found) + 1


def test_room_for_the_reply(letter: Document) -> None:
    rows = letter.tables[0].rows
    assert [round(row.height.mm) for row in rows if row.height] == [12, 8]


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


def test_the_letter_is_signed_before_its_list_of_questions(letter: Document) -> None:
    """The first page is the whole letter, however many questions follow."""
    order = ["".join(text.text or "" for text in block.iter(qn("w:t"))) for block in letter.element.body]
    signed = next(at for at, words in enumerate(order) if "印章" in words)
    asked = next(at for at, words in enumerate(order) if words.startswith("问题1"))
    assert (
        order.index("附件：1.问题清单；2.回执")
        < signed
        < order.index("问题清单")
        < asked
        < order.index("回　　执")
    )


def test_a_report_that_shows_nothing_is_to_be_looked_at(tmp_path: Path) -> None:
    (tmp_path / "说明.txt").write_text("关于报送材料的说明\n\n现将材料报上，请查收。\n", "utf-8")
    memo = audit(tmp_path / "说明.txt")
    told = "".join(one.text for one in docx.Document(BytesIO(made(memo))).paragraphs)
    assert "不能据此认为没有问题。请人工核对送审文件；核对前本函不必发出。" in told


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


class TestUnits:
    """One letter to a unit, over all its files."""

    @pytest.fixture
    def sent(self, cli: Cli, tmp_path: Path) -> Path:
        folder = tmp_path / "送审"
        folder.mkdir()
        text = NATIONAL.read_text("utf-8")
        (folder / "一.txt").write_text(text, "utf-8")
        (folder / "二.txt").write_text(
            text.replace("农村饮水安全巩固提升项目", "城乡供水一体化项目"), "utf-8"
        )
        (folder / "三.txt").write_bytes(NARRATIVE.read_bytes())
        assert cli("audit", "送审", "--format", "letter", "-o", "函.docx").status == 1
        return tmp_path / "函.docx"

    def test_two_projects_of_one_unit_share_a_letter(self, sent: Path) -> None:
        told = [one.text for one in docx.Document(str(sent)).paragraphs]
        assert sum(line == "回　　执" for line in told) == 2
        assert "关于退回修改2个项目绩效自评报告的函" in told
        heads = [table.cell(0, 0).text for table in docx.Document(str(sent)).tables]
        assert [head for head in heads if head.endswith("1")] == ["问题1·1", "问题2·1", "问题1"]

    def test_no_page_for_a_unit_that_is_asked_nothing(self, cli: Cli, sent: Path, tmp_path: Path) -> None:
        (tmp_path / "送审" / "四.txt").write_bytes(CLEAN.read_bytes())
        answer = cli("audit", "送审", "--format", "letter", "-o", "函二.docx")
        assert "1 个单位没有要问的，没有出函" in answer.err
        told = [one.text for one in docx.Document(str(tmp_path / "函二.docx")).paragraphs]
        assert told == [one.text for one in docx.Document(str(sent)).paragraphs]

    @pytest.mark.parametrize("tick", ["☑已修改　□已说明", "□已修改　√已说明", "□已修改　□已说明"])
    def test_answers_are_read_back(self, cli: Cli, sent: Path, tick: str) -> None:
        letter = docx.Document(str(sent))
        box = next(table for table in letter.tables if table.cell(0, 0).text == "问题2·1")
        box.rows[-3].cells[1].text = "填报时把执行率算错了"
        box.rows[-2].cells[1].text = "已改为85.5%"
        receipt = next(table for table in letter.tables if table.cell(0, 0).text == "序号")
        row = next(row for row in receipt.rows if row.cells[0].text == "2·1")
        row.cells[2].text = tick
        letter.save(str(sent))
        answer = cli("decide", sent.name, "--decisions", "意见.json")
        assert answer.status == 0
        assert "新增 1 条" in answer.out
        assert "没有答复的" in answer.err
        told = cli("audit", "送审", "--decisions", "意见.json").out
        ticked = {"☑": "已修改：", "√": "已说明："}.get(next((sign for sign in tick if sign in "☑√"), ""), "")
        assert told.count(f"单位答复：{ticked}填报时把执行率算错了") == 1
        assert told.count("整改情况：已改为85.5%") == 1

    def test_a_letter_of_older_days_has_the_mark_below_the_box(self, cli: Cli, sent: Path) -> None:
        letter = docx.Document(str(sent))
        box = letter.tables[0]
        mark = box.rows[-1].cells[1].text
        box._tbl.remove(box.rows[-1]._tr)
        box._tbl.getnext().addprevious(letter.add_paragraph(f"编号 {mark}")._p)
        box.rows[-2].cells[1].text = "确属笔误"
        letter.save(str(sent))
        assert "新增 1 条" in cli("decide", sent.name, "--decisions", "意见.json").out

    def test_a_number_without_its_report_is_told_with_its_project(self, cli: Cli, sent: Path) -> None:
        told = cli("decide", sent.name, "--decisions", "意见.json").err
        assert "问题1·1、" in told
        assert "《洛安区社区矫正与安置帮教工作经费》1" in told.replace("2023年度", "")

    def test_an_answer_takes_no_decision_back(self, cli: Cli, sent: Path) -> None:
        assert cli("audit", "送审", "-o", "台账.xlsx").status == 1
        fill(sent.with_name("台账.xlsx"), {"处理": "确认", "处理人": "张三"})
        cli("decide", "台账.xlsx", "--decisions", "意见.json")
        letter = docx.Document(str(sent))
        letter.tables[0].rows[-3].cells[1].text = "确属笔误"
        letter.save(str(sent))
        cli("decide", sent.name, "--decisions", "意见.json")
        (one,) = [one for one in load(sent.with_name("意见.json")).values() if one.reply]
        assert (one.decision, one.who, one.reply, one.rule) == ("确认", "张三", "确属笔误", "F106")

    def test_without_marks_nothing_is_guessed(self, cli: Cli, sent: Path) -> None:
        letter = docx.Document(str(sent))
        letter.tables[0].rows[-3].cells[1].text = "确属笔误"
        letter.tables[0].rows[-1].cells[1].text = "0123"
        letter.save(str(sent))
        answer = cli("decide", sent.name, "--decisions", "意见.json")
        assert answer.status == 2
        assert "问题1·1：框的编号缺失或已被改动" in answer.err

    def test_another_document_is_no_letter(self, cli: Cli, tmp_path: Path) -> None:
        docx.Document().save(str(tmp_path / "函.docx"))
        answer = cli("decide", "函.docx", "--decisions", "意见.json")
        assert (answer.status, "不是退回修改函" in answer.err) == (2, True)


class TestFolder:
    """`--out DIR --format letter`: a file for each unit that is asked something."""

    @pytest.fixture
    def out(self, cli: Cli, tmp_path: Path) -> Path:
        folder = tmp_path / "送审"
        (folder / "二").mkdir(parents=True)
        text = NATIONAL.read_text("utf-8")
        (folder / "一.txt").write_text(text, "utf-8")
        (folder / "二" / "二.txt").write_text(
            text.replace("农村饮水安全巩固提升项目", "城乡供水一体化项目"), "utf-8"
        )
        (folder / "三.txt").write_bytes(NARRATIVE.read_bytes())
        (folder / "四.txt").write_bytes(CLEAN.read_bytes())
        answer = cli("audit", "送审", "--format", "letter", "--out", "函")
        assert answer.status == 1
        assert "函 2 份（1 个单位没有要问的，没有出函）和 汇总.md" in answer.err
        return tmp_path / "函"

    def test_one_file_a_unit(self, out: Path) -> None:
        letters = sorted(path.name for path in out.glob("*.docx"))
        assert len(letters) == 2
        assert all(name.startswith("退回修改函-") for name in letters)
        summary = (out / "汇总.md").read_text("utf-8")
        assert sum(quote("退回修改函-") in line for line in summary.splitlines()) == 3

    def test_no_letter_names_a_file(self, out: Path) -> None:
        for path in out.glob("*.docx"):
            told = "".join(text.text or "" for text in docx.Document(str(path)).element.body.iter(qn("w:t")))
            assert ".txt" not in told

    def test_an_answered_letter_is_not_overwritten(self, cli: Cli, out: Path) -> None:
        path = sorted(out.glob("*.docx"))[0]
        letter = docx.Document(str(path))
        letter.tables[0].rows[-3].cells[1].text = "已更正"
        letter.save(str(path))
        kept = path.read_bytes()
        answer = cli("audit", "送审", "--format", "letter", "--out", "函")
        assert answer.status == 2
        assert "已填写的 1 处" in answer.err
        assert path.read_bytes() == kept


REVIEW = """项目支出绩效评价复核表

项目名称\t农村饮水安全巩固提升项目
被评价单位\t禾川县农村供水服务中心
{evaluator}

三级指标\t分值\t自评得分\t扣分\t复核得分\t扣分依据
新建管网\t50\t50\t2\t48\t
水质合格率\t50\t50\t4\t45\t未达标扣4分
合计\t100\t100\t6\t93\t
"""


class TestWhom:
    def test_what_an_evaluator_wrote_goes_to_the_evaluator(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "复核表.txt").write_text(REVIEW.format(evaluator=""), "utf-8")
        cli("audit", "复核表.txt", "--format", "letter", "-o", "函.docx")
        letter = docx.Document(str(tmp_path / "函.docx"))
        told = [one.text for one in letter.paragraphs]
        assert "评价机构、复核人：" in told
        assert not any("你单位" in line or "填报单位" in line for line in told)
        assert {"请复核人", "复核人答复"} <= set(labels(letter.tables[0]))
        assert "请单位" not in labels(letter.tables[0])
        letter.tables[0].rows[-3].cells[1].text = "已补写"
        letter.save(str(tmp_path / "函.docx"))
        answer = cli("decide", "函.docx", "--decisions", "意见.json")
        assert "已补写" in (tmp_path / "意见.json").read_text("utf-8"), answer.err

    def test_the_evaluator_is_called_by_its_name(self, cli: Cli, tmp_path: Path) -> None:
        text = REVIEW.format(evaluator="第三方评价机构\t明衡会计师事务所")
        (tmp_path / "复核表.txt").write_text(text, "utf-8")
        cli("audit", "复核表.txt", "--format", "letter", "-o", "函.docx")
        assert "明衡会计师事务所：" in [
            one.text for one in docx.Document(str(tmp_path / "函.docx")).paragraphs
        ]
        cli("audit", "复核表.txt", "--format", "paper", "-o", "底稿.docx")
        (head, *_) = docx.Document(str(tmp_path / "底稿.docx")).tables
        rows = [[cell.text for cell in row.cells] for row in head.rows]
        assert ["评价机构", "明衡会计师事务所", "", ""] in rows
        assert ["填报单位", "禾川县农村供水服务中心"] in [row[:2] for row in rows]
        assert "| 评价机构 | 明衡会计师事务所 |" in cli("audit", "复核表.txt").out

    def test_the_same_file_twice_is_asked_once(self, cli: Cli, tmp_path: Path) -> None:
        for name in ("一.txt", "二.txt"):
            (tmp_path / name).write_bytes(NATIONAL.read_bytes())
        cli("audit", "一.txt", "二.txt", "--format", "letter", "-o", "函.docx")
        heads = [table.cell(0, 0).text for table in docx.Document(str(tmp_path / "函.docx")).tables]
        assert heads.count("问题1") == 1
        assert "问题2·1" not in heads

    def test_places_are_those_of_the_paper(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "一.txt").write_bytes(NATIONAL.read_bytes())
        cli("audit", "一.txt", "--format", "letter", "-o", "函.docx")
        first, second, *_ = docx.Document(str(tmp_path / "函.docx")).tables
        where = "“年度资金总额”行：“全年预算数”1,150.00、“全年执行数”983.25、“执行率”95.50%"
        assert first.cell(1, 1).text == where
        assert second.cell(1, 1).text.startswith("“水质检测合格率”行：“年度指标值”≥95%、“实际完成值”92.08%")
