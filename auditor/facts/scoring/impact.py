"""What a corrected score does to the total and to the grade: the sentence every finding carries."""

from __future__ import annotations

from decimal import Decimal

from auditor.facts.scoring.grades import Scale, full_score, graded, rank
from auditor.figures import show
from auditor.report.model import Report


def of_total(report: Report, scale: Scale, corrected: Decimal) -> str:
    """The total is `corrected` instead of the printed one. "" where no total is printed."""
    printed = report.total_score
    if printed is None:
        return ""
    if corrected == printed.value:
        return f"总分 {show(printed.value)} 不变。"
    told = f"总分应为 {show(corrected, 2)} 而不是 {show(printed.value)}"
    return f"{told}{_grade(report, scale, printed.value, corrected)}。"


def of_score(report: Report, scale: Scale, printed: Decimal, earned: Decimal) -> str:
    """One score is `earned` (told to 0.01) instead of `printed`."""
    total = report.total_score
    change = f"该项得分由 {show(printed)} 变为 {show(earned, 2)}"
    if total is None:
        return f"{change}。"
    corrected = total.value + Decimal(show(earned, 2)) - printed
    return (
        f"{change}，总分由 {show(total.value)} 变为 {show(corrected, 2)}"
        f"{_grade(report, scale, total.value, corrected)}。"
    )


def delta(printed: Decimal, earned: Decimal) -> str:
    """Change of one score, told to 0.01, as `Result.score_delta` wants it."""
    return str(Decimal(show(earned, 2)) - printed)


def _grade(report: Report, scale: Scale, before: Decimal, after: Decimal) -> str:
    full = full_score(report)
    if full is not None and full != 100:
        return ""
    old, new = graded(report, scale, before), graded(report, scale, after)
    own = report.grade.word if report.grade else ""
    if own and old is not None and own not in old.words and rank(own) != rank(old.best):
        return f"，按等次标准为{new.best}" if new else ""
    word = report.grade.word if report.grade else (old.best if old and report.scale else "")
    if not word or new is None:
        return ""
    if word in new.words or (rank(word) is not None and rank(word) == rank(new.best)):
        return f"，等次仍为{word}"
    return f"，等次将由{word}变为{new.best}"
