"""Values under the heads of a table, also where somebody put each cell on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from auditor.compiled import compiled
from auditor.judge.personal.words import any_of, listed, names, table

_CELL = compiled(r"[^\t|｜\n]+")
_WORD = compiled(r"[^\s|｜]+")


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
        (named, "姓名"),
    )


def kind_of(cell: str) -> str:
    """ "" where the cell is no such head."""
    text = "".join(cell.split())
    return next((kind for pattern, kind in heads() if pattern.fullmatch(text)), "")


def _is_head(cell: str) -> bool:
    text = "".join(cell.split())
    return bool(kind_of(text) or names().field.fullmatch(text))


Column = tuple[int, int, str]
"""Start and end of a cell's text, and the kind that its head says it is."""


def under(text: str) -> Iterator[Column]:
    yield from _grid(text)
    yield from _cycles(text)


def _grid(text: str) -> Iterator[Column]:
    """Rows of cells with borders; a line without any ends the table."""
    columns: dict[int, str] = {}
    at = 0
    for line in text.splitlines(keepends=True):
        cells = re.split(r"[\t|｜]", line.rstrip("\r\n"))
        if len(cells) < 2:
            if line.strip():
                columns = {}
        elif sum(_is_head(cell) for cell in cells) >= 2 and (found := _columns(cells)):
            columns = found
        elif columns:
            where = at
            for number, cell in enumerate(cells):
                if number in columns and cell.strip():
                    start = where + len(cell) - len(cell.lstrip())
                    yield start, start + len(cell.strip()), columns[number]
                where += len(cell) + 1
        at += len(line)


def _columns(cells: list[str]) -> dict[int, str]:
    return {number: kind for number, cell in enumerate(cells) if (kind := kind_of(cell))}


def _cycles(text: str) -> Iterator[Column]:
    """Three heads in a row, a word or a line each, then the values in the same order over and over."""
    words = [match.span() for match in _WORD.finditer(text)]
    at = 0
    while at < len(words):
        stop = at
        while stop < len(words) and _is_head(text[slice(*words[stop])]):
            stop += 1
        width = stop - at
        if width >= 3:
            kinds = [kind_of(text[slice(*word)]) for word in words[at:stop]]
            for number in range(stop, min(len(words), stop + 200 * width)):
                kind = kinds[(number - stop) % width]
                if _is_head(text[slice(*words[number])]):
                    break
                if kind:
                    yield *words[number], kind
        at = stop + 1
