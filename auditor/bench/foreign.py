"""Wording of another unit: a paragraph of one report pasted into another of the same batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from auditor.bench.clean import Base
from auditor.bench.edit import Edit
from auditor.bench.slip import Family, Kind, Slip
from auditor.document import Span
from auditor.report import Report
from auditor.report.model import TextKind

_LONG = 60
_TOLD = ("完成情况", "产出", "效益", "成效", "组织", "管理", "绩效")


def kind(bases: Sequence[Base]) -> Kind:
    """The kind that pastes from the others of these reports."""

    def plant(report: Report, draw: Random) -> Iterator[Slip]:
        mine = [one for one in report.passages if one.kind is TextKind.PROSE and len(one.text) >= _LONG]
        others = [one for base in bases for one in base.reports if one.document.text != report.document.text]
        for target in mine:
            if not any(word in target.section for word in _TOLD):
                continue
            other = draw.choice(others) if others else None
            pasted = _told(other) if other is not None else []
            if other is not None and pasted:
                end = target.span.end
                text = "\n" + other.quote(draw.choice(pasted))
                yield Slip((Edit(Span(end, end), text),), companion=other.document)

    return Kind("foreign-paragraph", "混入别的单位的段落", Family.WORDS, ("C702",), plant)


def _told(report: Report) -> list[Span]:
    """Paragraphs that tell what was done."""
    return [
        one.span
        for one in report.passages
        if one.kind is TextKind.PROSE
        and len(one.text) >= _LONG
        and any(word in one.section for word in _TOLD)
    ]
