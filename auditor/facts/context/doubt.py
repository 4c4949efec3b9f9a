"""Which numbers of a report are probably not what their context makes them.

Where some reading of a number holds, to more digits than chance would hit, it is explained. Where none holds,
and one slip of the pen in one figure would make one hold, it is doubted, if the words say anything for it: the
number is called a total, its clause shares a word with the parts', or the slip is two digits that changed places,
which is hardly ever chance.

Words for anything were asked for because of what is asked without them on the narratives of `benchmarks/narratives`,
in which no number is wrong: about one text in ten, and with them one in forty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from decimal import Decimal
from itertools import pairwise

from auditor.document import Span
from auditor.facts.context.explained import rarity
from auditor.facts.context.meant import claimed_of, doubted
from auditor.facts.context.number import Number, Numbers, is_below, numbers_of
from auditor.facts.context.reading import Reading, Way, made_of, means_outside, told_before
from auditor.facts.naming import in_one_breath
from auditor.facts.slip import (
    Pattern,
    chances,
    explained,
    explained_by_claimed,
    likelihood,
    likelihood_of_pair,
    most_likely,
)
from auditor.facts.stated import Facts
from auditor.language import word

_BY_CHANCE = 5
"""A reading that holds explains its number where chance would make it hold less than once in so many."""
_MADE, _UNSPOKEN = Decimal(3), Decimal(100)
"""So many times likelier than chance a slip must be, of a number that is made of others: where words say so, and else."""
_MEANT = 1
"""So many times likelier a slip must be than that nothing is wrong with a number told of two others, if every second
number were misprinted. On the clean narratives one text in thirty is asked so."""
_EXPLAINED = 1
"""And so many times rarer than by chance a number is what others make it in some other way, of which nothing is asked."""
_SURE = 50
"""Unless the slip is so many times likelier still."""
_FEW = 2  # parts that are no list
_OF_A_PEN = (Pattern.TRANSPOSED, Pattern.CHANGED)
_TOLD_TWICE = 10
"""And of one told twice."""


def doubts(facts: Facts, known: Set[Span] = frozenset()) -> Iterator[Reading]:
    """The readings that their numbers probably mean and do not keep, the likeliest of each number; `known`
    numbers are only looked at for being told again."""
    told = numbers_of(facts)
    for readings in made_of(told):
        if readings[0].claimed.figure.span not in known:
            yield from _doubted(readings, told)
        else:
            # That its rate holds makes no part of it right.
            yield from _doubted([one for one in readings if _announces(one)], told)
    yield from _told_wrong(told, {str(facts.report.fiscal_year)})
    yield from (one for one in means_outside(told) if one.claimed.figure.span not in known)
    for one in told.all:
        if one.figure.span not in known:
            yield from _missed(one, told, facts)


def _missed(one: Number, told: Numbers, facts: Facts) -> Iterator[Reading]:
    """The two numbers that a rate, mean or rest is told of and misses."""
    claimed = None if _is_one_of_several(one, told) else claimed_of(one)
    found = None if claimed is None else doubted(claimed, told)
    if claimed is None or found is None or found.times < _MEANT:
        return
    other = rarity(facts, one.figure.span, {part.figure.span for part in found.pair.reading.parts})
    if other < _EXPLAINED or found.times > _SURE * other:
        yield found.pair.reading


def _doubted(readings: Sequence[Reading], told: Numbers) -> Iterator[Reading]:
    """The likeliest of the readings of one number that one slip keeps from holding; none where one holds."""
    failing: list[tuple[Decimal, Reading]] = []
    for one in readings:
        if one.relation.meets:
            if chances(one.relation) >= _BY_CHANCE:
                return
        elif (times := likelihood(one.relation)) >= _asked_from(one) and not _makes_another(one, told):
            failing.append((times, one))
    if failing:
        yield max(failing, key=lambda found: found[0])[1]


def _makes_another(reading: Reading, told: Numbers) -> bool:
    """Whether the parts make a number of their own sentence, and the claimed one stands in another."""
    first = reading.parts[0]
    if reading.way not in (Way.RUN, Way.LIST) or first.beside(reading.claimed):
        return False
    made = reading.relation.value
    own = (*told.before(first, 1), *told.after(reading.parts[-1], 1))
    return any(one.amount == made and one.beside(first) for one in own)


def _asked_from(reading: Reading) -> Decimal:
    """How many times likelier than chance a slip must be for it to be asked about; where no words speak for the parts
    it is in the number itself, for they mostly stand in other sums as well."""
    if _announces(reading) or _is_divided(reading):
        return Decimal(1)
    if _is_spoken_for(reading):
        return _MADE
    return _UNSPOKEN if explained_by_claimed(reading.relation) is not None else most_likely()


def _is_one_of_several(one: Number, told: Numbers) -> bool:
    """Whether it is told in one breath with another of its measure ("分别为96.9%和112.4%"): of which two each is told
    their order says, and no rule here reads it. A rate without a name right behind another is that rate again, as it
    was planned or came to be ("目标90%，实际86%")."""
    before = told.before(one, 1) if one.measure else ()
    if (
        one.measure == "%"
        and not one.words
        and any(each.beside(one) for each in before if each.place + 1 == one.place)
    ):
        return True
    beside = (*before, one, *told.after(one, 1)) if one.measure else ()
    return any(in_one_breath(first.quantity, second.quantity) for first, second in pairwise(beside))


def _is_spoken_for(reading: Reading) -> bool:
    """Whether anything but arithmetic says that the parts make the number."""
    whole = reading.claimed
    if reading.way is Way.PRODUCT and not reading.parts[0].beside(whole):
        # Told in the words of the price, or of what is paid for: so are other sums, and a slip in the total shows it.
        return explained_by_claimed(reading.relation) is not None
    if whole.is_total or _announces(reading):
        return True
    if reading.way is Way.PRODUCT:
        return False
    return any(whole.words & one.said for one in reading.parts) or _has_swapped(reading)


def _announces(reading: Reading) -> bool:
    """Whether the line of the number ends in a colon and the parts are those of the lines below it."""
    if reading.way is not Way.LIST:
        return False
    told, first = reading.claimed.quantity.passage, reading.parts[0].quantity.passage
    return is_below(first, told) and told.text.rstrip().endswith((":", "："))


def _is_divided(reading: Reading) -> bool:
    """Whether the parts are a list right behind the number, of its unit and with no other number between: in sound
    reports 150 such lists gave it, and the one that a slip of the pen might explain was likelier chance."""
    if reading.way is not Way.RUN or reading.parts[0].place != reading.claimed.place + 1:
        return False
    text = reading.claimed.quantity.passage.text
    gaps = [text[first.quantity.end : second.quantity.start] for first, second in pairwise(reading.numbers)]
    listed = len(gaps) > _FEW and all(word("list_joint").match(gap) for gap in gaps[1:])
    return listed and not word("list_apart").search(gaps[0])


def _has_swapped(reading: Reading) -> bool:
    return any(found.pattern is Pattern.TRANSPOSED for found in explained(reading.relation))


def _told_wrong(told: Numbers, own_year: Set[str]) -> Iterator[Reading]:
    """Pairs that are probably one number told twice: of one role, set in no two times, and likelier one slip than
    chance among all pairs of their measure, or among those whose clauses share a word.

    Two numbers that a sentence tells beside each other are two, wherever else they stand. A number is often a tenth
    of another, and the rates of a report lie close together: figures alone say nothing there.
    """
    beside = _beside(told)
    for one in told_before(told):
        later, earlier = one.numbers
        rivals = _TOLD_TWICE * _rivals(told, earlier, later)
        if rivals > most_likely() or frozenset((earlier.amount, later.amount)) in beside:
            continue
        likely = likelihood_of_pair(earlier.figure, later.figure) >= rivals
        if not likely or _rounded(one) or not _may_be_one(earlier, later, own_year):
            continue
        if any(found.pattern in _OF_A_PEN for found in explained(one.relation)):
            yield one


def _rounded(reading: Reading) -> bool:
    """Whether the two numbers differ by no more than one of what both are printed to."""
    one, other = (number.figure for number in reading.numbers)
    return abs(one.amount - other.amount) <= max(one.last_place * one.scale, other.last_place * other.scale)


def _may_be_one(earlier: Number, later: Number, own_year: Set[str]) -> bool:
    """Whether neither their times nor a word set them apart."""
    if earlier.is_price is not later.is_price or (later.measure == "%" and not earlier.said & later.said):
        return False
    one, other = earlier.quantity, later.quantity
    if None not in (one.role, other.role) and one.role is not other.role:
        return False
    if one.lot and other.lot and one.lot.isdisjoint(other.lot):
        return False
    return not _set_apart(one.period - own_year, other.period) and not word("besides").search(other.head)


def _set_apart(one: Set[str], other: Set[str]) -> bool:
    """Whether two numbers are of other years (2023), of other stretches of the year (上半年, 11月底), whatever both are
    summed since, or one of a stretch and the other of a sum (累计)."""
    kinds = (
        [{time for time in times if time.isdecimal()} for times in (one, other)],
        [{time for time in times if word("part_of_year").fullmatch(time)} for times in (one, other)],
        [{time for time in times if not time.isdecimal()} for times in (one, other)],
    )
    return any(all(told) and told[0].isdisjoint(told[1]) for told in kinds)


def _rivals(told: Numbers, earlier: Number, later: Number) -> int:
    """How many numbers may be meant as well as the earlier one: those told in the commonest word of both, or all."""
    if common := earlier.said & later.said:
        in_word = told.in_words(later.measure)
        return max(in_word[one] for one in common)
    alike = len(told.of(later.measure))
    return alike * (alike - 1) // 2


def _beside(told: Numbers) -> set[frozenset[Decimal]]:
    """Amounts that one sentence tells side by side."""
    return {
        frozenset((one.amount, other.amount))
        for measure in told.of_measures
        for one, other in pairwise(told.of(measure))
        if one.beside(other)
    }
