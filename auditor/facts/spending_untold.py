"""Reports that tell nowhere what was spent: no sum, no rate, and nothing unread that might be one."""

from __future__ import annotations

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.quantity import as_money
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.unread import unread_forms
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.labels import role_of
from auditor.report.model import Amount, LineKind, Passage, Report, Role
from auditor.values import frozen


@frozen
class Untold:
    """Sums planned or received that are told instead, and the first figures that stand for the place."""

    known: list[Amount]
    evidence: list[Figure]


def spending_untold(report: Report) -> Untold | None:
    if any(amount.role in (Role.PAID, Role.EXECUTION_RATE, Role.SPENDING_RATE) for amount in report.amounts):
        return None
    if any(unread_forms(report)) or any(_may_tell(report, span) for span, _ in report.unread):
        return None
    figures = []
    for passage in report.passages:
        if word("all_spent").search(passage.text):
            return None
        for figure in passage.figures:
            if _tells_spending(passage, figure):
                return None
            if figure.kind is Kind.MONEY and passage.label.find("目标") < 0:
                figures.append(figure)
        if word("spent_label").search(passage.text) and len(passage.text) <= 20:
            return None
    if any(is_execution_row(row) and row.actual for row in report.indicators):
        return None
    roles = (Role.BUDGET, Role.INITIAL, Role.INVESTED, Role.ALLOCATED)
    known = [amount for amount in report.prose_amounts if amount.role in roles]
    known += [amount for table in report.money_tables for amount in table.of(Role.BUDGET, LineKind.TOTAL)]
    evidence = [amount.figure for amount in known[:2]] or figures[:1]
    return Untold(known[:2], evidence) if evidence else None


def _may_tell(report: Report, span: Span) -> bool:
    """Whether the line of a figure that has no place names what was spent, or a rate of it."""
    text = report.document.text
    end = text.find("\n", span.end)
    line = text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]
    labels = compiled(r"[\s|]+").split(line)
    rates = (Role.EXECUTION_RATE, Role.SPENDING_RATE)
    return word("spent_label").search(line) is not None or any(role_of(label) in rates for label in labels)


def _tells_spending(passage: Passage, figure: Figure) -> bool:
    """Whether the number is a sum spent or an execution rate."""
    if figure.kind is Kind.RATE:
        return (
            word("money_rate_before").search(passage.text[max(0, figure.start - 16) : figure.start])
            is not None
        )
    if as_money(figure) is None and not (figure.kind is Kind.PLAIN and figure.decimals >= 2):
        return False
    before = compiled(r"[，,。；;]").split(passage.text[max(0, figure.start - 40) : figure.start])[-1]
    behind = passage.text[figure.end : passage.structure.clause_span(figure.start, figure.end)[1]]
    told = word("transfer").sub("", f"{passage.label} {before} {behind[:20]}")
    if "预算" in before[-6:]:
        return False
    return (word("spend").search(told) or word("spent_otherwise").search(before)) is not None
