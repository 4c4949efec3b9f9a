"""A marking is seen wherever a file can bear one, and in pieces; the audit itself does not read those places."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.header_footer import _HeaderFooterPart

from auditor.document import Document, read
from auditor.judge.secrecy import refusal

BODY = (
    "某县农田项目支出绩效自评报告",
    "一、项目概况",
    "全年预算数118.16万元，执行数112.50万元。",
    "二、绩效情况",
    "完成较好。",
)
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'


def _art(words: str) -> str:
    return f'<w:p><w:r><w:pict><v:shape {_VML}><v:textpath string="{words}"/></v:shape></w:pict></w:r></w:p>'


WORD: dict[str, Callable[[Any], object]] = {
    "head": lambda d: setattr(d.sections[0].header.paragraphs[0], "text", "保密"),
    "foot": lambda d: setattr(d.sections[0].footer.paragraphs[0], "text", "内部资料 请勿外传"),
    "title": lambda d: setattr(d.core_properties, "title", "机密★1年"),
    "keywords": lambda d: setattr(d.core_properties, "keywords", "商密"),
}
WORD_XML = {
    "word art": _art("机密&#9733;1年"),
    "word art in pieces": _art("机") + _art("密"),
    "text box": f"<w:p><w:r><w:pict><v:shape {_VML}><v:textbox><w:txbxContent><w:p><w:r><w:t>机密</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>",
    "said of a picture": '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="图" descr="机密★1年"/></wp:inline></w:drawing></w:r></w:p>',
    "hidden": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>机密★1年</w:t></w:r></w:p>",
    "runs": "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>\u200b</w:t></w:r><w:r><w:t>密</w:t></w:r></w:p>",
}
SHEET: dict[str, Callable[[Any], object]] = {
    "head": lambda w: setattr(w.active.oddHeader.center, "text", "机密★1年"),
    "foot of even pages": lambda w: setattr(w.active.evenFooter.left, "text", "商密"),
    "head in pieces": lambda w: w.active.oddHeader.__dict__.update(left=_HeaderFooterPart("机"), center=_HeaderFooterPart("密")),
    "name of an empty sheet": lambda w: w.create_sheet("机密"),
    "title": lambda w: setattr(w.properties, "title", "机密"),
    "comment": lambda w: setattr(w.active["A2"], "comment", Comment("机密★1年", "甲")),
    "neighbouring cells": lambda w: w.active.append(["", "机", "密"]),
    "cells below each other": lambda w: [w.active.append(["行", "", one]) for one in ("机", "密", "★1年")],
}  # fmt: skip
PAGE = {
    "title": "<title>机密★1年</title>", "picture": '<img alt="机密★1年">', "hint": "<p title='内部资料'>一</p>", "meta": '<meta name="keywords" content="机密">',
    "comment": "<!-- 机密★1年 -->", "drawing": "<svg><text x='1'>机密</text></svg>", "style": '<style>p::before{content:"机密★1年"}</style>',
    "foot": "<footer>机密</footer>", "pieces": "<table><tr><td>机</td><td>密</td></tr></table>", "field": '<input placeholder="机密">', "backwards": "<p>\u202e密机\u202c</p>",
}  # fmt: skip


def _word() -> Any:
    made = docx.Document()
    for line in BODY:
        made.add_paragraph(line)
    return made


def _sheet() -> Any:
    made = openpyxl.Workbook()
    for line in BODY:
        made.active.append([line])
    return made


def _page(more: str = "") -> str:
    return f"<html><body>{more}{''.join(f'<p>{line}</p>' for line in BODY)}</body></html>"


def _read(made: Any, path: Path) -> Document:
    made.save(path)
    return read(path)


def _refused(document: Document) -> bool:
    assert "全年预算数" in document.text
    return refusal(document, None) is not None


@pytest.mark.parametrize("place", WORD)
def test_word(tmp_path: Path, place: str) -> None:
    made = _word()
    WORD[place](made)
    assert _refused(_read(made, tmp_path / "甲.docx"))


@pytest.mark.parametrize("place", WORD_XML)
def test_word_as_written(tmp_path: Path, place: str) -> None:
    usual, path = io.BytesIO(), tmp_path / "甲.docx"
    _word().save(usual)
    with zipfile.ZipFile(usual) as given, zipfile.ZipFile(path, "w") as made:
        for name in given.namelist():
            content = given.read(name).decode() if name == "word/document.xml" else given.read(name)
            if isinstance(content, str):
                content = content.replace("<w:sectPr", WORD_XML[place] + "<w:sectPr", 1)
            made.writestr(name, content)
    assert _refused(read(path))


@pytest.mark.parametrize("place", SHEET)
def test_workbook(tmp_path: Path, place: str) -> None:
    made = _sheet()
    SHEET[place](made)
    assert _refused(_read(made, tmp_path / "甲.xlsx"))


@pytest.mark.parametrize("place", PAGE)
def test_web_page(tmp_path: Path, place: str) -> None:
    path = tmp_path / "甲.html"
    path.write_text(_page(PAGE[place]), encoding="utf-8")
    assert _refused(read(path))


def test_without_a_marking_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "甲.html"
    path.write_text(
        _page('<img alt="保密宣传栏"><!-- 保密工作经费 --><p class="internal">一</p>'), encoding="utf-8"
    )
    assert not _refused(read(path))
    assert not _refused(_read(_word(), tmp_path / "甲.docx"))
    assert not _refused(_read(_sheet(), tmp_path / "甲.xlsx"))
