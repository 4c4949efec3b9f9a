"""F106 执行率、到位率 (funds.printed-rate)

查什么  填报的预算执行率、到位率、支出率与表内金额重算是否一致；指标表里重复填的执行率一并核对；
        节约率与未支出比例是否相符。执行率的分母是调整后的全年预算数。
为什么  执行率直接换算得分；用错分母、照抄上年、手工估填都在这里露出来。
反例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 100.00 | 100.00 | 80.00 | 10 | 98% | 8
    → 不一致
正例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 0 | 412.50 | 396.84 | 10 | 96% | 9.62
    → 无
依据    财预〔2020〕10号项目支出绩效自评表：执行率＝全年执行数÷全年预算数
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from auditor.document import Span
from auditor.figures import Figure, Interval, Kind, scan, show
from auditor.report.labels import role_of
from auditor.report.model import Amount, LineKind, MoneyTable, Report, Role, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.funds import HUNDRED, Budget, budgets, line_budgets, percent, printed_percent, quotient
from auditor.rules.settings import Settings

RULE = Rule(
    code="F106",
    name="funds.printed-rate",
    title="执行率（到位率）与金额不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号",),
)

_PROSE_RATE = re.compile(
    r"(?:(?P<arrival>(?:资金|实际)?到位率)|(?P<rate>(?:预算|资金|全年|项目)*(?:执行率|执行进度)))(?:为|是|达到?|:|仅|只有)*$"
)
_PART = re.compile(r"其中|三公|上年|去年|季度|月|各项|分项|同比|占比|偏离|得分|按.{0,6}$")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for index, table in enumerate(report.money_tables):
        if index not in {formula.table for formula in report.formulas}:
            yield from _table_rates(table, report)
    yield from _indicator_rates(report)
    yield from _prose_rates(report)


def _table_rates(table: MoneyTable, report: Report) -> Iterator[Result]:
    for rate in table.amounts:
        if rate.role is Role.EXECUTION_RATE:
            name = rate.line.name
            spent = _on_line(table, name, (Role.PAID,))
            bases = line_budgets(table, name)
            if not bases and rate.line.kind is LineKind.TOTAL:
                bases = budgets(report)
            for paid in spent:
                yield _compare(rate.figure, f"“{name}”{rate.label}", paid, bases, certain=True)
        elif rate.role in (Role.ARRIVAL_RATE, Role.SPENDING_RATE):
            yield from _other_rate(table, rate)


def _on_line(table: MoneyTable, name: str, roles: tuple[Role, ...]) -> list[Amount]:
    return [amount for amount in table.amounts if amount.role in roles and amount.line.name == name]


def _other_rate(table: MoneyTable, rate: Amount) -> Iterator[Result]:
    """到位率 = 到位 ÷ 预算 (or 投入); 支出率 = 支出 ÷ 到位 (or 预算)."""
    arrival = rate.role is Role.ARRIVAL_RATE
    tops = _on_line(table, rate.line.name, (Role.RECEIVED,) if arrival else (Role.PAID,))
    roles = (
        (Role.BUDGET, Role.INVESTED, Role.INITIAL)
        if arrival
        else (Role.RECEIVED, Role.BUDGET, Role.ALLOCATED)
    )
    bases = [
        Budget((base.figure,), base.figure.base, show(base.figure.value))
        for base in _on_line(table, rate.line.name, roles)
    ]
    for top in tops[:1]:
        yield _compare(rate.figure, f"“{rate.line.name}”{rate.label}", top, bases, certain=True)


def _compare(rate: Figure, label: str, part: Amount, bases: list[Budget], certain: bool) -> Result:
    printed = printed_percent(rate)
    written = rate.raw
    evidence = [rate, part.figure, *(figure for base in bases[:1] for figure in base.parts)]
    usable = [base for base in bases if percent(part.figure.base, base.value) is not None]
    if not usable or rate.doubtful:
        return RULE.not_assessable(
            f"{label} {written}：分母为 0 或没有找到，无法重算。", evidence, key=(label, written)
        )
    for base in usable:
        value = percent(part.figure.base, base.value)
        assert value is not None
        if value.meets(printed):
            return RULE.consistent(
                f"{label} {written} 与金额相符。",
                [rate, part.figure, *base.parts],
                calculation=_formula(part.figure, base),
                key=(label, written, show(part.figure.value), base.written),
            )
    return _mismatch(rate, label, part, usable[0], evidence, certain)


def _formula(part: Figure, base: Budget) -> str:
    unit = base.parts[0].unit
    denominator = f"({base.written})" if len(base.parts) > 1 else base.written
    top = show(part.amount / base.parts[0].scale)
    return f"{top} ÷ {denominator} = {quotient(part.amount, base.amount)}（{unit}）"


def _mismatch(
    rate: Figure, label: str, part: Amount, base: Budget, evidence: list[Figure], certain: bool
) -> Result:
    computed = quotient(part.figure.amount, base.amount)
    amounts = _formula(part.figure, base).split(" = ")[0]
    make = RULE.inconsistent if certain else RULE.query
    return make(
        f"{label}填 {rate.raw}，按金额重算 {amounts} 为 {computed}，两者不符。",
        evidence,
        calculation=f"{_formula(part.figure, base)} ≠ {rate.raw}",
        impact="执行率换算得分，直接影响自评总分。",
        suggestion="按全年执行数÷全年预算数重算执行率，并相应更正得分。",
        culprits=(rate.span,),
        key=(label, rate.raw, show(part.figure.value), base.written),
    )


def _indicator_rates(report: Report) -> Iterator[Result]:
    paid = report.stated(Role.PAID)
    for indicator in report.indicators:
        role = role_of(indicator.name)
        if indicator.is_execution or indicator.actual is None or role is None or not role.is_rate:
            continue
        figure = next((f for f in scan(indicator.actual) if f.kind is Kind.RATE), None)
        if figure is None:
            continue
        label = f"指标“{indicator.name}”完成值"
        if role is Role.EXECUTION_RATE and paid and budgets(report):
            yield _compare(figure, label, paid[0], budgets(report), certain=True)
        elif role is Role.ARRIVAL_RATE:
            received = report.stated(Role.RECEIVED) or report.stated(Role.ALLOCATED)
            if received and budgets(report):
                yield _compare(figure, label, received[0], budgets(report), certain=False)
        elif role is Role.SAVING_RATE:
            yield from _saving(figure, indicator.actual.text, label, report)


def _saving(figure: Figure, written: str, label: str, report: Report) -> Iterator[Result]:
    """节约率 = 1 − 支出 ÷ 预算. What is unspent need not be saved, so this only asks."""
    paid, bases = report.stated(Role.PAID), budgets(report)
    if not paid or not bases:
        return
    spent = percent(paid[0].figure.base, bases[0].value)
    if spent is None:
        return
    saved = HUNDRED - spent
    shown = f"{show(Decimal(100) - paid[0].figure.amount / bases[0].amount * 100, 2)}%"
    evidence = [figure, paid[0].figure, *bases[0].parts]
    calculation = f"1 − {_formula(paid[0].figure, bases[0])}，未支出 {shown}"
    key = (label, written, shown)
    if saved.meets(_per_cent(figure)):
        yield RULE.consistent(
            f"{label} {written} 与未支出比例相符。", evidence, calculation=calculation, key=key
        )
        return
    yield RULE.query(
        f"{label}填 {written}，而按金额未支出的占 {shown}，请说明节约率怎样算得。",
        evidence,
        calculation=calculation,
        suggestion="说明节约率的口径；未支付不等于节约。",
        severity=Severity.LOW,
        culprits=(figure.span,),
        key=key,
    )


def _per_cent(figure: Figure) -> Interval:
    """Per cent of a figure that may be a bound (≤15%)."""
    return figure.interval if figure.unit == "%" else printed_percent(figure)


def _prose_rates(report: Report) -> Iterator[Result]:
    paid = report.stated(Role.PAID)
    bases = budgets(report)
    received = report.stated(Role.RECEIVED)
    seen: set[Span] = {amount.span for table in report.money_tables for amount in table.amounts}
    for passage in report.prose:
        if passage.kind is TextKind.CELL and passage.filled_by_system:
            continue
        for figure in passage.figures:
            if figure.kind is not Kind.RATE or figure.is_vague:
                continue
            before = passage.text[max(0, figure.start - 40) : figure.start]
            clause = re.split(r"[。；;\n]", before)[-1]
            match = _PROSE_RATE.search(clause)
            if match is None or _PART.search(clause) or figure.span in seen:
                continue
            seen.add(figure.span)
            top = received if match["arrival"] else paid
            if top and bases:
                yield _compare(
                    figure, f"文字中的{match['arrival'] or match['rate']}", top[0], bases, certain=True
                )
