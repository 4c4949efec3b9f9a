"""Events of a work whose days contradict the order in which works are done; years are carried on.

9月18日组织交工验收，该桥全部工程于10月26日完工      accepted before it was finished
2022年4月20日签订合同，3月底前到货                   next year's March is far off: asked
竣工时间为10月18日 … 9月6日组织竣工验收              in chapters of their own, the word on either side of its day
王家村道路8月20日完工。赵家村道路7月15日通过验收      two things: nothing
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from auditor.compiled import compiled
from auditor.facts.chronology import STEPS, Step, carried_years, impossible, later_than, staged, staged_apart
from auditor.facts.naming import pairs_of
from auditor.facts.stated import once
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen

_HALF_YEAR = 6
_MOST = 40  # events of a passage
_LEAD = 30  # characters before a date that name what it is of
_BEHIND = 80  # characters behind a date that tell what happened
_WORD = 2
_APPROVED, _CONTRACT, _STARTED, _FINISHED = 0, 3, 4, 6  # ranks of these steps
_CLAUSE = compiled(r"[^,，。;；\n]*")
_CLAUSES = compiled(r"[,，。;；\n]")


@frozen
class Event:
    """A step with its place: the words before its date and those up to its verb, and the year carried to it; `days` its
    passage tells; `part`: it is of a lot of the work."""

    step: Step
    year: int
    lead: str
    between: str
    sentence: tuple[int, int]
    days: int
    part: bool

    @property
    def day(self) -> tuple[int, int, int]:
        figure = self.step.figure
        return self.year, figure.month or 0, figure.day or 0


def disordered(passage: Passage) -> Iterator[tuple[Step, Step]]:
    """Pairs of steps, the one that has to come first in front, whose days say otherwise. Pairs with both years
    written out are left to `staged`, and to `staged_apart` where that holds for none of the sentences."""
    chain: list[Event] = []
    in_sentences = any(staged(passage))
    left_out = not in_sentences and not staged_apart(passage)
    for event in _events(passage):
        if chain and not _is_of_same(passage.text, chain[-1], event):
            chain = []
        if any(one.step.rank == event.step.rank for one in chain):
            chain = []
        found = next((one for one in chain if _is_against_order(one, event, in_sentences, left_out)), None)
        if found is not None and not _is_open(passage.text, found, event):
            first, last = sorted((found.step, event.step), key=lambda step: step.rank)
            yield first, last
            chain = []
        chain.append(event)


def retold(passages: Iterable[Passage]) -> Iterator[tuple[Step, Step]]:
    """Two tellings of one step, in passages of their own and of nothing but the whole work, whose days differ in the
    year, the month or the day alone: a later day of the same step differs in more."""
    first: dict[int, Event] = {}
    for passage in passages:
        found = [
            one
            for one in _events(passage, least=1)
            if one.step.figure.value and _is_of_the_work(passage, one, "")
        ]
        for one in found:
            before = first.get(one.step.rank)
            if before is not None and _differs_once(before.step.figure, one.step.figure):
                yield before.step, one.step
        first |= {one.step.rank: one for one in found}


def far_disordered(passages: Sequence[Passage], year: int, title: str) -> Iterator[tuple[Step, Step]]:
    """Pairs of steps of the whole work, told in passages of their own, the one that has to come first in front, that
    come later: of steps that the report tells with one day each. Money is paid at any time, but not before approval,
    and no part of the work comes before the contract. `year` is that of the report, `title` names its work."""
    found: dict[int, list[tuple[Passage, Event]]] = {}
    parts: list[Event] = []
    year = _only_year(passages, year)
    for passage in passages:
        for one in _events(passage, least=1, year=year, parts=True):
            if one.part:
                parts.append(one)
            elif one.year and _is_of_the_work(passage, one, title):
                found.setdefault(one.step.rank, []).append((passage, one))
    once = {rank: events[0] for rank, events in found.items() if len({one.day for _, one in events}) == 1}
    for first, last in combinations(sorted(once), 2):
        (here, early), (there, late) = once[first], once[last]
        if (
            here is not there
            and later_than(_dated(early), _dated(late))
            and _may_be_one_work(early, late, title)
        ):
            yield _step(early), _step(late)
    if _CONTRACT in once:
        yield from _before_contract(once[_CONTRACT][1], parts)
    if _APPROVED in once:
        here, approved = once[_APPROVED]
        for passage in passages:
            for paid in _payments(passage) if passage is not here else ():
                if later_than(_dated(approved), paid.figure):
                    yield _step(approved), paid


def _before_contract(signed: Event, parts: Iterable[Event]) -> Iterator[tuple[Step, Step]]:
    """The contract and each lot of the work that was done, on a day with its year, before it was signed."""
    for one in parts:
        done = one.step.rank > _STARTED and one.step.figure.value
        if done and later_than(_dated(signed), one.step.figure):
            yield _step(signed), one.step


def _only_year(passages: Sequence[Passage], own: int) -> int:
    """The year of all steps of a report that tell one, its `own` where none does; 0 where they tell several."""
    years = {
        int(one.step.figure.value)
        for passage in passages
        for one in _events(passage, least=1)
        if one.step.figure.value
    }
    return 0 if len(years) > 1 else next(iter(years), own)


def _may_be_one_work(early: Event, late: Event, title: str) -> bool:
    """Whether two steps may be of one work: they name no two things, and where one names a thing no step lies between;
    a day whose year nobody tells may be of another year where it is far off."""
    things = [pairs_of(_thing(one.lead) + _thing(one.between)) - pairs_of(title) for one in (early, late)]
    told = early.step.figure.value and late.step.figure.value
    near = early.day[1] - late.day[1] < _HALF_YEAR
    if all(things):
        alike = not things[0].isdisjoint(things[1])
    else:
        alike = not any(things) or late.step.rank - early.step.rank == 1
    return alike and bool(told or near)


def _dated(event: Event) -> Figure:
    """Its day with the year that is carried to it."""
    return replace(event.step.figure, value=Decimal(event.year))


def _step(event: Event) -> Step:
    return Step(event.step.rank, event.step.name, _dated(event))


def _payments(passage: Passage) -> Iterator[Step]:
    """Days, with their year, on which all of the money was paid by an approval that the sentence refers to."""
    for figure in passage.figures:
        if figure.kind is not Kind.DATE or not figure.value or not figure.month or impossible(figure):
            continue
        start, end = passage.structure.sentence_span(figure.start)
        if word("by_that_approval").search(passage.text, start, figure.start) and word("all_paid").search(
            passage.text, figure.end, end
        ):
            yield Step(len(STEPS), "支付", figure)


def _is_of_the_work(passage: Passage, event: Event, title: str) -> bool:
    """Whether an event is told as done, and either of all of the work, of what the title names, or of nothing that other
    works might have too."""
    figure = event.step.figure
    start, end = passage.structure.part_span(figure.start)
    text = passage.text[start : min(_next_day(passage, figure), end)]
    around = event.lead + event.between
    last = event.step.rank >= _FINISHED and word("last_of_it").search(around)
    named = _thing(event.lead) + _thing(event.between)
    plain = last or word("all_of_it").search(around) or not named or pairs_of(named) <= pairs_of(title)
    return bool(plain) and not word("date_not_yet").search(text)


def _next_day(passage: Passage, figure: Figure) -> int:
    """Where the next day of a passage begins, or the passage ends: what is told there is not told of this one."""
    return next(
        (one.start for one in passage.figures if one.kind is Kind.DATE and one.start > figure.start),
        len(passage.text),
    )


def _thing(words: str) -> str:
    """What words around a date name: nothing where they name who did it, but for what it was done to ("对泵房")."""
    doer, to, done_to = words.rpartition("对")
    bare = word("names_no_thing").sub("", done_to)
    who = [match.end() for match in word("who_did_it").finditer(bare)]
    named = len(bare) >= _WORD and (bool(doer or to) or who[-1:] != [len(bare)])
    return bare if named else ""


def _differs_once(first: Figure, again: Figure) -> bool:
    """Whether just one of year, month and day is another; a day that one of them leaves out is none."""
    pairs = ((first.value, again.value), (first.month, again.month), (first.day, again.day))
    return sum(one != other for one, other in pairs if one and other) == 1


def _events(passage: Passage, *, least: int = 2, year: int = 0, parts: bool = False) -> Iterator[Event]:
    """The events of a passage that tells so many days at least; `year` is that of days for which none is told. With
    `parts`, those of a lot of the work as well."""
    found = list(_told_in(passage))
    if not found or found[0].days < least:
        return
    if year and (word("next_year").search(passage.text) or word("other_year").search(passage.text)):
        year = 0
    for one in found:
        if parts or not one.part:
            yield one if one.year or not year else replace(one, year=year)


@once
def _told_in(passage: Passage) -> Iterator[Event]:
    """The events of a passage, of the whole work and of its lots, each with the year told for it."""
    dates = [f for f in passage.figures if f.kind is Kind.DATE and f.month and not impossible(f)]
    if not 1 <= len(dates) <= _MOST:
        return
    text, structure = passage.text, passage.structure
    years = carried_years(passage)
    for at, figure in enumerate(dates):
        left = max(structure.clause_span(figure.start, figure.end)[0], figure.start - _LEAD)
        lead = text[max(left, dates[at - 1].end if at else 0) : figure.start]
        until = dates[at + 1].start if at + 1 < len(dates) else len(text)
        clause = _behind(text, figure.end, until)
        ahead = _CLAUSES.split(
            text[max(figure.start - _LEAD, dates[at - 1].end if at else 0) : figure.start]
        )[-1]
        told = _told(lead, clause) or _told_ahead(ahead)
        part = told is not None and word("part_of_work").search(lead + clause)
        if told is None or (part and not word("lot_of_work").search(lead + clause)):
            continue
        rank, lead, between = told
        yield Event(
            Step(rank, STEPS[rank][0], figure), years[figure.start], lead, between,
            structure.sentence_span(figure.start), len(dates), bool(part),
        )  # fmt: skip


def _behind(text: str, start: int, until: int) -> str:
    """The rest of a date's clause; where it ends with the date, the clause behind it ("7月12日，县民政局会同消防部门
    完成竣工验收")."""
    own = _CLAUSE.match(text, start, min(until, start + _BEHIND))
    if own and not own.group().strip() and text[own.end() : own.end() + 1] in ("，", ","):
        own = _CLAUSE.match(text, own.end() + 1, min(until, own.end() + _BEHIND))
    return own.group() if own else ""


def _told(lead: str, clause: str) -> tuple[int, str, str] | None:
    """Rank, the words before the date and those from the date to the verb; "施工合同于7月5日签订" is read as one."""
    found = [(rank, match.start()) for rank, match in _steps_in(lead + clause) if match.end() > len(lead)]
    if len({rank for rank, _ in found}) != 1:
        return None
    rank, start = found[0]
    return rank, lead, clause[: max(start - len(lead), 0)]


def _told_ahead(lead: str) -> tuple[int, str, str] | None:
    """The same where the step is named right before its date: "竣工时间为", "合同签订于"."""
    dated = word("day_of_it").search(lead)
    found = [(rank, match.start()) for rank, match in _steps_in(lead[: dated.start()])] if dated else []
    if not found or dated is None or len({rank for rank, _ in found}) != 1:
        return None
    rank, start = found[0]
    return rank, lead[:start], ""


def _steps_in(words: str) -> Iterator[tuple[int, re.Match[str]]]:
    for rank, (_, name) in enumerate(STEPS):
        for match in word(name).finditer(words):
            yield rank, match


def _is_of_same(text: str, first: Event, second: Event) -> bool:
    """Whether the second event names nothing that has not been spoken of up to the first: a thing of its own."""
    if word("others_named").search(second.lead):
        return False
    said = text[first.sentence[0] : second.step.figure.start - len(second.lead)]
    if not word("same_named").search(second.lead) and not _is_known(second.lead, said, named_first=True):
        return False
    return _is_known(second.between, said)


def _is_known(words: str, said: str, *, named_first: bool = False) -> bool:
    """Whether words name nothing but who did it ("县局对泵房" names 泵房), or something that was said: with
    `named_first` by what they begin with, which tells 赵家村道路 from 王家村道路."""
    _, to, done_to = words.rpartition("对")
    bare = word("names_no_thing").sub("", done_to)
    if len(bare) < _WORD or (not to and word("who_did_it").search(words)):
        return True
    pairs = [bare[at : at + _WORD] for at in range(len(bare) - 1)]
    return any(pair in said for pair in (pairs[:1] if named_first else pairs))


def _is_against_order(first: Event, second: Event, in_sentences: bool, left_out: bool) -> bool:
    """Two events in the order of the text; with both years they are of two sentences where others have their own, or of
    a passage whose days nobody else orders."""
    if first.step.figure.value and second.step.figure.value:
        early, late = sorted((first.step, second.step), key=lambda step: step.rank)
        apart = left_out or (in_sentences and first.sentence != second.sentence)
        return apart and later_than(early.figure, late.figure)
    if first.year and second.step.figure.value and not first.step.figure.value:
        return False  # the year of the first may be any
    day, other = first.day, second.day
    if day[1] == other[1] and not (day[2] and other[2]):
        return False
    if first.step.rank > second.step.rank:
        return other > day
    if first.year != second.year:
        return False
    return other < day and (day[1] - other[1]) < _HALF_YEAR


def _is_open(text: str, first: Event, second: Event) -> bool:
    """Whether one of the two is planned, moved, or of another stage."""
    behind = text[second.step.figure.end : second.sentence[1]]
    told = text[first.sentence[0] : second.step.figure.end] + behind.split("，")[0].split(",")[0]
    return bool(word("date_not_yet").search(told))
