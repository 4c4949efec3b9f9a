"""The slip itself is evidence: how likely one slip of the pen is behind two numbers that differ.

Two values of one unit that differ by a transposed, changed, dropped or doubled digit, a moved point or a
factor of ten thousand are far likelier one fact with a slip than two facts. How much likelier is counted:
`slips.toml` holds, for each pattern, how often it explains a slip that the bench plants, and how often it
explains two numbers of one unit of a clean report that have nothing to do with one another.
`scripts/slips.py` counts again.

`likelihood` decides between asking and silence; `explained` names the figure that one slip really explains.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache, reduce
from itertools import pairwise
from math import prod
from operator import mul
from pathlib import Path

from auditor.figures import Figure, Interval, Relation, show
from auditor.figures.relation import Operation
from auditor.values import frozen

_COUNTED = Path(__file__).with_name("slips.toml")
_MOVES = tuple(Decimal(10) ** power for power in (1, -1, 2, -2, 3, -3))
_UNITS = tuple(Decimal(10) ** power for power in (4, -4, 8, -8))
_SWAPPED = 2
_FEW = 4  # values as printed that one figure of a relation may have meant
ENOUGH = Decimal(10)
"""So many times likelier a slip than chance is worth a question. On the narratives of the bench about one in
ten lists that do not add up, and one in ten pairs of alike names with two values, holds a slip: odds of 1 to
10, which a likelihood ratio of 10 makes even."""


class Pattern(StrEnum):
    """How a number is written wrong. Values are said in hints."""

    TRANSPOSED = "相邻数字颠倒"
    CHANGED = "错一位数字"
    DROPPED = "漏写一位数字"
    DOUBLED = "多写一位数字"
    MOVED = "小数点错位"
    UNIT = "差一万倍（元与万元）"


@frozen
class Explanation:
    """`figure` is written `pattern`-wise instead of `meant` (in its own unit)."""

    figure: Figure
    meant: Decimal
    pattern: Pattern

    def told(self) -> str:
        """ "“1256万元”疑为 1265（相邻数字颠倒）" """
        return f"“{self.figure.raw}”疑为 {show(self.meant)}（{self.pattern.value}）"


def between(written: Decimal, meant: Decimal, decimals: int = 0) -> Pattern | None:
    """The one slip that makes `meant` into `written`, both in one unit, printed to `decimals`; None where
    no single slip does. Values are positive."""
    if written <= 0 or meant <= 0 or written == meant:
        return None
    ratio = written / meant
    if ratio in _UNITS:
        return Pattern.UNIT
    if ratio in _MOVES:
        return Pattern.MOVED
    places = Decimal(1).scaleb(-decimals)
    if meant == meant.quantize(places):
        old, new = (f"{value.quantize(places):f}" for value in (meant, written))
        if found := _same_length(old, new):
            return found
    old, new = show(meant), show(written)
    if _lacks_one(new, old):
        return Pattern.DROPPED
    if _lacks_one(old, new) and any(a == b for a, b in pairwise(new)):
        return Pattern.DOUBLED
    return None


def _same_length(old: str, new: str) -> Pattern | None:
    if len(old) != len(new):
        return None
    differ = [at for at in range(len(old)) if old[at] != new[at]]
    if len(differ) == 1 and old[differ[0]].isdigit():
        return Pattern.CHANGED
    if len(differ) == 2 and not old[differ[0] + 1 : differ[1]].strip("."):
        first, second = differ
        if (old[first], old[second]) == (new[second], new[first]):
            return Pattern.TRANSPOSED
    return None


def _lacks_one(short: str, long: str) -> bool:
    """Whether `short` is `long` without one of its digits."""
    if len(short) + 1 != len(long):
        return False
    at = next((at for at in range(len(short)) if short[at] != long[at]), len(short))
    return long[at].isdigit() and short[at:] == long[at + 1 :]


def misprints(figure: Figure) -> frozenset[Decimal]:
    """All numbers, in units of its last place, that one slip makes into a figure; a few that none does are among
    them, so that this is a sign and no more."""
    digits = str(int(figure.value / figure.last_place))
    found = {f"{digits[:at]}{digits[at + 1]}{digits[at]}{digits[at + 2 :]}" for at in range(len(digits) - 1)}
    for at, char in enumerate(digits):
        found |= {f"{digits[:at]}{other}{digits[at + 1 :]}" for other in "0123456789"}
        if digits[at + 1 : at + 2] == char:
            found.add(digits[:at] + digits[at + 1 :])
    for at in range(len(digits) + 1):
        found |= {f"{digits[:at]}{other}{digits[at:]}" for other in "0123456789"}
    moved = {Decimal(digits) * factor for factor in (*_MOVES, *_UNITS)}
    return frozenset({Decimal(one) for one in found if one and one[0] != "0"} | moved) - {Decimal(digits)}


def ways(figure: Figure, pattern: Pattern) -> int:
    """How many other numbers that pattern makes of a figure."""
    digits = [char for char in show(figure.value) if char.isdigit()]
    match pattern:
        case Pattern.TRANSPOSED:
            return max(1, sum(a != b for a, b in pairwise(digits)))
        case Pattern.CHANGED:
            return 9 * len(digits)
        case Pattern.DROPPED:
            return 10 * (len(digits) + 1)
        case Pattern.DOUBLED:
            return len(digits)
    return len(_MOVES if pattern is Pattern.MOVED else _UNITS)


@cache
def _counted() -> dict[str, dict[str, Decimal]]:
    read = tomllib.loads(_COUNTED.read_text("utf-8"), parse_float=Decimal)
    return {name: {key: Decimal(value) for key, value in table.items()} for name, table in read.items()}


def planted(pattern: Pattern) -> Decimal:
    """How often a slip of the bench is of that pattern."""
    return _counted()["planted"][pattern.name]


@cache
def by_chance(pattern: Pattern, digits: int) -> Decimal:
    """How often that pattern explains two unrelated numbers of one unit, the larger of which has so many
    digits. Of few pairs it cannot be counted how rarely; more digits never agree more often than fewer."""
    return min(_counted()[f"digits-{size}"][pattern.name] for size in range(1, min(max(digits, 1), 6) + 1))


@cache
def most_likely() -> Decimal:
    """The likeliest that any pair can be."""
    return max(planted(pattern) / by_chance(pattern, 6) for pattern in Pattern)


def likelihood_of_pair(one: Figure, other: Figure) -> Decimal:
    """How many times likelier one fact with a slip than two facts, for two figures of one unit that differ;
    0 where no single slip explains the difference."""
    unit = min(one.scale, other.scale)
    first, second = one.amount / unit, other.amount / unit
    decimals = max(one.decimals, other.decimals)
    pattern = between(first, second, decimals) or between(second, first, decimals)
    if pattern is None:
        return Decimal(0)
    digits = max(len(_digits(one.value)), len(_digits(other.value)))
    return planted(pattern) / by_chance(pattern, digits)


def explained(relation: Relation) -> list[Explanation]:
    """Every figure of a relation that, written with one slip, would explain why it does not hold."""
    return list(_explained(relation))


def explained_by_claimed(relation: Relation) -> Explanation | None:
    """The one slip in the claimed number alone that would explain it."""
    if relation.value <= 0:
        return None
    return _within(relation.claimed, relation.value, relation.computed)


def _explained(relation: Relation) -> Iterator[Explanation]:
    if relation.operation is not Operation.SUM:
        for figure, plain, interval in _solved(relation):
            if (found := _within(figure, plain, interval)) is not None:
                yield found
        return
    missing = relation.claimed.amount - relation.value
    for sign, figure in ((-1, relation.claimed), *relation.signed):
        meant = (figure.amount + sign * missing) / figure.scale
        if meant > 0 and (pattern := between(figure.value, meant, figure.decimals)):
            yield Explanation(figure, meant, pattern)


def _solved(relation: Relation) -> Iterator[tuple[Figure, Decimal, Interval]]:
    """Each figure of a ratio, product or rise, what the others make of it as printed, and every value that
    they allow it."""
    claimed, terms = relation.claimed, relation.terms
    if any(figure.base.low <= 0 for figure in relation.figures):
        return
    yield claimed, relation.value, relation.computed
    if relation.operation is Operation.PRODUCT:
        for at, term in enumerate(terms):
            rest = [one for place, one in enumerate(terms) if place != at]
            plain = claimed.amount / prod((one.amount for one in rest), start=Decimal(1))
            yield term, plain, claimed.base / reduce(mul, (one.base for one in rest), Interval.exact(1))
        return
    if relation.operation is Operation.STEP:
        return
    first, second = terms
    factor, plain = claimed.base, claimed.amount
    if relation.operation is Operation.CHANGE:
        one, falls = Interval.exact(1), first.amount < second.amount
        factor, plain = (one - factor, 1 - plain) if falls else (one + factor, 1 + plain)
    if factor.low > 0:
        yield first, second.amount * plain, second.base * factor
        yield second, first.amount / plain, first.base / factor


def _within(figure: Figure, plain: Decimal, interval: Interval) -> Explanation | None:
    """The one slip between `figure` and what was meant: `plain` printed as finely as it, or another value
    of the interval where it holds but few."""
    step = figure.last_place * figure.scale
    nearest = (plain / step).to_integral_value(ROUND_HALF_UP)
    lowest, highest = (interval.low / step).to_integral_value(ROUND_CEILING), interval.high // step
    few = range(int(lowest), int(highest) + 1) if highest - lowest < _FEW else ()
    for count in dict.fromkeys((int(nearest), *few)):
        meant = count * step / figure.scale
        if meant > 0 and (pattern := between(figure.value, meant, figure.decimals)):
            return Explanation(figure, meant, pattern)
    return None


def likelihood(relation: Relation, tried: int = 1) -> Decimal:
    """How many times likelier a slip in one figure than chance, for a relation that does not hold; of
    `tried` relations that the words allow equally well, only one is meant.

    With a slip, each of the figures is the wrong one equally often, and of the numbers that a pattern makes
    of it each is written equally often. By chance the sum misses by any number of units of its finest
    figure up to the whole, round numbers by round ones; a quotient or product is any number as fine as the
    claimed one up to it.
    """
    by_slip = sum(
        (planted(one.pattern) / ways(one.figure, one.pattern) for one in explained(relation)), Decimal(0)
    )
    return by_slip / len(relation.figures) / tried * _rests(relation, _unit(relation))


def chances(relation: Relation) -> Decimal:
    """How many times likelier it is that a relation holds if it is meant than by chance. What round numbers give is
    round by itself."""
    computed, claimed = relation.computed, relation.claimed.base
    unit = max(_unit(relation), min(_last_told(figure) for figure in relation.figures))
    width = computed.high - computed.low + claimed.high - claimed.low
    return _rests(relation, unit) / max(Decimal(1), width / unit)


def _unit(relation: Relation) -> Decimal:
    """What the numbers of a relation miss each other by at least."""
    if relation.operation is Operation.SUM:
        return min(_told_to(figure) for figure in relation.figures)
    return relation.claimed.last_place * relation.claimed.scale


def _rests(relation: Relation, unit: Decimal) -> Decimal:
    """By how many different rests it could miss."""
    summed = relation.operation is Operation.SUM
    largest = max(figure.amount for figure in relation.figures) if summed else relation.claimed.amount
    return max(Decimal(1), largest / unit)


def _last_told(figure: Figure) -> Decimal:
    """What the last digit that is not nil stands for: 10 of 90.00."""
    power = figure.value.normalize().as_tuple().exponent
    assert isinstance(power, int)
    return Decimal(1).scaleb(power) * figure.scale


def _told_to(figure: Figure) -> Decimal:
    """How finely a figure is told, in base units: 100万元 for 600万元, 0.01万元 for 600.00万元."""
    return figure.last_place * figure.scale if figure.decimals else _last_told(figure)


def worth_asking(relation: Relation, tried: int = 1, *, named: bool = False) -> bool:
    """Whether a slip is likely enough that a careful reader would ask. Where the words name the figures of
    the relation they are hardly there by chance: then a slip must only be likelier than none."""
    return likelihood(relation, tried) >= (1 if named else ENOUGH)


def swapped(relation: Relation) -> bool:
    """Whether two digits that changed places explain why it does not hold: that is hardly ever chance."""
    return likelihood(relation) >= _SWAPPED and any(
        one.pattern is Pattern.TRANSPOSED for one in explained(relation)
    )


def hint(relation: Relation) -> str:
    """The figure that one slip really explains, in a sentence; "" where none does or two do equally well."""
    found = explained(relation)
    best = [one for one in found if one.pattern is Pattern.TRANSPOSED] or found
    return f"{best[0].told()}。" if len(best) == 1 else ""


def _digits(value: Decimal) -> str:
    return show(value).replace(".", "").strip("0") or "0"
