"""The numbers of a report that others may be computed with, in order and by what may be added to what."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import chain, groupby

from auditor.document import Span
from auditor.facts.naming import pairs_of, words_of
from auditor.facts.quantity import Quantity
from auditor.facts.stated import Facts
from auditor.figures import Figure, Kind, show
from auditor.language import same_unit, word
from auditor.report.model import Passage
from auditor.report.passages import numbering
from auditor.values import frozen, lazy

_KEPT = "_numbers"
_LINE_BREAK = 3  # characters between two lines
_BESIDE = 8  # numbers before or behind a price that may be of its sentence
_PRICES = 40  # so many of a report are looked at by every sum
_COMMON = 24  # numbers told in one word
_LONGEST = 9  # numbers of a list; a longer one is a table in words


def _place_of_price(told: tuple[Number, Sequence[Number]]) -> int:
    return told[0].place


@frozen(eq=False)
class Number:
    """`quantity` at `place` among the numbers of a report that state one value in digits."""

    quantity: Quantity
    place: int

    @lazy
    def figure(self) -> Figure:
        """As money where it is money without its 元."""
        return self.quantity.money

    @lazy
    def amount(self) -> Decimal:
        """In base units."""
        return self.figure.amount

    @lazy
    def digits(self) -> str:
        """Those it is written with, wherever its point stands; nil closes and opens many a number."""
        return show(self.figure.value).replace(".", "").strip("0")

    @lazy
    def measure(self) -> str:
        """What it may be added to or told again as: numbers of one measure, visits with persons; "" for none."""
        if self.quantity.kind is Kind.RATE:
            return "%"
        dimension = self.quantity.dimension
        return "" if dimension is None else same_unit(dimension, visits=True)

    @lazy
    def is_total(self) -> bool:
        """Whether the words before it call it a total."""
        return bool(word("told_whole").search(self.quantity.head))

    @lazy
    def is_part(self) -> bool:
        """Whether its sentence has said that parts follow."""
        return word("of_which").search(self.quantity.sentence_before) is not None

    @lazy
    def is_before(self) -> bool:
        """Whether it is told as what was before."""
        return word("before_word").search(self.quantity.head) is not None

    @lazy
    def is_change(self) -> bool:
        """Whether the words before it tell a rise or fall."""
        return word("a_change").search(self.quantity.head) is not None

    @lazy
    def is_price(self) -> bool:
        """Whether it is told for one of something."""
        return self.quantity.is_average or bool(word("price_of_one").search(self.quantity.head))

    @lazy
    def rises(self) -> bool | None:
        """Whether it is told as a rise or what goes beyond, or as a fall; None where it is told as neither."""
        head = self.quantity.head
        told = list(word("a_change").finditer(head)) if word("change").search(head) else []
        if told:
            return bool(word("rising").search(told[-1].group()))
        return True if word("excess").search(head) else None

    @lazy
    def words(self) -> frozenset[str]:
        """Pairs of characters that name it, or its row."""
        return words_of(self.quantity) or pairs_of(self.quantity.passage.label)

    @lazy
    def said(self) -> frozenset[str]:
        """Pairs of characters of its clause and of what names its passage; its unit says nothing."""
        told = pairs_of(self.quantity.clause) | pairs_of(self.quantity.passage.label)
        return told - pairs_of(self.quantity.figure.unit_printed)

    def beside(self, other: Number) -> bool:
        """Whether both stand in one sentence."""
        one, two = self.quantity, other.quantity
        return one.passage is two.passage and one.sentence == two.sentence


@frozen(eq=False)
class Parts:
    """`numbers` of one measure that may be added; their sum and the largest of them are asked for by every total
    near them."""

    numbers: tuple[Number, ...]

    @lazy
    def first(self) -> int:
        """The place of the first."""
        return self.numbers[0].place

    @lazy
    def added(self) -> Decimal:
        """Their sum, in base units."""
        return sum((one.amount for one in self.numbers), Decimal(0))

    @lazy
    def largest(self) -> Decimal:
        """In base units."""
        return max(one.amount for one in self.numbers)


class Numbers:
    """All of them."""

    def __init__(self, found: Iterable[Quantity]) -> None:
        self.all = [Number(one, place) for place, one in enumerate(filter(_is_told, found))]
        self._of: dict[str, list[Number]] = {}
        for one in self.all:
            self._of.setdefault(one.measure, []).append(one)
        self._at = {one.quantity.figure.span: one for one in self.all}
        self._places = {measure: [one.place for one in alike] for measure, alike in self._of.items()}

        self._lists: dict[str, Sequence[Parts]] = {}
        self._in_words: dict[str, Counter[str]] = {}

    @lazy
    def measures(self) -> Sequence[str]:
        """Of what may be added."""
        return [measure for measure in self._of if measure not in ("", "%")]

    @lazy
    def _prices(self) -> Sequence[tuple[Number, Sequence[Number]]]:
        """The sums of money told for one of something, each with the counts of its sentence."""
        return [
            (
                price,
                [
                    one
                    for one in self.all[max(0, price.place - _BESIDE) : price.place + _BESIDE]
                    if one.quantity.kind is Kind.COUNT and one.beside(price)
                ],
            )
            for price in self._of.get("元", ())
            if price.is_price
        ]

    def prices_for(self, whole: Number) -> Iterator[tuple[Number, Sequence[Number]]]:
        """Those that a sum may be made of: beside it, or among the first of the report, wherever they stand."""
        first = bisect_left(self._prices, whole.place - _BESIDE, key=_place_of_price)
        last = bisect_right(self._prices, whole.place + _BESIDE, key=_place_of_price)
        yield from self._prices[first:last]
        yield from self._prices[: min(_PRICES, first)]
        yield from self._prices[last:_PRICES]

    def lists(self, measure: str) -> Sequence[Parts]:
        """What the sentences, and the brackets of each, tell of a measure one after the other, by their first."""
        if measure not in self._lists:
            alike = self._of.get(measure, ())
            found = map(Parts, chain(_lists(alike), _lines(alike)))
            self._lists[measure] = sorted(found, key=lambda parts: parts.first)
        return self._lists[measure]

    @property
    def of_measures(self) -> Sequence[str]:
        """Of what may be told again: of what may be added, and of rates."""
        return [measure for measure in self._of if measure]

    def of(self, measure: str) -> Sequence[Number]:
        """All of a measure, in order."""
        return self._of[measure]

    def in_words(self, measure: str) -> Counter[str]:
        """How many numbers of a measure are told in each word."""
        if measure not in self._in_words:
            self._in_words[measure] = Counter(each for one in self._of[measure] for each in one.said)
        return self._in_words[measure]

    @lazy
    def _by_word(self) -> Mapping[str, Sequence[Number]]:
        found: dict[str, list[Number]] = {}
        for one in self.all:
            for each in one.words:
                found.setdefault(each, []).append(one)
        return found

    def named(self, words: Set[str], most: int) -> Sequence[Number]:
        """The numbers told in at least two of some words, at most so many, those with most of them first. A word that
        many are told in names none of them."""
        lists = (self._by_word.get(each, ()) for each in words)
        shared = Counter(chain.from_iterable(alike for alike in lists if len(alike) <= _COMMON))
        alike = [one for one, count in shared.items() if count > 1]
        return sorted(alike, key=lambda one: (-shared[one], one.place))[:most]

    def at(self, span: Span) -> Number | None:
        """The number at a place of the document."""
        return self._at.get(span)

    def before(self, one: Number, most: int, measure: str | None = None) -> Sequence[Number]:
        """The last of a measure before a number; by default of its own."""
        measure = one.measure if measure is None else measure
        at = bisect_left(self._places[measure], one.place)
        return self._of[measure][max(0, at - most) : at]

    def after(self, one: Number, most: int, measure: str | None = None) -> Sequence[Number]:
        """The next of a measure behind a number; by default of its own."""
        measure = one.measure if measure is None else measure
        at = bisect_right(self._places[measure], one.place)
        return self._of[measure][at : at + most]

    def behind(self, one: Number, most: int, measure: str | None = None) -> Sequence[Number]:
        """Those of them that stand in its own passage."""
        passage = one.quantity.passage
        return [other for other in self.after(one, most, measure) if other.quantity.passage is passage]


def _lists(alike: Sequence[Number]) -> Iterator[tuple[Number, ...]]:
    """All numbers of a sentence, or of a bracket of it, and all but the first, which may be their total."""
    added = [one for one in alike if not one.quantity.is_average]
    for _, group in groupby(added, key=lambda one: (id(one.quantity.passage), one.quantity.sentence)):
        inside: dict[int, list[Number]] = {}
        for one in group:
            inside.setdefault(one.quantity.bracket, []).append(one)
        for told in inside.values():
            parts = tuple(told[:_LONGEST])
            if len(parts) > 1 and not _is_part(parts[1], parts[0]):
                yield parts
            if len(parts) > 2:
                yield parts[1:]


def _lines(alike: Sequence[Number]) -> Iterator[tuple[Number, ...]]:
    """The first numbers of the lines of a list: each numbered in one way, or dashed, and right below the other."""
    runs: list[list[Number]] = []
    for one in alike:
        passage, last = one.quantity.passage, runs[-1][-1].quantity.passage if runs else None
        mark = _mark(passage)
        if passage is last or mark is None:
            continue
        if last is not None and mark == _mark(last) and is_below(passage, last):
            runs[-1].append(one)
        else:
            runs.append([one])
    yield from (tuple(run) for run in runs if len(run) > 1)


def is_below(passage: Passage, other: Passage) -> bool:
    """Whether it is the line right below another."""
    return 0 <= passage.span.start - other.span.end <= _LINE_BREAK


def _mark(passage: Passage) -> int | None:
    """The depth of what a line is numbered with, 0 of a dash; None for a line that is no item of a list."""
    if numbered := numbering(passage.text):
        return numbered[0]
    return 0 if word("dashed_line").match(passage.text) else None


def _is_part(part: Number, whole: Number) -> bool:
    """Whether the words between two numbers of a sentence make the second a part of the first."""
    text = whole.quantity.passage.text
    return bool(word("of_which").search(text, whole.quantity.end, part.quantity.start))


def numbers_of(facts: Facts) -> Numbers:
    """The numbers of a report, the same object whenever it is asked for."""
    kept: Numbers | None = facts.__dict__.get(_KEPT)
    if kept is None:
        kept = facts.__dict__[_KEPT] = Numbers(facts.quantities)
    return kept


def _is_told(one: Quantity) -> bool:
    figure = one.figure
    vague = figure.is_bound or figure.upper is not None or figure.doubtful
    return not (vague or one.spelled) and figure.amount > 0
