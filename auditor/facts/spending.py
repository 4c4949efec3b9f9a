"""How much of the budget was spent, and what the report says of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.grades import full_score
from auditor.facts.scoring.reasons import labelled_reasons
from auditor.facts.told_by_rate import execution_rates, told_by_rate
from auditor.figures import Equation, Figure, Interval, Term, added, show, total
from auditor.language import word
from auditor.report.model import Amount, Indicator, LineKind, Report, Role
from auditor.values import frozen


@frozen
class Execution:
    """How much of the budget was spent: from the amounts, else as the report prints the rate; `told`
    says where it is printed. `one_place` says that all amounts stand in one table, or all in prose: others
    may be of different scope."""

    rate: Interval
    share: Decimal
    evidence: tuple[Figure, ...]
    unspent: str = ""
    relations: tuple[Equation, ...] = ()
    told: str = ""
    one_place: bool = False


def execution_of(report: Report) -> Execution | None:
    paid = _first(report, Role.PAID)
    parts = [amount for amount in (_first(report, Role.BUDGET),) if amount]
    if not parts:
        initial, change = _first(report, Role.INITIAL), _first(report, Role.ADJUSTMENT)
        parts = [amount for amount in (initial, change) if amount] if initial else []
        if change is None and any(word("budget_changed_to").search(passage.text) for passage in report.prose):
            parts = []
    if paid is None or not parts:
        return _printed(report)
    one_place = len({amount.table for amount in (*parts, paid)}) == 1
    return _spent([amount.figure for amount in parts], paid.figure, one_place=one_place)


def _spent(
    budget: Sequence[Figure], paid: Figure, printed: Sequence[Figure] = (), one_place: bool = True
) -> Execution | None:
    whole = total(figure.base for figure in budget)
    amount = sum((figure.amount for figure in budget), Decimal(0))
    if whole.low <= 0 or paid.is_vague or any(figure.is_vague for figure in budget):
        return None
    scale, unit = budget[0].scale, budget[0].unit
    above, below = Term.plain(paid, scale), added(Term.plain(figure, scale) for figure in budget)
    rest = show((amount - paid.amount) / scale)
    return Execution(
        paid.base / whole,
        paid.amount / amount,
        (*budget, paid, *printed),
        f"（预算 {show(amount / scale)}{unit}，支出 {show(paid.amount / scale)}{unit}，未支出 {rest}{unit}）",
        (Equation(above / below, percent=True), Equation(below - above)),
        one_place=one_place,
    )


def _first(report: Report, role: Role) -> Amount | None:
    """The first statement for the whole project: the summary before lists of details, tables before
    prose; a prose amount of another year does not count, and a budget that was changed goes by what it
    became."""
    amounts = [
        amount
        for amount in report.stated(role)
        if amount.table is not None or amount.year in (None, report.fiscal_year) or report.fiscal_year is None
    ]
    if amounts and amounts[0].table is None:
        amounts.sort(key=lambda amount: word("adjusted").search(amount.label) is None)
    for amount in amounts:
        details = amount.table is not None and any(
            other.line.kind is LineKind.DETAIL for other in report.money_tables[amount.table].of(role)
        )
        if not details:
            return amount
    return amounts[0] if amounts else None


def _printed(report: Report) -> Execution | None:
    """The rate as the report prints it, where the amounts are not both stated; from them where it tells which they are."""
    if (told := told_by_rate(report)) is not None:
        return _spent((told.budget,), told.paid, (told.rate,))
    plain = execution_rates(report)
    if not plain or len({figure.amount for figure in plain}) > 1:
        return None
    figure = plain[0]
    return Execution(figure.base, figure.amount, (figure,), told=f"文中写明执行率 {figure.raw}")


def full_marks(report: Report) -> Decimal:
    """The printed full score; else the weights of all rows; else 100."""
    printed = full_score(report)
    if printed is not None:
        return printed
    weights = [row.weight.value for row in report.indicators if row.weight and not row.is_bonus]
    whole = sum(weights, Decimal(0))
    complete = bool(weights) and all(row.weight for row in report.indicators)
    score = report.total_score
    return whole if complete and score is not None and score.value <= whole else Decimal(100)


def reason_told(report: Report) -> View | None:
    """The words that say why money was left: the reason cell of the execution row, or a sentence."""
    for row in report.indicators:
        if _is_execution(row) and row.reason and len(row.reason.text) >= 4:
            return row.reason
    for passage in report.passages:
        if (
            passage.filled_by_system
            or len(passage.text) < 10
            or compiled(r"填[表报写]说明|目标").search(passage.label)
        ):
            continue
        if not word("unspent").search(passage.text) or not word("unspent_reason").search(passage.text):
            continue
        for sentence in passage.sentences:
            match = word("unspent").search(sentence.text)
            if (
                match
                and word("unspent_reason").search(sentence.text)
                and not compiled(r"\d?[.、]?[“\"]|填表").match(sentence.text)
            ):
                return sentence
    return next((one for one in labelled_reasons(report) if word("money_named").search(one.text)), None)


def execution_row(report: Report) -> tuple[Figure, Figure] | None:
    """Weight and score of the execution row, wherever the form keeps it."""
    for row in report.indicators:
        if _is_execution(row) and row.weight is not None and row.score is not None:
            return row.weight, row.score
    for table in report.money_tables:
        weight, score = table.of(Role.WEIGHT, LineKind.TOTAL), table.of(Role.SCORE, LineKind.TOTAL)
        if weight and score:
            return weight[0].figure, score[0].figure
    return None


def _is_execution(row: Indicator) -> bool:
    return row.is_execution or word("speaks_of_execution").search(row.place) is not None
