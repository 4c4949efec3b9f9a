"""Values under the heads of a table, also where somebody put each cell on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from auditor.compiled import compiled
from auditor.judge.personal.labels import is_persons
from auditor.judge.personal.words import any_of, listed, names, table

_CELL = compiled(r"[^\t|｜\n]+")
_LONGEST_HEAD = 10
_MOST_STRANGE = 2
"""Rows, one after another, in which nothing is what its head says: 合计, a blank."""
_RULE = compiled(r"[|｜:\s—-]+")
_WORD = compiled(r"[^\s|｜]+")
_BETWEEN_COMMAS = compiled(r"[^\n,，]+")


@cache
def heads() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Which head makes a column what kind of value."""
    numbers = [
        (compiled(f"(?:{any_of(listed(entry), spaced=True)})"), entry["kind"])
        for entry in table("numbers")["label"]
    ]
    parties = table("parties")
    named = compiled(rf"(?:{names().label.pattern})(?:名单)?|名单|人员名单")
    return (
        *numbers,
        (compiled(any_of(listed(parties["address"]))), "地址"),
        (compiled(any_of(listed(parties["payee"]))), "收款方"),
        (named, "人员"),
    )


def kind_of(cell: str) -> str:
    """ "" where the cell is no such head; 人员 where it may hold other things than people."""
    text = "".join(cell.split())
    kind = next((kind for pattern, kind in heads() if pattern.fullmatch(text)), "")
    if not kind and len(text) <= 8 and text.endswith("姓名"):
        return "姓名"
    return "姓名" if kind == "人员" and is_persons(text) and names().label.fullmatch(text) else kind


def _is_head(cell: str) -> bool:
    text = "".join(cell.split())
    return bool(kind_of(text) or names().field.fullmatch(text))


Column = tuple[int, int, str]
"""Start and end of a cell's text, and the kind that its head says it is."""


Fits = Callable[[str, str], bool]
"""Whether a value may be of a kind."""


def under(text: str, fits: Fits) -> Iterator[Column]:
    yield from _grid(text, fits)
    yield from _cycles(text, fits)
    yield from _rows(text, _WORD)
    yield from _rows(text, _BETWEEN_COMMAS)


def _rows(text: str, cell: re.Pattern[str]) -> Iterator[Column]:
    """A line of heads with blanks or commas between, then lines of as many words; some of the heads say what stands under them."""
    kinds: list[str] = []
    at = 0
    for line in text.splitlines(keepends=True):
        words = [match.span() for match in cell.finditer(line)]
        if kinds and len(words) == len(kinds):
            yield from (
                (at + start, at + end, kind) for (start, end), kind in zip(words, kinds, strict=True) if kind
            )
        elif len(words) >= 2 and not any(char.isdigit() for char in line):
            heads_of = [line[start:end] for start, end in words]
            known = sum(map(_is_head, heads_of)) >= 2 and max(map(len, heads_of)) <= _LONGEST_HEAD
            kinds = [kind_of(head) for head in heads_of] if known else []
        elif words:
            kinds = []
        at += len(line)


def _grid(text: str, fits: Fits) -> Iterator[Column]:
    """Rows of cells with borders; what has no borders, another number of cells, or holds nothing that its heads
    say, ends the table."""
    columns: dict[int, str] = {}
    width = strange = at = 0
    for line in text.splitlines(keepends=True):
        cells = compiled(r"[\t|｜]").split(line.rstrip("\r\n"))
        if len(cells) < 2:
            if line.strip():
                columns = {}
        elif sum(_is_head(cell) for cell in cells) >= 2 and (found := _columns(cells)):
            columns, width, strange = found, len(cells), 0
        elif columns and not _RULE.fullmatch(line.strip()):
            if abs(len(cells) - width) > 1 or strange == _MOST_STRANGE:
                columns = {}
            told = list(_told(cells, at, columns))
            strange = 0 if any(fits(text[start:end], kind) for start, end, kind in told) else strange + 1
            yield from told
        at += len(line)


def _told(cells: list[str], at: int, columns: dict[int, str]) -> Iterator[Column]:
    for number, cell in enumerate(cells):
        if number in columns and cell.strip():
            start = at + len(cell) - len(cell.lstrip())
            yield start, start + len(cell.strip()), columns[number]
        at += len(cell) + 1


def _columns(cells: list[str]) -> dict[int, str]:
    return {number: kind for number, cell in enumerate(cells) if (kind := kind_of(cell))}


def _cycles(text: str, fits: Fits) -> Iterator[Column]:
    """Three heads in a row, a word or a line each, then the values in the same order over and over; the first round
    in which most values do not fit their heads is no row of that table."""
    words = [match.span() for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        stop = at
        while stop < len(words) and _is_head(text[slice(*words[stop])]):
            stop += 1
        width = stop - at
        if width >= 3:
            kinds = [kind_of(text[slice(*word)]) for word in words[at:stop]]
            for begun in range(stop, min(len(words), stop + 200 * width), width):
                row = list(zip(words[begun : begun + width], kinds, strict=False))
                head = next(
                    (at for at, (word, _) in enumerate(row) if _is_head(text[slice(*word)])), len(row)
                )
                told = [(*word, kind) for word, kind in row[:head] if kind and fits(text[slice(*word)], kind)]
                asked = sum(1 for _, kind in row[:head] if kind)
                if 2 * len(told) <= asked:
                    break
                yield from told
                if head < len(row):
                    break
        at = stop + 1
