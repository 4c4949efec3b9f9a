"""Reader of .pdf: words with their places, ruled and unruled tables; scanned pages go to OCR."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

import pypdfium2

from auditor.compiled import compiled
from auditor.document import layout
from auditor.document.compose import Composer
from auditor.document.errors import NOTHING_SEEN, UnreadableFile
from auditor.document.hidden import UNSEEN, concealed
from auditor.document.marks import ILLEGIBLE, Drawn, Glyph, Page, Sheet, lines_of, median
from auditor.document.model import Concern, Document
from auditor.document.pdf_page import Printed, Run, turned
from auditor.document.pdf_printed import Printer
from auditor.document.sniff import FileKind
from auditor.extras import how_to_get
from auditor.isolation import scanning

if TYPE_CHECKING:
    from auditor.document.pdf_plumbed import Plumber

MAX_PAGES = 1000
_LARGE = 3.0
"""Times the usual size of the page's characters; titles stay under it."""
_MOST_LARGE = 200
_FEW = 20
"""Characters on a page that is a picture: a page number, a stamp."""
_A_PICTURE = 0.3
"""Share of a page; less is a stamp or a drawing on it."""
_REPEATED = compiled(r"^(.{1,20}?)\1+$")
_STREAM = compiled(rb"stream\r?\n")
_MAX_STREAM = 150 * 1024 * 1024


def read_pdf(data: bytes, path: str) -> Document:
    """Document of a .pdf file. Raises `UnreadableFile`."""
    return read_drawn(data, path)[0]


def read_drawn(data: bytes, path: str) -> tuple[Document, list[Drawn]]:
    """The document, and what was recognised on each page."""
    _check_streams(data, path)
    try:
        with closing(_File(data)) as file:
            if len(file) > MAX_PAGES:
                raise UnreadableFile(path, f"PDF 有 {len(file)} 页，超过上限 {MAX_PAGES} 页，未读取")
            page = Composer()
            reader = _Reader(page)
            pages = [layout.laid(reader.sheet(file.page(number))) for number in range(1, len(file) + 1)]
            said = [value for value in file.metadata().values() if not value.isascii()]
        pages = reader.recognise(data, path, pages)
        drawn = layout.write(pages, page)
        reader.remark()
        document = page.document(path, data, FileKind.PDF.value)
        document.beside = tuple(dict.fromkeys([*said, *reader.beside]))
        return document, drawn
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # the libraries raise whatever a malformed object leads to
        from auditor.document.pdf_plumbed import why

        raise UnreadableFile(path, why(error)) from None


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


class _File:
    """The pages of a file: pdfium tells them, pdfplumber those that it does not tell, and all of a file that is not
    whole. The PDF of an office program needs pdfplumber for nothing: it is not even loaded."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._printer: Printer | None = None
        self._other: Plumber | None = None
        try:
            printer = Printer(data)
        except pypdfium2.PdfiumError:
            return
        if printer.is_whole:
            self._printer = printer
        else:
            printer.close()

    def __len__(self) -> int:
        return len(self._plumber() if self._printer is None else self._printer)

    def page(self, number: int) -> Printed:
        """The page of that number, from 1 on. Raises whatever a malformed object leads to."""
        told = None if self._printer is None else self._printer.page(number)
        return self._plumber().page(number) if told is None else told

    def metadata(self) -> dict[str, str]:
        """What the file says of itself: its title, its keywords."""
        return self._plumber().metadata() if self._printer is None else self._printer.metadata()

    def _plumber(self) -> Plumber:
        if self._other is None:
            from auditor.document.pdf_plumbed import Plumber

            self._other = Plumber(self._data)
        return self._other

    def close(self) -> None:
        for one in (self._printer, self._other):
            if one is not None:
                one.close()


class _Reader:
    """Makes sheets of pages; remembers which ones are pictures."""

    def __init__(self, page: Composer) -> None:
        self.page = page
        self.pictures: list[int] = []
        self.unmapped: list[int] = []
        self.dropped = 0
        self.beside: list[str] = []
        self.outside: list[list[Glyph]] = []

    def sheet(self, printed: Printed) -> Sheet:
        """Glyphs and ruling lines of a page, turned so that its text is level."""
        runs = self._within(printed)
        turn = _turned(runs)
        level = [run for run in runs if run.direction == turn]
        kept = _without_watermark(level)
        if len(kept) < len(runs):
            left = set(map(id, kept))
            dropped = [run for run in runs if id(run) not in left]
            self.dropped += _count(dropped)
            self.beside += map(_said, dropped)
        glyphs = [*chain.from_iterable(run.glyphs for run in kept), *printed.filled_in]
        scanned = self._note_picture(printed, glyphs)
        width, height, edges = printed.width, printed.height, printed.edges
        if turn:
            glyphs = [Glyph(one.text, *turned(one[1:], width, height, turn)) for one in glyphs]
            edges = [turned(edge, width, height, turn) for edge in edges]
        size = (height, width) if turn % 180 else (width, height)
        return Sheet(printed.number, *size, glyphs, edges, scanned, turn)

    def _within(self, printed: Printed) -> Sequence[Run]:
        """The characters on the visible page: what was cropped away is still in the file."""
        width, height = 2 * printed.width, 2 * printed.height

        def is_within(one: Glyph) -> bool:
            return 0 <= one.x0 + one.x1 <= width and 0 <= one.top + one.bottom <= height

        if all(is_within(one) for run in printed.runs for one in run.glyphs):
            return printed.runs
        beyond = [
            one for run in printed.runs for one in run.glyphs if one.text.strip() and not is_within(one)
        ]
        if beyond:
            self.outside.append(beyond)
        return [run._replace(glyphs=list(filter(is_within, run.glyphs))) for run in printed.runs]

    def _note_picture(self, printed: Printed, glyphs: list[Glyph]) -> bool:
        """Whether the page is to be recognised; then the glyphs are only what somebody recognised."""
        count = sum(bool(glyph.text.strip()) for glyph in glyphs)
        lost = sum(glyph.text == ILLEGIBLE for glyph in glyphs)
        if lost >= _FEW and lost * 10 > count:
            self.unmapped.append(printed.number)
            glyphs.clear()
            return True
        if printed.pictured > _A_PICTURE and (count < _FEW or printed.unseen):
            self.pictures.append(printed.number)
            return count >= _FEW
        return False

    def recognise(self, data: bytes, path: str, pages: list[Page]) -> list[Page]:
        """The pages, those that are pictures as OCR reads them, where it is installed."""
        numbers = sorted(self.pictures + self.unmapped)
        if not numbers:
            return pages
        try:
            from auditor.document.picture import pdf_page, recognise
        except ModuleNotFoundError:
            self._note_missing(pages)
            return pages
        with scanning(len(numbers)):
            scans = {number: layout.laid(recognise(pdf_page(data, number), number)) for number in numbers}
        seen = [scans.get(page.number, page) for page in pages]
        if not any(page.has_text for page in seen):
            raise UnreadableFile(path, NOTHING_SEEN)
        for some, why in ((self.pictures, "是扫描图片"), (self.unmapped, "的字没有文字编码")):
            if some:
                told = f"第 {_ranges(some)} 页{why}，文字由识别得来，可能有误，请对照原件"
                self.page.remark(Concern.NOT_READ, told)
        return seen

    def _note_missing(self, pages: Iterable[Page]) -> None:
        layered = {page.number for page in pages if page.scanned and page.has_text}
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


def _count(runs: Iterable[Run]) -> int:
    return sum(bool(one.text.strip()) for run in runs for one in run.glyphs)


def _said(run: Run) -> str:
    """What a watermark or a stamp says, once."""
    return _REPEATED.sub(r"\1", "".join(one.text for one in run.glyphs))


def _turned(runs: Sequence[Run]) -> int:
    """The direction of most characters: pages are put into a file sideways."""
    if all(run.direction == 0 for run in runs):
        return 0
    counts: Counter[int] = Counter()
    for run in runs:
        if run.direction is not None:
            counts[run.direction] += _count([run])
    most = max(counts, key=lambda one: counts[one], default=0)
    return most if counts[most] > 2 * counts[0] else 0


def _without_watermark(runs: Sequence[Run]) -> Sequence[Run]:
    """Without characters far larger than the rest that stand over it; a title stands alone."""
    sizes = [run.size for run in runs]
    if not runs or max(sizes) <= _LARGE * min(sizes):
        return runs
    most = _LARGE * median([run.size for run in runs for _ in run.glyphs])
    large = [(run.size, one) for run in runs if run.size > most for one in run.glyphs]
    if not large or len(large) > _MOST_LARGE:
        return runs
    small = [one for run in runs if run.size <= most for one in run.glyphs if one.text.strip()]
    over = {
        round(size)
        for size, one in large
        if any(
            one.x0 < (char.x0 + char.x1) / 2 < one.x1 and one.top < (char.top + char.bottom) / 2 < one.bottom
            for char in small
        )
    }
    return [run for run in runs if run.size <= most or round(run.size) not in over]


def _ranges(numbers: list[int]) -> str:
    return "、".join(map(str, numbers[:20])) + ("等" if len(numbers) > 20 else "")
