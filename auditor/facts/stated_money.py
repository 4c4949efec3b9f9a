"""Amounts of the whole project and sums written anywhere, looked up many times by one rule."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property

from auditor.facts.quantity import as_money
from auditor.figures import Figure, Interval
from auditor.report.model import Report, Role


class Stated:
    """What the report states for the whole project, each amount once: looked up for every list."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._amounts: dict[Role, list[Figure]] = {}

    def of(self, *roles: Role) -> Iterator[tuple[Role, Figure]]:
        """Plain amounts of `roles`, tables first."""
        for role in roles:
            if role not in self._amounts:
                found: dict[Interval, Figure] = {}
                for amount in self._report.stated(role):
                    found.setdefault(amount.figure.base, amount.figure)
                self._amounts[role] = [figure for figure in found.values() if not figure.is_vague]
            for figure in self._amounts[role]:
                yield role, figure

    @cached_property
    def values(self) -> set[Decimal]:
        """Every sum of money written anywhere in the report."""
        return {money.amount for figure in self._report.figures if (money := as_money(figure)) is not None}
