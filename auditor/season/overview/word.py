"""The paper in Word: the sentences first, then a table for each chapter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from auditor.memo.word import Column, Letter, fill, look, open_template
from auditor.memo.word import Paper as Word
from auditor.memo.word.xml import Element
from auditor.season.overview.chapters import Overview
from auditor.season.overview.model import Cell, Chapter, Link

_WIDTH = 255.0
_MOST = 500
"""Rows of a table: nobody reads more on paper, the workbook has all."""


def write(
    paper: Overview, template: Path | None, say: Callable[[str], None], memos: Mapping[int, str]
) -> bytes:
    """A file of its own; `memos` has no links here, the numbers of the reports stand in the lists.

    Raises `BadTemplate`.
    """
    document = open_template(template)
    words = {
        "标题": paper.title, "主送": "", "文种": "审核汇总", "项目": "", "单位": "", "年度": "", "自评分": "", "核算分": "",
    }  # fmt: skip
    word = Word(document)
    body = [word.paragraph(look.BODY, sentence) for sentence in paper.summary]
    letter = Letter(words, body, list(_chapters(word, paper)), landscape=True)
    return fill(document, [letter], say)


def _chapters(word: Word, paper: Overview) -> Iterator[Element]:
    for chapter in paper.chapters:
        yield word.paragraph(look.ANNEX, chapter.title)
        for line in chapter.lines:
            yield word.paragraph(look.NOTE, line)
        if chapter.chart is not None:
            yield word.chart(chapter.chart.bars, chapter.chart.names, chapter.chart.title)
        rows = [tuple(map(_text, row)) for row in chapter.rows[:_MOST]]
        yield word.table(_columns(chapter), rows, size="small")
        left_out = len(chapter.rows) - _MOST
        if left_out > 0:
            yield word.paragraph(look.NOTE, f"另有 {left_out} 行，见工作簿。")
        if chapter.note:
            yield word.paragraph(look.NOTE, chapter.note)


def _columns(chapter: Chapter) -> list[Column]:
    whole = sum(head.width for head in chapter.heads)
    return [
        Column(head.words, _WIDTH * head.width / whole, "right" if head.number else "left")
        for head in chapter.heads
    ]


def _text(cell: Cell) -> str:
    if isinstance(cell, Link):
        return cell.words
    if isinstance(cell, Decimal):
        return f"{cell:,f}"
    return "" if cell is None else str(cell)
