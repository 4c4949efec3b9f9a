"""The invented season that several tests read (`plan` to `reports` in conftest.py), and what is asked of one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from auditor.batch import Order
from auditor.console import Progress
from auditor.isolation import Limits, Pool
from auditor.season.exporting import documents
from auditor.season.reading import records
from auditor.season.run import run
from auditor.season.store import Store
from tests.samples import ROOT
from tests.season.plan import Kinds

ORDER = Order(limits=Limits())
MANY = Kinds(duplicates=15, formats=15, versions=15, copies=10, slips=40)


def worked(
    store: Store, count: int = 2, failed: bool = False, fresh: bool = False, order: Order = ORDER
) -> int:
    """Runs the season; how many files that took."""
    with Pool(order.limits, count) as pool:
        return run(store, order, pool, Progress(), failed, fresh).audited


def found_again(store: Store) -> list[str]:
    """All results as text, in an order that does not depend on who did what when."""
    return sorted(documents(store, records(store)))


def started(folder: Path, *more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "auditor.cli", "season", "run", "--at", str(folder), *more],
        stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
