"""A number that the end of a line cut is one number; a list mark above a year is none, and cells stay apart."""

from __future__ import annotations

import pytest

from auditor.document import Paragraph, read_bytes

CASES = {
    # lines: what their paragraphs read as
    "全年下达资金96万元，实际支出8\n1.6万元，未支出的为尾款。": [
        "全年下达资金96万元，实际支出81.6万元，未支出的为尾款。"
    ],
    "资金到位，全年支出46.\n74万元，按合同支付。": ["资金到位，全年支出46.74万元，按合同支付。"],
    "主要做法如下。\n1.\n2023年新建隔离带12公里。": ["主要做法如下。", "1.", "2023年新建隔离带12公里。"],
    "修缮校舍12\n15": ["修缮校舍12", "15"],
}


@pytest.mark.parametrize(("text", "paragraphs"), CASES.items(), ids=range(len(CASES)))
def test_paragraphs(text: str, paragraphs: list[str]) -> None:
    blocks = read_bytes(text.encode(), "report.txt").blocks
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == paragraphs
