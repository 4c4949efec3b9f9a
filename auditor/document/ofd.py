"""Reader of .ofd (GB/T 33190): a zip of XML; text and lines with their places, in millimetres."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from auditor.compiled import compiled
from auditor.document import layout
from auditor.document.archive import office_container, part
from auditor.document.borders import Box
from auditor.document.compose import Composer
from auditor.document.errors import NOTHING_SEEN, UnreadableFile
from auditor.document.marks import Glyph, Sheet
from auditor.document.model import Concern, Document
from auditor.document.sniff import FileKind
from auditor.extras import how_to_get
from auditor.isolation import scanning

_POINTS = 72 / 25.4
"""Points in a millimetre."""
_ASCENT = 0.86
"""Share of the type size above the base line."""
_MAX_PAGES = 1000
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_PATH = compiled(r"([MLCSBQA])|(-?\d+(?:\.\d+)?)")

Element = ElementTree.Element


def read_ofd(data: bytes, path: str) -> Document:
    """Document of an .ofd file. Raises `UnreadableFile`."""
    with office_container(data, path) as opened:
        try:
            reader = _Reader(opened, path)
            sheets = list(reader.sheets())
        except (ElementTree.ParseError, ValueError, KeyError, AttributeError, IndexError):
            raise UnreadableFile(path, "OFD 文件不完整或已损坏，读不出来") from None
        page = Composer()
        layout.write([layout.laid(sheet) for sheet in reader.recognise(sheets, page)], page)
    return page.document(path, data, FileKind.OFD.value)


class _Reader:
    """Follows the file from its root to the pages; names are compared without their namespace."""

    def __init__(self, opened: zipfile.ZipFile, path: str) -> None:
        self.opened = opened
        self.path = path
        self.pictures: dict[int, bytes] = {}
        root = self._xml("OFD.xml")
        self.document = _joined("", _text(root, "DocRoot"))
        self.tree = self._xml(self.document)
        self.templates = {
            one.get("ID", ""): one.get("BaseLoc", "") for one in _all(self.tree, "TemplatePage")
        }
        self.media = dict(self._media())

    def sheets(self) -> Iterator[Sheet]:
        boxes = [box.text or "" for box in _all(self.tree, "PhysicalBox")]
        pages = [one.get("BaseLoc", "") for one in _all(self.tree, "Page")]
        if len(pages) > _MAX_PAGES:
            raise UnreadableFile(self.path, f"OFD 有 {len(pages)} 页，超过上限 {_MAX_PAGES} 页，未读取")
        for number, place in enumerate(pages, 1):
            content = self._xml(_joined(self.document, place))
            own = next(
                (box.text for box in _all(content, "PhysicalBox") if box.text), boxes[0] if boxes else ""
            )
            size = _numbers(own or "0 0 210 297")
            glyphs: list[Glyph] = []
            edges: list[Box] = []
            for layer in [*self._templates_of(content), content]:
                for one in _all(layer, "TextObject"):
                    glyphs.extend(_glyphs(one))
                for one in _all(layer, "PathObject"):
                    edges.extend(_edges(one))
            if not glyphs:
                self._note_picture(content, number)
            yield Sheet(number, size[2] * _POINTS, size[3] * _POINTS, glyphs, edges)

    def recognise(self, sheets: list[Sheet], page: Composer) -> list[Sheet]:
        """The sheets, those that are pictures as OCR reads them, where it is installed."""
        if not self.pictures:
            return sheets
        told = "、".join(map(str, self.pictures))
        try:
            import numpy as np
            from PIL import Image

            from auditor.document.picture import recognise
        except ModuleNotFoundError:
            note = f"第 {told} 页是图片，没有文字，未读入；有识别组件才能读，{how_to_get('ocr')}"
            page.remark(Concern.NOT_READ, note)
            return sheets
        page.remark(Concern.NOT_READ, f"第 {told} 页是图片，文字由识别得来，可能有误，请对照原件")
        scans = {}
        with scanning(len(self.pictures)):
            for number, picture in self.pictures.items():
                try:
                    pixels = np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"))
                except (OSError, ValueError, Image.DecompressionBombError):
                    page.remark(Concern.NOT_READ, f"第 {number} 页的图片打不开，未读入")
                    continue
                scans[number] = recognise(pixels, number)
        seen = [scans.get(sheet.number, sheet) for sheet in sheets]
        if scans and not any(sheet.glyphs for sheet in seen):
            raise UnreadableFile(self.path, NOTHING_SEEN)
        return seen

    def _note_picture(self, content: Element, number: int) -> None:
        """The widest picture of a page without text."""
        pictures = sorted(
            _all(content, "ImageObject"), key=lambda one: _numbers(one.get("Boundary", "0 0 0 0"))[2]
        )
        if pictures and (name := self.media.get(pictures[-1].get("ResourceID", ""))):
            self.pictures[number] = part(self.opened, name, self.path)

    def _templates_of(self, content: Element) -> Iterator[Element]:
        for use in _all(content, "Template"):
            if place := self.templates.get(use.get("TemplateID", "")):
                yield self._xml(_joined(self.document, place))

    def _media(self) -> Iterator[tuple[str, str]]:
        """Names of the picture files by their identifiers."""
        for kind in ("PublicRes", "DocumentRes"):
            for place in _all(self.tree, kind):
                name = _joined(self.document, place.text or "")
                resources = self._xml(name)
                base = _joined(name, resources.get("BaseLoc", "") + "/")
                for one in _all(resources, "MultiMedia"):
                    yield one.get("ID", ""), _joined(base, _text(one, "MediaFile"))

    def _xml(self, name: str) -> Element:
        return ElementTree.fromstring(part(self.opened, name, self.path))


def _joined(base: str, place: str) -> str:
    """A place relative to the file that names it; a leading slash means the root of the zip."""
    if place.startswith("/"):
        return posixpath.normpath(place.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), place))


def _all(tree: Element, name: str) -> Iterator[Element]:
    return (one for one in tree.iter() if one.tag.rsplit("}", 1)[-1] == name)


def _text(tree: Element, name: str) -> str:
    return next((one.text or "" for one in _all(tree, name)), "").strip()


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split()]


def _placed(one: Element) -> tuple[list[float], tuple[float, ...]]:
    """Boundary and transformation of an object."""
    matrix = tuple(_numbers(one.get("CTM", "")))
    return _numbers(one.get("Boundary", "0 0 0 0")), matrix if len(matrix) == 6 else _IDENTITY


def _moved(x: float, y: float, matrix: tuple[float, ...], boundary: list[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e + boundary[0]) * _POINTS, (b * x + d * y + f + boundary[1]) * _POINTS


def _glyphs(one: Element) -> Iterator[Glyph]:
    boundary, matrix = _placed(one)
    size = float(one.get("Size", "3"))
    x = y = 0.0
    for code in _all(one, "TextCode"):
        x, y = float(code.get("X", x)), float(code.get("Y", y))
        text = code.text or ""
        across, down = _steps(code.get("DeltaX", ""), len(text)), _steps(code.get("DeltaY", ""), len(text))
        at_x, at_y = x, y
        for place, char in enumerate(text):
            usual = size * (0.5 if char.isascii() else 1.0)
            wide = across[place] if 0 < across[place] < 1.2 * size else usual
            left, top = _moved(at_x, at_y - _ASCENT * size, matrix, boundary)
            right, bottom = _moved(at_x + wide, at_y + (1 - _ASCENT) * size, matrix, boundary)
            yield Glyph(char, left, top, right, bottom)
            at_x += across[place]
            at_y += down[place]


def _steps(written: str, count: int) -> list[float]:
    """The way from each character to the next: "3.2 g 4 1.6" is 3.2 and four times 1.6."""
    steps: list[float] = []
    marks = iter(written.split())
    for mark in marks:
        if mark == "g":
            times, step = int(next(marks, "0")), float(next(marks, "0"))
            steps.extend([step] * min(times, count))
        else:
            steps.append(float(mark))
    return steps + [0.0] * max(count - len(steps), 0)


def _edges(one: Element) -> Iterator[Box]:
    """The straight level and upright strokes of a path."""
    boundary, matrix = _placed(one)
    at: tuple[float, float] | None = None
    start: tuple[float, float] | None = None
    for command, numbers in _commands(_text(one, "AbbreviatedData")):
        end = start
        if command != "C":
            end = _moved(numbers[-2], numbers[-1], matrix, boundary) if len(numbers) >= 2 else None
        if end is None:
            continue
        if command == "M":
            start = end
        elif command in "LC" and at is not None and (abs(at[0] - end[0]) < 1 or abs(at[1] - end[1]) < 1):
            yield Box(min(at[0], end[0]), min(at[1], end[1]), max(at[0], end[0]), max(at[1], end[1]))
        at = end


def _commands(path: str) -> Iterator[tuple[str, list[float]]]:
    command, numbers = "", []  # type: str, list[float]
    for match in _PATH.finditer(path):
        if match[1]:
            if command:
                yield command, numbers
            command, numbers = match[1], []
        else:
            numbers.append(float(match[2]))
    if command:
        yield command, numbers
