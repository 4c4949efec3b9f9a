"""The report's tables as rows that a memo can print: money by line, scores by indicator."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from decimal import Decimal

from auditor.document import Span
from auditor.facts.scoring.shown import actual_text, target_text
from auditor.figures import Figure, show
from auditor.pipeline.group import Item
from auditor.report import Report
from auditor.report.model import Amount, Indicator, MoneyTable, Role
from auditor.rules import Verdict
from auditor.values import frozen

_SCORING = ("S205", "S206")
"""Rules whose tick mark says that the score of a row was recomputed and holds."""


@frozen
class MoneyLine:
    """Budget and payment of one line of a money table, as printed, both in `unit` ("" where the table
    names none). `kind` is total, source or detail; `table` counts the money tables from 1."""

    table: int
    kind: str
    label: str
    unit: str
    budget: str | None
    paid: str | None


@frozen
class IndicatorRow:
    """One indicator as printed. `recomputed` is the score that a result proves in place of the printed
    one, None where none does; `holds` says that the printed score was recomputed and is right; `findings` are the
    fingerprints of what is wrong with the row."""

    path: tuple[str, ...]
    name: str
    target: str | None
    actual: str | None
    weight: str | None
    score: str | None
    recomputed: str | None
    holds: bool
    findings: tuple[str, ...] = ()


def money_lines(report: Report) -> list[MoneyLine]:
    """Lines of the money tables that state a budget or a payment of the year, in printed order."""
    return [
        line for number, table in enumerate(report.money_tables, 1) for line in _lines(report, number, table)
    ]


def _lines(report: Report, number: int, table: MoneyTable) -> Iterable[MoneyLine]:
    lines: dict[tuple[int, str], list[Amount]] = {}
    for amount in table.amounts:
        other_year = amount.year is not None and report.fiscal_year not in (None, amount.year)
        if amount.role.is_money and not other_year and not amount.figure.is_vague:
            lines.setdefault((amount.line.place, amount.line.name), []).append(amount)
    for amounts in lines.values():
        line = amounts[0].line
        by_role: dict[Role, Figure] = {}
        for amount in amounts:
            by_role.setdefault(amount.role, amount.figure)
        figure = by_role.get(Role.BUDGET) or by_role.get(Role.INITIAL)
        paid = by_role.get(Role.PAID)
        if figure is None and paid is None:
            continue
        unit = _unit(table, [one for one in (figure, paid) if one is not None])
        budget = None if figure is None else _budget(by_role, figure)
        yield MoneyLine(
            number, line.kind.value, line.name, unit[0],
            None if budget is None else show(budget / unit[1]),
            None if paid is None else show(paid.amount / unit[1]),
        )  # fmt: skip


def _budget(by_role: dict[Role, Figure], figure: Figure) -> Decimal:
    """The adjusted budget in 元; where none is printed, the initial one with its adjustment."""
    adjustment = by_role.get(Role.ADJUSTMENT)
    if Role.BUDGET in by_role or adjustment is None:
        return figure.amount
    return figure.amount + adjustment.amount


def _unit(table: MoneyTable, figures: list[Figure]) -> tuple[str, Decimal]:
    """The unit of the first figure and what it is worth; nameless where nothing in the table names it."""
    first = figures[0]
    named = not table.unit_assumed or all(one.unit and one.unit in one.raw for one in figures)
    return (first.unit if named else "", first.scale)


def indicator_rows(report: Report, found: Sequence[Item]) -> list[IndicatorRow]:
    """Every indicator of the report, in printed order."""
    deltas: dict[Span, Decimal] = {}
    held: set[Span] = set()
    for item in found:
        result = item.result
        if result.verdict is Verdict.INCONSISTENT and result.score_delta:
            delta = Decimal(result.score_delta)
            for span in result.culprits:
                deltas[span] = max(delta, deltas.get(span, Decimal(0)), key=abs)
        elif result.verdict is Verdict.CONSISTENT and result.rule.code in _SCORING:
            held.update(result.evidence)
    blamed = _blamed(report, found)
    return [
        _row(indicator, deltas, held, blamed.get(at, ())) for at, indicator in enumerate(report.indicators)
    ]


def _blamed(report: Report, found: Sequence[Item]) -> dict[int, tuple[str, ...]]:
    """By position of the row, what is wrong with one of its cells: those that a finding blames, else all it quotes."""
    rows = sorted((row.span.start, row.span.end, at) for at, row in enumerate(report.indicators))
    starts = [start for start, _, _ in rows]
    told: dict[int, dict[str, None]] = {}
    for item in found:
        for span in (item.result.culprits or item.result.evidence) if item.result.flagged else ():
            place = bisect_right(starts, span.start) - 1
            if place >= 0 and span.end <= rows[place][1]:
                told.setdefault(rows[place][2], {})[item.fingerprint] = None
    return {at: tuple(marks) for at, marks in told.items()}


def _row(
    indicator: Indicator, deltas: dict[Span, Decimal], held: set[Span], findings: tuple[str, ...]
) -> IndicatorRow:
    score = indicator.score
    delta = deltas.get(score.span) if score is not None and not indicator.shares_score else None
    return IndicatorRow(
        path=tuple(level.name for level in indicator.path),
        name=indicator.name,
        target=target_text(indicator) if indicator.target else None,
        actual=actual_text(indicator) if indicator.actual else None,
        weight=_shown(indicator.weight),
        score=_shown(score),
        recomputed=None if score is None or delta is None else show(score.value + delta),
        holds=score is not None and delta is None and score.span in held,
        findings=findings,
    )


def _shown(figure: Figure | None) -> str | None:
    return None if figure is None else show(figure.value)
