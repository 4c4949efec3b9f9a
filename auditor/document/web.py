"""Reader of web pages: tables with their spans, running text; menus, scripts and footers dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from email import message_from_bytes
from html.parser import HTMLParser
from itertools import groupby, islice

from auditor.compiled import compiled
from auditor.document.beside import MOST_BESIDE, beside_page
from auditor.document.compose import Composer, GridCell
from auditor.document.decode import MAX_BYTES, decode
from auditor.document.furniture import is_furniture
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.model import Concern, Document
from auditor.document.raised import raised
from auditor.document.sniff import FileKind

_MAX_SPAN = 1000
_MAX_COLUMNS = 1000
_SEVERAL = 2  # line breaks
_MAX_DEPTH = 200
"""Elements inside each other; pages of real sites stay under 60."""

_SILENT = {"script", "style", "noscript", "template", "head", "iframe", "object", "svg", "canvas", "select", "button", "input"}  # fmt: skip
_HAN = compiled("[\u4e00-\u9fff]{2}")
_FURNITURE = {"nav", "footer", "aside", "menu"}
_FURNITURE_NAME = compiled(
    r"(?:^|[\s_-])(?:nav|navbar|menu|footer|foot|header|breadcrumb|crumbs?|share|sidebar|toolbar|copyright|related|pager|pagination)(?:$|[\s_-])",
    re.IGNORECASE,
)
_TITLES = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCK = {
    "p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "center", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "tbody", "thead", "tfoot", "caption", "hr", "header", "body", "html",
    "figure", "figcaption", "fieldset", "address",
}  # fmt: skip
_TABLE_PARTS = {"tr", "tbody", "thead", "tfoot", "caption", "colgroup", "col"}
_VOID = {
    "br",
    "hr",
    "img",
    "input",
    "meta",
    "link",
    "col",
    "wbr",
    "area",
    "base",
    "embed",
    "source",
    "track",
    "param",
}
_CLOSED_BY = {
    "p": {"p"}, "li": {"li"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"},
    "tbody": {"tr", "td", "th", "thead", "tbody"}, "thead": {"tr", "td", "th"}, "option": {"option"},
}  # fmt: skip
_CHARSETS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "utf-16": "utf-16",
    "utf-16le": "utf-16-le", "utf-16be": "utf-16-be", "iso-8859-1": "cp1252", "windows-1252": "cp1252",
    "us-ascii": "ascii",
}  # fmt: skip
"""What a page may declare. Python knows others, some of which are no encodings of text."""
_CHARSET = compiled(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HIDDEN_STYLE = compiled(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)", re.IGNORECASE
)


@dataclass
class _Node:
    """An element; text stands in `children` as plain strings."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)
    # What it holds, counted once the tree is complete: characters, tables, titles, links and their characters.
    chars: int = 0
    tables: int = 0
    titles: int = 0
    links: int = 0
    link_chars: int = 0


_TableRow = tuple[list[_Node], bool]
"""The cells of a row, and whether it is hidden."""


def read_html(data: bytes, path: str) -> Document:
    """Document of a web page. Raises `UnreadableFile`."""
    page = Composer()
    words = write_html(data, path, page)
    document = page.document(path, data, FileKind.HTML.value)
    document.beside = words
    return document


def read_mhtml(data: bytes, path: str) -> Document:
    """Document of a page that a browser, Word or Excel saved in one file. Raises `UnreadableFile`."""
    page = Composer()
    words = write_mhtml(data, path, page)
    document = page.document(path, data, FileKind.MHTML.value)
    document.beside = words
    return document


def write_mhtml(data: bytes, path: str, page: Composer) -> tuple[str, ...]:
    """Writes the pages among the parts of a MIME message and gives the words beside them. Raises `UnreadableFile`."""
    words: list[str] = []
    for part in message_from_bytes(data).walk():
        content = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(content, bytes) and content.strip():
            words += write_html(content, path, page, part.get_content_charset())
    return tuple(words)


def write_html(data: bytes, path: str, page: Composer, encoding: str | None = None) -> tuple[str, ...]:
    """Writes a web page into `page` and gives the words beside it; `encoding` is what its envelope says.

    Raises `UnreadableFile`."""
    text = _decoded(data, path, encoding)
    tree = _Tree()
    tree.feed(text)
    tree.close()
    _count(tree.root)
    writer = _Writer(page)
    writer.write(tree.root)
    if writer.hidden:
        page.remark(Concern.HIDDEN, f"网页里有 {writer.hidden} 处隐藏文字，{UNSEEN}")
    if writer.hidden_cells:
        told = f"网页的表格里有 {writer.hidden_cells} 处隐藏的行或格，{UNSEEN}"
        page.remark(Concern.HIDDEN, told)
    return (*beside_page(text), *islice(_left_words(tree.root), MOST_BESIDE))


def _decoded(data: bytes, path: str, encoding: str | None) -> str:
    """By the encoding that the page or its envelope declares if the bytes agree with it, else as text
    files are."""
    declared = _CHARSET.search(data[:4096])
    name = (declared[1].decode("ascii", "replace") if declared else encoding or "").lower()
    if name in _CHARSETS and len(data) <= MAX_BYTES:
        try:
            return data.decode(_CHARSETS[name])
        except UnicodeDecodeError:
            pass
    return decode(data, path)


class _Tree(HTMLParser):
    """The element tree, as browsers build it where tags are left open. Entities are text, nothing is fetched."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("html")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        closes = _CLOSED_BY.get(tag, set())
        while len(self._open) > 1 and self._open[-1].tag in closes:
            self._open.pop()
        if tag in ("tr", "td", "th", "tbody", "table") and self._open[-1].tag == "p":
            self._open.pop()
        node = _Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(node)
        if tag not in _VOID and len(self._open) < _MAX_DEPTH:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].children.append(_Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return
            if self._open[depth].tag == "table":  # a stray end tag never closes the table around it
                return

    def handle_comment(self, data: str) -> None:
        """What somebody wrote there to be read by machines; conditions for a browser are none."""
        if _HAN.search(data) and not data.lstrip().startswith("["):
            self._open[-1].children.append(_Node("span", {"hidden": ""}, [data]))

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


class _Writer:
    """Walks the tree in page order."""

    def __init__(self, page: Composer) -> None:
        self.page = page
        self.hidden = 0
        self.hidden_cells = 0
        self._line: list[str] = []

    def write(self, root: _Node) -> None:
        self._walk(root)
        self._end_line()

    def _walk(self, node: _Node, unseen: bool = False) -> None:
        """`unseen`: an element around it is hidden."""
        for child in node.children:
            if isinstance(child, str):
                self._line.append(_words(child, node, unseen))
            elif child.tag == "br":
                self._end_line()
            elif _left_out(child):
                continue
            elif child.tag == "table":
                self._end_line()
                self._table(child, unseen or self._note_hidden(child))
            elif child.tag in _BLOCK:
                self._end_line()
                self._walk(child, unseen or self._note_hidden(child))
                self._end_line(int(child.tag[1]) if child.tag in _TITLES else 0)
            else:
                self._walk(child, unseen or self._note_hidden(child))

    def _note_hidden(self, node: _Node) -> bool:
        hidden = _is_hidden(node)
        self.hidden += hidden and bool(_text(node).strip())
        return hidden

    def _end_line(self, level: int = 0) -> None:
        line = "".join(self._line).replace("\xa0", " ").strip()
        self._line = []
        if line and not is_furniture(line):
            self.page.paragraph(line, level)

    def _table(self, table: _Node, unseen: bool) -> None:
        """A grid; a table that only holds other tables, one cell, one column of running text or a text with its title is
        layout."""
        for stray in table.children:  # text between the rows stands before the table
            if isinstance(stray, str) or stray.tag not in _TABLE_PARTS:
                self._walk(_Node("table", children=[stray]), unseen)
        self._end_line()
        rows = [(list(_cells(row)), _is_hidden(row)) for row in _rows(table)]
        cells = [cell for row, _ in rows for cell in row]
        if any(cell.tables or _is_text(cell) for cell in cells):
            self._frame(rows, unseen)
            return
        if len(cells) <= 1 or _is_column(rows):
            self._laid_out(rows, unseen)
            return
        for caption in (
            child for child in table.children if isinstance(child, _Node) and child.tag == "caption"
        ):
            self.page.paragraph(_text(caption, unseen))
        self._cells_of(rows, unseen)

    def _laid_out(self, rows: Sequence[_TableRow], unseen: bool) -> None:
        """Cells that only say where things stand on the page."""
        for row, hidden in rows:
            for cell in row:
                self._walk(cell, unseen or hidden or _is_hidden(cell))
                self._end_line()

    def _frame(self, rows: Sequence[_TableRow], unseen: bool) -> None:
        """A table around other tables or whole texts: its rows of short cells are a grid still, the others are layout."""
        for is_grid, run in groupby(rows, key=lambda row: _is_fields(row[0])):
            (self._cells_of if is_grid else self._laid_out)(list(run), unseen)

    def _cells_of(self, rows: Sequence[_TableRow], unseen: bool) -> None:
        self.page.grid(_grid(rows, unseen))
        for row, row_hidden in rows:
            self.hidden_cells += row_hidden and bool("".join(map(_text, row)).strip())
            for cell in () if row_hidden else row:
                self._note_hidden_in(cell)

    def _note_hidden_in(self, cell: _Node) -> None:
        if _is_hidden(cell):
            text = _cell_text(cell, True)
            self.hidden_cells += bool(text)
            self.page.paragraph(text)  # it has no place in the grid
            return
        for child in cell.children:
            if isinstance(child, _Node) and not self._note_hidden(child):
                self._note_hidden_in(child)


def _left_out(node: _Node) -> bool:
    if node.tag in _SILENT or node.tag in _FURNITURE:
        return True
    name = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    if _FURNITURE_NAME.search(name) and not node.tables:
        return True
    return node.tag in ("ul", "ol", "div", "p", "td") and _is_menu(node)


def _left_words(node: _Node, left: bool = False) -> Iterator[str]:
    """What stands in elements that are no part of the page's text."""
    for child in node.children:
        if not isinstance(child, str):
            yield from _left_words(child, left or _left_out(child))
        elif left and child.strip() and not child.isascii():
            yield child.strip()


def _is_menu(node: _Node) -> bool:
    """Three or more links and hardly any text beside them."""
    return not node.tables and node.links >= 3 and node.link_chars * 5 > node.chars * 4


def _count(node: _Node) -> None:
    """Fills the counts of `node` and of everything in it."""
    for child in node.children:
        if isinstance(child, str):
            node.chars += len("".join(child.split()))
            continue
        _count(child)
        if child.tag in _SILENT:
            continue
        node.chars += child.chars
        node.tables += child.tables + (child.tag == "table")
        node.titles += child.titles + (child.tag in _TITLES)
        node.links += child.links + (child.tag == "a")
        node.link_chars += child.chars if child.tag == "a" else child.link_chars


def _is_hidden(node: _Node) -> bool:
    return "hidden" in node.attributes or bool(_HIDDEN_STYLE.search(node.attributes.get("style", "")))


def _rows(table: _Node) -> Iterator[_Node]:
    for child in table.children:
        if isinstance(child, _Node):
            if child.tag == "tr":
                yield child
            elif child.tag in ("tbody", "thead", "tfoot"):
                yield from _rows(child)


def _cells(row: _Node) -> Iterator[_Node]:
    return (cell for cell in row.children if isinstance(cell, _Node) and cell.tag in ("td", "th"))


def _grid(rows: Sequence[_TableRow], unseen: bool) -> Iterator[GridCell]:
    """Cells at their grid positions: rowspan and colspan push later cells to the right. A hidden row,
    with which each of them comes marked, and a hidden cell take no place in the grid."""
    free_from = [0] * _MAX_COLUMNS  # by column: the first shown row that no cell above reaches into
    places = [number for number, (_, hidden) in enumerate(rows) if not hidden]
    for number, row in enumerate(places):
        col = 0
        for cell in rows[row][0]:
            if _is_hidden(cell):
                continue
            while col < _MAX_COLUMNS and free_from[col] > number:
                col += 1
            if col == _MAX_COLUMNS:
                break
            down = min(_span(cell, "rowspan"), len(places) - number)
            right = min(_span(cell, "colspan"), _MAX_COLUMNS - col)
            free_from[col : col + right] = [number + down] * right
            yield GridCell(row, col, _cell_text(cell, unseen), places[number + down - 1] - row + 1, right)
            col += right
    for number, (cells, hidden) in enumerate(rows):
        for col, cell in enumerate(cells[:_MAX_COLUMNS] if hidden else ()):
            yield GridCell(number, col, _cell_text(cell, True))


def _is_fields(row: Sequence[_Node]) -> bool:
    """Whether a row holds cells side by side and no text of several paragraphs: labels and their values."""
    return len(row) > 1 and not any(
        cell.tables or cell.links or _cell_text(cell).count("\n") >= _SEVERAL for cell in row
    )


def _is_text(cell: _Node) -> bool:
    """Whether a cell holds a text of several paragraphs under a title: no cell of a form has one."""
    return cell.titles > 0 and _cell_text(cell).count("\n") >= _SEVERAL


def _is_column(rows: Sequence[_TableRow]) -> bool:
    """Whether each row holds one cell, and one of them a text of several paragraphs: the frame of a page."""
    return all(len(row) <= 1 for row, _ in rows) and any(
        _cell_text(cell).count("\n") >= _SEVERAL for row, _ in rows for cell in row
    )


def _span(cell: _Node, name: str) -> int:
    value = cell.attributes.get(name, "").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 7 else 1


def _cell_text(cell: _Node, unseen: bool = False) -> str:
    lines = (" ".join(line.split()) for line in _text(cell, unseen).replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)


def _filled_in(node: _Node) -> str:
    """What a form field shows: its value, its tick, its choice."""
    if node.tag == "select":
        options = [child for child in node.children if isinstance(child, _Node) and child.tag == "option"]
        chosen = [option for option in options if "selected" in option.attributes] or options
        return _text(chosen[0]) if chosen else ""
    kind = node.attributes.get("type", "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in node.attributes else "□"
    return node.attributes.get("value", "") if kind in ("text", "number", "tel", "date", "month", "") else ""


def _words(text: str, node: _Node, unseen: bool) -> str:
    """A piece of text as the page shows it right under `node`."""
    text = text if node.tag == "pre" else compiled(r"\s+").sub(" ", text)
    text = raised(text) if node.tag == "sup" else text
    return concealed(text) if unseen else text


def _text(node: _Node, unseen: bool = False) -> str:
    """The text under `node`, a line per block; what is hidden in it is marked as such."""
    if node.tag in ("input", "select"):
        return concealed(_filled_in(node)) if unseen else _filled_in(node)
    if node.tag in _SILENT:
        return ""
    parts = []
    for child in node.children:
        if isinstance(child, str):
            parts.append(_words(child, node, unseen))
        elif child.tag == "br":
            parts.append("\n")
        else:
            text = _text(child, unseen or _is_hidden(child))
            parts += ["\n", text, "\n"] if child.tag in _BLOCK else [text]
    return "".join(parts)
