"""What a report states, read once and shared by every rule: its quantities in text and in tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from auditor.facts.quantity import Quantity, quantities_of
from auditor.report.model import Indicator, Passage, Report, TextKind

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

    @cached_property
    def of_indicators(self) -> list[tuple[Indicator, Quantity | None, Quantity | None]]:
        """Each indicator with the one number of its target cell and of its actual cell; None where a cell
        holds none or several."""
        return [(one, _single(one, "target"), _single(one, "actual")) for one in self.report.indicators]

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


def _single(indicator: Indicator, column: str) -> Quantity | None:
    view = indicator.target if column == "target" else indicator.actual
    if not view:
        return None
    label = f"{indicator.name}{'目标' if column == 'target' else '完成'}"
    found = quantities_of(Passage(view, TextKind.CELL, label))
    return found[0] if len(found) == 1 else None
