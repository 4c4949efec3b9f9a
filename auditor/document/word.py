"""Reader of .docx: paragraphs and tables in page order, merged cells as such, tracked changes accepted.

Read besides the body: page headers (first), text boxes (after the paragraph they hang on), page
footers and notes (last). Nothing is fetched: linked pictures and external parts are never opened.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import BadZipFile

from docx import Document as open_docx
from docx.document import Document as Docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from lxml.etree import XMLSyntaxError, _Element

from auditor.compiled import compiled
from auditor.document import web
from auditor.document.archive import plain_office
from auditor.document.beside import beside
from auditor.document.compose import Composer, GridCell
from auditor.document.decode import decode
from auditor.document.errors import UnreadableFile
from auditor.document.hidden import UNSEEN, concealed, is_concealed
from auditor.document.model import Concern, Document
from auditor.document.raised import raised
from auditor.document.sniff import FileKind, kind
from auditor.document.word_numbering import Numbering

_MAX_COLUMNS = 400
_DEPTH = 12
"""Tables in tables in tables: nobody lays out a form deeper."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
_REMOVED = {f"{_W}del", f"{_W}moveFrom", f"{_W}rt", _FALLBACK}
"""Deletions, old versions of drawings, and pronunciation above the characters."""
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}ptab": "\t",
}
_SYMBOLS = {
    # Wingdings and Wingdings 2: the boxes that forms tick, by the low byte of the character.
    0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0xFC: "√", 0xFB: "×",
    0x52: "☑", 0x53: "☒", 0xA3: "□", 0x50: "√", 0x4F: "×", 0x2A: "□",
}  # fmt: skip
_WIDE_PICTURE = 3_600_000
"""English metric units: ten centimetres, wide enough for a form; stamps and signatures are smaller."""
_PAGE_NUMBER = compiled(r"[-—–·\s]*+(?:第\s*+)?\d*+\s*+(?:页)?[\s/／,，共]*+\d*+\s*+(?:页)?[-—–·\s]*+")
_HEADING_STYLE = compiled(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read_docx(data: bytes, path: str, media_type: str = FileKind.DOCX.value) -> Document:
    """Document of a .docx file. Raises `UnreadableFile`."""
    usual = plain_office(data, path)
    try:
        document = _Reader(open_docx(io.BytesIO(usual)), path).document(data, media_type)
        document.beside = beside(usual, path)
        return document
    except (PackageNotFoundError, BadZipFile, XMLSyntaxError, KeyError, ValueError, RecursionError) as error:
        raise UnreadableFile(path, f"Word 文件结构有误，读不出来（{type(error).__name__}）") from None


class _Reader:
    def __init__(self, docx: Docx, path: str) -> None:
        self.docx = docx
        self.path = path
        self.page = Composer()
        self.numbering = Numbering(docx)
        self.styles = {
            style.style_id: style.name or "" for style in docx.styles if style.style_id and style.name
        }
        self.hidden = self.covered = 0

    def document(self, data: bytes, media_type: str) -> Document:
        headers, footers = self._margins()
        for line in headers:
            self.page.paragraph(line)
        body = self.docx.element.body
        self._blocks(body, 0)
        notes = self._notes()
        seen = {*headers}
        for line in [*(line for line in footers if line not in seen), *notes]:
            self.page.paragraph(line)
        if self.hidden:
            self.page.remark(Concern.HIDDEN, f"文件里有 {self.hidden} 处隐藏文字，{UNSEEN}")
        if self.covered:
            told = f"有 {self.covered} 格被合并的单元格盖住，里面的文字{UNSEEN}"
            self.page.remark(Concern.HIDDEN, told)
        self._note_objects(body)
        return self.page.document(self.path, data, media_type)

    def _note_objects(self, body: _Element) -> None:
        """What may hold a form, and is no text."""
        embedded = sum(1 for _ in body.iter(f"{_W}object"))
        if embedded:
            self.page.remark(
                Concern.NOT_READ, f"文件里嵌入了 {embedded} 个对象（如 Excel 表格），里面的内容未读入"
            )
        wide = sum(
            1
            for extent in body.iter("{*}extent")
            if extent.getparent().find(".//{*}blip") is not None
            and _whole(extent.get("cx", "")) >= _WIDE_PICTURE
        )
        if self.page.empty and wide:
            self.page.remark(Concern.NOT_READ, "文件里只有图片，图片里的文字没有识别，请另存为 PDF 后再审")
        elif wide:
            self.page.remark(Concern.NOT_READ, f"文件里有 {wide} 张较大的图片，图片里的文字没有识别")

    def _blocks(self, parent: _Element, depth: int) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag == f"{_W}altChunk":
                self._chunk(child, depth)
            elif child.tag not in _REMOVED and depth < _DEPTH and not _is_toc(child):
                self._blocks(child, depth + 1)  # content controls, inserted and custom XML

    def _chunk(self, chunk: _Element, depth: int) -> None:
        """A file in another format that Word turns into text when it opens the document."""
        relation = self.docx.part.rels.get(chunk.get(_RELATION, ""))
        data = b"" if relation is None or relation.is_external else relation.target_part.blob
        try:
            self._write_chunk(data, depth)
        except UnreadableFile:
            self.page.remark(Concern.NOT_READ, "文件里插入了另一个文件，其内容未读入")

    def _write_chunk(self, data: bytes, depth: int) -> None:
        found = kind(data) if data else FileKind.FOREIGN
        if found is FileKind.HTML:
            web.write_html(data, self.path, self.page)
        elif found is FileKind.MHTML:
            web.write_mhtml(data, self.path, self.page)
        elif found is FileKind.TEXT:
            self.page.paragraph(decode(data, self.path))
        elif found is FileKind.DOCX and depth < _DEPTH:
            inner = _Reader(open_docx(io.BytesIO(plain_office(data, self.path))), self.path)
            inner.page = self.page
            inner._blocks(inner.docx.element.body, depth + 1)
        else:
            raise UnreadableFile(self.path, found.value)

    def _paragraph(self, paragraph: _Element, depth: int) -> None:
        style = self._style(paragraph)
        if style.lower().startswith("toc"):
            return
        text = self._text(paragraph)
        if text.strip():
            heading = _HEADING_STYLE.match(style)
            self.page.paragraph(text, int(heading[1]) if heading else 0)
        self._boxes(paragraph, depth)

    def _boxes(self, paragraph: _Element, depth: int) -> None:
        for box in paragraph.iter(_TEXT_BOX):
            if depth < _DEPTH and not any(up.tag == _FALLBACK for up in box.iterancestors()):
                self._blocks(box, depth + 1)

    def _text(self, paragraph: _Element) -> str:
        text = "".join(self._characters(paragraph))
        if not text and paragraph.find(f"{_W}pPr/{_W}rPr/{_W}del") is not None:
            return ""  # deleted with its number
        mark = self.numbering.mark(paragraph)
        return concealed(mark + text) if is_concealed(text) else mark + text

    def _characters(self, element: _Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                yield _ticked(child)
            elif tag == f"{_MATH}t":
                yield child.text or ""
            elif tag == f"{_MATH}den":
                yield "/"
                yield from self._characters(child)
            elif tag == f"{_W}checkBox":
                yield "☑" if _is_checked(child) else "□"
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == f"{_W}sym":
                yield _SYMBOLS.get(_whole(child.get(f"{_W}char", ""), 16) & 0xFF, "")
            elif tag in (_TEXT_BOX, f"{_W}p", f"{_W}tbl") or tag in _REMOVED:
                continue
            elif tag == f"{_W}r":
                yield self._run(child)
            elif isinstance(tag, str):
                yield from self._characters(child)

    def _run(self, run: _Element) -> str:
        text = "".join(self._characters(run))
        if _is_raised(run):
            text = raised(text)
        if not _is_on(run.find(f"{_W}rPr/{_W}vanish")):
            return text
        self.hidden += bool(text.strip())
        return concealed(text)

    def _style(self, paragraph: _Element) -> str:
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        return self.styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""

    def _table(self, table: _Element, depth: int) -> None:
        """A grid; a frame of one cell is only layout, and a table inside a cell follows its own."""
        rows = [row for row in _children(table, "tr") if not _removed_row(row)]
        if depth >= _DEPTH:
            return
        if len(rows) == 1 and len(cells := list(_children(rows[0], "tc"))) == 1:
            self._blocks(cells[0], depth + 1)
            return
        grid = _Grid()
        inner: list[_Element] = []
        for number, row in enumerate(rows):
            if _is_frame(row):
                self._close(grid, inner, depth)
                grid, inner = _Grid(), []
                for cell in _children(row, "tc"):
                    self._blocks(cell, depth + 1)
                continue
            grid.row(number, _number(row.find(f"{_W}trPr/{_W}gridBefore")))
            unseen = _is_on(row.find(f"{_W}trPr/{_W}hidden"))
            self.hidden += unseen
            for cell in _children(row, "tc"):
                properties = cell.find(f"{_W}tcPr")
                text = self._cell_text(cell)
                text = concealed(text) if unseen else text
                shown = grid.cell(text, _span(properties), _is_continued(properties))
                self.covered += bool(text) and text != shown
                inner.extend(_nested(cell))
        self._close(grid, inner, depth)

    def _close(self, grid: _Grid, inner: list[_Element], depth: int) -> None:
        """Writes the rows so far and the tables that stand in their cells."""
        self.page.grid(grid.cells())
        for nested in inner:
            self._table(nested, depth + 1)

    def _cell_text(self, cell: _Element) -> str:
        """Its paragraphs, a line each; those of nested tables are read with their own table."""
        lines = []
        for paragraph in cell.iter(f"{_W}p"):
            above = next(paragraph.iterancestors(f"{_W}tc", _TEXT_BOX, _FALLBACK), None)
            if above is cell:
                lines.append(self._text(paragraph))
                lines += [
                    self._text(one)
                    for box in paragraph.iter(_TEXT_BOX)
                    if not any(up.tag == _FALLBACK for up in box.iterancestors())
                    for one in box.iter(f"{_W}p")
                ]
        return "\n".join(line for line in lines if line.strip())

    def _margins(self) -> tuple[list[str], list[str]]:
        """Lines of page headers and footers, each once, page numbers left out."""
        headers: dict[str, None] = {}
        footers: dict[str, None] = {}
        for section in self.docx.sections:
            for lines, parts in (
                (headers, (section.first_page_header, section.header, section.even_page_header)),
                (footers, (section.first_page_footer, section.footer, section.even_page_footer)),
            ):
                for part in parts:
                    if not part.is_linked_to_previous:
                        lines.update(dict.fromkeys(self._lines(part._element)))
        return list(headers), list(footers)

    def _lines(self, element: _Element) -> Iterator[str]:
        for paragraph in element.iter(f"{_W}p"):
            line = "".join(self._characters(paragraph)).strip()
            if line and not _PAGE_NUMBER.fullmatch(line):
                yield line

    def _notes(self) -> list[str]:
        """Footnotes and endnotes, in their order."""
        lines: list[str] = []
        for relation in self.docx.part.rels.values():
            if not relation.is_external and relation.reltype.endswith(("/footnotes", "/endnotes")):
                for note in parse_xml(relation.target_part.blob):
                    if note.get(f"{_W}type") is None:
                        lines.extend(self._lines(note))
        return lines


class _Grid:
    """Cells as Word lists them, laid on the grid: a vertical merge is one cell with a row span."""

    def __init__(self) -> None:
        self._cells: list[GridCell] = []
        self._open: dict[int, int] = {}
        self._row = self._col = 0

    def row(self, number: int, skipped: int) -> None:
        self._row, self._col = number, skipped

    def cell(self, text: str, colspan: int, continued: bool) -> str:
        """The text shown in its place: where the cell above covers this one, Word shows that."""
        col, above = self._col, self._open.get(self._col)
        self._col += colspan
        if continued and above is not None:
            started = self._cells[above]
            self._cells[above] = started._replace(rowspan=self._row - started.row + 1)
            if text and text != started.text:
                self._cells.append(GridCell(self._row, col, concealed(text), 1, colspan))
            return started.text
        self._open[col] = len(self._cells)
        self._cells.append(GridCell(self._row, col, text, 1, colspan))
        return text

    def cells(self) -> list[GridCell]:
        return self._cells


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    """Direct children of that name, also those inside content controls and accepted insertions."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            if child.find(f"{_W}tcPr/{_W}cellDel") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _children(child, name)


def _nested(cell: _Element) -> Iterator[_Element]:
    """The tables right inside a cell."""
    for table in cell.iter(f"{_W}tbl"):
        if next(table.iterancestors(f"{_W}tc"), None) is cell:
            yield table


def _is_frame(row: _Element) -> bool:
    """Whether the row is only there to hold a table: nothing stands beside the cell that does."""
    cells = list(_children(row, "tc"))
    holders = [cell for cell in cells if next(_nested(cell), None) is not None]
    return bool(holders) and not any(
        (text.text or "").strip() for cell in cells if cell not in holders for text in cell.iter(f"{_W}t")
    )


def _is_raised(run: _Element) -> bool:
    place = run.find(f"{_W}rPr/{_W}vertAlign")
    return place is not None and place.get(f"{_W}val") == "superscript"


def _is_on(switch: _Element | None) -> bool:
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off")


def _ticked(text: _Element) -> str:
    """The text, its boxes as such where it is set in a font of symbols."""
    found = text.text or ""
    font = text.getparent().find(f"{_W}rPr/{_W}rFonts")
    symbols = font is not None and font.get(f"{_W}ascii", "").startswith("Wingdings")
    if not symbols and not any("\uf000" <= char <= "\uf0ff" for char in found):
        return found
    return "".join(
        _SYMBOLS.get(ord(char) & 0xFF, "")
        if "\uf000" <= char <= "\uf0ff" or (symbols and char < "\u0100")
        else char
        for char in found
    )


def _is_checked(box: _Element) -> bool:
    """Whether a box of a form field is ticked, by hand or from the start."""
    state = box.find(f"{_W}checked")
    if state is None:
        state = box.find(f"{_W}default")
    return _is_on(state)


def _whole(value: str, base: int = 10) -> int:
    try:
        return int(value, base)
    except ValueError:
        return 0


def _removed_row(row: _Element) -> bool:
    return row.find(f"{_W}trPr/{_W}del") is not None


def _span(properties: _Element | None) -> int:
    span = _number(properties.find(f"{_W}gridSpan")) if properties is not None else 1
    return min(max(span, 1), _MAX_COLUMNS)


def _number(element: _Element | None) -> int:
    value = element.get(f"{_W}val", "") if element is not None else ""
    return min(int(value), _MAX_COLUMNS) if value.isdigit() else 0


def _is_continued(properties: _Element | None) -> bool:
    merge = properties.find(f"{_W}vMerge") if properties is not None else None
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _is_toc(element: _Element) -> bool:
    gallery = element.find(f"{_W}sdtPr/{_W}docPartObj/{_W}docPartGallery")
    return gallery is not None and gallery.get(f"{_W}val") == "Table of Contents"
