"""Dates of a report: which exist, which come first, which year they belong to."""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, pairwise

from auditor.compiled import compiled
from auditor.facts.quantities import sentence_start
from auditor.figures import Figure, Kind
from auditor.figures.chinese import parse
from auditor.language import word
from auditor.report.model import Amount, Passage, Report, Role, TextKind
from auditor.values import frozen

# Steps of a project in the order they are taken.
STEPS = (
    ("方案批复", "step_approval"),
    ("招标", "step_tender"),
    ("中标", "step_award"),
    ("签订合同", "step_contract"),
    ("开工", "step_start"),
    ("到货", "step_delivery"),
    (
        "完工",
        "step_finish",
    ),
    (
        "验收",
        "step_acceptance",
    ),
    ("结算审计", "step_audit"),
)
_CLAUSE = compiled(r"[^,，。;；\n]{0,80}")
_END = compiled(r"[。;；\n]")
_MOST_STEPS = 12
_IDLE_HEAD = 12
_LAST_MONTH = 12
_LAST = 100  # the number of the last of all batches
_MARK = compiled(r"[，,、。；;]")


@frozen
class Step:
    """One step of a project and its date."""

    rank: int
    name: str
    figure: Figure


def told(figure: Figure) -> str:
    """The date in one form: 2022年3月5日."""
    year = f"{figure.value}年" if figure.value else ""
    month = f"{figure.month}月" if figure.month else ""
    return f"{year}{month}{f'{figure.day}日' if figure.day else ''}"


def impossible(figure: Figure) -> str:
    """Why the calendar does not have the date; "" if it has."""
    month, day = figure.month, figure.day
    if month is None:
        return ""
    if not 1 <= month <= 12:
        # "2020.13" may be a number or a version.
        return "一年只有12个月" if "月" in figure.raw else ""
    if day is None:
        return ""
    year = int(figure.value)
    longest = monthrange(year or 2000, month)[1]
    if 1 <= day <= longest or (day > 31 and "月" not in figure.raw):
        return ""
    where = f"{year}年{month}月" if year else f"{month}月"
    return f"{where}只有{longest}天" if day else "没有0日"


def _key(figure: Figure) -> tuple[int, int, int]:
    return int(figure.value), figure.month or 0, figure.day or 0


def later_than(a: Figure, b: Figure) -> bool:
    """Whether `a` is certainly after `b`, as far as both are written out."""
    left, right = _key(a), _key(b)
    for x, y in zip(left, right, strict=True):
        if not x or not y:
            return False
        if x != y:
            return x > y
    return False


def carried_years(passage: Passage) -> dict[int, int]:
    """The year of each date of a passage by its offset: its own, or the one told last before it, "次年" one
    later; 0 where none is told."""
    years: dict[int, int] = {}
    year = 0
    behind = 0
    for figure in passage.figures:
        if figure.kind is not Kind.DATE:
            continue
        if year and word("next_year").search(passage.text, behind, figure.end):
            year += 1
        year = int(figure.value) or year
        years[figure.start] = year
        behind = figure.end
    return years


def staged(passage: Passage) -> Iterator[list[Step]]:
    """For each sentence with two steps or more: its steps in the order a project takes them."""
    text = passage.text
    dates = [f for f in passage.figures if f.kind is Kind.DATE and f.month]
    if len(dates) < 2:
        return
    ends = [match.start() for match in _END.finditer(text)]
    for _, group in groupby(dates, key=lambda figure: bisect_right(ends, figure.start)):
        inside = list(group)
        if len(inside) < 2 or len(inside) > _MOST_STEPS:
            continue
        steps = _of_one_work(text, _steps(text, _dated(inside)))
        if len(steps) < 2 or word("date_not_yet").search(_around(text, steps[0].figure, steps[-1].figure)):
            continue
        if len({step.rank for step in steps}) == len(steps):
            yield sorted(steps, key=lambda step: step.rank)


def staged_apart(passage: Passage) -> list[Step]:
    """The steps that a passage tells one to a sentence, where each sentence alone holds no two of them."""
    dates = [f for f in passage.figures if f.kind is Kind.DATE and f.month]
    if (
        not 2 <= len(dates) <= _MOST_STEPS
        or word("date_not_yet").search(passage.text)
        or any(staged(passage))
    ):
        return []
    steps = _of_one_work(passage.text, _steps(passage.text, _dated(dates)))
    if len(steps) < 2 or len({step.rank for step in steps}) != len(steps):
        return []
    return sorted(steps, key=lambda step: step.rank)


def batches(passage: Passage) -> list[tuple[str, Figure]]:
    """The batches or stages of one thing with their days, in the order of their numbers, the last behind all; empty
    where a number stands twice, the days have no year, or of some the beginning and of others the end is told."""
    found: dict[int, tuple[str, Figure]] = {}
    ended: set[bool] = set()
    days = [one for one in passage.figures if one.kind is Kind.DATE and one.month and not impossible(one)]
    years = carried_years(passage) if len(days) > 1 else {}
    for figure in days:
        if not (year := years.get(figure.start, 0)):
            continue
        left, right = passage.structure.clause_span(figure.start, figure.end)
        named = list(word("batch_ordinal").finditer(passage.text, left, right))
        if len(named) != 1 or word("date_planned").search(passage.text, left, figure.start):
            continue
        number = _LAST if named[0]["last"] else parse(named[0]["number"].replace("首", "一"))
        if number is None:
            continue
        if number in found:
            return []
        found[number] = named[0].group(), replace(figure, value=Decimal(year))
        ended.add(word("course_ends").search(passage.text, figure.end, right) is not None)
    return [found[number] for number in sorted(found)] if len(ended) == 1 else []


def _of_one_work(text: str, steps: list[Step]) -> list[Step]:
    """The steps without those before whose date another thing is named: "供水工程…完工，道路工程…开工"."""
    kept: list[Step] = []
    first = ""
    for step in steps:
        lead = _MARK.split(text[max(0, step.figure.start - 16) : step.figure.start])[-1]
        own = word("idle_date_lead").sub("", lead)
        if kept and own and own not in first and (not first or first not in own):
            continue
        first = first or own
        kept.append(step)
    return kept


def _dated(dates: list[Figure]) -> list[Figure]:
    """Only dates with a year: "9月28日" behind "2022年9月16日" has none of its own."""
    return [figure for figure in dates if figure.value and not impossible(figure)]


def _steps(text: str, dates: list[Figure]) -> list[Step]:
    found = []
    for at, figure in enumerate(dates):
        match = _CLAUSE.match(text, figure.end)
        clause = match.group() if match else ""
        if at + 1 < len(dates):
            clause = clause[: dates[at + 1].start - figure.end]
        lead = text[max(dates[at - 1].end if at else 0, figure.start - 12) : figure.start]
        if word("contract_lead").search(lead) and clause.startswith("签订"):
            clause = f"签订合同{clause}"  # "合同于2月10日签订"
        elif accepted := word("acceptance_lead").search(lead):
            clause = f"{accepted['step']}{clause}"  # "市级验收于10月20日通过"
        ranks = [rank for rank, (_, pattern) in enumerate(STEPS) if word(pattern).search(clause)]
        if len(ranks) == 1:
            found.append(Step(ranks[0], STEPS[ranks[0]][0], figure))
    return found


def later_numbers(report: Report, year: int) -> list[Figure]:
    """Document numbers of a year in which the report was long written."""
    return [
        figure
        for passage in report.prose
        for figure in passage.figures
        if figure.kind is Kind.DOCNO and figure.value > year + 1
    ]


def reversed_ranges(passage: Passage) -> Iterator[tuple[Figure, Figure]]:
    """ "2022年9月16日至2022年4月8日": both ends with their year, the first later."""
    dates = [f for f in passage.figures if f.kind is Kind.DATE and f.value]
    for first, last in pairwise(dates):
        if word("date_range").fullmatch(passage.text, first.end, last.start) and later_than(first, last):
            yield first, last


def cutoffs(report: Report) -> Iterator[Figure]:
    """Days up to which the report says its data were collected."""
    for passage in report.prose:
        if not word("data_collected").search(passage.text):
            continue
        for figure in passage.figures:
            whole = figure.kind is Kind.DATE and figure.value and figure.month
            if word("other_data").search(passage.text, max(0, figure.start - 20), figure.end + 12):
                continue
            if whole and word("data_collected").search(_around(passage.text, figure, figure)):
                yield figure


def heading_years(report: Report) -> list[Figure]:
    """Years that the title and the lines under it declare as "年度"."""
    found = []
    for passage in report.passages[:_IDLE_HEAD]:
        named = report.title_view is not None and passage.span.overlaps(report.title_view.span())
        if not named and not word("year_line").fullmatch(passage.text):
            if passage.kind is TextKind.HEADING:
                break
            continue
        found += [f for f in passage.figures if f.kind is Kind.DATE and "年度" in f.raw and f.month is None]
    return found


def later_than_filing(report: Report, filed: Figure) -> list[Figure]:
    """Dates told as past, and document numbers, that lie behind the filing date."""
    measures = {id(passage) for passage in report.measures}
    late = []
    for passage in report.prose:
        if id(passage) in measures:
            continue
        for figure in passage.figures:
            if figure.kind is Kind.DOCNO:
                passed = figure.value > filed.value
            else:
                passed = figure.kind is Kind.DATE and bool(figure.day) and later_than(figure, filed)
            if passed and not word("date_ahead").search(_around(passage.text, figure, figure)):
                late.append(figure)
    return late


def whole_year(report: Report, filed: Figure) -> Amount | None:
    """What the form says was spent in the whole year, where it was filed before the last month of that year."""
    if filed.month is None or filed.month >= _LAST_MONTH:
        return None
    return next((paid for paid in report.stated(Role.PAID) if paid.label.startswith("全年")), None)


def _around(text: str, first: Figure, last: Figure) -> str:
    """From the beginning of the clause of `first` to the end of the clause of `last`."""
    match = _CLAUSE.match(text, last.end)
    start = max(sentence_start(text, first.start), *(text.rfind(mark, 0, first.start) + 1 for mark in "，,"))
    return text[start : match.end() if match else last.end]
