"""What a Word file holds besides plain paragraphs and cells."""

from __future__ import annotations

import io

import pytest
from docx import Document as new_docx
from docx.document import Document as Docx
from docx.oxml import parse_xml

from auditor.document import Concern, Document, Paragraph, Table, read_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(docx: Docx) -> Document:
    stream = io.BytesIO()
    docx.save(stream)
    return read_bytes(stream.getvalue(), "报告.docx")


def with_paragraph(inner: str) -> Document:
    docx = new_docx()
    docx.element.body.insert(0, parse_xml(f"<w:p {W}>{inner}</w:p>"))
    return read(docx)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>支出</w:t></w:r><w:ins><w:r><w:t>95</w:t></w:r></w:ins><w:del><w:r><w:delText>90</w:delText></w:r></w:del><w:r><w:t>万元</w:t></w:r>", "支出95万元"),
        ("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>", "新"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>优</w:t></w:r><w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>良</w:t></w:r>', "☑优□良"),
        ("<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText><w:t>12</w:t></w:r>", "12"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件里的字</w:t></w:r></w:sdtContent></w:sdt>", "控件里的字"),
        ("<w:hyperlink><w:r><w:t>链接里的字</w:t></w:r></w:hyperlink>", "链接里的字"),
        ("<w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t></w:r>", "第一行\n第二行"),
    ],
)  # fmt: skip
def test_runs(inner: str, text: str) -> None:
    assert with_paragraph(inner).text.strip() == text


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent {W}><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document = with_paragraph(
        f"<w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert document.text == "正文\n框里的字\n"


def test_hidden_text_is_read_and_reported() -> None:
    document = with_paragraph("<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>")
    assert document.text == "看不见\n"
    assert [remark.concern for remark in document.remarks] == [Concern.HIDDEN]


def test_automatic_numbers_belong_to_the_text() -> None:
    docx = new_docx()
    for text in ("基本情况", "存在问题"):
        docx.add_paragraph(text, style="List Number")
    assert read(docx).text == "1.基本情况\n2.存在问题\n"


def test_headers_first_footers_last_page_numbers_left_out() -> None:
    docx = new_docx()
    docx.add_paragraph("正文")
    docx.sections[0].header.paragraphs[0].text = "某县财政局"
    footer = docx.sections[0].footer
    footer.paragraphs[0].text = "— 3 —"
    footer.add_paragraph("联系电话 0000-1234567")
    assert read(docx).text == "某县财政局\n正文\n联系电话 0000-1234567\n"


def test_merged_cells_keep_their_span() -> None:
    docx = new_docx()
    grid = docx.add_table(3, 3)
    grid.cell(0, 0).merge(grid.cell(0, 2)).text = "项目资金"
    grid.cell(1, 0).merge(grid.cell(2, 0)).text = "支出"
    grid.cell(1, 2).text, grid.cell(2, 2).text = "10", "20"
    (table,) = (block for block in read(docx).blocks if isinstance(block, Table))
    cells = [
        (cell.text, cell.row, cell.col, cell.rowspan, cell.colspan)
        for row in table.rows
        for cell in row.cells
    ]
    assert cells == [("项目资金", 0, 0, 1, 3), ("支出", 1, 0, 2, 1), ("10", 1, 2, 1, 1), ("20", 2, 2, 1, 1)]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["社会效", "益指标"], "社会效益指标"),
        (["≥95%", "≥90%"], "≥95%\n≥90%"),
        (["100", "95"], "100\n95"),
        (["一是完成修缮。", "二是完成验收。"], "一是完成修缮。\n二是完成验收。"),
        (["1.完成修缮；", "2.完成验收"], "1.完成修缮;\n2.完成验收"),
    ],
)
def test_breaks_in_a_cell(lines: list[str], text: str) -> None:
    docx = new_docx()
    grid = docx.add_table(1, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "指标", "\n".join(lines)
    (table,) = (block for block in read(docx).blocks if isinstance(block, Table))
    assert table.rows[0].cells[1].text == text


def test_a_frame_of_one_cell_is_no_table() -> None:
    docx = new_docx()
    inner = docx.add_table(1, 1).cell(0, 0)
    inner.paragraphs[0].text = "项目绩效自评报告"
    nested = inner.add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "项目名称", "某项目"
    blocks = read(docx).blocks
    assert [type(block) for block in blocks] == [Paragraph, Table]


def test_headings_keep_their_level() -> None:
    docx = new_docx()
    docx.add_heading("存在问题", 2)
    (block,) = read(docx).blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.level) == ("存在问题", 2)
