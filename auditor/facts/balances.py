"""What is left of the project's money, against the amounts of its budget and its payments.

预算500万元，支出475万元，结余25万元        what is left of the budget
拨付300万元，支出280万元，结余20万元        or of what was granted, or arrived
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.compiled import compiled
from auditor.facts.claim import Strength
from auditor.facts.rests import exactly_nil
from auditor.facts.same_amounts import Standing, comparable, of_the_year, tied
from auditor.figures import Interval, Kind, total
from auditor.language import word
from auditor.report.labels import clean, role_of
from auditor.report.model import Amount, LineKind, Report, Role
from auditor.values import frozen

_MOST_READINGS = 12  # statements of one role tried as what a balance is the rest of
_BASES = (Role.BUDGET, Role.INITIAL, Role.RECEIVED, Role.ALLOCATED)
"""What a balance may be the rest of."""


@frozen
class Reading:
    """What a balance may be the rest of: the amounts that make up a budget, and what was paid of it."""

    bases: tuple[Amount, ...]
    spent: Amount

    @property
    def amounts(self) -> tuple[Amount, ...]:
        return (*self.bases, self.spent)

    @property
    def base(self) -> Interval:
        return total(one.figure.base for one in self.bases)

    @property
    def rest(self) -> Interval:
        return self.base - self.spent.figure.base


@frozen
class Balance:
    """What is left as told, and the reading of what it is left of that gives it, or that comes nearest."""

    left: Amount
    reading: Reading
    holds: bool
    strength: Strength


def balances(report: Report, standing: Standing) -> Iterator[Balance]:
    """结余 = 预算 (到位, 拨款) − 支出, where both are printed and no form formula says otherwise."""
    told = [amount for amount in report.stated(Role.BALANCE) if of_the_year(amount, report)]
    paid = report.stated(Role.PAID)[:1]
    bases = [base for role in _BASES for amount in report.stated(role) for base in _adjusted(amount, report)]
    has_formula = {
        formula.table
        for formula in report.formulas
        if formula.table is not None or word("money_unspent").search(formula.left.text)
    }
    if not paid or not bases:
        return
    allocated = report.stated(Role.ALLOCATED)[:_MOST_READINGS]
    bases = bases[:_MOST_READINGS]
    pairs = [(base, paid[0]) for base in bases]
    pairs += [(base, spent) for base in bases for spent in allocated if base[0].role is not Role.ALLOCATED]
    readings = [Reading(base, spent) for base, spent in pairs]
    for balance in told:
        if balance.table is not None:
            if balance.table in has_formula or None in has_formula:
                continue
            beside = (
                one for one in report.money_tables[balance.table].headers if clean(one) != balance.label
            )
            if any(map(word("carried_or_back").search, beside)):
                continue  # "上年结转 | 本年收入 | 本年支出 | 年末结余"
        near = [*_of_its_table(balance, report), *readings]
        fitting = next((one for one in near if one.rest.meets(_left(balance, one))), None)
        carried = fitting is None and _carries_over(report)
        reading = fitting or _beside(balance, readings) or _as_its_lines(balance, near, report)
        if carried and not _carried_line(report) and _beside(balance, readings) is None:
            continue  # money of last year or money given back moves between the two sides
        if fitting is None and _of_another_purse(report, standing, balance, reading):
            continue
        certain = not carried and comparable(report, balance, *reading.amounts)
        certain = certain and all(tied(one, balance, report) for one in reading.amounts)
        certain = certain and not _other_sums(report, standing, balance, reading)
        strength = Strength.PROOF if certain else Strength.ASK
        yield Balance(balance, reading, fitting is not None, strength)


def _of_its_table(balance: Amount, report: Report) -> Iterator[Reading]:
    """The amounts of the balance's own table, which speak of the same money."""
    if balance.table is None:
        return
    own = [
        [one for one in report.stated(role) if one.table == balance.table] for role in (Role.PAID, *_BASES)
    ]
    paid, *bases = ([one for one in told if one.row == balance.row] or told for told in own)
    spent = paid or bases[_BASES.index(Role.ALLOCATED)]  # what is left of the budget once money was granted
    for told in bases:
        if spent and told and told[0] is not spent[0]:
            yield from (Reading(base, spent[0]) for base in _adjusted(told[0], report))


def _adjusted(amount: Amount, report: Report) -> Iterator[tuple[Amount, ...]]:
    """The initial budget with the change told beside it, which is the budget there was, then the amount alone. Where the
    row prints that budget, it says it more closely than the two."""
    if amount.role is Role.INITIAL and amount.table is not None:
        change = [one for one in report.stated(Role.ADJUSTMENT) if one.table == amount.table]
        if len(change) == 1 and change[0].line.kind is amount.line.kind:
            both = amount.figure.base + change[0].figure.base
            own = [one for one in report.stated(Role.BUDGET) if one.table == amount.table]
            if not any(one.row == amount.row and one.figure.base.meets(both) for one in own):
                yield amount, change[0]
    yield (amount,)


def _as_its_lines(balance: Amount, readings: Sequence[Reading], report: Report) -> Reading:
    """The reading by which most lines of the balance's table come out: what is left of a plan or of what arrived."""
    if balance.table is None:
        return readings[0]
    lines: dict[str, dict[Role, Interval]] = {}
    for one in report.money_tables[balance.table].of_kind(LineKind.SOURCE):
        lines.setdefault(one.line.name, {})[one.role] = one.figure.base

    def held(reading: Reading) -> int:
        roles = [one.role for one in (*reading.bases, reading.spent, balance)]
        told = (
            [line[role] for role in roles] for line in lines.values() if all(role in line for role in roles)
        )
        return sum((total(bases) - spent).meets(left) for *bases, spent, left in told)

    return max(readings, key=held)


def _left(balance: Amount, reading: Reading) -> Interval:
    """What the balance can stand for; nil means nil where both amounts have decimals."""
    return exactly_nil(balance.figure, [one.figure for one in reading.amounts]).base


def _other_sums(report: Report, standing: Standing, balance: Amount, reading: Reading) -> bool:
    """Whether other sums of the report explain the balance: another budget, what else was paid or kept
    beside it; or the budget read is too small for what was paid."""
    spent = reading.spent
    left = sum((one.figure.amount for one in reading.bases), Decimal(0)) - spent.figure.amount
    if left < 0:
        return True
    wanted = balance.figure.base + spent.figure.base
    if any(figure.kind is Kind.MONEY and figure.base.meets(wanted) for figure in report.figures):
        return True
    passage = standing.passages.get(balance.figure.view)
    if passage is None:
        return False
    gap = abs(left - balance.figure.amount)
    paid = [one for one in report.prose_amounts if one.role is Role.PAID and one.figure in passage.figures]
    every = reading.base - total(one.figure.base for one in paid)
    beside = any(figure.kind is Kind.MONEY and figure.amount == gap for figure in passage.figures)
    return beside or (len(paid) > 1 and every.meets(balance.figure.base))


def _of_another_purse(report: Report, standing: Standing, balance: Amount, reading: Reading) -> bool:
    """Whether its own passage tells another payment that with the balance makes up a sum of the report: "债券发行2.5亿元…
    债券累计支出2.41亿元，未支出的900万元" beside the capital that was paid in."""
    passage = standing.passages.get(balance.figure.view)
    others = [
        one.figure.base + balance.figure.base
        for one in report.prose_amounts
        if passage is not None and one.role is Role.PAID and one.figure in passage.figures
        if not one.figure.base.meets(reading.spent.figure.base)
    ]
    money = [figure.base for figure in report.figures if others and figure.kind is Kind.MONEY]
    return any(sum_.meets(whole) for whole in money for sum_ in others)


def _beside(balance: Amount, readings: list[Reading]) -> Reading | None:
    """The reading whose amounts stand in one sentence with the balance, all before it."""
    figure = balance.figure
    for reading in readings if balance.table is None else ():
        base, spent = reading.bases[0], reading.spent
        same = base.figure.view is figure.view is spent.figure.view
        if same and base.figure.start < spent.figure.start < figure.start:
            told = figure.view.text[base.figure.end : figure.start]
            if not compiled(r"[。；;\n]").search(told) and not word("carried_or_back").search(told):
                return reading
    return None


def _carries_over(report: Report) -> bool:
    """Whether the text speaks of money carried in or given back that no table line shows."""
    found = (passage.text for passage in report.prose if word("carried_or_back").search(passage.text))
    return any(role_of(text) is None for text in found)  # "结转结余数" heads a column and tells nothing


def _carried_line(report: Report) -> bool:
    """Whether a table shows the money of last year as a line of its budget: no side lacks it then."""
    return any(
        word("carried_or_back").search(amount.line.name)
        for table in report.money_tables
        for amount in table.of(Role.BUDGET, LineKind.SOURCE)
    )
