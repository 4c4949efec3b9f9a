"""A whole season at scale: `python -m benchmarks.season_show 2000`.

So many invented reports in eight formats (LibreOffice makes three of them), with duplicates, other formats, corrected
versions, copied narratives and slips: audited, the run killed twice and resumed, ranked, sampled, decided
by script, evaluated. Every figure is checked against the plan of the generator; times and memory are told.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from auditor.season.queue import Counts, counted
from auditor.season.workspace import Workspace, found
from scripts.season_demo import SAMPLE, as_planned, call, decided, hand_in
from tests.season.plan import ALL, Kinds, printed, season

KINDS = Kinds(duplicates=4, formats=3, versions=5, copies=6, slips=30)
_KILLS = (0.2, 0.55)
"""Shares of the work after which the run is killed."""


def main(count: int, folder: Path) -> int:
    """1 where something is not as it was planned."""
    shutil.rmtree(folder, ignore_errors=True)
    began = time.monotonic()
    plan = printed(season(count, "大季", ALL, KINDS))
    hand_in(plan, folder / "in")
    _say(f"{len(plan)} files made", began)
    work = folder / "season"
    at = ("--at", str(work))
    call("init", str(work))
    began = time.monotonic()
    call("add", str(folder / "in"), *at)
    _say("added", began)
    workspace = found(work)
    began = time.monotonic()
    peak = _run(workspace, len(plan))
    _say(f"audited, killed {len(_KILLS)} times; most memory of a process {peak} MB", began)
    call("status", *at)
    size = (work / "season.db").stat().st_size
    given = sum(len(one.data) for one in plan)
    print(f"store {size / 1e6:.1f} MB for {given / 1e6:.1f} MB of files")
    _timed(at, "risk", "-n", "5")
    how = ("--method", "stratified", "--by", "band", "--size", "120", "--seed", "20250301")
    _timed(at, "sample", *how, "--name", SAMPLE, "-o", f"{folder}/sample.docx")
    print("wrong in the sample:", decided(plan, work))
    _timed(at, "evaluate", "--name", SAMPLE, "-o", f"{folder}/evaluation.docx")
    _timed(at, "report", "-o", f"{folder}/report.html")
    _timed(at, "report", "-o", f"{folder}/report.xlsx")
    _timed(at, "verify")
    lost = as_planned(plan, work)
    print("\n".join(lost))
    return int(bool(lost))


def _timed(at: tuple[str, ...], *words: str) -> None:
    began = time.monotonic()
    call(*words, *at)
    _say(words[0], began)


def _run(workspace: Workspace, files: int) -> int:
    """Runs until nothing is left; the most memory of any worker, in MB."""
    peak = 0
    for share in (*_KILLS, 2.0):
        process = subprocess.Popen(
            [sys.executable, "-m", "auditor.cli", "season", "run", "--at", str(workspace.folder)],
            stderr=subprocess.DEVNULL, env=os.environ,
        )  # fmt: skip
        while process.poll() is None:
            time.sleep(0.5)
            peak = max(peak, *resident(process.pid))
            if _done(workspace) >= share * files:
                process.send_signal(signal.SIGKILL)
                process.wait()
                print(f"killed after {_done(workspace)} files")
    return peak


def _done(workspace: Workspace) -> int:
    counts: Counts = counted(workspace.store, 1)
    return counts.done + counts.failed


def resident(parent: int) -> tuple[int, int]:
    """Resident memory of a process, and of the largest that it has started or that these have, in MB (Linux)."""
    memory: dict[int, int] = {}
    parents: dict[int, int] = {}
    for entry in Path("/proc").glob("[0-9]*/status"):
        try:
            told = dict(line.split(":", 1) for line in entry.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        parents[int(entry.parent.name)] = int(told["PPid"])
        memory[int(entry.parent.name)] = int(told.get("VmRSS", "0 kB").split()[0]) // 1024
    family = {parent}
    while grown := {one for one, of in parents.items() if of in family} - family:
        family |= grown
    return memory.get(parent, 0), max((memory[one] for one in family - {parent}), default=0)


def _say(what: str, began: float) -> None:
    print(f"## {what}: {time.monotonic() - began:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000, Path("out/season-show")))
