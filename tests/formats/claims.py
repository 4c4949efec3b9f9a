"""Slips in forms that rules find, that a model alone names, and that both find together.

    python -m tests.formats.claims --seed 7 --count 100 [--format docx]

As `tests.prose.claims`, for the slips planted in forms of any layout: no model answers, the claims are written
from what is true of the form, as a model that read the numbered lines would write them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from auditor.document import read_bytes
from auditor.judge.sheet import Line, lines
from auditor.pipeline import AuditedReport, run
from auditor.rules import Verdict
from auditor.rules.catalogue import catalogue
from tests.formats.generate import FORMATS, Outcome, outcome
from tests.formats.sheet import Truth
from tests.prose.claims import MISSED, reviewed

_SCORED = ("执行得分", "得分超分值", "等次")


@dataclass
class Tally:
    """`told` are slips that the claims name; `lost` of these what the program did not show."""

    planted: int = 0
    rules: int = 0
    told: int = 0
    both: int = 0
    rounded: int = 0
    clean: int = 0
    false: int = 0
    asked: int = 0
    lost: list[str] = field(default_factory=list)


def claims(one: Outcome, sheet: Sequence[Line]) -> list[dict[str, Any]]:
    """What is said of the slip of that kind: every relation of its sort that the form holds."""
    kind = next((slip.kind for slip in one.slips if slip is not None), "")
    truths = [truth for truth in one.truths if truth.form == 0]
    made: list[dict[str, Any] | None] = []
    lines_of = list(dict.fromkeys(truth.of for truth in truths if truth.kind == "amount"))
    rows = list(dict.fromkeys(truth.of for truth in truths if truth.kind == "indicator"))
    if kind == "执行率":
        made += [
            _relation("比率", sheet, _cells(truths, "amount", of, "支出", "预算", "执行率"))
            for of in lines_of
        ]
    elif kind in ("来源之和", "明细之和"):
        for role in ("预算", "支出"):
            cells = [truth for truth in truths if truth.kind == "amount" and truth.field == role]
            whole = [truth for truth in cells if not truth.of]
            made.append(_relation("合计", sheet, [*(one for one in cells if one.of), *whole]))
    elif kind in ("得分合计", "分值合计"):
        name = "score" if kind == "得分合计" else "weight"
        cells = [
            truth
            for truth in truths
            if truth.field == name or truth.field == ("得分" if name == "score" else "分值")
        ]
        made.append(_relation("合计", sheet, sorted(cells, key=lambda cell: cell.kind == "total")))
    elif kind == "未达目标满分":
        made += [_relation("目标", sheet, _cells(truths, "indicator", of, "actual", "target")) for of in rows]
        made += [
            _relation("评分", sheet, _cells(truths, "indicator", of, "target", "actual", "weight", "score"))
            for of in rows
        ]
    elif kind in _SCORED:
        made += [_worded(kind, truths, sheet)]
    return [one for one in made if one is not None]


def _cells(truths: Sequence[Truth], kind: str, of: str, *names: str) -> list[Truth]:
    found = [next((t for t in truths if (t.kind, t.of, t.field) == (kind, of, name)), None) for name in names]
    return [one for one in found if one is not None] if None not in found else []


def _relation(name: str, sheet: Sequence[Line], cells: Sequence[Truth]) -> dict[str, Any] | None:
    operands = [_operand(sheet, cell) for cell in cells]
    if len(operands) < 2 or not all(operands):
        return None
    return {"code": "L807", "relation": name, "operands": operands}


def _operand(sheet: Sequence[Line], cell: Truth) -> str:
    """Line and cell: the line that holds the row's name and the cell."""
    for line in sheet:
        texts = ["".join(view.text.split()) for view in line.views]
        named = not cell.of or any(cell.of in text for text in texts)
        if named and "".join(cell.text.split()) in texts:
            return f"{line.number}｜{cell.text}"
    return ""


def _worded(kind: str, truths: Sequence[Truth], sheet: Sequence[Line]) -> dict[str, Any] | None:
    """What no relation tells, as two quotes that contradict each other."""
    cells = [
        t
        for t in truths
        if (kind == "等次" and t.field == "grade") or (t.kind == "total" and t.field == "score")
    ]
    places = [one for cell in cells if (one := _operand(sheet, cell))]
    if len(places) != 2:
        return None
    (one, quote), (other, other_quote) = (place.split("｜", 1) for place in places)
    return {
        "code": "L804", "sentence": int(one), "quote": quote, "other_sentence": int(other), "other_quote": other_quote,
        "about": "得分", "question": "等次与得分对不上，请核对。", "equation": None,
    }  # fmt: skip


def measured(seed: str, count: int, format: str = "text") -> dict[str, Tally]:
    tallies: dict[str, Tally] = {}
    for number in range(count):
        random = Random(f"claims {seed}:{number}")
        one = outcome(f"{seed}:{number}", format, clean=False)
        slip = next((slip for slip in one.slips if slip is not None), None)
        if slip is None or not one.readable:
            continue
        tally = tallies.setdefault(slip.kind, Tally())
        _one(one, slip.rules, tally, random)
    return tallies


def _one(one: Outcome, rules: Iterable[str], tally: Tally, random: Random) -> None:
    (document,) = run([read_bytes(one.data, f"form.{one.suffix}")], catalogue()).documents
    audited = document.reports[0]
    tally.planted += 1
    found = any(item.result.flagged and item.result.rule.code in rules for item in audited.items)
    tally.rules += found
    tally.false += _alarms(audited, rules)
    made = claims(one, lines(audited.report)) if random.randrange(MISSED) else []
    if not made:
        tally.both += found
        return
    told = reviewed(audited, {"items": made})
    assert all(result.verdict is Verdict.QUERY for result in told.results)
    shown = found or bool(told.results)
    tally.told += 1
    tally.both += shown
    if not shown:
        if told.ticks or told.merged:
            tally.rounded += 1
        else:
            tally.lost.append(f"{one.seed} {made[0]} {told.reasons}")


def _alarms(audited: AuditedReport, rules: Iterable[str]) -> int:
    return sum(
        item.result.verdict is Verdict.INCONSISTENT and item.result.rule.code not in rules
        for item in audited.items
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--format", choices=FORMATS, default="text")
    parser.add_argument("--show", action="store_true")
    chosen = parser.parse_args()
    found = measured(chosen.seed, chosen.count, chosen.format)
    whole = Tally()
    for kind, one in found.items():
        for name in ("planted", "rules", "told", "both", "rounded", "false"):
            setattr(whole, name, getattr(whole, name) + getattr(one, name))
        whole.lost += one.lost
        print(_line(kind, one))
    print(_line("合计", whole))
    if chosen.show:
        print(*whole.lost, sep="\n")
    return 0


def _line(name: str, one: Tally) -> str:
    return (
        f"{name:8} 植入 {one.planted:4} 规则 {one.rules:4} 模型 {one.told:4} 合起来 {one.both:4} 丢失 {len(one.lost):3}"
        f" 成立 {one.rounded:3} | 别处的不一致 {one.false}"
    )


if __name__ == "__main__":
    sys.exit(main())
