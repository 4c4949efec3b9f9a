"""A stretch of text as the sequence of cells it once was, whatever the way its grid was lost.

Tabs, pipes (kept or trailing), runs of spaces and line breaks end a cell. Single spaces do where the
line is a row of short cells and no sentence. How the cells stood on lines is kept: it is evidence for
where rows begin, never proof.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from auditor.compiled import compiled
from auditor.document import Block, Document, Paragraph, Span, View
from auditor.document.fold import folded_text, view
from auditor.report.align import CellType, cell_type
from auditor.report.labels import (
    FIELD_LABEL,
    GOAL_LABEL,
    GRADE_LABEL,
    LEVEL_WORD,
    MEASURE_HEAD,
    PROBLEM_HEAD,
    clean,
    column_of,
    line_of,
    role_of,
    unit_in,
)
from auditor.report.model import LineKind
from auditor.report.named_unit import is_body
from auditor.report.passages import is_page_mark
from auditor.values import frozen, through

_LINE = compiled(r"[^\n\r\f]+")
_VALUE = compiled(r"[≥≤><=]{0,2}\d")
_OPEN_NUMBER = compiled(r"\d[\d,]*\.")
_DIGITS_CUT = compiled(r"\d[\d,]*(?:\.\d+)?")
_DIGITS_LEFT = compiled(r"\d+(?:\.\d+)?%?|\.\d+%?")
_PAIR = 2
_NAME = 20  # characters of the name in front of values
_TAG = compiled(r"</?[a-zA-Z]")
_CELLS = compiled(r"[^\t|]+")
_WIDE = compiled(r"\S+(?: \S+)*")
# Single Han characters apart are one word set wide: "合 计", "备 注".
_NARROW = compiled(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff](?!\S))+|\S+")
# Blanks inside cells: thousands set off ("1 234.56"), around signs and before units ("≥ 90 %", "6 栋").
_INSIDE = r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?:\.\d+)?(?![\d.,])|[≥≤><=]{1,2} +\d[\d.,]*(?: +(?:[%‰]|[\u4e00-\u9fff])(?!\S))?|(?<![\d.,])\d[\d.,]* +(?![优良中差好无是否])[\u4e00-\u9fff](?!\S)"
_GROUPED = compiled(rf"{_INSIDE}|{_NARROW.pattern}")
_WIDE_SET = compiled(r"[\u4e00-\u9fff](?:[ \u3000]+[\u4e00-\u9fff]){2,}")
_BLANKS_INSIDE = compiled(_INSIDE)
_FIELDS = (FIELD_LABEL, GOAL_LABEL, GRADE_LABEL, PROBLEM_HEAD, MEASURE_HEAD)
_CELL = 60  # characters of a cell on a line of short ones
_SHEET = 5  # words of headers and fields on a line that can only be a sheet
_WHOLE_FORM = 60  # cells on one line: all rows of a form
_COUNTED = 5
"""So many lines that count on from 1 are numbered by a system."""
_END_OF_NAME = 6
"""Characters of the end of a body's name that stand on a line of their own."""
_HEADER_WORD = 16
"""Characters of the longest header word that may be broken over two lines."""


@frozen(slots=True)
class Token:
    """One cell in the order of reading: its text, the line it stands on, whether that line begins with it,
    and which block of the region it comes from."""

    view: View
    line: int
    first: bool
    block: int

    text = through("view.text", str)

    @property
    def kind(self) -> CellType:
        return cell_type(self.view.text)


def tokens(blocks: Sequence[Block], document: Document, spaced: bool, grouped: bool = False) -> list[Token]:
    """The cells of the blocks, in order; `spaced`: single spaces part the cells of a line of short ones,
    `grouped`: save those inside numbers and around their signs."""
    narrow = _GROUPED if grouped else _NARROW
    found: list[Token] = []
    line = 0
    for at, block in enumerate(blocks):
        for cells in _lines(block, document, narrow if spaced else None):
            line += 1
            found.extend(Token(cell, line, not place, at) for place, cell in enumerate(cells))
    return _without_counters(_without_page_marks(found))


def _without_counters(found: list[Token]) -> list[Token]:
    """Without the numbers of lines that a system's export writes before each row: they count on from 1. Rows that all
    stand on one line begin behind them."""
    expected, counters = 1, set()
    whole = {line for line, count in Counter(token.line for token in found).items() if count > _WHOLE_FORM}
    for token, following in pairwise(found):
        begins = token.first or token.line in whole
        counts = begins and token.text == str(expected) and following.kind is CellType.TEXT
        if counts and following.line == token.line:
            counters.add(id(token))
            expected += 1
    if expected <= _COUNTED:
        return found
    kept = [token for token in found if id(token) not in counters]
    places = {id(after) for before, after in pairwise(found) if id(before) in counters}
    return [replace(token, first=True) if id(token) in places else token for token in kept]


def may_be_grouped(blocks: Sequence[Block], document: Document) -> bool:
    """Whether single spaces may stand inside numbers: the cheap sign of a reading that keeps them."""
    return any(_BLANKS_INSIDE.search(_folded(document, block.span)) for block in blocks)


def _folded(document: Document, span: Span) -> str:
    return folded_text(document)[span.start : span.end]


def _lines(block: Block, document: Document, narrow: re.Pattern[str] | None) -> Iterator[list[View]]:
    if isinstance(block, Paragraph):
        yield from _paragraph(block, document, narrow)
        return
    for row in block.rows:
        cells = [cell.view for cell in row.cells]
        parts = [part for cell in cells for part in _split(cell, document, narrow)] if narrow else cells
        yield [part for part in parts if part]


def _paragraph(block: Paragraph, document: Document, narrow: re.Pattern[str] | None) -> Iterator[list[View]]:
    span = block.span
    folded = _folded(document, span)
    if _TAG.search(folded):
        yield [block.view]  # marks of a page inside the text: its line breaks are not the reader's
        return
    for line in _LINE.finditer(folded):
        if is_page_mark(line.group()):
            continue
        cells: list[View] = []
        for cell in _CELLS.finditer(folded, *line.span()):
            pattern = narrow if narrow is not None and _is_row(cell.group()) else _WIDE
            for part in pattern.finditer(folded, *cell.span()):
                cells.extend(_placed(folded, own, span.start) for own in _set_wide(part))
        if cells := [cell for cell in cells if cell]:
            yield cells


def _split(cell: View, document: Document, narrow: re.Pattern[str]) -> list[View]:
    span = cell.span()
    folded = _folded(document, span)
    if not _is_row(folded):
        return [cell]
    parts = (own for match in narrow.finditer(folded) for own in _set_wide(match))
    return [_placed(folded, own, span.start) for own in parts]


def _set_wide(match: re.Match[str]) -> list[tuple[int, int]]:
    """The places of a cell, of two where two words set wide stand side by side ("分 值 得 分")."""
    text, start = match.group(), match.start()
    if not _WIDE_SET.fullmatch(text) or _known("".join(text.split())):
        return [match.span()]
    for gap in compiled("[ \u3000]+").finditer(text):
        halves = text[: gap.start()], text[gap.end() :]
        if all(len(half) > 1 and _known("".join(half.split())) for half in halves):
            return [(start, start + gap.start()), (start + gap.end(), match.end())]
    return [match.span()]


def _placed(folded: str, part: tuple[int, int], shift: int) -> View:
    found = view(folded, *part)
    return View(found.text, tuple((at, place + shift) for at, place in found.runs))


def _is_row(line: str) -> bool:
    """Whether a line is short cells apart by single spaces: figures or words of headers among them, or a
    label and its value."""
    pieces = ["".join(piece.split()) for piece in _NARROW.findall(line)]
    if len(pieces) < 2:
        return False
    if any(len(piece) > _CELL for piece in pieces):
        return sum(map(_known, pieces)) >= _SHEET  # a sheet on one line holds the texts of its goals too
    if all(piece.endswith("。") for piece in pieces):
        return True  # the goal and what came of it, side by side
    if any(cell_type(piece) is not CellType.TEXT or _known(piece) for piece in pieces):
        return True
    if LEVEL_WORD.fullmatch(pieces[0]):
        return True  # the labels of a row whose name goes on in the next line
    # "其中：东片 7台 8台", "设备到货时间 9月底前 9月10日 厂家延期": words, then values side by side.
    values = [_VALUE.match(piece) is not None and len(piece) <= _NAME for piece in pieces]
    at = next((at for at, (left, right) in enumerate(pairwise(values)) if at and left and right), None)
    if at is None:
        return len(pieces) == _PAIR and values == [False, True] and len(pieces[0]) <= _NAME
    return not any(values[:at]) and all(len(piece) <= _NAME for piece in pieces[:at])


def _known(text: str) -> bool:
    named = any(read(text) is not None for read in (role_of, column_of, line_of, unit_in))
    return named or any(words.fullmatch(clean(text)) for words in _FIELDS)


def _without_page_marks(found: list[Token]) -> list[Token]:
    """Without lines that hold nothing but the number of a page ("- 3 -", "第3页"); a bare number stays."""
    return [
        token
        for _, line in groupby(found, lambda token: token.line)
        for own in [list(line)]
        if not (len(own) == 1 and is_page_mark(own[0].text))
        for token in own
    ]


def joined(found: Sequence[Token]) -> list[Token]:
    """The cells with the halves of broken words put together: header words cut by a line break
    ("年度" + "指标值"), the name of a body, a per cent sign alone behind its number."""
    units = any(column_of(token.text) == "unit" for token in found)
    whole: list[Token] = []
    for token in found:
        last = whole[-1] if whole else None
        if last is not None and (_one_cell(last, token, units) or _one_name(whole, token)):
            whole[-1] = Token(last.view.join(token.view), last.line, last.first, last.block)
        else:
            whole.append(token)
    return whole


def healed(found: Sequence[Token]) -> list[Token]:
    """The cells with the digits at the beginning of a line put to those at the end of the line before ("总分 10" over
    "0 98.86"): one way to read lines that hold several cells each; where rows begin with words, the likely one."""
    whole: list[Token] = []
    alone = {line for line, own in groupby(found, lambda token: token.line) if len(list(own)) == 1}
    for token in found:
        last = whole[-1] if whole else None
        cut = last is not None and token.first and _DIGITS_CUT.fullmatch(last.text) and last.line not in alone
        if last is not None and cut and _DIGITS_LEFT.fullmatch(token.text):
            whole[-1] = Token(last.view.join(token.view), last.line, last.first, last.block)
        else:
            whole.append(token)
    return whole


def _one_cell(last: Token, token: Token, units: bool) -> bool:
    """Whether two cells are one; `units`: a column of the form holds units, a lone "%" may be one of them."""
    if (
        last.text.count("(") > last.text.count(")")
        and token.first
        and token.text.count(")") > token.text.count("(")
    ):
        return True  # "财政资金(万" + "元)"
    if token.text in ("%", "‰"):
        return not units and last.kind in (CellType.NUMBER, CellType.INDEX)
    if token.first and _OPEN_NUMBER.fullmatch(last.text) and token.text.isdecimal():
        return True  # "1089." + "78"
    words = last.kind is CellType.TEXT and token.kind is CellType.TEXT
    return words and token.first and _halves(last.text, token.text)


def _one_name(before: Sequence[Token], token: Token) -> bool:
    """Whether a line break behind a label cut the name of a body, which is none without its end: "教育技术" + "中心"."""
    if len(before) < 2 or not token.first or len(token.text) > _END_OF_NAME:
        return False
    label, name = (one.text for one in before[-2:])
    labelled = FIELD_LABEL.fullmatch(clean(label)) is not None
    return labelled and not is_body(name) and is_body(name + token.text)


def _halves(before: str, after: str) -> bool:
    """Whether two texts are one header word that a line break cut: together they name a column, and one of
    the halves names none, or goes on in the middle of a phrase, or both name the very same ("自评" + "得分")."""
    if len(before) + len(after) > _HEADER_WORD or not (before and after) or not _names(before + after):
        return False
    if LEVEL_WORD.fullmatch(after) or line_of(before) is LineKind.SOURCE:
        return False
    if column_of(before + after) in ("narrative", "reason") and _names(after) and after[0] not in "及和与、":
        return False  # any words may stand before 情况说明: they are no half of it
    same = column_of(before) == column_of(after) == column_of(before + after) is not None
    return (
        not _names(before)
        or same
        or after[0] in "及和与、("
        or (len(after) <= 2 and not _names(after) and line_of(after) is None)
    )


def _names(text: str) -> bool:
    return role_of(text) is not None or column_of(text) is not None
