"""Places as a person finds them: the table by its title, the row by its label, the column by its head."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from auditor.compiled import compiled
from auditor.document import Document
from auditor.document.model import Paragraph, Row, Table
from auditor.memo.escape import one_line, quoted
from auditor.memo.model import Evidence

_WORDS = compiled(r"[一-鿿]")
_FIGURE = compiled(r"[≥≤><=＝±-]?\s*\d")
_LABEL = 14
_SENTENCE = 40
_SHOWN = 2
_ENDS = "。；！？\n"


class Places:
    """Of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document

    @cached_property
    def _tables(self) -> dict[int, tuple[Table, str]]:
        """By number, each with its title: the words that stand above it."""
        found, above = {}, ""
        for block in self._document.blocks:
            if isinstance(block, Table):
                found[block.number] = (block, above if len(above) <= _SENTENCE else "")
                above = ""
            elif block.text.strip():
                above = one_line(block.text)
        return found

    def told(self, evidence: Iterable[Evidence], most: int = _SHOWN) -> str:
        """第2页“年度资金总额”行的“全年预算数”“执行率”；…; at most so many places."""
        spots: dict[str, list[str]] = {}
        for one in evidence:
            where, what = self._spot(one)
            inside = spots.setdefault(where, [])
            if what and what not in inside:
                inside.append(what)
        told = [where + (f"的{''.join(inside)}" if inside else "") for where, inside in spots.items()]
        more = f"等 {len(told)} 处" if len(told) > most else ""
        return "；".join(told[:most]) + more

    def _spot(self, one: Evidence) -> tuple[str, str]:
        at = one.locator
        page = f"第{at.page}页" if at.page is not None else ""
        sheet = f"工作表{quoted(at.sheet)}" if at.sheet is not None else ""
        if at.table is None or at.table not in self._tables:
            return f"{page}{sheet}{self._sentence(one)}", ""
        table, title = self._tables[at.table]
        row = next((row for row in table.rows if row.cells and row.cells[0].row + 1 == at.row), None)
        name = f"《{title}》" if 0 < len(title) <= _LABEL and len(self._tables) > 1 else ""
        if row is None:
            return f"{page}{sheet}{name or f'第{at.table}个表'}", ""
        label, head = self._label(row), self._head(table, row, at.col)
        return f"{page}{sheet}{name}{label}", head

    def _label(self, row: Row) -> str:
        """The last words before its first figure: 一级、二级 say less than the indicator itself."""
        texts = [one_line(cell.text) for cell in row.cells]
        figure = next((at for at, text in enumerate(texts) if _FIGURE.match(text)), len(texts))
        words = [text for text in texts[: figure or None] if _WORDS.search(text) and len(text) <= _LABEL]
        return f"{quoted(words[-1])}行" if words else f"第{row.cells[0].row + 1}行"

    def _head(self, table: Table, row: Row, col: int | None) -> str:
        """The nearest words above in the same column that are a head: short and without a figure."""
        if col is None:
            return ""
        rows = [one for one in table.rows if one.cells and one.cells[0].row < row.cells[0].row]
        for above in reversed(rows):
            for cell in above.cells:
                text = one_line(cell.text)
                if cell.col + 1 == col and _WORDS.search(text) and not re.search(r"\d", text):
                    if len(text) <= _LABEL:
                        return quoted(text)
                    return ""
        return ""

    def _sentence(self, one: Evidence) -> str:
        """The sentence in which the words stand."""
        for block in self._document.blocks:
            if isinstance(block, Paragraph) and block.span.start <= one.start < block.span.end:
                text = self._document.text[block.span.start : block.span.end]
                at = one.start - block.span.start
                start = max((text.rfind(end, 0, at) for end in _ENDS), default=-1) + 1
                stop = min((found for end in _ENDS if (found := text.find(end, at)) >= 0), default=len(text))
                return f"正文{whole(text[start:stop])}"
        return f"正文{whole(one.quote)}"


def whole(sentence: str) -> str:
    """A sentence in quotation marks; a long one ends at a comma, never inside a word."""
    text = one_line(sentence).strip("，、；。 ")
    if len(text) > _SENTENCE:
        cut = max(text.rfind(mark, 0, _SENTENCE) for mark in "，、：；）")
        text = f"{text[: cut if cut > 0 else _SENTENCE].rstrip('，、：；')}……"
    return quoted(text, len(text) + 1)
