"""How fast the auditor is, and what its time grows with: `python benchmarks/speed.py` writes
docs/benchmarks.md.

Every measurement runs in a process of its own (measure.py). The machine is shared with whatever
else runs on it: medians of several runs, and ratios of runs made side by side, are what counts.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
DOCS = HERE.parent / "docs" / "benchmarks.md"
SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
ROWS = (100, 1_000, 10_000, 100_000)
SHAPES: tuple[tuple[str, str, Sequence[int]], ...] = (
    ("many", "很多份报告接成一个文件", SIZES),
    ("single", "一份极长的报告", SIZES),
    ("indicators", "指标表（行）", ROWS),
    ("amounts", "支出明细表（行）", ROWS),
)
FORMATS = (("docx", 10, 150), ("xlsx", 2, 50), ("html", 10, 150), ("pdf", 20, 1333), ("pdf", 200, 13333))
"""Format, printed pages, milliseconds that reading may take."""
_LIMIT = 180
_SLOW = (
    "openai",
    "pydantic",
    "tenacity",
    "auditor.document",
    "auditor.report",
    "auditor.rules",
    "auditor.memo",
)


def measure(name: str, *arguments: object, limit: float = _LIMIT) -> dict[str, Any] | None:
    """The figures of one fresh process; None where it took longer than `limit` seconds."""
    command = [sys.executable, str(HERE / "measure.py"), name, *map(str, arguments)]
    print(name, *arguments, file=sys.stderr, flush=True)
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        raise RuntimeError(f"{name} {arguments}: {done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def repeated(name: str, *arguments: object, runs: int) -> dict[str, float]:
    """Medians over several processes, figure by figure."""
    results = [found for _ in range(runs) if (found := measure(name, *arguments)) is not None]
    return {key: statistics.median(result[key] for result in results) for key in results[0]}


def start_up(pairs: int) -> dict[str, float]:
    """Wall clock of `auditor --version` and of the bare program, in alternation, in ms."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(pairs + 1):
        ours.append(_wall(sys.executable, "-m", "auditor.cli", "--version"))
        bare.append(_wall(sys.executable, str(HERE / "bare.py"), "--version"))
    ratios = [a / b for a, b in zip(ours[1:], bare[1:], strict=True)]
    return {
        "auditor": statistics.median(ours[1:]) * 1000,
        "bare": statistics.median(bare[1:]) * 1000,
        "ratio": statistics.median(ratios),
    }


def _wall(*command: str) -> float:
    start = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - start


def loaded(*arguments: str) -> set[str]:
    """Modules in memory after a command line has run."""
    code = (
        "import sys, contextlib, io, json\n"
        "from auditor.cli import app\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        f"    app({list(arguments)!r}, prog_name='auditor')\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Slope of the least-squares line through log size and log time: 1 is linear, 2 is quadratic."""
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(seconds) for _, seconds in points]
    x, y = statistics.mean(xs), statistics.mean(ys)
    slope = sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True))
    return slope / sum((a - x) ** 2 for a in xs)


def page(runs: int, largest: int) -> str:
    """docs/benchmarks.md, in Chinese."""
    parts = (
        _about(runs), _reports(runs), _formats(runs), _start(runs), _growth(largest), _against(runs), _parts(runs),
    )  # fmt: skip
    return "\n".join(("# 速度与内存", "", *(line for part in parts for line in part)))


def _about(runs: int) -> list[str]:
    return [
        "本页由 `make bench` 生成（程序在 `benchmarks/`），不要手改。",
        "",
        f"- 机器：{_processor()}，{os.cpu_count()} 核；{platform.system()}；Python {platform.python_version()}。",
        "- 文字：全部取自本项目自己的样例（`tests/layouts`、`examples`），换地名、改数字后拼成，每份都不同。",
        f"- 每个数都在单独的进程里量，一般取 {runs} 次的中位数。生成时机器的平均负载为 {_load()}；"
        "负载超过核数时，时钟时间偏长，以处理器时间、比值和增长为准。"
        "处理器时间是程序自己占用处理器的时间；auditor 只用一个线程，机器空闲时它就等于时钟时间。",
        "- “一份 5,000 字的报告”：一张自评表加文字说明，约 200 个数，与真实报告的密度相当。",
        "- 大小按 UTF-8 字节计，1 KB = 1,000 字节，约 450 个字符（汉字占三个字节，数字和制表符占一个）。",
        "",
    ]


def _reports(runs: int) -> list[str]:
    found = repeated("reports", runs=runs)
    met = "达到" if found["processor"] < 15 else "未达到"
    return [
        "## 一份报告要多久",
        "",
        "从打开文件到写出 JSON 备忘录，全部规则，一个进程，启动之后：",
        "",
        "| 项目 | 数值 |",
        "| --- | --- |",
        f"| 每份 5,000 字的报告，处理器时间（中位数） | {found['processor']:.1f} 毫秒（目标 15 毫秒以内，{met}） |",
        f"| 同上，时钟时间（中位数） | {found['milliseconds']:.1f} 毫秒 |",
        f"| 最慢的一份，时钟时间 | {found['worst']:.1f} 毫秒 |",
        f"| 每秒 | {found['reports_per_second']:.0f} 份，{found['megabytes_per_second']:.2f} MB |",
        f"| 内存峰值 | {found['memory']:.0f} MB |",
        "",
    ]


def _formats(runs: int) -> list[str]:
    lines = [
        "## 各种文件的读取",
        "",
        "只读文件，不运行规则；画线的自评表，两页一份。处理器时间，库已载入。",
        "",
        "| 文件 | 大小 | 毫秒 | 目标 | 内存峰值 MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, pages, limit in FORMATS:
        found = repeated("reading", kind, pages, runs=runs)
        spent = found["processor"] * 1000
        met = "达到" if spent <= limit else "未达到"
        lines.append(
            f"| {kind}，约 {pages} 页 | {_bytes(round(found['bytes']))} | {spent:.0f} | {limit} 以内，{met} | {found['memory']:.0f} |"
        )
        if kind == "pdf":
            lines[-1] = lines[-1].replace(
                " 以内", f"（每秒 15 页），本次每秒 {pages / found['processor']:.0f} 页"
            )
    return [*lines, ""]


def _start(runs: int) -> list[str]:
    found = start_up(pairs=max(3 * runs, 7))
    version_only = [name for name in _SLOW if _any_of(name, loaded("--version"))]
    example = str(HERE.parent / "examples" / "01-national.txt")
    audited = [name for name in ("openai", "tenacity") if _any_of(name, loaded("audit", example))]
    met = "达到" if found["ratio"] < 3 else "未达到"
    return [
        "## 启动",
        "",
        "| 程序 | 毫秒 |",
        "| --- | --- |",
        f"| `auditor --version` | {found['auditor']:.0f} |",
        f"| 只有 `--version` 的空 typer 程序 | {found['bare']:.0f} |",
        f"| 比值（成对交替运行，取中位数） | {found['ratio']:.2f}（目标 3 以内，{met}） |",
        "",
        f"- `auditor --version` 载入的重模块：{'、'.join(version_only) or '无'}。"
        f"（查过：{'、'.join(_SLOW)}。）",
        f"- `auditor audit` 载入的模型接口模块：{'、'.join(audited) or '无'}。（查过：openai、tenacity。）",
        "",
    ]


def _any_of(name: str, modules: set[str]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for module in modules)


def _growth(largest: int) -> list[str]:
    lines = [
        "## 文字变长，时间怎样增长",
        "",
        "这里的秒是处理器时间。指数是时间对大小的双对数直线的斜率：1 是成正比，2 是平方。只用 10 KB（表格 1,000 行）以上的点，"
        "更短的文字里固定开销占大头。",
        "",
        "| 文字 | 大小 | 秒 | 每 KB 毫秒 | 内存峰值 MB |",
        "| --- | --- | --- | --- | --- |",
    ]
    slopes = []
    for kind, name, sizes in SHAPES:
        points: list[tuple[float, float]] = []
        for size in sizes:
            rows = sizes is ROWS
            if size > (largest // 100 if rows else largest):
                continue
            found = measure("growth", kind, size)
            label = f"{size:,} 行" if rows else _bytes(size)
            if found is None:
                lines.append(f"| {name} | {label} | 超过 {_LIMIT} | | |")
                break
            spent = found["processor"]
            per_kb = spent * 1e6 / found["bytes"]
            lines.append(f"| {name} | {label} | {spent:.3g} | {per_kb:.2f} | {found['memory']:.0f} |")
            if size >= (1_000 if rows else 10_000):
                points.append((found["bytes"], spent))
        if len(points) > 1:
            slopes.append(f"- {name}：指数 {exponent(points):.2f}，最后一步 {exponent(points[-2:]):.2f}。")
    return [*lines, "", *slopes, ""]


def _bytes(size: int) -> str:
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1_000} KB"


def _against(runs: int) -> list[str]:
    """Side by side with statcheck, text of the same size, in the same run."""
    heading = ["## 与 statcheck 比", ""]
    try:
        name = f"statcheck {version('statcheck')}"
    except PackageNotFoundError:
        return [*heading, "本次没有安装 statcheck（`pip install 'auditor[bench]'`），未比较。", ""]
    lines = [
        *heading,
        f"{name} 是 R 程序 statcheck 的 Python 移植（PyPI），查英文论文里的一种数：统计检验量与它的 p 值。"
        "给它同样大小的英文，每约 150 字符一个检验结果，每 KB 里的数与报告相当。两边都在一个进程里，"
        "先跑一次热身，各跑几次交替取中位数。auditor 读的是接在一起的多份报告，跑全部规则。",
        "",
        "| 大小 | auditor 每 KB 毫秒 | statcheck 每 KB 毫秒 | auditor 用时为 statcheck 的 |",
        "| --- | --- | --- | --- |",
    ]
    for size in (15_000, 150_000):
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(runs):
            found, other = measure("growth", "many", size), measure("statcheck", size)
            if found is not None and other is not None:
                ours.append(found["seconds"] * 1e6 / found["bytes"])
                theirs.append(other["seconds"] * 1e6 / other["bytes"])
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        lines.append(
            f"| {_bytes(size)} | {statistics.median(ours):.2f} | {statistics.median(theirs):.2f} | {ratio:.0%} |"
        )
    return [
        *lines,
        "",
        "中文一个字占三个字节，按字节算 auditor 占便宜；按字符算，auditor 一栏约乘 2.2。",
        "",
    ]


def _parts(runs: int) -> list[str]:
    results = [found for _ in range(runs) if (found := measure("rules")) is not None]
    parts = {name: statistics.median(result[name] for result in results) for name in results[0]}
    slowest = sorted(parts.items(), key=lambda item: -item[1])[:16]
    total = sum(parts.values())
    rules = sum(spent for name, spent in parts.items() if name[1:4].isdigit())
    return [
        "## 时间花在哪里",
        "",
        f"每份 5,000 字的报告，毫秒（处理器时间）；规则合计 {rules:.1f}，总计 {total:.1f}。最费时的：",
        "",
        "| 步骤或规则 | 毫秒 | 占比 |",
        "| --- | --- | --- |",
        *(f"| {name} | {spent:.2f} | {spent / total:.0%} |" for name, spent in slowest),
        "",
    ]


def _load() -> str:
    try:
        return f"{os.getloadavg()[1]:.1f}"
    except (AttributeError, OSError):
        return "（本系统不提供）"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


_SEASONS = "\n## 一季报告\n"
"""As `benchmarks.season_scale` heads its section."""


def _seasons(page: Path) -> str:
    """The section on seasons of the page that stands there: hours of work, measured by `season_scale`."""
    if not page.exists():
        return ""
    _, mark, rest = page.read_text(encoding="utf-8").partition(_SEASONS)
    return mark + rest.partition("\n## ")[0].rstrip("\n") + "\n" if mark else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=DOCS, help="where the page goes")
    parser.add_argument("--runs", type=int, default=3, help="processes per figure")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="largest text, in bytes")
    arguments = parser.parse_args()
    text = page(arguments.runs, arguments.largest)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    text = text.rstrip() + "\n" + _seasons(arguments.output)
    arguments.output.write_text(text, encoding="utf-8", newline="\n")
    print(f"written: {arguments.output}", file=sys.stderr)


if __name__ == "__main__":
    main()
