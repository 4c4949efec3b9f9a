"""An aim told in one place, and in another what became of it with the claim that it was reached.

方案明确，新建大棚1500亩、改造棚体600亩。…… 新建大棚1428亩，超额完成年度任务    asked
绩效目标为乘客满意度不低于95%。…… 满意度91.2%，达到了年初确定的目标            asked
城东片区改造管网12公里，完成任务（计划改造管网32公里）                          a part of it: nothing
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.aims import Unmet, breaks
from auditor.facts.naming import pairs_of
from auditor.facts.quantities import plan_spans, sum_of, touches
from auditor.facts.quantity import Quantity, quantities_of
from auditor.figures import Kind, Modifier
from auditor.language import word
from auditor.report.model import Passage, Report, TextKind

_KINDS = (Kind.COUNT, Kind.MONEY, Kind.RATE)
_AT_LEAST = (Modifier.NONE, Modifier.AT_LEAST, Modifier.OVER, Modifier.EQUAL)
_WORD = 2


def unmet_elsewhere(report: Report) -> Iterator[Unmet]:
    """Claims that an aim was reached whose number misses the one aim of its name that the report tells."""
    claimed = [one for passage in _prose(report) for one in _claimed(passage)]
    if not claimed:
        return
    goals = plan_spans(report)
    aims = [
        one
        for passage in _prose(report)
        for one in quantities_of(passage)
        if one.kind in _KINDS and (_is_laid_out(one) or touches(one.figure.span, goals))
    ]
    for actual, claim in claimed:
        aim = _aim_of(actual, claim[1], aims)
        if aim is None:
            continue
        told = list(_told_with(actual))
        if all(_misses(one, aim) for one in told) and not _reach_together(told, aim):
            yield Unmet(aim, actual, actual.passage.view.part(*claim[0]))


def _told_with(actual: Quantity) -> Iterator[Quantity]:
    """The number and those of its unit before it in the sentence: of parts the claim is not said, but of their total."""
    for one in quantities_of(actual.passage):
        alike = one.kind is actual.kind and one.unit == actual.unit
        if alike and one.sentence == actual.sentence and one.start <= actual.start:
            yield one


def _reach_together(told: list[Quantity], aim: Quantity) -> bool:
    """Whether several numbers reach an aim that is told in one: "小学生6200人、中学生3100人，超额完成"."""
    if len(told) < 2 or aim.kind is Kind.RATE or aim.figure.modifier not in _AT_LEAST:
        return False
    return not sum_of(told).below(aim.figure.base)


def _prose(report: Report) -> Iterator[Passage]:
    return (one for one in report.prose if one.kind is TextKind.PROSE and not one.filled_by_system)


def _claimed(passage: Passage) -> Iterator[tuple[Quantity, tuple[tuple[int, int], str]]]:
    """Numbers right behind which the text says that their aim was reached; the claim, and what it names."""
    found = list(word("aim_claimed").finditer(passage.text))
    if not found:
        return
    counted = [one for one in quantities_of(passage) if one.kind in _KINDS]
    for match in found:
        before = [one for one in counted if one.end <= match.start()]
        if not before:
            continue
        between = passage.text[before[-1].end : match.start()]
        clause = passage.text[slice(*passage.structure.clause_span(match.start(), match.end()))]
        if not word("claim_behind").fullmatch(between) or word("claim_ahead").search(clause):
            continue
        of_all = word("claim_of_all").search(between + match.group())
        for actual in (
            [one for one in before if one.sentence == before[-1].sentence] if of_all else before[-1:]
        ):
            if not actual.figure.is_vague and actual.figure.upper is None and not _is_laid_out(actual):
                yield actual, (match.span(), match["of"] or "")


def _is_laid_out(quantity: Quantity) -> bool:
    """Whether its sentence has said that what follows is to be reached."""
    told = quantity.sentence_before
    said = list(word("aim_laid_out").finditer(told))
    return bool(said) and not word("aim_ends").search(told, said[-1].end())


def _aim_of(actual: Quantity, named: str, aims: list[Quantity]) -> Quantity | None:
    """The one aim that the number answers, by unit and name; None where several or none do."""
    alike = [
        (len(shared), aim)
        for aim in aims
        if aim.kind is actual.kind and aim.unit == actual.unit and not _is_beside(aim, actual)
        if (shared := _shared(actual, aim)) and (not named or named in aim.head)
    ]
    if not alike:
        return None
    most = max(number for number, _ in alike)
    best = [aim for number, aim in alike if number == most]
    return best[0] if len({aim.base for aim in best}) == 1 else None


def _is_beside(aim: Quantity, actual: Quantity) -> bool:
    """Whether they stand in one sentence, where `unmet` reads them, or are of other parts, years or aims set anew."""
    if aim.passage is actual.passage and aim.sentence == actual.sentence:
        return True
    sentence = aim.passage.text[slice(*aim.structure.sentence_span(aim.start))]
    of_part = {match.group() for match in word("part_of_all").finditer(actual.head)}
    return bool(
        word("aim_moved").search(sentence)
        or any(part not in aim.head for part in of_part)
        or word("apart_aim").search(actual.head)
        or word("apart_aim").search(aim.head)
        or word("other_year").search(actual.sentence_before)
    )


def _shared(actual: Quantity, aim: Quantity) -> frozenset[str]:
    """Words in which both are told; none unless the noun of one, its last word, is the noun of the other."""
    if actual.kind is Kind.RATE:
        own, other = _rate_name(actual), _rate_name(aim)
        if not own or not other or not (own.endswith(other) or other.endswith(own)):
            return frozenset()
        return pairs_of(own) & pairs_of(other)
    own, other = actual.thing or actual.label, aim.thing or aim.label
    nouns = {name[-_WORD:] for name in (own, actual.label) if len(name) >= _WORD}
    if not any(noun in aim.label or noun in other for noun in nouns):
        return frozenset()
    return (pairs_of(actual.head) | pairs_of(actual.tail)) & (pairs_of(aim.head) | pairs_of(aim.tail))


def _rate_name(quantity: Quantity) -> str:
    found = word("rate_noun").search(quantity.label)
    return found["name"] if found else ""


def _misses(actual: Quantity, aim: Quantity) -> bool:
    """Whether no value of `actual` reaches the aim, or keeps the limit."""
    if aim.figure.modifier in (Modifier.AT_MOST, Modifier.UNDER):
        return breaks(actual, aim)
    return (
        aim.figure.modifier in _AT_LEAST and aim.figure.upper is None and actual.base.below(aim.figure.base)
    )
