"""Writers: the form in each file format, as bytes. Real programs' own libraries, no mocks."""

from __future__ import annotations

import csv
import html
import io
import itertools
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from docx import Document as new_docx
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment

from tests.formats.form import FormGrid, Part

SOFFICE = shutil.which("soffice")


def as_docx(parts: list[Part], ruled: bool = True) -> bytes:
    """Tables with gridSpan and vMerge; `ruled` draws their lines."""
    document = new_docx()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Noto Serif CJK SC", Pt(9)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    section = document.sections[0]
    section.left_margin = section.right_margin = Pt(40)
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(part.rows, part.columns, style="Table Grid" if ruled else "Normal Table")
        grid = [list(row.cells) for row in table.rows]
        for cell in part.cells:
            home = grid[cell.row][cell.col]
            if cell.rowspan > 1 or cell.colspan > 1:
                home = home.merge(grid[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1])
            home.text = cell.text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_xlsx(parts: list[Part]) -> bytes:
    """One sheet; numbers as numbers with the decimals they show, merged ranges as such."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for part in parts:
        if isinstance(part, str):
            sheet.cell(row, 1, part)
            row += 1
            continue
        for cell in part.cells:
            top, left = row + cell.row, cell.col + 1
            home = sheet.cell(top, left)
            number, form = _number(cell.text)
            home.value = cell.text if number is None else number
            home.number_format = form
            if number is None:
                home.data_type = "s"  # "=3座" is text
            home.alignment = Alignment(wrap_text=True)
            if cell.rowspan > 1 or cell.colspan > 1:
                sheet.merge_cells(
                    start_row=top, end_row=top + cell.rowspan - 1, start_column=left, end_column=left + cell.colspan - 1
                )  # fmt: skip
        row += part.rows
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _number(text: str) -> tuple[float | None, str]:
    """A number and the format that shows it as written; `None` for what a clerk types as text."""
    bare = text.rstrip("%").replace(",", "")
    whole, _, fraction = bare.partition(".")
    if not (whole.isdigit() and (fraction.isdigit() or not fraction)) or (len(whole) > 1 and whole[0] == "0"):
        return None, "General"
    form = ("#,##0" if "," in text else "0") + ("." + "0" * len(fraction) if fraction else "")
    if text.endswith("%"):
        return float(bare) / 100, form + "%"
    return float(bare), form


def as_csv(parts: list[Part]) -> bytes:
    """A sheet as a spreadsheet saves it for other programs: no merged cells, a byte order mark."""
    stream = io.StringIO(newline="")
    rows = csv.writer(stream)
    for part in parts:
        if isinstance(part, str):
            rows.writerow([part])
            continue
        texts = {(cell.row, cell.col): cell.text for cell in part.cells}
        for row in range(part.rows):
            rows.writerow([texts.get((row, col), "") for col in range(part.columns)])
    return stream.getvalue().encode("utf-8-sig")


def as_html(parts: list[Part]) -> bytes:
    """A page as a bureau's site prints it: a menu, the form with spans, a footer."""
    lines = [
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>公开</title><style>td{border:1px solid}</style></head><body>",
        "<div class='nav'><a href='/'>首页</a><a href='/a'>政务公开</a><a href='/b'>办事服务</a></div><div class='content'>",
    ]
    for part in parts:
        if isinstance(part, str):
            lines.append(f"<p>{html.escape(part)}</p>")
            continue
        lines.append("<table>")
        for row in range(part.rows):
            lines.append("<tr>" + "".join(_html_row(part, row)) + "</tr>")
        lines.append("</table>")
    lines.append(
        "</div><div id='footer'>版权所有 网站地图 1234567</div><script>var n = 99;</script></body></html>"
    )
    return "\n".join(lines).encode()


def _html_row(grid: FormGrid, row: int) -> list[str]:
    covered = {
        (cell.row + down, cell.col + right): cell
        for cell in grid.cells
        for down in range(cell.rowspan)
        for right in range(cell.colspan)
    }
    tags = []
    for col in range(grid.columns):
        cell = covered.get((row, col))
        if cell is None:
            tags.append("<td>&nbsp;</td>")
        elif (cell.row, cell.col) == (row, col):
            spans = f" rowspan='{cell.rowspan}' colspan='{cell.colspan}'"
            tags.append(f"<td{spans}><p><span>{html.escape(cell.text)}</span></p></td>")
    return tags


def converted(files: dict[str, bytes], target: str) -> dict[str, bytes]:
    """The files as LibreOffice converts them to `target` ("pdf", "doc", "xls"), all in one call.

    Raises `RuntimeError` where it makes nothing.
    """
    assert SOFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name, data in files.items():
            (place / name).write_bytes(data)
        out = place / "out"
        subprocess.run(
            [SOFFICE, "--headless", f"-env:UserInstallation=file://{place}/profile", "--convert-to", target,
             "--outdir", str(out), *[str(place / name) for name in files]],
            check=True, capture_output=True, timeout=300 + 10 * len(files),
        )  # fmt: skip
        made = {name: out / (Path(name).stem + "." + target.split(":")[0]) for name in files}
        if missing := [name for name, path in made.items() if not path.exists()]:
            raise RuntimeError(f"LibreOffice made nothing of {missing}")
        return {name: path.read_bytes() for name, path in made.items()}


def as_scan(pdf: bytes, angle: float = 0.4, dpi: int = 200) -> bytes:
    """A PDF of pictures: the pages rendered, turned a little, with paper noise."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    noise = np.random.default_rng(7)
    pages = []
    for page in pypdfium2.PdfDocument(pdf):
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        picture = picture.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        pixels = np.asarray(picture, dtype=np.int16) + noise.normal(0, 6, (picture.height, picture.width))
        pages.append(Image.fromarray(pixels.clip(0, 255).astype(np.uint8)))
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=80)
    return stream.getvalue()


def as_ofd(pdf: bytes) -> bytes:
    """The pages of a PDF as GB/T 33190: each word a TextObject with DeltaX, each line a PathObject."""
    import pdfplumber

    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    mm = 25.4 / 72
    contents = []
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            objects = [_ofd_word(word, mm) for word in page.extract_words(return_chars=True)]
            for edge in page.edges:
                box = [
                    edge["x0"] * mm,
                    edge["top"] * mm,
                    (edge["x1"] - edge["x0"]) * mm,
                    (edge["bottom"] - edge["top"]) * mm,
                ]
                objects.append(
                    f'<ofd:PathObject ID="9" Boundary="{box[0]:.3f} {box[1]:.3f} {box[2]:.3f} {box[3]:.3f}" LineWidth="0.2">'
                    f"<ofd:AbbreviatedData>M 0 0 L {box[2]:.3f} {box[3]:.3f}</ofd:AbbreviatedData></ofd:PathObject>"
                )
            size = f"0 0 {page.width * mm:.2f} {page.height * mm:.2f}"
            contents.append(
                f"{head}<ofd:Page {space}><ofd:Area><ofd:PhysicalBox>{size}</ofd:PhysicalBox></ofd:Area>"
                f'<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
            )
    pages = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "OFD.xml",
            f"{head}<ofd:OFD {space} Version='1.0' DocType='OFD'><ofd:DocBody><ofd:DocInfo><ofd:Author>作者</ofd:Author></ofd:DocInfo>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        packed.writestr(
            "Doc_0/Document.xml",
            f"{head}<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
            f"</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>",
        )
        for number, content in enumerate(contents):
            packed.writestr(f"Doc_0/Pages/Page_{number}/Content.xml", content)
    return stream.getvalue()


def _ofd_word(word: dict[str, Any], mm: float) -> str:
    chars = word["chars"]
    size = (word["bottom"] - word["top"]) * mm
    steps = [f"{(right['x0'] - left['x0']) * mm:.3f}" for left, right in itertools.pairwise(chars)]
    text = html.escape("".join(char["text"] for char in chars))
    return (
        f'<ofd:TextObject ID="8" Boundary="{word["x0"] * mm:.3f} {word["top"] * mm:.3f} {(word["x1"] - word["x0"]) * mm:.3f} {size:.3f}" Font="1" Size="{size:.3f}">'
        f'<ofd:TextCode X="0" Y="{size * 0.86:.3f}" DeltaX="{" ".join(steps)}">{text}</ofd:TextCode></ofd:TextObject>'
    )


def as_picture(pdf: bytes, dpi: int = 150) -> bytes:
    """The first page as a PNG, as a telephone app scans it."""
    import pypdfium2

    stream = io.BytesIO()
    pypdfium2.PdfDocument(pdf)[0].render(scale=dpi / 72).to_pil().convert("L").save(
        stream, "PNG", optimize=True
    )
    return stream.getvalue()


class _UnmarkedName(zipfile.ZipInfo):
    """A member whose name stands in the archive in GBK, without the mark of UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gb18030"), self.flag_bits


def as_zip(files: dict[str, bytes]) -> bytes:
    """An archive as Windows packs it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(_UnmarkedName(name), data)
    return stream.getvalue()
