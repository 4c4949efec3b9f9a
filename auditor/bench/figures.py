"""Slips in single figures: each breaks a relation that the report prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from auditor.bench.edit import (
    Edit,
    digit_dropped,
    digits_swapped,
    point_moved,
    rewritten,
    sensible,
    written,
)
from auditor.bench.relations import Equation, Shape, by_figure, relations
from auditor.bench.slip import Family, Kind, Slip
from auditor.figures import Figure
from auditor.figures import Kind as Counts
from auditor.report import Report
from auditor.report.model import LineKind, Role

_RELATED = ("F101", "F103", "F104", "F105", "F106", "F108", "F109", "N401", "N402", "N403", "S201", "S203")
_EXECUTION = Decimal(10)
"""Points that the national form gives to the execution rate."""


def _breaks(found: list[Equation], figure: Figure, number: str) -> tuple[str, ...]:
    """Rules of the relations that cannot hold with this number in place of the figure's."""
    changed = {figure.span: Decimal(number.replace(",", ""))}
    broken = [relation for relation in found if not relation.holds(changed)]
    return tuple(dict.fromkeys(rule for relation in broken for rule in relation.rules))


def _written_otherwise(ways: Callable[[str], Iterator[str]]) -> Callable[[Report, Random], Iterator[Slip]]:
    """Plants a writing slip in every figure that some relation proves."""

    def plant(report: Report, draw: Random) -> Iterator[Slip]:
        for figure, found in by_figure(relations(report)).values():
            options = [(number, _breaks(found, figure, number)) for number in ways(figure.digits)]
            options = [(number, rules) for number, rules in options if rules and sensible(number)]
            if options:
                number, rules = draw.choice(options)
                yield Slip((rewritten(figure, number),), rules)

    return plant


def _sums(report: Report) -> Iterator[Equation]:
    """Sums of at least two lines."""
    sums = (Shape.SUM, Shape.PARTS)
    return (one for one in relations(report) if one.shape in sums and len(one.figures) > 2)


def _put(found: list[Equation], figure: Figure, value: Decimal) -> Iterator[Slip]:
    number = written(value, figure)
    if rules := _breaks(found, figure, number):
        yield Slip((rewritten(figure, number),), rules)


def _total_in_line(report: Report, draw: Random) -> Iterator[Slip]:
    found = relations(report)
    for relation in _sums(report):
        whole, *parts = relation.figures
        figure = draw.choice(parts)
        if figure.value != whole.value and figure.unit == whole.unit:
            yield from _put(by_figure(found)[figure.span][1], figure, whole.value)


def _line_left_out(report: Report, draw: Random) -> Iterator[Slip]:
    found = relations(report)
    execution = {_EXECUTION}
    execution |= {row.score.value for row in report.indicators if row.is_execution and row.score}
    execution |= {row.weight.value for row in report.indicators if row.is_execution and row.weight}
    for relation in _sums(report):
        whole, *parts = relation.figures
        left = draw.choice(parts)
        if relation.exact and left.value in execution:
            continue  # forms may leave the execution row out of their total
        if left.unit == whole.unit and left.value < whole.value:
            yield from _put(by_figure(found)[whole.span][1], whole, whole.value - left.value)


def _row_changed(report: Report, draw: Random) -> Iterator[Slip]:
    """One line is corrected by a few units of its last place but one; the total stays as it was."""
    found = relations(report)
    for relation in _sums(report):
        figure = draw.choice(relation.figures[1:])
        step = figure.last_place * draw.choice((20, 30, 50))
        value = figure.value + (-step if figure.value > step and draw.random() < 0.5 else step)
        yield from _put(by_figure(found)[figure.span][1], figure, value)


def _unit_swapped(report: Report, _: Random) -> Iterator[Slip]:
    """元 written where 万元 is meant, and the other way round; nothing else of the figure changes."""
    for figure, found in by_figure(relations(report)).values():
        if figure.kind is not Counts.MONEY or figure.unit not in ("元", "万元"):
            continue
        if not figure.raw.endswith(figure.unit):
            continue  # the unit stands in the head of the table
        end = figure.end
        span = figure.view.span(end - len(figure.unit), end)
        factor = Decimal(1) / 10000 if figure.unit == "万元" else Decimal(10000)
        broken = [one for one in found if not one.holds({figure.span: figure.value * factor})]
        rules = tuple(dict.fromkeys(rule for one in broken for rule in (*one.rules, "F109")))
        if rules:
            yield Slip((Edit(span, "元" if figure.unit == "万元" else "万元"),), rules)


def _rate_of(base: Role) -> Callable[[Report, Random], Iterator[Slip]]:
    def plant(report: Report, _: Random) -> Iterator[Slip]:
        found = by_figure(relations(report))
        for table in report.money_tables:
            rows = {amount.row: amount for amount in table.of(base) if amount.figure.value}
            paid = {amount.row: amount for amount in table.of(Role.PAID)}
            for rate in table.of(Role.EXECUTION_RATE):
                if rate.row in rows and rate.row in paid and rate.span in found:
                    value = paid[rate.row].figure.amount / rows[rate.row].figure.amount * 100
                    yield from _put(found[rate.span][1], rate.figure, value)

    return plant


def _rate_of_last_year(report: Report, draw: Random) -> Iterator[Slip]:
    """A rate that fits other figures."""
    for figure, found in by_figure(relations(report)).values():
        if figure.kind is Counts.RATE and figure.value > 20:
            away = Decimal(draw.randrange(21, 95)) / 10
            yield from _put(found, figure, figure.value - away)


def _stated_otherwise(report: Report, draw: Random) -> Iterator[Slip]:
    """The same amount twice, one of them from an earlier draft."""
    for figure, found in by_figure(relations(report)).values():
        if any(one.shape is Shape.EQUAL for one in found) and figure.value:
            share = Decimal(draw.choice((103, 106, 109, 94, 97))) / 100
            yield from _put(found, figure, figure.value * share)


def _cells_exchanged(report: Report, _: Random) -> Iterator[Slip]:
    """A line whose budget stands under paid and the other way round: shifted by a cell."""
    found = relations(report)
    for table in report.money_tables:
        paid = {(amount.row, amount.line.name): amount for amount in table.of(Role.PAID)}
        for budget in table.of(Role.BUDGET):
            other = paid.get((budget.row, budget.line.name))
            if other is None or other.figure.amount == budget.figure.amount or budget.row is None:
                continue
            changed = {budget.span: other.figure.value, other.span: budget.figure.value}
            broken = [one for one in found if not one.holds(changed)]
            rules = tuple(dict.fromkeys(rule for one in broken for rule in one.rules))
            if rules and budget.line.kind is not LineKind.TOTAL:
                yield Slip(
                    (
                        rewritten(budget.figure, other.figure.digits),
                        rewritten(other.figure, budget.figure.digits),
                    ),
                    (*rules, "F102"),
                )


def _over_budget(report: Report, _: Random) -> Iterator[Slip]:
    """One line pays more than it has, another line less: the totals still hold."""
    for table in report.money_tables:
        lines = [amount for amount in table.of(Role.PAID) if amount.line.kind is not LineKind.TOTAL]
        budgets = {(amount.row, amount.line.name): amount.figure for amount in table.of(Role.BUDGET)}
        for first in lines:
            budget = budgets.get((first.row, first.line.name))
            for second in lines:
                if (
                    not (budget and budget.value)
                    or second is first
                    or first.line.kind is not second.line.kind
                ):
                    continue
                step = max(budget.amount, second.figure.amount) / 10
                over = (budget.amount + step) / first.figure.scale
                moved = over - first.figure.value
                if second.figure.value > moved > 0 and first.figure.scale == second.figure.scale:
                    over = over.quantize(first.figure.last_place)
                    rest = second.figure.value - (over - first.figure.value)
                    yield Slip(
                        (
                            rewritten(first.figure, written(over, first.figure)),
                            rewritten(second.figure, written(rest, second.figure)),
                        )
                    )
                    break


KINDS = (
    Kind("digits-swapped", "数字颠倒", Family.ARITHMETIC, _RELATED, _written_otherwise(digits_swapped)),
    Kind("digit-dropped", "漏写一位数字", Family.ARITHMETIC, _RELATED, _written_otherwise(digit_dropped)),
    Kind("point-moved", "小数点错一位", Family.ARITHMETIC, _RELATED, _written_otherwise(point_moved)),
    Kind("total-in-line", "合计数填进某一行", Family.ARITHMETIC, _RELATED, _total_in_line),
    Kind("line-left-out", "合计漏加一行", Family.ARITHMETIC, _RELATED, _line_left_out),
    Kind("row-changed", "改了一行，合计没有跟着改", Family.ARITHMETIC, _RELATED, _row_changed),
    Kind("unit-swapped", "元与万元写错", Family.ARITHMETIC, _RELATED, _unit_swapped),
    Kind(
        "rate-wrong-base", "执行率按年初预算算", Family.ARITHMETIC, ("F106", "F104"), _rate_of(Role.INITIAL)
    ),
    Kind("rate-last-year", "比率沿用别的年度", Family.ARITHMETIC, _RELATED, _rate_of_last_year),
    Kind("stated-otherwise", "同一金额两处不一", Family.ARITHMETIC, _RELATED, _stated_otherwise),
    Kind("cells-exchanged", "预算与支出错一格", Family.ARITHMETIC, _RELATED, _cells_exchanged),
    Kind("over-budget", "一行支出超过预算", Family.ARITHMETIC, ("F102", "F106"), _over_budget),
)
