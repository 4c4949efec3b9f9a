"""Points that were lost, with a reason told for them or without one, and reasons that cost no points."""

from __future__ import annotations

from itertools import permutations

from auditor.compiled import compiled
from auditor.document import View
from auditor.facts.scoring.earning import too_much
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.ratings import rating
from auditor.facts.scoring.reasons import admissions, explained, is_empty, labelled_reasons
from auditor.facts.scoring.score_rows import counted
from auditor.facts.scoring.targets import compare
from auditor.figures import Kind, Operation, Relation, scan
from auditor.language import word
from auditor.report.model import Indicator, Report, TextKind
from auditor.values import frozen

_COUNTS = 4  # counts of a remark that a rate may be made of


@frozen
class Unexplained:
    """Rows that lost points without a reason, and those of which something is told that may be one.

    in_cell  a cell is there for the reason · bare  the report tells of no problem anywhere
    """

    silent: list[Indicator]
    hinted: list[Indicator]
    in_cell: bool
    bare: bool


def judged_rows(report: Report) -> list[Indicator]:
    """Rows whose points are their own and are lost by falling short."""
    return [row for row in counted(report) if not (is_execution_row(row) or row.shares_score or row.is_bonus)]


def missed_in_silence(rows: list[Indicator]) -> list[Indicator]:
    """Rows without points that did not reach their target, the cell for the reason left empty."""
    return [row for row in rows if row.score is None and row.has_reason_column and _missed(row)]


def unexplained(report: Report, lost: list[Indicator]) -> Unexplained:
    problems = "\n".join(passage.text for passage in report.problems)
    problems += "\n".join(admission.text for admission in admissions(report))
    reasons, because = _reasons(report), _because(report)
    columns = _remark_columns(report)
    given = list(labelled_reasons(report))
    silent: list[Indicator] = []
    hinted: list[Indicator] = []
    for row in lost:
        if not is_empty(row.reason) or (row.table in columns and explained(row)):
            continue
        outcome = compare(row)
        if (
            _works_out(row)
            or _told_elsewhere(row, because)
            or _is_given(row, given, len(lost) == 1)
            or (outcome is not None and too_much(report, row, outcome))
        ):
            continue
        in_cell = row.has_reason_column or row.table in columns
        told = explained(row) or _mentioned(row, problems) or _mentioned(row, reasons)
        (hinted if told and not in_cell else silent).append(row)
    in_cell = any(row.has_reason_column or row.table in columns for row in silent)
    bare = not in_cell and not problems and not any(row.narrative for row in lost)
    return Unexplained(silent, hinted, in_cell, bare)


def needless(report: Report, rows: list[Indicator]) -> list[Indicator]:
    """Rows with a reason for falling short, yet full marks, where no other rule speaks of the row."""
    found = []
    for row in rows:
        if not row.full_marks or is_empty(row.reason) or row.review_score is not None:
            continue
        assert row.reason is not None
        outcome = compare(row)
        if (outcome is not None and outcome.met is False) or rating(report, row) is not None:
            continue
        if outcome is not None and outcome.met and _bears_out(row):
            continue
        if word("explains").search(row.reason.text) and not word("went_over").search(row.reason.text):
            found.append(row)
    return found


def _works_out(row: Indicator) -> bool:
    """Whether the remark says how the score came about: "完成率97.39%，按比例计9.74分"."""
    if row.narrative is None or row.score is None or not word("in_proportion").search(row.narrative.text):
        return False
    told = scan(row.narrative)
    return any(one.kind is Kind.SCORE and one.value == row.score.value for one in told)


def _mentioned(row: Indicator, problems: str) -> bool:
    """Whether the problems speak of the indicator: two characters in a row of its name."""
    name = row.name.replace("指标", "").replace("情况", "")
    return any(name[at : at + 2] in problems for at in range(len(name) - 1))


def _reasons(report: Report) -> str:
    """Sentences of the report that say what cost marks ("指标明确性扣0.5分")."""
    found = []
    for passage in report.prose:
        if "扣" in passage.text or "按比例" in passage.text:
            found += [s.text for s in passage.sentences if "扣" in s.text or "按比例" in s.text]
    return "\n".join(found)


def _because(report: Report) -> list[str]:
    """Sentences outside the tables that give a reason for something not reached."""
    return [
        sentence.text
        for passage in report.prose
        if passage.kind is not TextKind.CELL and word("says_why").search(passage.text)
        for sentence in passage.sentences
        if word("gives_reason").search(sentence.text)
        or (word("says_why").search(sentence.text) and word("explains").search(sentence.text))
    ]


def _is_given(row: Indicator, given: list[View], alone: bool) -> bool:
    """Whether one of these sentences is about the indicator: it names it, or counts just what is missing; where no
    other lost points, it cannot be about another."""
    if alone or _told_elsewhere(row, [sentence.text for sentence in given]):
        return bool(given)
    outcome = compare(row)
    if outcome is None or outcome.quantities is None:
        return False
    target, actual = outcome.quantities
    missing = abs(target.amount - actual.amount)
    return any(
        figure.kind is Kind.COUNT and figure.amount == missing
        for sentence in given
        for figure in scan(sentence)
    )


def _told_elsewhere(row: Indicator, because: list[str]) -> bool:
    """Whether such a sentence names the indicator: its whole name, or four characters of it in a row."""
    name = compiled(r"指标|情况|数量|\(.*?\)").sub("", row.name)
    pieces = [name] if len(name) <= 4 else [name[at : at + 4] for at in range(len(name) - 3)]
    return len(name) >= 3 and any(piece in sentence for sentence in because for piece in pieces)


def _remark_columns(report: Report) -> set[int]:
    """Tables with targets whose 说明 column serves for reasons."""
    return {row.table for row in report.indicators if row.has_actual_column and row.narrative}


def _missed(row: Indicator) -> bool:
    outcome = compare(row)
    return outcome is not None and outcome.met is False and is_empty(row.reason)


def _bears_out(row: Indicator) -> bool:
    """Whether the cell for reasons holds the two counts that make the rate achieved: "46人中45人合格，1人缓评"."""
    if row.actual is None or row.reason is None:
        return False
    rates = [one for one in scan(row.actual) if one.kind is Kind.RATE][:1]
    counts = [one for one in scan(row.reason) if one.kind is Kind.COUNT and one.base.low > 0][:_COUNTS]
    return any(
        Relation(rate, two, operation=Operation.RATIO).meets
        for rate in rates
        for two in permutations(counts, 2)
    )
