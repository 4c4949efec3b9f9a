"""What the money rules share: the budget of a project, and rates."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.figures import Expression, Figure, Interval, Term, added, show, total
from auditor.report.model import Amount, Line, LineKind, MoneyTable, Report, Role
from auditor.values import frozen

HUNDRED = Interval.exact(100)


@frozen
class Budget:
    """The denominator of the execution rate: the figures it is made of, their sum in 元, and its words."""

    parts: tuple[Figure, ...]
    value: Interval
    written: str

    @property
    def scale(self) -> Decimal:
        """What it is told in: the unit of its first figure."""
        return self.parts[0].scale

    @property
    def terms(self) -> Expression:
        """The sum to compute with, in that unit."""
        return added(Term.plain(part, self.scale) for part in self.parts)

    @property
    def amount(self) -> Decimal:
        """The sum of the written values, in 元."""
        return sum((part.amount for part in self.parts), Decimal(0))


def budgets(report: Report) -> list[Budget]:
    """Every reading of the project's budget that the report supports, the adjusted one first.

    Source: 财预〔2020〕10号 form, 执行率 = 全年执行数 ÷ 全年预算数; 全年预算数 is the adjusted budget.
    """
    distinct: dict[Decimal, Amount] = {}
    for amount in report.stated(Role.BUDGET):
        distinct.setdefault(amount.figure.amount, amount)
    found = [_budget([amount]) for amount in distinct.values()]
    initial = report.stated(Role.INITIAL)
    adjustment = report.stated(Role.ADJUSTMENT)
    if initial and adjustment:
        found.append(_budget([initial[0], adjustment[0]]))
    elif initial and not found:
        found.append(_budget([initial[0]]))
    unique: dict[tuple[Decimal, ...], Budget] = {}
    for budget in found:
        unique.setdefault((budget.amount,), budget)
    return list(unique.values())


def line_budgets(table: MoneyTable, line: Line) -> list[Budget]:
    """The budgets printed for one line of a table, the adjusted one first."""
    by_role = {amount.role: amount for amount in table.line(line)}
    found = []
    if Role.BUDGET in by_role:
        found.append(_budget([by_role[Role.BUDGET]]))
    if Role.INITIAL in by_role and Role.ADJUSTMENT in by_role:
        found.append(_budget([by_role[Role.INITIAL], by_role[Role.ADJUSTMENT]]))
    elif Role.INITIAL in by_role and not found:
        found.append(_budget([by_role[Role.INITIAL]]))
    return found


def _budget(amounts: list[Amount]) -> Budget:
    return budget_of([amount.figure for amount in amounts])


def budget_of(figures: Sequence[Figure]) -> Budget:
    """The sum of some amounts as what a rate is counted on."""
    written = " + ".join(show(figure.value) for figure in figures)
    return Budget(tuple(figures), total(figure.base for figure in figures), written)


def percent(part: Interval, whole: Interval) -> Interval | None:
    """`part` ÷ `whole` in per cent; `None` when the divisor can be zero."""
    if whole.low <= 0:
        return None
    return part / whole * HUNDRED


def printed_percent(rate: Figure) -> Interval:
    """A rate figure in per cent, whatever it is written in (0.975, 97.5 %, 975 ‰)."""
    return rate.base * HUNDRED


def quotient(part: Decimal, whole: Decimal) -> str:
    """The plain quotient in per cent, two decimals, for display."""
    return f"{show(part / whole * 100, 2)}%"


def lines_of(table: MoneyTable, role: Role, kind: LineKind) -> list[Amount]:
    """Lines of a kind with that role, without those that are sums of the lines under them: from the last
    one up, a line that equals the lines next under it takes them in."""
    open_lines: list[Amount] = []  # the lowest first
    for line in reversed(table.of(role, kind)):
        running = Decimal(0)
        # A printed subtotal stands close above its parts.
        for count, below in enumerate(reversed(open_lines[-30:]), 1):
            running += below.figure.amount
            if count >= 2 and running == line.figure.amount != 0:
                del open_lines[-count:]
                break
            if running > line.figure.amount:
                break
        open_lines.append(line)
    return open_lines[::-1]
