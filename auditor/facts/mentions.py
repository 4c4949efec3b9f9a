"""Which quantities of a report speak of the same thing."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from auditor.compiled import compiled
from auditor.facts.lists import lists_in
from auditor.facts.quantities import behind, quantities, sentence_before, shared_nouns, touches
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.scattered_totals import COMPOUND
from auditor.facts.scoring.targets import figures_of, in_unit
from auditor.figures import Figure, Kind
from auditor.language import word
from auditor.report.model import Indicator, Passage, Report, TextKind
from auditor.values import frozen

_THING = 3  # characters that name a thing without the verb
_MANY = 40  # candidates compared with one another: a file of thousands of equal lines stays cheap
_HAN = compiled(r"[\u4e00-\u9fff]+")

_YEAR = compiled(r"(?:19|20)\d\d")
_GENERAL = ("全部", "所有", "全体", "总共", "共计", "合计", "共有", "共")


@frozen
class Mention:
    """One thing and every place that counts it."""

    name: str
    places: tuple[Quantity, ...]

    @property
    def agree(self) -> bool:
        first = self.places[0].figure.interval
        return all(q.figure.interval.meets(first) for q in self.places[1:])


def repeated(pool: Sequence[Sequence[Quantity]]) -> Iterator[Mention]:
    """Things named by the same words before the number, in two places at least."""
    groups: dict[tuple[str, str], list[Quantity]] = {}
    for found in pool:
        for quantity in found:
            label = quantity.label
            if quantity.figure.kind is Kind.POINTS or word("mention_of_money").search(label):
                continue
            if len(label) >= 4 and _HAN.fullmatch(label):
                groups.setdefault((label, quantity.unit), []).append(quantity)
    for places in groups.values():
        if len(places) < 2 or len({(id(q.passage), q.sentence) for q in places}) < 2:
            continue
        mention = Mention(places[0].told().removesuffix(places[0].figure.raw), tuple(places))
        if mention.agree or (_one_thing(mention) and (same_form(mention) or _telling(mention))):
            yield mention


def _one_thing(mention: Mention) -> bool:
    """Whether period and part are the same wherever they are told; three values are three things."""
    if len({q.figure.value for q in mention.places}) > 2:
        return False
    if any(word("against_plan").match(q.passage.text, q.end) for q in mention.places):
        return False  # "192.4千米，为计划的103%": the other is the plan
    subjects = {_subject(q) for q in mention.places} - {""}
    if any(left not in right and right not in left for left, right in combinations(subjects, 2)):
        return False
    marks = {
        frozenset((*word("mention_period").findall(sentence_before(q)), *q.parts)) for q in mention.places
    }
    years = {frozenset(found) for q in mention.places if (found := _YEAR.findall(sentence_before(q)))}
    return len(marks) == 1 and len(years) <= 1


def _subject(quantity: Quantity) -> str:
    """What the clause before counts: "0—6岁儿童3.15万人，接受健康管理2.96万人"."""
    found = quantities(quantity.passage)
    at = bisect_left(found, quantity.start, key=lambda other: other.start)
    return found[at - 1].label if at and found[at - 1].sentence == quantity.sentence else ""


def _telling(mention: Mention) -> bool:
    """Whether the words are full enough to name one thing: not every "发放资料" is the same."""
    places = {(id(q.passage), q.sentence) for q in mention.places}
    scoped = all(word("of_a_scope").search(q.head) for q in mention.places)
    counted = all(q.figure.kind is Kind.COUNT for q in mention.places)
    apart = len({id(q.passage) for q in mention.places}) == len(mention.places)
    named = len(mention.name) >= 6 and counted
    return (scoped and len(places) == len(mention.places)) or (named and apart)


def same_form(mention: Mention) -> bool:
    """Whether two differing places stand beside the same second quantity: one statement, repeated."""
    beside: dict[Decimal, set[tuple[str, str]]] = {}
    for place in mention.places:
        beside.setdefault(place.figure.value, set()).update(_neighbours(place))
    return any(left & right for left, right in combinations(beside.values(), 2))


def _neighbours(quantity: Quantity) -> set[tuple[str, str]]:
    return {
        (other.label, other.figure.raw)
        for other in quantities(quantity.passage)
        if other.sentence == quantity.sentence and other is not quantity and len(other.label) >= 3
    }


def roster_mentions(pool: Sequence[Sequence[Quantity]]) -> Iterator[tuple[Sequence[Quantity], Quantity]]:
    """Lists like "专职岗员3名、兼职岗员5名", and a later "专兼职岗员" that covers both."""
    covering = [(q, match) for found in pool for q in found if (match := word("inclusive").match(q.tail))][
        :_MANY
    ]
    if not covering:
        return
    for found in pool:
        for listed in lists_in(found[0].passage) if found else ():
            nouns = tuple(shared_nouns(listed.parts))
            if not nouns or listed.opened:
                continue
            for whole, match in covering:
                if whole.unit == listed.parts[0].unit and whole.tail[match.end() :].startswith(nouns):
                    yield listed.parts, whole


def whole_mentions(pool: Sequence[Sequence[Quantity]]) -> Iterator[Mention]:
    """Things counted as a whole ("全部65个站点") and a differing count of the same things."""
    groups: dict[tuple[str, str], list[tuple[Quantity, str, str]]] = {}
    for found in pool:
        for quantity in found:
            if quantity.figure.kind is not Kind.COUNT or len(behind(quantity)) < 2:
                continue
            scope = match.group() if (match := word("ends_in_scope").search(quantity.head)) else ""
            if scope or not quantity.head:
                noun = behind(quantity, 12)
                groups.setdefault((quantity.unit, noun[:2]), []).append((quantity, scope, noun))
    for group in groups.values():
        for (left, scope, noun), (right, other, words) in combinations(group[:_MANY], 2):
            name = _common(noun, words)
            if name and _clash(left, scope, right, other):
                yield Mention(name, (left, right) if scope else (right, left))
                break


def _common(left: str, right: str) -> str:
    size = 0
    while size < min(len(left), len(right)) and left[size] == right[size]:
        size += 1
    following = {left[size : size + 1], right[size : size + 1]}
    if size < 2 or not _HAN.fullmatch(left[:size]) or following & COMPOUND:
        return ""
    return left[:size]


def _clash(left: Quantity, scope: str, right: Quantity, other: str) -> bool:
    """Whether two counts cannot both be right: two wholes differ, or a part exceeds the whole."""
    if left.parts != right.parts:
        return False
    if word("mention_period").search(sentence_before(left)) or word("mention_period").search(
        sentence_before(right)
    ):
        return False
    if scope and other:
        alike = scope == other or scope in _GENERAL or other in _GENERAL
        return alike and not left.figure.interval.meets(right.figure.interval)
    if scope:
        return left.base.below(right.base)
    return bool(other) and right.base.below(left.base)


def indicator_mentions(
    report: Report, pool: Sequence[Sequence[Quantity]]
) -> Iterator[tuple[str, Quantity, list[Quantity]]]:
    """An indicator's actual value and the places of the text that repeat it."""
    named = [(indicator, found) for indicator in report.indicators if (found := _actual(indicator))]
    if not named:
        return
    by_tail: dict[tuple[Kind, str, str], list[Quantity]] = {}
    for group in pool:
        for quantity in group:
            by_tail.setdefault((quantity.figure.kind, quantity.unit, quantity.label[-2:]), []).append(
                quantity
            )
    tails = Counter(
        name[-size:] for name in {_plain(i) for i, _ in named} for size in range(3, len(name) + 1)
    )
    for indicator, actual in named:
        name = _plain(indicator)
        stems = dict.fromkeys((name, word("measure_end").sub("", name)))
        candidates = [
            q
            for tail in dict.fromkeys(stem[-2:] for stem in stems)
            for q in by_tail.get((actual.figure.kind, actual.unit, tail), [])[:_MANY]
        ]
        places = [
            q
            for q in candidates
            if (_is_named(q, stems) or (name.endswith(q.label) and tails[q.label] == 1))
            and not q.figure.span.overlaps(indicator.span)
            and set(word("mention_period").findall(q.clause)) <= set(word("mention_period").findall(name))
            and is_told_of(q, name)
        ]
        if places and len({q.figure.value for q in places}) <= 2:
            yield indicator.name, actual, places


def almost_mentions(
    report: Report, pool: Sequence[Sequence[Quantity]], told: set[Figure]
) -> Iterator[tuple[str, Quantity, Quantity]]:
    """An indicator's actual value, and a number of the text in the same unit and of like words that
    differs from it in one digit, or by two digits swapped. `told` are figures spoken of already."""
    actuals = [(one, found) for one in report.indicators if (found := _actual(one)) is not None]
    values = {(found.unit, found.figure.amount) for _, found in actuals}
    spans = sorted(one.span for one, _ in actuals)
    like: dict[tuple[str, str], list[tuple[Indicator, Quantity]]] = {}
    for one, found in actuals:
        for key in slips_of(found.figure.digits):
            like.setdefault((found.unit, key), []).append((one, found))
    for group in pool:
        for quantity in group:
            figure = quantity.figure
            if (
                figure in told
                or (quantity.unit, figure.amount) in values
                or word("mention_period").search(quantity.clause)
                or quantity.parts
            ):
                continue
            near = {
                id(one): (one.name, found)
                for key in slips_of(figure.digits)
                for one, found in like.get((quantity.unit, key), [])[:_MANY]
                if _shares_words(one, quantity) and not _told_beside(found, quantity, group)
            }
            if len(near) == 1 and not touches(figure.span, spans):
                name, found = next(iter(near.values()))
                yield name, found, quantity


def _told_beside(actual: Quantity, quantity: Quantity, group: Sequence[Quantity]) -> bool:
    """Whether the sentence of a number tells the actual value too: "报告189例，规范管理186例" are two things."""
    return any(
        one.sentence == quantity.sentence
        and one.unit == actual.unit
        and one.figure.amount == actual.figure.amount
        for one in group
    )


def is_told_of(quantity: Quantity, name: str) -> bool:
    """Whether a name speaks of all that the headings over a quantity set apart: what was done in one half of the year
    is not what an indicator counts in both."""
    return all(part in name for part in (*quantity.lot, *(quantity.period if quantity.parts else ())))


def slips_of(digits: str) -> Iterator[str]:
    """What a number of three digits or more has in common with those one digit off ("18*.5"), and with
    those in which two neighbours are swapped ("<81>6.5" for 186.5 and 816.5)."""
    if sum(char.isdigit() for char in digits) < 3:
        return
    for at, char in enumerate(digits):
        if char.isdigit():
            yield f"{digits[:at]}*{digits[at + 1 :]}"
            if digits[at + 1 : at + 2].isdigit():
                yield f"{digits[:at]}<{''.join(sorted(digits[at : at + 2]))}>{digits[at + 2 :]}"


def _shares_words(indicator: Indicator, quantity: Quantity) -> bool:
    name, clause = _plain(indicator), quantity.clause
    return any(name[at : at + 2] in clause for at in range(len(name) - 1))


def _plain(indicator: Indicator) -> str:
    return "".join(_HAN.findall(word("unit_in_name").sub("", indicator.name)))[:40]


def _actual(indicator: Indicator) -> Quantity | None:
    """The one plain value in the actual cell; a bare number is told in the unit of its row."""
    if (
        not indicator.actual
        or word("mention_of_money").search(indicator.name)
        or len(indicator.actual.text) > 20
    ):
        return None
    passage = Passage(indicator.actual, TextKind.CELL)
    found = quantities(passage)
    bare = quantities_of(passage)
    if not found and len(bare) == 1 and (unit := _unit(indicator)):
        found = (replace(bare[0], figure=in_unit(bare[0].figure, unit)),)
    told = len(found) == 1 and found[0].kind in (Kind.COUNT, Kind.RATE, Kind.POINTS)
    return found[0] if told and not found[0].figure.is_vague else None


def _unit(indicator: Indicator) -> str:
    """The unit of a row in its own cell, in brackets behind the name, or with the target; "" where none is told."""
    if indicator.unit is not None and indicator.unit.text:
        return indicator.unit.text
    if (named := word("unit_in_name").search(indicator.name)) is not None:
        return named["unit"]
    targets = figures_of(indicator.target) if indicator.target is not None else []
    return targets[0].unit if len(targets) == 1 and targets[0].kind is Kind.COUNT else ""


def _is_named(quantity: Quantity, stems: Iterable[str]) -> bool:
    """Whether the words before the number are the indicator's name, behind a few idle words, or with another verb
    for the same deed ("新建X" told as "建成X")."""
    label = quantity.label
    return any(
        len(stem) >= 4
        and ((label.endswith(stem) and _is_idle(label.removesuffix(stem))) or _names_the_deed(label, stem))
        for stem in stems
    )


def _is_idle(lead: str) -> bool:
    return word("mention_lead").fullmatch(lead) is not None


def _names_the_deed(label: str, stem: str) -> bool:
    deed = word("same_deed").match(stem)
    thing = stem[deed.end() :] if deed is not None else ""
    if deed is None or len(thing) < _THING or not label.endswith(thing):
        return False
    lead = label.removesuffix(thing)
    return any(
        told.end() == len(lead) and told.lastgroup == deed.lastgroup and _is_idle(lead[: told.start()])
        for told in word("same_deed").finditer(lead)
    )
