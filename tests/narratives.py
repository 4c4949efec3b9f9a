"""What is said of the clean narratives of `benchmarks/narratives`: all of it is said for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from auditor.document import read_bytes
from auditor.pipeline import run
from auditor.rules import Result, Verdict
from auditor.rules.catalogue import catalogue

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks" / "narratives"
PATHS = sorted(FOLDER.glob("*.txt"))


def said(paths: Sequence[Path]) -> Iterator[tuple[str, Result]]:
    """(name of the narrative, result) for each that is not a tick."""
    for path in paths:
        outcome = run([read_bytes(path.read_bytes(), path.name)], catalogue())
        for document in outcome.documents:
            for audited in document.reports:
                for item in audited.items:
                    if item.result.verdict is not Verdict.CONSISTENT:
                        yield path.name, item.result
