"""Pages as programs other than an office suite make them, written here operator by operator."""

from __future__ import annotations

import pytest

from auditor.document import Concern, Document, Table, read_bytes
from auditor.document.borders import Box, missing_sides
from auditor.document.marks import Glyph, Ruled, lines_of
from auditor.document.page_breaks import heal_break
from tests.hostile.parts import pdf

ROWS = [["Item", "Plan", "Paid"], ["Road", "100.50", "95.25"], ["Pipe", "20", "18"]]
LEFT, TOP, WIDE, HIGH = 60, 700, 120, 30


def texts(size: int = 10) -> str:
    return "".join(
        f"BT /F {size} Tf {LEFT + 8 + WIDE * col} {TOP - 20 - HIGH * row} Td ({text}) Tj ET\n"
        for row, cells in enumerate(ROWS)
        for col, text in enumerate(cells)
    )


def lines(outer: bool = True) -> str:
    edge = 0 if outer else 1
    level = range(edge, len(ROWS) + 1 - edge)
    upright = range(edge, len(ROWS[0]) + 1 - edge)
    right, bottom = LEFT + WIDE * 3, TOP - HIGH * 3
    return "".join(f"{LEFT} {TOP - HIGH * n} m {right} {TOP - HIGH * n} l S\n" for n in level) + "".join(
        f"{LEFT + WIDE * n} {TOP} m {LEFT + WIDE * n} {bottom} l S\n" for n in upright
    )


def page(content: str, extra: str = "", *objects: str) -> bytes:
    """A file of one page; `extra` are entries of the page, `objects` begin with number 6."""
    return pdf([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> {extra} >>".encode(),
        f"<< /Length {len(content)} >> stream\n{content}\nendstream".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *(one.encode() for one in objects),
    ])  # fmt: skip


def grid(document: Document) -> list[list[str]]:
    return [
        [cell.text for cell in row.cells]
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]


SLANTED = "BT /F 40 Tf 0.7 0.7 -0.7 0.7 90 610 Tm (SECRET) Tj ET\n"
LARGE = "BT /F 60 Tf 80 640 Td (DRAFT) Tj ET\n"
OUTSIDE = "BT /F 10 Tf 20 650 Td (999) Tj ET\n"


@pytest.mark.parametrize(
    ("content", "extra"),
    [
        (texts() + lines(), ""),
        (texts() + lines(outer=False), ""),
        (texts() + lines() + SLANTED, ""),
        (LARGE + texts() + lines(), ""),
        (texts() + lines(), "/Rotate 90"),
        (texts() + lines(), "/Rotate 270"),
        (texts() + lines(), "/Rotate 180"),
        ("0 1 -1 0 750 0 cm\n" + texts() + lines(), "/Rotate 90 /MediaBox [0 0 600 800]"),
        (texts() + lines() + OUTSIDE, "/CropBox [50 300 500 750]"),
        (texts() + lines(), "/MediaBox [-100 -50 700 900]"),
        (texts().replace("BT", "BT 2 Tc") + lines(), ""),
        (texts() + texts() + lines(), ""),
        (texts() + texts().replace("BT", "1 0 0 1 0.4 0 cm BT", 1) + lines(), ""),
    ],
    ids=[
        "plain", "no outer lines", "slanted watermark", "large watermark", "sideways", "sideways back", "upside down",
        "landscape", "cropped", "corner below zero", "letters set apart", "printed twice", "printed twice for bold",
    ],
)  # fmt: skip
def test_the_same_table(content: str, extra: str) -> None:
    assert grid(read_bytes(page(content, extra), "表.pdf")) == ROWS


@pytest.mark.parametrize(
    ("content", "extra", "concern"),
    [
        (texts() + lines() + SLANTED, "", Concern.NOT_READ),
        (LARGE + texts() + lines(), "", Concern.NOT_READ),
        (texts() + lines() + OUTSIDE, "/CropBox [50 300 500 750]", Concern.HIDDEN),
    ],
)
def test_what_is_left_out_is_said(content: str, extra: str, concern: Concern) -> None:
    assert [one.concern for one in read_bytes(page(content, extra), "表.pdf").remarks] == [concern]


def test_what_was_filled_in() -> None:
    """Form fields and typed notes stand beside the page, and belong into its cells."""
    place = "[{0} 612 {1} 636]"
    data = page(
        texts().replace("(20)", "()").replace("(18)", "()").replace("(Pipe)", "()") + lines(),
        "/Annots [6 0 R 7 0 R 8 0 R 9 0 R]",
        f"<< /Subtype /Widget /FT /Tx /V (20) /Rect {place.format(182, 290)} >>",
        f"<< /Subtype /Widget /Parent 10 0 R /Rect {place.format(302, 410)} >>",
        f"<< /Subtype /FreeText /Contents <FEFF7BA17F51> /Rect {place.format(62, 170)} >>",
        "<< /Subtype /Widget /FT /Tx /V (hidden) /F 2 /Rect [62 612 170 636] >>",
        "<< /FT /Tx /V (18) >>",
    )
    assert grid(read_bytes(data, "表.pdf"))[2] == ["管网", "20", "18"]


def test_ticked_fields() -> None:
    data = page(
        "BT /F 10 Tf 100 700 Td (Good) Tj 80 0 Td (Bad) Tj ET",
        "/Annots [6 0 R 7 0 R]",
        "<< /Subtype /Widget /FT /Btn /AS /Yes /Rect [88 698 98 708] >>",
        "<< /Subtype /Widget /FT /Btn /AS /Off /Rect [168 698 178 708] >>",
    )
    assert "".join(read_bytes(data, "表.pdf").text.split()) == "☑Good□Bad"


def test_text_under_a_scan_is_recognised_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a scanner's program wrote invisibly may be wrong in any character."""
    import sys

    monkeypatch.setitem(sys.modules, "auditor.document.picture", None)
    image = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"
    document = read_bytes(page(image + texts().replace("BT", "BT 3 Tr")), "扫描.pdf")
    assert "95.25" in document.text
    assert [(one.start, one.end) for one in document.scanned] == [(0, len(document.text))]
    assert [one.told for one in document.remarks] == [
        "第 1 页是扫描图片，文字是文件附带的识别结果，可能有误，请对照原件"
    ]


def glyphs(text: str, x: float, y: float) -> list[Glyph]:
    return [Glyph(char, x + 5 * n, y, x + 5 * n + 5, y + 10) for n, char in enumerate(text)]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [("完成全部改造", "任务", True), ("完成改造任务。", "二", False), ("100", "10", False), ("合格率达到", "95%", False)],
)  # fmt: skip
def test_a_cell_cut_by_a_page_break(above: str, below: str, joined: bool) -> None:
    """Words go on over the page; a figure in the first row below is a row of its own."""
    left, right = Box(0, 700, 100, 730), Box(100, 700, 140, 730)
    upper = Ruled(
        {left: lines_of(glyphs("甲", 2, 710)), right: lines_of(glyphs(above, 102, 710))},
        Box(0, 700, 140, 730),
    )
    lower = Ruled(
        {Box(0, 50, 100, 80): [], Box(100, 50, 140, 80): lines_of(glyphs(below, 102, 60))},
        Box(0, 50, 140, 80),
    )
    heal_break(upper, lower)
    assert ("".join(line.text for line in upper.cells[right]) == above + below) is joined


def test_sides_only_where_lines_end_together() -> None:
    level = [Box(0, y, 300, y) for y in (0, 30, 60)]
    upright = [Box(x, 0, x, 60) for x in (100, 200, 300)]
    assert list(missing_sides([*level, *upright], 3)) == [Box(0, 0, 0, 60)]
    assert not list(missing_sides([*level[1:], Box(50, 0, 300, 0), *upright], 3))


def test_page_numbers_of_every_kind() -> None:
    marks = ["Page 1 of 3", "[1]", "1 / 3", "- 1 -"]
    for mark in marks:
        document = read_bytes(page(texts() + lines() + f"BT /F 9 Tf 280 20 Td ({mark}) Tj ET"), "表.pdf")
        assert document.text.strip().endswith("18"), mark
