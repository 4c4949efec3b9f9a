"""Sheets: shown and stored, hidden lines, typed totals, text among the cells."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from auditor.document import Concern, Document, Paragraph, Table, read_bytes
from tests.formats.write import SOFFICE, converted

ROWS: list[list[object]] = [
    ["项目", "预算数", "支出数", "执行率"],
    ["合计", 300, 290, 0.96667],
    ["设备购置", 100, 95, 0.95],
    ["运行维护", 200, 195, 0.975],
]


def sheet() -> tuple[Workbook, Worksheet]:
    book = Workbook()
    active = book.active
    assert isinstance(active, Worksheet)
    for row in ROWS:
        active.append(row)
    return book, active


def read(book: Workbook) -> Document:
    return read_bytes(saved(book), "表.xlsx")


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_shown_and_stored_are_two_facts() -> None:
    book, active = sheet()
    active["D2"].number_format = "0.00%"
    (table,) = (block for block in read(book).blocks if isinstance(block, Table))
    rate = table.rows[1].cells[3]
    assert (rate.text, rate.stored) == ("96.67%", "0.96667")


def test_hidden_rows_columns_and_sheets_are_read_and_said() -> None:
    book, active = sheet()
    active.row_dimensions[3].hidden = True
    active.column_dimensions["C"].hidden = True
    other = book.create_sheet("测算底稿")
    other.append(["备用", 5])
    other.sheet_state = "hidden"
    document = read(book)
    assert [remark.told for remark in document.remarks if remark.concern is Concern.HIDDEN] == [
        "工作表“Sheet”第 3 行是隐藏的，打开时看不见，已读入，不参与核对",
        "工作表“Sheet”第 3 列是隐藏的，打开时看不见，已读入，不参与核对",
        "工作表“测算底稿”是隐藏的，打开时看不见，已读入，不参与核对",
    ]
    assert "备用\t5" in document.text
    assert document.sheets == ((0, "Sheet"), (document.text.index("备用"), "测算底稿"))


@pytest.mark.skipif(
    SOFFICE is None,
    reason="LibreOffice is not installed: formulas are NOT computed, typed totals NOT checked",
)
@pytest.mark.parametrize(("total", "typed"), [("=SUM(C3:C4)", []), (290, ["C2"])])
def test_a_total_typed_in_beside_formulas(total: object, typed: list[str]) -> None:
    book, active = sheet()
    active["B2"], active["C2"], active["D2"] = "=SUM(B3:B4)", total, "=C2/B2"
    computed = converted({"表.xlsx": saved(book)}, "xlsx")["表.xlsx"]
    document = read_bytes(computed, "表.xlsx")
    found = [
        document.quote(remark.span) for remark in document.remarks if remark.concern is Concern.TYPED_TOTAL
    ]
    assert found == ["290"] * len(typed)


def test_text_among_the_cells_is_text() -> None:
    book = Workbook()
    active = book.active
    assert isinstance(active, Worksheet)
    active.append(["某县项目支出绩效自评表"])
    for row in ROWS:
        active.append(row)
    active.append(["一、存在问题"])
    active.append(["部分设备到货较晚，影响了安装进度。"])
    active.append(["填表人：某某", "电话"])
    kinds = [type(block) for block in read(book).blocks]
    assert kinds == [Paragraph, Table, Paragraph, Paragraph, Table]


def test_text_that_begins_with_an_equals_sign() -> None:
    book, active = sheet()
    active["A1"] = "=3座"
    active["A1"].data_type = "s"
    assert read(book).text.startswith("=3座\t")


def test_merged_ranges_keep_their_span() -> None:
    book, active = sheet()
    active.merge_cells("E1:F2")
    active["E1"] = "备注"
    (table,) = (block for block in read(book).blocks if isinstance(block, Table))
    note = table.rows[0].cells[-1]
    assert (note.text, note.rowspan, note.colspan) == ("备注", 2, 2)


def changed(data: bytes, *changes: tuple[str, str, str]) -> bytes:
    """The workbook with texts of its parts replaced: (beginning of the part's name, old, new)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            for start, before, after in changes:
                if name.startswith(start):
                    part = part.replace(before.encode(), after.encode())
            new.writestr(name, part)
    return stream.getvalue()


def not_read(document: Document) -> list[str]:
    return [remark.told for remark in document.remarks if remark.concern is Concern.NOT_READ]


def test_formulas_without_a_result_are_said() -> None:
    book, active = sheet()
    active["C2"] = "=SUM(C3:C4)"
    document = read(book)
    assert "290" not in document.text
    assert not_read(document) == [
        "工作表“Sheet”有 1 格公式没有存下计算结果（C2），未读入；请用 Excel 或 WPS 打开、保存后再审"
    ]


@pytest.mark.parametrize(
    ("calculated", "result", "said"),
    [("0", '<v>290</v>', 0), ("1", "<v>290</v>", 0), ("0", "<v>0</v>", 0), ("1", "<v>0</v>", 1), ("0", "<v></v>", 1)],
)  # fmt: skip
def test_a_result_of_zero_that_nobody_calculated(calculated: str, result: str, said: int) -> None:
    """Programs that do not calculate write 0 and ask Excel to calculate when it opens the file."""
    book, active = sheet()
    active["C2"] = "=SUM(C3:C4)"
    data = changed(
        saved(book),
        ("xl/worksheets", "<v></v>", result),
        ("xl/worksheets", "<v />", result),
        ("xl/workbook.xml", 'fullCalcOnLoad="1"', f'fullCalcOnLoad="{calculated}"'),
    )
    assert len(not_read(read_bytes(data, "表.xlsx"))) == said


def test_strict_open_xml() -> None:
    book, _ = sheet()
    plain = "http://schemas.openxmlformats.org/"
    data = changed(
        saved(book),
        ("", plain + "spreadsheetml/2006/", "http://purl.oclc.org/ooxml/spreadsheetml/"),
        ("", plain + "officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    )
    assert b"purl.oclc.org" in zipfile.ZipFile(io.BytesIO(data)).read("xl/workbook.xml")
    assert read_bytes(data, "表.xlsx").text == read(book).text


def test_escaped_characters() -> None:
    book, active = sheet()
    active["A1"] = "项目@名称"
    data = changed(saved(book), ("xl/worksheets", "@", "_x000D_\n"))
    assert read_bytes(data, "表.xlsx").text.startswith("项目\n名称\t")


def test_two_forms_side_by_side() -> None:
    """The words of the left one stand again in the right one; a free column alone proves nothing."""
    book, active = sheet()
    head = ["项目", "预算数", "支出数", "执行率", "备注"]
    for row, name in enumerate(("合计", "设备购置", "运行维护"), 2):
        active.cell(row, 7, name)
        active.cell(row, 8, row)
    for col, text in enumerate(head):
        active.cell(1, 1 + col, text)
        active.cell(1, 7 + col, text)
    tables = [block for block in read(book).blocks if isinstance(block, Table)]
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [head, head]
    active.delete_rows(1)
    assert len([block for block in read(book).blocks if isinstance(block, Table)]) == 1


def test_a_text_box_is_said() -> None:
    book, active = sheet()
    chart = BarChart()
    chart.add_data(Reference(active, min_col=2, min_row=2, max_row=4))
    active.add_chart(chart, "H2")
    data = changed(
        saved(book), ("xl/drawings/drawing", "</xdr:wsDr>", "<a:t xmlns:a=\"urn:a\">单位：万元</a:t></xdr:wsDr>"), ("xl/drawings/drawing", "</wsDr>", "<a:t xmlns:a=\"urn:a\">单位：万元</a:t></wsDr>")
    )  # fmt: skip
    assert not_read(read_bytes(data, "表.xlsx")) == ["表上的文本框或图形里有文字（“单位：万元”），未读入"]
