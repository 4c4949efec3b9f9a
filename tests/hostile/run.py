"""Every hostile input through the audit, as a user's would go: what became of it, how long it took, and how
much memory and processor time the operating system says was used.

    python -m tests.hostile.run            # writes the table into docs/security.md
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auditor.batch.order import Done, Order
from auditor.document.confined import job
from auditor.isolation import Job, Pool
from tests.hostile import containers, layouts, pages, pictures, places, prints, sheets, texts, unkind, word
from tests.hostile.parts import REPORT
from tests.samples import ROOT

CLASSES = {
    "zip": containers.CASES | unkind.ZIP, "docx": word.CASES | unkind.DOCX, "xlsx、xls": sheets.CASES | unkind.XLSX,
    "html": pages.CASES | unkind.HTML, "txt": texts.CASES | unkind.TXT, "pdf": prints.CASES | unkind.PDF,
    "ofd": layouts.CASES | unkind.OFD, "图片": pictures.CASES | unkind.PICTURES,
}  # fmt: skip
PLACES = "文件系统"
SECONDS, MEGABYTES = 10, 800
_ENDING = 1.0  # to notice that the time is up, and to end the process
_MB = 1024 * 1024
_MARKS = ("<!-- hostile -->\n", "<!-- /hostile -->\n")


@dataclass(frozen=True)
class Met:
    """What became of one input. `said` are the reasons given, `read` the number of documents read; `seconds` by the
    clock, `processor` what the workers used, which other work on the machine lengthens less."""

    kind: str
    name: str
    size: int
    seconds: float
    processor: float
    megabytes: int
    read: int
    said: tuple[str, ...]

    @property
    def allowed(self) -> float:
        return SECONDS + self.size / _MB


def names() -> list[tuple[str, str]]:
    """Class and name of every input."""
    found = [(kind, name) for kind, cases in CLASSES.items() for name in cases]
    return found + [(PLACES, name) for name in places.PLACES]


def meet(kind: str, name: str, pool: Pool, folder: Path) -> Met:
    """Audits one input."""
    path = folder / f"{kind}-{name}".replace(" ", "").replace("、", "")
    if kind == PLACES:
        places.PLACES[name](path)
    else:
        path.write_bytes(CLASSES[kind][name]())
    size = path.stat().st_size if path.is_file() else 0
    pool.ask(
        Job("auditor.batch.worker:audited", ("甲.txt", REPORT.encode(), Order(), True))
    )  # it has started
    for pid in pool.pids():
        _forget_peak(pid)
    watch = _Watch(pool)
    began = time.monotonic()
    answers = pool.ask(job("auditor.batch.worker:audited", path, Order(), True))
    seconds = time.monotonic() - began
    peak, processor = watch.stop()
    done = [one for one in answers.items if isinstance(one, Done)]
    said = [one.failure.reason for one in done if one.failure is not None]
    said += [line.removeprefix(f"{path}：") for one in done for line in one.breakages]
    said += [answers.stopped] if answers.stopped else []
    return Met(
        kind,
        name,
        min(size, 200 * _MB),
        seconds,
        processor,
        peak // _MB,
        sum(one.told is not None for one in done),
        tuple(said),
    )


class _Watch:
    """The most memory of a pool's workers and the processor time they use, as the system counts it, while something
    runs."""

    def __init__(self, pool: Pool) -> None:
        self._pool, self._most, self._over = pool, 0, threading.Event()
        self._before = {pid: _processor(pid) for pid in pool.pids()}
        self._used: dict[int, float] = {}
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.005):
            for pid in self._pool.pids():
                self._count(pid)

    def _count(self, pid: int) -> None:
        self._most = max(self._most, _peak(pid))
        used = _processor(pid) - self._before.get(pid, 0.0)
        self._used[pid] = max(self._used.get(pid, 0.0), used)

    def stop(self) -> tuple[int, float]:
        self._over.set()
        self._thread.join()
        for pid in self._pool.pids():
            self._count(pid)
        return self._most, sum(self._used.values())


def _processor(pid: int) -> float:
    """Seconds that a process and what it waited for have used; 0 once it is gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")


def _forget_peak(pid: int) -> None:
    with suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


def met() -> Iterator[Met]:
    """All of them."""
    with tempfile.TemporaryDirectory() as place, Pool() as pool:
        for kind, name in names():
            yield meet(kind, name, pool, Path(place))


def table(found: list[Met]) -> str:
    lines = ["| 类别 | 输入 | 大小 | 结果 | 处理器秒 | MB |", "|---|---|---|---|---|---|"]
    for one in found:
        told = "；".join(dict.fromkeys(one.said))[:80] or f"读入 {one.read} 份"
        size = f"{one.size / _MB:.1f} MB" if one.size >= _MB else f"{one.size / 1024:.1f} KB"
        lines.append(f"| {one.kind} | {one.name} | {size} | {told} | {one.processor:.1f} | {one.megabytes} |")
    refused = sum(not one.read for one in found)
    worst = max(found, key=lambda one: one.processor), max(found, key=lambda one: one.megabytes)
    head = (
        f"{len(found)} 个输入，{refused} 个拒绝，{len(found) - refused} 个读入；"
        f"最久用处理器 {worst[0].processor:.1f} 秒（{worst[0].name}），最多 {worst[1].megabytes} MB（{worst[1].name}）。\n\n"
    )
    return head + "\n".join(lines).replace("\x1b", "").replace("\x07", "") + "\n"


def main() -> None:
    found = []
    for one in met():
        found.append(one)
        print(
            f"{one.kind} {one.name}: {one.seconds:.1f} s, {one.processor:.1f} s of processor, {one.megabytes} MB, {one.read}, {one.said}"[
                :220
            ],
            flush=True,
        )
    page = ROOT / "docs" / "security.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(_MARKS[0])
    _, _, after = rest.partition(_MARKS[1])
    page.write_text(before + _MARKS[0] + table(found) + _MARKS[1] + after, encoding="utf-8", newline="\n")
    bad = [one for one in found if one.processor > one.allowed + _ENDING or one.megabytes > MEGABYTES]
    sys.exit(len(bad))


if __name__ == "__main__":
    main()
