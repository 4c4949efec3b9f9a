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

from auditor.document.archive import plain_office
from auditor.document.compose import Composer, GridCell
from auditor.document.deadline import deadline
from auditor.document.errors import UnreadableFile
from auditor.document.model import Concern, Document
from auditor.document.sniff import FileKind
from auditor.document.word_numbering import Numbering

_SECONDS = 60
_MAX_COLUMNS = 400
_DEPTH = 12
"""Tables in tables in tables: nobody lays out a form deeper."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT_BOX = f"{_W}txbxContent"
_REMOVED = {f"{_W}del", f"{_W}moveFrom", _FALLBACK}
_CHARACTERS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "-",
    f"{_W}ptab": "\t",
}
_SYMBOLS = {
    # Wingdings and Wingdings 2: the boxes that forms tick.
    "F0FE": "☑", "F0FD": "☒", "F0A8": "□", "F06F": "□", "F0FC": "√", "F0FB": "×",
    "F052": "☑", "F053": "☒", "F0A3": "□", "F050": "√", "F02A": "□",
}  # fmt: skip
_PAGE_NUMBER = re.compile(r"[-—–·\s]*+(?:第\s*+)?\d*+\s*+(?:页)?[\s/／,，共]*+\d*+\s*+(?:页)?[-—–·\s]*+")
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)


def read_docx(data: bytes, path: str, media_type: str = FileKind.DOCX.value) -> Document:
    """Document of a .docx file. Raises `UnreadableFile`."""
    usual = plain_office(data, path)
    try:
        with deadline(_SECONDS, path):
            return _Reader(open_docx(io.BytesIO(usual)), path).document(data, media_type)
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
        self.hidden = 0

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
            self.page.remark(Concern.HIDDEN, f"文件里有 {self.hidden} 处隐藏文字，打开时看不见，已一并读入")
        return self.page.document(self.path, data, media_type)

    def _blocks(self, parent: _Element, depth: int) -> None:
        for child in parent:
            if child.tag == f"{_W}p":
                self._paragraph(child, depth)
            elif child.tag == f"{_W}tbl":
                self._table(child, depth)
            elif child.tag not in _REMOVED and depth < _DEPTH and not _is_toc(child):
                self._blocks(child, depth + 1)  # content controls, inserted and custom XML

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
        return self.numbering.mark(paragraph) + "".join(self._characters(paragraph))

    def _characters(self, element: _Element) -> Iterator[str]:
        for child in element:
            tag = child.tag
            if tag == f"{_W}t":
                yield child.text or ""
            elif tag in _CHARACTERS:
                yield _CHARACTERS[tag]
            elif tag == f"{_W}sym":
                yield _SYMBOLS.get((child.get(f"{_W}char") or "").upper(), "")
            elif tag in (_TEXT_BOX, f"{_W}p", f"{_W}tbl") or tag in _REMOVED:
                continue
            elif tag == f"{_W}rPr":
                self.hidden += child.find(f"{_W}vanish") is not None
            elif isinstance(tag, str):
                yield from self._characters(child)

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
            grid.row(number, _number(row.find(f"{_W}trPr/{_W}gridBefore")))
            for cell in _children(row, "tc"):
                properties = cell.find(f"{_W}tcPr")
                text = self._cell_text(cell)
                shown = grid.cell(text, _span(properties), _is_continued(properties))
                self.hidden += bool(text) and not shown
                inner.extend(_nested(cell))
        self.page.grid(grid.cells())
        for nested in inner:
            self._table(nested, depth + 1)

    def _cell_text(self, cell: _Element) -> str:
        """Its paragraphs, a line each; those of nested tables are read with their own table."""
        lines = []
        for paragraph in cell.iter(f"{_W}p"):
            if next(paragraph.iterancestors(f"{_W}tc"), None) is cell and not any(
                up.tag in (_FALLBACK, _TEXT_BOX) for up in paragraph.iterancestors()
            ):
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

    def cell(self, text: str, colspan: int, continued: bool) -> bool:
        """False when the cell above covers this one: Word shows nothing of its text."""
        col, above = self._col, self._open.get(self._col)
        self._col += colspan
        if continued and above is not None:
            started = self._cells[above]
            self._cells[above] = started._replace(rowspan=self._row - started.row + 1)
            return False
        self._open[col] = len(self._cells)
        self._cells.append(GridCell(self._row, col, text, 1, colspan))
        return True

    def cells(self) -> list[GridCell]:
        return self._cells


def _children(parent: _Element, name: str) -> Iterator[_Element]:
    """Direct children of that name, also those inside content controls and accepted insertions."""
    for child in parent:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"):
            yield from _children(child, name)


def _nested(cell: _Element) -> Iterator[_Element]:
    """The tables right inside a cell."""
    for table in cell.iter(f"{_W}tbl"):
        if next(table.iterancestors(f"{_W}tc"), None) is cell:
            yield table


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
