"""A page says the same whichever library takes it apart; what pdfium does not know is left to the slower one."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest

from auditor.document import read_bytes
from auditor.document.pdf_page import Printed
from auditor.document.pdf_plumbed import Plumber
from auditor.document.pdf_printed import Printer
from tests.document.test_pdf import LEFT, ROWS, TOP, grid, lines, page, texts

FILES = Path(__file__).parent.parent / "files"
FORM = (FILES / "form.pdf").read_bytes()
PICTURE = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"


def cut(width: int, height: int) -> bytes:
    """The form on smaller paper: some of it stands beside the page."""
    file = pypdfium2.PdfDocument(FORM)
    for one in file:
        one.set_mediabox(0, 0, width, height)
        one.set_cropbox(0, 0, width, height)
    return saved(file)


def turned(degrees: int) -> bytes:
    file = pypdfium2.PdfDocument(FORM)
    for one in file:
        one.set_rotation(degrees)
    return saved(file)


def saved(file: pypdfium2.PdfDocument) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def boxed(content: str) -> bytes:
    """A page whose contents stand in a form within a form, moved by the one and back by the other."""
    outer = "q 1 0 0 1 -30 20 cm /G Do Q"
    form = "<< /Type /XObject /Subtype /Form /BBox [-99 -99 999 999] /Resources << /Font << /F 5 0 R >> /XObject << /G 7 0 R >> >> "
    return page(
        "q 1 0 0 1 30 -20 cm /X Do Q",
        "/Resources << /XObject << /X 6 0 R >> >>",
        f"{form} /Length {len(outer)} >> stream\n{outer}\nendstream",
        f"{form} /Length {len(content)} >> stream\n{content}\nendstream",
    ).replace(b"/Resources << /Font << /F 5 0 R >> >> /Resources", b"/Resources")


def told(data: bytes) -> list[Printed | None]:
    printer = Printer(data)
    found = [printer.page(number) for number in range(1, len(printer) + 1)]
    printer.close()
    return found


TOLD = {
    "form": FORM,
    "no lines": (FILES / "unruled.pdf").read_bytes(),
    "narrow": cut(400, 792),
    "short": cut(612, 600),
    "sideways": turned(90),
    "upside down": turned(180),
    "a font that the file does not describe": page(texts() + lines()),
    "a note and a link": page(
        texts() + lines(),
        "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >> << /Subtype /Link /Rect [9 9 99 99] >>]",
    ),
    "cropped": page(texts() + lines(), "/CropBox [50 300 500 750]"),
    "a stamp": page(PICTURE.replace("600 0 0 800", "90 0 0 90") + texts() + lines()),
    "forms within forms": boxed(texts() + lines()),
}


@pytest.mark.parametrize("data", TOLD.values(), ids=TOLD)
def test_both_ways_read_the_same_document(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert None not in told(data)
    quick = read_bytes(data, "form.pdf")
    monkeypatch.setattr(Printer, "page", lambda self, number: None)
    assert quick == read_bytes(data, "form.pdf")


def test_both_ways_see_the_same_marks() -> None:
    plumber = Plumber(FORM)
    for number, found in enumerate(told(FORM), 1):
        assert found is not None
        other = plumber.page(number)
        mine = [(one, run.size) for run in found.runs for one in run.glyphs]
        theirs = [one for run in other.runs for one in run.glyphs]
        assert [one.text for one, _ in mine] == [one.text for one in theirs]
        for (one, size), its in zip(mine, theirs, strict=True):
            assert (one.x0, one.height) == pytest.approx((its.x0, its.height), abs=0.01)
            assert one.bottom == pytest.approx(its.bottom, abs=0.15 * size)
        assert [tuple(edge) for edge in found.edges] == [
            pytest.approx(edge, abs=0.01) for edge in other.edges
        ]


WIDGET = "<< /Subtype /Widget /FT /Tx /V (20) /Rect [182 612 290 636] >>"
LEFT_ALONE = {
    "a field": page(texts() + lines(), "/Annots [6 0 R]", WIDGET),
    "characters that no font names": page(
        f"BT /G 10 Tf {LEFT} {TOP} Td <00410042> Tj ET",
        "/Resources << /Font << /G 6 0 R >> >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R >>",
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /Ascent 800 /Descent -200 >>",
    ).replace(b"/Resources << /Font << /F 5 0 R >> >> ", b""),
    "mirrored": page(texts().replace("BT", "BT 1 0 0 -1 0 800 Tm", 1) + lines()),
}


@pytest.mark.parametrize("data", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_other_pages_are_left_alone(data: bytes) -> None:
    assert told(data) == [None]


def test_one_page_may_be_told_and_the_other_not() -> None:
    file = pypdfium2.PdfDocument(page(texts() + lines()))
    file.import_pages(pypdfium2.PdfDocument(LEFT_ALONE["mirrored"]))
    assert [found is None for found in told(saved(file))] == [False, True]
    assert grid(read_bytes(saved(file), "表.pdf"))[:3] == ROWS


def test_pages_of_an_office_program_need_no_other_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Plumber, "__init__", None)
    assert "自评" in read_bytes(FORM, "form.pdf").text


def test_a_file_that_is_patched_up_is_read_by_the_other_library() -> None:
    assert Printer(FORM).is_whole
    assert not Printer(FORM.replace(b"startxref", b"startxxxx")).is_whole
