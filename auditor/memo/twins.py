"""The same report handed in twice: the same bytes, or the same project with the same figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from auditor.memo.model import Document, Memo, Report

_TELLING = 3
"""Figures that two reports must have in common before they can be one."""


class Marks(NamedTuple):
    """Path and digest of a document, and what is telling of each of its reports."""

    path: str
    sha256: str
    reports: tuple[tuple[str, ...], ...]


class Twins:
    """Remembers what it has seen of the documents of a run."""

    def __init__(self) -> None:
        self._by_bytes: dict[str, str] = {}
        self._by_figures: dict[tuple[str, ...], str] = {}

    def see(self, marks: Marks) -> Iterator[str]:
        """A sentence for each report of the document that was there before."""
        path = marks.path
        first = self._by_bytes.setdefault(marks.sha256, path)
        if first != path:
            yield f"{path} 与 {first} 内容完全相同"
            return
        for figures in marks.reports:
            other = self._by_figures.setdefault(figures, path)
            if other != path:
                yield f"{path} 与 {other} 是同一个项目、同样的数字（{figures[0]}）"


def marks(document: Document) -> Marks:
    """By what a document is known again."""
    figures = [figures_of(report) for report in document.reports]
    return Marks(document.path, document.sha256, tuple(one for one in figures if one))


def twins(memo: Memo) -> list[str]:
    """All sentences on one memo."""
    seen = Twins()
    return [line for document in memo.documents for line in seen.see(marks(document))]


def figures_of(report: Report) -> tuple[str, ...]:
    """The project, its year, its money and its scores; nothing for a report without a name."""
    if not report.project:
        return ()
    money, rows = report.money, report.indicators
    told = [
        money.budget,
        money.paid,
        report.self_score,
        *(row.score for row in rows),
        # Prose below the form may look like a row, but one without points.
        *(row.actual for row in rows if row.score),
    ]
    known = [one for one in told if one]
    if len(known) < _TELLING:
        return ()
    return (_folded(report.project), str(report.fiscal_year or ""), *known)


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
