"""The labelled narratives: small invented reports, and what a careful reviewer asks about them.

`labels.jsonl` has one label a line:

    report     file in `reports/`
    quote      the narrative, word for word; it stands there once
    expected   the question it should raise, as a list of codes, or "sound"
    against    of a sound one: the question that it might be mistaken for
    tolerated  codes that may be asked of it too: neither right nor wrong
    other      of L804 and L807: the second place
    equation   of L807: the figures that ought to agree and do not
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.document import Span
from auditor.pipeline import run
from auditor.report import Report
from auditor.rules import Result
from auditor.rules.catalogue import catalogue

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Label:
    report: str
    quote: str
    expected: tuple[str, ...]
    against: str = ""
    tolerated: tuple[str, ...] = ()
    other: str = ""
    equation: str = ""

    @property
    def sound(self) -> bool:
        return not self.expected


@dataclass(frozen=True)
class Case:
    """One report as the model step is given it, with its labels."""

    name: str
    report: Report
    results: list[Result]
    labels: tuple[Label, ...]

    def span(self, quote: str) -> Span:
        """Where a labelled narrative stands. Raises `ValueError` unless it stands there once."""
        text = self.report.document.text
        if text.count(quote) != 1:
            raise ValueError(f"{self.name}: {quote!r} stands there {text.count(quote)} times")
        start = text.index(quote)
        return Span(start, start + len(quote))


def labels(folder: Path = HERE) -> list[Label]:
    return [_label(one) for one in objects(folder / "labels.jsonl")]


def objects(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if line.strip():
            yield json.loads(line)


def cases(folder: Path = HERE) -> list[Case]:
    """Every report on its own, with what the rules find in it."""
    every = labels(folder)
    found = []
    for path in sorted((folder / "reports").glob("*.txt")):
        (document,) = run([path], catalogue()).documents
        (audited,) = document.reports
        own = tuple(label for label in every if label.report == path.name)
        found.append(Case(path.name, audited.report, [item.result for item in audited.items], own))
    return found


def _label(written: dict[str, Any]) -> Label:
    expected = written["expected"]
    return Label(
        report=written["report"],
        quote=written["quote"],
        expected=() if expected == "sound" else tuple(expected),
        against=written.get("against", ""),
        tolerated=tuple(written.get("tolerated", ())),
        other=written.get("other", ""),
        equation=written.get("equation", ""),
    )
