"""Which two numbers of a report a rate, a mean or a rest is told of, where no rule says so.

Of sound reports it is counted where the two stand whose quotient, rise or difference a number is: how near, in which
order, under which words, of which measure. Each such trait of a pair makes it so many times likelier, or less likely,
to be the one that is meant (`meant.toml`, written by `scripts/meant.py`). No trait forbids a pair and none calls for
it, so that a sentence which nobody has thought of is read like any other; only to be asked about a pair needs a word
in common with the number, unless that is a rise, whose words tell how it moves and not what.

A pair that gives the number explains it, by as much as it is likely to be meant. Where a pair gives it by one slip of
the pen alone, the number is doubted: as far as that is likelier than that another pair explains it, or that it is told
of none of them and chance writes it.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache, lru_cache
from itertools import chain, permutations, product
from operator import attrgetter
from pathlib import Path

from auditor.facts.context.number import Number, Numbers
from auditor.facts.context.reading import Reading, Way, is_paid_for
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Modality, role_told
from auditor.facts.slip import explained_by_claimed, misprints, planted, ways
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import any_of, word
from auditor.report.model import Role
from auditor.values import frozen, lazy

_COUNTED = Path(__file__).with_name("meant.toml")
_BACK, _ON = 30, 6  # numbers before and behind one of which it may be told
_NAMED = 12  # and those elsewhere that its words name
_HARDLY = Decimal("0.0001")  # a pair that is less likely to be meant is not looked at
_NO_NIL = Decimal("0.9")  # of all digits are none
_OTHERWISE = Decimal("0.1")  # so large a part of slips is none of those known
_MUTE = Decimal("0.05")  # and so much is left of a doubt of a rate of things where no word speaks for it
_FAR, _WORDS = 3, 3  # sentences or neighbours between, words in common: more are counted as so many
_place = attrgetter("place")


class Told(StrEnum):
    """What a number is of two others: a quotient, a rise or fall, a price of one, what is left or goes beyond."""

    RATE = "rate"
    RISE = "rise"
    MEAN = "mean"
    REST = "rest"


class Cue(StrEnum):
    """What the words right before a number say of how it is made."""

    CONTENT = "content"
    SHARE = "share"
    FUNDS = "funds"
    RATE = "rate"
    LEFT = "left"
    BEYOND = "beyond"
    STEP = "step"
    BARE = "bare"
    OTHER = "other"


_OF_RATES = (
    (Cue.CONTENT, "satisfaction"), (Cue.FUNDS, "rate_of_funds"), (Cue.SHARE, "a_share"), (Cue.RATE, "named_rate"),
)  # fmt: skip
_OF_RESTS = ((Cue.BEYOND, "beyond"), (Cue.LEFT, "left_over"), (Cue.STEP, "step_told"))
_CUES: Mapping[Told, Sequence[tuple[Cue, str]]] = {
    Told.RATE: _OF_RATES, Told.RISE: _OF_RATES, Told.MEAN: (), Told.REST: _OF_RESTS,
}  # fmt: skip
KINDS = tuple(
    f"{told}, {cue}"
    for told, cues in _CUES.items()
    for cue in (*[cue for cue, _ in cues], Cue.BARE, Cue.OTHER)
)
"""Every `Claimed.kind` that there may be."""


_OPERATIONS = {
    Told.RATE: (Operation.RATIO,),
    Told.RISE: (Operation.CHANGE, Operation.RATIO, Operation.STEP),
    Told.MEAN: (Operation.RATIO,),
    Told.REST: (Operation.SUM,),
}


_WAYS = {
    Operation.RATIO: Way.RATIO, Operation.CHANGE: Way.CHANGE, Operation.STEP: Way.STEP, Operation.SUM: Way.REST,
}  # fmt: skip


@frozen(eq=False)
class Claimed:
    """A number that may be told of two others, and what its words say."""

    number: Number
    told: Told
    cue: Cue
    subject: frozenset[str]
    """Pairs of characters that say what it is of."""
    base: frozenset[str]
    """And of what it is a share, where that is told; else the same."""

    @property
    def kind(self) -> str:
        """What it is and what its words say, as it is counted."""
        return f"{self.told}, {self.cue}"

    @lazy
    def names_piece(self) -> bool:
        """Whether the words of a price say what it is told for one of."""
        return word("told_for_one").search(self.number.quantity.head) is not None

    def may_be_of(self, base: Number) -> bool:
        """Whether a rate may be of it: one of funds is of money, a share of anything, others hardly ever of money."""
        return self.cue is Cue.SHARE or (self.cue is Cue.FUNDS) is (base.measure == "元")


@frozen
class _Own:
    """How a number stands to the one that may be told of it."""

    where: str
    named: str
    of_base: str
    is_total: bool
    depth: int
    modality: str
    role: str
    is_price: bool
    is_before: bool
    is_change: bool
    is_part: bool
    is_counted_so: bool

    def told(self) -> tuple[str, ...]:
        """Each trait as it is counted."""
        return (
            f"at {self.where}",
            f"named {self.named}",
            f"of base {self.of_base}",
            f"total {self.is_total}",
            f"depth {self.depth}",
            self.modality,
            f"role {self.role}",
            f"price {self.is_price}",
            f"before {self.is_before}",
            f"rise {self.is_change}",
            f"part {self.is_part}",
            f"its unit told {self.is_counted_so}",
        )


@frozen
class _Both:
    """How two numbers stand to each other, and what the words before the one say of such."""

    cue: str
    kind: str
    is_larger: bool
    first_beside: bool
    second_beside: bool
    is_paid_for: bool
    is_ahead: bool
    between: int
    one_unit: bool
    shared: int
    one_sentence: bool

    def told(self) -> tuple[str, ...]:
        """Each trait as it is counted."""
        return (
            f"{self.cue} of {self.kind}",
            f"{self.cue} of larger {self.is_larger}",
            f"{self.cue} in one sentence {self.first_beside} {self.second_beside}",
            f"paid for {self.is_paid_for}",
            f"larger {self.is_larger}",
            f"{'first' if self.is_ahead else 'second'} told first, {self.between} between",
            f"unit {self.one_unit}",
            f"shared words {self.shared}",
            f"one sentence {self.one_sentence}",
        )


@frozen(eq=False)
class Pair:
    """`first` and `second` as what a number is told of."""

    claimed: Claimed
    first: Number
    second: Number
    operation: Operation
    weight: int
    """How much likelier they are meant than others: hundredths of its natural logarithm."""
    kept: tuple[_Own, _Own, _Both]

    @lazy
    def reading(self) -> Reading:
        """As the number is read by them."""
        return Reading(_WAYS[self.operation], self.claimed.number, (self.first, self.second))

    @property
    def relation(self) -> Relation:
        """As arithmetic."""
        return self.reading.relation

    @property
    def traits(self) -> tuple[str, ...]:
        """What their weight is the sum of."""
        first, second, both = self.kept
        return (
            *[f"first {trait}" for trait in first.told()],
            *[f"second {trait}" for trait in second.told()],
            *both.told(),
        )

    @lazy
    def slipped(self) -> Decimal:
        """How likely one slip in the number writes what is written, if they are meant. The two themselves mostly stand
        in other sums and rates as well, and a slip in one of them shows there."""
        try:
            found = explained_by_claimed(self.relation)
        except ZeroDivisionError:
            return Decimal(0)
        return Decimal(0) if found is None else planted(found.pattern) / ways(found.figure, found.pattern)


@frozen(eq=False)
class Doubt:
    """`pair` is probably meant and not kept: `times` likelier than that nothing is wrong."""

    pair: Pair
    times: Decimal


def doubted(claimed: Claimed, told: Numbers) -> Doubt | None:
    """The pair that is likeliest to be meant and missed, by one slip or, of a rise that no pair gives, in any way; None
    where nothing says so."""
    near = _around(claimed, told)
    if not _may_be_slipped(claimed, near):
        return None
    none = told_of_none(claimed)
    found = [(_times(pair.weight), pair) for pair in _pairs(claimed, near)]
    together = sum((times for times, _ in found), Decimal(0))
    sound = none * chance(claimed)
    anyhow = Decimal(0)
    if claimed.told is Told.RISE and not any(pair.relation.may_give for _, pair in found):
        figure = claimed.number.figure
        anyhow = _OTHERWISE * figure.last_place / figure.value
    best: tuple[Decimal, Pair] | None = None
    for times, pair in found:
        meant = times * (1 - none) / together
        if meant < _HARDLY:
            continue
        if pair.relation.may_give:
            sound += meant
            continue
        if claimed.told is Told.RATE and not claimed.may_be_of(pair.second):
            continue
        likely = meant * max(pair.slipped, anyhow)
        if not _speak_for(claimed, pair.first, pair.second):
            likely *= _unspoken(pair)
        if likely > (best[0] if best else 0):
            best = (likely, pair)
    return None if best is None else Doubt(best[1], best[0] / sound)


def _unspoken(pair: Pair) -> Decimal:
    """What is left of a doubt of which no word speaks: all of a rise that names nothing of its own, for its words tell
    how it moves; little of a rate of things; else nothing."""
    if pair.claimed.told is Told.RISE:
        moved = word("change").sub("", pair.claimed.number.quantity.head)
        return Decimal(0) if word("thing_of_its_own").search(moved) else Decimal(1)
    return _MUTE if pair.claimed.told is Told.RATE and pair.second.measure != "元" else Decimal(0)


def _may_be_slipped(claimed: Claimed, near: Sequence[Number]) -> bool:
    """Whether any two give, rounded as it is, a number of which it may be a misprint, or none gives a rise: the cheap
    sign of a doubt."""
    figure = claimed.number.figure
    meant = misprints(figure)
    if claimed.told is not Told.RISE:
        return not meant.isdisjoint(_made(claimed, near))
    made = set(_made(claimed, near))
    return figure.value / figure.last_place not in made or not meant.isdisjoint(made)


def _made(claimed: Claimed, near: Sequence[Number]) -> Iterator[Decimal]:
    """What every two give, in units of the last place of the number."""
    step = claimed.number.figure.last_place * claimed.number.figure.scale
    of_measure = _by_measure(near)
    for operation in _OPERATIONS[claimed.told]:
        for first, second in _two(claimed, of_measure, operation):
            value = _value(operation, first.amount, second.amount, claimed.number.rises)
            yield (value / step).to_integral_value(ROUND_HALF_UP)


def _speak_for(claimed: Claimed, first: Number, second: Number) -> bool:
    """Whether the words of the number, where it has any, are those of one of the two, or name what a price is for; of
    what is left, or goes beyond, its words say so by themselves where one of the two stands beside it, or is what was
    spent, and of what is left where its passage tells both."""
    words, one = claimed.subject | claimed.base, claimed.number
    if claimed.told is Told.REST and (
        one.beside(first)
        or one.beside(second)
        or second.quantity.role is Role.PAID
        or (claimed.cue is Cue.LEFT and _of_one_passage(one, first, second))
    ):
        return True
    if claimed.told is Told.MEAN and claimed.names_piece and is_paid_for(one, second):
        return True
    if claimed.cue is Cue.FUNDS and (
        first.quantity.role is role_told(one.quantity.head)
        or second.quantity.role is Role.BUDGET
        or (one.beside(second) and second.place + 2 == first.place + 1 == one.place)
    ):
        return True
    if not words:
        return claimed.told is not Told.REST
    return not (words.isdisjoint(first.said) and words.isdisjoint(second.said))


def _of_one_passage(one: Number, *others: Number) -> bool:
    return all(other.quantity.passage is one.quantity.passage for other in others)


def _value(operation: Operation, first: Decimal, second: Decimal, rises: bool | None) -> Decimal:
    match operation:
        case Operation.SUM:
            return first - second
        case Operation.RATIO:
            return first / second
        case Operation.STEP:
            return second / (first + second if rises is False else first - second)
    return abs(first - second) / second


@cache
def _times(weight: int) -> Decimal:
    """A weight as a number of times."""
    return Decimal(weight).scaleb(-2).exp()


@cache
def _counted() -> Mapping[str, Mapping[str, int]]:
    read: dict[str, dict[str, int]] = tomllib.loads(_COUNTED.read_text("utf-8"))
    return read


def weights(told: Told, operation: Operation) -> Mapping[str, int]:
    """What each trait adds to the weight of a pair; one that was hardly ever met is left out."""
    return _counted().get(f"{told}-{operation}", {})


def told_of_none(claimed: Claimed) -> Decimal:
    """How often a number so told is told of no two around it."""
    return Decimal(_counted()["none"][claimed.kind]).scaleb(-2)


def chance(claimed: Claimed) -> Decimal:
    """How often chance writes the number: prices are mostly round."""
    kind, others = as_round(claimed)
    return Decimal(_counted()["round"].get(kind, 1)).scaleb(-2) / others


def as_round(claimed: Claimed) -> tuple[str, Decimal]:
    """How many nils close it, as it is counted, and how many numbers up to it close with so many."""
    figure = claimed.number.figure
    units = (figure.value / figure.last_place).normalize()
    nils = units.as_tuple().exponent
    assert isinstance(nils, int)
    return f"{claimed.told}, {nils}", max(Decimal(1), units.scaleb(-nils) * _NO_NIL)


def claimed_of(one: Number) -> Claimed | None:
    """The number as one that may be told of two others; None for one of a kind that is not."""
    quantity = one.quantity
    if one.figure.is_vague or not one.amount:
        return None
    if quantity.kind is Kind.RATE:
        told = Told.RATE if one.rises is None and not word("change").search(quantity.head) else Told.RISE
        if quantity.modality is Modality.PLAN or word("rate_of_no_two").search(quantity.head):
            return None
        if told is Told.RATE and one.amount == 1:
            return None  # all of it: of two numbers that are one
        if told is Told.RATE and any_of("earlier", "compared_with").search(quantity.head):
            return None  # what a rate is compared with: its own two numbers are of another year
    elif one.measure in ("", "%"):
        return None
    elif one.is_price:
        told = Told.MEAN
    else:
        told = Told.REST
    cue = _cue(quantity.head, _CUES[told])
    if told is Told.REST and cue in (Cue.BARE, Cue.OTHER):
        return None
    base = word("share_base").search(quantity.head)
    if base is None:
        words = pairs_of(quantity.head)
        return Claimed(one, told, cue, words, words)
    return Claimed(one, told, cue, pairs_of(quantity.head[: base.start()]), pairs_of(base["base"]))


def _cue(head: str, cues: Sequence[tuple[Cue, str]]) -> Cue:
    for cue, name in cues:
        if word(name).search(head):
            return cue
    return Cue.OTHER if pairs_of(head) else Cue.BARE


def pairs_for(claimed: Claimed, told: Numbers) -> Iterator[Pair]:
    """Every two numbers around one that it may be told of."""
    return _pairs(claimed, _around(claimed, told))


def _pairs(claimed: Claimed, near: Sequence[Number]) -> Iterator[Pair]:
    own = {each: _own(each, claimed, near) for each in near}
    here = {each for each in near if each.beside(claimed.number)}
    of_measure = _by_measure(near)
    for operation in _OPERATIONS[claimed.told]:
        kind = (claimed.told, operation)
        of_first = {each: _weight_of(*kind, "first ", own[each]) for each in near}
        of_second = {each: _weight_of(*kind, "second ", own[each]) for each in near}
        for first, second in _two(claimed, of_measure, operation):
            both = _both(claimed, first, second, here, of_measure[first.measure])
            weight = of_first[first] + of_second[second] + _weight_of(*kind, "", both)
            yield Pair(claimed, first, second, operation, weight, (own[first], own[second], both))


def _by_measure(near: Sequence[Number]) -> Mapping[str, Sequence[Number]]:
    found: dict[str, list[Number]] = {}
    for each in near:
        found.setdefault(each.measure, []).append(each)
    return found


def _two(
    claimed: Claimed, of_measure: Mapping[str, Sequence[Number]], operation: Operation
) -> Iterator[tuple[Number, Number]]:
    """Every two whose measures and sizes allow it; of a rise the later is the larger."""
    measure, rises = claimed.number.measure, claimed.number.rises
    own = of_measure.get(measure, ())
    if claimed.told is Told.MEAN:
        others = chain.from_iterable(alike for other, alike in of_measure.items() if other != measure)
        counted = [each for each in others if each.quantity.kind is Kind.COUNT]
        yield from product([each for each in own if not each.is_price], counted)
    elif claimed.told is Told.REST:
        yield from (two for two in permutations(own, 2) if two[0].amount > two[1].amount)
    else:
        both = chain.from_iterable(permutations(alike, 2) for alike in of_measure.values())
        apart = (two for two in both if two[0].amount != two[1].amount)
        if operation is Operation.STEP:
            apart = (two for two in apart if two[0].amount > two[1].amount)
        elif operation is Operation.CHANGE and rises is not None:
            apart = (two for two in apart if rises is (two[0].amount > two[1].amount))
        yield from apart


@lru_cache(maxsize=16384)
def _weight_of(told: Told, operation: Operation, side: str, traits: _Own | _Both) -> int:
    counted = weights(told, operation)
    return sum(counted.get(f"{side}{trait}", 0) for trait in traits.told())


def _around(claimed: Claimed, told: Numbers) -> list[Number]:
    """The numbers beside one, and those elsewhere that its words name, in order."""
    one = claimed.number
    found = dict.fromkeys(told.all[max(0, one.place - _BACK) : one.place + _ON + 1])
    found |= dict.fromkeys(told.named(claimed.subject | claimed.base, _NAMED))
    # Points make no rate but one of points.
    left_out = ("", "%") if "分" in one.quantity.head else ("", "%", "分")
    usable = (each for each in found if each.measure not in left_out and not each.figure.is_vague)
    return sorted((each for each in usable if each is not one), key=lambda each: each.place)


def _own(each: Number, claimed: Claimed, near: Sequence[Number]) -> _Own:
    quantity = each.quantity
    return _Own(
        _where(each, claimed.number, near),
        _named(each, claimed.subject),
        _named(each, claimed.base) if claimed.base is not claimed.subject else "untold",
        each.is_total,
        min(quantity.depth, 1),
        quantity.modality.value,
        str(quantity.role),
        each.is_price,
        each.is_before,
        each.is_change,
        each.is_part,
        each.figure.unit_printed in claimed.number.quantity.head,
    )


def _where(each: Number, one: Number, near: Sequence[Number]) -> str:
    """Where a number stands: so many others between in the sentence, or sentences before, or elsewhere."""
    if each.quantity.passage is not one.quantity.passage:
        far = not -_BACK <= each.place - one.place <= _ON
        return "far" if far else "elsewhere"
    apart = one.quantity.sentence - each.quantity.sentence
    if apart:
        return f"{min(apart, _FAR)} sentences before" if apart > 0 else "behind"
    low, high = sorted((each.place, one.place))
    between = sum(low < other.place < high for other in near)
    return f"{'before' if each.place < one.place else 'after'} {min(between, _FAR)}"


def _named(each: Number, words: frozenset[str]) -> str:
    return str(min(len(words & each.words), _WORDS)) if words else "nothing"


def _both(
    claimed: Claimed, first: Number, second: Number, here: Set[Number], alike: Sequence[Number]
) -> _Both:
    """`here`: the numbers in the sentence of the claimed one; `alike`: those of the measure of the first, in order."""
    ahead = first.place < second.place
    low, high = (first.place, second.place) if ahead else (second.place, first.place)
    return _Both(
        claimed.cue.value,
        "money" if second.measure == "元" else "things",
        first.amount > second.amount,
        first in here,
        second in here,
        claimed.told is Told.MEAN and is_paid_for(claimed.number, second),
        ahead,
        min(bisect_left(alike, high, key=_place) - bisect_right(alike, low, key=_place), _FAR),
        first.figure.unit_printed == second.figure.unit_printed,
        min(len(first.words & second.words), _WORDS),
        first in here if second in here else first.beside(second),
    )
