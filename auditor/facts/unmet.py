"""An aim told in one place, and in another what became of it with the claim that it was reached.

方案明确，新建大棚1500亩、改造棚体600亩。…… 新建大棚1428亩，超额完成年度任务    asked
绩效目标为乘客满意度不低于95%。…… 满意度91.2%，达到了年初确定的目标            asked
计划补植不少于5.2万株，分两次实际栽下4.87万株，超额完成   what it came to, in other words and its own sentence
年度指标值为不低于95%，经核对，按期办结率92.4%，得满分                        the aim has no name: of what comes next
城东片区改造管网12公里，完成任务（计划改造管网32公里）                          a part of it: nothing
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.aims import Aim, Unmet, aims_of
from auditor.facts.naming import pairs_of
from auditor.facts.outcomes import Outcome, outcomes_of
from auditor.facts.quantities import sum_of
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.stated import facts_of
from auditor.figures import Kind
from auditor.language import word
from auditor.report.model import Report, TextKind

_WORD = 2
_NOUN = 3  # characters of the noun of a rate
_MOST = 100  # aims of one unit that are looked at
_NEXT = 1  # sentences from an aim without a name to what became of it


def unmet(report: Report) -> Iterator[Unmet]:
    """Claims that an aim was reached whose numbers miss the one aim of their name that the report tells."""
    outcomes = [
        one
        for passage in facts_of(report).passages
        if passage.kind is TextKind.PROSE
        for one in outcomes_of(passage)
    ]
    if not outcomes:
        return
    aims: dict[tuple[Kind, str], list[Aim]] = {}
    for aim in aims_of(report):
        alike = aims.setdefault((aim.told.kind, aim.told.unit), [])
        if len(alike) < _MOST:
            alike.append(aim)
    for outcome in outcomes:
        first = outcome.told[0]
        others = [one for one in aims.get((first.kind, first.unit), ()) if one.told not in outcome.told]
        for actual in outcome.told if others else ():
            answered = _aim_of(actual, outcome, others)
            if answered is None:
                continue
            if all(map(answered.missed_by, outcome.told)) and not _reach_together(outcome.told, answered):
                yield Unmet(answered.told, actual, outcome.claim, bool(answered.lower))
            break


def _reach_together(told: tuple[Quantity, ...], aim: Aim) -> bool:
    """Whether several numbers reach an aim that is told in one: "小学生6200人、中学生3100人，超额完成"."""
    if len(told) < 2 or aim.told.kind is Kind.RATE or aim.lower:
        return False
    return not sum_of(told).below(aim.told.figure.without_bound.base)


def _aim_of(actual: Quantity, outcome: Outcome, aims: list[Aim]) -> Aim | None:
    """The one aim that the number answers, by unit and name; None where several or none do."""
    if actual.figure.is_vague or actual.figure.upper is not None:
        return None
    able = [
        sided
        for aim in aims
        if (sided := _sided(aim, outcome)) is not None and not _is_beside(aim.told, actual)
    ]
    named = pairs_of(outcome.named)
    alike = [
        (len(shared), aim)
        for aim in able
        if (shared := _shared(actual, aim.told))
        and (not named or named & (_pairs(aim.told) | _pairs(actual)))
    ]
    if not alike:
        return next((aim for aim in reversed(able) if _stands_next(aim.told, actual)), None)
    most = max(number for number, _ in alike)
    best = [aim for number, aim in alike if number == most]
    return best[0] if len({aim.told.base for aim in best}) == 1 else None


def _sided(aim: Aim, outcome: Outcome) -> Aim | None:
    """The aim in the direction that the claim has for it; None where the claim is of another direction or none."""
    if outcome.above or outcome.below:
        return Aim(aim.told, outcome.below) if aim.lower in (None, outcome.below) else None
    return aim if aim.lower is not None else None


def _pairs(quantity: Quantity) -> frozenset[str]:
    return pairs_of(quantity.head) | pairs_of(quantity.tail)


def _stands_next(aim: Quantity, actual: Quantity) -> bool:
    """Whether an aim is told next to the number, in its sentence or the one before, and one of them names nothing; or in
    its sentence, and what it came to follows."""
    if aim.passage is not actual.passage or actual.sentence - aim.sentence not in (0, _NEXT):
        return False
    first, last = sorted((aim, actual), key=lambda one: one.place)
    between = quantities_of(aim.passage)[first.place + 1 : last.place]
    if any(one.unit == aim.unit for one in between):
        return False
    follows = first is aim and aim.sentence == actual.sentence and word("came_to").search(actual.head)
    return bool(follows) or any(map(_names_nothing, (aim, actual)))


def _names_nothing(quantity: Quantity) -> bool:
    return len(word("aim_names_nothing").sub("", quantity.head + quantity.tail)) < _WORD


def _is_beside(aim: Quantity, actual: Quantity) -> bool:
    """Whether they are of other parts, years or sizes, or of an aim that was set anew."""
    sentence = aim.passage.text[slice(*aim.structure.sentence_span(aim.start))]
    of_part = {match.group() for match in word("part_of_all").finditer(actual.head)} | {*actual.parts} - {
        *aim.parts
    }
    return bool(
        actual.is_average != aim.is_average
        or word("aim_moved").search(sentence)
        or any(part not in aim.head for part in of_part)
        or word("apart_aim").search(actual.head)
        or word("apart_aim").search(aim.head)
        or word("other_year").search(actual.head)
    )


def _shared(actual: Quantity, aim: Quantity) -> frozenset[str]:
    """Words in which both are told; none unless the noun of one, its last word, is the noun of the other."""
    if actual.kind is Kind.RATE:
        own, other = _rate_name(actual), _rate_name(aim)
        return _alike_rates(own, other) if own and other else frozenset()
    own, other = actual.thing or actual.label, aim.thing or aim.label
    nouns = {name[-_WORD:] for name in (own, actual.label) if len(name) >= _WORD}
    if not any(noun in aim.label or noun in other for noun in nouns):
        return frozenset()
    return _pairs(actual) & _pairs(aim)


def _alike_rates(own: str, other: str) -> frozenset[str]:
    """ "服务综合满意率" and "服务满意率": the noun of both, and a word before it, unless the one ends with the other."""
    shared = pairs_of(own) & pairs_of(other)
    if own.endswith(other) or other.endswith(own):
        return shared
    noun = own[-_NOUN:]
    return shared if other.endswith(noun) and shared - pairs_of(noun) else frozenset()


def _rate_name(quantity: Quantity) -> str:
    """The name of a rate without what says that it is aimed at, and where."""
    pieces = [piece for piece in word("before_rate").split(quantity.label) if word("rate_noun").search(piece)]
    found = word("rate_noun").search(pieces[-1]) if pieces else None
    return found.group() if found else ""
