"""What every memo of the fixtures says, one result a line: run before and after a change, then diff.

    python -m scripts.memos > before.txt   …change…   python -m scripts.memos > after.txt   diff before.txt after.txt

Folders or files may be named; without any, all texts under tests/ and examples/ and the sample reports are audited.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from auditor.api import plan
from auditor.pipeline import run
from tests.samples import SEEDS

_ROOT = Path(__file__).resolve().parent.parent


def lines(path: Path) -> Iterator[str]:
    """One line a result: file, report, verdict, rule, message; and what the report is known by."""
    outcome = run([path], plan().rules)
    for failure in outcome.unreadable:
        yield f"{path.name}: unreadable: {failure.reason}"
    for document in outcome.documents:
        for index, audited in enumerate(document.reports, 1):
            report = audited.report
            yield f"{path.name} {index}: {report.title} | {report.project} | {report.unit} | {report.fiscal_year}"
            for item in audited.items:
                message = " ".join(item.result.message.split())
                yield f"{path.name} {index}: {item.result.verdict} {item.result.rule.code} {message}"


def _texts(named: list[str]) -> Iterator[Path]:
    places = [Path(one) for one in named] or [_ROOT / "tests", _ROOT / "examples", SEEDS]
    for place in places:
        yield from sorted(place.rglob("*.txt")) if place.is_dir() else [place]


if __name__ == "__main__":
    for text in _texts(sys.argv[1:]):
        print(*lines(text), sep="\n")
