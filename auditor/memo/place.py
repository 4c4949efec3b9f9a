"""Where the quotes stand, in words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from auditor.memo.escape import quote
from auditor.memo.model import Evidence, Locator

_QUOTED = 6


def places(evidence: Iterable[Evidence]) -> str:
    """Quotes by line, the same words once: 第41行（表2第11行第4、5列）“2763.2032”“2868.5739”；…"""
    rows: dict[tuple[object, ...], list[Evidence]] = {}
    for one in evidence:
        at = one.locator
        rows.setdefault((at.page, at.sheet, at.line, at.table, at.row), []).append(one)
    by_words: dict[str, list[list[Evidence]]] = {}
    for row in rows.values():
        row.sort(key=lambda one: one.start)
        by_words.setdefault("".join(quote(one.quote) for one in row), []).append(row)
    shown = [_place(found) + words for words, found in list(by_words.items())[:_QUOTED]]
    rest = [one for found in list(by_words.values())[_QUOTED:] for row in found for one in row]
    if rest:
        shown.append(f"另有 {len(rest)} 处，见{lines(rest)}")
    return "；".join(shown)


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
        words.append(f"工作表{quote(first.sheet)}")
    if first.line is not None:
        words.append(f"第{first.line}行")
    if first.table is not None:
        words.append(f"（表{first.table}第{first.row}行{_columns(locators)}）")
    return "".join(words)


def _columns(locators: list[Locator]) -> str:
    columns = [locator.col for locator in locators if locator.col is not None]
    return f"第{_ranges(columns)}列" if columns else ""


def lines(evidence: Iterable[Evidence]) -> str:
    """The lines alone: 第36、41–43行."""
    numbers = [one.locator.line for one in evidence if one.locator.line is not None]
    return f"第{_ranges(numbers)}行" if numbers else ""


def _ranges(numbers: Iterable[int]) -> str:
    """1、3–5"""
    runs: list[str] = []
    for _, run in groupby(enumerate(sorted(set(numbers))), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        runs += [f"{members[0]}–{members[-1]}"] if len(members) > 2 else map(str, members)
    return "、".join(runs)
