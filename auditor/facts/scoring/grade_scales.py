"""Where a form asks for a grade, what it prints as a scale, and how rows are graded by it."""

from __future__ import annotations

from decimal import Decimal

from auditor.document import View
from auditor.facts.claim import Strength
from auditor.facts.scoring.grades import Graded, Scale, graded, rank, same_rank
from auditor.language import word
from auditor.report.labels import GRADE_LABEL, clean
from auditor.report.model import Report, RowGrade
from auditor.report.notes import in_form_notes
from auditor.values import frozen

_WHOLE = 3
"""So many grades with their scores are a scale."""
_SEVERAL = 3  # graded rows that show how they are graded


@frozen
class Misgraded:
    """A row whose grade the printed scale does not give its score."""

    row: RowGrade
    due: Graded
    strength: Strength


@frozen
class Cutoff:
    """From `low` points on the report gives the grade `word`, and the bureau only from `usual` on."""

    word: str
    low: Decimal
    view: View
    usual: Decimal


def misgraded(report: Report, scale: Scale) -> list[Misgraded]:
    """Rows against the printed scale. A score of a weight counts per hundred of it: that this is meant, at least two
    rows and all but one have to show."""
    if not report.scale:
        return []
    judged = [(row, graded(report, scale, per_hundred(row))) for row in report.row_grades]
    wrong = [(row, found) for row, found in judged if not _fits(row, found)]
    if len(wrong) > 1 and len(wrong) * 2 >= len(judged):
        return []  # the scale speaks of something else
    own = {band.word for band in report.scale}
    alone = len(wrong) == 1 and len(judged) >= _SEVERAL
    return [
        Misgraded(
            row,
            found,
            Strength.PROOF if row.weight is None or row.weight.value == 100 or alone else Strength.ASK,
        )
        for row, found in wrong
        if found is not None and row.grade.word in own
    ]


def soft_cutoffs(report: Report, scale: Scale) -> list[Cutoff]:
    """Cut-offs below the bureau's, printed as a scale or told in a sentence. A whole scale in the notes of the form is
    that of who made the form: the unit has nothing to explain."""
    if len(report.scale) >= _WHOLE and in_form_notes(report, report.scale[0].view):
        return []
    found = (Cutoff(word, low, view, scale[rank(word) or 0]) for word, low, view in _cutoffs(report))
    return [one for one in found if one.low < one.usual]


def per_hundred(row: RowGrade) -> Decimal:
    full = row.weight.value if row.weight is not None else Decimal(100)
    return row.score.value * 100 / full if full else row.score.value


def _fits(row: RowGrade, found: Graded | None) -> bool:
    return found is not None and any(same_rank(row.grade.word, word) for word in found.words)


def asks_for_grade(report: Report) -> bool:
    """Whether the form has a place for the grade, or says which score makes which: most forms have neither."""
    labelled = (GRADE_LABEL.fullmatch(clean(passage.text.partition(":")[0])) for passage in report.passages)
    return bool(report.scale) or any(labelled)


def _cutoffs(report: Report) -> list[tuple[str, Decimal, View]]:
    """(word, lowest score, place) of 优, 良 and 中."""
    printed = [(band.word, band.low, band.view) for band in report.scale if rank(band.word) in (0, 1, 2)]
    if printed:
        # 中等 70–79 and 及格 60–69 may both stand for 中: the lowest cut-off of a rank counts.
        return printed
    found = []
    for passage in report.prose:
        if "分" not in passage.text:
            continue
        for match in word("grade_threshold").finditer(passage.text):
            if word("at_least").search(match.group()):
                found.append((match["word"], Decimal(match["low"]), passage.view.part(*match.span())))
    return found
