"""Forms unlike the samples, clean and broken: what must be found, and what must be left alone."""

from __future__ import annotations

import pytest

from tests.expectations import Expectation, check, expectations
from tests.samples import ROOT

_LAYOUTS = ROOT / "tests" / "layouts"
LISTED = [
    *(row for listing in sorted(_LAYOUTS.glob("expect_*.jsonl")) for row in expectations(listing, _LAYOUTS)),
    *expectations(ROOT / "tests" / "examples" / "expect.jsonl", ROOT / "examples"),
]


@pytest.mark.parametrize("expected", LISTED, ids=str)
def test_layout(expected: Expectation) -> None:
    check(expected)


def test_every_file_is_listed() -> None:
    files = {*_LAYOUTS.glob("*.txt"), *(ROOT / "examples").glob("*.txt")}
    assert files == {row.file for row in LISTED}
