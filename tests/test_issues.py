"""Every false alarm and every miss that was ever found, for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor import audit
from auditor.memo.model import Result
from tests.samples import ROOT

ISSUES = ROOT / "tests" / "issues"


def results(path: Path) -> list[Result]:
    return [
        one for document in audit(path).documents for report in document.reports for one in report.every()
    ]


@pytest.mark.parametrize("path", sorted(ISSUES.glob("clean_*.txt")), ids=lambda path: path.stem)
def test_nothing_is_called_inconsistent(path: Path) -> None:
    assert [f"{one.rule}: {one.message}" for one in results(path) if one.verdict == "inconsistent"] == []


@pytest.mark.parametrize("path", sorted(ISSUES.glob("found_*.txt")), ids=lambda path: path.stem)
def test_the_rule_speaks(path: Path) -> None:
    code = path.stem.split("_")[1]
    assert [one for one in results(path) if one.rule == code and one.verdict in ("inconsistent", "query")]


def test_every_file_is_one_of_the_two() -> None:
    assert all(path.stem.startswith(("clean_", "found_")) for path in ISSUES.glob("*.txt"))
