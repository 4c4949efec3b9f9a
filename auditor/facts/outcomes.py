"""What a report says was reached: a claim, and the numbers that it is said of.

全年筛查学生15460人，其中初中生6340人，超额完成了年度任务     of 15460人: what is left are its parts
电耗0.68千瓦时，已控制在目标以内                              only a limit can be kept
经统计，筛查学生15460人。该项指标已达标                       of the sentence before
超额完成了目标任务，筛查学生15460人                           told first
"""

from __future__ import annotations

from collections.abc import Iterator
from re import Match

from auditor.document import View
from auditor.facts.aims import COUNTED, is_laid_out
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.scoring.directions import TIMES
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Passage
from auditor.values import frozen


@frozen
class Outcome:
    """`claim` says that the aim of `told` was reached, several numbers of one unit that belong together. `named` are
    the words that the claim has for what it is of; `above` and `below` that the number passes it, or keeps under it."""

    told: tuple[Quantity, ...]
    claim: View
    named: str
    above: bool
    below: bool


def outcomes_of(passage: Passage) -> Iterator[Outcome]:
    """The claims of a passage."""
    found = list(word("aim_claimed").finditer(passage.text))
    counted: dict[int, list[Quantity]] = {}
    for one in quantities_of(passage) if found else ():
        if one.kind in COUNTED:
            counted.setdefault(one.sentence, []).append(one)
    for match in found if counted else ():
        if _is_open(passage, match):
            continue
        number = passage.structure.sentence(match.start())
        own = counted.get(number, [])
        subject = word("claim_idle").sub("", _subject(passage, match, own))
        view = passage.view.part(*match.span())
        above = bool(match["above"] or match["over"])
        below = bool(match["below"] or match["in_time"])
        for told in _said_of(passage, match, own, counted.get(number - 1, []), subject):
            if not match["in_time"] or told[0].unit in TIMES:
                yield Outcome(told, view, subject + (match["of"] or ""), above, below)


def _is_open(passage: Passage, match: Match[str]) -> bool:
    """Whether the claim is still to come true, is denied, or holds for an aim that was set anew."""
    start, end = passage.structure.sentence_span(match.start())
    clause = passage.structure.clause_span(match.start(), match.end())
    return bool(
        word("claim_ahead").search(passage.text, clause[0], match.start())
        or word("claim_ahead").search(passage.text, match.end(), clause[1])
        or word("aim_moved").search(passage.text, start, end)
        or word("not_reached").search(passage.text, start, end)
    )


def _subject(passage: Passage, match: Match[str], own: list[Quantity]) -> str:
    """The words of its clause before a claim, behind the last number."""
    start = passage.structure.clause_span(match.start(), match.end())[0]
    before = [one.end for one in own if one.end <= match.start()]
    return passage.text[max([start, *before[-1:]]) : match.start()]


def _said_of(
    passage: Passage, match: Match[str], own: list[Quantity], last: list[Quantity], subject: str
) -> Iterator[tuple[Quantity, ...]]:
    """The groups of numbers that a claim is said of: of its `own` sentence, those before it, else of the `last` one
    where it refers to that or names nothing but all, else those behind it."""
    before = [one for one in own if one.end <= match.start()]
    behind = [one for one in own if one.start >= match.end()]
    if before:
        of_all = _is_of_all(passage, match, before[-1].end)
        own_part = max(map(passage.text[: match.start()].rfind, "；;"))
        yield from _groups([one for one in before if of_all or one.start > own_part] or before, of_all=of_all)
    elif word("claim_refers").match(passage.text, passage.structure.sentence_span(match.start())[0]):
        yield from _groups(last, of_all=False)
    elif behind:
        yield from _groups(behind[:1], of_all=False)
    elif not subject and _is_of_all(passage, match, passage.structure.clause_span(*match.span())[0]):
        yield from _groups(last, of_all=True)


def _is_of_all(passage: Passage, match: Match[str], start: int) -> bool:
    """Whether the words from a place to the end of the claim make it of everything told."""
    return word("claim_of_all").search(passage.text, start, match.end()) is not None


def _groups(told: list[Quantity], *, of_all: bool) -> Iterator[tuple[Quantity, ...]]:
    """The numbers of one unit, aims and parts left out: of the last unit, with `of_all` of each."""
    done = [one for one in told if not one.depth and not is_laid_out(one)]
    plain = [one for one in done if not one.figure.is_bound] or done or _behind_aims(told)
    for sample in {_measures(one): one for one in (plain if of_all else plain[-1:])}.values():
        alike = [one for one in plain if _measures(one) == _measures(sample)]
        whole = [one for one in alike if not word("claim_parts").search(one.sentence_before)]
        yield tuple(whole or alike)


def _measures(quantity: Quantity) -> tuple[Kind, str, bool]:
    """What numbers have in common that one claim is made of."""
    return quantity.kind, quantity.unit, quantity.is_average


def _behind_aims(told: list[Quantity]) -> list[Quantity]:
    """The last number of a sentence that has begun with aims, behind one of its unit: "计划举办12期，举办11期"."""
    last = told[-1:]
    return [
        one for one in last if any((one.kind, one.unit) == (other.kind, other.unit) for other in told[:-1])
    ]
