"""The table of what asking costs."""

from __future__ import annotations

import pytest

from benchmarks.judge_tokens import Cost, costs, main
from tests.samples import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))


def test_every_example_keeps_its_limit() -> None:
    found = list(costs(EXAMPLES))
    assert len(found) == len(EXAMPLES)
    assert len({one.instructions for one in found}) == 1
    for one in found:
        assert one.instructions <= 1200
        assert one.own < one.sent <= one.limit


def test_the_table_counts_those_beyond_their_limit(capsys: pytest.CaptureFixture[str]) -> None:
    assert Cost("甲", 100, 1000, 1331, 1).limit == 1330
    assert main([str(path) for path in EXAMPLES]) == 0
    assert f"{len(EXAMPLES)} 份报告" in capsys.readouterr().out
