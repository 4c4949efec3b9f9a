"""The rows under an indicator that detail it ("其中：东坪村 | 12亩 | 11亩"): each against its own target, and
all of them against the row they detail."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring.targets import Comparison, compare, figures_of
from auditor.facts.slip import worth_asking
from auditor.figures import Figure, Kind, Relation
from auditor.language import word
from auditor.report.model import Indicator, IndicatorPart, Report

_TWO = 2


def missed_parts(row: Indicator) -> Iterator[tuple[IndicatorPart, Comparison]]:
    """The detail rows that miss their own targets."""
    for part in row.parts:
        own = Indicator(part.name, part.view, target=part.target, actual=part.actual, year=row.year)
        outcome = compare(own)
        if outcome is not None and outcome.met is False:
            yield part, outcome


def adding_up(report: Report) -> View | None:
    """The words by which the form says that an indicator is the sum of the rows under it."""
    for passage in report.prose:
        match = word("details_add_up").search(passage.text)
        if match is not None:
            return passage.view.part(*match.span())
    return None


def detail_sums(row: Indicator, *, told: bool) -> Iterator[Relation]:
    """The target and the actual value of a row as the sum of those of its detail rows, where they are not, and
    the form says they are (`told`), the other of the two columns is, or one slip would make them so."""
    if len(row.parts) < _TWO:
        return
    read = (
        _sum(row.target, [part.target for part in row.parts]),
        _sum(row.actual, [part.actual for part in row.parts]),
    )
    closed = told or any(one is not None and one.claimed.value > 0 and one.holds for one in read)
    for relation in read:
        if relation is None or relation.holds:
            continue
        if closed or worth_asking(relation, named=True):
            yield relation


def _sum(whole: View | None, parts: list[View | None]) -> Relation | None:
    figures = [_only(view) for view in (whole, *parts)]
    if not all(figures):
        return None
    claimed, *terms = [one for one in figures if one is not None]
    alike = all(one.kind is claimed.kind and one.unit == claimed.unit for one in terms)
    return Relation(claimed, tuple(terms)) if alike and claimed.kind in (Kind.COUNT, Kind.MONEY) else None


def _only(view: View | None) -> Figure | None:
    """The one plain number of a cell; a bound for the number it names ("≥9公里" and "≥6公里" make "≥15公里")."""
    found = figures_of(view) if view else []
    if len(found) != 1 or found[0].upper is not None:
        return None
    plain = found[0].without_bound
    return None if plain.is_vague else plain
