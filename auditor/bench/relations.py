"""What a report prints about its own figures, found by arithmetic alone.

The bench must not ask the rules what can be checked: a relation that they overlook has to count as
a miss. So this module looks for figures that stand together and add up, divide or repeat, and keeps
those that hold. A slip is planted only where one of them then provably fails.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import Enum
from itertools import groupby, pairwise

from auditor.compiled import compiled
from auditor.document import Span
from auditor.figures import Figure, Interval, Kind, total
from auditor.report import Report
from auditor.report.model import Indicator, LineKind, MoneyTable, Role
from auditor.values import frozen

_COUNTED = (Kind.COUNT, Kind.MONEY)
_NOT_READ = (Kind.DATE, Kind.DOCNO, Kind.ORDINAL, Kind.CODE)
_BY_CHANCE = 20  # smaller counts divide and add up by chance
_PARTS = range(2, 9)
_SENTENCE = compiled(r"[。；;！？\n]")
_SOME_ONLY = compiled(r"其中|包括|含|主要|用于|如")


class Shape(Enum):
    """How the first figure of a relation follows from the others."""

    SUM = "sum"
    PARTS = "parts"  # a sum told with "其中": some of the parts may be left out
    RATIO = "ratio"  # first = second ÷ third
    EQUAL = "equal"
    PRODUCT = "product"  # first = second × third


@frozen
class Equation:
    """`figures[0]` follows from the rest. `rules` are the codes that look at such a relation.

    `exact`: the figures are points, awarded and not measured, none finer than the finest printed.
    """

    shape: Shape
    figures: tuple[Figure, ...]
    rules: tuple[str, ...]
    exact: bool = False

    def holds(self, changed: Mapping[Span, Decimal] | None = None) -> bool:
        """Whether the printed figures can all be true, some of them written with another value."""
        result, *others = (self._interval(figure, changed or {}) for figure in self.figures)
        try:
            match self.shape:
                case Shape.SUM:
                    return result.meets(total(others))
                case Shape.PARTS:
                    return not result.below(total(others))
                case Shape.RATIO:
                    return result.meets(others[0] / others[1])
                case Shape.PRODUCT:
                    return result.meets(others[0] * others[1])
                case Shape.EQUAL:
                    return result.meets(others[0])
        except ZeroDivisionError:
            return True

    def _interval(self, figure: Figure, changed: Mapping[Span, Decimal]) -> Interval:
        value = changed.get(figure.span, figure.value)
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        rewritten = figure.span in changed
        decimals = max(-exponent, 0) if rewritten else figure.decimals
        if self.exact and not decimals:
            return Interval.exact(value)
        if self.exact and not rewritten:
            return Interval.printed(value, min(one.last_place for one in self.figures))
        return replace(figure, value=value, decimals=decimals).base


def relations(report: Report) -> list[Equation]:
    """Every relation of the report that holds as printed."""
    found = [
        *(one for table in report.money_tables for one in _money_table(table)),
        *_stated_money(report),
        *_scores(report),
        *_weights(report),
        *_prose(report),
    ]
    return [one for one in found if one.holds()]


def by_figure(found: Iterable[Equation]) -> dict[Span, tuple[Figure, list[Equation]]]:
    """Each figure with the relations it takes part in."""
    index: dict[Span, tuple[Figure, list[Equation]]] = {}
    for relation in found:
        for figure in relation.figures:
            index.setdefault(figure.span, (figure, []))[1].append(relation)
    return index


def _money_table(table: MoneyTable) -> Iterator[Equation]:
    for role in table.roles:
        if not role.is_money:
            continue
        totals = table.of(role, LineKind.TOTAL)
        for kind, rules in ((LineKind.SOURCE, ("F103",)), (LineKind.DETAIL, ("F101",))):
            parts = [amount.figure for amount in table.of(role, kind) if amount.figure.value]
            if len(totals) == 1 and len(parts) > 1:
                yield Equation(Shape.SUM, (totals[0].figure, *parts), (*rules, "F104"))
    rows: dict[tuple[int | None, str], dict[Role, Figure]] = {}
    for amount in table.amounts:
        rows.setdefault((amount.row, amount.line.name), {}).setdefault(amount.role, amount.figure)
    for row in rows.values():
        rate, paid, budget = (row.get(role) for role in (Role.EXECUTION_RATE, Role.PAID, Role.BUDGET))
        if rate and paid and budget and budget.value:
            yield Equation(Shape.RATIO, (rate, paid, budget), ("F106", "F104"))


def _stated_money(report: Report) -> Iterator[Equation]:
    """The same amount of the whole project in the table and in the text; what is left of the budget."""
    for role in (Role.INITIAL, Role.BUDGET, Role.PAID):
        stated = [amount.figure for amount in report.stated(role) if not amount.figure.is_vague]
        for first, second in pairwise(stated):
            yield Equation(Shape.EQUAL, (first, second), ("F105", "F109", "F106"))
    one = [next(iter(report.stated(role)), None) for role in (Role.BUDGET, Role.PAID, Role.BALANCE)]
    if all(one):
        yield Equation(Shape.SUM, tuple(amount.figure for amount in one if amount), ("F105", "F104", "F106"))


def _scores(report: Report) -> Iterator[Equation]:
    """The closing total of a table against its rows, with and without the execution score."""
    for closing in report.totals:
        if closing.score is not None and closing.scope is None:
            rows = [
                (row, row.score)
                for row in report.indicators
                if row.score is not None and not row.is_bonus and closing.table in (None, row.table)
            ]
            yield from _closed(report, closing.score, rows, Role.SCORE, "S201")


def _weights(report: Report) -> Iterator[Equation]:
    """The weight of a class, and the total weight, against the rows."""
    classes: dict[Span, tuple[Figure, list[Figure]]] = {}
    for row in report.indicators:
        for level in row.path:
            if level.weight is not None and row.weight is not None:
                classes.setdefault(level.view.span(), (level.weight, []))[1].append(row.weight)
    for whole, members in classes.values():
        if len(members) > 1:
            yield Equation(Shape.SUM, (whole, *members), ("S203",), exact=True)
    for closing in report.totals:
        if closing.weight is not None and closing.scope is None:
            rows = [
                (row, row.weight)
                for row in report.indicators
                if row.weight is not None and not row.is_bonus and row.table == closing.table
            ]
            yield from _closed(report, closing.weight, rows, Role.WEIGHT, "S203")


def _closed(
    report: Report, whole: Figure, rows: list[tuple[Indicator, Figure]], role: Role, rule: str
) -> Iterator[Equation]:
    """The set of rows that the total sums: all, those without the execution row, or with that of the
    money table."""
    execution = [amount.figure for table in report.money_tables for amount in table.of(role, LineKind.TOTAL)]
    every = [figure for _, figure in rows]
    plain = [figure for row, figure in rows if not row.is_execution]
    for parts in (every, plain, [*plain, *execution]):
        relation = Equation(Shape.SUM, (whole, *dict.fromkeys(parts)), (rule,), exact=True)
        if len(parts) > 1 and relation.holds():
            yield relation
            return


def _prose(report: Report) -> Iterator[Equation]:
    for passage in report.prose:
        figures = [each for each in passage.figures if each.kind not in _NOT_READ]
        for sentence in _sentences(passage.text, figures):
            yield from _rates(sentence)
            yield from _sums(sentence)


def _sentences(text: str, figures: list[Figure]) -> list[list[Figure]]:
    """The figures by the sentence they stand in."""
    cuts = [match.start() for match in _SENTENCE.finditer(text)]
    return [list(run) for _, run in groupby(figures, lambda figure: bisect_left(cuts, figure.start))]


def _rates(figures: list[Figure]) -> Iterator[Equation]:
    """Two counts and their rate, next to each other."""
    for three in zip(figures, figures[1:], figures[2:], strict=False):
        rates = [one for one in three if one.kind is Kind.RATE]
        counts = sorted((one for one in three if one.kind in _COUNTED), key=lambda one: one.amount)
        if len(rates) != 1 or len(counts) != 2 or any(one.is_vague for one in three):
            continue
        part, whole = counts
        if part.amount == whole.amount or whole.amount < _BY_CHANCE or part.kind is not whole.kind:
            continue
        between = three[0].view.text[three[0].end : three[-1].start]
        if part.unit == whole.unit and "上年" not in between:
            rules = ("F106", "F108") if part.kind is Kind.MONEY else ("N401", "N402", "N403")
            yield Equation(Shape.RATIO, (rates[0], part, whole), rules)


def _sums(figures: list[Figure]) -> Iterator[Equation]:
    """A total and its parts in one sentence, in one unit, next to each other."""
    counted = [one for one in figures if one.kind in _COUNTED]
    for (kind, _), group in groupby(counted, lambda one: (one.kind, one.unit)):
        run = list(group)
        rules = ("F108", "F105") if kind is Kind.MONEY else ("N402",)
        for size in _PARTS:
            for at in range(len(run) - size):
                for whole, parts in (
                    (run[at], run[at + 1 : at + size + 1]),
                    (run[at + size], run[at : at + size]),
                ):
                    if whole.amount < _BY_CHANCE or any(one.is_vague for one in (whole, *parts)):
                        continue
                    if whole.amount == sum(one.amount for one in parts) and all(one.value for one in parts):
                        between = whole.view.text[whole.end : parts[0].start]
                        some = parts[0] is not run[at] and _SOME_ONLY.search(between)
                        yield Equation(Shape.PARTS if some else Shape.SUM, (whole, *parts), rules)
