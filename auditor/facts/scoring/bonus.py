"""Points given on top of the rows, beyond the full score: told in words ("获奖一次加3分，总分103分")."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.stated import once
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Report
from auditor.values import frozen

_NEAR = 40  # characters before the points in which the words that give them stand


@frozen
class Bonus:
    """Points given, and points that a rule gives for each of something ("每项加2分")."""

    given: tuple[Figure, ...] = ()
    each: tuple[Figure, ...] = ()

    @property
    def told(self) -> tuple[Figure, ...]:
        return (*self.given, *self.each)

    def explaining(self, gap: Decimal) -> tuple[Figure, ...]:
        """The points told that are the very gap: one of them, or all that were given."""
        one = next((points for points in self.told if points.value == gap), None)
        if one is not None:
            return (one,)
        return self.given if sum((points.value for points in self.given), Decimal(0)) == gap else ()

    def may_be_repeated(self, gap: Decimal) -> bool:
        """Whether a rule that applies several times would give the gap."""
        return any(points.value and gap % points.value == 0 for points in self.each)


def bonus(report: Report) -> Bonus:
    """The points beyond the rows that the running text of a report tells."""
    return next(_bonus(report))


@once
def _bonus(report: Report) -> Iterator[Bonus]:
    given: list[Figure] = []
    each: list[Figure] = []
    for passage in report.prose:
        if "加" not in passage.text and "奖" not in passage.text:
            continue
        for figure in passage.figures:
            if figure.kind is not Kind.SCORE or figure.value <= 0:
                continue
            before = passage.text[max(0, figure.start - _NEAR) : figure.start]
            if (told := word("points_on_top").search(before)) is not None:
                (each if told["each"] else given).append(figure)
    yield Bonus(tuple(given), tuple(each))
