"""Reader of .xlsx (and of .et saved as such): every sheet, cells as shown and as stored."""

from __future__ import annotations

import datetime as dt
import html
import io
import zipfile
from collections.abc import Iterator
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from auditor.compiled import compiled
from auditor.document import archive
from auditor.document.beside import beside
from auditor.document.compose import Composer, GridCell
from auditor.document.errors import UnreadableFile
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.model import Concern, Document, Span
from auditor.document.number_format import shown, shown_date, stored
from auditor.document.raised import raised
from auditor.document.sheet_rows import marked, remark_hidden, write_rows
from auditor.document.sniff import FileKind
from auditor.document.tolerant_cells import tolerant

_MAX_XML = 40 * 1024 * 1024
"""Bytes of all sheets, unpacked; openpyxl keeps every cell in memory."""
_MAX_MERGED = 1_000_000
"""Cells in merged ranges: openpyxl makes one object for each."""
_MERGE = compiled(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_FORMULA = compiled(rb"<(?:\w+:)?f[ >/]")
_CONSTANT = compiled(r"=\d[\d,]*(?:\.\d+)?[%‰\u4e00-\u9fff]{0,12}")
_SUM = compiled(r"(?i)=\+?\s*SUM\(\$?[A-Z]{1,3}\$?(\d{1,7}):\$?[A-Z]{1,3}\$?(\d{1,7})\)")
_LONGEST_SUM = 10_000
_ESCAPED = compiled(r"_x([0-9A-Fa-f]{4})_")
"""A character that XML has no room for, most often the carriage return of a line break."""
_STALE = compiled(rb"fullCalcOnLoad=\"(?:1|true)\"")
"""A program that does not calculate leaves this mark, and 0 or nothing as every result."""
_DRAWN_TEXT = compiled(r"<a:t(?: [^<>]{0,300})?>([^<]*)</a:t>")


def read_xlsx(data: bytes, path: str) -> Document:
    """Document of an .xlsx workbook. Raises `UnreadableFile`."""
    usual = archive.plain_office(data, path)
    with archive.office_container(usual, path) as opened:
        formulas = _check(opened, path)
        drawn = _drawn(opened, path)
        pictured = any(name.startswith("xl/media/") for name in opened.namelist())
        stale = formulas and _STALE.search(archive.part(opened, "xl/workbook.xml", path)) is not None
    try:
        page = _read(usual, formulas, stale)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        SyntaxError,  # lxml: of XML that ends early
    ) as error:
        raise UnreadableFile(path, f"Excel 文件结构有误，读不出来（{type(error).__name__}）") from None
    if drawn:
        start = drawn[:20] + ("……" if len(drawn) > 20 else "")
        page.remark(Concern.NOT_READ, f"表上的文本框或图形里有文字（“{start}”），未读入")
    if page.empty and pictured:
        page.remark(Concern.NOT_READ, "工作表里只有图片，图片里的文字没有识别，请另存为 PDF 后再审")
    document = page.document(path, data, FileKind.XLSX.value)
    document.beside = beside(usual, path)
    return document


def _drawn(opened: zipfile.ZipFile, path: str) -> str:
    """The text of boxes and shapes that lie over the cells."""
    texts = (
        "".join(_DRAWN_TEXT.findall(archive.part(opened, name, path).decode("utf-8", "replace"))).strip()
        for name in opened.namelist()
        if name.startswith("xl/drawings/drawing")
    )
    return html.unescape("".join(texts))


def _check(opened: zipfile.ZipFile, path: str) -> bool:
    """Whether there are formulas. Raises `UnreadableFile` for sheets made to exhaust memory."""
    total = merged = 0
    formulas = False
    for info in opened.infolist():
        if not info.filename.startswith("xl/worksheets/"):
            continue
        total += info.file_size
        if total > _MAX_XML:
            raise UnreadableFile(path, "工作表太大，不像一份自评报告，未读取")
        xml = archive.part(opened, info.filename, path)
        formulas = formulas or _FORMULA.search(xml) is not None
        for left, top, right, bottom in _MERGE.findall(xml):
            merged += (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)
            if merged > _MAX_MERGED:
                raise UnreadableFile(path, "合并单元格的范围异常大，未读取")
    return formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read(data: bytes, formulas: bool, stale: bool) -> Composer:
    with tolerant():
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, rich_text=True)
        written = load_workbook(io.BytesIO(data), keep_links=False) if formulas else None
    page = Composer()
    for sheet in book.worksheets:
        page.sheet(sheet.title)
        if sheet.sheet_state != "visible" and sheet._cells:
            page.remark(Concern.HIDDEN, f"工作表“{sheet.title}”是隐藏的，{UNSEEN}")
        if written is not None:
            _not_calculated(page, sheet, written[sheet.title], stale)
        rows = {number - 1 for number, line in sheet.row_dimensions.items() if line.hidden}
        columns = _hidden_columns(sheet)
        cells = list(marked(_cells(sheet), rows, columns))
        if sheet.sheet_state != "visible":
            cells = [cell._replace(text=concealed(cell.text)) for cell in cells]
        places = write_rows(page, cells)
        remark_hidden(page, sheet.title, rows, columns, places)
        if written is not None:
            _typed_totals(page, sheet, written[sheet.title], places)
    return page


def _not_calculated(page: Composer, sheet: Worksheet, written: Worksheet, stale: bool) -> None:
    """Formulas without a result are said; a result that no program calculated is taken out."""
    missing = []
    for place, cell in sorted(written._cells.items()):
        if cell.data_type != "f":
            continue
        result = sheet._cells.get(place)
        empty = result is None or (
            result.value is None and result.data_type != "str"
        )  # "str": ="" is a result
        if not empty and not (stale and result.value == 0):
            continue
        if _CONSTANT.fullmatch(str(cell.value)):
            sheet.cell(*place).value = str(cell.value)  # "=100%" typed as a target calculates nothing
            continue
        missing.append(cell.coordinate)
        if result is not None:
            result.value = None
    if missing:
        places = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        told = (
            f"工作表“{sheet.title}”有 {len(missing)} 格公式没有存下计算结果（{places}），未读入；"
            "请用 Excel 或 WPS 打开、保存后再审"
        )
        page.remark(Concern.NOT_READ, told)


def _cells(sheet: Worksheet) -> Iterator[GridCell]:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    for (row, col), cell in sorted(sheet._cells.items()):
        text, kept = _text(cell)
        if text:
            area = spans.get((row, col))
            rows = area.max_row - row + 1 if area else 1
            cols = area.max_col - col + 1 if area else 1
            yield GridCell(row - 1, col - 1, text, rows, cols, kept)


def _text(cell: Any) -> tuple[str, str | None]:
    """What the cell shows, and the number behind it where there is one."""
    value, form = cell.value, cell.number_format or "General"
    if value is None or isinstance(value, bool):
        return ("" if value is None else "是" if value else "否"), None
    if isinstance(value, int | float):
        return shown(value, form), str(stored(value))
    if isinstance(value, CellRichText):
        value = "".join(map(_rich, value))
    if isinstance(value, dt.date | dt.datetime | dt.time):
        return shown_date(value, form), None
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value)), None


def _rich(piece: TextBlock | str) -> str:
    if isinstance(piece, str):
        return piece
    return raised(piece.text) if piece.font.vertAlign == "superscript" else piece.text


def _hidden_columns(sheet: Worksheet) -> set[int]:
    return {
        number - 1
        for line in sheet.column_dimensions.values()
        if line.hidden
        for number in range(line.min or 1, min(line.max or 1, 16384) + 1)
    }


def _typed_totals(
    page: Composer, sheet: Worksheet, written: Worksheet, places: dict[tuple[int, int], Span]
) -> None:
    """A total typed in by hand beside totals that are sums by formula over the same rows."""
    sums: dict[int, list[range]] = {}
    for (row, _), cell in written._cells.items():
        if isinstance(cell.value, str) and (formula := _SUM.fullmatch(cell.value)):
            sums.setdefault(row, []).append(range(int(formula[1]), int(formula[2]) + 1))
    for row, summed in sums.items():
        if len(set(summed)) > 1 or len(summed[0]) > _LONGEST_SUM:
            continue
        for col in sorted({col for line, col in written._cells if line == row}):
            parts = [written._cells.get((line, col)) for line in summed[0]]
            numbers = sum(part is not None and _is_number(part.value) for part in parts)
            span = places.get((row - 1, col - 1))
            if numbers >= 2 and span is not None and _is_number(written._cells[row, col].value):
                told = f"工作表“{sheet.title}”第 {row} 行其他列是公式求和，这一格的合计是手工填的"
                page.remark(Concern.TYPED_TOTAL, told, span)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
