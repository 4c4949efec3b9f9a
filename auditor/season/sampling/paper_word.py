"""The working paper of a draw in Word: frame, method, why, seed, list, results, signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from auditor.memo.word import Column, Letter, fill, look, open_template
from auditor.memo.word import Paper as Word
from auditor.memo.word.xml import Element
from auditor.season.sampling.paper import LIST_HEADS, RESULT_HEADS, SIGNATURES, STRATA_HEADS, Paper

_HEAD = (Column("事项", 55), Column("内容", 200))
_STRATA = tuple(map(Column, STRATA_HEADS, (55, 30, 50, 30, 35, 55)))
_RESULTS = tuple(map(Column, RESULT_HEADS, (55, 30, 25, 25, 35, 35, 50)))
_LIST = tuple(map(Column, LIST_HEADS, (12, 30, 38, 44, 24, 28, 14, 20, 25, 20)))
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


def _body(word: Word, paper: Paper) -> Iterator[Element]:
    for sentence in paper.conclusion():
        yield word.paragraph(look.BODY, sentence)


def _sheets(word: Word, paper: Paper) -> Iterator[Element]:
    yield word.paragraph(look.ANNEX, "抽样方案")
    yield word.table(_HEAD, paper.head(), size="small")
    for sentence in paper.algorithm():
        yield word.paragraph(look.NOTE, sentence)
    yield word.paragraph(look.ANNEX, "分层")
    yield word.table(_STRATA, paper.strata(), size="small")
    if rows := paper.results():
        yield word.paragraph(look.ANNEX, "评价结果")
        yield word.table(_RESULTS, rows, size="small")
    for sentence in paper.arithmetic():
        yield word.paragraph(look.NOTE, sentence)
    yield word.paragraph(look.ANNEX, "样本清单")
    yield word.table(_LIST, paper.listed(), size="small")
    yield word.paragraph(look.ANNEX, "签字")
    yield word.table(_SIGNED, [(role, "", "") for role in SIGNATURES])
