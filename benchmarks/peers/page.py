"""The peers' section of docs/accuracy.md. Run as a module it measures: the product never imports this."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.bench.catalogue import kinds
from auditor.bench.clean import Base, audit, bundled, flagged, gather
from auditor.bench.edit import apply
from auditor.bench.measure import slips
from auditor.bench.slip import Family
from benchmarks.peers import model_only, spreadsheet

TEN = Path(__file__).resolve().parent / "ten"
ANSWERS = Path(__file__).resolve().parent / "answers"
_MOST = 2


def cases() -> dict[str, dict[str, Any]]:
    """The ten plain cases, with what is expected of each."""
    listed: dict[str, dict[str, Any]] = json.loads((TEN / "expect.json").read_text(encoding="utf-8"))
    return listed


def ours(name: str) -> bool:
    """Whether the auditor is right: the expected rule speaks, or nothing but questions for reasons."""
    found = flagged(audit((TEN / f"{name}.txt").read_text(encoding="utf-8"), name))
    wanted = cases()[name]
    if wanted["error"]:
        return any(result.rule.code in wanted["rules"] for result in found)
    return all(result.rule.code in _ONLY_ASKS for result in found)


_ONLY_ASKS = ("F107", "F112")
"""Ask for the reason of unspent money, and where money above the budget came from: say nothing of an error."""


def section() -> str:
    """The section, measured."""
    lines = [
        "## 和别的做法比", "",
        "“表格脚本”是常见做法的复现（`benchmarks/peers/spreadsheet.py`）：只看第一张表，一律按“实际÷目标×分值”算，"
        "误差 ±0.1 以内都算对。“整篇问模型”按录下的回答计，本仓库没有录，故空着。", "",
        "| 例 | 应当 | auditor | 表格脚本 | 整篇问模型 |", "|---|---|---|---|---|",
    ]  # fmt: skip
    for name, wanted in cases().items():
        text = (TEN / f"{name}.txt").read_text(encoding="utf-8")
        script = bool(spreadsheet.alarms(text)) == wanted["error"]
        model = model_only.alarms(ANSWERS, name, text)
        told = "未录" if model is None else _mark(bool(model) == wanted["error"])
        lines.append(
            f"| {wanted['what']} | {'报' if wanted['error'] else '不报'} | {_mark(ours(name))} | {_mark(script)} | {told} |"
        )
    lines += ["", *_planted()]
    lines += ["", "速度与 statcheck 的移植版相比，见[测速](benchmarks.md)（`make bench`）。", ""]
    return "\n".join(lines)


def _planted() -> list[str]:
    bases, _ = gather(bundled())
    before = {base.name: spreadsheet.alarms(base.text) for base in bases}
    after = [(base, spreadsheet.alarms(changed)) for base, changed in _changed(bases)]
    wrong = sum(bool(told) for told in before.values())
    found = sum(told != before[base.name] for base, told in after)
    return [
        f"表格脚本在 {len(bases)} 份没有问题的报告里对 {wrong} 份报了错。植入算术差错 {len(after)} 处（每份每种至多 {_MOST} 处），"
        f"它的结果有变化的 {found} 处（{100 * found // max(len(after), 1)}%）；多数差错在它不读的栏目、表格和文字里。"
    ]  # fmt: skip


def _changed(bases: list[Base]) -> list[tuple[Base, str]]:
    return [
        (base, apply(base.text, slip.edits)[0])
        for kind in kinds(bases)
        if kind.family is Family.ARITHMETIC
        for base in bases
        for slip in slips(base, kind, 1, _MOST)
    ]


def _mark(right: bool) -> str:
    return "对" if right else "错"
