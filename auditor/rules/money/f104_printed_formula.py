"""F104 表内公式 (funds.printed-formula)

查什么  表上印出的每个公式，如“(5)=(3)-(4)”“结余数=拨款数-支付数”，逐列代入核算；文字里写出的算式，
        如“490÷500=98%”，按所写的数重算。
为什么  公式是表自己定的口径，代入不符就是填错；算式写在纸上，算错了一看便知。
反例
    投入指标 | 行次 | 合计 | 上级财政资金 | 本级财政资金
    实际到位 | (1) | 602.43 | 400.00 | 202.43
    实际支出 | (2) | 584.36 | 392.20 | 192.16
    资金结余 | (3)=(1)-(2) | 28.07 | 7.80 | 10.27
    → 不一致
反例
    二、资金情况
    预算执行率=490÷500=96%。
    → 不一致
正例
    二、资金情况
    预算执行率=490÷500=98%，得分=10×98%=9.8分。
    → 无
正例
    投入指标 | 行次 | 合计 | 上级财政资金 | 本级财政资金
    实际到位 | (1) | 602.43 | 400.00 | 202.43
    实际支出 | (2) | 584.36 | 392.20 | 192.16
    资金结余 | (3)=(1)-(2) | 18.07 | 7.80 | 10.27
    支出实现率 | (4)=(2)÷(1) | 97% | 98.05% | 94.93%
    → 无
依据    表内公式
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.written_equations import Written, equations
from auditor.figures import Equation, Expression, Figure, Kind, Term, show
from auditor.report.labels import clean
from auditor.report.model import Amount, Formula, LineKind, Report
from auditor.rules.base import Evidence, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F104",
    name="funds.printed-formula",
    title="与表内公式不符",
    severity=Severity.HIGH,
    basis=("表内公式",),
)

_APPLIED = {"+": operator.add, "-": operator.sub, "×": operator.mul, "÷": operator.truediv}


def check(report: Report, settings: Settings) -> Iterator[Result]:
    named = _named(report) if report.formulas else {}
    for formula in report.formulas:
        if formula.table is None:
            yield from _by_names(formula, named)
        else:
            yield from _by_rows(formula, report)
    for passage in report.passages:
        for equation in equations(passage):
            yield _written(equation)


def _written(equation: Written) -> Result:
    """A calculation written out with its result."""
    shown = show(equation.value, 4)
    relation = Equation(
        equation.terms,
        equation.result,
        per=equation.per,
        decimals=4,
        gap="",
        holds=equation.holds,
        named="写作 {}",
    )
    evidence, key = [equation.view], (equation.view.text,)
    if equation.holds:
        return RULE.consistent(
            f"算式“{equation.view.text}”算得对。",
            evidence,
            relations=(relation,),
            key=key,
        )
    return (RULE.query if equation.possible else RULE.inconsistent)(
        f"算式“{equation.view.text}”按所写的数应为 {shown}。", evidence,
        relations=(relation,),
        suggestion="核对算式里的各个数和结果，更正写错的一个。",
        severity=Severity.LOW if equation.possible else Severity.MEDIUM,
        culprits=(equation.view.span(),), key=key,
    )  # fmt: skip


def _by_rows(formula: Formula, report: Report) -> Iterator[Result]:
    assert formula.table is not None
    table = report.money_tables[formula.table]
    rows = {number: table.references.get(number or "") for number in _references(formula)}
    if None in rows.values():
        return
    lines = dict.fromkeys(
        amount.line for amount in table.amounts if amount.row == rows[formula.left.reference]
    )
    for line in lines:
        found = {
            number: next((a for a in table.amounts if a.row == row and a.line == line), None)
            for number, row in rows.items()
        }
        left = found[formula.left.reference]
        terms = [amount for term in formula.terms if (amount := found[term.reference]) is not None]
        if left is not None and len(terms) == len(formula.terms):
            yield from _evaluate(formula, left, terms, line.name)


def _references(formula: Formula) -> list[str | None]:
    return [formula.left.reference, *(term.reference for term in formula.terms)]


def _named(report: Report) -> dict[str, Amount]:
    """Totals of the money tables by their column or row label, the first of each."""
    return {
        clean(amount.label): amount
        for table in reversed(report.money_tables)
        for amount in table.amounts
        if amount.line.kind is LineKind.TOTAL and (amount.role.is_money or amount.role.is_rate)
    }


def _by_names(formula: Formula, named: dict[str, Amount]) -> Iterator[Result]:
    """A formula in a note: its names are labels of the money tables."""
    left = named.get(formula.left.text)
    terms = [named.get(term.text) for term in formula.terms]
    if left is None or all(term is None for term in terms):
        return
    missing = [term.text for term, amount in zip(formula.terms, terms, strict=True) if amount is None]
    if missing:
        yield RULE.not_assessable(
            f"公式“{formula.view.text}”中的“{missing[0]}”在表内没有找到，未核算。", [formula.view]
        )
        return
    yield from _evaluate(formula, left, [term for term in terms if term is not None], "")


def _evaluate(formula: Formula, left: Amount, terms: list[Amount], line: str) -> Iterator[Result]:
    rate = left.figure.kind is Kind.RATE
    scale = terms[0].figure.scale if rate else left.figure.scale
    expression: Expression = _term(terms[0].figure, scale)
    for sign, term in zip(formula.operators, terms[1:], strict=True):
        if sign == "÷" and term.figure.base.low <= 0:
            return
        expression = _APPLIED[sign](expression, _term(term.figure, scale))
    printed, unit = left.figure.raw, left.figure.unit
    relation = Equation(
        expression, Term.of(left.figure, text=printed), percent=rate, decimals=2 if rate else 4, named="填 {}"
    )
    computed = f"{relation.shown}{'%' * rate}"
    where = f"“{line}”列" if line else ""
    evidence: list[Evidence] = [formula.view, left.figure, *(term.figure for term in terms)]
    key = (formula.view.text, line, printed, *(show(term.figure.value) for term in terms))
    if relation.meets:
        yield RULE.consistent(
            f"{where}“{left.label}”与公式“{formula.view.text}”一致。",
            evidence,
            relations=(relation,),
            key=key,
        )
        return
    if left.figure.doubtful or any(term.figure.doubtful for term in terms):
        return
    suffix = unit if unit not in printed else ""
    money_unit = "" if rate else unit
    yield RULE.inconsistent(
        f"{where}“{left.label}”按公式“{formula.view.text}”应为 {computed}{money_unit}，填 {printed}{suffix}。",
        evidence,
        relations=(relation,),
        suggestion=f"核对公式各项，更正“{left.label}”。",
        culprits=(left.span,),
        key=key,
    )


def _term(figure: Figure, scale: Decimal) -> Term:
    """A figure as a term: money in the unit of the result, other things in ones, rates as they are."""
    if figure.kind is Kind.RATE:
        return Term.of(figure)
    return Term.of(figure, scale if figure.kind is Kind.MONEY else Decimal(1))
