"""The budget execution row: its weight and score, and the rates the report gives for it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import Span, View
from auditor.facts.scoring.targets import figures_of
from auditor.facts.stated import once
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Term, added, total
from auditor.report.model import Amount, Indicator, LineKind, RateBase, Report, Role
from auditor.values import frozen

# Indicators that are the execution row under another roof.
_NAMES = ("预算执行率", "资金执行率", "预算资金执行率", "全年预算执行率", "预算执行")


@frozen
class Row:
    """An execution row with weight and score, wherever the form keeps it.

    `printed` is the rate the row itself shows, `target` the rate it asks for (both may be missing).
    """

    name: View
    weight: Figure
    score: Figure
    printed: Figure | None
    target: Figure | None
    indicator: Indicator | None = None


@frozen
class Rate:
    """An execution rate as a share of 1; `terms` are what it is computed from, `text` tells that."""

    share: Interval
    value: Decimal
    terms: Expression
    evidence: tuple[Figure, ...]
    computed: bool
    tabled: bool = True

    @property
    def text(self) -> str:
        return Equation(self.terms, percent=True).told()


def is_row(indicator: Indicator) -> bool:
    """Whether an indicator is the execution row, of the form or among the indicators."""
    return indicator.is_execution or indicator.name.removesuffix("得分") in _NAMES


def rows(report: Report) -> Iterator[Row]:
    """Every scored execution row: of the indicator tables, else of the money tables."""
    found: set[tuple[Decimal, Decimal]] = set()
    for row in report.indicators:
        if is_row(row) and row.weight is not None and row.score is not None and row.weight.value > 0:
            same = (row.weight.value, row.score.value)
            if same in found and not row.actual:
                continue  # the form's own row, told once more among the indicators
            found.add(same)
            rate = _rate(row.actual) or _printed(report, row.score)
            yield Row(row.name_view, row.weight, row.score, rate, _rate(row.target), row)
    if found:
        return
    for table in report.money_tables:
        weight, score = (
            _one(table.of(Role.WEIGHT, LineKind.TOTAL)),
            _one(table.of(Role.SCORE, LineKind.TOTAL)),
        )
        if weight is not None and score is not None and weight.figure.value > 0:
            told = _one(table.of(Role.EXECUTION_RATE, LineKind.TOTAL))
            name = weight.line.view or weight.figure.view
            yield Row(name, weight.figure, score.figure, told.figure if told else None, None)


def rates(report: Report, row: Row) -> list[Rate]:
    """The rate from the amounts first, then the printed one."""
    found = (
        [] if row.printed is not None and any(on_other_base(report)) else list(_computed(report, row.score))
    )
    if row.printed is not None:
        figure = row.printed
        found.append(Rate(figure.base, figure.amount, Term.plain(figure), (figure,), False))
    return found


_NATIONAL = (Role.PAID, (Role.BUDGET,))


def _declared(report: Report, base: RateBase) -> Iterator[Rate]:
    """The rate on the amounts the form itself names; none where one of them is missing or told twice."""
    tops, parts = _stated(report, base.top), [_stated(report, role) for role in base.base]
    if len(tops) != 1 or any(len(one) != 1 for one in parts):
        return
    figures = tuple(one[0].figure for one in parts)
    whole, value = total(part.base for part in figures), sum((part.amount for part in figures), Decimal(0))
    if whole.low <= 0 or tops[0].figure.base.low < 0:
        return
    share, written = tops[0].figure.base / whole, tops[0].figure.amount / value
    if base.whole:
        low, high = (Decimal(int(end * 100)) / 100 for end in (share.low, share.high + Decimal("0.005")))
        share, written = Interval(low, high), written.quantize(Decimal("0.01"))
    top = tops[0].figure
    terms = Term.plain(top) / added(Term.plain(part, top.scale) for part in figures)
    yield Rate(share, written, terms, (top, *figures), True)


def declared_rate(report: Report) -> Rate | None:
    """The rate as the form itself says it is to be counted, where it says so and the amounts are told."""
    base = report.execution_base
    if base is None or (base.top, base.base) == _NATIONAL:
        return None
    return next(_declared(report, base), None)


def on_declared_base(report: Report) -> Iterator[Span]:
    """Printed execution rates that are right as the form itself says they are to be counted; or that
    cannot be checked, because an amount the form names is missing."""
    base = report.execution_base
    if base is None or (base.top, base.base) == _NATIONAL:
        return
    told = [amount.figure for amount in report.amounts if amount.role is Role.EXECUTION_RATE]
    told += [rate for row in report.indicators if is_row(row) and (rate := _rate(row.actual)) is not None]
    computed = list(_declared(report, base))
    yield from (
        rate.span for rate in told if not computed or any(own.share.meets(rate.base) for own in computed)
    )


def _computed(report: Report, score: Figure) -> Iterator[Rate]:
    """Paid ÷ budget, or what the form says; one rate for each value where tables state different sums. Where they
    state different budgets, that of the table which holds the `score`."""
    if (
        report.execution_base is not None
        and (report.execution_base.top, report.execution_base.base) != _NATIONAL
    ):
        yield from _declared(report, report.execution_base)
        return
    budgets = [[amount] for amount in _stated(report, Role.BUDGET)]
    if not budgets:
        initial, change = _stated(report, Role.INITIAL), _stated(report, Role.ADJUSTMENT)
        budgets = [[initial[0], change[0]]] if len(initial) == len(change) == 1 else []
    spent = _stated(report, Role.PAID)
    if len(budgets) > 1 and (own := _table_of(report, score)) is not None:
        budgets = [one for one in budgets if one[0].table == own]
        spent = [one for one in spent if one.table == own]
    if len(budgets) != 1:
        return
    parts = tuple(amount.figure for amount in budgets[0])
    whole = total(part.base for part in parts)
    value = sum((part.amount for part in parts), Decimal(0))
    if whole.low <= 0:
        return
    tabled = all(amount.table is not None for amount in budgets[0])
    for paid in spent:
        figure = paid.figure
        if figure.base.low >= 0 and not figure.is_vague:
            share = figure.amount / value
            below = added(Term.plain(part, figure.scale) for part in parts)
            terms = Term.plain(figure) / below
            yield Rate(
                figure.base / whole, share, terms, (figure, *parts), True, tabled and paid.table is not None
            )


def _stated(report: Report, role: Role) -> list[Amount]:
    """Amounts of the whole project, from tables before prose, each value once."""
    return dict(_stated_by_role(report))[role]


@once
def _stated_by_role(report: Report) -> Iterator[tuple[Role, list[Amount]]]:
    for role in Role:
        amounts = report.stated(role)
        tabled = [amount for amount in amounts if amount.table is not None] or amounts
        yield role, list({amount.figure.amount: amount for amount in reversed(tabled)}.values())[::-1]


def _one(amounts: list[Amount]) -> Amount | None:
    return amounts[0] if amounts else None


_RATES = (Role.EXECUTION_RATE, Role.SPENDING_RATE)


@once
def on_other_base(report: Report) -> Iterator[bool]:
    """Of each money table with a rate, whether it is counted on what was received or allocated, not on the budget."""
    for table in report.money_tables:
        told = [one for role in _RATES for one in table.of(role, LineKind.TOTAL)]
        rate, paid = _one(told), _one(table.of(Role.PAID, LineKind.TOTAL))
        if rate is None or paid is None:
            continue
        bases = [*table.of(Role.RECEIVED, LineKind.TOTAL), *table.of(Role.ALLOCATED, LineKind.TOTAL)]
        yield any(
            base.figure.base.low > 0 and (paid.figure.base / base.figure.base).meets(rate.figure.base)
            for base in bases
        )


def _table_of(report: Report, score: Figure) -> int | None:
    """The money table that prints the score."""
    tables = (one.table for one in report.amounts if one.role is Role.SCORE and one.figure.span == score.span)
    return next(tables, None)


def _printed(report: Report, score: Figure) -> Figure | None:
    """The rate of the table that prints the score, else the first printed."""
    own = _table_of(report, score)
    tables = report.money_tables if own is None else [report.money_tables[own], *report.money_tables]
    for table in tables:
        rate = _one(table.of(Role.EXECUTION_RATE, LineKind.TOTAL))
        if rate is not None:
            return rate.figure
    return None


def _rate(view: View | None) -> Figure | None:
    figures = figures_of(view) if view else []
    return figures[0] if len(figures) == 1 and figures[0].kind is Kind.RATE else None
