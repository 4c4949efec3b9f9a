"""The amounts of the whole project, each told in several places: the tables, and the text.

年度资金总额 138.60 · 全年实际支出136.80万元         one amount, told twice
年初预算 150 · 财政拨款350万元，支出334.34万元       a line of the table is meant: no claim
债券累计支出2.41亿元 · 支出900万元                   the two make up a third: parts of it
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.claim import Strength
from auditor.facts.stated import facts_of
from auditor.figures import Figure, Kind, total
from auditor.language import word
from auditor.report.model import Amount, LineKind, Passage, Report, Role
from auditor.values import frozen

# An amount of prose called 预算 may be the approved or the adjusted one.
_MEANS: dict[Role, tuple[Role, ...]] = {
    Role.INITIAL: (Role.INITIAL, Role.BUDGET),
    Role.BUDGET: (Role.BUDGET, Role.INITIAL, Role.RECEIVED),
    Role.RECEIVED: (Role.RECEIVED, Role.BUDGET),
    Role.PAID: (Role.PAID,),
}
_MOST_PARTS = 6
COMPARED = tuple(_MEANS)
MOST_STATED = 60
"""Statements of one amount: a report of one project makes a dozen."""
_SLIPS = (Decimal(10) ** 4, Decimal(10) ** 8)


@frozen
class Pair:
    """One amount told twice: the first place, and a later one."""

    first: Amount
    later: Amount
    holds: bool
    strength: Strength = Strength.NONE


@frozen
class Compared:
    """What is told of one amount; `unread` are the statements behind the most that are looked at."""

    told: int
    pairs: tuple[Pair, ...]
    unread: tuple[Amount, ...] = ()


def compared(report: Report, role: Role, standing: Standing) -> Compared:
    """The first statement of an amount against every later one that speaks of the same money."""
    stated = [amount for amount in report.stated(role) if of_the_year(amount, report)]
    whole = _whole_of_tables(stated)
    if whole is not None:
        alone = (amount for amount in stated if amount.table is None)
        return Compared(len(stated), tuple(Pair(whole, amount, holds=True) for amount in alone))
    pairs = tuple(_pairs(report, role, stated[:MOST_STATED], standing))
    return Compared(len(stated), pairs, tuple(stated[MOST_STATED:]))


def _pairs(report: Report, role: Role, stated: list[Amount], standing: Standing) -> Iterator[Pair]:
    others = [amount for meaning in _MEANS[role][1:] for amount in report.stated(meaning)]
    for amount in stated[1:]:
        first = stated[0]
        if amount.table is not None and amount.table == first.table and amount.line.name != first.line.name:
            continue  # "本年支出合计" and "总计" of one table are two sums
        if amount.table is not None and (amount.table, amount.row) == (first.table, first.row):
            continue  # two columns of one line are two things
        if amount.figure.base.meets(first.figure.base):
            yield Pair(first, amount, holds=True)
        elif (
            _part_and_whole(standing, role, first, amount)
            or any(amount.figure.base.meets(other.figure.base) for other in others)
            or (amount.table is None and _told_as_part(report, standing, first, amount))
        ):
            continue
        elif not by_unit(first.figure, amount.figure):
            yield Pair(first, amount, holds=False, strength=_strength(role, first, amount, report))


def _strength(role: Role, first: Amount, amount: Amount, report: Report) -> Strength:
    """The bare word "预算" in prose may mean another stage of the budget; two tables of a report may have scopes of
    their own when nothing else ties them together. Two sentences may speak of two periods or scopes; a table says
    what it counts."""
    if first.table is None and amount.table is None:
        return Strength.ASK
    certain = role is Role.PAID or (amount.table is not None and first.table is not None)
    certain = certain and (amount.table is None or tied(first, amount, report))
    certain = certain and ("累计" in first.label) is ("累计" in amount.label)
    certain = certain and comparable(report, first, amount)
    return Strength.PROOF if certain else Strength.ASK


def _whole_of_tables(stated: list[Amount]) -> Amount | None:
    """The sum in prose that the totals of several tables make up together: each speaks of a part."""
    tabled = list({amount.table: amount for amount in reversed(stated) if amount.table is not None}.values())
    if len(tabled) < 2 or len({amount.figure.amount for amount in tabled}) < 2:
        return None
    added = total(amount.figure.base for amount in tabled)
    return next((a for a in stated if a.table is None and a.figure.base.meets(added)), None)


@frozen
class Standing:
    """Where amounts stand: the lines of the tables by role and sum (a line that stands alone is no part),
    and the passages by their text."""

    lines: frozenset[tuple[Role, Decimal]]
    passages: dict[View, Passage]

    @classmethod
    def of(cls, report: Report) -> Standing:
        lines: set[tuple[Role, Decimal]] = set()
        for table in report.money_tables:
            parts = [
                one for one in table.amounts if one.line.kind is not LineKind.TOTAL and one.figure.amount
            ]
            several = Counter(one.role for one in parts)
            lines.update((one.role, one.figure.amount) for one in parts if several[one.role] > 1)
        return cls(frozenset(lines), {passage.view: passage for passage in report.prose})


def _part_and_whole(standing: Standing, role: Role, first: Amount, amount: Amount) -> bool:
    """Whether the smaller sum is a line of a table, or stands beside the larger one: 市级 2,260 of 3,390."""
    small, large = sorted((first, amount), key=lambda one: one.figure.amount)
    if (role, small.figure.amount) in standing.lines and small.figure.amount < large.figure.amount:
        return True
    passage = standing.passages.get(large.figure.view)
    if passage is None:
        return False
    return any(
        figure.kind is Kind.MONEY
        and figure.amount == small.figure.amount
        and figure is not large.figure
        and word("a_part_of_money").search(compiled("[。；;]").split(passage.text[: figure.start])[-1])
        for figure in passage.figures
    )


def _told_as_part(report: Report, standing: Standing, first: Amount, amount: Amount) -> bool:
    """Whether a line of a table is this sum ("财政拨款350万元，支出334.34万元"), or its own passage tells
    what else there is: the rest, or amounts of its kind, that with this one make up the whole."""
    if (amount.role, amount.figure.amount) in standing.lines and amount.figure.amount < first.figure.amount:
        return True
    if first.table is None and first.role is Role.PAID and _other_payment(report, first, amount):
        return True
    passage = standing.passages.get(amount.figure.view)
    if passage is None:
        return False
    rest = first.figure.base - amount.figure.base
    money = [figure for figure in passage.figures if figure.kind is Kind.MONEY]
    if (
        amount.role is Role.BUDGET
    ):  # a balance is no other part of the budget: the rest would be what was paid
        left = {id(one.figure) for one in report.prose_amounts if one.role is Role.BALANCE}
        money = [figure for figure in money if id(figure) not in left]
    both = first.figure.base + amount.figure.base
    if any(figure.base.meets(rest) or figure.base.meets(both) for figure in money):
        return True
    among = {figure.span for figure in money}
    alike = [one for one in report.prose_amounts if one.role is amount.role and one.figure.span in among]
    at = alike.index(amount)
    return any(
        total(one.figure.base for one in alike[start:stop]).meets(first.figure.base)
        for start in range(at + 1)
        for stop in range(max(at, start + 1) + 1, min(start + _MOST_PARTS, len(alike)) + 1)
    )


def _other_payment(report: Report, first: Amount, amount: Amount) -> bool:
    """Whether what the two differ by is told, anywhere, as money paid out: "直补资金发放864.6万元"."""
    gap = abs(first.figure.amount - amount.figure.amount)
    return any(
        one.kind is Kind.MONEY and one.role is Role.PAID and one.figure.amount == gap
        for one in facts_of(report).quantities
    )


def of_the_year(amount: Amount, report: Report) -> bool:
    return amount.year is None or report.fiscal_year is None or amount.year == report.fiscal_year


def by_unit(*figures: Figure) -> bool:
    """A factor of exactly 10^4 or 10^8: the unit is what differs, and F109 asks about it."""
    low, high = sorted(figure.amount for figure in figures)
    return low > 0 and high / low in _SLIPS


def tied(first: Amount, amount: Amount, report: Report) -> bool:
    """Whether two tables speak of the same money: one holds details only, or they share an amount."""
    if first.table is None or amount.table is None or first.table == amount.table:
        return True
    mine, other = (report.money_tables[table] for table in (first.table, amount.table))
    values = {a.figure.amount for a in mine.amounts if a.role.is_money and a.figure.amount}
    if any(a.figure.amount in values for a in other.amounts if a.role.is_money):
        return True
    return Role.BUDGET not in other.roles and Role.INITIAL not in other.roles


def comparable(report: Report, *amounts: Amount) -> bool:
    """Whether the amounts are counted in known units, or all in the one that was assumed."""
    return len({report.unit_assumed(amount) for amount in amounts}) == 1
