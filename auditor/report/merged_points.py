"""Weights and scores that were merged over several indicators, once the merge was undone.

A program that writes tables out puts the text of a merged cell into each row it covered: 30 points over two
indicators are then printed twice. Which equal neighbours are one cell, only the printed totals can tell:
the points count once exactly where both totals then come out, and in one way only. Where that stays open,
the rows are doubtful and nothing is proved with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, permutations, product, takewhile

from auditor.document import Span
from auditor.figures import Figure, Interval, marks
from auditor.figures import printed as as_total
from auditor.report.model import Indicator, ScoreTotal
from auditor.values import frozen

_FIELDS = ("weight", "score")
_SUMMED = (*_FIELDS, "review_score")
_MOST_RUNS = 10
_HUNDRED = Decimal(100)


@frozen
class _Run:
    """Neighbouring rows in which the fields named are printed alike."""

    rows: tuple[Indicator, ...]
    fields: tuple[str, ...]


def undo_repeats(
    rows: Sequence[Indicator],
    execution: Sequence[Indicator],
    totals: Sequence[ScoreTotal],
    labelled: set[Span],
) -> list[Span]:
    """Takes repeated points out of the rows they do not belong to; the spans of rows that stay open.

    `labelled` are the rows that print again the label of the level they stand in, as they do where merges
    were undone; `execution` rows count towards the same total.
    """
    whole = next((one for one in totals if one.scope is None), None)
    printed = {name: getattr(whole, name) for name in _FIELDS if getattr(whole, name, None) is not None}
    counted = [row for row in (*rows, *execution) if not row.is_bonus]
    levels = list(_weighted_levels(rows))
    doubtful = _undo(rows, counted, printed, labelled, len(_FIELDS), levels) if printed else []
    for level, own in levels:
        doubtful += _undo(own, [row for row in own if not row.is_bonus], {"weight": level}, labelled, 1)
    return doubtful


def _weighted_levels(rows: Sequence[Indicator]) -> Iterator[tuple[Figure, list[Indicator]]]:
    """The weights that labels of levels carry, the outermost of each row, with the rows under them."""
    for level, group in groupby(rows, lambda row: next((one for one in row.path if one.weight), None)):
        if level is not None and level.weight is not None:
            yield level.weight, list(group)


def _undo(
    rows: Sequence[Indicator],
    counted: Sequence[Indicator],
    printed: dict[str, Figure],
    labelled: set[Span],
    enough: int,
    levels: Sequence[tuple[Figure, list[Indicator]]] = (),
) -> list[Span]:
    """Where the points of `counted` exceed what is printed over them: counts a run of equal points once if
    only that comes out, `enough` totals say so and no weight of `levels` says otherwise, else returns the rows that
    stay open."""
    if not any(_exceeds(counted, name, figure) for name, figure in printed.items()):
        return []
    runs = list(_runs(rows, labelled))
    if not runs or len(runs) > _MOST_RUNS:
        return []
    fitting = [
        chosen
        for picked in product((False, True), repeat=len(runs))
        if any(picked)
        and _fits(counted, chosen := [run for run, own in zip(runs, picked, strict=True) if own], printed)
    ]
    if len(fitting) == 1 and len(printed) >= enough and _nests(fitting[0], levels):
        for run in fitting[0]:
            _collapse(run)
        return []
    if not fitting and not any(_exceeds(counted, name, figure, runs) for name, figure in printed.items()):
        return []
    return [row.span for run in runs for row in run.rows]


def _runs(rows: Sequence[Indicator], labelled: set[Span]) -> Iterator[_Run]:
    """Rows of one first level that print the same points: both, the score alone where it is more than the weight
    of a row, the weight alone where the scores of the rows fit into it."""
    for _, group in groupby(rows, lambda row: (row.path[:1] and row.path[0].name, _raw(row, "score"))):
        own = list(group)
        for _, alike in groupby(own, lambda row: _raw(row, "weight")):
            both = tuple(alike)
            if _is_run(both, labelled, "weight") and both[0].score is not None:
                yield _Run(both, ("score",) if any(map(_above, both)) else _FIELDS)
        if _is_run(own, labelled, "score") and not _alike(own, "weight") and any(map(_above, own)):
            yield _Run(tuple(own), ("score",))
    for _, group in groupby(rows, lambda row: (row.path[:1] and row.path[0].name, _raw(row, "weight"))):
        own = list(group)
        if _is_run(own, labelled, "weight") and not _alike(own, "score") and _within(own):
            yield _Run(tuple(own), ("weight",))


def _raw(row: Indicator, name: str) -> str | None:
    figure = getattr(row, name)
    return None if figure is None else figure.raw


def _is_run(rows: Sequence[Indicator], labelled: set[Span], name: str) -> bool:
    again = all(row.span in labelled for row in rows[1:])
    return len(rows) > 1 and _raw(rows[0], name) is not None and again


def _alike(rows: Sequence[Indicator], name: str) -> bool:
    return len({_raw(row, name) for row in rows}) == 1


def _above(row: Indicator) -> bool:
    return row.weight is not None and row.score is not None and row.score.value > row.weight.value


def _within(rows: Sequence[Indicator]) -> bool:
    scores = [row.score.value for row in rows if row.score is not None]
    weight = rows[0].weight
    return len(scores) == len(rows) and weight is not None and sum(scores) <= weight.value


def _fits(counted: Sequence[Indicator], chosen: Sequence[_Run], printed: dict[str, Figure]) -> bool:
    """Whether every printed total comes out where the points of these runs count once."""
    for name, figure in printed.items():
        again = {id(row) for run in chosen if name in run.fields for row in run.rows[1:]}
        parts = [own for row in counted if (own := getattr(row, name)) and id(row) not in again]
        if not marks(parts).meets(as_total(figure)):
            return False
    return True


def _nests(chosen: Sequence[_Run], levels: Sequence[tuple[Figure, list[Indicator]]]) -> bool:
    """Whether counting these runs once leaves no level short of the weight that its label prints."""
    again = {id(row) for run in chosen if "weight" in run.fields for row in run.rows[1:]}
    return all(
        marks(own.weight for own in rows if own.weight and id(own) not in again).high >= as_total(level).low
        for level, rows in levels
    )


def _exceeds(
    counted: Sequence[Indicator], name: str, figure: Figure, runs: Sequence[_Run] | None = None
) -> bool:
    """Whether the points sum to more than is printed; by as much as counting one of `runs` twice makes."""
    added = marks(own for row in counted if (own := getattr(row, name)))
    if runs is None:
        return added.low > as_total(figure).high
    pieces = [getattr(run.rows[0], name).value for run in runs if name in run.fields]
    return bool(pieces) and added.high - as_total(figure).low >= min(pieces)


def share(rows: Sequence[Indicator]) -> None:
    """Marks rows whose weight or score stands in a cell over all of them: the first prints it, those below nothing."""
    for at, row in enumerate(rows):
        if row.score is None:
            continue
        below = [rows[on] for on in takewhile(lambda on: rows[on].score is None, range(at + 1, len(rows)))]
        if below and below[0].weight is None:
            row.shares_score = below[0].shares_score = True
        elif below and _above(row):
            weights = [one.weight.value for one in (row, *below) if one.weight is not None]
            if row.score.value <= sum(weights):
                for one in (row, *below):
                    one.shares_score = True


def settled(totals: Sequence[ScoreTotal], rows: Sequence[Indicator]) -> list[ScoreTotal]:
    """The total rows with their figures under the points they are the sums of.

    Cells that were lost or merged slide them sideways. They are moved only where the sums of the rows fit in one
    other way and in no way as they stand; a figure in a cell over weights and scores, left in one place or
    written into both, is the score. A hundred may always be the weights, however they sum.
    """
    counted = [row for row in rows if not row.is_bonus]
    sums = {
        name: marks(figures)
        for name in _SUMMED
        if (figures := [figure for row in counted if (figure := getattr(row, name)) is not None])
    }
    weights = sum((row.weight.value for row in counted if row.weight is not None), Decimal(0))
    return [_settled(closing, sums, weights) if closing.scope is None else closing for closing in totals]


def lone(closing: ScoreTotal, rows: Sequence[Indicator]) -> ScoreTotal | None:
    """A total row with one number under no column, given as its weight: the sum that the number comes out as, else the
    score where the weights make their hundred without it; `None` where it may be either."""
    (placed,) = settled([closing], rows)
    weights = marks(row.weight for row in rows if row.weight is not None and not row.is_bonus)
    return placed if placed.weight is None or weights.meets(as_total(placed.weight)) else None


def _settled(closing: ScoreTotal, sums: Mapping[str, Interval], weights: Decimal) -> ScoreTotal:
    printed = {name: figure for name in _SUMMED if (figure := getattr(closing, name)) is not None}
    if not printed or _come_out(printed, sums):
        return closing
    figures = list({figure.raw: figure for figure in printed.values()}.values())
    twice = len(figures) == 1 < len(printed)
    if len(figures) == 1 and (
        figures[0].value == _HUNDRED or (twice and _come_out({"weight": figures[0]}, sums))
    ):
        return closing  # full marks: as many points as weigh
    ways = [
        way
        for names in permutations(sums, len(figures))
        if _come_out(way := dict(zip(names, figures, strict=True)), sums)
    ]
    if len(ways) == 1:
        weight, score, review = map(ways[0].get, _SUMMED)
        return replace(closing, weight=weight, score=score, review_score=review)
    if printed.keys() == {"weight"} and weights == _HUNDRED and 0 < figures[0].value < weights:
        return replace(closing, score=figures[0], weight=None)
    return closing


def _come_out(printed: Mapping[str, Figure], sums: Mapping[str, Interval]) -> bool:
    return all(name in sums and sums[name].meets(as_total(figure)) for name, figure in printed.items())


def _collapse(run: _Run) -> None:
    for row in run.rows:
        row.shares_score = True
    for row in run.rows[1:]:
        for name in run.fields:
            setattr(row, name, None)
