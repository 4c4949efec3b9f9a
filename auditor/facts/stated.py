"""What a report states, read once and shared by every rule: its quantities in text and in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from auditor.facts.quantity import Quantity, quantities_of
from auditor.report.model import Passage, Report

_KEPT = "_facts"


@dataclass(frozen=True)
class Facts:
    """The quantities of a report. Ask `facts_of`, which keeps one for each report."""

    report: Report

    @cached_property
    def passages(self) -> list[Passage]:
        """Running text, in document order, without what the form says was filled in by the system."""
        return [one for one in self.report.prose if not one.filled_by_system]

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Every quantity of the running text, in document order."""
        return [quantity for passage in self.passages for quantity in quantities_of(passage)]

    def by_sentence(self) -> Iterator[list[Quantity]]:
        """The quantities of each sentence."""
        found: list[Quantity] = []
        for quantity in self.quantities:
            if found and (
                found[-1].passage is not quantity.passage or found[-1].sentence != quantity.sentence
            ):
                yield found
                found = []
            found.append(quantity)
        if found:
            yield found


def facts_of(report: Report) -> Facts:
    """The facts of a report, the same object whenever it is asked for."""
    kept: Facts | None = report.__dict__.get(_KEPT)
    if kept is None:
        kept = report.__dict__[_KEPT] = Facts(report)
    return kept
