"""The section on running text of docs/accuracy.md; `python -m tests.prose.page KIND …` shows what is missed."""

from __future__ import annotations

import sys

from tests.prose.measure import Tally, clean_reports, measure
from tests.prose.recipes import TITLES

_HEAD = """## 文字里的关系

`tests/prose/structures.toml` 里的每种说法（人名地名都是编的），按固定种子填上数，一份没有差错，一份错一个数（颠倒、写错、漏写、
多写一位）。**留出的说法**在写规则之前写好，之后没有看过，也没有照着改过规则。

- **查出**：有“不一致”或“存疑”指向这段文字/植入的差错。
- **误报**：没有差错的文字被报成“不一致”。**多问**：没有差错的文字提出的“存疑”（几句话的报告本来就没有写的，如支出数，不计）。
- 留出的说法和规则出自同一批人，不等于陌生报告；它们只说明规则没有照着这些句子改过。
"""


def section(times: int = 6, reports: int = 60) -> str:
    """Measures everything; about a minute."""
    lines = [_HEAD]
    known, held = measure(False, times), measure(True, times)
    lines += ["| 关系 | 查出 | 误报 | 多问 | 留出：查出 | 误报 | 多问 |", "|---|---|---|---|---|---|---|"]
    for kind, title in TITLES.items():
        lines.append(f"| {title} | {_row(known.get(kind))} | {_row(held.get(kind))} |")
    lines.append(f"| 合计 | {_row(_sum(known))} | {_row(_sum(held))} |")
    for name, out in (("", False), ("留出说法的", True)):
        false, asked, _ = clean_reports(reports, out)
        lines += [
            "",
            f"{name}没有差错的短报告 {reports} 份（各含六种说法）：误报 {false} 条，存疑 {asked} 条。",
        ]
    return "\n".join(lines) + "\n"


def _row(tally: Tally | None) -> str:
    if tally is None:
        return "— | — | —"
    found = f"{tally.found}/{tally.planted}" if tally.planted else "—"
    return f"{found} | {tally.false} | {tally.asked}"


def _sum(tallies: dict[str, Tally]) -> Tally:
    whole = Tally()
    for one in tallies.values():
        whole.planted += one.planted
        whole.found += one.found
        whole.false += one.false
        whole.asked += one.asked
    return whole


def _show(kinds: tuple[str, ...]) -> None:
    """What the wordings in view miss and say for nothing; those held out are never shown."""
    for kind, tally in measure(False, 3, kinds=kinds).items():
        print(f"{kind}: {tally.found}/{tally.planted}, false {tally.false}, asked {tally.asked}")
        print(*(f"    missed {text}" for text in tally.missed), sep="\n")
        print(*(f"    said {text}" for text in tally.said), sep="\n")


if __name__ == "__main__":
    if sys.argv[1:] == ["page"]:
        print(section(3, 20))
    else:
        _show(tuple(sys.argv[1:]))
