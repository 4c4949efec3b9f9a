"""Reader of text and Markdown: tab tables, pipe tables, headings, hard-wrapped paragraphs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from auditor.compiled import compiled
from auditor.document.decode import decode
from auditor.document.delimited import delimited_lines
from auditor.document.drawn import is_rule, settled
from auditor.document.fold import fold, view
from auditor.document.fragments import fragments
from auditor.document.furniture import is_furniture
from auditor.document.model import Block, Cell, Document, Paragraph, Row, Table, View

_LINE = compiled(r"[^\n\r\f]+")
_LEAST_PIPES = 2
_LEAST_PIECES = {False: 4, True: 3}
"""Pieces wide apart that make a row; fewer do inside a table."""
_PAIR = 2
_LONGEST_PIECE = 40
_LABEL = compiled(r"[\u4e00-\u9fff]{2,10}(?:[(（][\u4e00-\u9fff]{1,4}[)）])?")
_WIDE_GAPS = ("  ", "\u3000\u3000", "\u3000 ", " \u3000")
# Single Han characters apart are one word set wide: "合　计".
_PIECE = compiled(r"[\u4e00-\u9fff](?:[ \u3000]{1,4}[\u4e00-\u9fff](?!\S))+|\S+(?: \S+)*")
_HEADING = compiled(r"\s*(#{1,6})\s*")
_BULLET = compiled(r"\s*[-*+•●▪■]\s+(?=\S)")

# A line that opens something new is never the continuation of the line above it.
_OPENS = compiled(
    r"(?:第?[一二三四五六七八九十百]+[、.,:章节条]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.)](?!\d)"
    r"|[①-⑳]|目标\s*\d|附件|附表|备注|说明|注[:：]|填表|[^，。；,;]{1,12}[:：]|[|#<])"
)
_NUMBERED_TITLE = compiled(
    r"(?:[一二三四五六七八九十]+[、.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.])[^，。；;,]{1,30}"
)
_TITLE_LINE = compiled(r"[^，。；;,]{4,60}(?:报告|表|总结|摘要|结果)(?:[(（][^()（）]{0,20}[)）])?")
_BREADCRUMB = compiled(r"\S\s*>\s*\S+\s*>\s*\S")  # where a page stands on a web site: 首页 > 公开 > 预决算
_NUMBER_CUT = compiled(r"[\u4e00-\u9fff]\d[\d,]*\.?$")
_NUMBER_REST = compiled(r"\.?\d")
_FLOW = compiled(r"[,，。;；、]")
_LONGER_THAN_WRAPPED = 80
_ENDS = "。；;！!？?：:"


class _Line(NamedTuple):
    start: int
    end: int
    blank_before: int


def read_text(data: bytes, path: str) -> Document:
    """Document of a text or Markdown file. Raises `UnreadableFile`."""
    text = decode(data, path)
    folded = fold(text)
    return Document(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/markdown" if path.lower().endswith((".md", ".markdown")) else "text/plain",
        text=text,
        blocks=tuple(blocks(text, folded, wrapped=True)),
    )


def _lines(text: str, start: int = 0, end: int | None = None) -> Iterator[_Line]:
    """Lines with something on them, and how many blank lines stood before each."""
    last_end = start
    for match in _LINE.finditer(text, start, len(text) if end is None else end):
        if match.group().isspace() and "\t" not in match.group():
            continue
        gap = text.count("\n", last_end, match.start()) or text.count("\r", last_end, match.start())
        yield _Line(match.start(), match.end(), max(gap - 1, 0))
        last_end = match.end()


def blocks(
    text: str, folded: str, start: int = 0, end: int | None = None, *, wrapped: bool, tables: int = 0
) -> Iterator[Block]:
    """Paragraphs and tables of `text[start:end]`; `folded` is the whole text, folded.

    `wrapped`: a line may go on in the next one; otherwise every line is a paragraph. `tables`
    counts the tables before.
    """
    at, last = start, len(text) if end is None else end
    for span, table in fragments(text, folded, at, last):
        for block in _lined(text, folded, at, span.start, wrapped, tables):
            tables += isinstance(block, Table)
            yield block
        tables += 1
        yield replace(table, number=tables)
        at = span.end
    yield from _lined(text, folded, at, last, wrapped, tables)


def _lined(text: str, folded: str, start: int, end: int, wrapped: bool, tables: int) -> Iterator[Block]:
    """Paragraphs and tables whose cells stand on lines."""
    celled = wrapped and _one_cell_per_line(text)
    whole = wrapped and not celled and _one_cell_per_line(text, spaced=False)
    bordered = _bordered(folded[start:end])
    delimited = delimited_lines(text) if wrapped else {}
    sheet = _Sheet()
    pending: list[_Line] = []
    lines = list(_lines(text, start, end))
    heads = _heads(folded, lines)
    for line in lines:
        raw = folded[line.start : line.end]
        if is_furniture(raw):
            continue
        bounds = delimited.get(line.start) or _bounds(
            raw,
            line,
            least=_LEAST_PIECES[bool(sheet.rows)] if line.start not in heads else _PAIR,
            bordered=bordered,
        )
        cells = None if bounds is None else _cells(bounds, folded, len(sheet.rows))
        if cells is None:
            if sheet.rows:
                tables += 1
                yield sheet.table(tables)
                sheet = _Sheet()
            if pending and (
                not wrapped
                or whole
                or (celled and line.blank_before)
                or not _continues(folded, pending[-1], line)
            ):
                yield _paragraph(folded, pending)
                pending = []
            pending.append(line)
            continue
        if pending:
            yield _paragraph(folded, pending)
            pending = []
        if cells:
            width = raw.count("\t") + 1 if "\t" in raw else max(raw.count("|") - 1, len(cells))
            width = len(delimited.get(line.start, ())) or width
            sheet.drawn[len(sheet.rows)] = raw
            sheet.rows.append(Row(tuple(cells), width, len(sheet.rows), line.blank_before > 0))
        elif is_rule(raw):
            sheet.rules.append(len(sheet.rows))
    if pending:
        yield _paragraph(folded, pending)
    if sheet.rows:
        yield sheet.table(tables + 1)


@dataclass
class _Sheet:
    """The rows of a table so far, the lines they stand on, and how many stood before each rule."""

    rows: list[Row] = field(default_factory=list)
    drawn: dict[int, str] = field(default_factory=dict)
    rules: list[int] = field(default_factory=list)

    def table(self, number: int) -> Table:
        return Table(settled(self.rows, self.rules, self.drawn), number)


def _one_cell_per_line(text: str, spaced: bool = True) -> bool:
    """Whether most lines hold a few characters and a blank line follows each: a table written down
    cell by cell. There, a line without a full stop is a whole cell, not half a sentence.

    Not `spaced`: no blank lines between, but some lines so long that no program wrapped them."""
    short = blank = long = count = 0
    for line in _lines(text[:20_000]):
        count += 1
        short += line.end - line.start <= 12
        blank += line.blank_before > 0
        long += line.end - line.start > _LONGER_THAN_WRAPPED
    return count >= 30 and short * 2 > count and (blank * 2 > count if spaced else long >= 2)


def _bordered(text: str) -> bool:
    """Whether a pipe at the beginning of a line is the border of its row; where most rows begin with their first
    cell, it closes an empty one."""
    rows = [line.lstrip() for line in text.splitlines() if line.count("|") >= _LEAST_PIPES]
    return sum(row.startswith("|") for row in rows) * 2 >= len(rows)


def _heads(folded: str, lines: Sequence[_Line]) -> set[int]:
    """Where lines begin that hold a label and its value wide apart, right above the rows of a table typed with spaces:
    the head of a form is part of it."""
    heads: set[int] = set()
    below = False
    for line in reversed(lines):
        raw = folded[line.start : line.end]
        pieces = _pieces(raw)
        pair = below and len(pieces) == _PAIR and not _TITLE_LINE.fullmatch(pieces[1])
        head = pair and _LABEL.fullmatch(pieces[0]) is not None
        if head:
            heads.add(line.start)
        below = head or len(pieces) >= _LEAST_PIECES[False]
    return heads


def _bounds(raw: str, line: _Line, least: int, bordered: bool) -> list[tuple[int, int]] | None:
    """Where the cells of a table row start and end; `None` when the line is prose. `least`: pieces wide apart that
    make a row."""
    if is_rule(raw):
        return []
    if "\t" in raw.strip(" "):
        return [] if raw.isspace() else _split(raw, "\t", line.start)
    if raw.count("|") >= _LEAST_PIPES and (
        raw.lstrip().startswith("|") or raw.count(" | ") >= 2 or raw.count("|") >= 3
    ):
        inner = raw.strip()
        offset = line.start + raw.index(inner)
        left = 1 if bordered and inner.startswith("|") else 0
        right = len(inner) - (1 if inner.endswith("|") and len(inner) > 1 else 0)
        return _split(inner[left:right], "|", offset + left)
    pieces = _pieces(raw)
    if len(pieces) < least or max(map(len, pieces)) > _LONGEST_PIECE:
        return None
    return [(line.start + match.start(), line.start + match.end()) for match in _PIECE.finditer(raw)]


def _pieces(raw: str) -> list[str]:
    """The pieces of a line typed with blanks; none where none is wide apart. Where one is, a full-width blank parts the
    others too."""
    inner = raw.strip()
    wide = any(gap in inner for gap in _WIDE_GAPS)
    return _PIECE.findall(inner) if wide else []


def _cells(bounds: Sequence[tuple[int, int]], folded: str, row: int) -> list[Cell]:
    """The filled cells of a row."""
    cells = []
    for col, (start, end) in enumerate(bounds):
        text = view(folded, start, end)
        if text:
            cells.append(Cell(text, row, col))
    return cells


def _split(raw: str, separator: str, offset: int) -> list[tuple[int, int]]:
    bounds = []
    at = 0
    for piece in raw.split(separator):
        bounds.append((offset + at, offset + at + len(piece)))
        at += len(piece) + len(separator)
    return bounds


def _continues(folded: str, above: _Line, line: _Line) -> bool:
    """Whether `line` is the rest of a sentence that a hard break or a page break cut."""
    before = folded[above.start : above.end].strip()
    after = folded[line.start : line.end].strip()
    if not before or not after or before[-1] in _ENDS or before.lstrip().startswith("#"):
        return False
    if _BREADCRUMB.search(before) or _NUMBERED_TITLE.fullmatch(before) or _TITLE_LINE.fullmatch(before):
        return False
    if _OPENS.match(after) or _BULLET.match(after) or _HEADING.match(after):
        return False
    if line.blank_before:
        # Over a page break only a sentence in full flow goes on: it has had a comma or a stop.
        return len(before) >= 12 and bool(compiled(r"[,，。;；、]").search(before))
    return len(before) >= 18 or before[-1] in ",，、(" or _cuts_number(before, after)


def _cuts_number(before: str, after: str) -> bool:
    """Whether a break inside running text, where words stand behind a comma or stop, leaves half a number at the end
    of a line and half at the beginning of the next: "预算执行率9↵3.5%，结余"."""
    halves = _NUMBER_CUT.search(before) is not None and _NUMBER_REST.match(after) is not None
    return halves and _FLOW.search(before) is not None and _FLOW.search(after) is not None


def _paragraph(folded: str, lines: list[_Line]) -> Paragraph:
    first = lines[0]
    start = first.start
    level = 0
    heading = _HEADING.match(folded, start, first.end)
    if heading:
        level = len(heading.group(1))
        start = heading.end()
    bullet = _BULLET.match(folded, start, first.end)
    if bullet:
        start = bullet.end()
    text: View = view(folded, start, lines[-1].end)
    return Paragraph(text, level)


def stands_apart(before: str, after: str) -> bool:
    """Whether the break between two lines of one cell separates them: two sentences, two items, two
    values. Other breaks cut a word that did not fit."""
    before, after = before.strip(), after.strip()
    if not before or not after:
        return False
    if before[-1] in _ENDS or _OPENS.match(after) or _BULLET.match(after):
        return True
    if before[-1].isascii() and before[-1].isalnum() | (before[-1] in "%)"):
        return after[0].isdigit() or after[0] in "≥≤><=≧≦"
    return False
