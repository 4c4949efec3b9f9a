"""A footnote's mark behind a number is no digit of it, in any format; an exponent stays one."""

from __future__ import annotations

import io

import pytest
from docx import Document as new_docx
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from auditor.document import Table, read_bytes
from auditor.document.furniture import is_furniture
from tests.formats.write import SOFFICE, converted

ROWS = [("预算", "支出"), ("95.60", "1"), ("300m", "2"), ("10", "4")]
"""Text and what stands above the line behind it; the first row is no number."""
READ = ["预算", "95.60", "300m²", "10⁴"]


def as_docx() -> bytes:
    docx = new_docx()
    table = docx.add_table(len(ROWS), 2)
    for row, (text, above) in zip(table.rows, ROWS, strict=True):
        run = row.cells[0].paragraphs[0]
        run.add_run(text)
        if above.isdigit():
            run.add_run(above).font.superscript = True
        row.cells[1].text = "乙"
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def as_xlsx() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, (text, above) in enumerate(ROWS, 1):
        mark = TextBlock(InlineFont(vertAlign="superscript"), above)
        sheet.cell(number, 1).value = CellRichText([text, mark]) if above.isdigit() else text
        sheet.cell(number, 2).value = "乙"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_html() -> bytes:
    rows = (
        f"<tr><td>{text}{f'<sup>[{above}]</sup>' if above.isdigit() else ''}</td><td>乙</td></tr>"
        for text, above in ROWS
    )
    return f"<html><table>{''.join(rows)}</table></html>".encode()


def as_text() -> bytes:
    return "预算\t乙\n95.60<sup>1</sup>\t乙\n300m²\t乙\n10⁴\t乙\n".encode()


def as_pdf() -> bytes:
    return converted({"表.docx": as_docx()}, "pdf")["表.docx"]


@pytest.mark.parametrize(
    ("data", "name"),
    [(as_docx(), "表.docx"), (as_xlsx(), "表.xlsx"), (as_html(), "表.html"), (as_text(), "表.txt")],
    ids=["docx", "xlsx", "html", "text"],
)
def test_marks_above_the_line(data: bytes, name: str) -> None:
    (table,) = (block for block in read_bytes(data, name).blocks if isinstance(block, Table))
    assert [row.cells[0].text for row in table.rows] == READ


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: printed PDF is NOT checked")
def test_marks_above_the_line_of_a_print() -> None:
    assert [text.split("\t")[0] for text in read_bytes(as_pdf(), "表.pdf").text.split("\n")[:2]] == [
        "预算",
        "95.60¹",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("您现在的位置：首页 > 政务公开 > 预决算公开", True),
        ("当前位置: 首页>>通知公告", True),
        ("首页 > 信息公开 > 绩效自评", True),
        ("【打印】【关闭】", True),
        ("字体：大 中 小 打印", True),
        ("项目位置：青禾县城关镇", False),
        ("优 > 良 > 中", False),
        ("得分 > 90", False),
        ("打印费", False),
        ("大", False),
    ],
)
def test_lines_of_the_page_around(line: str, expected: bool) -> None:
    assert is_furniture(line) is expected
