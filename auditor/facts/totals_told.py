"""A total of the project's money in its table, told once more elsewhere, with a slip.

合计 | 已支出 2.48亿元 … 累计支出债券资金2.84亿元                   in a sentence
全年执行数 186.45万元 … 发放金额 | 558,000 | … | 合计 1,846,500元     at the foot of a list of details

No words prove that both speak of one sum: they are asked about as far as one slip explains the difference, where the
amount is no other one of the tables.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.rows_told import COLUMNS, plain_money
from auditor.facts.same import Told
from auditor.facts.slip import ENOUGH, likelihood_of_pair
from auditor.facts.stated import Facts, once
from auditor.figures import Figure, Kind
from auditor.report.model import Amount, LineKind, Role
from auditor.values import frozen


@frozen
class TotalTold:
    """A total of a table and the amount that is probably meant to be it; `label` is what that one is called."""

    amount: Amount
    figure: Figure
    label: str


@once
def totals_told(facts: Facts) -> Iterator[TotalTold]:
    """The amounts of sentences and of lists of details that one slip parts from a total of the same kind."""
    report = facts.report
    printed = [one.figure for table in report.money_tables for one in table.amounts if one.role.is_money]
    totals = [
        one
        for table in report.money_tables
        for one in table.amounts
        if one.line.kind is LineKind.TOTAL
        and one.role.is_money
        and one.figure.amount
        and not report.unit_assumed(one)
    ]
    if not totals:
        return
    told = [one for one in facts.quantities if plain_money(one)]
    right = {total.role for total in totals for one in told if one.base.meets(total.figure.base)}
    compared = {amount.figure.span for amount in report.prose_amounts if amount.whole}
    for one in told:
        roles = (
            [role for role in COLUMNS.get(one.role, ()) if role not in right] if one.role is not None else []
        )
        own = [total for total in totals if total.role in roles]
        named = Told(one, report)
        if one.figure.span not in compared and not named.is_part and not named.place:
            yield from _slipped(own, one.figure, one.in_words(), printed)
    for column in report.plain_columns:
        if column.total.kind is Kind.MONEY:
            own = [total for total in totals if total.role is Role.PAID]
            yield from _slipped(
                own, column.total, f"“{column.label}”合计 {column.total.raw}{column.total.unit}", printed
            )


def _slipped(totals: list[Amount], figure: Figure, label: str, printed: list[Figure]) -> Iterator[TotalTold]:
    """The one total that a slip parts from the figure; none where a table prints the figure itself."""
    if any(figure.base.meets(one.base) for one in printed):
        return
    values = {one.figure.amount: one for one in totals}
    for one in values.values():
        if likelihood_of_pair(one.figure, figure) / len(values) >= ENOUGH:
            yield TotalTold(one, figure, label)
            return
