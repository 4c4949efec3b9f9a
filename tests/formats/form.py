"""A form as paragraphs and grids with merged cells, read from the tab text of tests/layouts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

_SPARSE = 0.6
"""Share of filled cells up to which the empty ones of a row belong to the text before them."""


class FormCell(NamedTuple):
    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1


@dataclass(frozen=True)
class FormGrid:
    cells: tuple[FormCell, ...]
    rows: int
    columns: int


Part = str | FormGrid


def form(path: Path) -> list[Part]:
    """Paragraphs and grids of a file of tab text. A line with one tab pair is a line of two fields."""
    parts: list[Part] = []
    rows: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if "\t" in line:
            rows.append([cell.strip() for cell in line.split("\t")])
            continue
        if not line.strip():
            continue  # a page break inside a table
        if rows:
            parts.append(_grid(rows))
            rows = []
        last = parts[-1] if parts else None
        if isinstance(last, str) and _is_wrapped(last):
            parts[-1] = last + line.strip()
        else:
            parts.append(line.strip())
    if rows:
        parts.append(_grid(rows))
    return parts


def _is_wrapped(line: str) -> bool:
    """A long line without an end is one that was wrapped by hand."""
    return len(line) >= 35 and "，" in line and line[-1] not in "。；：:）)表告"


def _grid(rows: list[list[str]]) -> FormGrid:
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    cells = []
    for number, row in enumerate(rows):
        for col, text in enumerate(row):
            if text:
                down = _down(rows, number, col)
                right = 1 if down > 1 else _right(row, col)
                cells.append(FormCell(number, col, text, down, right))
    return FormGrid(tuple(cells), len(rows), width)


def _down(rows: list[list[str]], number: int, col: int) -> int:
    """A label covers the rows below whose first filled cell lies right of it."""
    if any(rows[number][:col]) and not all(_leads(row, col) for row in rows[number + 1 : number + 2]):
        return 1
    count = 1
    while number + count < len(rows) and _leads(rows[number + count], col):
        count += 1
    return count


def _leads(row: list[str], col: int) -> bool:
    first = next((at for at, text in enumerate(row) if text), 0)
    return first > col


def _right(row: list[str], col: int) -> int:
    if sum(map(bool, row)) > _SPARSE * len(row) or _is_number(row[col]):
        return 1
    count = 1
    while col + count < len(row) and not row[col + count]:
        count += 1
    return count


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace(",", "").rstrip("%分").isdigit()
