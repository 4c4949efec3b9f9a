"""审核意见: its look to the millimetre, its chapters in order, everything told, nothing that can break it."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from auditor.api import audit
from auditor.memo import WRITERS, Material, Memo
from auditor.memo.model import Decision
from auditor.memo.problems import problems
from tests.conftest import Cli
from tests.memo.hostile import spoil
from tests.memo.office import needs_office, pages, parts, to_pdf
from tests.samples import ROOT

NATIONAL, NARRATIVE, CLEAN = sorted((ROOT / "examples").glob("*.txt"))
SEVERAL = ROOT / "tests/layouts/29_multi_broken.txt"

# style, points, East Asian font, alignment, fixed line spacing in points
LOOK = (
    ("公文标题", 22, "方正小标宋简体", "center", 36),
    ("公文主送", 16, "仿宋_GB2312", "both", 28.9),
    ("公文正文", 16, "仿宋_GB2312", "both", 28.9),
    ("公文一级标题", 16, "黑体", "both", 28.9),
    ("公文二级标题", 16, "楷体_GB2312", "both", 28.9),
    ("公文三级标题", 16, "仿宋_GB2312", "both", 28.9),
    ("公文落款", 16, "仿宋_GB2312", "right", 28.9),
    ("公文页码", 14, "宋体", "left", None),
)
LEDGER = "序号 问题类别 位置 填报内容 核算/应有 差额 依据 严重程度 整改要求 责任单位 时限 整改情况 销号"


def made(memo: Memo, said: list[str] | None = None) -> bytes:
    heard = (said if said is not None else []).append
    content = WRITERS["docx"](Material(memo, say=heard, with_working_paper=True))
    assert isinstance(content, bytes)
    return content


def opened(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def words(document: Document) -> str:
    """All text of the body, without white space."""
    return squeezed("".join(text.text or "" for text in document.element.body.iter(qn("w:t"))))


def squeezed(text: str) -> str:
    return "".join(text.split())


def styled(document: Document, style: str) -> list[str]:
    return [one.text for one in document.paragraphs if one.style is not None and one.style.name == style]


@pytest.fixture(scope="module")
def memo() -> Memo:
    return audit(NATIONAL, llm="replay")


@pytest.fixture(scope="module")
def document(memo: Memo) -> Document:
    return opened(made(memo))


class TestLook:
    def test_page_and_margins(self, document: Document) -> None:
        upright, lying = document.sections
        measures = (upright.page_width, upright.page_height, upright.top_margin, upright.right_margin,
                    upright.bottom_margin, upright.left_margin)  # fmt: skip
        assert [round(one.mm) for one in measures if one] == [210, 297, 37, 26, 35, 28]
        assert (lying.orientation, lying.page_width) == (WD_ORIENT.LANDSCAPE, upright.page_height)

    @pytest.mark.parametrize(("name", "size", "font", "align", "line"), LOOK)
    def test_styles(
        self, document: Document, name: str, size: float, font: str, align: str, line: float | None
    ) -> None:
        style = document.styles[name].element
        fonts = style.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
        assert int(style.rPr.find(qn("w:sz")).get(qn("w:val"))) == size * 2
        assert style.pPr.find(qn("w:jc")).get(qn("w:val")) == align
        spacing = style.pPr.find(qn("w:spacing"))
        rule = spacing.get(qn("w:lineRule")), int(spacing.get(qn("w:line")))
        assert rule == (("exact", round(line * 20)) if line else ("auto", 240))

    def test_the_first_line_stands_two_characters_in(self, document: Document) -> None:
        for name in ("公文正文", "公文一级标题", "公文二级标题", "公文三级标题"):
            indent = document.styles[name].element.pPr.find(qn("w:ind"))
            assert indent.get(qn("w:firstLineChars")) == "200"

    def test_page_numbers_stand_between_dashes_on_the_outer_side(self, document: Document) -> None:
        first = document.sections[0]
        for footer, side in ((first.footer, "right"), (first.even_page_footer, "left")):
            paragraph = footer._element.find(qn("w:p"))
            told = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
            assert told == "— 1 —"
            assert paragraph.pPr.find(qn("w:jc")).get(qn("w:val")) == side
            assert [field.get(qn("w:instr")) for field in paragraph.iter(qn("w:fldSimple"))] == [" PAGE "]
        assert document.settings.odd_and_even_pages_header_footer

    def test_fonts_have_fallbacks_and_none_is_embedded(self, memo: Memo, tmp_path: Path) -> None:
        table = parts(made(memo), tmp_path)["word/fontTable.xml"]
        fallbacks = {
            font.get(qn("w:name")): [
                alternative.get(qn("w:val")) for alternative in font.iter(qn("w:altName"))
            ]
            for font in table
        }
        assert {font for *_, font, _, _ in LOOK} == set(fallbacks)
        assert all(fallbacks.values())
        assert not any(font.findall(qn("w:embedRegular")) for font in table)

    def test_nothing_of_the_sample_document_is_left(self, memo: Memo, tmp_path: Path) -> None:
        names = parts(made(memo), tmp_path)
        assert not [name for name in names if "stylesWithEffects" in name or "customXml" in name]
        properties = opened(made(memo)).core_properties
        assert (properties.author, properties.title, properties.last_modified_by) == ("", "", "")
        assert properties.created is not None
        assert properties.created.year > 2013


class TestContent:
    def test_chapters_in_the_customary_order(self, document: Document) -> None:
        assert styled(document, "公文标题") == ["关于农村饮水安全巩固提升项目2023年度\n绩效自评的审核意见"]
        assert styled(document, "公文主送") == ["禾川县农村供水服务中心：", "附件"]
        assert styled(document, "公文一级标题") == [
            "一、项目及自评基本情况", "二、审核依据和范围", "三、审核结果", "四、存在问题", "五、整改意见和时限",
        ]  # fmt: skip
        assert styled(document, "公文二级标题") == ["（一）重要（4项）", "（二）一般和轻微（4项）"]
        assert styled(document, "公文附件标题") == ["工作底稿", "复核表", "问题清单台账", "勾稽关系"]
        assert styled(document, "公文落款") == ["（审核单位名称、印章）", "　　　　年　　月　　日"]

    def test_problems_are_numbered_through(self, document: Document, memo: Memo) -> None:
        """What a model asks goes out only when a reviewer has confirmed it."""
        report = memo.documents[0].reports[0]
        told = styled(document, "公文三级标题")
        listed = [row.cells[0].text for row in document.tables[1].rows[1:]]
        numbers = [line.partition(".")[0] for line in told] + listed
        assert numbers == [str(one.number) for one in problems(report) if one.kind != "model"]
        assert told[0] == "1.执行率（到位率）与金额不符（不一致）"

    def test_a_question_of_a_model_that_a_reviewer_confirmed(self, memo: Memo) -> None:
        confirmed = memo.model_copy(deep=True)
        asked = next(one for one in confirmed.documents[0].reports[0].results if one.origin == "model")
        asked.decision = Decision(decision="确认")
        told = opened(made(confirmed))
        assert f"{asked.number}.{asked.title}（经确认）" in styled(told, "公文三级标题")
        assert "（三）叙述部分（经审核人员确认）（1项）" in styled(told, "公文二级标题")

    def test_the_working_paper_is_a_file_of_its_own(self, memo: Memo) -> None:
        alone = WRITERS["docx"](Material(memo))
        paper = WRITERS["paper"](Material(memo))
        assert isinstance(alone, bytes)
        assert isinstance(paper, bytes)
        assert styled(opened(alone), "公文附件标题") == []
        title = "农村饮水安全巩固提升项目2023年度绩效自评审核工作底稿"
        assert styled(opened(paper), "公文附件标题") == [title, "复核表", "问题清单台账", "勾稽关系"]
        assert "禾川县农村供水服务中心：" not in words(opened(paper)), "it is no letter"
        assert all(word in words(opened(paper)) for word in ("编制人", "复核人", "校验码", "抽样", "区间"))

    def test_the_working_paper_states_rules_and_settings(self, cli: Cli, tmp_path: Path) -> None:
        (tmp_path / "甲.txt").write_bytes(CLEAN.read_bytes())
        (tmp_path / "auditor.toml").write_text("[audit]\nlow_execution = 0.85\n", encoding="utf-8")
        cli("audit", "甲.txt", "--ignore", "T601", "--format", "paper", "-o", "底稿.docx")
        told = words(opened((tmp_path / "底稿.docx").read_bytes()))
        assert "全部规则，不用T601；执行率低于85%，高分指得分率不低于90%" in told

    def test_the_score_is_bridged(self, document: Document) -> None:
        assert [[cell.text for cell in row.cells] for row in document.tables[0].rows[1:]] == [
            ["", "自评得分", "99.55", ""],
            ["1", "执行率（到位率）与金额不符", "（−1）", "待单位说明"],
            ["2", "未达目标却得满分或称已完成", "−0.31", "可以证明"],
            ["3", "各项得分之和与合计不符", "−1", "可以证明"],
            ["", "核算得分（只计可以证明的）", "98.24", "优秀"],
            ["", "如问题1成立", "97.24", ""],
        ]

    def test_decisions_move_the_score(self, memo: Memo) -> None:
        decided = memo.model_copy(deep=True)
        words: tuple[tuple[int, Any], ...] = ((1, "确认"), (2, "驳回"))
        for number, word in words:
            decided.documents[0].reports[0].results[number - 1].decision = Decision(decision=word)
        rows = [[cell.text for cell in row.cells] for row in opened(made(decided)).tables[0].rows]
        assert rows[-1] == ["", "复核得分（按处理意见）", "97.55", "优秀"]
        assert not [row for row in rows if row[1].startswith("如问题1")]
        assert not [row for row in rows if row[0] == "2" or row[1].startswith("核算得分")], "it was rejected"

    @pytest.mark.parametrize("path", [NATIONAL, NARRATIVE, CLEAN, SEVERAL], ids=lambda path: path.stem)
    def test_everything_is_told(self, path: Path) -> None:
        memo = audit(path, llm="replay")
        told = words(opened(made(memo)))
        for report in memo.documents[0].reports:
            assert f"全文数字{report.coverage.figures}个，已核对{report.coverage.checked}个" in told
            for result in report.every():
                fields = [result.calculation, *([] if result.origin == "model" else [result.message])]
                assert not [field for field in fields if squeezed(field) not in told]

    def test_ledger_and_working_paper(self, document: Document, memo: Memo) -> None:
        *_, scores, ledger, paper = document.tables
        report = memo.documents[0].reports[0]
        assert [cell.text for cell in ledger.rows[0].cells] == LEDGER.split()
        review = report.model
        assert review is not None
        counted = f"模型回答{review.asked}条，核对通过{review.passed}条，弃用{len(review.dropped)}条"
        assert counted in words(document)
        numbers = [row.cells[0].text for row in ledger.rows[1:]]
        assert numbers == ["1", "同一处", *map(str, range(2, 14))]
        assert {row.cells[7].text for row in ledger.rows[9:]} >= {"待复核"}
        by_rule = [result for result in report.every() if result.origin == "rule"]
        assert len(paper.rows) - 1 == len(by_rule)
        assert {row.cells[5].text for row in paper.rows[1:]} == {
            "√ 一致",
            "× 不一致",
            "？ 存疑",
        }
        assert ["水质检测合格率", "10", "10", "9.69", "", "−0.31", "问题2、6"] in [
            [cell.text for cell in row.cells] for row in scores.rows
        ]
        assert [cell.text for cell in scores.rows[-1].cells] == [
            "总分",
            "",
            "99.55",
            "98.24",
            "",
            "−1.31",
            "",
        ]

    def test_a_clean_report_asks_for_nothing(self) -> None:
        document = opened(made(audit(CLEAN)))
        told = words(document)
        assert "未发现不一致，也没有需要单位说明的事项。" in told
        assert "四、存在问题" not in told
        assert "台账没有问题。" in told
        assert len(document.tables) == 3, "head, scores and working paper"

    def test_several_reports_each_with_its_own_opinion(self) -> None:
        memo = audit(SEVERAL)
        document = opened(made(memo))
        reports = memo.documents[0].reports
        assert len(styled(document, "公文标题")) == len(reports) == 3
        starts = [section._sectPr.find(qn("w:pgNumType")) is not None for section in document.sections]
        assert starts == [True, *[True, False] * 3], "the overview and every opinion are counted from page 1"
        assert document.element.body[-2].tag != qn("w:sectPr")


class TestCharts:
    """Word draws them: they need no font and no program here, and can be edited."""

    def test_money_and_scores(self, memo: Memo, tmp_path: Path) -> None:
        package = parts(made(memo), tmp_path)
        charts = [name for name in package if name.startswith("word/charts/chart")]
        told = ["".join(package[name].itertext()) for name in sorted(charts)]
        assert len(told) == 2
        assert "各项资金的预算数和支出数（万元）" in told[0]
        assert "各项指标的自评分和核算分" in told[1]
        assert "9.69" in told[1]
        with zipfile.ZipFile(BytesIO(made(memo))) as whole:
            books = [name for name in whole.namelist() if name.startswith("word/embeddings/")]
            rows = list(openpyxl.load_workbook(BytesIO(whole.read(sorted(books)[0]))).active.values)
        assert rows[0][1:] == ("预算数", "支出数")

    def test_every_chart_has_its_own_number(self) -> None:
        document = opened(made(audit(SEVERAL, NATIONAL)))
        numbers = [shape._inline.docPr.get("id") for shape in document.inline_shapes]
        assert len(numbers) == len(set(numbers)) > 2

    def test_only_where_they_say_something(self) -> None:
        assert not opened(made(audit(NARRATIVE))).inline_shapes


class TestHostileText:
    def test_nothing_breaks_and_no_placeholder_is_filled(self, tmp_path: Path) -> None:
        content = made(spoil(audit(NATIONAL, llm="replay")))
        assert parts(content, tmp_path)
        told = words(opened(content))
        assert "{{正文}}{{附件}}{{标题}}{{foo}}</w:t><b>&amp;&lt;]]>〔U+202E〕" in told
        assert "甲乙〔U+D800〕丙〔U+FFFE〕〔U+FFFF〕〔U+0000〕" in told

    def test_a_thousand_results_are_all_told(self) -> None:
        memo = audit(CLEAN)
        report = memo.documents[0].reports[0]
        report.results *= 20
        every = sum(1 for _ in report.every())
        assert len(opened(made(memo)).tables[-1]._tbl.tr_lst) == every + 1 > 900


@needs_office
def test_libreoffice_shows_every_finding(memo: Memo, tmp_path: Path) -> None:
    file = tmp_path / "opinion.docx"
    file.write_bytes(made(memo))
    told = pages(to_pdf(file))
    whole = re.sub(r"—\d+—", "", "".join(told))
    for number, page in enumerate(told, 1):
        assert page.count(f"—{number}—") == 1, "the footer stands there once"
    asked = [one for one in problems(memo.documents[0].reports[0]) if one.goes_out]
    for problem in asked:
        for result in problem.results:
            # LibreOffice may put a page's footer in the middle of a sentence
            assert squeezed(result.message)[:20] in whole
            if problem.first.severity == "high":  # of the others the opinion tells as much as fits a table
                assert squeezed(result.message)[-12:] in whole
