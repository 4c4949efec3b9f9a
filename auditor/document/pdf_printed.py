"""A plain page of a PDF, taken apart by pdfium: ten times as fast as the interpreter that is written in Python.

Plain is a page that holds nothing but level text and drawn paths, in fonts that say which characters they hold: nearly
every page that an office program prints. Its characters and lines come out as `pdfplumber` tells them, so that the
same layout code reads both; of any other page (pictures, notes and fields, forms inside the page, turned or cropped
pages, text that stands askew) nothing is told here, and `pdfplumber` is asked.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from pdfminer.fontmetrics import FONT_METRICS
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import literal_name
from pdfplumber.page import Page

from auditor.compiled import compiled
from auditor.values import frozen

_TEXT, _PATH = pdfium.FPDF_PAGEOBJ_TEXT, pdfium.FPDF_PAGEOBJ_PATH
_LINE, _MOVE = pdfium.FPDF_SEGMENT_LINETO, pdfium.FPDF_SEGMENT_MOVETO
_DEEP = 64
"""Characters below this, and the private ones, are no letters that a font would say it holds."""
_SUBSET = compiled(r"^[A-Z]{6}\+")
_SLANT = 1e-4
_RECT = 4

_Point = tuple[float, float]


class _Other(Exception):
    """The page is not plain."""


@frozen
class Printed:
    """What is asked of a page, under the names of `pdfplumber`."""

    page: Page
    chars: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    rects: list[dict[str, Any]]
    images: tuple[()] = ()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.page, name)


class Printer:
    """The file as pdfium has it; one that it does not open, or an old one cannot tell fonts of, has no plain pages."""

    def __init__(self, data: bytes) -> None:
        self._file = None
        with suppress(pypdfium2.PdfiumError):
            if hasattr(pdfium, "FPDFFont_GetBaseFontName"):
                self._file = pypdfium2.PdfDocument(data)

    def page(self, page: Page) -> Printed | None:
        """The page if it is plain."""
        box = tuple(map(float, page.mediabox))
        if (
            self._file is None
            or page.rotation
            or page.page_obj.annots
            or box[:2] != (0, 0)
            or tuple(map(float, page.cropbox)) != box
            or page.page_number > len(self._file)
        ):
            return None
        own = self._file[page.page_number - 1]
        text = own.get_textpage()
        try:
            fonts = _descents(page)
            lines, rects = _paths(own.raw, float(page.height))
            return Printed(page, list(_chars(text.raw, float(page.height), fonts)), lines, rects)
        except _Other:
            return None
        finally:
            text.close()
            own.close()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


def _descents(page: Page) -> dict[str, float]:
    """How far the characters of each font of the page reach below their line, by its name; of fonts whose names say
    too little nothing. Raises `_Other` for a font that is written downwards or drawn."""
    found: dict[str, float] = {}
    for spec in map(resolve1, (resolve1(page.page_obj.resources.get("Font")) or {}).values()):
        kind, name = _name(spec, "Subtype"), _name(spec, "BaseFont")
        own = resolve1(resolve1(spec["DescendantFonts"])[0]) if kind == "Type0" else spec
        told = resolve1(own.get("FontDescriptor"))
        if kind == "Type3" or not isinstance(told, dict) or name in FONT_METRICS:
            raise _Other
        if kind == "Type0" and (_name(spec, "Encoding") or "V").endswith("V"):
            raise _Other
        descent = -abs(float(resolve1(told.get("Descent", 0)))) / 1000
        if found.setdefault(_SUBSET.sub("", name), descent) != descent:
            raise _Other
    return found


def _name(spec: dict[str, Any], key: str) -> str:
    value = resolve1(spec.get(key))
    return (
        "" if value is None or isinstance(value, dict) or hasattr(value, "get_data") else literal_name(value)
    )


class _Run(NamedTuple):
    """What the characters of one text object have in common: how high they are, how far they reach below their
    line, and how they are turned."""

    height: float
    below: float
    matrix: tuple[float, float, float, float]


def _chars(text: Any, high: float, descents: dict[str, float]) -> Iterator[dict[str, Any]]:
    """The characters in the order of the file. Raises `_Other`."""
    runs: dict[int, _Run] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for at in range(pdfium.FPDFText_CountChars(text)):
        if pdfium.FPDFText_IsGenerated(text, at):
            continue
        code = pdfium.FPDFText_GetUnicode(text, at)
        if code < 32 or 0xD800 <= code < 0xF900 or code >= 0xFFF0 or pdfium.FPDFText_IsHyphen(text, at):
            raise _Other
        drawn = pdfium.FPDFText_GetTextObject(text, at)
        if not drawn:
            raise _Other
        key = ctypes.addressof(drawn.contents)
        if (run := runs.get(key)) is None:
            run = runs[key] = _run(drawn, descents)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        bottom = high - (y.value + run.below)
        yield {
            "text": chr(code),
            "x0": x.value,
            "x1": min(box.right, x.value + run.height) if code > 0xFF else box.right,
            "top": bottom - run.height,
            "bottom": bottom,
            "size": run.height,
            "matrix": run.matrix,
        }


def _run(drawn: Any, descents: dict[str, float]) -> _Run:
    """Raises `_Other` for text that stands askew, and for a font that nothing is known of."""
    matrix, size = pdfium.FS_MATRIX(), ctypes.c_float()
    if not (pdfium.FPDFPageObj_GetMatrix(drawn, matrix) and pdfium.FPDFTextObj_GetFontSize(drawn, size)):
        raise _Other
    name = ctypes.create_string_buffer(256)
    font = pdfium.FPDFTextObj_GetFont(drawn)
    length = pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
    descent = descents.get(_SUBSET.sub("", name.raw[: max(length - 1, 0)].decode("utf-8", "replace")))
    height = size.value * matrix.d
    if descent is None or abs(matrix.b) + abs(matrix.c) > _SLANT or matrix.a <= 0 or height <= 0:
        raise _Other
    return _Run(height, descent * height, (matrix.a, matrix.b, matrix.c, matrix.d))


def _paths(page: Any, high: float) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Lines and rectangles. Raises `_Other` where the page holds more than text and paths."""
    lines: list[dict[str, Any]] = []
    rects: list[dict[str, Any]] = []
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        drawn = pdfium.FPDFPage_GetObject(page, at)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == _TEXT:
            continue
        if kind != _PATH:
            raise _Other
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(drawn, fill, stroke)
        for points in _strokes(drawn):
            if len(points) == 2:
                lines.append(_around(points, high, bool(stroke.value)))
            elif len(points) == _RECT and _square(points):
                rects.append(_around(points, high, bool(stroke.value)))
    return lines, rects


def _strokes(drawn: Any) -> Iterator[list[_Point]]:
    """The points of each straight stretch of a path, those of a closed one each once; of an open one that is no
    mere line nothing."""
    matrix, x, y = pdfium.FS_MATRIX(), ctypes.c_float(), ctypes.c_float()
    if not pdfium.FPDFPageObj_GetMatrix(drawn, matrix):
        raise _Other
    points: list[_Point] = []
    straight = closed = True
    for at in range(pdfium.FPDFPath_CountSegments(drawn)):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, at)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == _MOVE:
            yield from _whole(points, straight, closed)
            points, straight, closed = [], True, False
        straight &= kind in (_MOVE, _LINE)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((
            matrix.a * x.value + matrix.c * y.value + matrix.e, matrix.b * x.value + matrix.d * y.value + matrix.f,
        ))  # fmt: skip
        closed |= bool(pdfium.FPDFPathSegment_GetClose(segment))
    yield from _whole(points, straight, closed)


def _whole(points: list[_Point], straight: bool, closed: bool) -> Iterator[list[_Point]]:
    if len(points) > 2 and points[0] == points[-1]:
        points, closed = points[:-1], True
    if straight and (closed or len(points) == 2):
        yield points


def _square(points: list[_Point]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (
        y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    )


def _around(points: list[_Point], high: float, stroke: bool) -> dict[str, Any]:
    xs, ys = zip(*points, strict=True)
    return {"x0": min(xs), "x1": max(xs), "top": high - max(ys), "bottom": high - min(ys), "stroke": stroke}
