"""What a flattening does to a form must not turn into a finding.

Every clean layout is bent in every way the flattened originals show; no bending may yield an
`inconsistent`. Bendings that lose nothing must leave the findings of the broken layouts as they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor import audit
from auditor.bench.neutral import BENDS, Bend
from tests.samples import ROOT

LAYOUTS = ROOT / "tests" / "layouts"


def _flagged(path: Path, verdicts: tuple[str, ...]) -> list[str]:
    return sorted(
        result.rule
        for document in audit(path).documents
        for report in document.reports
        for result in report.every()
        if result.verdict in verdicts
    )


def _bent(path: Path, bend: Bend, folder: Path) -> Path:
    target = folder / path.name
    target.write_text(bend.change(path.read_text("utf-8"), random.Random(path.name)), "utf-8", newline="")
    return target


def _files(kind: str) -> Iterator[Path]:
    yield from sorted(LAYOUTS.glob(f"*_{kind}.txt"))


@pytest.mark.parametrize("bend", BENDS, ids=lambda bend: bend.code)
def test_a_clean_form_stays_free_of_contradictions(bend: Bend, tmp_path: Path) -> None:
    alarms = [
        f"{path.name}: {alarm}"
        for path in _files("clean")
        for alarm in _flagged(_bent(path, bend, tmp_path), ("inconsistent",))
    ]
    assert alarms == []


@pytest.mark.parametrize("bend", [bend for bend in BENDS if bend.lossless], ids=lambda bend: bend.code)
def test_a_broken_form_keeps_its_findings(bend: Bend, tmp_path: Path) -> None:
    for path in _files("broken"):
        before = _flagged(path, ("inconsistent", "query"))
        assert _flagged(_bent(path, bend, tmp_path), ("inconsistent", "query")) == before, path.name
