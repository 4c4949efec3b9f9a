"""Years that were left from an earlier report: a cut-off one year before, a purpose of a year long over.

截至2022年12月31日，项目支出84万元（2023年度）    the year is wrong, or the figures are
为做好2020年度管护工作                          taken over from an older report
截至2022年底支出60万元，2023年支出40万元          two years told beside each other: as it should be
截至2022年底，全县建成公厕412座                   what there was before: as it should be
统计期间为2022年1月至12月                         a period of the report (2023年度)
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.quantities import sentence_start
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Amount, LineKind, Passage, Report, Role, TextKind

_NEAR = 24


def only_year(report: Report) -> int | None:
    """The one year of all days of a report but those up to which it tells something, where there are several."""
    told = [
        figure.value
        for passage in _own(report)
        for figure in passage.figures
        if figure.kind is Kind.DATE and figure.value and not _is_cutoff(passage, figure)
    ]
    return int(told[0]) if len(told) > 1 and len(set(told)) == 1 else None


def stale_cutoffs(report: Report, year: int) -> list[Figure]:
    """Days of an earlier year up to which the report tells its own work or spending."""
    return [
        figure
        for passage in _own(report)
        for figure in passage.figures
        if figure.kind is Kind.DATE and 0 < figure.value < year and _is_stale(passage, figure, year)
    ]


def _is_stale(passage: Passage, figure: Figure, year: int) -> bool:
    """A day, or the end of a year, up to which work is told; or the first day of a period of the report."""
    sentence = _sentence(passage, figure)
    own = word("no_earlier_work").sub("", sentence)
    if _tells_both(passage, figure, year) or word("carried_over").search(own):
        return False
    if word("period_of_report").search(passage.text[max(0, figure.start - _NEAR) : figure.start]):
        return not word("range_of_years").match(passage.text, figure.end)
    if not _is_cutoff(passage, figure) or not word("own_work").search(sentence):
        return False
    whole = figure.month is not None and not _names(passage, year)
    ends = figure.month is not None or passage.text[figure.end : figure.end + 1] in ("底", "末")
    if whole or not ends or not word("own_money").search(sentence):
        return whole
    return not word("stock_told").search(sentence) or word("own_rate").search(sentence) is not None


def stale_purposes(report: Report, year: int) -> list[Figure]:
    """Years before the report's own for whose work its money is said to be."""
    return [
        figure
        for passage in _own(report)
        for figure in passage.figures
        if figure.kind is Kind.DATE and figure.month is None and 0 < figure.value < year
        if _is_purpose(passage, figure) and not word("carried_over").search(_sentence(passage, figure))
    ]


def cutoffs_of_the_year(report: Report, year: int) -> Iterator[Figure]:
    """Days and months of the report's year up to which something is told as done."""
    for passage in _own(report):
        for figure in passage.figures:
            whole = figure.kind is Kind.DATE and figure.month and figure.value == year
            if whole and _is_cutoff(passage, figure):
                yield figure


def _own(report: Report) -> list[Passage]:
    return [one for one in report.prose if one.kind is TextKind.PROSE and not one.filled_by_system]


def _is_cutoff(passage: Passage, figure: Figure) -> bool:
    before = passage.text[max(0, figure.start - _NEAR) : figure.start]
    return bool(
        word("up_to").search(before) or word("up_to_behind").match(passage.text[figure.end : figure.end + 4])
    )


def _is_purpose(passage: Passage, figure: Figure) -> bool:
    told = passage.text[sentence_start(passage.text, figure.start) : figure.start]
    if told.rfind("《") > told.rfind("》"):
        return False  # the title of a paper
    before = told[-_NEAR:]
    behind = passage.text[figure.end : figure.end + _NEAR]
    if word("purpose").search(before):
        return bool(word("work_behind").match(behind))
    return bool(word("plan_before").search(before) and word("plan_behind").match(behind))


def _sentence(passage: Passage, figure: Figure) -> str:
    start, end = passage.structure.sentence_span(figure.start)
    return passage.text[start:end]


def _tells_both(passage: Passage, figure: Figure, year: int) -> bool:
    """Whether its sentence or the next one speaks of the report's own year: two years told beside each other."""
    start, end = passage.structure.sentence_span(figure.start)
    close = passage.structure.sentence_span(min(end + 1, len(passage.text)))[1]
    return any(
        one.kind is Kind.DATE and one.value >= year and start <= one.start < close for one in passage.figures
    )


def _names(passage: Passage, year: int) -> bool:
    """Whether the passage speaks of the report's own year anywhere: what stood before may be a base to start from."""
    return any(figure.kind is Kind.DATE and figure.value == year for figure in passage.figures)


def amounts_of_other_years(report: Report, year: int) -> Iterator[tuple[Amount, Amount]]:
    """This year's budget or spending told word for word under another year: that statement, and the year's own."""
    for role in (Role.INITIAL, Role.BUDGET, Role.PAID):
        own = {a.figure.amount: a for a in report.stated(role) if a.year in (None, year)}
        for amount in report.prose_amounts:
            if amount.role is not role or not amount.whole or amount.line.kind is not LineKind.TOTAL:
                continue
            if amount.year not in (None, year) and amount.figure.amount in own:
                yield amount, own[amount.figure.amount]
