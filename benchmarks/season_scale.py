"""A season of plain reports at one size: `python -m benchmarks.season_scale 10000 [-j 2] [--engine ray]`.

Reports of about 5,000 characters, each of a project of its own. Times are those of the clock and of the processors; the
processors' hold where other programs are at work. One line of JSON for each run is appended to `out/season-scale.jsonl`;
`--page docs/benchmarks.md` writes the tables of all runs into the page. `--part store` and `--part copies` measure one
part alone (`benchmarks.season_parts`), at sizes that whole audits take hours for.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.season_parts import NARRATIVES, Part, copies, store
from benchmarks.season_show import resident
from tests.season.plan import Kinds, season, words

LENGTH = 5000
_KINDS = Kinds(duplicates=0, formats=0, versions=0, copies=0, slips=30)
_PER_FOLDER = 1000
_LOG = Path("out/season-scale.jsonl")
_PARTS = Path("out/season-parts.jsonl")
_SIZES = (1_000, 10_000, 100_000)
HEADING = "## 一季报告"
"""Of the section of the page; `benchmarks/speed.py` keeps it when it makes the rest of the page anew."""
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
    parser.add_argument("--part", choices=("store", "copies"))
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    if given.page is not None:
        written(given.page)
        return 0
    if given.part is not None:
        part = copies(given.count) if given.part == "copies" else store(given.count, given.folder)
        _PARTS.parent.mkdir(exist_ok=True)
        with _PARTS.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(part)) + "\n")
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
        paragraphs: list[str] = []
        while len(text) + sum(map(len, paragraphs)) < LENGTH:
            paragraphs.append("\n" + words(rng))
        file = folder / f"{number // _PER_FOLDER:03}" / f"{number:06}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        text += "".join(paragraphs) + "\n"
        file.write_text(text, encoding="utf-8")
        yield len(text)


def parts(log: Path) -> list[Part]:
    """The last run of each part at each size, by part and size."""
    told = [Part(**json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()]
    runs = {(one.part, one.reports): one for one in told}
    return [runs[key] for key in sorted(runs)]


def growth(points: Sequence[tuple[int, float]]) -> str:
    """How a time grows from the first size to the last: 1 is in proportion, 2 with the square."""
    if len(points) < 2 or not points[0][1]:
        return "—"
    (first, before), (last, after) = points[0], points[-1]
    return f"{math.log(after / before) / math.log(last / first):.2f}"


def section() -> list[str]:
    """What the page on speed says about seasons."""
    whole = [json.loads(line) for line in _LOG.read_text(encoding="utf-8").splitlines()]
    runs = {(one["engine"], one["workers"], one["reports"]): one for one in whole}
    sizes = {reports for _, _, reports in runs}
    missing = "、".join(f"{size:,} 份" for size in _SIZES if size not in sizes)
    return [
        HEADING,
        "",
        "由 `python -m benchmarks.season_scale 份数`、`… 份数 --part store` 和 `… 份数 --part copies` 量出，`--page docs/benchmarks.md` 写入。",
        "秒是各进程处理器时间之和；机器两个核，同时有许多别的程序在跑，处理器时间因此也偏长，只当上限看。",
        "",
        "整季：每份约 5,000 字，从收件到汇总。" + (f"**整季没有量过的：{missing}。**" if missing else ""),
        "",
        *_whole(list(runs.values())),
        "",
        "只量库：一百份审核过的报告，换了项目名当作别的项目反复写入，再全部读出来（`season status`、`risk`、`report` 都先做这一步）。",
        "",
        *_store([one for one in parts(_PARTS) if one.part == "store"]),
        "",
        "只量雷同：每份十段说明，全用一套常用语拼成（最难的情形），百分之一的报告照抄别人一段再改七个字；从减去表上的字到逐字核对。",
        "没有找出的，或是两段的指纹没有碰上，或是碰上的段太多、没有逐一比到，各占多少没有分开量；一字不差的照抄不靠指纹，不会漏。",
        "",
        *_copies([one for one in parts(_PARTS) if one.part == "copies"]),
    ]


def _whole(runs: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield "| 报告 | 引擎，进程 | 收件 | 审核 | 每份 毫秒 | 状态 | 雷同 | 汇总 | 每个工作进程 MB | 主进程 MB | 库 MB |"
    yield "| --- " * 11 + "|"
    for one in sorted(runs, key=lambda one: (one["engine"], one["reports"])):
        spent, memory = one["processor"], one["memory"]
        yield (
            f"| {one['reports']:,} | {one['engine'] or '本机'}，{one['workers']} | {spent['add']} | {spent['run']} | "
            f"{spent['run'] / one['reports'] * 1000:.0f} | {spent['status']} | {spent['copies']} | {spent['report']} | "
            f"{memory['run']['worker']} | {memory['run']['main']} | {one['store_mb']} |"
        )


def _store(runs: Sequence[Part]) -> Iterator[str]:
    yield "| 报告 | 写入 | 读出 | 状态 | 内存峰值 MB | 库 MB |"
    yield "| --- " * 6 + "|"
    for one in runs:
        spent = one.processor
        yield f"| {one.reports:,} | {spent['write']} | {spent['read']} | {spent['status']} | {one.memory_mb} | {one.store_mb} |"
    exponents = (
        growth([(one.reports, one.processor[step]) for one in runs]) for step in ("write", "read", "status")
    )
    yield f"| 增长指数 | {' | '.join(exponents)} | | |"


def _copies(runs: Sequence[Part]) -> Iterator[str]:
    yield "| 报告 | 段 | 秒 | 每段 毫秒 | 内存峰值 MB | 埋下 | 找出 | 多找 |"
    yield "| --- " * 8 + "|"
    for one in runs:
        spent = one.processor["template"] + one.processor["compare"]
        yield (
            f"| {one.reports:,} | {one.reports * NARRATIVES:,} | {spent:.1f} | {spent / one.reports / NARRATIVES * 1000:.2f} | "
            f"{one.memory_mb} | {one.planted} | {one.found} | {one.others} |"
        )
    points = [(one.reports, sum(one.processor.values())) for one in runs]
    yield f"| 增长指数 | | {growth(points)} | | | | | |"


def written(page: Path) -> None:
    """The section into the page, in the place of the one that stands there."""
    before, _, rest = page.read_text(encoding="utf-8").partition(f"{HEADING}\n")
    _, mark, behind = rest.partition("\n## ")
    lines = [before.rstrip("\n"), "", *section(), *([""] if mark else [])]
    page.write_text("\n".join(lines) + mark + (behind or "\n"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    sys.exit(main())
