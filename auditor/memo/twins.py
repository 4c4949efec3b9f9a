"""The same report handed in twice: the same bytes, or the same project with the same figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auditor.memo.model import Document, Report

_TELLING = 3
"""Figures that two reports must have in common before they can be one."""


class Marks(NamedTuple):
    """Path and digest of a document, and what is telling of each of its reports, nothing where nothing is."""

    path: str
    sha256: str
    reports: tuple[tuple[str, ...], ...]


class Repeat(NamedTuple):
    """Reports of the file `path`, by their positions in it, that the file `first` has brought before; `told` says so."""

    path: str
    first: str
    at: tuple[int, ...]
    told: str


Repeats = dict[int, str]
"""By the position of a report in its document: the file that has brought it before."""


def repeats(found: Iterable[Repeat]) -> Repeats:
    """What of one document was there before."""
    return {at: one.first for one in found for at in one.at}


class Twins:
    """Remembers what it has seen of the documents of a run."""

    def __init__(self) -> None:
        self._by_bytes: dict[str, str] = {}
        self._by_figures: dict[tuple[str, ...], str] = {}

    def see(self, marks: Marks) -> Iterator[Repeat]:
        """What of the document was there before."""
        path = marks.path
        first = self._by_bytes.setdefault(marks.sha256, path)
        if first != path:
            yield Repeat(path, first, tuple(range(len(marks.reports))), f"{path} 与 {first} 内容完全相同")
            return
        for at, figures in enumerate(marks.reports):
            other = self._by_figures.setdefault(figures, path) if figures else path
            if other != path:
                told = f"{path} 与 {other} 是同一个项目、同样的数字（{figures[0]}）"
                yield Repeat(path, other, (at,), told)


def marks(document: Document) -> Marks:
    """By what a document is known again."""
    return Marks(document.path, document.sha256, tuple(map(figures_of, document.reports)))


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
