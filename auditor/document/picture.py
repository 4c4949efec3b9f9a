"""Scanned pages: straightened, ruling lines found, text recognised on this machine.

Recognised text may be wrong in any character, so nothing that rests on it is more than a query.
The models come with the rapidocr package; nothing is fetched.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image, ImageSequence, UnidentifiedImageError
from rapidocr import RapidOCR

from auditor.document import layout
from auditor.document.borders import Box
from auditor.document.compose import Composer
from auditor.document.errors import NOTHING_SEEN, UnreadableFile
from auditor.document.marks import Drawn, Glyph, Sheet
from auditor.document.model import Concern, Document
from auditor.document.sniff import FileKind
from auditor.isolation import scanning

_DPI = 300
_A4_WIDTH = 595.0
"""Points: a picture is taken for the full width of a sheet."""
_MAX_PIXELS = 60_000_000
_MAX_PICTURES = 50
_MOST_TURNED = 5.0
"""Degrees; a page turned further was not laid on a scanner."""
_LEAST_SURE = 0.5
_THINNEST = 8
"""Pixels: no line of text is lower, and what recognises it refuses."""
_NARROW = 300
"""Pixels of width that are enough to see how far a page is turned."""

Pixels = NDArray[np.uint8]


def read_picture(data: bytes, path: str) -> Document:
    """Document of a picture file. Raises `UnreadableFile`."""
    return read_drawn(data, path)[0]


def read_drawn(data: bytes, path: str) -> tuple[Document, list[Drawn]]:
    """The document, and what was recognised on each page."""
    pages = pictures(data, path)
    page = Composer()
    with scanning(len(pages)):
        sheets = [layout.laid(recognise(picture, number)) for number, picture in enumerate(pages, 1)]
    if not any(sheet.has_text for sheet in sheets):
        raise UnreadableFile(path, NOTHING_SEEN)
    page.remark(Concern.NOT_READ, "这是图片，文字由识别得来，可能有误，请对照原件")
    drawn = layout.write(sheets, page)
    return page.document(path, data, FileKind.IMAGE.value), drawn


def pictures(data: bytes, path: str) -> list[Pixels]:
    """The pages of a picture file. Raises `UnreadableFile`."""
    try:
        opened = Image.open(io.BytesIO(data))
        frames = getattr(opened, "n_frames", 1)
        if opened.width * opened.height > _MAX_PIXELS or frames > _MAX_PICTURES:
            raise UnreadableFile(path, "图片太大或页数太多，未读取")
        return [np.asarray(frame.convert("RGB")) for frame in ImageSequence.Iterator(opened)]
    except Image.DecompressionBombError:
        raise UnreadableFile(path, "图片太大或页数太多，未读取") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise UnreadableFile(path, "图片不完整或已损坏，打不开") from None


def pdf_page(data: bytes, number: int) -> Pixels:
    """One page of a PDF, 1-based, as pixels."""
    with pypdfium2.PdfDocument(data) as opened:
        page = opened[number - 1]
        width, height = page.get_size()
        scale = min(_DPI / 72, (_MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
        return np.asarray(page.render(scale=scale).to_pil().convert("RGB"))


def recognise(picture: Pixels, number: int) -> Sheet:
    """Text and ruling lines of a page; its lengths are points, a sheet being as wide as A4."""
    picture = straightened(picture)
    point = picture.shape[1] / _A4_WIDTH
    glyphs = [
        Glyph(text, x0 / point, top / point, x1 / point, bottom / point)
        for text, x0, top, x1, bottom in _glyphs(picture)
    ]
    edges = [Box(*(length / point for length in edge)) for edge in _edges(_ink(picture))]
    return Sheet(number, _A4_WIDTH, picture.shape[0] / point, glyphs, edges, scanned=True)


@cache
def _engine() -> Any:
    return RapidOCR(params={"Global.log_level": "critical"})


def _glyphs(picture: Pixels) -> Iterator[tuple[str, float, float, float, float]]:
    """Characters, or numbers and Latin words whole, each with its upright box."""
    if min(picture.shape[:2]) < _THINNEST:
        return
    found = _engine()(picture, return_word_box=True)
    for words, sure in zip(found.word_results or (), found.scores or (), strict=False):
        for text, _, corners in words:
            if sure >= _LEAST_SURE and text.strip():
                xs = [corner[0] for corner in corners]
                ys = [corner[1] for corner in corners]
                yield text, min(xs), min(ys), max(xs), max(ys)


def _ink(picture: Pixels) -> Pixels:
    """White marks on black, also where the paper is shaded."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.asarray(
        cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12), np.uint8
    )


def straightened(picture: Pixels) -> Pixels:
    """Turned so that the long horizontal strokes, ruling lines above all, are level."""
    width = picture.shape[1]
    narrower = max(width // _NARROW, 1)
    strokes = cv2.HoughLinesP(
        _level_strokes(_ink(picture), narrower), 1, np.pi / 1800, max(200 // narrower, 20),
        minLineLength=width // 5 // narrower, maxLineGap=max(width // 200 // narrower, 1),
    )  # fmt: skip
    if strokes is None:
        return picture
    turned = []
    for x0, y0, x1, y1 in np.reshape(strokes, (-1, 4)).astype(float):
        angle = np.degrees(np.arctan2(y1 - y0, (x1 - x0) * narrower))
        if abs(angle) < _MOST_TURNED:
            turned.append(angle)
    if not turned or abs(np.median(turned)) < 0.05:
        return picture
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(np.median(turned)), 1.0)
    return np.asarray(
        cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)),
        np.uint8,
    )


def _level_strokes(ink: Pixels, narrower: int) -> Pixels:
    """Ink that runs on sideways, on a page so many times narrower: what is upright or short, nearly all of the
    text, is nothing to look for, and a slope is the steeper, the narrower the page."""
    shortest = np.ones((1, max(ink.shape[1] // 170, 3)), np.uint8)
    strokes = cv2.morphologyEx(ink, cv2.MORPH_OPEN, shortest)
    height, width = strokes.shape[0], strokes.shape[1] // narrower
    folded = strokes[:, : width * narrower].reshape(height, width, narrower).max(axis=2)
    return np.ascontiguousarray(folded, np.uint8)


def _edges(ink: Pixels) -> Iterator[tuple[float, float, float, float]]:
    """Ruling lines: ink that runs on much longer than a stroke of a character."""
    unit = ink.shape[1] / _A4_WIDTH
    thick = np.ones((3, 3), np.uint8)
    for shape in ((1, int(30 * unit)), (int(14 * unit), 1)):
        bridged = cv2.dilate(ink, thick)
        lines = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        for x, y, width, height, _ in boxes[1:].tolist():
            if shape[0] == 1 and height < 6 * unit:
                yield x, y + height / 2, x + width, y + height / 2
            elif shape[0] > 1 and width < 6 * unit:
                yield x + width / 2, y, x + width / 2, y + height
