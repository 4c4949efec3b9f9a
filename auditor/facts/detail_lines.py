"""Which lines of a table of details make its total: not those inside a line, the same in every column.

一、工程费用       900      the marks say which lines stand inside which
（一）东段         600
其中：土建         400      a 其中 opens lines inside the one above; where they end it does not say
人员费             500      a subtotal is a subtotal in all columns, not where one agrees by chance
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from auditor.figures import total
from auditor.report.model import Amount, LineKind, MoneyTable, Role
from auditor.report.passages import numbering
from auditor.values import frozen

Place = tuple[int, str]
_REACH = 30
"""Lines that a printed subtotal may stand above."""


@frozen
class DetailColumn:
    """One money role of a table of details and the total printed for it."""

    role: Role
    lines: dict[Place, Amount]
    whole: Amount

    def fits(self, top: frozenset[Place]) -> bool:
        chosen = [line.figure.base for place, line in self.lines.items() if place in top]
        return total(chosen).meets(self.whole.figure.base)


class Details:
    """The detail lines of a table, all columns together."""

    def __init__(self, table: MoneyTable) -> None:
        self.columns: list[DetailColumn] = []
        for role in table.roles:
            totals = table.of(role, LineKind.TOTAL)
            lines = {_place(line): line for line in table.of(role, LineKind.DETAIL)}
            if role.is_money and len(totals) == 1 and lines:
                self.columns.append(DetailColumn(role, lines, totals[0]))

    @cached_property
    def places(self) -> list[Place]:
        return sorted({place for column in self.columns for place in column.lines})

    @cached_property
    def top(self) -> frozenset[Place]:
        """The lines that make the total, by the reading that fits most columns; of equal ones the
        simplest."""
        telling = [column for column in self.columns if column.whole.figure.amount]
        best, most = frozenset(self.places), -1
        for choice in self._choices():
            fitting = sum(column.fits(choice) for column in telling)
            if fitting > most:
                best, most = choice, fitting
            if fitting == len(telling):
                break
        return best

    @property
    def certain(self) -> bool:
        """Whether the lines are known: some column bears the reading out, or there is but one."""
        telling = [column for column in self.columns if column.whole.figure.amount]
        return any(column.fits(self.top) for column in telling) or len(set(self._choices())) == 1

    def _choices(self) -> Iterator[frozenset[Place]]:
        flat = frozenset(self.places)
        yield flat
        opened = {
            place for column in self.columns for place, line in column.lines.items() if line.line.of_which
        }
        bare = flat - opened
        if opened and bare:
            yield bare
        yield from self._by_marks(bare)
        yield self._topmost([place for place in self.places if place in bare])
        yield self._topmost(self.places)
        if opened:
            yield from self._by_runs(opened)

    def _line(self, place: Place) -> Amount:
        return next(column.lines[place] for column in self.columns if place in column.lines)

    def _by_marks(self, places: frozenset[Place]) -> Iterator[frozenset[Place]]:
        """ "一、… （一）… 1.…": the marks say which lines stand under which."""
        depths: dict[Place, int] = {}
        for place in places:
            view = self._line(place).line.view
            mark = numbering(view.text) if view is not None else None
            if mark:
                depths[place] = mark[0]
        if len(set(depths.values())) > 1:
            least = min(depths.values())
            yield frozenset(place for place, depth in depths.items() if depth == least)

    def _topmost(self, places: list[Place]) -> frozenset[Place]:
        """From the last line up, a line that equals the lines next under it, in every column, takes
        them in."""
        open_lines: list[Place] = []  # the lowest first
        for place in reversed(places):
            own = self._amounts[place]
            running = [Decimal(0)] * len(own)
            for count, below in enumerate(reversed(open_lines[-_REACH:]), 1):
                running = [a + b for a, b in zip(running, self._amounts[below], strict=True)]
                if count >= 2 and running == own and any(own):
                    del open_lines[-count:]
                    break
                if any(a > b for a, b in zip(running, own, strict=True)):
                    break
            open_lines.append(place)
        return frozenset(open_lines)

    @cached_property
    def _amounts(self) -> dict[Place, list[Decimal]]:
        """What each line holds in each column, in 元; zero where it is empty."""
        return {
            place: [
                column.lines[place].figure.amount if place in column.lines else Decimal(0)
                for column in self.columns
            ]
            for place in self.places
        }

    def _by_runs(self, opened: set[Place]) -> Iterator[frozenset[Place]]:
        """Each 其中 with one, two, … lines behind it taken out."""
        starts = [at for at, place in enumerate(self.places) if place in opened]
        for length in range(2, 8):
            inside = {
                self.places[at]
                for begin, end in pairwise([*starts, len(self.places)])
                for at in range(begin, min(begin + length, end))
            }
            rest = frozenset(self.places) - inside
            if rest:
                yield rest


def _place(line: Amount) -> Place:
    return line.line.place, line.line.name
