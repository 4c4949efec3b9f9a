"""What no form can say: a reading that says it is withdrawn, and nothing may be proved with it.

Each veto is a predicate over a money table or over the rows of an indicator table, with the words
`auditor read` and the memo give for it. They serve twice: candidates for a lost grid are weighed with them,
and what has been read is looked through once more, so that an absurd reading becomes an unread table. One
odd cell in an otherwise sound table (得分 99 of 分值 10) is a finding, never a veto.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from auditor.document import Span
from auditor.report.labels import LEVEL_WORD, column_of, role_of
from auditor.report.model import Amount, Indicator, LineKind, MoneyTable, Report, Role

_MOST_POINTS = Decimal(130)
_POINTS = (Role.WEIGHT, Role.SCORE)
_LEAST_SHARE, _MOST_SHARE = Decimal("0.005"), Decimal(3)
_HUNDRED = Decimal(100)
_FAR_BEYOND, _WAN = Decimal(1000), Decimal(10_000)
_HIGHEST_RATE = Decimal("1.5")  # of an execution, unless the amounts of its line say so


def _no_rates(table: MoneyTable) -> bool:
    """Bare numbers that are no per cents of anything, in every line that has one: another column slid there."""
    rates = [rate for rate in table.of(Role.EXECUTION_RATE) if rate.figure.value]
    if any("%" not in rate.figure.raw and rate.figure.base.low > _HUNDRED for rate in rates):
        return True
    return len(rates) >= 2 and all(rate.figure.base.low > 10 or _no_rate(rate, table) for rate in rates)


def _no_rate(rate: Amount, table: MoneyTable) -> bool:
    if "%" in rate.figure.raw or rate.figure.base.low <= _HIGHEST_RATE:
        return False
    amounts = {one.role: one.figure for one in table.line(rate.line)}
    paid, budget = amounts.get(Role.PAID), amounts.get(Role.BUDGET)
    if paid is None or budget is None or budget.base.low <= 0:
        return True
    return not (paid.base / budget.base).meets(rate.figure.base)


def _points_beyond(table: MoneyTable) -> bool:
    points = [amount for amount in table.amounts if amount.role in _POINTS]
    beyond = [amount for amount in points if amount.figure.value > _MOST_POINTS]
    return len(beyond) >= 2 or any(_is_an_amount(one, table) for one in beyond)


def _is_an_amount(points: Amount, table: MoneyTable) -> bool:
    """Whether a weight is an amount of its own row: the columns slid."""
    return any(
        one.role.is_money and one.figure.value == points.figure.value for one in table.line(points.line)
    )


def _named_by_headers(table: MoneyTable) -> bool:
    return any(amount.role.is_money and is_header_word(amount.line.name) for amount in table.amounts)


def _share_of_points(table: MoneyTable) -> bool:
    """An execution of nothing, or of the threefold, that no rate tells, where one of the two amounts is a
    small whole number among long ones: a weight under the header of an amount. A budget of a thousandth of what
    was paid is one too, unless the two are the same in 元 and 万元."""
    for paid in table.of(Role.PAID, LineKind.TOTAL):
        amounts = {one.role: one.figure for one in table.line(paid.line)}
        budget, rate = amounts.get(Role.BUDGET), amounts.get(Role.EXECUTION_RATE)
        if budget is None or budget.amount <= 0 or paid.figure.amount <= 0:
            continue
        share = paid.figure.amount / budget.amount
        if _LEAST_SHARE <= share <= _MOST_SHARE or (
            rate is not None and rate.base.low <= share <= rate.base.high
        ):
            continue
        small = paid.figure if share < 1 else budget
        others = [one.figure for one in table.amounts if one.role.is_money and one.figure is not small]
        whole = not small.decimals and any(one.decimals for one in others)
        beyond = share > _FAR_BEYOND and not _WAN / 2 < share < 2 * _WAN
        if small.value <= _HUNDRED and (whole or beyond):
            return True
    return False


def _below_nothing(table: MoneyTable) -> bool:
    """A budget below zero: a change of it stands in its place."""
    return any(one.figure.amount < 0 for role in (Role.INITIAL, Role.BUDGET) for one in table.of(role))


def _named_twice(table: MoneyTable) -> bool:
    """One source with two amounts of one role in one printed row: which is which is not known."""
    lines = (amount for amount in table.amounts if amount.line.kind is LineKind.SOURCE and amount.row)
    places = Counter((one.row, one.role, one.line.name) for one in lines)
    return any(count > 1 for count in places.values())


TABLE_VETOES: tuple[tuple[str, Callable[[MoneyTable], bool]], ...] = (
    ("执行率一列没有比率", _no_rates),
    ("资金行的分值或得分大于100", _points_beyond),
    ("表头成了资金的行名", _named_by_headers),
    ("分值读成了金额", _share_of_points),
    ("预算小于零", _below_nothing),
    ("同一来源在一行里有两个数", _named_twice),
)


def _rows_beyond(rows: Sequence[Indicator]) -> bool:
    points = [figure for row in rows for figure in (row.weight, row.score) if figure is not None]
    return sum(figure.value > _MOST_POINTS for figure in points) >= 2


def _rows_named_by_headers(rows: Sequence[Indicator]) -> bool:
    return any(is_header_word(row.name) for row in rows if not row.is_execution)


def _levels_as_values(rows: Sequence[Indicator]) -> bool:
    """The label of a level stands as a target: its row goes on in the next line."""
    return any(
        row.target is not None and row.target.text.endswith("指标") and LEVEL_WORD.fullmatch(row.target.text)
        for row in rows
    )


def _each_of_a_whole(rows: Sequence[Indicator]) -> bool:
    """Each of several rows has 100 points of its own: they are projects, or units, and no parts of one score."""
    weights = [row.weight.value for row in rows if row.weight is not None]
    return len(weights) == len(rows) > 1 and set(weights) == {_HUNDRED}


ROW_VETOES: tuple[tuple[str, Callable[[Sequence[Indicator]], bool]], ...] = (
    ("多个得分或分值大于100", _rows_beyond),
    ("表头成了指标名称", _rows_named_by_headers),
    ("指标的类别成了目标值", _levels_as_values),
    ("各行的分值都是100", _each_of_a_whole),
)


def is_header_word(name: str) -> bool:
    """Whether a name is a word of headers, which names no row."""
    return column_of(name) in ("target", "actual", "weight") or role_of(name) in (Role.INITIAL, Role.WEIGHT)


def vetoes(report: Report) -> Iterator[str]:
    """What speaks against a reading as a whole, each in a few words."""
    for table in report.money_tables:
        yield from (told for told, speaks in TABLE_VETOES if speaks(table))
    yield from (told for told, speaks in ROW_VETOES if speaks(report.indicators))


def withdraw(report: Report) -> None:
    """Takes back what was read absurdly. The figures lose their place, with the reason in `unread`."""
    for index, table in enumerate(report.money_tables):
        told = [words for words, speaks in TABLE_VETOES if speaks(table)]
        if told:
            _withdraw_table(report, index, table, "、".join(told))
    tables = sorted({row.table for row in report.indicators})
    for number in tables:
        rows = [row for row in report.indicators if row.table == number]
        told = [words for words, speaks in ROW_VETOES if speaks(rows)]
        if told:
            _withdraw_rows(report, rows, number, "、".join(told))


def _withdraw_table(report: Report, index: int, table: MoneyTable, why: str) -> None:
    spans = {amount.span for amount in table.amounts} | {figure.span for _, figure in table.loose}
    report.unread.extend((span, _reason(why)) for span in sorted(spans))
    report.indicators[:] = [
        row for row in report.indicators if not (row.is_execution and _inside(row, spans))
    ]
    report.formulas[:] = [formula for formula in report.formulas if formula.table != index]
    table.amounts = []
    table.loose = []


def _withdraw_rows(report: Report, rows: Sequence[Indicator], number: int, why: str) -> None:
    lost = [row for row in rows if not row.is_execution]
    report.unread.extend((row.span, _reason(why)) for row in lost)
    gone = set(map(id, lost))
    report.indicators[:] = [row for row in report.indicators if id(row) not in gone]
    report.totals[:] = [total for total in report.totals if total.table != number]


def _inside(row: Indicator, spans: Iterable[Span]) -> bool:
    return row.score is not None and row.score.span in spans


def _reason(why: str) -> str:
    return f"按这种读法{why}，不合情理，已撤回"
