"""What the lines of a money table are, once all of them are read: total, subtotals, sources or details."""

from __future__ import annotations

from dataclasses import replace

from auditor.compiled import compiled
from auditor.figures import total
from auditor.report.model import LineKind, MoneyTable, Role

_YEAR = compiled(r"(?:19|20)\d\d年?度?")
_BASES = {Role.BUDGET, Role.INITIAL, Role.ALLOCATED, Role.RECEIVED, Role.BALANCE, Role.INVESTED}


def settle(table: MoneyTable, *, details: bool, assumed: bool) -> None:
    """Settles the kinds of the lines, and whether they are the project's money of the year.

    `details`: the header announces details. `assumed`: the first line, of a name no list knows, was
    taken for the total of others of such names.
    """
    if not table.of_kind(LineKind.TOTAL):
        _promote_subtotal(table)
        _promote_scored(table)
    if not _of_the_year(table):
        table.amounts[:] = [replace(amount, whole=False) for amount in table.amounts]
    _settle_sources(table, details)
    if assumed and not any(_adds_up(table, role) for role in table.roles if role.is_money):
        _relabel(table, set(LineKind), LineKind.DETAIL)


def scored_lines(table: MoneyTable) -> int:
    """Detail lines with a score of their own: two make a list of projects."""
    return len({amount.line for amount in table.of(Role.SCORE, LineKind.DETAIL)})


def _of_the_year(table: MoneyTable) -> bool:
    """Contracts, years side by side, other projects and last year's money are not."""
    names = {amount.line.name for amount in table.amounts if amount.line.kind is not LineKind.TOTAL}
    years = sum(_YEAR.fullmatch(name) is not None for name in names)
    roles = set(table.roles)
    carried = Role.CARRIED in roles and not _BASES & roles
    return not (Role.CONTRACT in roles or years >= 2 or scored_lines(table) >= 2 or carried)


def _settle_sources(table: MoneyTable, details: bool) -> None:
    """Among details a line called 其他 or 补助资金 is a detail too, where neither the details nor the
    sources alone make the total."""
    both = (LineKind.DETAIL, LineKind.SOURCE)
    if not all(table.of_kind(kind) for kind in both) or any(_makes_total(table, kind) for kind in both):
        return
    if details or _makes_total(table, *both):
        _relabel(table, {LineKind.SOURCE}, LineKind.DETAIL)


def _makes_total(table: MoneyTable, *kinds: LineKind) -> bool:
    """Whether the lines of these kinds, without those a 其中 takes out, make the total in each column."""
    fitting = []
    for role in table.roles:
        totals = table.of(role, LineKind.TOTAL)
        if not role.is_money or len(totals) != 1 or not totals[0].figure.amount:
            continue
        parts = [
            amount.figure.base
            for amount in table.of(role)
            if amount.line.kind in kinds and not amount.line.of_which
        ]
        fitting.append(total(parts).meets(totals[0].figure.base))
    return bool(fitting) and all(fitting)


def _promote_scored(table: MoneyTable) -> None:
    """The only line of a table is the whole project's, though it names its source, where it carries the points of the
    execution ("中央财政资金 | 预算数 | 执行数 | 执行率 | 分值 | 得分")."""
    lines = {amount.line for amount in table.amounts}
    if len(lines) == 1 and table.of(Role.SCORE, LineKind.SOURCE) and table.of(Role.WEIGHT, LineKind.SOURCE):
        _relabel(table, {LineKind.SOURCE}, LineKind.TOTAL)


def _promote_subtotal(table: MoneyTable) -> None:
    """The only 小计 of a table is its total."""
    if len({amount.line.place for amount in table.of_kind(LineKind.SUBTOTAL)}) == 1:
        _relabel(table, {LineKind.SUBTOTAL}, LineKind.TOTAL)


def _adds_up(table: MoneyTable, role: Role) -> bool:
    whole, *parts = [amount.figure.base for amount in table.of(role)]
    return len(parts) >= 2 and total(parts).meets(whole)


def _relabel(table: MoneyTable, kinds: set[LineKind], kind: LineKind) -> None:
    table.amounts[:] = [
        replace(amount, line=replace(amount.line, kind=kind)) if amount.line.kind in kinds else amount
        for amount in table.amounts
    ]
