"""What the goal of a form promises against the target of the indicator that measures it.

为全县165辆校车安装智能监控终端        校车安装智能监控终端 | ≥135辆

The words around the number of the goal must be those of the indicator's name. It is asked about where they
are nearly all of them and one slip explains the difference, or all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.scoring.execution import is_row
from auditor.facts.scoring.targets import figures_of
from auditor.facts.slip import likelihood_of_pair
from auditor.facts.stated import once
from auditor.figures import Figure, Kind
from auditor.language import same_unit, word
from auditor.report.model import Indicator, Passage, Report, TextKind
from auditor.values import frozen

_SAME, _ALIKE, _ABOUT = Fraction(1), Fraction(3, 5), Fraction(1, 3)
_SHORTEST = 2  # pairs of characters that make a name of its own
_MOST = 200  # numbers of goals that are looked at


@frozen
class OtherAim:
    """A target, and the number of the goal under the same words that is another one."""

    row: Indicator
    target: Figure
    goal: Quantity


@once
def other_aims(report: Report) -> Iterator[OtherAim]:
    """Every target of an indicator that the goal text gives otherwise."""
    aims = [
        one
        for goal in report.goals
        for one in quantities_of(Passage(goal.view, TextKind.CELL))
        if one.kind in (Kind.COUNT, Kind.RATE, Kind.MONEY) and _plain(one.figure) and not one.spelled
    ][:_MOST]
    rows = [(row, target) for row in report.indicators if aims and (target := _target(row)) is not None]
    for goal in aims:
        near = [(_share(row, goal), row, target) for row, target in rows if _alike(target, goal)]
        best = max((share for share, _, _ in near), default=Fraction(0))
        if best < _ALIKE or word("goal_apart").search(goal.clause):
            continue
        chosen = [(row, target) for share, row, target in near if share == best]
        if len(chosen) != 1 or any(
            share >= _ABOUT and _meets(target, goal.figure) for share, _, target in near
        ):
            continue
        row, target = chosen[0]
        if any(
            _meets(target, one.figure) for one in aims if _alike(target, one) and _share(row, one) >= _ABOUT
        ):
            continue
        if goal.figure.raw.strip("≥≤><=") in report.quote(row.span):
            continue  # the row knows it too: before an adjustment, or as what was done
        if best == _SAME or likelihood_of_pair(target, goal.figure.without_bound) >= 1:
            yield OtherAim(row, target, goal)


def _target(row: Indicator) -> Figure | None:
    """The one number of a row's target."""
    found = figures_of(row.target) if row.target is not None and not is_row(row) else []
    return found[0].without_bound if len(found) == 1 and _plain(found[0]) else None


def _plain(figure: Figure) -> bool:
    bare = figure.without_bound
    return figure.upper is None and not bare.is_vague and bare.amount > 0


def _alike(target: Figure, goal: Quantity) -> bool:
    if target.kind is not goal.kind:
        return False
    return target.kind is not Kind.COUNT or same_unit(target.unit, visits=True) == same_unit(
        goal.figure.unit, visits=True
    )


def _share(row: Indicator, goal: Quantity) -> Fraction:
    """How much of an indicator's name stands around a number."""
    pairs = pairs_of(row.name)
    if len(pairs) < _SHORTEST:
        return Fraction(0)
    said = goal.head if goal.kind is Kind.RATE else f"{goal.head}|{goal.tail}"
    return Fraction(sum(pair in said for pair in pairs), len(pairs))


def _meets(target: Figure, other: Figure) -> bool:
    return target.base.meets(other.without_bound.base)
