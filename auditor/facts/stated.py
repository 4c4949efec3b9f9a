"""What a report states, read once and shared by every rule: its quantities in text and in tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, wraps
from typing import TypeVar

from auditor.facts.quantity import Quantity, quantities_of
from auditor.report.model import Passage, Report
from auditor.values import frozen

_KEPT = "_facts"
_Of = TypeVar("_Of")
_Read = TypeVar("_Read")


@frozen
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


def once(read: Callable[[_Of], Iterable[_Read]]) -> Callable[[_Of], Iterator[_Read]]:
    """What is read of the facts of a report, or of the report, is read once, however many rules ask for it."""
    name = f"_{read.__module__}.{read.__qualname__}"

    @wraps(read)
    def kept(of: _Of) -> Iterator[_Read]:
        found: tuple[_Read, ...] | None = of.__dict__.get(name)
        if found is None:
            found = of.__dict__[name] = tuple(read(of))
        return iter(found)

    return kept
