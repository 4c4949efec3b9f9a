"""A season of plain reports at one size: `python -m benchmarks.season_scale 10000 [-j 2] [--engine ray]`.

Reports of about 5,000 characters, each of a project of its own. Times are those of the clock and of the processors; the
processors' hold where other programs are at work. One line of JSON for each run is appended to `out/season-scale.jsonl`;
`--table` writes them as the table of docs/season.md, with the exponent of growth.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from benchmarks.season_show import resident
from tests.season.plan import Kinds, season, words

LENGTH = 5000
_KINDS = Kinds(duplicates=0, formats=0, versions=0, copies=0, slips=30)
_PER_FOLDER = 1000
_LOG = Path("out/season-scale.jsonl")
_STEPS = ("add", "run", "status", "risk", "copies", "report")


@dataclass
class Told:
    """Seconds by step, of the clock and of all processors; the most memory of any process of the step, in MB."""

    reports: int
    engine: str
    workers: int
    characters: int = 0
    store_mb: float = 0.0
    clock: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)
    memory: dict[str, dict[str, int]] = field(default_factory=dict)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("--engine", default="")
    parser.add_argument("--folder", type=Path, default=Path("out/season-scale"))
    parser.add_argument("--table", action="store_true")
    given = parser.parse_args()
    if given.table:
        print("\n".join(table(_LOG)))
        return 0
    told = measured(given.count, given.j, given.engine, given.folder)
    _LOG.parent.mkdir(exist_ok=True)
    with _LOG.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(told)) + "\n")
    print(json.dumps(asdict(told), indent=1))
    return 0


def measured(count: int, workers: int, engine: str, folder: Path) -> Told:
    """The season of so many reports from the files to the summary."""
    told = Told(count, engine, workers)
    shutil.rmtree(folder, ignore_errors=True)
    told.characters = sum(_written(count, folder / "in")) // count
    work = folder / "season"
    call = [sys.executable, "-m", "auditor.cli", "season"]
    at = ["--at", str(work)]
    subprocess.run([*call, "init", str(work)], check=True)
    more = ["-j", str(workers), *(["--engine", engine] if engine else [])]
    steps = {
        "add": [str(folder / "in")], "run": more, "status": [], "risk": ["-n", "20"], "copies": [],
        "report": ["-o", str(folder / "summary.html")],
    }  # fmt: skip
    for name in _STEPS:
        with _measured(told, name):
            _watch(told, name, [*call, name, *steps[name], *at])
    told.store_mb = round((work / "season.db").stat().st_size / 1e6, 1)
    shutil.rmtree(folder)
    return told


@contextmanager
def _measured(told: Told, name: str) -> Iterator[None]:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    told.clock[name] = round(time.monotonic() - began, 2)
    told.processor[name] = round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2)
    print(name, told.clock[name], told.processor[name], told.memory[name], flush=True)


def _watch(told: Told, name: str, command: list[str]) -> None:
    """Runs a command and notes the most memory of itself and of the largest process that it has started."""
    most = {"main": 0, "worker": 0}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    over = threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            own, others = resident(process.pid)
            most["main"], most["worker"] = max(most["main"], own), max(most["worker"], others)

    watcher = threading.Thread(target=look)
    watcher.start()
    status = process.wait()
    over.set()
    watcher.join()
    told.memory[name] = most
    if status not in (0, 1):
        raise SystemExit(f"{name}: {status}")


def _written(count: int, folder: Path) -> Iterator[int]:
    """The files made; yields the characters of each."""
    for number, one in enumerate(season(count, "规模", ("txt",), _KINDS)):
        text = one.data.decode()
        rng = Random(f"规模 {number}")
        paragraphs = []
        while len(text) + sum(map(len, paragraphs)) < LENGTH:
            paragraphs.append("\n" + words(rng))
        file = folder / f"{number // _PER_FOLDER:03}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        text += "".join(paragraphs) + "\n"
        file.write_text(text, encoding="utf-8")
        yield len(text)


def table(log: Path) -> list[str]:
    """The last run of each size and engine as a table, and how the times grow."""
    runs = {
        (one["engine"], one["workers"], one["reports"]): one
        for one in map(json.loads, log.read_text(encoding="utf-8").splitlines())
    }
    lines = [
        "| 报告 | 引擎，进程 | 审核：时钟 秒 | 审核：处理器 秒 | 每份 毫秒 | 每个工作进程 MB | 主进程 MB | 收件 秒 | 状态 秒 | 雷同 秒 | 汇总 秒 | 库 MB |",
        "|" + "---|" * 12,
    ]
    for (engine, workers, reports), one in sorted(runs.items()):
        spent, clock, memory = one["processor"], one["clock"], one["memory"]
        lines.append(
            f"| {reports:,} | {engine or '本机'}，{workers} | {clock['run']:.0f} | {spent['run']:.0f} | "
            f"{spent['run'] / reports * 1000:.1f} | {memory['run']['worker']} | {memory['run']['main']} | "
            f"{spent['add']:.1f} | {spent['status']:.1f} | {spent['copies']:.1f} | {spent['report']:.1f} | {one['store_mb']:.0f} |"
        )
    own = [one for (engine, _, _), one in sorted(runs.items()) if not engine]
    for name in _STEPS:
        points = [(math.log(one["reports"]), math.log(max(one["processor"][name], 0.01))) for one in own]
        if len(points) > 1:
            (x, y), (u, v) = points[-2:]
            lines.append(f"- {name}: {(v - y) / (u - x):.2f}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
