"""What a Word file holds besides plain paragraphs and cells."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx import Document as new_docx
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Cm
from PIL import Image

from auditor.document import Concern, Document, Paragraph, Table, UnreadableFile, read_bytes, shown_blocks

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


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


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r><w:r><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>\uf0a8</w:t></w:r><w:r><w:t>否R</w:t></w:r>', "□否R"),
        ('<w:r><w:sym w:font="Wingdings" w:char="00FE"/></w:r><w:r><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t>否</w:t></w:r>', "□否"),
        ('<w:r><w:ruby><w:rt><w:r><w:t>shen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>沈</w:t></w:r></w:rubyBase></w:ruby></w:r>', "沈"),
        (f'<m:oMath xmlns:m="{MATH}"><m:f><m:num><m:r><m:t>95</m:t></m:r></m:num><m:den><m:r><m:t>100</m:t></m:r></m:den></m:f></m:oMath>', "95/100"),
    ],
)  # fmt: skip
def test_marks_that_are_no_plain_text(inner: str, text: str) -> None:
    assert with_paragraph(inner).text.strip() == text


def test_a_deleted_item_of_a_list_leaves_no_number() -> None:
    docx = new_docx()
    for text in ("基本情况", "旧的一条", "存在问题"):
        docx.add_paragraph(text, style="List Number")
    gone = docx.paragraphs[1]._p
    gone.get_or_add_pPr().append(parse_xml(f"<w:rPr {W}><w:del w:author='甲'/></w:rPr>"))
    (run,) = gone.r_lst
    run.getparent().replace(run, parse_xml(f"<w:del {W}><w:r><w:delText>旧的一条</w:delText></w:r></w:del>"))
    assert read(docx).text == "1.基本情况\n2.存在问题\n"


def test_text_under_a_merged_cell() -> None:
    """The same text again, as programs write it, is nothing; another text is hidden, and said."""
    docx = new_docx()
    grid = docx.add_table(4, 2)
    for row, (text, merge) in enumerate(
        [("产出", "restart"), ("产出", "continue"), ("效益", "continue"), ("满意度", "")]
    ):
        grid.cell(row, 0).text, grid.cell(row, 1).text = text, str(row)
        if merge:
            grid.cell(row, 0)._tc.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {W} w:val="{merge}"/>'))
    document = read(docx)
    (table,) = (block for block in shown_blocks(document) if isinstance(block, Table))
    assert [row.cells[0].text for row in table.rows] == ["产出", "1", "2", "满意度"]
    assert [remark.told for remark in document.remarks] == [
        "有 1 格被合并的单元格盖住，里面的文字打开时看不见，已读入，不参与核对"
    ]


def test_a_deleted_cell_takes_no_place() -> None:
    docx = new_docx()
    grid = docx.add_table(1, 3)
    for col, text in enumerate(("预算", "旧列", "支出")):
        grid.cell(0, col).text = text
    grid.cell(0, 1)._tc.get_or_add_tcPr().append(parse_xml(f"<w:cellDel {W} w:author='甲'/>"))
    (table,) = (block for block in read(docx).blocks if isinstance(block, Table))
    assert [(cell.text, cell.col) for cell in table.rows[0].cells] == [("预算", 0), ("支出", 1)]


def test_a_row_that_only_holds_a_table_is_a_frame() -> None:
    docx = new_docx()
    frame = docx.add_table(2, 2)
    frame.cell(0, 0).text, frame.cell(0, 1).text = "附件", "单位：万元"
    inside = frame.cell(1, 0).merge(frame.cell(1, 1))
    inside.paragraphs[0].text = "项目绩效自评表"
    nested = inside.add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "项目名称", "某项目"
    assert [type(block) for block in read(docx).blocks] == [Table, Paragraph, Table]


def test_a_table_in_a_text_box() -> None:
    table = f"<w:tbl {W}><w:tr><w:tc><w:p><w:r><w:t>预算</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>95</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    document = with_paragraph(f"<w:r><w:pict><w:txbxContent>{table}</w:txbxContent></w:pict></w:r>")
    assert document.text == "预算\t95\n"


@pytest.mark.parametrize(
    ("name", "content_type", "data"),
    [
        ("chunk.html", "text/html", b"<html><table><tr><td>a</td><td>95</td></tr></table></html>"),
        ("chunk.mht", "message/rfc822", b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
         b"Content-Type: text/html\n\n<html><table><tr><td>a</td><td>95</td></tr></table></html>\n--x--\n"),
    ],
)  # fmt: skip
def test_a_page_inserted_by_a_program(name: str, content_type: str, data: bytes) -> None:
    """Exports from the web often put the whole report into one altChunk."""
    docx = new_docx()
    part = Part(PackURI(f"/word/{name}"), content_type, data, docx.part.package)
    number = docx.part.relate_to(part, RT.A_F_CHUNK)
    docx.element.body.insert(0, parse_xml(f'<w:altChunk {W} xmlns:r="{RELATIONS}" r:id="{number}"/>'))
    assert read(docx).text == "a\t95\n"


def test_embedded_objects_and_wide_pictures_are_said() -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 40)).save(picture, "PNG")
    docx = new_docx()
    docx.add_picture(picture, width=Cm(3))
    docx.add_picture(picture, width=Cm(15))
    with pytest.raises(UnreadableFile, match="只有图片"):
        read(docx)
    docx.add_paragraph("正文").runs[0]._r.append(parse_xml(f"<w:object {W}/>"))
    assert [remark.told for remark in read(docx).remarks] == [
        "文件里嵌入了 1 个对象（如 Excel 表格），里面的内容未读入",
        "文件里有 1 张较大的图片，图片里的文字没有识别",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"[Content_Types].xml": ("openxmlformats-officedocument.wordprocessingml.document.main", "ms-word.document.macroEnabled.main")},
        {"[Content_Types].xml": ("wordprocessingml.document.main", "wordprocessingml.template.main")},
        {"": ("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"),
         "_": ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")},
        {"[Content_Types].xml": ("/word/document.xml", "/word/report.xml"), "_rels/.rels": ("word/document.xml", "word/report.xml")},
    ],
    ids=["macros", "template", "strict", "another name"],
)  # fmt: skip
def test_variants_of_the_container(change: dict[str, tuple[str, str]]) -> None:
    docx = new_docx()
    docx.add_paragraph("支出 95 万元。")
    stream, made = io.BytesIO(), io.BytesIO()
    docx.save(stream)
    renamed = "word/report.xml" in str(change)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for start, (before, after) in change.items():
                if name == start or start in ("", "_"):
                    part = part.replace(before.encode(), after.encode())
            new.writestr(name.replace("document.xml", "report.xml") if renamed else name, part)
    assert read_bytes(made.getvalue(), "报告").text == "支出 95 万元。\n"
