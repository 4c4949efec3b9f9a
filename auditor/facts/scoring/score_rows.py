"""Which rows a printed total may add up, and whether the rows read are known to be all.

A sum proves a slip only against a closed set of rows: the weights read add up to the printed full
score, or no row can be missing. Where one row that was not read would explain both the weight and
the score that are short, nothing is proven.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from decimal import Decimal

from auditor.facts.scoring.execution import is_row
from auditor.facts.scoring.marks import plain_sum
from auditor.figures import finest, mark, marks
from auditor.language import word
from auditor.report.labels import LEVEL_WORD, clean
from auditor.report.model import Indicator, Report, Role, ScoreTotal, TextKind

FULL = Decimal(100)
"""The full score where none is printed."""
_LEAST, _MOST = Decimal(5), Decimal(30)  # points an execution row carries on the forms in use
MOST_TOTALS = 60
"""Totals of one table, or of the text, before the last that are held against rows: no form has more."""
_MANY = 20  # after so many totals, one that is not the last closes its own table at most


def counted(report: Report) -> list[Indicator]:
    """Indicators without the rows that only add up rows above them."""
    headings = (row for row, _ in headed(report.indicators))
    sums = {id(row) for row in (*_subtotals(report.indicators), *headings)}
    return [row for row in report.indicators if id(row) not in sums]


def _subtotals(rows: list[Indicator]) -> Iterator[Indicator]:
    """Subtotals under names no list knows ("绩效指标得分"): neither target nor actual, and the sum of
    a run of rows directly above in weight and, unless the name says so, in score."""
    found: set[int] = set()
    for at, row in enumerate(rows):
        if row.target or row.actual or row.weight is None or row.is_bonus or is_row(row):
            continue
        named = word("row_of_total").fullmatch(row.name) is not None
        blank = row.has_target_column or row.has_actual_column
        if not named and (not blank or row.score is None):
            continue
        weight = score = Decimal(0)
        number = 0
        for place in range(at - 1, -1, -1):
            above = rows[place]
            if id(above) in found:
                continue
            if above.table != row.table or above.weight is None or weight >= row.weight.value:
                break
            number += 1
            weight += above.weight.value
            score += above.score.value if above.score else Decimal(0)
        same_score = row.score is not None and score == row.score.value
        if number >= 2 and weight == row.weight.value and (named or same_score):
            found.add(id(row))
            yield row


def headed(rows: list[Indicator]) -> Iterator[tuple[Indicator, list[Indicator]]]:
    """Class rows printed above their parts ("一、产出指标 … 60 58"), and those parts: neither target nor
    actual, and in weight the sum of the rows below, up to the next such row."""
    for at, row in enumerate(rows):
        if row.target or row.actual or row.narrative or row.weight is None or is_row(row):
            continue
        if not (row.has_target_column or row.has_actual_column):
            continue
        weight = Decimal(0)
        parts: list[Indicator] = []
        for below in (rows[on] for on in range(at + 1, len(rows))):
            plain = not below.target and not below.actual
            if below.table != row.table or below.weight is None or plain or weight >= row.weight.value:
                break
            weight += below.weight.value
            parts.append(below)
        if parts and weight == row.weight.value and not _beside(row, parts):
            yield row, parts


def _beside(row: Indicator, parts: list[Indicator]) -> bool:
    """Whether a row left blank stands under the same label as what follows, and is called no class: it is one more
    indicator, that weighs as much by chance."""
    return bool(row.path) and parts[0].path == row.path and LEVEL_WORD.fullmatch(clean(row.name)) is None


def is_bare(total: ScoreTotal) -> bool:
    """A 小计 that does not say what it adds up."""
    return total.scope is not None and word("row_of_subtotal").fullmatch(total.label) is not None


def is_named_class(total: ScoreTotal, rows: list[Indicator]) -> bool:
    """Whether a subtotal names one of the levels of `rows`, word for word."""
    if total.scope is None or is_bare(total):
        return False
    own = word("class_end").sub("", total.scope)
    return any(word("class_end").sub("", level.name) == own for row in rows for level in row.path)


class ScoreRows:
    """The scored rows of a report, and which of them each printed total may close."""

    def __init__(self, report: Report) -> None:
        self._printed = report.indicators
        self._rows = sorted(counted(report), key=lambda row: row.span.start)
        self._tabled = _tabled_execution(report)
        self._starts = [row.span.start for row in self._rows]
        self._by_table: dict[int, list[Indicator]] = {}
        for row in self._rows:
            self._by_table.setdefault(row.table, []).append(row)
        self._own_closings: dict[int | None, dict[int, int]] = {}  # by table: place → number in it
        for one in report.totals:
            own = self._own_closings.setdefault(one.table, {})
            own.setdefault(one.span.start, len(own))
        self._closings = sorted(
            total.span.start
            for total in report.totals
            if total.table is not None and (total.score or total.weight)
        )

    def _of_table(self, total: ScoreTotal) -> list[Indicator]:
        """The rows of its table above a total."""
        rows = self._by_table.get(total.table, []) if total.table is not None else []
        return [row for row in rows if row.span.start < total.span.start]

    def unclear(self, total: ScoreTotal) -> bool:
        """Whether so many totals stand in its table that nothing tells which rows it closes."""
        own = self._own_closings.get(total.table, {})
        return MOST_TOTALS <= own.get(total.span.start, 0) < len(own) - 1

    def candidates(self, total: ScoreTotal) -> list[list[Indicator]]:
        """Sets of rows the total may close, the most likely first."""
        rows, tabled = self._rows, self._tabled
        if total.table is None:
            return _distinct([rows, [*rows, *tabled], self._printed])
        start = total.span.start
        end = bisect_left(self._starts, start)
        closed = bisect_left(self._closings, start)
        since = rows[bisect_left(self._starts, self._closings[closed - 1]) if closed else 0 : end]
        if closed > _MANY and closed + 1 < len(self._closings) and (is_bare(total) or total.scope is None):
            return _distinct([since] if is_bare(total) else [self._of_table(total), since])
        above = rows[:end]
        groups = [
            above or rows,
            [*above, *tabled],
            [row for row in above if not row.is_execution],
            [row for row in above if not is_row(row)],
            [row for row in above if not row.is_bonus],
            self._of_table(total),
            since,
            [row for row in self._printed if row.span.start < start],
        ]
        if is_bare(total):
            return _distinct([since, *_open_levels(above), *groups])
        if total.scope is None:
            return _distinct(groups)
        named = _named(total.scope, rows)
        return (
            _distinct([named, [row for row in named if row.table == total.table], *groups]) if named else []
        )


def _named(scope: str, rows: list[Indicator]) -> list[Indicator]:
    """Rows of the class that a subtotal names."""
    return [
        row
        for row in rows
        if any(scope in level.name or level.name in scope for level in row.path if level.name)
    ]


def _open_levels(above: list[Indicator]) -> Iterator[list[Indicator]]:
    """Rows of each level that is still open, the innermost first."""
    for level in reversed(above[-1].path if above else ()):
        at = level.view.span()
        first = len(above)
        while first and any(own.view.span() == at for own in above[first - 1].path):
            first -= 1
        yield above[first:]


def _distinct(groups: Iterable[list[Indicator]]) -> list[list[Indicator]]:
    unique: dict[tuple[int, ...], list[Indicator]] = {}
    for group in groups:
        if group:
            unique.setdefault(tuple(map(id, group)), group)
    return list(unique.values())


def _tabled_execution(report: Report) -> list[Indicator]:
    """The execution row as a money table prints it, where it is not among the indicators."""
    if _has_execution(report):
        return []
    found = []
    for table in report.money_tables:
        weights, scores = table.of(Role.WEIGHT), table.of(Role.SCORE)
        if len(weights) == len(scores) == 1 and 0 <= scores[0].figure.value <= weights[0].figure.value:
            figure = weights[0].figure
            found.append(
                Indicator(
                    "预算执行率", figure.view, weight=figure, score=scores[0].figure, is_execution=True,
                    table=-1, span=figure.span,
                )
            )  # fmt: skip
    return found if len(found) == 1 else []


def _has_execution(report: Report) -> bool:
    return any(is_row(row) or word("row_of_execution").search(row.place) for row in report.indicators)


def execution_unread(report: Report) -> bool:
    """Whether the report tells of budget execution, but no execution row was read."""
    if _has_execution(report):
        return False
    return bool(report.money_tables) or any(
        word("row_of_execution").search(passage.text) and (passage.kind is TextKind.CELL or passage.figures)
        for passage in report.passages
    )


class Completeness:
    """How far the rows under a total are short of it, in weight and in score.

    weight, score   what is printed less what the rows give; None: not known
    """

    def __init__(self, report: Report, total: ScoreTotal, rows: list[Indicator]) -> None:
        weighed = [row.weight for row in rows if row.weight is not None and not row.is_bonus]
        scores = [row.score for row in rows if row.score is not None]
        full = total.weight.value if total.weight else FULL
        unit = finest([total.weight]) if total.weight else Decimal(1)
        self.closed = bool(weighed) and (
            marks(weighed).meets(mark(total.weight, unit)) if total.weight else marks(weighed).contains(full)
        )
        self.weight = full - plain_sum(weighed) if weighed else None
        self.score = total.score.value - plain_sum(scores) if total.score and scores else None
        self._report = report

    @property
    def one_row_explains(self) -> bool:
        """Whether one more row, with a score from nothing to its weight, would make both right."""
        if self.closed or self.score is None:
            return False
        return 0 < self.score <= (self.weight if self.weight is not None else _MOST)

    @property
    def may_lack_execution(self) -> bool:
        """Whether the weight short is one that an execution row may carry, and none was read."""
        plausible = self.weight is None or _LEAST <= self.weight <= _MOST
        return plausible and not self.closed and execution_unread(self._report)

    @property
    def lacks_execution(self) -> bool:
        """Whether the execution row, which was not read, would make weight and score right."""
        return self.may_lack_execution and (self.score is None or self.one_row_explains)
