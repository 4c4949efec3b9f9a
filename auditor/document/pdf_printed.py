"""A page of a PDF, taken apart by pdfium.

What pdfium knows of a character or a line takes a call each, and a page has thousands of them. So the calls are made
in rows (`map` over a function of the library, its answers written into one array), and Python works on what belongs
together: the characters that were drawn in one go, all lines of the page.

Not told here are pages whose fonts do not say which characters they hold, write downwards or say nothing of their
height, and pages into which something was filled: `pdf_plumbed` is asked of those.
"""

from __future__ import annotations

import ctypes
from array import array
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, groupby, islice, pairwise, repeat
from math import hypot
from operator import itemgetter
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from auditor.compiled import compiled
from auditor.document.borders import Box
from auditor.document.marks import Glyph
from auditor.document.pdf_page import Drawing, Printed, Run, direction, edges_of

_LEAST_PAGE = 50.0
_MOST_NESTED = 8
_NO_LETTER = compiled(r"[\x00-\x1f\ud800-\uf8ff\ufff0-\U0010ffff]")
"""Signs of control, private ones and what stands for none: no letters that a font would say it holds."""
_FOOT = 0.12
"""Of a character's height: how far it reaches below its line. Fonts say it in many ways, and differ on one line."""
_BEHIND = 0.3
"""Of a character's height: one whose box begins so far before its place is written downwards."""
_TALLEST = 3
"""Times its height a font may reach above and below; more has a character of a font whose sizes mean nothing."""
_RECT = 4
_FRAMED = (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE)
_FILLED_IN = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)

_Point = tuple[float, float]
_Matrix = tuple[float, float, float, float, float, float]
_AS_IT_IS: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_glyph: Callable[[tuple[Any, ...]], Glyph] = partial(tuple.__new__, Glyph)

_address, _int, _float = ctypes.c_void_p, ctypes.c_int, ctypes.c_float


def _quick(name: str, gives: Any, *takes: Any) -> Callable[..., Any]:
    """The function of the library for bare addresses and numbers: nothing is made around them."""
    place = ctypes.cast(getattr(pdfium, name), _address).value or 0
    return ctypes.PYFUNCTYPE(gives, *takes)(place)


_chars = _quick("FPDFText_GetText", _int, _address, _int, _int, _address)
_char_box = _quick("FPDFText_GetLooseCharBox", _int, _address, _int, _address)
_char_unicode = _quick("FPDFText_GetUnicode", ctypes.c_uint, _address, _int)
_char_generated = _quick("FPDFText_IsGenerated", _int, _address, _int)
_char_unknown = _quick("FPDFText_HasUnicodeMapError", _int, _address, _int)
_char_origin = _quick("FPDFText_GetCharOrigin", _int, _address, _int, _address, _address)
_char_matrix = _quick("FPDFText_GetMatrix", _int, _address, _int, _address)
_text_object = _quick("FPDFText_GetTextObject", _address, _address, _int)
_text_size = _quick("FPDFTextObj_GetFontSize", _int, _address, _address)
_text_mode = _quick("FPDFTextObj_GetTextRenderMode", _int, _address)
_page_count = _quick("FPDFPage_CountObjects", _int, _address)
_page_object = _quick("FPDFPage_GetObject", _address, _address, _int)
_form_count = _quick("FPDFFormObj_CountObjects", _int, _address)
_form_object = _quick("FPDFFormObj_GetObject", _address, _address, ctypes.c_ulong)
_kind = _quick("FPDFPageObj_GetType", _int, _address)
_matrix = _quick("FPDFPageObj_GetMatrix", _int, _address, _address)
_draw_mode = _quick("FPDFPath_GetDrawMode", _int, _address, _address, _address)
_segment_count = _quick("FPDFPath_CountSegments", _int, _address)
_segment = _quick("FPDFPath_GetPathSegment", _address, _address, _int)
_segment_kind = _quick("FPDFPathSegment_GetType", _int, _address)
_segment_point = _quick("FPDFPathSegment_GetPoint", _int, _address, _address, _address)
_segment_closes = _quick("FPDFPathSegment_GetClose", _int, _address)


class _Other(Exception):
    """The page is none of those that are told here."""


class Printer:
    """The file as pdfium has it. Raises `pypdfium2.PdfiumError` for one that it does not open."""

    def __init__(self, data: bytes) -> None:
        self._file = pypdfium2.PdfDocument(data)

    def __len__(self) -> int:
        return len(self._file)

    @property
    def is_whole(self) -> bool:
        """Whether the file's own table leads to its objects: nothing had to be patched up."""
        return bool(pdfium.FPDF_DocumentHasValidCrossReferenceTable(self._file.raw))

    def page(self, number: int) -> Printed | None:
        """The page of that number, from 1 on, if it can be told."""
        try:
            own = self._file[number - 1]
        except pypdfium2.PdfiumError:
            return None
        text = own.get_textpage()
        try:
            return _printed(number, own.raw, text.raw)
        except _Other:
            return None
        finally:
            text.close()
            own.close()

    def metadata(self) -> dict[str, str]:
        return dict(self._file.get_metadata_dict(skip_empty=True))

    def close(self) -> None:
        self._file.close()


class _Seen(NamedTuple):
    """What is seen of a page, in its own lengths, which grow to the right and upwards, and how far the page is
    turned clockwise to be seen."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 180 else (width, height)

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """Where that box is seen."""
        left, bottom, right, top, turn = self
        if turn == 0:
            return Box(x0 - left, top - y1, x1 - left, top - y0)
        if turn == 90:
            return Box(y0 - bottom, x0 - left, y1 - bottom, x1 - left)
        if turn == 180:
            return Box(right - x1, y0 - bottom, right - x0, y1 - bottom)
        return Box(top - y1, right - x1, top - y0, right - x0)


def _printed(number: int, page: Any, text: Any) -> Printed:
    """Raises `_Other`."""
    if any(kind in _FILLED_IN for kind in _annotations(page)):
        raise _Other
    found = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, found):
        raise _Other
    seen = _Seen(found.left, found.bottom, found.right, found.top, 90 * pdfium.FPDFPage_GetRotation(page))
    width, height = seen.size
    if min(width, height) <= _LEAST_PAGE:
        raise _Other
    holds = _Holds([], [], [])
    _hold(_handle(page), _page_count, _page_object, _AS_IT_IS, holds)
    return Printed(
        number,
        width,
        height,
        list(_runs(_handle(text), pdfium.FPDFText_CountChars(text), seen)),
        list(edges_of(_drawings(holds.paths, seen))),
        sum(holds.pictures) / (width * height),
        bool(holds.pictures) and pdfium.FPDF_TEXTRENDERMODE_INVISIBLE in map(_text_mode, holds.texts),
    )


def _annotations(page: Any) -> Iterator[int]:
    for at in range(pdfium.FPDFPage_GetAnnotCount(page)):
        one = pdfium.FPDFPage_GetAnnot(page, at)
        yield pdfium.FPDFAnnot_GetSubtype(one)
        pdfium.FPDFPage_CloseAnnot(one)


def _handle(one: Any) -> int:
    return ctypes.cast(one, _address).value or 0


def _answers(code: str, each: int, count: int, calls: Callable[[range], Iterable[Any]]) -> list[Any]:
    """The numbers that so many calls write, `each` a call: `calls` is given the addresses to write them to."""
    room = array(code, bytes(array(code).itemsize * each * count))
    start, step = room.buffer_info()[0], room.itemsize * each
    deque(calls(range(start, start + step * count, step)), 0)
    return room.tolist()


def _runs(text: int, count: int, seen: _Seen) -> Iterator[Run]:
    """The characters of the page in the order of the file. Raises `_Other`."""
    if any(map(_char_unknown, repeat(text), range(count))):
        raise _Other
    letters = _letters(text, count)
    owners = list(map(_text_object, repeat(text), range(count)))
    blanks = [at for at, letter in enumerate(letters) if letter <= " "]
    for at, made_up in zip(blanks, map(_char_generated, repeat(text), blanks), strict=True):
        owners[at] = None if made_up else owners[at]
    lefts, tops, rights, bottoms = _columns(
        4, _answers("f", 4, count, lambda to: map(_char_box, repeat(text), range(count), to))
    )
    xs, ys = _columns(
        2,
        _answers("d", 2, count, lambda to: map(_char_origin, repeat(text), range(count), to, _second(to, 8))),
    )
    # A box is as wide as the ink, which may reach over the next character.
    ends = [
        min(right, after) if x < after and one == other else right
        for x, right, one, after, other in zip(xs, rights, owners, xs[1:], owners[1:], strict=False)
    ]
    ends += rights[-1:]
    borders = [0, *(at for at, (one, other) in enumerate(pairwise(owners), 1) if one != other), count]
    stretches = [slice(start, end) for start, end in pairwise(borders) if start < end and owners[start]]
    heads = _heads(text, [(part.start, owners[part.start]) for part in stretches])
    for (size, way), group in groupby(zip(stretches, heads, strict=True), itemgetter(1)):
        parts = [part for part, _ in group]
        own = "".join([letters[part] for part in parts])
        if _NO_LETTER.search(own) or any(
            tops[part.start] - bottoms[part.start] > _TALLEST * size
            or (way == 0 and xs[part.start] - lefts[part.start] > _BEHIND * size)
            or (way == 0 and ys[part.start] != ys[part.stop - 1])
            for part in parts
        ):
            raise _Other

        def picked(column: list[float], parts: Sequence[slice] = parts) -> list[float]:
            return list(chain.from_iterable([column[part] for part in parts]))

        if way == 0 and seen.turn == 0:
            x0s, x1s = ([x - seen.left for x in picked(side)] for side in (xs, ends))
            feet = [seen.top - (y - _FOOT * size) for y in picked(ys)]
            glyphs = list(map(_glyph, zip(own, x0s, [foot - size for foot in feet], x1s, feet, strict=True)))
        else:
            places = zip(*map(picked, (xs, ys, lefts, bottoms, ends, tops)), strict=True)
            glyphs = [
                Glyph(letter, *seen.place(*_body(way, size, *place)))
                for letter, place in zip(own, places, strict=True)
            ]
        yield Run(glyphs, size, None if way is None else (way - seen.turn) % 360)


def _letters(text: int, count: int) -> str:
    """The characters of the page, a sign for each."""
    room = array("H", bytes(2 * (count + 1)))
    _chars(text, 0, count, room.buffer_info()[0])
    letters = room.tobytes()[: 2 * count].decode("utf-16-le", "surrogatepass").rstrip("\0")
    if len(letters) == count:
        return letters
    return "".join(map(chr, map(_char_unicode, repeat(text), range(count))))


def _body(
    way: int | None, size: float, x: float, y: float, left: float, bottom: float, right: float, top: float
) -> tuple[float, float, float, float]:
    """The room of a character: along its line its box, across it as high as it is. `x` and `y`:
    where it stands on its line."""
    foot, head = _FOOT * size, size - _FOOT * size
    if way == 0:
        return x, y - foot, right, y + head
    if way == 180:
        return left, y - head, right, y + foot
    if way == 90:
        return x - head, bottom, x + foot, top
    return (x - foot, bottom, x + head, top) if way == 270 else (left, bottom, right, top)


def _heads(text: int, firsts: Sequence[tuple[int, int]]) -> Iterator[tuple[float, int | None]]:
    """How high the characters of text objects are, each told with the number of its first character, and their
    direction. Raises `_Other` for mirrored text."""
    starts, objects = [start for start, _ in firsts], [drawn for _, drawn in firsts]
    matrices = _answers("f", 6, len(firsts), lambda to: map(_char_matrix, repeat(text), starts, to))
    sizes = _answers("f", 1, len(firsts), lambda to: map(_text_size, objects, to))
    known: dict[tuple[Any, ...], tuple[float, int | None]] = {}
    for size, matrix in zip(sizes, _grouped(matrices, 6), strict=True):
        a, b, c, d, _, _ = matrix
        if (head := known.get((size, a, b, c, d))) is None:
            way = direction(a, b)
            head = known[size, a, b, c, d] = (size * (d if way == 0 else hypot(c, d)), way)
            if head[0] <= 0:
                raise _Other
        yield head


def _columns(each: int, numbers: list[Any]) -> tuple[list[Any], ...]:
    return tuple(numbers[at::each] for at in range(each))


def _grouped(numbers: Sequence[Any], each: int) -> Iterator[tuple[Any, ...]]:
    return zip(*[iter(numbers)] * each, strict=True)


class _Holds(NamedTuple):
    """The objects of a page, those inside its forms with how the form stands on the page; of pictures the area."""

    texts: list[int]
    paths: list[tuple[int, _Matrix]]
    pictures: list[float]


def _hold(
    holder: int,
    count: Callable[..., int],
    pick: Callable[..., int],
    stands: _Matrix,
    holds: _Holds,
    depth: int = 0,
) -> None:
    """Raises `_Other` for forms within forms without end."""
    if depth > _MOST_NESTED:
        raise _Other
    objects = list(map(pick, repeat(holder), range(count(holder))))
    kinds = list(map(_kind, objects))
    holds.texts.extend(
        one for one, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_TEXT
    )
    holds.paths.extend(
        (one, stands) for one, kind in zip(objects, kinds, strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH
    )
    framed = [one for one, kind in zip(objects, kinds, strict=True) if kind in _FRAMED]
    matrices = _answers("f", 6, len(framed), lambda to: map(_matrix, framed, to))
    for one, own in zip(framed, _grouped(matrices, 6), strict=True):
        a, b, c, d, *_ = whole = _combined(own, stands)
        if _kind(one) == pdfium.FPDF_PAGEOBJ_FORM:
            _hold(one, _form_count, _form_object, whole, holds, depth + 1)
        else:
            holds.pictures.append((abs(a) + abs(c)) * (abs(b) + abs(d)))


def _combined(inner: Any, outer: _Matrix) -> _Matrix:
    """Both after each other."""
    (a, b, c, d, e, f), (g, h, i, j, k, m) = inner, outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _drawings(paths: Sequence[tuple[int, _Matrix]], seen: _Seen) -> Iterator[Drawing]:
    """The straight lines and upright rectangles among the paths."""
    drawn, count = [one for one, _ in paths], len(paths)
    matrices = _answers("f", 6, count, lambda to: map(_matrix, drawn, to))
    modes = _answers("i", 2, count, lambda to: map(_draw_mode, drawn, to, _second(to, 4)))
    counts = list(map(_segment_count, drawn))
    segments = [
        one
        for path, own in zip(drawn, counts, strict=True)
        for one in map(_segment, repeat(path), range(own))
    ]
    kinds, closes = map(_segment_kind, segments), map(_segment_closes, segments)
    points = _answers("f", 2, len(segments), lambda to: map(_segment_point, segments, to, _second(to, 4)))
    rest = zip(kinds, closes, _grouped(points, 2), strict=True)
    for (_, stands), own, matrix, (_, stroke), steps in zip(
        paths, counts, _grouped(matrices, 6), _grouped(modes, 2), repeat(rest), strict=False
    ):
        if stands is not _AS_IT_IS:
            matrix = _combined(matrix, stands)
        for line in _strokes(islice(steps, own), matrix):
            if len(line) == 2 or (len(line) == _RECT and _is_square(line)):
                xs, ys = zip(*line, strict=True)
                yield Drawing(seen.place(min(xs), min(ys), max(xs), max(ys)), len(line) == 2, bool(stroke))


def _strokes(steps: Iterable[tuple[int, int, _Point]], matrix: _Matrix) -> Iterator[list[_Point]]:
    """The points of each straight stretch of a path, those of a closed one each once; of an open one that is no
    mere line nothing."""
    a, b, c, d, e, f = matrix
    points: list[_Point] = []
    straight, closed = True, False
    for kind, closes, (x, y) in steps:
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _whole(points, straight, closed)
            points, straight, closed = [], True, False
        elif kind != pdfium.FPDF_SEGMENT_LINETO:
            straight = False
        points.append((a * x + c * y + e, b * x + d * y + f))
        closed = closed or bool(closes)
    yield from _whole(points, straight, closed)


def _whole(points: list[_Point], straight: bool, closed: bool) -> Iterator[list[_Point]]:
    if len(points) > 2 and points[0] == points[-1]:
        points, closed = points[:-1], True
    if straight and (closed or len(points) == 2):
        yield points


def _is_square(points: list[_Point]) -> bool:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points
    return (x0 == x1 and y1 == y2 and x2 == x3 and y3 == y0) or (
        y0 == y1 and x1 == x2 and y2 == y3 and x3 == x0
    )


def _second(addresses: range, size: int) -> range:
    """The addresses of the second number of each answer."""
    return range(addresses.start + size, addresses.stop + size, addresses.step)
