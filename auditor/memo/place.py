"""Where the quotes stand, in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from auditor.memo.escape import inline, quote, quoted
from auditor.memo.model import Evidence, Locator

_QUOTED = 6


class Spot(NamedTuple):
    """The same words in one line or in several: where, in words, and the evidence of each line."""

    where: str
    rows: list[list[Evidence]]

    @property
    def quotes(self) -> list[Evidence]:
        """The words, left to right, from the first of the lines."""
        return self.rows[0]


def places(evidence: Iterable[Evidence]) -> str:
    """Quotes by line, the same words once: 第41行（表2第11行第4、5列）“2763.2032”“2868.5739”；…"""
    shown, rest = spots(evidence)
    told = [inline(spot.where) + "".join(quote(one.quote) for one in spot.quotes) for spot in shown]
    return "；".join([*told, further(rest)] if rest else told)


def spots(evidence: Iterable[Evidence]) -> tuple[list[Spot], list[Evidence]]:
    """What a memo quotes, in plain text, and the evidence that it only counts."""
    rows: dict[tuple[object, ...], list[Evidence]] = {}
    for one in evidence:
        at = one.locator
        rows.setdefault((at.page, at.sheet, at.line, at.table, at.row), []).append(one)
    by_words: dict[str, list[list[Evidence]]] = {}
    for row in rows.values():
        row.sort(key=lambda one: one.start)
        by_words.setdefault("".join(quoted(one.quote) for one in row), []).append(row)
    found = list(by_words.values())
    rest = [one for same in found[_QUOTED:] for row in same for one in row]
    return [Spot(_place(same), same) for same in found[:_QUOTED]], rest


def further(rest: list[Evidence]) -> str:
    """ "另有 28 处，见第3–9行" """
    return f"另有 {len(rest)} 处，见{lines(rest)}"


def _place(rows: list[list[Evidence]]) -> str:
    """The place of words that stand in one line, or of the same words in several."""
    if len(rows) > 1:
        return lines(one for row in rows for one in row)
    locators = [one.locator for one in rows[0]]
    first = locators[0]
    words = []
    if first.page is not None:
        words.append(f"第{first.page}页")
    if first.sheet is not None:
        words.append(f"工作表{quoted(first.sheet)}")
    cells = f"表{first.table}第{first.row}行{_columns(locators)}" if first.table is not None else ""
    if not _as_printed(first):
        return "".join(words) + f"（{cells or lines(rows[0])}）"
    if first.line is not None:
        words.append(f"第{first.line}行")
    return "".join(words) + (f"（{cells}）" if cells else "")


def _as_printed(at: Locator) -> bool:
    """Whether the line number is one of the file itself: the lines of a page or a sheet are others."""
    return at.page is None and at.sheet is None


def _columns(locators: list[Locator]) -> str:
    columns = [locator.col for locator in locators if locator.col is not None]
    return f"第{_ranges(columns)}列" if columns else ""


def lines(evidence: Iterable[Evidence]) -> str:
    """The lines alone: 第36、41–43行; 文字第36行 where it is the text read from the file that has them."""
    places = [one.locator for one in evidence if one.locator.line is not None]
    numbers = [at.line for at in places if at.line is not None]
    text = "" if all(map(_as_printed, places)) else "文字"
    return f"{text}第{_ranges(numbers)}行" if numbers else ""


def _ranges(numbers: Iterable[int]) -> str:
    """1、3–5"""
    runs: list[str] = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        runs += [f"{members[0]}–{members[-1]}"] if len(members) > 2 else map(str, members)
    return "、".join(runs)
