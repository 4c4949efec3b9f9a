"""The same report handed in twice: the same bytes, or the same project with the same figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.memo.model import Document, Memo, Report

_TELLING = 3
"""Figures that two reports must have in common before they can be one."""


class Twins:
    """Remembers what it has seen of the documents of a run."""

    def __init__(self) -> None:
        self._by_bytes: dict[str, str] = {}
        self._by_figures: dict[tuple[str, ...], str] = {}

    def see(self, document: Document) -> Iterator[str]:
        """A sentence for each report of the document that was there before."""
        first = self._by_bytes.setdefault(document.sha256, document.path)
        if first != document.path:
            yield f"{document.path} 与 {first} 内容完全相同"
            return
        for report in document.reports:
            if figures := _figures(report):
                other = self._by_figures.setdefault(figures, document.path)
                if other != document.path:
                    yield f"{document.path} 与 {other} 是同一个项目、同样的数字（{_folded(report.project)}）"


def twins(memo: Memo) -> list[str]:
    """All sentences on one memo."""
    seen = Twins()
    return [line for document in memo.documents for line in seen.see(document)]


def _figures(report: Report) -> tuple[str, ...]:
    """The project, its year, its money and its scores; nothing for a report without a name."""
    if not report.project:
        return ()
    money, rows = report.money, report.indicators
    told = [
        money.budget,
        money.paid,
        report.self_score,
        *(row.score for row in rows),
        *(row.actual for row in rows),
    ]
    known = [one for one in told if one]
    if len(known) < _TELLING:
        return ()
    return (_folded(report.project), str(report.fiscal_year or ""), *known)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
