"""F105 同一金额前后不一 (funds.same-amount)

查什么  同一笔全项目金额（年初预算、预算、到位、支出、结余）在表内、表间、文字里各处是否一致；
        结余是否等于预算（或到位、拨款）减支出；小写金额与大写是否一致。
为什么  同一个数前后两样，至少有一处填错。
反例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 150.00 | 150.00 | 138.60

    全年实际支出136.80万元，用于购置设备。
    → 不一致
正例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 150.00 | 150.00 | 138.60

    全年实际支出1386000元，其中设备购置费80.00万元。
    → 无
依据    表间、表文一致关系
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.claim import Claim
from auditor.facts.rests import exactly_nil
from auditor.facts.rows_told import RowTold, rows_told
from auditor.facts.same import told_twice
from auditor.facts.stated import facts_of
from auditor.facts.table_text import told_in_text
from auditor.facts.telling import two_figures
from auditor.facts.written_out import WrittenOut, written_out
from auditor.figures import Equation, Interval, Kind, Term, added, show, total
from auditor.language import word
from auditor.report.model import Amount, LineKind, OwnForm, Passage, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="F105",
    name="funds.same-amount",
    title="同一金额前后不一致",
    severity=Severity.HIGH,
    basis=("表间、表文一致关系",),
)

# An amount of prose called 预算 may be the approved or the adjusted one.
_MEANS: dict[Role, tuple[Role, ...]] = {
    Role.INITIAL: (Role.INITIAL, Role.BUDGET),
    Role.BUDGET: (Role.BUDGET, Role.INITIAL, Role.RECEIVED),
    Role.RECEIVED: (Role.RECEIVED, Role.BUDGET),
    Role.PAID: (Role.PAID,),
}
_MOST_READINGS = 12  # statements of one role tried as what a balance is the rest of
_MOST_PARTS = 6
_MOST_STATED = 60
"""Statements of one amount: a report of one project makes a dozen."""
_SLIPS = (Decimal(10) ** 4, Decimal(10) ** 8)
_BASES = (Role.BUDGET, Role.INITIAL, Role.RECEIVED, Role.ALLOCATED)
"""What a balance may be the rest of."""


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told = _Told.of(report)
    for role, meanings in _MEANS.items():
        yield from _compare(role, meanings, report, told)
    yield from _balance(report, told)
    for passage in report.prose:
        for one in written_out(passage):
            yield _in_words(one)
    roles = {amount.span for amount in report.prose_amounts if amount.whole}
    for claim in (*told_twice(report), *told_in_text(facts_of(report))):
        low, high = sorted(figure.amount for figure in claim.figures)
        by_unit = high / low in _SLIPS  # F109 asks about the unit
        if claim.whole.kind is Kind.MONEY and not by_unit and not roles & {f.span for f in claim.figures}:
            yield _slipped(claim)
    yield from map(_told_of_row, rows_told(facts_of(report)))
    for form in report.own_forms:
        yield from _beside_form(report, form)


def _slipped(claim: Claim) -> Result:
    """Two amounts under one name that one slip of the pen explains."""
    first, later = claim.parts[0], claim.whole
    return RULE.query(
        two_figures(claim, "同一笔钱"),
        [first.figure, later.figure],
        relations=(claim.relation.equation(),),
        suggestion="核对账面数；是同一笔的，统一；不是的，写明各指什么。",
        severity=Severity.MEDIUM,
        culprits=(later.figure.span,),
        key=(first.label, first.figure.raw, later.figure.raw),
    )


def _beside_form(report: Report, form: OwnForm) -> Iterator[Result]:
    """The row of a summary against the form of that project: proof where another amount ties the two together."""
    for own, other in form.amounts:
        figures, name, key = (
            [own.figure, other.figure],
            f"“{form.name}”的{own.role.value}",
            ("汇总", form.name),
        )
        if own.figure.base.meets(other.figure.base):
            told = f"{name}，汇总表与该项目的自评表一致：{_written(own)}。"
            yield RULE.consistent(told, figures, key=(*key, own.role.value, _written(own)))
            continue
        tied = any(one.figure.base.meets(beside.figure.base) for one, beside in form.amounts)
        known = not (report.unit_assumed(own) or form.form.unit_assumed(other))
        certain = tied and known and not (report.doubtful or form.form.doubtful)
        scale, unit = own.figure.scale, own.figure.unit
        gap = show(abs(own.figure.amount - other.figure.amount) / scale)
        yield (RULE.inconsistent if certain else RULE.query)(
            f"{name}，汇总表填 {_written(own)}，该项目的自评表填 {_written(other)}，相差 {gap}{unit}。", figures,
            relations=(Equation(_term(own, scale), _term(other, scale), unit=unit, holds=False),),
            suggestion="核对账面数，更正写错的一处。", severity=Severity.HIGH if certain else Severity.MEDIUM,
            culprits=(own.span,), key=(*key, _written(own), _written(other)),
        )  # fmt: skip


def _told_of_row(one: RowTold) -> Result:
    """The amount of a row of a table, told in the text under the row's name."""
    amount, told, scale = one.amount, one.told, one.amount.figure.scale
    relation = Equation(
        _term(amount, scale),
        Term.of(told.figure, scale, told.figure.raw),
        unit=amount.figure.unit,
        holds=False,
    )
    return RULE.query(
        f"表中“{one.name}”的“{amount.label}”是 {_written(amount)}，文中写“{told.in_words()}”，像是同一笔钱，两个数不同。",
        [amount.figure, told.figure], relations=(relation,), severity=Severity.MEDIUM,
        suggestion="核对账面数；是同一笔的，统一；不是的，写明各指什么。",
        culprits=(told.figure.span,), key=("行", one.name, _written(amount), told.figure.raw),
    )  # fmt: skip


def _in_words(one: WrittenOut) -> Result:
    """A sum in figures against the same sum in words: the document's own bracket ties them."""
    words, key = one.view.text, ("大写", one.figure.raw, one.view.text)
    if one.holds:
        return RULE.consistent(f"{one.figure.raw} 与大写“{words}”一致。", [one.figure, one.view], key=key)
    figure = one.figure
    meant = f"{show(one.amount / figure.scale)}{figure.unit}"
    relation = Equation(
        Term.of(figure, text=figure.raw), Term.exact(one.amount / figure.scale, meant), unit=figure.unit
    )
    return RULE.inconsistent(
        f"小写 {one.figure.raw} 与大写“{words}”（{meant}）不一致。",
        [one.figure, one.view],
        relations=(relation,),
        suggestion="按合同或凭证核对金额，更正写错的一处。",
        culprits=(one.figure.span,),
        key=key,
    )


def _compare(role: Role, meanings: tuple[Role, ...], report: Report, told: _Told) -> Iterator[Result]:
    stated = [amount for amount in report.stated(role) if _of_the_year(amount, report)]
    if not stated:
        return
    first = stated[0]
    whole = _whole_of_tables(stated)
    if whole is not None:
        yield from (_agrees(role, whole, amount) for amount in stated if amount.table is None)
        return
    others = [amount for meaning in meanings[1:] for amount in report.stated(meaning)]
    if left := stated[_MOST_STATED:]:
        yield RULE.not_assessable(
            f"“{role.value}”在文中写了{len(stated)}处，只核对了前{_MOST_STATED}处。",
            [left[0].figure],
            key=("too many", role.value),
        )
    for amount in stated[1:_MOST_STATED]:
        if amount.table is not None and amount.table == first.table and amount.line.name != first.line.name:
            continue  # "本年支出合计" and "总计" of one table are two sums
        if amount.table is not None and (amount.table, amount.row) == (first.table, first.row):
            continue  # two columns of one line are two things
        if amount.figure.base.meets(first.figure.base):
            yield _agrees(role, first, amount)
        elif (
            _part_and_whole(told, role, first, amount)
            or any(amount.figure.base.meets(other.figure.base) for other in others)
            or (amount.table is None and _told_as_part(report, told, first, amount))
        ):
            continue
        elif not _unit_slip(first, amount):
            yield _differs(role, first, amount, report)


def _whole_of_tables(stated: list[Amount]) -> Amount | None:
    """The sum in prose that the totals of several tables make up together: each speaks of a part."""
    tabled = list({amount.table: amount for amount in reversed(stated) if amount.table is not None}.values())
    if len(tabled) < 2 or len({amount.figure.amount for amount in tabled}) < 2:
        return None
    added = total(amount.figure.base for amount in tabled)
    return next((a for a in stated if a.table is None and a.figure.base.meets(added)), None)


@frozen
class _Told:
    """Where amounts stand: the lines of the tables by role and sum (a line that stands alone is no part),
    and the passages by their text."""

    lines: frozenset[tuple[Role, Decimal]]
    passages: dict[View, Passage]

    @classmethod
    def of(cls, report: Report) -> _Told:
        lines: set[tuple[Role, Decimal]] = set()
        for table in report.money_tables:
            parts = [
                one for one in table.amounts if one.line.kind is not LineKind.TOTAL and one.figure.amount
            ]
            several = Counter(one.role for one in parts)
            lines.update((one.role, one.figure.amount) for one in parts if several[one.role] > 1)
        return cls(frozenset(lines), {passage.view: passage for passage in report.prose})


def _part_and_whole(told: _Told, role: Role, first: Amount, amount: Amount) -> bool:
    """Whether the smaller sum is a line of a table, or stands beside the larger one: 市级 2,260 of 3,390."""
    small, large = sorted((first, amount), key=lambda one: one.figure.amount)
    if (role, small.figure.amount) in told.lines and small.figure.amount < large.figure.amount:
        return True
    passage = told.passages.get(large.figure.view)
    if passage is None:
        return False
    return any(
        figure.kind is Kind.MONEY
        and figure.amount == small.figure.amount
        and figure is not large.figure
        and word("a_part_of_money").search(compiled("[。；;]").split(passage.text[: figure.start])[-1])
        for figure in passage.figures
    )


def _told_as_part(report: Report, told: _Told, first: Amount, amount: Amount) -> bool:
    """Whether a line of a table is this sum ("财政拨款350万元，支出334.34万元"), or its own passage tells
    what else there is: the rest, or amounts of its kind, that with this one make up the whole."""
    if (amount.role, amount.figure.amount) in told.lines and amount.figure.amount < first.figure.amount:
        return True
    if first.table is None and first.role is Role.PAID and _other_payment(report, first, amount):
        return True
    passage = told.passages.get(amount.figure.view)
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


def _of_the_year(amount: Amount, report: Report) -> bool:
    return amount.year is None or report.fiscal_year is None or amount.year == report.fiscal_year


def _unit_slip(a: Amount, b: Amount) -> bool:
    """A factor of exactly 10^4 or 10^8 belongs to F109."""
    low, high = sorted((a.figure.amount, b.figure.amount))
    return low > 0 and high / low in _SLIPS


def _written(amount: Amount) -> str:
    figure = amount.figure
    return figure.raw if figure.unit in figure.raw else f"{figure.raw}{figure.unit}"


def _term(amount: Amount, scale: Decimal) -> Term:
    return Term.of(amount.figure, scale, _written(amount))


def _agrees(role: Role, first: Amount, amount: Amount) -> Result:
    return RULE.consistent(
        f"“{role.value}”两处一致：{_written(first)}、{_written(amount)}。",
        [first.figure, amount.figure],
        key=(role.value, _written(first), _written(amount)),
    )


def _differs(role: Role, first: Amount, amount: Amount, report: Report) -> Result:
    difference = show(abs(first.figure.amount - amount.figure.amount) / first.figure.scale)
    evidence = [first.figure, amount.figure]
    message = (
        f"“{role.value}”前后不一：“{first.label}”填 {_written(first)}，“{amount.label}”又写 {_written(amount)}，"
        f"相差 {difference}{first.figure.unit}。"
    )
    unit = first.figure.unit
    relation = Equation(_term(first, first.figure.scale), _term(amount, first.figure.scale), unit=unit)
    suggestion = "核对账面数，统一前后口径；确属口径不同的，写明各自口径。"
    key = (role.value, _written(first), _written(amount))
    # The bare word "预算" in prose may mean another stage of the budget; two tables of a report may
    # have scopes of their own when nothing else ties them together.
    # Two sentences may speak of two periods or scopes; a table says what it counts.
    if first.table is None and amount.table is None:
        certain = False
    else:
        certain = role is Role.PAID or (amount.table is not None and first.table is not None)
    certain = certain and (amount.table is None or _tied(first, amount, report))
    certain = certain and ("累计" in first.label) is ("累计" in amount.label)
    certain = certain and _comparable(report, first, amount)
    make = RULE.inconsistent if certain else RULE.query
    return make(
        message,
        evidence,
        relations=(relation,),
        suggestion=suggestion,
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(amount.span,),
        key=key,
    )


def _tied(first: Amount, amount: Amount, report: Report) -> bool:
    """Whether two tables speak of the same money: one holds details only, or they share an amount."""
    if first.table is None or amount.table is None or first.table == amount.table:
        return True
    mine, other = (report.money_tables[table] for table in (first.table, amount.table))
    values = {a.figure.amount for a in mine.amounts if a.role.is_money and a.figure.amount}
    if any(a.figure.amount in values for a in other.amounts if a.role.is_money):
        return True
    return Role.BUDGET not in other.roles and Role.INITIAL not in other.roles


def _comparable(report: Report, *amounts: Amount) -> bool:
    """Whether the amounts are counted in known units, or all in the one that was assumed."""
    return len({report.unit_assumed(amount) for amount in amounts}) == 1


@frozen
class _Reading:
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


def _balance(report: Report, told: _Told) -> Iterator[Result]:
    """结余 = 预算 (到位, 拨款) − 支出, where both are printed and no form formula says otherwise."""
    balances = [amount for amount in report.stated(Role.BALANCE) if _of_the_year(amount, report)]
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
    readings = [_Reading(base, spent) for base, spent in pairs]
    for balance in balances:
        if balance.table is not None:
            if balance.table in has_formula or None in has_formula:
                continue
            if any(
                word("carried_or_back").search(header)
                for header in report.money_tables[balance.table].headers
            ):
                continue  # "上年结转 | 本年收入 | 本年支出 | 年末结余"
        near = [*_of_its_table(balance, report), *readings]
        fitting = next((one for one in near if one.rest.meets(_left(balance, one))), None)
        carried = fitting is None and _carries_over(report)
        reading = fitting or _beside(balance, readings) or _as_its_lines(balance, near, report)
        if carried and not _carried_line(report) and _beside(balance, readings) is None:
            continue  # money of last year or money given back moves between the two sides
        if fitting is None and _of_another_purse(report, told, balance, reading):
            continue
        certain = not carried and _comparable(report, balance, *reading.amounts)
        certain = certain and all(_tied(one, balance, report) for one in reading.amounts)
        certain = certain and not _other_sums(report, told, balance, reading)
        yield _balance_result(balance, reading, fitting is not None, certain)


def _of_its_table(balance: Amount, report: Report) -> Iterator[_Reading]:
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
            yield from (_Reading(base, spent[0]) for base in _adjusted(told[0], report))


def _adjusted(amount: Amount, report: Report) -> Iterator[tuple[Amount, ...]]:
    """The initial budget with the change told beside it, which is the budget there was, then the amount alone."""
    if amount.role is Role.INITIAL and amount.table is not None:
        change = [one for one in report.stated(Role.ADJUSTMENT) if one.table == amount.table]
        if len(change) == 1 and change[0].line.kind is amount.line.kind:
            yield amount, change[0]
    yield (amount,)


def _as_its_lines(balance: Amount, readings: Sequence[_Reading], report: Report) -> _Reading:
    """The reading by which most lines of the balance's table come out: what is left of a plan or of what arrived."""
    if balance.table is None:
        return readings[0]
    lines: dict[str, dict[Role, Interval]] = {}
    for one in report.money_tables[balance.table].of_kind(LineKind.SOURCE):
        lines.setdefault(one.line.name, {})[one.role] = one.figure.base

    def held(reading: _Reading) -> int:
        roles = [one.role for one in (*reading.bases, reading.spent, balance)]
        told = (
            [line[role] for role in roles] for line in lines.values() if all(role in line for role in roles)
        )
        return sum((total(bases) - spent).meets(left) for *bases, spent, left in told)

    return max(readings, key=held)


def _left(balance: Amount, reading: _Reading) -> Interval:
    """What the balance can stand for; nil means nil where both amounts have decimals."""
    return exactly_nil(balance.figure, [one.figure for one in reading.amounts]).base


def _other_sums(report: Report, told: _Told, balance: Amount, reading: _Reading) -> bool:
    """Whether other sums of the report explain the balance: another budget, what else was paid or kept
    beside it; or the budget read is too small for what was paid."""
    spent = reading.spent
    left = sum((one.figure.amount for one in reading.bases), Decimal(0)) - spent.figure.amount
    if left < 0:
        return True
    wanted = balance.figure.base + spent.figure.base
    if any(figure.kind is Kind.MONEY and figure.base.meets(wanted) for figure in report.figures):
        return True
    passage = told.passages.get(balance.figure.view)
    if passage is None:
        return False
    gap = abs(left - balance.figure.amount)
    paid = [one for one in report.prose_amounts if one.role is Role.PAID and one.figure in passage.figures]
    every = reading.base - total(one.figure.base for one in paid)
    beside = any(figure.kind is Kind.MONEY and figure.amount == gap for figure in passage.figures)
    return beside or (len(paid) > 1 and every.meets(balance.figure.base))


def _of_another_purse(report: Report, told: _Told, balance: Amount, reading: _Reading) -> bool:
    """Whether its own passage tells another payment that with the balance makes up a sum of the report: "债券发行2.5亿元…
    债券累计支出2.41亿元，未支出的900万元" beside the capital that was paid in."""
    passage = told.passages.get(balance.figure.view)
    others = [
        one.figure.base + balance.figure.base
        for one in report.prose_amounts
        if passage is not None and one.role is Role.PAID and one.figure in passage.figures
        if not one.figure.base.meets(reading.spent.figure.base)
    ]
    money = [figure.base for figure in report.figures if others and figure.kind is Kind.MONEY]
    return any(sum_.meets(whole) for whole in money for sum_ in others)


def _beside(balance: Amount, readings: list[_Reading]) -> _Reading | None:
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
    return any(word("carried_or_back").search(passage.text) for passage in report.prose)


def _carried_line(report: Report) -> bool:
    """Whether a table shows the money of last year as a line of its budget: no side lacks it then."""
    return any(
        word("carried_or_back").search(amount.line.name)
        for table in report.money_tables
        for amount in table.of(Role.BUDGET, LineKind.SOURCE)
    )


def _named(amount: Amount) -> str:
    return f"“{amount.label}”{_written(amount)}"


def _balance_result(balance: Amount, reading: _Reading, fits: bool, certain: bool) -> Result:
    scale, unit = balance.figure.scale, balance.figure.unit
    base = added(_term(one, scale) for one in reading.bases)
    relation = Equation(base - _term(reading.spent, scale), _term(balance, scale), unit=unit, holds=fits)
    evidence = [balance.figure, *(one.figure for one in reading.amounts)]
    key = ("结余", *map(_written, reading.amounts), _written(balance))
    if fits:
        return RULE.consistent(
            f"结余 {_written(balance)} 与收支相符。", evidence, relations=(relation,), key=key
        )
    difference = show(abs(relation.difference or Decimal(0)))
    return (RULE.inconsistent if certain else RULE.query)(
        f"{' 加'.join(map(_named, reading.bases))} 减{_named(reading.spent)} 为 {relation.shown}{unit}，"
        f"“{balance.label}”却是 {_written(balance)}，相差 {difference}{unit}。",
        evidence,
        relations=(relation,),
        suggestion="核对结余数和支出数，更正填错的一处。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(balance.span,),
        key=key,
    )
