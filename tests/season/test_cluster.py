"""A season audited by Ray: the same results, whatever becomes of its processes."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
import warnings
from pathlib import Path

import pytest

from auditor.isolation import Limits
from auditor.season.adding import add
from auditor.season.queue import counted
from auditor.season.workspace import Workspace, init
from tests.conftest import Cli
from tests.season.whole import found_again, started


@pytest.fixture
def ray() -> None:
    if importlib.util.find_spec("ray") is None:
        warnings.warn("Ray is not here: the tests of a season on a cluster are skipped", stacklevel=1)
        pytest.skip("ray is not installed")


@pytest.mark.usefixtures("ray")
def test_a_killed_worker_loses_nothing_and_changes_nothing(
    whole: Workspace, files: list[str], tmp_path: Path
) -> None:
    made = init(tmp_path / "s")
    add(made, files)
    process = started(made.folder, "--engine", "ray", "-j", "2")
    try:
        os.kill(_worker_of(process.pid), signal.SIGKILL)
        assert process.wait(300) == 0
    finally:
        process.kill()
    counts = counted(made.store, 1)
    assert (counts.done, counts.open, counts.failed) == (counts.total, 0, 0)
    assert found_again(made.store) == found_again(whole.store)


def _worker_of(driver: int) -> int:
    """The first process that has begun a task for this driver."""
    for _ in range(2400):
        time.sleep(0.05)
        parents, names = _processes()
        for number, name in names.items():
            if name.startswith("ray::worked") and driver in _line_of(number, parents):
                return number
    raise AssertionError("no task was begun")


def _processes() -> tuple[dict[int, int], dict[int, str]]:
    """Parents and names by number (Linux)."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            told = (entry / "stat").read_text().rpartition(")")[2].split()
            names[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(entry.name)] = int(told[1])
    return parents, names


def _line_of(number: int, parents: dict[int, int]) -> list[int]:
    line: list[int] = []
    while (number := parents.get(number, 0)) > 1:
        line.append(number)
    return line


def test_another_version_is_refused() -> None:
    from auditor.season.cluster import worked

    with pytest.raises(RuntimeError, match="请装成同一版本"):
        worked("0.0.0", Limits(), [])


def test_what_cannot_be_had_is_told(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("season", "init", "s")
    assert "--engine ray" in cli("season", "run", "--at", "s", "--address", "auto").err
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    answer = cli("season", "run", "--at", "s", "--engine", "ray")
    assert (answer.status, "pip install alembic ray " in answer.err) == (2, True)
