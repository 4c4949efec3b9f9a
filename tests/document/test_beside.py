"""Watermarks, page heads and drawings: words beside the text, which may mark a paper secret."""

from __future__ import annotations

import io

import pytest
from docx import Document as new_docx
from openpyxl import Workbook

from auditor.document.open import read_bytes
from auditor.judge.endpoint import Endpoint
from auditor.judge.secrecy import refusal

_WATERMARK = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:r><w:pict><v:shape><v:textpath style="font-size:1pt" string="{0}"/></v:shape></w:pict></w:r></w:p>'
)


def _docx(where: str, word: str) -> bytes:
    made = new_docx()
    made.add_paragraph("项目支出绩效自评报告")
    if where == "header":
        made.sections[0].header.paragraphs[0].text = word
    elif where == "footer":
        made.sections[0].footer.paragraphs[0].text = word
    else:
        from docx.oxml.parser import parse_xml

        element = made.sections[0].header._element if where == "watermark" else made.element.body
        element.insert(0, parse_xml(_WATERMARK.format(word)))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _xlsx(word: str) -> bytes:
    made = Workbook()
    made.active["A1"] = "项目支出绩效自评表"
    made.active.oddHeader.right.text = word
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


CASES = [
    *((f"{where}.docx", _docx(where, word), mark) for where in ("header", "footer", "watermark", "wordart") for word, mark in (("机密★1年", "机密"), ("內部資料", "内部"))),
    ("head.xlsx", _xlsx("机密★一年"), "机密"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "mark"), CASES, ids=[f"{name}-{mark}" for name, _, mark in CASES])
def test_marked_beside_the_text(name: str, data: bytes, mark: str) -> None:
    document = read_bytes(data, name)
    told = refusal(document, Endpoint("https://cloud.example/v1", False))
    assert told == f"报告标有“{mark}”，不发往cloud.example（未声明为本地）"


def test_an_ordinary_page_head_marks_nothing() -> None:
    assert refusal(read_bytes(_xlsx("和山县财政局"), "a.xlsx"), None) is None
    assert refusal(read_bytes(_docx("watermark", "草稿"), "a.docx"), None) is None
