"""A plain page says the same whichever library takes it apart; what is not plain is left to the slower one."""

from __future__ import annotations

import io
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from auditor.document import read_bytes
from auditor.document.pdf_printed import Printer
from tests.document.test_pdf import lines, page, texts

FILES = Path(__file__).parent.parent / "files"
FORM = (FILES / "form.pdf").read_bytes()


def cut(width: int, height: int) -> bytes:
    """The form on smaller paper: some of it stands beside the page."""
    file = pypdfium2.PdfDocument(FORM)
    for one in file:
        one.set_mediabox(0, 0, width, height)
        one.set_cropbox(0, 0, width, height)
    return saved(file)


def turned() -> bytes:
    file = pypdfium2.PdfDocument(FORM)
    file[0].set_rotation(90)
    return saved(file)


def saved(file: pypdfium2.PdfDocument) -> bytes:
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def plain(data: bytes) -> list[bool]:
    printer = Printer(data)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        found = [printer.page(one) is not None for one in opened.pages]
    printer.close()
    return found


@pytest.mark.parametrize(
    "data",
    [FORM, (FILES / "unruled.pdf").read_bytes(), cut(400, 792), cut(612, 600)],
    ids=["form", "no lines", "narrow", "short"],
)
def test_both_ways_read_the_same_document(data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(plain(data))
    quick = read_bytes(data, "form.pdf")
    monkeypatch.setattr(Printer, "page", lambda self, page: None)
    assert quick == read_bytes(data, "form.pdf")


def test_both_ways_see_the_same_marks() -> None:
    printer = Printer(FORM)
    with pdfplumber.open(io.BytesIO(FORM)) as opened:
        for one in opened.pages:
            found = printer.page(one)
            assert found is not None
            assert [char["text"] for char in found.chars] == [char["text"] for char in one.chars]
            for mine, other in zip(found.chars, one.chars, strict=True):
                assert [mine[side] for side in ("x0", "top", "bottom")] == pytest.approx(
                    [other[side] for side in ("x0", "top", "bottom")], abs=0.01
                )
            assert [(line["x0"], line["top"]) for line in found.lines] == [
                pytest.approx((line["x0"], line["top"]), abs=0.01) for line in one.lines
            ]
            assert [rect["stroke"] for rect in found.rects] == [rect["stroke"] for rect in one.rects]


@pytest.mark.parametrize(
    "data",
    [
        (FILES / "scan.pdf").read_bytes(),
        page(texts() + lines()),  # a font that the file does not describe
        page(texts() + lines(), "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>]"),
        page(texts() + lines(), "/CropBox [50 300 500 750]"),
    ],
    ids=["picture", "font", "note", "cropped"],
)
def test_other_pages_are_left_alone(data: bytes) -> None:
    assert not any(plain(data))


def test_one_page_may_be_plain_and_the_other_not() -> None:
    assert plain(turned()) == [False, True]
