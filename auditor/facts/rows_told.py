"""The amount of one row of a table, told once more in the text under the name of the row.

沙洲乡 | 下达 640 | 支出 613.8 … 沙洲乡支出618.3万元          one fact with a slip
二标段 | 0.2731亿元 … 二标段合同款5400万元，已支付2371万元       in another unit

The part of the sentence must name one row and no other before the amount, and say the same of it as the column does.
It is asked about as far as one slip explains the difference, and where no number of the row is told there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from auditor.compiled import compiled
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.slip import ENOUGH, likelihood_of_pair
from auditor.facts.stated import Facts, once
from auditor.figures import Kind
from auditor.language import word
from auditor.report.labels import line_of
from auditor.report.model import Amount, LineKind, Role
from auditor.values import frozen

_SHORTEST = 3  # characters of a name that means one row wherever it stands
_LONGEST = 30
_FEWEST, _MOST = 2, 200  # rows of a table
COLUMNS: dict[Role, tuple[Role, ...]] = {
    Role.PAID: (Role.PAID,),
    Role.BUDGET: (Role.BUDGET, Role.INITIAL, Role.ALLOCATED),
    Role.RECEIVED: (Role.RECEIVED, Role.ALLOCATED, Role.BUDGET),
    Role.BALANCE: (Role.BALANCE,),
    Role.CONTRACT: (Role.CONTRACT,),
}
"""The columns that may hold what an amount of the text is called."""


@frozen
class RowTold:
    """A row's amount and what the text says it is."""

    name: str
    amount: Amount
    told: Quantity


@once
def rows_told(facts: Facts) -> Iterator[RowTold]:
    """The amounts of the text that one slip parts from those of the row they are told of."""
    rows = _rows(facts)
    if not rows:
        return
    named = compiled("|".join(map(re.escape, sorted(rows, key=len, reverse=True))))
    pairs: list[RowTold] = []
    right: set[tuple[str, Role]] = set()
    for passage in facts.passages:
        for one in quantities_of(passage) if named.search(passage.text) else ():
            name = _name_before(one, named) if plain_money(one) else ""
            if name and one.role is not None:
                own = [other for other in rows[name] if other.role in COLUMNS.get(one.role, ())]
                right.update((name, other.role) for other in own if other.figure.base.meets(one.base))
                pairs += [RowTold(name, other, one) for other in own if _slipped(other, one, rows[name])]
    yield from (pair for pair in pairs if (pair.name, pair.amount.role) not in right)


def _rows(facts: Facts) -> dict[str, list[Amount]]:
    """The amounts of the rows that one name stands for, in known units."""
    report = facts.report
    found: dict[str, list[Amount]] = {}
    for table in report.money_tables:
        lines = {
            (one.line.place, one.line.name) for one in table.amounts if one.line.kind is not LineKind.TOTAL
        }
        if not _FEWEST <= len(lines) <= _MOST:
            continue
        names = Counter(name for _, name in lines)
        for one in table.amounts:
            name = one.line.name
            kept = names[name] == 1 and _SHORTEST <= len(name) <= _LONGEST and line_of(name) is None
            if kept and one.role.is_money and one.figure.amount and not report.unit_assumed(one):
                found.setdefault(name, []).append(one)
    return found


def _name_before(one: Quantity, named: re.Pattern[str]) -> str:
    """The one row that the part of the sentence names before the amount."""
    text = one.passage.text
    start, end = one.structure.part_span(one.start)
    names = {match.group() for match in named.finditer(text, start, end)}
    before = named.search(text, start, one.start)
    return before.group() if before is not None and len(names) == 1 else ""


def plain_money(one: Quantity) -> bool:
    """Whether it is a sum of money that was really spent, given or left, told as such: no aim, mean, price or part."""
    odd = one.figure.is_vague or one.figure.is_bound or one.is_average or one.spelled or one.depth
    if one.kind is not Kind.MONEY or odd or one.modality is not Modality.ACTUAL:
        return False
    apart = word("apart").search(one.clause) or word("of_which").search(one.clause)
    return not (apart or word("by_so_many").search(one.head))


def _slipped(amount: Amount, told: Quantity, row: Sequence[Amount]) -> bool:
    """Whether one slip parts them; not where the text tells another amount of the row."""
    if any(other.figure.base.meets(told.base) for other in row):
        return False
    return likelihood_of_pair(amount.figure, told.figure) >= ENOUGH
