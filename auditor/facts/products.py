"""What one piece costs or holds, how many there are, for how long, and what it makes together.

聘用285名，每人每月1200元，补助12个月，全年发放371.52万元       price × number × months
全年服务28436人次，月均2730人次                                a mean of months × 12
完成38.26公里，投资663.81万元，平均每公里1.735万元             a mean of pieces × number
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.figures import Figure, Interval, Kind
from auditor.language import table, word
from auditor.report.model import Passage

_YEAR = 12
_SHARP = 3  # digits of a rounded number that make a tick worth something
_MOST = 10  # numbers of a sentence; a longer one is a table in words


@dataclass(frozen=True)
class Product:
    """`one` is the price or mean, `factors` what it is taken times, `months` twelve where no word tells
    them; `whole` is the total. `sure`: no other number of the sentence could be meant."""

    one: Quantity
    factors: tuple[Quantity, ...]
    months: int
    whole: Quantity
    mean: bool
    sure: bool

    @property
    def pieces(self) -> list[Figure]:
        """The numbers of pieces."""
        return [one.figure for one in self.factors if not word("month_unit").fullmatch(one.figure.unit)]

    @property
    def times(self) -> list[Figure]:
        """The numbers of months."""
        return [one.figure for one in self.factors if word("month_unit").fullmatch(one.figure.unit)]

    @property
    def range(self) -> Interval:
        """A standard is set as it is written; a mean was computed and rounded, whole numbers too."""
        figure = self.one.figure
        if not self.mean:
            return Interval.exact(figure.amount)
        return Interval.printed(figure.value, figure.last_place) * Interval.exact(figure.scale)

    @property
    def value(self) -> Decimal:
        result = self.one.figure.amount * self.months
        for factor in self.factors:
            result *= factor.figure.amount
        return result

    @property
    def holds(self) -> bool:
        made = self.range * Interval.exact(self.months)
        for factor in self.factors:
            made = made * factor.base
        return made.meets(self.whole.base)


@dataclass(frozen=True)
class _One:
    """A price or mean with the pieces ("" if no word names them) and the times it is told for."""

    quantity: Quantity
    piece: str
    monthly: bool
    mean: bool


def products(passage: Passage) -> Iterator[Product]:
    """For each sentence, or part between semicolons, with one price or mean: what it makes, by the first reading that holds, else by the
    only one there is."""
    sentence: list[Quantity] = []
    for quantity in (*quantities_of(passage), None):
        if quantity is None or (sentence and _part(quantity) != _part(sentence[0])):
            if (found := _product(passage, sentence)) is not None:
                yield found
            sentence = []
        if quantity is not None:
            sentence.append(quantity)


def _product(passage: Passage, sentence: Sequence[Quantity]) -> Product | None:
    used = [one for one in sentence if one.kind in (Kind.MONEY, Kind.COUNT)]
    if not 2 <= len(used) <= _MOST or any(one.figure.is_vague or one.spelled for one in used):
        return None
    text = passage.text[slice(*_part(used[0]))]
    ones = [found for one in used if (found := _one(passage, one)) is not None]
    if len(ones) != 1:
        return None
    one = ones[0]
    wholes = [
        other
        for other in used
        if other is not one.quantity
        and _same_kind(other, one.quantity)
        and not other.base.below(one.quantity.base)
    ]
    readings = [
        reading for whole in reversed(wholes) for reading in _readings(one, whole, used, text) if _told(whole)
    ]
    holding = next((reading for reading in readings if reading.holds), None)
    if holding is not None or word("price_else").search(text) or word("by_other_time").search(text):
        return holding if holding is not None and _sharp(holding) else None
    return next((reading for reading in readings if reading.sure), None)


def _sharp(product: Product) -> bool:
    """Whether a tick means anything: the plain product is the total, or what is rounded has three digits."""
    if product.whole.base.contains(product.value):
        return True
    rounded = [
        one.figure
        for one in (product.whole, *product.factors)
        if one.figure.scale != 1 or one.figure.decimals
    ]
    return all(
        len(figure.digits.replace(".", "").replace(",", "").lstrip("0")) >= _SHARP for figure in rounded
    )


def _part(quantity: Quantity) -> tuple[int, int]:
    return quantity.structure.part_span(quantity.start)


def _told(whole: Quantity) -> bool:
    return whole.modality is Modality.ACTUAL


def _one(passage: Passage, quantity: Quantity) -> _One | None:
    head = passage.text[quantity.structure.clause_span(quantity.start)[0] : quantity.start]
    if word("mean_month").search(head):
        return _One(quantity, "", True, True)
    if match := word("mean_piece").search(head):
        piece = next(name for name in match.groupdict().values() if name)
        return _One(quantity, _unit(piece), False, True)
    if quantity.kind is not Kind.MONEY:
        return None
    behind = passage.text[quantity.end : quantity.end + 4]
    after, before = word("per_piece").match(behind), word("price_of_one").search(head)
    if after is None and before is None:
        return None
    monthly = bool(word("by_month").search(head) or word("by_month").match(behind))
    pieces = [match["each"] for match in (after, before) if match and match["each"] not in (None, "月")]
    return _One(quantity, _unit(pieces[0]) if pieces else "", monthly, False)


def _readings(one: _One, whole: Quantity, used: Sequence[Quantity], text: str) -> Iterator[Product]:
    """Every number of pieces, with the months told or, where none are told, the twelve of a year."""
    others = [other for other in used if other not in (one.quantity, whole) and other.kind is Kind.COUNT]
    months = [other for other in others if word("month_unit").fullmatch(other.figure.unit)]
    counts = [
        other
        for other in others
        if other not in months and (not one.piece or _unit(other.figure.unit) == one.piece)
    ]
    if one.monthly and not months and not word("whole_year").search(text):
        return
    times: list[tuple[tuple[Quantity, ...], int]] = [((), 1)]
    if one.monthly:
        times = [((month,), 1) for month in months] or [((), _YEAR)]
    apart = [other for other in used if other not in (one.quantity, whole) and _same_kind(other, whole)]
    only_time = one.mean and one.monthly
    pieces: list[tuple[Quantity, ...]] = [()] if only_time else [(count,) for count in counts]
    sure = len(pieces) == len(times) == 1 and not apart
    for piece in pieces:
        for time, twelve in times:
            yield Product(one.quantity, (*piece, *time), twelve, whole, one.mean, sure)


def _same_kind(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and (
        one.kind is Kind.MONEY or _unit(one.figure.unit) == _unit(other.figure.unit)
    )


def _unit(unit: str) -> str:
    return table("same_unit").get(unit, unit)
