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

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.balances import Balance, balances
from auditor.facts.claim import Claim, Strength
from auditor.facts.own_form_amounts import Summed, summed
from auditor.facts.rows_told import RowTold, rows_told
from auditor.facts.same import told_twice
from auditor.facts.same_amounts import COMPARED, MOST_STATED, Compared, Pair, Standing, by_unit, compared
from auditor.facts.stated import facts_of
from auditor.facts.table_text import told_in_text
from auditor.facts.telling import two_figures
from auditor.facts.totals_told import TotalTold, totals_told
from auditor.facts.written_out import WrittenOut, written_out
from auditor.figures import Equation, Kind, Term, added, show
from auditor.report.model import Amount, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F105",
    name="funds.same-amount",
    title="同一金额前后不一致",
    severity=Severity.HIGH,
    basis=("表间、表文一致关系",),
)

_ONE = "核对账面数；是同一笔的，统一；不是的，写明各指什么。"


def check(report: Report, settings: Settings) -> Iterator[Result]:
    standing = Standing.of(report)
    for role in COMPARED:
        yield from _told_again(role, compared(report, role, standing))
    yield from map(_balance, balances(report, standing))
    for passage in report.prose:
        for one in written_out(passage):
            yield _in_words(one)
    roles = {amount.span for amount in report.prose_amounts if amount.whole}
    for claim in (*told_twice(report), *told_in_text(facts_of(report))):
        spans = {figure.span for figure in claim.figures}
        if claim.whole.kind is Kind.MONEY and not by_unit(*claim.figures) and not roles & spans:
            yield _slipped(claim)
    yield from map(_told_of_row, rows_told(facts_of(report)))
    yield from map(_told_of_total, totals_told(facts_of(report)))
    yield from map(_beside_form, summed(report))


def _told_again(role: Role, found: Compared) -> Iterator[Result]:
    if found.unread:
        yield RULE.not_assessable(
            f"“{role.value}”在文中写了{found.told}处，只核对了前{MOST_STATED}处。",
            [found.unread[0].figure],
            key=("too many", role.value),
        )
    yield from (_agrees(role, pair) if pair.holds else _differs(role, pair) for pair in found.pairs)


def _slipped(claim: Claim) -> Result:
    """Two amounts under one name that one slip of the pen explains."""
    first, later = claim.parts[0], claim.whole
    return RULE.query(
        two_figures(claim, "同一笔钱"),
        [first.figure, later.figure],
        relations=(claim.relation.equation(),),
        suggestion=_ONE,
        severity=Severity.MEDIUM,
        culprits=(later.figure.span,),
        key=(first.label, first.figure.raw, later.figure.raw),
    )


def _beside_form(one: Summed) -> Result:
    """The row of a summary against the form of that project."""
    own, other, scale, unit = one.own, one.other, one.own.figure.scale, one.own.figure.unit
    figures, name, key = (
        [own.figure, other.figure],
        f"“{one.project}”的{own.role.value}",
        ("汇总", one.project),
    )
    if one.holds:
        told = f"{name}，汇总表与该项目的自评表一致：{_written(own)}。"
        return RULE.consistent(told, figures, key=(*key, own.role.value, _written(own)))
    certain = one.strength is Strength.PROOF
    return RULE.by(one.strength)(
        f"{name}，汇总表填 {_written(own)}，该项目的自评表填 {_written(other)}，相差 {_gap(own, other)}{unit}。", figures,
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
        suggestion=_ONE,
        culprits=(told.figure.span,), key=("行", one.name, _written(amount), told.figure.raw),
    )  # fmt: skip


def _told_of_total(one: TotalTold) -> Result:
    """A total of the project's money, told in a sentence or at the foot of a list of details."""
    amount, scale = one.amount, one.amount.figure.scale
    relation = Equation(
        _term(amount, scale), Term.of(one.figure, scale, one.figure.raw), unit=amount.figure.unit, holds=False
    )
    return RULE.query(
        f"表中“{amount.line.name}”的“{amount.label}”是 {_written(amount)}，别处是{one.label}，像是同一笔钱，两个数不同。",
        [amount.figure, one.figure], relations=(relation,), severity=Severity.MEDIUM,
        suggestion=_ONE, culprits=(one.figure.span,), key=("总额", _written(amount), one.figure.raw),
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


def _written(amount: Amount) -> str:
    figure = amount.figure
    return figure.raw if figure.unit in figure.raw else f"{figure.raw}{figure.unit}"


def _term(amount: Amount, scale: Decimal) -> Term:
    return Term.of(amount.figure, scale, _written(amount))


def _gap(one: Amount, other: Amount) -> str:
    return show(abs(one.figure.amount - other.figure.amount) / one.figure.scale)


def _agrees(role: Role, pair: Pair) -> Result:
    first, later = _written(pair.first), _written(pair.later)
    return RULE.consistent(
        f"“{role.value}”两处一致：{first}、{later}。",
        [pair.first.figure, pair.later.figure],
        key=(role.value, first, later),
    )


def _differs(role: Role, pair: Pair) -> Result:
    first, later, certain = pair.first, pair.later, pair.strength is Strength.PROOF
    scale, unit = first.figure.scale, first.figure.unit
    return RULE.by(pair.strength)(
        f"“{role.value}”前后不一：“{first.label}”填 {_written(first)}，“{later.label}”又写 {_written(later)}，"
        f"相差 {_gap(first, later)}{unit}。",
        [first.figure, later.figure],
        relations=(Equation(_term(first, scale), _term(later, scale), unit=unit),),
        suggestion="核对账面数，统一前后口径；确属口径不同的，写明各自口径。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(later.span,),
        key=(role.value, _written(first), _written(later)),
    )


def _named(amount: Amount) -> str:
    return f"“{amount.label}”{_written(amount)}"


def _balance(told: Balance) -> Result:
    balance, reading, fits = told.left, told.reading, told.holds
    certain = told.strength is Strength.PROOF
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
    return RULE.by(told.strength)(
        f"{' 加'.join(map(_named, reading.bases))} 减{_named(reading.spent)} 为 {relation.shown}{unit}，"
        f"“{balance.label}”却是 {_written(balance)}，相差 {difference}{unit}。",
        evidence,
        relations=(relation,),
        suggestion="核对结余数和支出数，更正填错的一处。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(balance.span,),
        key=key,
    )
