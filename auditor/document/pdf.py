"""Reader of .pdf: words with their places, ruled and unruled tables; scanned pages go to OCR."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from auditor.document import layout
from auditor.document.compose import Composer
from auditor.document.deadline import deadline
from auditor.document.errors import UnreadableFile
from auditor.document.layout import Box, Drawn, Glyph, Sheet
from auditor.document.model import Concern, Document
from auditor.document.sniff import FileKind

MAX_PAGES = 1000
_SECONDS = 8.0
_SECONDS_PER_PAGE = 0.5
_SECONDS_PER_SCAN = 120.0
_THIN = 3.0
_FEW = 20
"""Characters on a page that is a picture: a page number, a stamp."""
_STREAM = re.compile(rb"stream\r?\n")
_MAX_STREAM = 150 * 1024 * 1024


def read_pdf(data: bytes, path: str) -> Document:
    """Document of a .pdf file. Raises `UnreadableFile`."""
    return read_drawn(data, path)[0]


def read_drawn(data: bytes, path: str) -> tuple[Document, list[Drawn]]:
    """The document, and what was recognised on each page."""
    _check_streams(data, path)
    try:
        with deadline(_SECONDS, path):
            opened = pdfplumber.open(io.BytesIO(data))
            count = len(opened.pages)
        if count > MAX_PAGES:
            raise UnreadableFile(path, f"PDF 有 {count} 页，超过上限 {MAX_PAGES} 页，未读取")
        page = Composer()
        reader = _Reader(page)
        with opened, deadline(_SECONDS + count * _SECONDS_PER_PAGE, path):
            sheets = [reader.sheet(one) for one in opened.pages]
        sheets = reader.recognise(data, path, sheets)
        drawn = layout.write(sheets, page)
        reader.remark()
        return page.document(path, data, FileKind.PDF.value), drawn
    except PdfminerException as error:
        if error.args and isinstance(error.args[0], PDFPasswordIncorrect):
            raise UnreadableFile(path, "文件有密码，请解密后再审") from None
        raise UnreadableFile(path, "PDF 文件不完整或已损坏，读不出来") from None
    except UnreadableFile:
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
        self.slanted = 0

    def sheet(self, page: Page) -> Sheet:
        """Glyphs and ruling lines of a page; its objects are freed at once, so memory stays flat."""
        try:
            chars = _without_doubles(page.chars)
            upright = [char for char in chars if char["upright"]]
            self.slanted += sum(not char["upright"] and bool(char["text"].strip()) for char in chars)
            glyphs = [
                Glyph(char["text"], char["x0"], char["top"], char["x1"], char["bottom"]) for char in upright
            ]
            if sum(bool(glyph.text.strip()) for glyph in glyphs) < _FEW and _is_picture(page):
                self.pictures.append(page.page_number)
            return Sheet(page.page_number, float(page.width), float(page.height), glyphs, list(_edges(page)))
        finally:
            page.close()

    def recognise(self, data: bytes, path: str, sheets: list[Sheet]) -> list[Sheet]:
        """The sheets, those that are pictures as OCR reads them, where it is installed."""
        if not self.pictures:
            return sheets
        told = _ranges(self.pictures)
        try:
            from auditor.document.picture import pdf_page, recognise
        except ModuleNotFoundError:
            self.page.remark(
                Concern.NOT_READ,
                f"第 {told} 页是扫描图片，没有文字，未读入；安装识别组件后可读：pip install 'auditor[ocr]'",
            )
            return sheets
        with deadline(_SECONDS + len(self.pictures) * _SECONDS_PER_SCAN, path):
            scans = {number: recognise(pdf_page(data, number), number) for number in self.pictures}
        self.page.remark(Concern.NOT_READ, f"第 {told} 页是扫描图片，文字由识别得来，可能有误，请对照原件")
        return [scans.get(sheet.number, sheet) for sheet in sheets]

    def remark(self) -> None:
        if self.slanted:
            self.page.remark(Concern.NOT_READ, f"有 {self.slanted} 个横斜或竖转的字（多为水印、印章）未读入")


def _without_doubles(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Bold by printing twice: the second print of the same character at the same place goes."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for char in chars:
        x, y = round(char["x0"]), round(char["top"])
        if not any((char["text"], x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            kept.append(char)
            seen.add((char["text"], x, y))
    return kept


def _edges(page: Page) -> Iterator[Box]:
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


def _is_picture(page: Page) -> bool:
    """Whether pictures cover a good part of the page."""
    area = sum((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) for image in page.images)
    return bool(area > 0.3 * float(page.width) * float(page.height))


def _ranges(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
