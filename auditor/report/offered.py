"""Stretches of the page in which forms were announced as unread: what somebody else may be asked to label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from auditor.document import Block, Document, View
from auditor.report.labelled import Stretch
from auditor.report.model import Report
from auditor.report.restore import span_of, stretches
from auditor.report.tokens import tokens

MOST_CHARS = 4_000
"""A longer stretch is told to nobody."""


def unread_stretches(report: Report) -> list[Stretch]:
    """Each with its lines and their cells as printed, in the order of the page."""
    lost = [line for form in report.unread_forms for line in form.lines]
    if not lost:
        return []
    held = [
        _told(blocks, report.document)
        for blocks in stretches(report.document)
        if any(span_of(blocks).overlaps(line) for line in lost)
    ]
    return [one for one in held if one.lines and one.length <= MOST_CHARS]


def _told(blocks: Sequence[Block], document: Document) -> Stretch:
    cells = tokens(blocks, document, spaced=False)
    lines: list[tuple[View, ...]] = [
        tuple(cell.view for cell in line) for _, line in groupby(cells, lambda token: token.line)
    ]
    return Stretch(span_of(blocks), tuple(lines))
