"""What happens to a form inside a file that keeps its tables: merges undone, rows hidden, pages around it."""

from __future__ import annotations

import copy
import io
import re
from random import Random

from docx import Document as new_docx
from docx.oxml.parser import parse_xml
from openpyxl import load_workbook

from tests.formats.form import FormCell, FormGrid, Part

UNMERGED = ("unmerged, repeated", "unmerged, blank")
INSIDE = {
    "docx": (*UNMERGED, "hidden row", "footnote marks"),
    "xlsx": (*UNMERGED, "hidden sheet", "hidden row"),
    "html": (*UNMERGED, "hidden row", "footnote marks", "portal", "ragged rows"),
}
"""By format: what it may suffer. Printed formats come from a docx as it is."""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NUMBER = re.compile(r"<span>(\d[\d,]*\.\d+%?)</span>")


def choose(rng: Random, format: str, wanted: str) -> str:
    """One of them, or "" for half of the files."""
    if wanted in INSIDE.get(format, ()):
        return wanted
    return rng.choice(INSIDE[format]) if format in INSIDE and rng.random() < 0.5 else ""


def unmerged(parts: list[Part], repeated: bool) -> list[Part]:
    """Every merged cell taken apart: its text in each of its places, or only in the first."""
    return [part if isinstance(part, str) else _taken_apart(part, repeated) for part in parts]


def _taken_apart(grid: FormGrid, repeated: bool) -> FormGrid:
    cells = [
        FormCell(cell.row + down, cell.col + right, cell.text)
        for cell in grid.cells
        for down in range(cell.rowspan if repeated else 1)
        for right in range(cell.colspan if repeated else 1)
    ]
    return FormGrid(tuple(cells), grid.rows, grid.columns)


def damaged(data: bytes, format: str, kind: str, rng: Random) -> bytes:
    """The file with that done to it."""
    if not kind or kind in UNMERGED:
        return data
    if format == "html":
        return _page(data.decode(), kind, rng).encode()
    return _document(data, kind, rng) if format == "docx" else _book(data, kind, rng)


def _page(text: str, kind: str, rng: Random) -> str:
    if kind == "ragged rows":
        return re.sub(r"(?:<td>&nbsp;</td>)+</tr>", "</tr>", text)
    if kind == "portal":
        place = "您当前的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; 预决算公开"
        around = f"<table width='100%'><tr><td>{place}</td></tr><tr><td><p>来源：本站</p>"
        return text.replace("<div class='content'>", f"<div class='content'>{around}").replace(
            "</div><div id='footer'>", "</td></tr></table></div><div id='footer'>"
        )
    if kind == "hidden row":
        rows = [found for found in re.finditer(r"<tr>.*?</tr>", text) if "rowspan='1'" in found[0]]
        row = rng.choice(rows)
        return (
            text[: row.end()]
            + _other(row[0]).replace("<tr>", "<tr style='display: none'>")
            + text[row.end() :]
        )
    places = list(_NUMBER.finditer(text))
    chosen = rng.sample(places, min(2, len(places)))
    for found in sorted(chosen, key=lambda found: found.start(), reverse=True):
        text = text[: found.end(1)] + "<sup>1</sup>" + text[found.end(1) :]
    return text


def _other(row: str) -> str:
    """The same row with other figures, as an old version of it has; it covers no rows."""
    row = re.sub(r" rowspan='\d+'", "", row)
    return re.sub(r"(?<=>)\d[\d,.]*(?=%?<)", "777.77", row)


def _document(data: bytes, kind: str, rng: Random) -> bytes:
    docx = new_docx(io.BytesIO(data))
    table = rng.choice(docx.tables)
    if kind == "hidden row":
        row = rng.choice(table.rows)._tr
        hidden = copy.deepcopy(row)
        for merge in hidden.findall(".//{*}vMerge"):
            merge.set(merge.tag.replace("vMerge", "val"), "continue")
        for text in hidden.iter("{*}t"):
            text.text = "777.77" if re.match(r"\d", text.text or "") else text.text
        hidden.get_or_add_trPr().append(parse_xml(f"<w:hidden {_W}/>"))
        row.addnext(hidden)
    else:
        cells = [
            cell for row in table.rows for cell in row.cells if re.fullmatch(r"\d[\d,]*\.\d+%?", cell.text)
        ]
        if cells:
            rng.choice(cells).paragraphs[0].add_run("1").font.superscript = True
    stream = io.BytesIO()
    docx.save(stream)
    return stream.getvalue()


def _book(data: bytes, kind: str, rng: Random) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book.active
    assert sheet is not None
    if kind == "hidden sheet":
        other = book.create_sheet("底稿")
        other.sheet_state = "hidden"
        for row in sheet.iter_rows():
            other.append([777.77 if isinstance(cell.value, float) else cell.value for cell in row])
    else:
        last = sheet.max_row
        row = rng.randint(last // 2, last)
        for cell in sheet[row]:
            sheet.cell(last + 1, cell.column).value = 777.77 if isinstance(cell.value, float) else cell.value
        sheet.row_dimensions[last + 1].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
