"""Where the quotes stand, in words."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.memo.escape import quote
from auditor.memo.model import Evidence, Locator

_SHOWN = 8


def places(evidence: Iterable[Evidence]) -> str:
    """Quotes by line: 第41行（表2第11行第4、5列）“2763.2032”“2868.5739”；…"""
    rows: dict[tuple[object, ...], list[Evidence]] = {}
    for one in evidence:
        at = one.locator
        rows.setdefault((at.page, at.sheet, at.line, at.table, at.row), []).append(one)
    shown = [_row(row) for row in list(rows.values())[:_SHOWN]]
    more = f"；等共 {len(rows)} 处" if len(rows) > _SHOWN else ""
    return "；".join(shown) + more


def _row(row: list[Evidence]) -> str:
    quotes = "".join(quote(one.quote) for one in row)
    return where([one.locator for one in row]) + quotes


def where(locators: list[Locator]) -> str:
    """The place of quotes that stand in one line."""
    first = locators[0]
    words = []
    if first.page is not None:
        words.append(f"第{first.page}页")
    if first.sheet is not None:
        words.append(f"工作表{quote(first.sheet)}")
    if first.line is not None:
        words.append(f"第{first.line}行")
    if first.table is not None:
        cols = sorted({locator.col for locator in locators if locator.col is not None})
        columns = f"第{'、'.join(map(str, cols))}列" if cols else ""
        words.append(f"（表{first.table}第{first.row}行{columns}）")
    return "".join(words)


def lines(evidence: Iterable[Evidence]) -> str:
    """The lines alone: 第36、41行."""
    numbers = sorted({one.locator.line for one in evidence if one.locator.line is not None})
    if not numbers:
        return ""
    more = "等" if len(numbers) > _SHOWN else ""
    return f"第{'、'.join(map(str, numbers[:_SHOWN]))}{more}行"
