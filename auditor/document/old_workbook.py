"""Reader of .xls and of the .et files that WPS writes in the same format (BIFF)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator

import xlrd
from xlrd.sheet import Cell as XlsCell
from xlrd.sheet import Sheet

from auditor.document.compose import Composer, GridCell
from auditor.document.errors import UnreadableFile
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.model import Concern, Document
from auditor.document.number_format import shown, shown_date, stored
from auditor.document.sheet_rows import marked, remark_hidden, write_rows
from auditor.document.sniff import FileKind


def read_xls(data: bytes, path: str) -> Document:
    """Document of an .xls or .et workbook. Raises `UnreadableFile`."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return _Reader(book).document(data, path)
    except xlrd.XLRDError as error:
        reason = "文件有密码，请解密后再审" if "ncrypted" in str(error) else "Excel 文件结构有误，读不出来"
        raise UnreadableFile(path, reason) from None
    except (UnreadableFile, MemoryError):
        raise
    except Exception:  # xlrd trusts the file: any record may lead it astray
        raise UnreadableFile(path, "Excel 文件不完整或已损坏，读不出来") from None


class _Reader:
    def __init__(self, book: xlrd.Book) -> None:
        self.book = book
        self.page = Composer()

    def document(self, data: bytes, path: str) -> Document:
        for sheet in self.book.sheets():
            self.page.sheet(sheet.name)
            rows = {number for number, line in sheet.rowinfo_map.items() if line.hidden}
            columns = {number for number, line in sheet.colinfo_map.items() if line.hidden}
            cells = list(marked(self._cells(sheet), rows, columns))
            if sheet.visibility:
                cells = [cell._replace(text=concealed(cell.text)) for cell in cells]
            places = write_rows(self.page, cells)
            if sheet.visibility and places:
                self.page.remark(Concern.HIDDEN, f"工作表“{sheet.name}”是隐藏的，{UNSEEN}")
            remark_hidden(self.page, sheet.name, rows, columns, places)
        return self.page.document(path, data, FileKind.XLS.value)

    def _cells(self, sheet: Sheet) -> Iterator[GridCell]:
        spans = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
        for row in range(sheet.nrows):
            for col in range(sheet.row_len(row)):
                text, kept = self._text(sheet.cell(row, col))
                if text:
                    bottom, right = spans.get((row, col), (row + 1, col + 1))
                    yield GridCell(row, col, text, bottom - row, right - col, kept)

    def _text(self, cell: XlsCell) -> tuple[str, str | None]:
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            return shown(cell.value, self._form(cell)), str(stored(cell.value))
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                date = xlrd.xldate_as_datetime(cell.value, self.book.datemode)
            except (xlrd.xldate.XLDateError, OverflowError):
                return str(cell.value), None
            return shown_date(
                date if cell.value >= 1 else dt.time(date.hour, date.minute), self._form(cell)
            ), None
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return "是" if cell.value else "否", None
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value, ""), None
        return str(cell.value), None

    def _form(self, cell: XlsCell) -> str:
        if cell.xf_index is None:
            return "General"
        return str(self.book.format_map[self.book.xf_list[cell.xf_index].format_key].format_str)
