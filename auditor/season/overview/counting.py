"""Reports counted: the one set of figures that every chapter shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from auditor.season.records import Record
from auditor.values import frozen

WAN = Decimal(10_000)


@frozen
class Tally:
    """Figures of some reports. `touched` are the reports with at least one finding; `stake` and `budget` in 元;
    a budget that was not read counts nothing and is told in `unread_budgets`."""

    reports: int
    units: int
    touched: int
    inconsistent: int
    query: int
    not_assessable: int
    confirmed: int
    rejected: int
    undecided: int
    unread_tables: int
    unproved: int
    budget: Decimal
    unread_budgets: int

    @property
    def share(self) -> str:
        """Reports with a finding among all of them, in per cent."""
        return f"{Decimal(self.touched * 100) / self.reports:.1f}%" if self.reports else ""


def tally(reports: Iterable[Record]) -> Tally:
    """All figures of some reports."""
    found = list(reports)
    results = [each for one in found for each in one.leading]
    flagged = [each for each in results if each.flagged]
    return Tally(
        reports=len(found),
        units=len({one.unit for one in found if one.unit}),
        touched=sum(any(each.verdict == "inconsistent" for each in one.problems) for one in found),
        inconsistent=sum(each.verdict == "inconsistent" for each in results),
        query=sum(each.verdict == "query" for each in results),
        not_assessable=sum(each.verdict == "not_assessable" for each in results),
        confirmed=sum(each.decision == "确认" for each in flagged),
        rejected=sum(each.decision == "驳回" for each in flagged),
        undecided=sum(not each.decision for each in flagged),
        unread_tables=sum(bool(one.covered.unread_tables) for one in found),
        unproved=sum(one.unproved for one in found),
        budget=sum((one.budget for one in found if one.budget is not None), Decimal(0)),
        unread_budgets=sum(one.budget is None for one in found),
    )


def grouped(reports: Sequence[Record], by: Callable[[Record], str]) -> list[tuple[str, list[Record]]]:
    """Groups by name, in order of their names."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for one in reports:
        groups[by(one)].append(one)
    return sorted(groups.items())
