"""The report as a model reads it: numbered lines between marks that the report cannot forge.

A line is a sentence, or the short cells of a table row side by side. Each keeps its views, so that
whatever is quoted from it has an exact place. Numbers run through the whole report; a long report
is cut into several sheets, at section borders where there are any.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.judge.tokens import tokens
from auditor.language import word
from auditor.report import Report
from auditor.report.model import Passage, TextKind
from auditor.values import frozen

BAR = "｜"
_WORD = compiled(r"\S+")
_SHORT_CELL = 12
_SHORT_SENTENCE = 12
_CELLS_IN_LINE = 12


@frozen
class Line:
    """What one number stands for.

    opens     a section begins here
    standing  it tells of the unit or of the form, not of the project: the same in every report of a unit
    """

    number: int
    views: tuple[View, ...]
    opens: bool = False
    standing: bool = False

    @property
    def text(self) -> str:
        return BAR.join(" ".join(view.text.split()) for view in self.views)

    def __str__(self) -> str:
        return f"{self.number}{BAR}{self.text}"


def placed(sheet: Iterable[Line], numbered: bool = True) -> tuple[str, list[int]]:
    """The lines as they are sent, and for each character its offset in the document (-1: none)."""
    text: list[str] = []
    places: list[int] = []
    for line in sheet:
        if text:
            _add("\n", text, places)
        _add(f"{line.number}{BAR}" if numbered else "", text, places)
        for at, view in enumerate(line.views):
            _add(BAR if at else "", text, places)
            reached = 0
            for piece in _WORD.finditer(view.text):
                _add(" " if reached else "", text, places)
                text.append(piece[0])
                places.extend(map(view.place, range(*piece.span())))
                reached = piece.end()
    return "".join(text), places


def _add(sign: str, text: list[str], places: list[int]) -> None:
    text.append(sign)
    places.extend([-1] * len(sign))


def lines(report: Report) -> list[Line]:
    """Every line of the report, numbered from 1: first what stands in every report of a unit, so that an endpoint
    which keeps the beginning of a request reads it once."""
    told = sorted(_stretches(report.passages, _names(report)), key=lambda one: not one[2])
    return [Line(number, *one) for number, one in enumerate(told, 1)]


def _is_standing(passage: Passage) -> bool:
    return word("topic_of_unit").search(passage.label or passage.section) is not None


def _names(report: Report) -> dict[int, Span]:
    """The place of an indicator's name by the place where one of its texts begins."""
    return {
        view.span().start: row.name_view.span()
        for row in report.indicators
        for view in (row.narrative, row.actual, row.reason, row.target)
        if view is not None
    }


def _stretches(
    passages: Iterable[Passage], names: Mapping[int, Span]
) -> Iterator[tuple[tuple[View, ...], bool, bool]]:
    """What makes a line each: its views, whether it opens a section, whether it is standing text."""
    row: list[View] = []
    opens = standing = False
    reached = -1
    for passage in passages:
        if passage.span.start < reached or not passage.text.strip():
            continue  # the same cell under a second label
        reached = passage.span.end
        short = passage.kind is TextKind.CELL and len(passage.text) < _SHORT_CELL
        views = list(_sentences(passage))
        if row and not short and _is_text_of(passage, row, names):
            row.append(views.pop(0))  # an indicator's text stands on the line of its label
            standing = _is_standing(passage)
        if row and (not short or not passage.label or len(row) >= _CELLS_IN_LINE):
            yield tuple(row), opens, standing
            row, opens, standing = [], False, False
        if short:
            row.append(passage.view)
            continue
        opens = opens or passage.kind is TextKind.HEADING
        for view in views:
            yield (view,), opens, _is_standing(passage)
            opens = False
    if row:
        yield tuple(row), opens, standing


def _is_text_of(passage: Passage, row: Sequence[View], names: Mapping[int, Span]) -> bool:
    """Whether the long cell tells of the row of short ones before it: their label, or their indicator, is
    its own."""
    label, name = "".join(passage.label.split()), names.get(passage.span.start)
    return any(
        (name is not None and view.span().overlaps(name)) or (label and "".join(view.text.split()) == label)
        for view in row
    )


def _sentences(passage: Passage) -> Iterator[View]:
    """The sentences; a very short one goes with the next."""
    view, start = passage.view, 0
    for at, char in enumerate(view.text):
        if char in "。；;！!？?\n" and at - start >= _SHORT_SENTENCE:
            yield view.part(start, at + 1)
            start = at + 1
    if view.text[start:].strip():
        yield view.part(start, len(view.text))


def sheets(all_lines: list[Line], limit: int) -> list[list[Line]]:
    """The lines cut into sheets of at most `limit` tokens (a single longer line stays whole)."""
    found: list[list[Line]] = []
    sheet: list[Line] = []
    size = 0
    for section in _sections(all_lines):
        length = sum(map(_size, section))
        if sheet and size + length > limit:
            found.append(sheet)
            sheet, size = [], 0
        for line in section:
            if sheet and size + _size(line) > limit:
                found.append(sheet)
                sheet, size = [], 0
            sheet.append(line)
            size += _size(line)
    return [*found, sheet] if sheet else found


def _sections(all_lines: list[Line]) -> Iterator[list[Line]]:
    section: list[Line] = []
    for line in all_lines:
        if line.opens and section:
            yield section
            section = []
        section.append(line)
    if section:
        yield section


def _size(line: Line) -> int:
    return tokens(str(line)) + 1


FENCE = compiled(r"[A-Z]{16}")


def fence(text: str) -> str:
    """A mark of 16 letters that does not occur in `text`: derived from its hash, so that no writer of
    the text can know it, and the same for the same text, so that requests can be recorded."""
    seed = text
    while True:
        digest = hashlib.sha256(seed.encode("utf-8", "backslashreplace")).digest()
        mark = "".join(chr(ord("A") + byte % 26) for byte in digest[:16])
        if mark not in text:
            return mark
        seed = digest.hex() + text
