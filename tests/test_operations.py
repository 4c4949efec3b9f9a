"""What one audit costs, counted and not timed: regex calls, calls in all, expressions compiled, passes of the costliest
readers. The ceilings are what was counted when they were written, and a twelfth more: whoever needs more says so here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

_COUNT = """
import cProfile, json, pstats, re, sys
from pathlib import Path
from auditor import audit

texts = ["examples/01-national.txt", "examples/02-narrative.txt", "tests/layouts/06_hubei_broken.txt"]
audit("examples/03-clean.txt")  # what is made once for a process
compiled = []
real = re._compiler.compile
re._compiler.compile = lambda *given: compiled.append(given[0]) or real(*given)
profile = cProfile.Profile()
profile.enable()
for text in texts:
    audit(text)
profile.disable()
told = {"calls": 0, "regex calls": 0}
for (file, line, name), (own, every, *_) in pstats.Stats(profile).stats.items():
    told["calls"] += every
    told["regex calls"] += every if "re.Pattern' objects" in name else 0
    for reader in ("lay", "_scanned", "cut"):
        if name == reader and "auditor" in file:
            told[reader] = told.get(reader, 0) + every
told["compiled"] = len(compiled)
print(json.dumps(told))
"""

CEILINGS = {
    "calls": 592_000,  # 585,000 before stages of works were ordered over chapters and bonus points read
    "regex calls": 49_500,  # 48,500 before the same
    "compiled": 0,
    "lay": 9,
    "_scanned": 326,
    "cut": 137,
}


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Of the second run of a machine: what the first one keeps beside the byte code is made."""
    kept = {"PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("kept"))}
    kept |= {name: told for name, told in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", _COUNT], capture_output=True, text=True, check=True, env=kept
        )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("name", CEILINGS)
def test_costs_no_more_than_it_did(counted: dict[str, Any], name: str) -> None:
    assert counted[name] <= CEILINGS[name]


def test_the_ceilings_are_no_higher_than_needed(counted: dict[str, Any]) -> None:
    """One that was left far above shows nothing."""
    assert all(ceiling <= 2 * counted[name] + 20 for name, ceiling in CEILINGS.items())
