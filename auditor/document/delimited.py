"""Tables written with a mark between the cells, as spreadsheets are saved for other programs (RFC 4180).

序号,项目名称,预算数,执行数
1,校舍维修,320,294.6
2,"食堂,改造",560,532
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from auditor.compiled import compiled

_LINE = compiled(r"[^\n\r\f]+")
MARKS = (",", ";")
_BORDER = "|"
_LEAST_FIELDS = {",": 3, ";": 3, _BORDER: 2}
"""A border stands in no sentence: two cells are a row already ("差旅费|2.48")."""
_LEAST_LINES = 3
_LONGEST_FIELD = 60
_MOSTLY = 4  # one line in so many may hold running text
_NUMBER = compiled(r"[-+]?\d[\d.]*%?")
_VALUE = compiled(r"[^\w,，。；、]{0,2}\d[\d.]*\S{0,4}")
"""A number with its sign and unit, as targets are written: "≥310天"."""

Bounds = tuple[tuple[int, int], ...]


def delimited_lines(text: str) -> dict[int, Bounds]:
    """The rows of such tables: where each line starts, and where each of its fields does and ends.

    Three lines one after the other with as many marks are a table, if the first has no numbers and at least
    two of the others have two: sentences have commas too, and so have the thousands of 1,280,000.00. A sheet
    may hold a few cells of running text; lines that are nothing but sentences are none.
    """
    found: dict[int, Bounds] = {}
    text = text.replace("｜", _BORDER)
    for mark, least in _LEAST_FIELDS.items():
        if text.count(mark) < (least - 1) * _LEAST_LINES:
            continue
        lines = [(match.start(), tuple(_fields(match, mark))) for match in _LINE.finditer(text)]
        for count, group in groupby(lines, lambda line: len(line[1])):
            rows = list(group)
            if (
                (count == least if mark == _BORDER else count >= least)
                and len(rows) >= _LEAST_LINES
                and _is_table(text, rows)
            ):
                found.update(rows)
    return found


def _fields(line: re.Match[str], mark: str) -> Iterator[tuple[int, int]]:
    """Start and end of each field, without its quotation marks."""
    raw, offset = line.group(), line.start()
    at = 0
    while at <= len(raw):
        quoted = raw.startswith('"', at)
        close = _closing(raw, at) if quoted else -1
        if close >= 0:
            yield offset + at + 1, offset + close
            at = close + 1
        else:
            end = raw.find(mark, at)
            end = len(raw) if end < 0 else end
            yield offset + at, offset + end
            at = end
        if not raw.startswith(mark, at):
            return
        at += 1


def _closing(raw: str, opening: int) -> int:
    """The quotation mark that closes a field; -1 where none does. A doubled one stands for itself."""
    at = raw.find('"', opening + 1)
    while at >= 0 and raw.startswith('""', at):
        at = raw.find('"', at + 2)
    return at


def _is_table(text: str, rows: Sequence[tuple[int, Bounds]]) -> bool:
    numbered = told = 0
    for at, (_, bounds) in enumerate(rows):
        fields = [text[start:end].strip() for start, end in bounds]
        if not at and any(_NUMBER.fullmatch(field) for field in fields):
            return False
        if any("\t" in field or "|" in field for field in fields):
            return False
        told += any(len(field) > _LONGEST_FIELD or "。" in field for field in fields)
        numbered += sum(_VALUE.fullmatch(field) is not None for field in fields) >= min(2, len(fields) - 1)
    return numbered >= 2 and told * _MOSTLY <= len(rows)
