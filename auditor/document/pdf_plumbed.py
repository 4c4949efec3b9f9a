"""A page of a PDF, taken apart by pdfplumber: slowly, but of any font, with what was filled in."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.marks import ILLEGIBLE, Glyph
from auditor.document.pdf_fields import filled_in
from auditor.document.pdf_page import Drawing, Printed, Run, direction, edges_of

_LEAST_PAGE = 50.0
_INVISIBLE = compiled(rb"(?<![\d.])3\s+Tr\b")


class Plumber:
    """The file as pdfminer has it. Raises whatever a malformed object leads to."""

    def __init__(self, data: bytes) -> None:
        self._file = pdfplumber.open(io.BytesIO(data))

    def __len__(self) -> int:
        return len(self._file.pages)

    def page(self, number: int) -> Printed:
        """The page of that number, from 1 on; its objects are freed at once, so that memory stays flat."""
        own = self._file.pages[number - 1]
        try:
            return _printed(own)
        finally:
            own.close()

    def metadata(self) -> dict[str, str]:
        return {name: value for name, value in self._file.metadata.items() if isinstance(value, str)}

    def close(self) -> None:
        self._file.close()


def why(error: Exception) -> str:
    """Why the file cannot be read."""
    if not isinstance(error, PdfminerException):
        return f"PDF 文件结构有误，读不出来（{type(error).__name__}）"
    if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
        return "文件有密码，请解密后再审"
    return "PDF 文件不完整或已损坏，读不出来"


def _printed(page: Page) -> Printed:
    left, top, right, bottom = _frame(page)
    width, height = right - left, bottom - top

    def seen(one: Any) -> Box:
        return Box(one["x0"] - left, one["top"] - top, one["x1"] - left, one["bottom"] - top)

    runs = [
        Run([Glyph(_legible(char["text"]), *seen(char)) for char in chars], size, way)
        for (size, way), chars in groupby(
            page.chars, lambda char: (char["size"], direction(*char["matrix"][:2]))
        )
    ]
    drawings = [Drawing(seen(line), True, True) for line in page.lines]
    drawings += [Drawing(seen(rect), False, bool(rect.get("stroke"))) for rect in page.rects]
    area = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return Printed(
        page.page_number,
        width,
        height,
        runs,
        list(edges_of(drawings)),
        area / (width * height),
        bool(page.images) and _is_invisible(page),
        [
            Glyph(one.text, one.x0 - left, one.top - top, one.x1 - left, one.bottom - top)
            for one in _filled(page)
        ],
    )


def _filled(page: Page) -> Iterator[Glyph]:
    return filled_in(page) if page.page_obj.annots else iter(())


def _frame(page: Page) -> Box:
    """The visible page in the coordinates of its objects."""
    if page.rotation:
        return Box(*map(float, page.bbox))
    media, crop = Box(*map(float, page.mediabox)), Box(*map(float, page.cropbox))
    seen = Box(
        max(media.x0, crop.x0),
        max(media.top, crop.top),
        min(media.x1, crop.x1),
        min(media.bottom, crop.bottom),
    )
    is_page = seen.x1 - seen.x0 > _LEAST_PAGE and seen.bottom - seen.top > _LEAST_PAGE
    return seen if is_page else media


def _legible(text: str) -> str:
    """A glyph whose font does not say which character it is must not pass for one, nor for nothing."""
    return ILLEGIBLE if text.startswith("(cid:") else text


def _is_invisible(page: Page) -> bool:
    """Whether text is written that nobody sees: what a scanner's program recognised in the picture."""
    try:
        return any(_INVISIBLE.search(resolve1(stream).get_data()) for stream in page.page_obj.contents)
    except (AttributeError, TypeError, ValueError, PSException):
        return False
