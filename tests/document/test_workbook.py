"""Sheets: shown and stored, hidden lines, typed totals, text among the cells."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
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
        "工作表“Sheet”第 3 行是隐藏的，已一并读入",
        "工作表“Sheet”第 3 列是隐藏的，已一并读入",
        "工作表“测算底稿”是隐藏的，已一并读入",
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
