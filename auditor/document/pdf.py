"""Reader of .pdf: words with their places, ruled and unruled tables; scanned pages go to OCR."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import groupby
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from auditor.compiled import compiled
from auditor.document import layout
from auditor.document.borders import Box
from auditor.document.compose import Composer
from auditor.document.errors import NOTHING_SEEN, UnreadableFile
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.marks import Drawn, Glyph, Sheet, lines_of
from auditor.document.model import Concern, Document
from auditor.document.pdf_fields import filled_in
from auditor.document.pdf_printed import Printed, Printer
from auditor.document.sniff import FileKind
from auditor.extras import how_to_get
from auditor.isolation import scanning

MAX_PAGES = 1000
_THIN = 3.0
_LEAST_PAGE = 50.0
_SLANT = 0.1
_LARGE = 3.0
"""Times the usual size of the page's characters; titles stay under it."""
_MOST_LARGE = 200
_ILLEGIBLE = "\ufffd"
_INVISIBLE = compiled(rb"(?<![\d.])3\s+Tr\b")
_FEW = 20
"""Characters on a page that is a picture: a page number, a stamp."""
_NEAR = tuple((dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
_STREAM = compiled(rb"stream\r?\n")
_REPEATED = compiled(r"^(.{1,20}?)\1+$")
_MAX_STREAM = 150 * 1024 * 1024


def read_pdf(data: bytes, path: str) -> Document:
    """Document of a .pdf file. Raises `UnreadableFile`."""
    return read_drawn(data, path)[0]


def read_drawn(data: bytes, path: str) -> tuple[Document, list[Drawn]]:
    """The document, and what was recognised on each page."""
    _check_streams(data, path)
    try:
        opened = pdfplumber.open(io.BytesIO(data))
        count = len(opened.pages)
        if count > MAX_PAGES:
            raise UnreadableFile(path, f"PDF 有 {count} 页，超过上限 {MAX_PAGES} 页，未读取")
        page = Composer()
        reader = _Reader(page)
        with opened, closing(Printer(data)) as printer:
            sheets = [reader.sheet(one, printer) for one in opened.pages]
        sheets = reader.recognise(data, path, sheets)
        drawn = layout.write(sheets, page)
        reader.remark()
        document = page.document(path, data, FileKind.PDF.value)
        document.beside = tuple(dict.fromkeys([*_said(opened.metadata), *reader.beside]))
        return document, drawn
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableFile(path, "文件有密码，请解密后再审") from None
        raise UnreadableFile(path, "PDF 文件不完整或已损坏，读不出来") from None
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # pdfminer raises whatever a malformed object leads to
        raise UnreadableFile(path, f"PDF 文件结构有误，读不出来（{type(error).__name__}）") from None


def _check_streams(data: bytes, path: str) -> None:
    """Raises `UnreadableFile` for a stream that unpacks to an absurd size."""
    for match in _STREAM.finditer(data):
        packed = data[match.end() : match.end() + 2]
        if len(packed) < 2 or packed[0] & 0x0F != 8 or int.from_bytes(packed) % 31:
            continue
        unpacker = zlib.decompressobj()
        size, rest = 0, data[match.end() : match.end() + 65536]
        at = match.end() + 65536
        try:
            while rest and not unpacker.eof:
                size += len(unpacker.decompress(rest, 1 << 20))
                rest = unpacker.unconsumed_tail
                if size > _MAX_STREAM:
                    raise UnreadableFile(path, "解压后体积异常（疑似压缩炸弹），未读取")
                if not rest:
                    rest = data[at : at + 65536]
                    at += 65536
        except zlib.error:
            continue


class _Reader:
    """Takes pages apart; remembers which ones are pictures."""

    def __init__(self, page: Composer) -> None:
        self.page = page
        self.pictures: list[int] = []
        self.unmapped: list[int] = []
        self.dropped = 0
        self.beside: list[str] = []
        self.outside: list[list[Glyph]] = []

    def sheet(self, own: Page, printer: Printer) -> Sheet:
        """Glyphs and ruling lines of a page; its objects are freed at once, so memory stays flat."""
        try:
            page = printer.page(own) or own
            chars = self._within(page, _without_doubles(page.chars))
            turned = _turned(chars)
            level = [char for char in chars if _direction(char) == turned]
            kept = _without_watermark(level)
            left = set(map(id, kept))
            dropped = [char for char in chars if id(char) not in left]
            self.dropped += _count(dropped)
            self.beside += _words(dropped)
            glyphs = [_glyph(char) for char in kept]
            if page.page_obj.annots:
                glyphs.extend(filled_in(own))
            scanned = self._note_picture(page, glyphs)
            return _sheet(page, glyphs, turned, scanned)
        finally:
            own.close()

    def _within(self, page: Page | Printed, chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The characters on the visible page: what was cropped away is still in the file."""
        if page.rotation:
            return chars
        left, top, right, bottom = _frame(page)
        kept = [
            char
            for char in chars
            if left <= (char["x0"] + char["x1"]) / 2 <= right
            and top <= (char["top"] + char["bottom"]) / 2 <= bottom
        ]
        within = set(map(id, kept))
        if beyond := [_glyph(char) for char in chars if id(char) not in within and char["text"].strip()]:
            self.outside.append(beyond)
        return kept

    def _note_picture(self, page: Page | Printed, glyphs: list[Glyph]) -> bool:
        """Whether the page is to be recognised; then the glyphs are only what somebody recognised."""
        count = sum(bool(glyph.text.strip()) for glyph in glyphs)
        lost = sum(glyph.text == _ILLEGIBLE for glyph in glyphs)
        if lost >= _FEW and lost * 10 > count:
            self.unmapped.append(page.page_number)
            glyphs.clear()
            return True
        if _is_picture(page) and (count < _FEW or _is_invisible(page)):
            self.pictures.append(page.page_number)
            return count >= _FEW
        return False

    def recognise(self, data: bytes, path: str, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets, those that are pictures as OCR reads them, where it is installed."""
        pages = sorted(self.pictures + self.unmapped)
        if not pages:
            return sheets
        try:
            from auditor.document.picture import pdf_page, recognise
        except ModuleNotFoundError:
            self._note_missing(sheets)
            return sheets
        with scanning(len(pages)):
            scans = {number: recognise(pdf_page(data, number), number) for number in pages}
        seen = [scans.get(sheet.number, sheet) for sheet in sheets]
        if not any(sheet.glyphs for sheet in seen):
            raise UnreadableFile(path, NOTHING_SEEN)
        for numbers, why in ((self.pictures, "是扫描图片"), (self.unmapped, "的字没有文字编码")):
            if numbers:
                told = f"第 {_ranges(numbers)} 页{why}，文字由识别得来，可能有误，请对照原件"
                self.page.remark(Concern.NOT_READ, told)
        return seen

    def _note_missing(self, sheets: list[Sheet]) -> None:
        layered = {sheet.number for sheet in sheets if sheet.scanned and sheet.glyphs}
        get = f"有识别组件才能读，{how_to_get('ocr')}"
        for numbers, told in (
            ([one for one in self.pictures if one not in layered], f"是扫描图片，没有文字，未读入；{get}"),
            (sorted(layered), "是扫描图片，文字是文件附带的识别结果，可能有误，请对照原件"),
            (self.unmapped, f"的字没有文字编码，未读入；{get}"),
        ):
            if numbers:
                self.page.remark(Concern.NOT_READ, f"第 {_ranges(numbers)} 页{told}")

    def remark(self) -> None:
        if self.dropped:
            told = f"有 {self.dropped} 个横斜、竖转或压在正文上的字（多为水印、印章）未读入"
            self.page.remark(Concern.NOT_READ, told)
        if self.outside:
            count = sum(map(len, self.outside))
            self.page.remark(Concern.HIDDEN, f"页面边界以外有 {count} 个字，{UNSEEN}")
        for beyond in self.outside:
            for line in lines_of(beyond):
                self.page.paragraph(concealed(line.text))


def _glyph(char: dict[str, Any]) -> Glyph:
    return Glyph(_legible(char["text"]), char["x0"], char["top"], char["x1"], char["bottom"])


def _count(chars: list[dict[str, Any]]) -> int:
    return sum(bool(char["text"].strip()) for char in chars)


def _sheet(page: Page | Printed, glyphs: list[Glyph], turned: int, scanned: bool) -> Sheet:
    """The page with its corner at zero, turned so that its text is level."""
    left, top, right, bottom = _frame(page)
    width, height = right - left, bottom - top

    def moved(box: tuple[float, float, float, float]) -> Box:
        x0, y0, x1, y1 = box[0] - left, box[1] - top, box[2] - left, box[3] - top
        if turned == 90:
            return Box(height - y1, x0, height - y0, x1)
        if turned == 180:
            return Box(width - x1, height - y1, width - x0, height - y0)
        return Box(y0, width - x1, y1, width - x0) if turned == 270 else Box(x0, y0, x1, y1)

    size = (height, width) if turned % 180 else (width, height)
    moved_glyphs = [Glyph(glyph.text, *moved(glyph[1:])) for glyph in glyphs]
    return Sheet(
        page.page_number, *size, moved_glyphs, [moved(edge) for edge in _edges(page)], scanned, turned
    )


def _frame(page: Page | Printed) -> Box:
    """The visible page in the coordinates of its objects."""
    width, height = float(page.width), float(page.height)
    if page.rotation == 90:
        return Box(0.0, 0.0, height, width)
    if page.rotation == 270:  # pdfplumber turns about the lower left corner
        return Box(width - height, height - width, width, height)
    media, crop = Box(*map(float, page.mediabox)), Box(*map(float, page.cropbox))
    seen = Box(
        max(media.x0, crop.x0),
        max(media.top, crop.top),
        min(media.x1, crop.x1),
        min(media.bottom, crop.bottom),
    )
    is_page = seen.x1 - seen.x0 > _LEAST_PAGE and seen.bottom - seen.top > _LEAST_PAGE
    return seen if is_page else media


def _direction(char: dict[str, Any]) -> int | None:
    """Degrees by which the page has to be turned clockwise to make the character level; `None` where
    it stands askew."""
    across, up = char["matrix"][:2]
    if abs(up) < _SLANT * abs(across):
        return 0 if across > 0 else 180
    if abs(across) < _SLANT * abs(up):
        return 90 if up > 0 else 270
    return None


def _turned(chars: list[dict[str, Any]]) -> int:
    """The direction of most characters: pages are put into a file sideways."""
    counts = Counter(_direction(char) for char in chars if char["text"].strip())
    del counts[None]
    most = max(counts, key=lambda one: counts[one], default=0) or 0
    return most if counts[most] > 2 * counts[0] else 0


def _without_watermark(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without characters far larger than the rest that stand over it; a title stands alone."""
    if not chars:
        return chars
    usual = median(char["size"] for char in chars)
    large = [char for char in chars if char["size"] > _LARGE * usual]
    if not large or len(large) > _MOST_LARGE:
        return chars
    small = [char for char in chars if char["size"] <= _LARGE * usual and char["text"].strip()]
    over = {
        round(one["size"])
        for one in large
        if any(
            one["x0"] < (char["x0"] + char["x1"]) / 2 < one["x1"]
            and one["top"] < (char["top"] + char["bottom"]) / 2 < one["bottom"]
            for char in small
        )
    }
    return [char for char in chars if char["size"] <= _LARGE * usual or round(char["size"]) not in over]


def _words(chars: list[dict[str, Any]]) -> list[str]:
    """What watermarks and stamps say, each once: characters of one size that follow each other in one direction."""
    runs = groupby(chars, key=lambda char: (round(char["size"]), _direction(char)))
    return [_REPEATED.sub(r"\1", "".join(char["text"] for char in run)) for _, run in runs]


def _said(metadata: dict[str, Any]) -> list[str]:
    """The title and the keywords that the file gives itself."""
    return [value for value in metadata.values() if isinstance(value, str) and not value.isascii()]


def _legible(text: str) -> str:
    """A glyph whose font does not say which character it is must not pass for one, nor for nothing."""
    return _ILLEGIBLE if text.startswith("(cid:") else text


def _is_invisible(page: Page | Printed) -> bool:
    """Whether text is written that nobody sees: what a scanner's program recognised in the picture."""
    try:
        return any(_INVISIBLE.search(resolve1(stream).get_data()) for stream in page.page_obj.contents)
    except (AttributeError, TypeError, ValueError, PSException):
        return False


def _without_doubles(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bold by printing twice: the second print of the same character at the same place goes."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        text, x, y = char["text"], round(char["x0"]), round(char["top"])
        if seen.isdisjoint((text, x + dx, y + dy) for dx, dy in _NEAR):
            kept.append(char)
            seen.add((text, x, y))
    return kept


def _edges(page: Page | Printed) -> Iterator[Box]:
    """Lines, the sides of drawn rectangles, and bars so thin that they are lines."""
    for line in page.lines:
        if line["x0"] == line["x1"] or line["top"] == line["bottom"]:
            yield Box(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in page.rects:
        x0, top, x1, bottom = (float(rect[name]) for name in ("x0", "top", "x1", "bottom"))
        if x1 - x0 < _THIN or bottom - top < _THIN:
            yield Box(x0, top, x1, bottom)
        elif rect.get("stroke"):
            yield from (
                Box(x0, top, x1, top), Box(x0, bottom, x1, bottom), Box(x0, top, x0, bottom), Box(x1, top, x1, bottom),
            )  # fmt: skip


def _is_picture(page: Page | Printed) -> bool:
    """Whether pictures cover a good part of the page."""
    area = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return bool(area > 0.3 * float(page.width) * float(page.height))


def _ranges(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
