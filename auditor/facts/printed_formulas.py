"""Formulas printed in the form, put to its own numbers: by the numbers of rows, or by the names of columns.

支出实现率 | (4)=(2)÷(1)                 rows of the table, column by column
结余=到位资金−实际支出                   names in a note: labels of the money tables
"""

from __future__ import annotations

import operator
from collections.abc import Iterator
from decimal import Decimal

from auditor.figures import Equation, Expression, Figure, Kind, Term
from auditor.report.labels import clean
from auditor.report.model import Amount, Formula, LineKind, Report
from auditor.values import frozen

_APPLIED = {"+": operator.add, "-": operator.sub, "×": operator.mul, "÷": operator.truediv}


@frozen
class Applied:
    """A formula with the amounts that its names stand for; `line` is the column, "" where names are those of totals."""

    formula: Formula
    left: Amount
    terms: list[Amount]
    line: str
    relation: Equation


@frozen
class Unknown:
    """A formula one of whose names no table has."""

    formula: Formula
    name: str


def applied(report: Report) -> Iterator[Applied | Unknown]:
    """Every formula that the amounts of the report bear out, or fail to."""
    named = _named(report) if report.formulas else {}
    for formula in report.formulas:
        yield from _by_rows(formula, report) if formula.table is not None else _by_names(formula, named)


def _by_rows(formula: Formula, report: Report) -> Iterator[Applied]:
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


def _by_names(formula: Formula, named: dict[str, Amount]) -> Iterator[Applied | Unknown]:
    """A formula in a note: its names are labels of the money tables."""
    left = named.get(formula.left.text)
    terms = [named.get(term.text) for term in formula.terms]
    if left is None or all(term is None for term in terms):
        return
    missing = [term.text for term, amount in zip(formula.terms, terms, strict=True) if amount is None]
    if missing:
        yield Unknown(formula, missing[0])
        return
    yield from _evaluate(formula, left, [term for term in terms if term is not None], "")


def _evaluate(formula: Formula, left: Amount, terms: list[Amount], line: str) -> Iterator[Applied]:
    rate = left.figure.kind is Kind.RATE
    scale = terms[0].figure.scale if rate else left.figure.scale
    expression: Expression = _term(terms[0].figure, scale)
    for sign, term in zip(formula.operators, terms[1:], strict=True):
        if sign == "÷" and term.figure.base.low <= 0:
            return
        expression = _APPLIED[sign](expression, _term(term.figure, scale))
    relation = Equation(
        expression,
        Term.of(left.figure, text=left.figure.raw),
        percent=rate,
        decimals=2 if rate else 4,
        named="填 {}",
    )
    if relation.meets or not (left.figure.doubtful or any(term.figure.doubtful for term in terms)):
        yield Applied(formula, left, terms, line, relation)


def _term(figure: Figure, scale: Decimal) -> Term:
    """A figure as a term: money in the unit of the result, other things in ones, rates as they are."""
    if figure.kind is Kind.RATE:
        return Term.of(figure)
    return Term.of(figure, scale if figure.kind is Kind.MONEY else Decimal(1))
