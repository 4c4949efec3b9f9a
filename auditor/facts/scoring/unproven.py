"""Full marks of which the report says itself that nothing proves them: not accepted, nobody asked, no evidence."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.acceptance import clause_of, pending_work, prepayments
from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.score_rows import counted
from auditor.figures import Figure
from auditor.language import word
from auditor.language.sentence import clause_end
from auditor.report.model import FormKind, Indicator, Report, Role
from auditor.values import frozen

_SHOWN = 40
_NAME = 4
"""Characters that a name has at least to be known again in running text."""


@frozen
class Unproven:
    """`said` in the words `where`; `rows` have full marks all the same, `request` is what to do about them."""

    said: str
    where: View
    rows: tuple[Indicator, ...]
    request: str

    @property
    def points(self) -> list[Figure]:
        return [row.score for row in self.rows if row.score is not None]


def unproven(report: Report) -> Iterator[Unproven]:
    """In the order acceptance, survey, the words of a row, running text."""
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    rows = [row for row in counted(report) if row.full_marks and not is_execution_row(row)]
    if not rows:
        return
    yield from _acceptance(report, rows)
    yield from _survey(report, rows)
    yield from _own_words(rows)
    yield from _told_of(report, rows)


def _acceptance(report: Report, rows: list[Indicator]) -> Iterator[Unproven]:
    concerned = [row for row in rows if word("accepted").search(row.name)]
    if not concerned or _asked_with_money(report):
        return
    request = "补充验收情况；没有验收的，不能按合格计分。"
    if pending := pending_work(report):
        yield Unproven(clause_of(pending[0]), pending[0], tuple(concerned), request)
        return
    for passage in report.prose:
        match = word("acceptance_unproven").search(passage.text)
        if match is not None and not passage.filled_by_system and not _is_rule(passage.text, match.end()):
            words = passage.view.part(match.start(), clause_end(passage.text, match.start(), _SHOWN))
            yield Unproven(words.text, words, tuple(concerned), request)
            return


def _is_rule(text: str, end: int) -> bool:
    """Whether the words go on as a rule: 未取得验收报告的不得付款."""
    return word("on_condition").match(text[end:]) is not None


def _asked_with_money(report: Report) -> bool:
    """Whether F110 speaks of the acceptance already: money paid before it."""
    budgets, paid = report.stated(Role.BUDGET), report.stated(Role.PAID)
    spent = bool(budgets and paid) and budgets[0].figure.amount == paid[0].figure.amount
    return spent or bool(prepayments(report))


def _survey(report: Report, rows: list[Indicator]) -> Iterator[Unproven]:
    concerned = [row for row in rows if word("satisfaction").search(row.place)]
    for passage in report.passages if concerned else ():
        match = word("survey_missing").search(passage.text)
        made_good = match is not None and word("survey_made_good").match(passage.text[match.end() :])
        if match is not None and not made_good and not passage.filled_by_system:
            words = passage.view.part(match.start(), clause_end(passage.text, match.start(), _SHOWN))
            yield Unproven(
                words.text, words, tuple(concerned), "补做调查，附对象、份数和结果；没有调查的，不能计分。"
            )
            return


def _own_words(rows: list[Indicator]) -> Iterator[Unproven]:
    """A row that says itself that nothing proves it."""
    for row in rows:
        for view in (row.narrative, row.reason, row.actual):
            match = word("evidence_missing").search(view.text) if view is not None else None
            if view is not None and match is not None and not word("partly").search(view.text):
                words = view.part(match.start(), clause_end(view.text, match.start(), _SHOWN))
                yield Unproven(words.text, words, (row,), "补充佐证材料；没有的，不能计分。")
                break


def _told_of(report: Report, rows: list[Indicator]) -> Iterator[Unproven]:
    """Running text that says of an indicator, by its name or its class, that nothing proves it."""
    for passage in report.prose:
        for sentence in passage.sentences:
            match = word("evidence_missing").search(sentence.text)
            if match is None or passage.filled_by_system or word("partly").search(sentence.text):
                continue
            concerned = [row for row in rows if _named(row, sentence.text)]
            if concerned and not _is_rule(sentence.text, match.end()):
                words = sentence.part(match.start(), clause_end(sentence.text, match.start(), _SHOWN))
                yield Unproven(words.text, words, tuple(concerned), "补充佐证材料；没有的，不能计分。")
                return


def _named(row: Indicator, text: str) -> bool:
    names = (row.name, *(level.name for level in row.path))
    return any(len(name) >= _NAME and name in text for name in names) or (
        "满意度指标" in text and word("satisfaction").search(row.place) is not None
    )
