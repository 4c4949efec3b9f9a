"""Matters as text: lines for a reader with the quotes side by side, and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from auditor.season.across.matter import Side, Told

_LONG = 120


def lines(found: list[Told]) -> Iterator[str]:
    """A paragraph for each matter: what it is, then each paper with its quote and place."""
    for number, one in enumerate(found, 1):
        result = one.result
        yield f"{number}. [{result.rule}] {result.title}（存疑）：{result.message}"
        if result.calculation:
            yield f"   算式：{result.calculation}"
        for side, evidence in zip(one.sides, result.evidence, strict=True):
            quote = " ".join(evidence.quote.split())
            shown = quote if len(quote) <= _LONG else f"{quote[:80]}……{quote[-30:]}"
            yield f"   {_paper(side)}{evidence.locator.place}：“{shown}”"
        yield f"   请{result.asks}：{result.suggestion}"


def _paper(side: Side) -> str:
    record = side.record
    name = "/".join(filter(None, (record.path, record.member))).replace("\\", "/").rpartition("/")[2]
    return f"{'上年' if side.previous else ''}{record.id}号 {name} "


def documents(found: list[Told]) -> Iterator[str]:
    """A line of JSON for each matter: `result` as in the memo, `papers` beside its evidence."""
    for one in found:
        papers = [
            {
                "report": side.record.id, "previous": side.previous, "path": side.record.path,
                "member": side.record.member, "unit": side.record.unit, "project": side.record.project,
            }
            for side in one.sides
        ]  # fmt: skip
        told = {"result": one.result.model_dump(), "papers": papers}
        yield json.dumps(told, ensure_ascii=False) + "\n"
