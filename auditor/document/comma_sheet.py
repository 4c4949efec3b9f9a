"""Reader of .csv files: one sheet, as spreadsheets save it for other programs (RFC 4180)."""

from __future__ import annotations

import csv
import io

from auditor.document.compose import Composer, GridCell
from auditor.document.decode import decode
from auditor.document.delimited import MARKS
from auditor.document.errors import UnreadableFile
from auditor.document.model import Document
from auditor.document.sheet_rows import write_rows
from auditor.document.sniff import FileKind

_SAMPLE = 20_000  # characters by which the mark between the cells is told


def read_csv(data: bytes, path: str) -> Document:
    """Document of a .csv file: one sheet, whose cells may hold line breaks. Raises `UnreadableFile`."""
    text = decode(data, path)
    mark = max(("\t", *MARKS), key=text[:_SAMPLE].count)
    page = Composer()
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=mark)
    cells: list[GridCell] = []
    try:
        for number, row in enumerate(rows):
            cells += [GridCell(number, col, field.strip()) for col, field in enumerate(row) if field.strip()]
    except csv.Error:
        raise UnreadableFile(path, "CSV 文件的引号不成对或单元格太长，读不出来，请另存为 xlsx 再审") from None
    write_rows(page, cells)
    return page.document(path, data, FileKind.CSV.value)
