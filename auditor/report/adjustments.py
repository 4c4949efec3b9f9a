"""What columns of amounts are, told by their sums.

The change of a budget and the budget after it have words that are alike (调整数, 调整预算数); their sums are not.
年初 + 调整 = 全年 says that the column is a change, and which one the year began with; where no column has the budget
after it, the execution rate says it: paid ÷ (年初 + 调整), or paid ÷ 调整. Four columns in turn (计划 | 到位 | 支出 | 结余)
are so called, some in words of no list, where what arrived less what was spent is what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product

from auditor.document import Row
from auditor.figures import Figure, Interval, scan, total
from auditor.language.lexicon import word
from auditor.report.align import FIGURES, cell_type
from auditor.report.cell_figures import rate_figure
from auditor.report.labels import clean, column_of, line_of
from auditor.report.model import LineKind, Role
from auditor.report.votes import LOOKED_AT, holds_figures, under

Roles = Mapping[int, Role | None]


def told_apart(header: Row, roles: Roles, below: Sequence[Row]) -> Roles:
    """The roles of the columns by grid column, with that of a column of 调整 settled by the rows below."""
    changes = [cell.col for cell in header.cells if word("col_adjust").fullmatch(clean(cell.text))]
    if len(changes) != 1:
        return roles
    (change,) = changes
    begins = [at for at in roles if at < change and _may_begin(header, at, roles, below)]
    budgets = [at for at, role in roles.items() if role is Role.BUDGET and at != change]
    for begin, budget in product(begins, budgets):
        if _mostly((begin, change, budget), below, lambda a, b, c: (a.base + b.base).meets(c.base)):
            return {**roles, begin: Role.INITIAL, change: Role.ADJUSTMENT}
    if budgets and not below:
        return {**roles, change: Role.ADJUSTMENT}  # nothing tells yet; no form has the budget after it twice
    if budgets:
        same = any(_mostly((change, at), below, lambda a, b: a.base.meets(b.base)) for at in budgets)
        settled = same or Role.INITIAL not in roles.values()
        return roles if settled else {**roles, change: None}
    return _by_rate(change, begins, roles, below)


def in_turn(header: Row, roles: Roles, below: Sequence[Row]) -> Roles:
    """The roles, those of four columns of amounts in turn named where their words name some of them and none otherwise."""
    valued = [cell.col for cell in header.cells if holds_figures(under(cell.col, below))]
    for at in range(len(valued) - len(IN_TURN) + 1):
        own = valued[at : at + len(IN_TURN)]
        if told := told_in_turn([roles[col] for col in own], list(_figures(own, below))):
            return {**roles, **dict(zip(own, told, strict=True))}
    return roles


def sources_in(header: Row, below: Sequence[Row]) -> frozenset[int]:
    """The columns of no known name that are sources of the money: with those known they make the total in two rows and
    in most."""
    kinds = {cell.col: line_of(cell.text) for cell in header.cells}
    totals = [at for at, kind in kinds.items() if kind is LineKind.TOTAL]
    valued = {at for at in kinds if holds_figures(under(at, below))}
    unknown = frozenset(
        cell.col
        for cell in header.cells
        if cell.col in valued and kinds[cell.col] is None and column_of(cell.text) is None
    )
    parts = [at for at in valued if at in unknown or kinds[at] is LineKind.SOURCE]
    if not unknown or len(totals) != 1 or totals[0] not in valued:
        return frozenset()
    lines = list(_figures((totals[0], *parts), below))
    held = sum(total([one.base for one in parts]).meets(whole.base) for whole, *parts in lines)
    return unknown if held >= 2 and held * 2 > len(lines) else frozenset()


IN_TURN = (Role.BUDGET, Role.RECEIVED, Role.PAID, Role.BALANCE)
_OPEN = (
    (Role.BUDGET, Role.ALLOCATED, Role.INVESTED),
    (Role.RECEIVED,),
    (Role.PAID, Role.ALLOCATED),
    (Role.BALANCE,),
)
"""What their words may say: 下达 is of a plan, 拨付 of a payment."""


def told_in_turn(roles: Sequence[Role | None], lines: Sequence[Sequence[Figure]]) -> tuple[Role, ...]:
    """What four columns are where their words name some: planned, arrived, spent and left. None says otherwise, which
    of the first two is the plan is said, and the rest comes out in two lines and in most; else nothing."""
    agree = all(role is None or role in may for role, may in zip(roles, _OPEN, strict=True))
    if not agree or not any(roles[:2]) or all(roles):
        return ()
    held = sum((arrived.base - spent.base).meets(left.base) for _, arrived, spent, left in lines)
    if held < 2 or held * 2 <= len(lines):
        return ()
    return tuple(role or own for role, own in zip(roles, IN_TURN, strict=True))


def _by_rate(change: int, begins: Sequence[int], roles: Roles, below: Sequence[Row]) -> Roles:
    paid = next((at for at, role in roles.items() if role is Role.PAID), None)
    rate = next((at for at, role in roles.items() if role is Role.EXECUTION_RATE), None)
    if paid is None or rate is None:
        return roles
    if _mostly((paid, change, rate), below, lambda a, b, c: _is_rate(a, b.base, c)):
        return {**roles, change: Role.BUDGET}
    for begin in begins:
        if _mostly((paid, begin, change, rate), below, lambda a, b, c, d: _is_rate(a, b.base + c.base, d)):
            return {**roles, begin: Role.INITIAL, change: Role.ADJUSTMENT}
    return roles


def _is_rate(paid: Figure, budget: Interval, rate: Figure) -> bool:
    return budget.low > 0 and (paid.base / budget).meets(rate_figure(rate).base)


def _may_begin(header: Row, at: int, roles: Roles, below: Sequence[Row]) -> bool:
    """Whether a column is the budget the year began with, or one of no known name over figures ("年初")."""
    if roles[at] is not None:
        return roles[at] in (Role.INITIAL, Role.BUDGET)
    label = next(cell.text for cell in header.cells if cell.col == at)
    return line_of(label) is None and column_of(label) is None and holds_figures(under(at, below))


def _mostly(columns: Sequence[int], below: Sequence[Row], holds: Callable[..., bool]) -> bool:
    """Whether it holds in more than half of the rows that have a figure in each of the columns."""
    tested = [holds(*figures) for figures in _figures(columns, below)]
    return sum(tested) * 2 > len(tested)


def _figures(columns: Sequence[int], below: Sequence[Row]) -> Iterator[list[Figure]]:
    for row in below[:LOOKED_AT]:
        cells = {cell.col: cell for cell in row.cells if cell_type(cell.text) in FIGURES}
        if all(at in cells for at in columns):
            found = [next(iter(scan(cells[at].view)), None) for at in columns]
            figures = [figure for figure in found if figure is not None]
            if len(figures) == len(columns):
                yield figures
