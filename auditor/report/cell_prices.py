"""What a cell costs under a column, by its text: the prices of `stream`.

Only their order matters: what a flattening does often is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from auditor.compiled import compiled
from auditor.language.lexicon import word
from auditor.report.align import CellType, Column, ColumnType, cell_type
from auditor.report.labels import LEVEL_WORD, TOP_LEVEL, details_above, line_of, role_of, sums_up

_Cost = Callable[[str], int]
_FIGURES = (CellType.NUMBER, CellType.INDEX)
_SIGN = word("col_sign")
_BOUND = compiled(r"[≥≤><=≧≦]|\d")
_FULL = 130
"""No weight or score is above it: 100 and what bonus rows may add."""

FORBIDDEN = 10_000
_SHORT = 16
_EMPTY = {
    "name": 60,
    "target": 25,
    "actual": 25,
    "weight": 40,
    "score": 40,
    "review": 20,
    "sign": 10,
    "unit": 6,
}
_EMPTY_TYPE = {ColumnType.MONEY: 30, ColumnType.RATE: 14, ColumnType.POINTS: 14}


def cost_of_empty(column: Column) -> int:
    """The price of leaving a column empty in a row."""
    if column.holds in _EMPTY:
        return _EMPTY[str(column.holds)]
    return _EMPTY_TYPE.get(column.type, 0)


def cost_under(column: Column, columns: Sequence[Column]) -> _Cost:
    """What tells the price of a cell by its text, for one of the columns of a header."""
    holds = column.holds
    if column.type is ColumnType.LABEL:
        if holds == "level":
            return _top_level if column is columns[0] or columns[0].holds != "level" else _lower_level
        if holds == "name":
            return _name
        labels = [each for each in columns if each.type is ColumnType.LABEL]
        return _line_label if column is labels[-1] else _group_label
    if holds == "sign":
        return _sign
    if holds == "unit":
        return _unit
    if column.type is ColumnType.POINTS:
        return _percents if column.percent else _points
    if column.type is ColumnType.MONEY:
        return _money
    if column.type is ColumnType.RATE:
        return _rate if not hasattr(holds, "kind") else _money_or_rate
    if column.type is ColumnType.NOTE:
        return _note
    if holds in ("target", "actual", "adjusted"):
        return _value
    return _other


# What a cell costs under a column depends on its text alone, and the same cells are laid several times: under one
# header as cells of lines and as cells in a row, under the headers that come into question one after the other.
@lru_cache(maxsize=4096)
def _sign(text: str) -> int:
    return 0 if _SIGN.fullmatch(text) else 40 if len(text) <= 8 else FORBIDDEN


@lru_cache(maxsize=4096)
def _unit(text: str) -> int:
    if len(text) > 1 and text[-1] in "率数":
        return 30  # the end of a name
    return FORBIDDEN if cell_type(text) in _FIGURES else 4 if len(text) <= 8 else 50


def _other(text: str) -> int:
    return 5 if len(text) <= 40 else 30


@lru_cache(maxsize=4096)
def _level(text: str) -> int:
    if cell_type(text) is not CellType.TEXT or len(text) > 30:
        return FORBIDDEN
    return 0 if LEVEL_WORD.fullmatch(text) else 24 if not _BOUND.search(text) else 50


@lru_cache(maxsize=4096)
def _top_level(text: str) -> int:
    if text.startswith("成本"):
        return _level(text) + 1
    return _level(text) + (0 if TOP_LEVEL.fullmatch(text) else 3)


@lru_cache(maxsize=4096)
def _lower_level(text: str) -> int:
    """成本 heads a class of its own since 财预〔2021〕101号, before it was one of 产出: alone, it is the latter."""
    top = TOP_LEVEL.fullmatch(text) and not text.startswith("成本")
    return _level(text) + (3 if top else 0)


@lru_cache(maxsize=4096)
def _name(text: str) -> int:
    if cell_type(text) not in (CellType.TEXT, CellType.REFERENCE):
        return FORBIDDEN
    if _SIGN.fullmatch(text) or text[0] in "≥≤><=≧≦":
        return 80
    return 20 if LEVEL_WORD.fullmatch(text) else 2 if len(text) <= 40 else 30


@lru_cache(maxsize=4096)
def may_go_on(text: str) -> bool:
    """Whether a cell may be the rest of a name: words, and none that begins a row or stands in another column."""
    level = LEVEL_WORD.fullmatch(text) and text.endswith("指标")  # "满意度" ends a name as often
    begins = level or sums_up(text) or details_above(text)
    words = cell_type(text) is CellType.TEXT and not _BOUND.search(text) and not _SIGN.fullmatch(text)
    return words and not begins and len(text) <= _SHORT


@lru_cache(maxsize=4096)
def _group_label(text: str) -> int:
    return 4 if cell_type(text) is CellType.TEXT and len(text) <= 20 else FORBIDDEN


@lru_cache(maxsize=4096)
def _line_label(text: str) -> int:
    if cell_type(text) is not CellType.TEXT or len(text) > 40:
        return FORBIDDEN
    return 0 if line_of(text) is not None or role_of(text) is not None else 8


@lru_cache(maxsize=4096)
def _value(text: str) -> int:
    if cell_type(text) is CellType.BLANK:
        return 3
    if LEVEL_WORD.fullmatch(text):
        return 50
    if cell_type(text) is not CellType.TEXT or _BOUND.search(text):
        return 0 if len(text) <= 40 else 8
    return 8 if len(text) <= 12 else 14 if len(text) <= 60 else 30


@lru_cache(maxsize=4096)
def _points(text: str) -> int:
    if cell_type(text) in _FIGURES:
        return 0 if _number(text) <= _FULL else 120
    return (
        12 if cell_type(text) is CellType.BLANK else 60 if cell_type(text) is CellType.PERCENT else FORBIDDEN
    )


@lru_cache(maxsize=4096)
def _percents(text: str) -> int:
    return (
        0
        if cell_type(text) in (*_FIGURES, CellType.PERCENT)
        else 12
        if cell_type(text) is CellType.BLANK
        else FORBIDDEN
    )


@lru_cache(maxsize=4096)
def _money(text: str) -> int:
    if cell_type(text) in _FIGURES:
        return 0
    return 2 if cell_type(text) is CellType.BLANK else FORBIDDEN


@lru_cache(maxsize=4096)
def _rate(text: str) -> int:
    if cell_type(text) is CellType.PERCENT:
        return 0
    return 4 if cell_type(text) in _FIGURES else 2 if cell_type(text) is CellType.BLANK else FORBIDDEN


@lru_cache(maxsize=4096)
def _money_or_rate(text: str) -> int:
    return 0 if cell_type(text) is CellType.PERCENT else _money(text)


@lru_cache(maxsize=4096)
def _note(text: str) -> int:
    if cell_type(text) is CellType.BLANK:
        return 2
    if cell_type(text) is not CellType.TEXT:
        return 40
    begins_row = LEVEL_WORD.fullmatch(text) or (len(text) <= _SHORT and details_above(text))
    return 60 if begins_row else 5


def _number(text: str) -> int:
    """The whole part of a printed number."""
    match = compiled(r"[-+]?([\d,， ]+)").match(text)
    digits = compiled(r"\D").sub("", match[1]) if match else ""
    return int(digits[:9]) if digits else 0
