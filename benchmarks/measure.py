"""One measurement in one fresh process: `python measure.py NAME [ARGUMENT…]` prints JSON.

Times are taken inside the process: start-up is measured elsewhere. Wall clock (`perf_counter`) is
what a user waits; processor time (`process_time`) is the same on an idle machine, for nothing here
runs in parallel or waits, and stays the same on a busy one.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import files
import material

REPORT = 5_000
_COUNT = 40


def reports() -> dict[str, Any]:
    """Distinct reports of 5,000 characters, file in, JSON out, after a few to warm up."""
    texts = [material.report(REPORT, seed) for seed in range(_COUNT + 5)]
    taken = [_audit(text) for text in texts][5:]
    times = [each.wall for each in taken]
    measured = texts[5:]
    size = sum(len(text.encode()) for text in measured)
    return {
        "count": len(measured),
        "characters": statistics.mean(len(text) for text in measured),
        "milliseconds": statistics.median(times) * 1000,
        "processor": statistics.median(each.processor for each in taken) * 1000,
        "worst": max(times) * 1000,
        "reports_per_second": len(times) / sum(times),
        "megabytes_per_second": size / 1e6 / sum(times),
        "milliseconds_per_kb": sum(times) * 1000 / (size / 1000),
        "memory": _peak(),
    }


def growth(kind: str, size: str) -> dict[str, Any]:
    """A text of a kind and size. Short ones are timed several times, the median counts: another
    text each time, for figures once read are remembered."""
    _audit(material.report(REPORT))
    taken: list[_Taken] = []
    sizes: list[int] = []
    while not taken or (len(taken) < 15 and sum(each.wall for each in taken) < 1):
        text = getattr(material, kind)(int(size), len(taken))
        taken.append(_audit(text))
        sizes.append(len(text.encode()))
    return {
        "bytes": statistics.mean(sizes),
        "seconds": statistics.median(each.wall for each in taken),
        "processor": statistics.median(each.processor for each in taken),
        "memory": _peak(),
    }


def rules() -> dict[str, Any]:
    """Milliseconds per report of reading, of every rule, and of the memo."""
    from auditor.document import read_bytes
    from auditor.memo import build, render
    from auditor.pipeline.engine import AuditedDocument, Run, _audited
    from auditor.report import read_reports
    from auditor.rules import Settings
    from auditor.rules.catalogue import catalogue

    spent: dict[str, list[float]] = defaultdict(list)

    @contextlib.contextmanager
    def timed(name: str) -> Iterator[None]:
        start = time.process_time()
        yield
        spent[name].append((time.process_time() - start) * 1000)

    settings = Settings()
    for seed in range(_COUNT):
        data = material.report(REPORT, seed).encode()
        with timed("读文件，分出段落和表格"):
            document = read_bytes(data, "report.txt")
        with timed("读懂报告"):
            found = read_reports(document)
        with timed("识别其余数字"):
            figures = [report.figures for report in found]
        results: list[list[Any]] = [[] for _ in figures]
        for entry in catalogue():
            with timed(f"{entry.rule.code} {entry.rule.title}"), contextlib.suppress(Exception):
                for at, result in entry.check(found, settings):
                    results[at].append(result)
        with timed("归并结果"):
            audited = [_audited(report, own, settings) for report, own in zip(found, results, strict=True)]
        with timed("写备忘录（JSON）"):
            render(build(Run([AuditedDocument(document, audited)])), "json")
    return {name: statistics.mean(times[3:]) for name, times in spent.items()}


def reading(kind: str, pages: str) -> dict[str, Any]:
    """Reading a file of that format, without any rule, after one reading to load the libraries."""
    from auditor.document import read_bytes

    read_bytes(files.made(kind, 2), "report")
    data = files.made(kind, int(pages))
    taken = []
    while not taken or (len(taken) < 7 and sum(taken) < 2):
        gc.collect()
        start = time.process_time()
        read_bytes(data, "report")
        taken.append(time.process_time() - start)
    return {"bytes": len(data), "processor": statistics.median(taken), "memory": _peak()}


def statcheck(size: str) -> dict[str, Any]:
    """The PyPI port of statcheck over English text of `size` bytes."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        from statcheck.st import statcheck as check  # type: ignore[import-untyped]

        check(material.english(1_000))
        text = material.english(int(size))
        times: list[float] = []
        found = 0
        while len(times) < 3 or (len(times) < 7 and sum(times) < 1):
            start = time.perf_counter()
            found = len(check(text)[0])
            times.append(time.perf_counter() - start)
    return {
        "bytes": len(text.encode()),
        "seconds": statistics.median(times),
        "found": found,
        "memory": _peak(),
    }


class _Taken(NamedTuple):
    """Seconds from the file to the JSON memo."""

    wall: float
    processor: float


def _audit(text: str) -> _Taken:
    from auditor import audit

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.txt")
        path.write_text(text, encoding="utf-8")
        gc.collect()
        wall, processor = time.perf_counter(), time.process_time()
        audit(path).model_dump_json()
        return _Taken(time.perf_counter() - wall, time.process_time() - processor)


def _peak() -> float:
    """Largest resident size of this process, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    measures: dict[str, Callable[..., dict[str, Any]]] = {
        each.__name__: each for each in (reports, growth, reading, rules, statcheck)
    }
    print(json.dumps(measures[sys.argv[1]](*sys.argv[2:]), ensure_ascii=False))
