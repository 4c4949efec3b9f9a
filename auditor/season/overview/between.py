"""What only several reports together show, as a chapter."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.season.across.matter import Told
from auditor.season.overview.model import Cell, Chapter, Head, Link
from auditor.season.records import Record

_MOST = 1000
"""Rows: whoever has more asks `season across` and `season copies` for a file of all."""


def between(told: Sequence[Told]) -> Chapter:
    """A row for each matter, with the first report of it and the others."""
    rows: list[tuple[Cell, ...]] = []
    for one in told[:_MOST]:
        first, *others = {(side.previous, side.record.id): side for side in one.sides}.values()
        rest = "、".join(
            dict.fromkeys(side.record.name + ("（上年）" if side.previous else "") for side in others)
        )
        rows.append(
            (
                one.result.rule, one.result.title, _linked(first.record, first.previous), first.record.owner, rest,
                one.result.message,
            )
        )  # fmt: skip
    heads = (
        Head("规则", 7), Head("疑点", 18), Head("报告", 26), Head("单位", 18), Head("另一份", 26), Head("说明", 60),
    )  # fmt: skip
    left_out = len(told) - _MOST
    more = f"另有 {left_out} 条没有列出，用 season across 和 season copies 写出全部。" if left_out > 0 else ""
    return Chapter("报告之间的疑点", heads, rows, f"都要请单位说明，不是结论。{more}")


def _linked(record: Record, previous: bool) -> Cell:
    return record.name if previous else Link(record.name, record.id)
