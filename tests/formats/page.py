"""The section on layouts and formats of docs/accuracy.md: every form in every format, measured."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.formats import write
from tests.formats.measure import PRINTED, Tally, forms, measure, written

_NAMES = {
    "pipes": "竖线表", "lines": "一格一行", "docx": "docx", "xlsx": "xlsx", "html": "html", "pdf": "PDF 画线", "ofd": "OFD",
    "pdf unruled": "PDF 不画线", "scan": "扫描件",
}  # fmt: skip
_EVERY = 3
"""One layout in so many is scanned: recognition takes some ten seconds a page."""
_HEAD = """## 各种版式、各种文件格式

`tests/layouts` 里的每张表，写成每种格式再读回来（合并单元格是真合并，PDF 由 LibreOffice 打印，扫描件是打印页转成图片、
转 0.4 度、加噪声，200 点每英寸；识别费时，每三种版式取一种），与原表逐格比对，再审核。每种版式一份没有差错、一份植入了差错；
被压成一行、粘成一串的版式本来就是文本，不在此列。

- **格子**：读对的格子数/全部格子数，一字不差才算（一格一行没有行列，只比文字）。
- **数**：含数字的格子，读对的/全部。
- **差错**：植入的差错里，按应有的结论报出的/全部。不画线的 PDF 和扫描件最多给到存疑，报成存疑就算报出。
- **误报**：没有差错的表报出的“不一致”，和看着像错其实对的数被报成“不一致”的，合计。
"""


def section(formats: Iterable[str] = _NAMES) -> str:
    """Measures everything; scans take some ten seconds a page."""
    tallies = list(_measured(formats))
    lines = [_HEAD, "| 格式 | 格子 | 数 | 差错 | 误报 |", "| --- | --- | --- | --- | --- |"]
    by_format = _summed(tallies, "format")
    lines += [f"| {_NAMES[name]} | {_shares(one)} | {one.alarms} |" for name, one in by_format.items()]
    lines += ["", "逐个版式（格子，差错；误报不为零的另注）：", ""]
    lines += [
        "| 版式 | " + " | ".join(_NAMES[name] for name in by_format) + " |",
        "| --- |" + " --- |" * len(by_format),
    ]
    for layout in dict.fromkeys(tally.layout for tally in tallies):
        own = _summed([tally for tally in tallies if tally.layout == layout], "format")
        cells = (_brief(own[name]) if name in own else "—" for name in by_format)
        lines.append(f"| {layout} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _measured(formats: Iterable[str]) -> Iterable[Tally]:
    paths = list(forms())
    scanned = set(list(dict.fromkeys(map(_layout, paths)))[::_EVERY])
    with tempfile.TemporaryDirectory() as folder:
        for format in formats:
            if format in PRINTED and write.SOFFICE is None:
                raise SystemExit("LibreOffice is not installed: the printed formats cannot be measured")
            print(format, file=sys.stderr, flush=True)
            some = [path for path in paths if _layout(path) in scanned] if format == "scan" else paths
            for path, data in written(format, some):
                yield measure(path, data, format, Path(folder))


def _layout(path: Path) -> str:
    return path.stem.rpartition("_")[0]


def _summed(tallies: Iterable[Tally], by: str) -> dict[str, Tally]:
    sums: dict[str, Tally] = {}
    for tally in tallies:
        name = getattr(tally, by)
        sums[name] = sums[name] + tally if name in sums else tally
    return sums


def _shares(one: Tally) -> str:
    return f"{_share(one.cells_read, one.cells)} | {_share(one.figures_read, one.figures)} | {_found(one)}"


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole}（{100 * part / whole:.1f}%）"


def _found(one: Tally) -> str:
    return f"{one.slips_asked if one.format in ('pdf unruled', 'scan') else one.slips_found}/{one.slips}"


def _brief(one: Tally) -> str:
    alarms = f"，误报 {one.alarms}" if one.alarms else ""
    return f"{one.cells_read}/{one.cells}，{_found(one)}{alarms}"
