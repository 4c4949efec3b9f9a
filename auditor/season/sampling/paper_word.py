"""The working paper of a draw in Word: frame, method, why, seed, list, results, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from auditor.memo.word import Column, Letter, fill, look, open_template
from auditor.memo.word import Paper as Word
from auditor.memo.word.xml import Element
from auditor.season.sampling.paper import LIST_HEADS, RESULT_HEADS, SIGNATURES, STRATA_HEADS, Paper, Row

_HEAD = (Column("事项", 55), Column("内容", 200))
_NUMBERS = (
    "金额（元）", "应有金额（元）", "总体金额（元）", "间隔（元）", "总体份数", "抽取份数", "有差错", "未决定", "差错率", "上限", "序号",
)  # fmt: skip
"""Heads of columns of numbers: they stand right, amounts with their thousands."""


def _columns(heads: Sequence[str], widths: Sequence[float]) -> tuple[Column, ...]:
    return tuple(
        Column(head, width, "right" if head in _NUMBERS else "left")
        for head, width in zip(heads, widths, strict=True)
    )


_STRATA = _columns(STRATA_HEADS, (55, 30, 50, 30, 35, 55))
_RESULTS = _columns(RESULT_HEADS, (55, 30, 25, 25, 35, 35, 50))
_LIST = _columns(LIST_HEADS, (11, 34, 36, 40, 20, 31, 13, 18, 28, 24))
_SIGNED = (Column("职责", 60), Column("签字", 110), Column("日期", 85))


def write(paper: Paper, template: Path | None, say: Callable[[str], None]) -> bytes:
    """A file of its own. Raises `BadTemplate`."""
    document = open_template(template)
    words = {
        "标题": "绩效自评审核抽样工作底稿", "主送": "", "文种": "抽样工作底稿", "项目": paper.season, "单位": "",
        "年度": "", "自评分": "", "核算分": "",
    }  # fmt: skip
    word = Word(document)
    return fill(
        document, [Letter(words, list(_body(word, paper)), list(_sheets(word, paper)), landscape=True)], say
    )


def _rows(columns: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    return [
        tuple(
            _thousands(cell) if one.align == "right" else cell for one, cell in zip(columns, row, strict=True)
        )
        for row in rows
    ]


def _thousands(cell: str) -> str:
    whole, point, rest = cell.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() and (not rest or rest.isdigit()) else cell


def _body(word: Word, paper: Paper) -> Iterator[Element]:
    for sentence in paper.conclusion():
        yield word.paragraph(look.BODY, sentence)


def _sheets(word: Word, paper: Paper) -> Iterator[Element]:
    yield word.paragraph(look.ANNEX, "抽样方案")
    yield word.table(_HEAD, paper.head(), size="small")
    for sentence in paper.algorithm():
        yield word.paragraph(look.NOTE, sentence)
    yield word.paragraph(look.ANNEX, "分层")
    yield word.table(_STRATA, _rows(_STRATA, paper.strata()), size="small")
    if rows := paper.results():
        yield word.paragraph(look.ANNEX, "评价结果")
        yield word.table(_RESULTS, _rows(_RESULTS, rows), size="small")
    for sentence in paper.arithmetic():
        yield word.paragraph(look.NOTE, sentence)
    yield word.paragraph(look.ANNEX, "样本清单")
    yield word.table(_LIST, _rows(_LIST, paper.listed()), size="small")
    yield word.paragraph(look.ANNEX, "签字")
    yield word.table(_SIGNED, [(role, "", "") for role in SIGNATURES])
