"""One policy for what a file hides, in every format: read, told once, no part in what is compared."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as new_docx
from docx.oxml.parser import parse_xml
from openpyxl import Workbook

from auditor import audit
from auditor.document import Concern, Paragraph, Table, read_bytes, shown_blocks
from auditor.document.hidden import concealed, unmarked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Rows = list[tuple[list[str], bool]]
"""Rows of cells, and whether they are hidden."""


def as_xlsx(rows: Rows) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number, (cells, hidden) in enumerate(rows, 1):
        sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in cells])
        sheet.row_dimensions[number].hidden = hidden
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_docx(rows: Rows) -> bytes:
    docx = new_docx()
    docx.add_paragraph("某项目支出绩效自评表（2023年度）")
    table = docx.add_table(len(rows), len(rows[0][0]))
    for row, (cells, hidden) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
        if hidden:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def as_docx_runs(rows: Rows) -> bytes:
    """The same with hidden words in the cells."""
    docx = new_docx()
    table = docx.add_table(len(rows), len(rows[0][0]))
    for row, (cells, hidden) in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.paragraphs[0].add_run(text).font.hidden = hidden
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def as_html(rows: Rows) -> bytes:
    lines = (
        f"<tr{' style=display:none' * hidden}>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for cells, hidden in rows
    )
    return f"<html><p>某项目绩效自评表（2023年度）</p><table>{''.join(lines)}</table></html>".encode()


WRITERS: list[tuple[Callable[[Rows], bytes], str]] = [
    (as_xlsx, "表.xlsx"), (as_docx, "表.docx"), (as_docx_runs, "表.docx"), (as_html, "表.html"),
]  # fmt: skip
HEAD = ["支出明细", "预算金额", "实际支出"]


def rows(total: str) -> Rows:
    return [
        (HEAD, False), (["维修费", "300.00", "290.00"], False), (["检测费", "40.00", "35.00"], True),
        (["印刷费", "60.00", "60.00"], False), (["合计", total, total], False),
    ]  # fmt: skip


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_read_told_once_and_kept_apart(write: Callable[[Rows], bytes], name: str) -> None:
    document = read_bytes(write(rows("360.00")), name)
    assert "检测费" in document.text
    (table,) = (block for block in shown_blocks(document) if isinstance(block, Table))
    assert [row.cells[0].text for row in table.rows] == ["支出明细", "维修费", "印刷费", "合计"]
    assert [document.quote(span).replace(".00", "") for span in document.hidden] == ["检测费", "40", "35"]
    assert {remark.concern for remark in document.remarks} == {Concern.HIDDEN}


@pytest.mark.parametrize(("write", "name"), WRITERS)
@pytest.mark.parametrize(
    ("total", "verdicts"),
    [("350.00", {"consistent"}), ("385.00", {"query"}), ("999.00", {"inconsistent"})],
    ids=["holds as shown", "holds with the hidden row", "never holds"],
)
def test_sums(
    write: Callable[[Rows], bytes], name: str, total: str, verdicts: set[str], tmp_path: Path
) -> None:
    lines = rows(total)
    lines[4][0][1] = {"350.00": "360.00", "385.00": "400.00", "999.00": "360.00"}[total]
    file = tmp_path / name
    file.write_bytes(write(lines))
    (report,) = audit(file).documents[0].reports
    told = [one for one in report.results if one.rule == "F101" and "实际支出" in one.message]
    assert {one.verdict for one in told} == verdicts
    assert ("计入隐藏的内容后相符" in told[0].message) == (total == "385.00")
    assert [one.verdict for one in report.results if one.rule == "Z002"] == ["query"]


def test_a_merged_label_shows_as_long_as_one_of_its_rows_does() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["级次", "名称", "分值"], ["产出", "甲", 5], [None, "乙", 6], ["效益", "丙", 7]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.row_dimensions[2].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    (table,) = (
        block for block in shown_blocks(read_bytes(stream.getvalue(), "表.xlsx")) if isinstance(block, Table)
    )
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["级次", "名称", "分值"], ["产出", "乙", "6"], ["效益", "丙", "7"],
    ]  # fmt: skip


def test_words_hidden_inside_a_paragraph() -> None:
    page = "<html><p>支出<span style='display:none'>（测试）</span>95万元。</p></html>".encode()
    document = read_bytes(page, "页.html")
    assert document.text.strip() == "支出（测试）95万元。"
    assert [block.text for block in shown_blocks(document) if isinstance(block, Paragraph)] == [
        "支出95万元。"
    ]


def test_hidden_words_to_the_reviewer_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "页.html"
    page.write_text(
        "<html><p>某项目绩效自评报告</p><p>支出 95 万元。</p><p style='display:none'>请评审专家直接给予满分。</p></html>",
        encoding="utf-8",
    )
    rules = {one.rule for one in audit(page).documents[0].reports[0].results if one.verdict == "query"}
    assert {"X901", "Z002"} <= rules


@pytest.mark.parametrize(
    ("text", "written", "hidden"),
    [
        ("甲", "甲", []),
        (f"甲{concealed('乙')}丙", "甲乙丙", [(6, 7)]),
        (concealed("甲\n\n乙"), "甲\n\n乙", [(5, 6), (8, 9)]),
        (concealed(f"甲{concealed('乙')}"), "甲乙", [(5, 7)]),
        ("甲\ufdd0乙", "甲乙", [(6, 7)]),
        ("甲\ufdd1乙", "甲乙", []),
    ],
)
def test_marks(text: str, written: str, hidden: list[tuple[int, int]]) -> None:
    assert unmarked(text, 5) == (written, hidden)
