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
_INDICATOR = compiled(r"指标(?!值|解释|说明)")
_TITLED = compiled(r"(?:第\d+页)?(?:工作表“[^”]*”)?《[^》]*》")
_CLAUSE = compiled(r"(?<!^)(?:[，、；：]|(?<!\d)[,;:])")
_LABEL = 14
_SENTENCE = 40
_SHOWN = 2
_SHOWN_WITH_WORDS = 4
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

    def with_words(self, evidence: Iterable[Evidence], most: int = _SHOWN_WITH_WORDS) -> str:
        """“年度资金总额”行：“全年预算数”1,150.00、“执行率”95.50%；…, for somebody who is to look there."""
        spots: dict[str, list[str]] = {}
        for one in evidence:
            where, what = self._spot(one)
            inside = spots.setdefault(where, [])
            words = one_line(one.quote).strip()
            said = what + (words if what and _FIGURE.match(words) else whole(words))
            named = "".join(words.split()) in "".join(where.split())
            if one.locator.table in self._tables and not named and said not in inside:
                inside.append(said)
        told, before = [], ""
        for where, inside in spots.items():
            table = found.group() if (found := _TITLED.match(where)) else ""
            told.append(
                where.removeprefix(table if table == before else "")
                + (f"：{'、'.join(inside)}" if inside else "")
            )
            before = table
        more = f"；等 {len(told)} 处" if len(told) > most else ""
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
        label, head = self._label(table, row), self._head(table, row, at.col)
        return f"{page}{sheet}{name}{label}", head

    def _label(self, table: Table, row: Row) -> str:
        """The words in the last column of indicators, or the last words before its first figure: 一级、二级 say
        less than the indicator itself."""
        named = [
            cell
            for cell in row.cells
            if _INDICATOR.search(self._head(table, row, cell.col + 1))
            and _WORDS.search(cell.text)
            and len(one_line(cell.text)) <= _SENTENCE
        ]
        if named:
            return f"{quoted(one_line(named[-1].text))}行"
        texts = [one_line(cell.text) for cell in row.cells]
        figure = next((at for at, text in enumerate(texts) if _FIGURE.match(text)), len(texts))
        words = [text for text in texts[: figure or None] if _WORDS.search(text) and len(text) <= _LABEL]
        return f"{quoted(words[-1])}行" if words else f"第{row.cells[0].row + 1}行"

    def _head(self, table: Table, row: Row, col: int | None) -> str:
        """The nearest words above in the same column that are a head: short, without a figure, and in a row of
        heads, for the words of a row with figures are the name of something else."""
        if col is None:
            return ""
        rows = [
            one
            for one in table.rows
            if one.cells
            and one.cells[0].row < row.cells[0].row
            and not any(_FIGURE.match(one_line(cell.text)) for cell in one.cells)
        ]
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
    """A sentence in quotation marks; a long one ends at the last comma that is near, or the first that is far, never
    inside a word."""
    text = one_line(sentence).strip("，、；。 ")
    if len(text) > _SENTENCE:
        ends = [mark.start() for mark in _CLAUSE.finditer(text)]
        cut = max((at for at in ends if at <= _SENTENCE), default=ends[0] if ends else len(text))
        text = f"{text[:cut]}……" if cut < len(text) else text
    return quoted(text, len(text) + 1)
