"""The rows under an indicator that detail it ("其中：东坪村 | 12亩 | 11亩"): each against its own target, and
all of them against the row they detail."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.targets import Comparison, compare, figures_of
from auditor.facts.slip import worth_asking
from auditor.figures import Figure, Kind, Relation
from auditor.report.model import Indicator, IndicatorPart

_TWO = 2


def missed_parts(row: Indicator) -> Iterator[tuple[IndicatorPart, Comparison]]:
    """The detail rows that miss their own targets."""
    for part in row.parts:
        own = Indicator(part.name, part.view, target=part.target, actual=part.actual, year=row.year)
        outcome = compare(own)
        if outcome is not None and outcome.met is False:
            yield part, outcome


def detail_sums(row: Indicator) -> Iterator[Relation]:
    """The target and the actual value of a row as the sum of those of its detail rows, where they are not
    and one slip would make them so."""
    if len(row.parts) < _TWO:
        return
    for whole, parts in (
        (row.target, [part.target for part in row.parts]),
        (row.actual, [part.actual for part in row.parts]),
    ):
        figures = [_only(view) for view in (whole, *parts)]
        if not all(figures):
            continue
        claimed, *terms = [one for one in figures if one is not None]
        alike = all(one.kind is claimed.kind and one.unit == claimed.unit for one in terms)
        if not alike or claimed.kind not in (Kind.COUNT, Kind.MONEY):
            continue
        relation = Relation(claimed, tuple(terms))
        if not relation.holds and worth_asking(relation, named=True):
            yield relation


def _only(view: View | None) -> Figure | None:
    """The one plain number of a cell."""
    found = figures_of(view) if view else []
    return found[0] if len(found) == 1 and found[0].upper is None and not found[0].is_vague else None
