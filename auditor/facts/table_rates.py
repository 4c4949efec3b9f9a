"""Rates in the money tables: execution of the budget, arrival of the money, spending of what arrived.

到位率 = 到位 ÷ 预算 (or 投入); 支出率 = 支出 ÷ 到位 (or 预算): whichever most lines of the table bear out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.facts.funds import (
    budgets,
    line_budgets,
)
from auditor.facts.printed_rates import Named, Printed, Where, as_written, base_of, counted_like, measured
from auditor.report.model import Amount, Line, LineKind, MoneyTable, Report, Role


def table_rates(report: Report) -> Iterator[Printed]:
    """Every rate of the tables that no printed formula explains."""
    explained = {formula.table for formula in report.formulas}
    for index, table in enumerate(report.money_tables):
        if index not in explained:
            yield from _table_rates(table, report)


def _table_rates(table: MoneyTable, report: Report) -> Iterator[Printed]:
    adjusted = not {Role.BUDGET, Role.ADJUSTMENT}.isdisjoint(table.roles)
    # A bare number among percentages may be an amount that slipped there.
    percents = any("%" in one.figure.raw for one in table.amounts if one.role is Role.EXECUTION_RATE)
    others = {role: _usual_bases(table, role) for role in (Role.ARRIVAL_RATE, Role.SPENDING_RATE)}
    for rate in table.amounts:
        if rate.role is Role.EXECUTION_RATE:
            name = rate.line.name
            spent = _on_line(table, rate.line, (Role.PAID,))
            bases = line_budgets(table, rate.line)
            beside = {amount.role for amount in table.line(rate.line) if amount.role.is_money}
            if not bases and rate.line.kind is LineKind.TOTAL and beside <= {Role.PAID}:
                bases = budgets(report)
            # Some forms count the rate on what was allocated or received.
            other = [
                base_of(one.figure) for one in _on_line(table, rate.line, (Role.ALLOCATED, Role.RECEIVED))
            ]
            known = adjusted or bool(other)
            for paid in spent:
                # More spent than the budget of the year's beginning: it was raised, and the raised one
                # is not among the columns read.
                certain = known or not any(base.value.below(paid.figure.base) for base in bases)
                # A column without a known name may be what the rate is counted on.
                loose = [
                    counted_like(figure, paid.figure)
                    for place, figure in table.loose
                    if place == rate.line.place
                ]
                other += [
                    base for base in loose if base.amount > 0 and as_written(rate.figure, paid.figure, base)
                ]
                as_others = "%" in rate.figure.raw or not percents
                certain = certain and (Role.BUDGET in beside or not loose) and as_others
                named = Named(Where.TABLE, name, rate.label)
                yield from measured(rate.figure, named, paid.figure, [*bases, *other], certain=certain)
        elif rate.role in (Role.ARRIVAL_RATE, Role.SPENDING_RATE):
            yield from _other_rate(table, rate, others[rate.role])


def _on_line(table: MoneyTable, line: Line, roles: tuple[Role, ...]) -> list[Amount]:
    return [amount for amount in table.line(line) if amount.role in roles]


def _usual_bases(table: MoneyTable, role: Role) -> tuple[Role, ...]:
    """到位率 = 到位 ÷ 预算 (or 投入); 支出率 = 支出 ÷ 到位 (or 预算): the bases, that of most lines first."""
    arrival = role is Role.ARRIVAL_RATE
    top = Role.RECEIVED if arrival else Role.PAID
    bases = (Role.BUDGET, Role.INVESTED) if arrival else (Role.RECEIVED, Role.BUDGET, Role.ALLOCATED)
    fitting: Counter[Role] = Counter()
    for rate in (one for one in table.amounts if one.role is role):
        own = {one.role: one.figure for one in table.line(rate.line)}
        held = (base for base in bases if top in own and base in own)
        fitting.update(base for base in held if as_written(rate.figure, own[top], base_of(own[base])))
    return (*sorted(bases, key=lambda base: -fitting[base]), Role.INITIAL)


def _other_rate(table: MoneyTable, rate: Amount, roles: tuple[Role, ...]) -> Iterator[Printed]:
    """The rate of what arrived, or of what was spent of it."""
    tops = _on_line(table, rate.line, (Role.RECEIVED,) if rate.role is Role.ARRIVAL_RATE else (Role.PAID,))
    beside = sorted(_on_line(table, rate.line, roles), key=lambda one: roles.index(one.role))
    bases = [base_of(base.figure) for base in beside]
    for top in tops[:1]:
        loose = [
            counted_like(figure, top.figure) for place, figure in table.loose if place == rate.line.place
        ]
        bases += [base for base in loose if base.amount > 0 and as_written(rate.figure, top.figure, base)]
        named = Named(Where.TABLE, rate.line.name, rate.label)
        yield from measured(rate.figure, named, top.figure, bases, certain=not loose)
