"""Words that explain a shortfall, that admit a problem, or that say there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.compiled import compiled
from auditor.document import Span, View
from auditor.language import word
from auditor.report.labels import GRADE_LABEL, MEASURE_HEAD, clean
from auditor.report.model import Indicator, Passage, Report, TextKind

_GRADE_LINE = compiled(rf"(?:{GRADE_LABEL.pattern})[:：][^，,。；;]{{1,6}}。?")
"""The grade at the end of a paper, under the heading of the problems."""


def is_empty(view: View | None) -> bool:
    """Whether a reason cell says nothing."""
    return view is None or word("says_nothing").fullmatch(view.text) is not None


def labelled_reasons(report: Report) -> Iterator[View]:
    """What is said of why something was not reached where a label announces it: in a cell of its own ("偏差说明 | 付款手续
    未办完"), behind the label in its line, or in the sentences under it; such a line may be the last cell of a table."""
    under = False
    for passage in report.passages:
        found: Sequence[View] = ()
        is_cell = passage.kind is TextKind.CELL
        heads = word("heads_reasons").match(passage.text)
        alone = heads is not None and heads.end() == len(passage.text)
        if is_cell and passage.label and word("ind_reason").fullmatch(clean(passage.label)):
            found = [passage.view]
        elif heads is not None and not (alone or is_cell):
            found = [passage.view.part(heads.end(), len(passage.text))]
        if heads is not None:
            under = alone
        elif passage.kind is not TextKind.PROSE or MEASURE_HEAD.fullmatch(clean(passage.text)):
            under = False
        elif under:
            found = passage.sentences
        yield from (one for one in found if one.text and not is_empty(one))


def admissions(report: Report) -> Iterator[View]:
    """Problems listed in the section on problems, and clear admissions in other prose."""
    apart = {passage.span for passage in report.problems + report.measures}
    for passage in report.problems:
        text = passage.text
        if passage.kind is TextKind.HEADING or word("says_nothing").fullmatch(text) or len(text) < 5:
            continue
        if word("points_deducted").search(text) or word("signature_field").search(text):
            continue
        if _GRADE_LINE.fullmatch(text):
            continue
        yield from _problems(passage)
    for passage in report.passages:
        if "问题" not in passage.text[:12] or passage.kind is TextKind.HEADING:
            continue
        lead = word("problems_inline").match(passage.text)
        if (
            lead
            and passage.span not in apart
            and not word("says_nothing").fullmatch(passage.text[lead.end() :])
        ):
            apart.add(passage.span)
            yield passage.view.part(lead.end(), len(passage.text))
    yield from faults_in_passing(report, frozenset(apart))


def faults_in_passing(report: Report, read: frozenset[Span] = frozenset()) -> Iterator[View]:
    """Clear admissions in prose that speaks of other things, the passages that were read before left out."""
    apart = read | {passage.span for passage in report.problems + report.measures}
    goals = [goal.view.span() for goal in report.goals]
    for passage in report.prose:
        if not word("admits_problem").search(passage.text):
            continue
        if passage.span in apart or any(passage.span.overlaps(goal) for goal in goals):
            continue
        for sentence in passage.sentences:
            match = word("admits_problem").search(sentence.text)
            if (
                not match
                or word("points_deducted").search(sentence.text)
                or word("rule_for_others").search(sentence.text)
            ):
                continue
            if not word("negated_before").search(sentence.text[: match.start()]):
                yield _clause(sentence, match.start(), match.end())


def _problems(passage: Passage) -> Iterator[View]:
    """A short problem as it stands; of a long one the sentences that admit something."""
    if word("ahead_of_time").search(passage.text):
        return
    if len(passage.text) <= 40:
        yield passage.view
        return
    for words in (word("admits_problem"), word("explains")):
        clauses = [
            _clause(sentence, *match.span())
            for sentence in passage.sentences
            if (match := words.search(sentence.text))
            and not word("negated_before").search(sentence.text[: match.start()])
        ]
        if clauses:
            yield from clauses
            return
    yield passage.view


def _clause(sentence: View, start: int, end: int) -> View:
    """The clause of a sentence around an admission."""
    text = sentence.text
    left = max(text.rfind(mark, 0, start) for mark in "，,；;。") + 1
    rights = [at for at in (text.find(mark, end) for mark in "，,；;。") if at != -1]
    return sentence.part(left, min(rights, default=len(text)))


def explained(indicator: Indicator) -> bool:
    """Whether the reason cell, or the narrative, gives a reason for a shortfall. Beside an actual
    value any remark will do; a narrative that reports the work itself must speak of a shortfall."""
    if not is_empty(indicator.reason):
        return True
    narrative = indicator.narrative
    if narrative is None or is_empty(narrative):
        return False
    return indicator.has_actual_column or word("explains").search(narrative.text) is not None
