"""What one piece costs or holds, how many there are, for how long, and what it makes together.

聘用285名，每人每月1200元，补助12个月，全年发放371.52万元       price × number × months
12个村每村安装45盏，共540盏                                   what one piece holds × number
全年服务28436人次，月均2730人次；全年处理65.7万吨，日均1800吨    a mean of months or days
完成38.26公里，投资663.81万元，平均每公里1.735万元             a mean of pieces × number

The numbers stand in one sentence, or in those around it. The first reading that holds is it. Where none
does, the only one there is is told; of several, or of numbers of other sentences, the one that a slip of
the pen explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import islice, pairwise
from itertools import product as each_of
from operator import mul

from auditor.facts.naming import said_before, share_words, words_of
from auditor.facts.quantities import magnitude
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Equation, Figure, Interval, Kind, Relation, Term
from auditor.figures.expression import Expression
from auditor.figures.relation import Operation
from auditor.language import any_of, same_unit, word
from auditor.report.model import Passage, Role
from auditor.values import frozen

_TIMES = {"月": (12,), "天": (365, 366)}
"""Months and days of a year, where the text tells none."""
_SHARP = 3  # digits of a rounded number that make a tick worth something
_TEN_THOUSAND = 10_000
_TWO = 2  # pieces at least, where their number is written in words
_MOST = 12  # numbers of a sentence; a longer one is a table in words
_READINGS = 24
_FAR = 3  # a product so many times its total, or the other way round, is another one's
_NOUN = 4  # characters behind a number that hold its noun
_NAMED = 8  # sentences behind several prices in which their numbers are told
_BACK, _ON = 4, 1  # sentences before and behind that one number may stand in


@frozen
class Product:
    """`one` is the price or mean, `factors` what it is taken times, `times` the months or days of a year
    where no word tells them (1: none); `whole` is the total. `sure`: no other number of the sentence could
    be meant."""

    one: Quantity
    factors: tuple[Quantity, ...]
    times: int
    time: str
    whole: Quantity
    mean: bool
    sure: bool

    @property
    def pieces(self) -> list[Figure]:
        """The numbers of pieces."""
        return [one.figure for one in self.factors if not word("month_unit").fullmatch(one.figure.unit)]

    @property
    def months(self) -> list[Figure]:
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
        result = self.one.figure.amount * self.times
        for factor in self.factors:
            result *= factor.figure.amount
        return result

    @property
    def holds(self) -> bool:
        made = self.range * Interval.exact(self.times)
        for factor in self.factors:
            made = made * factor.base
        return made.meets(self.whole.base)

    def equation(self, price: str = "") -> Equation:
        """Pieces times price times months against the total, as written; `price` for how the price is written else."""
        one = Term.of(self.one.figure, Decimal(1), price or self.one.figure.raw)
        one = replace(one, range=self.range) if self.mean else one
        terms = [*map(_term, self.pieces), one, *map(_term, self.months)]
        computed: Expression = reduce(mul, terms)
        if self.times > 1:
            unit = "个月" if self.time == "月" else self.time
            computed = computed * Term.exact(self.times, f"{self.times}{unit}")
        whole = self.whole.figure
        return Equation(
            computed, Term.of(whole, text=whole.raw), per=whole.scale, unit=magnitude(whole), decimals=4, gap="",
            holds=self.holds,
        )  # fmt: skip

    @property
    def relation(self) -> Relation:
        """Total against its factors; the months or days of a year belong to the price."""
        one = self.one.figure
        whole_year = one.in_unit(one.kind, one.unit, one.scale * self.times)
        factors = (factor.figure for factor in self.factors)
        return Relation(self.whole.figure, (whole_year, *factors), operation=Operation.PRODUCT)


def _term(figure: Figure) -> Term:
    """In 元 or single pieces, told as written."""
    return Term.of(figure, Decimal(1), figure.raw)


@frozen
class _One:
    """A price or mean with the pieces that words name and the time it is told for ("" for none)."""

    quantity: Quantity
    pieces: tuple[str, ...]
    time: str
    mean: bool


def products(passages: Sequence[Passage]) -> Iterator[Product]:
    """What each price or mean of a text makes, where it is told."""
    yield from _products(_parts(passages))


def in_yuan(passages: Sequence[Passage]) -> Iterator[Product]:
    """What prices told in 万元 make in 元, where that is just the total, and a single one in 万元 would be more."""
    if not any(_is_told_in_ten_thousands(one) for passage in passages for one in quantities_of(passage)):
        return
    for found in _products([[_as_yuan(one) for one in part] for part in _parts(passages)]):
        if found.one.figure.unit != "元" or not found.one.figure.raw.endswith("万元"):
            continue
        if (
            found.holds
            and not found.mean
            and found.one.figure.value * _TEN_THOUSAND > found.whole.figure.amount
        ):
            yield found


def _is_told_in_ten_thousands(quantity: Quantity) -> bool:
    """Whether it is a price in 万元."""
    return quantity.figure.unit == "万元" and _one(quantity) is not None


def _as_yuan(quantity: Quantity) -> Quantity:
    """A price told in 万元 as if it were told in 元."""
    if not _is_told_in_ten_thousands(quantity):
        return quantity
    return replace(quantity, figure=quantity.figure.in_unit(Kind.MONEY, "元", Decimal(1)))


def _parts(passages: Sequence[Passage]) -> list[list[Quantity]]:
    """The amounts and counts of each part of a sentence."""
    parts: list[list[Quantity]] = []
    for passage in passages:
        for quantity in quantities_of(passage):
            if quantity.kind not in (Kind.MONEY, Kind.COUNT) or _is_one_of(quantity):
                continue
            if not parts or passage is not parts[-1][0].passage or _part(quantity) != _part(parts[-1][0]):
                parts.append([])
            parts[-1].append(quantity)
    return parts


def _products(parts: Sequence[Sequence[Quantity]]) -> Iterator[Product]:
    for at, part in enumerate(parts):
        ones = [one for quantity in part if (one := _one(quantity)) is not None]
        for one in ones:
            alike = [other for other in ones if other.quantity.kind is one.quantity.kind]
            rivals = [other for other in alike if _may_share(one, other)]
            classes = any(_is_of_class(each) for each in part if each is not one.quantity)
            found = _own(one, part, alike, alone=len(rivals) == 1 and not classes)
            if found is not None or classes:
                pass
            elif len(rivals) == 1:
                around = [near for near in parts[max(0, at - _BACK) : at + 1 + _ON] if len(near) <= _MOST]
                found = _around(one, [quantity for near in around for quantity in near])
            else:
                found = _by_name(
                    one, rivals, (near for near in parts[at : at + 1 + _NAMED] if len(near) <= _MOST)
                )
            if found is not None:
                yield found


def _is_of_class(quantity: Quantity) -> bool:
    """Whether it is what each of those right behind it gets: "单户奖励30万元的54户、20万元的30户" has two such classes."""
    if quantity.kind is not Kind.MONEY:
        return False
    return any(
        then.kind is Kind.COUNT and quantity.passage.text[quantity.end : then.start] == "的"
        for then in quantities_of(quantity.passage)[quantity.place + 1 : quantity.place + 2]
    )


def _is_one_of(quantity: Quantity) -> bool:
    """Whether it says what a price is told for ("每核对1户支付38元"), counts what was listed before it ("甲和乙两项合计"),
    or is a "一" that says nothing."""
    if quantity.spelled and word("counts_listed").match(quantity.tail):
        return True
    told_for = quantity.kind is Kind.COUNT and word("each_of").search(quantity.head) is not None
    return quantity.figure.amount < _TWO and (quantity.spelled or told_for)


def _own(one: _One, part: Sequence[Quantity], ones: Sequence[_One], *, alone: bool) -> Product | None:
    """What it makes with the other numbers of its sentence, or of its part between semicolons; `alone` where none of
    the other prices and means there could be told for the same pieces."""
    if not 2 <= len(part) <= _MOST or any(other.figure.is_vague for other in part):
        return None
    text = one.quantity.passage.text[slice(*_part(one.quantity))]
    used = [
        each for each in part if each is one.quantity or all(each is not other.quantity for other in ones)
    ]
    readings = list(_readings(one, used, text))
    holding = next((reading for reading in readings if reading.holds), None)
    if holding is not None:
        return holding if _sharp(holding) else None
    by_other_time = one.time != "天" and word("by_other_time").search(text)
    if alone and not (by_other_time or word("price_else").search(text)):
        sure = next((reading for reading in readings if reading.sure), None)
        if sure is not None:
            return sure
    return _slipped(readings, text) if alone else None


def _around(one: _One, around: Sequence[Quantity]) -> Product | None:
    """What it makes with numbers of the sentences around it: told where a slip explains the difference."""
    used = [
        other
        for other in around
        if other is one.quantity
        or not (other.figure.is_vague or other.depth != one.quantity.depth or _one(other) is not None)
    ]
    made = (reading for reading in _readings(one, used, "") if reading.factors)
    readings = list(islice(made, _READINGS + 1))
    alone = not any(other is not one.quantity and _rivals(one, other) for other in around)
    holding = next((reading for reading in readings if reading.holds and _sharp(reading)), None)
    if holding is not None or len(readings) > _READINGS or not alone:
        return holding
    said = "。".join(each.sentence_before for each in (one.quantity, *(each.whole for each in readings)))
    beside = [reading for reading in readings if _beside(reading)]
    if len(beside) == 1 and not (word("price_else").search(said) or word("part_of_year").search(said)):
        return beside[0]
    return _slipped(readings, said)


def _by_name(one: _One, rivals: Sequence[_One], parts: Iterable[Sequence[Quantity]]) -> Product | None:
    """Of several prices of such pieces: the number and the total right behind it that are told in a word which none
    of the others is told in ("初级每人1200元、中级每人1600元。… 初级1860人，兑付223.2万元")."""
    own = words_of(one.quantity).difference(
        *(words_of(other.quantity) for other in rivals if other is not one)
    )
    if not own or one.time or len(one.pieces) != 1:
        return None
    found = [
        Product(one.quantity, (pieces,), 1, "", whole, one.mean, True)
        for part in parts
        for pieces, whole in pairwise(part)
        if pieces.start > one.quantity.start or pieces.passage is not one.quantity.passage
        if pieces.kind is Kind.COUNT and _counts(pieces, one.pieces[0]) and own & words_of(pieces)
        if whole.place == pieces.place + 1 and _same_kind(whole, one.quantity) and _one(whole) is None
        if not (
            pieces.figure.is_vague
            or whole.figure.is_vague
            or any_of("respectively", "no_payment").search(whole.head)
        )
    ]
    return found[0] if len(found) == 1 else None


def _beside(product: Product) -> bool:
    """Whether the total stands right behind the one number it is taken times, near what that makes: a price is
    told ahead of both ("每亩补助180元。… 核定面积18450亩，补助款为332.1万元")."""
    if len(product.factors) != 1:
        return False
    (factor,), whole = product.factors, product.whole
    if product.one.passage is whole.passage and product.one.sentence == whole.sentence:
        return False  # its own sentence has been looked at with all its numbers
    next_to = factor.passage is whole.passage and whole.place == factor.place + 1
    near = whole.figure.amount <= _FAR * product.value <= _FAR**2 * whole.figure.amount
    planned = whole.role is Role.BUDGET or word("price_share").search(whole.clause)
    return next_to and factor.sentence == whole.sentence and near and not planned


def _may_share(one: _One, other: _One) -> bool:
    """Whether a number of pieces could be that of either: both are told for such pieces, or one says of none."""
    return one.pieces == other.pieces or not one.pieces or not other.pieces or one.time != other.time


def _rivals(one: _One, other: Quantity) -> bool:
    """Whether another price or mean of such pieces stands near: each has a number and a total of its own."""
    found = _one(other)
    return found is not None and found.quantity.kind is one.quantity.kind and found.pieces == one.pieces


def _tied(product: Product) -> bool:
    """Whether price and total share a word ("全年处理…，日均处理…"), or stand beside each other."""
    one, whole = product.one, product.whole
    between = abs(one.place - whole.place) - 1
    beside = one.passage is whole.passage and one.sentence == whole.sentence
    if beside and between <= sum(factor.sentence == one.sentence for factor in product.factors):
        return True
    return share_words(one, whole) is True


def _slipped(readings: Sequence[Product], text: str) -> Product | None:
    """The reading that a slip explains, if it is likely enough among so many."""
    if not readings or word("price_cut").search(text) or word("part_of_year").search(text):
        return None
    readings = [one for one in readings if not word("price_share").search(one.whole.clause)]
    near = [
        one
        for one in readings
        if one.whole.figure.amount <= _FAR * one.value <= _FAR**2 * one.whole.figure.amount
    ]
    tied = [one for one in near or readings if _tied(one)]
    among = tied or near or readings
    best = max(among[:_READINGS], key=lambda one: likelihood(one.relation), default=None)
    return best if best is not None and worth_asking(best.relation, len(among), named=bool(tied)) else None


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


def _one(quantity: Quantity) -> _One | None:
    passage = quantity.passage
    head = passage.text[quantity.structure.clause_span(quantity.start)[0] : quantity.start]
    if quantity.figure.is_vague or quantity.figure.is_bound or word("from_before").search(head):
        return None
    mean = any_of("mean_month", "mean_day", "mean_piece").search(head) is not None
    for name, time in (("mean_month", "月"), ("mean_day", "天")) if mean else ():
        if word(name).search(head):
            return _One(quantity, (), time, True)
    if mean and (match := word("mean_piece").search(head)):
        piece = next(name for name in match.groupdict().values() if name)
        monthly = word("by_month").search(head[max(0, match.start() - 1) :])
        return _One(quantity, (piece,), "月" if monthly else "", True)
    behind = passage.text[quantity.end : quantity.end + 6]
    if quantity.kind is not Kind.MONEY:
        match = word("each_holds").search(head)
        return _told_for(quantity, match.group()) if match else None
    after, before = word("per_piece").match(behind), word("price_of_one").search(head)
    if after is None and before is None:
        return None
    return _told_for(quantity, f"{before.group() if before else ''}{after.group() if after else ''}")


def _told_for(quantity: Quantity, words: str) -> _One:
    """A price by the words that say for what it is told: 每人每月, /人/月, 月补助."""
    names = [match["each"] for match in word("told_each").finditer(words)]
    time = next((name for name in names if name in ("月", "天", "日")), "")
    if not time and word("by_month").search(words):
        time = "月"
    pieces = tuple(name for name in names if name not in ("月", "天", "日", "年"))
    return _One(quantity, pieces, time.replace("日", "天"), False)


def _readings(one: _One, used: Sequence[Quantity], text: str) -> Iterator[Product]:
    """Every total with every choice of the numbers that the words name, nearest totals first."""
    price = one.quantity
    wholes = [
        other
        for other in used
        if other is not price
        and _same_kind(price, other)
        and not other.base.below(price.base)
        and not word("compared_with").search(said_before(other))
        and not _explains_compared(other)
        and other.modality in (Modality.ACTUAL, price.modality)
        and (one.mean or price.kind is Kind.MONEY or _is_total(other, price))
    ]
    for whole in reversed(wholes):
        others = [
            other
            for other in used
            if other not in (price, whole) and other.kind is Kind.COUNT and not other.figure.is_bound
        ]
        apart = [other for other in used if other not in (price, whole) and _same_kind(other, whole)]
        choices = [list(choice) for choice in _choices(one, others)]
        times = _times(one, others, text)
        named = (
            len(choices) == len(times) == 1 and not apart and (one.time != "天" or _are_of_work(times[0][0]))
        )
        for choice in choices:
            for told, constant in times:
                factors = tuple(dict.fromkeys((*choice, *told)))
                yield Product(price, factors, constant, one.time, whole, one.mean, named)


def _explains_compared(quantity: Quantity) -> bool:
    """Whether it stands in a bracket behind a number that is only compared with: "较上年的18.5元（当年补助540万元）"."""
    if quantity.bracket < 0:
        return False
    told, at = quantities_of(quantity.passage), quantity.place
    while at >= 0 and told[at].end > quantity.bracket:
        at -= 1
    return at >= 0 and word("compared_with").search(said_before(told[at])) is not None


def _is_total(whole: Quantity, one: Quantity) -> bool:
    """Whether a count is said to be a total, or is told in the words of what one piece holds."""
    return bool(word("says_total").search(whole.head)) or share_words(one, whole) is True


def _choices(one: _One, others: Sequence[Quantity]) -> Iterator[Sequence[Quantity]]:
    """The numbers that count its pieces: one for each piece that is named; any where none is."""
    if one.mean and one.time and not one.pieces:
        yield ()
        return
    if not one.pieces:  # "三处" counts pieces that the price names, nothing else
        others = [other for other in others if not other.spelled]
    if one.pieces:
        of_each = [[other for other in others if _counts(other, piece)] for piece in one.pieces]
        loose = [other for other in others if word("any_piece").fullmatch(other.figure.unit)]
        yield from each_of(*(found or loose for found in of_each))
        return
    if one.quantity.kind is not Kind.MONEY:
        yield ()
        return
    if one.time:
        yield ()
    for other in others:
        if not word("duration").fullmatch(other.figure.unit):
            yield (other,)


def _times(one: _One, others: Sequence[Quantity], text: str) -> list[tuple[tuple[Quantity, ...], int]]:
    """The months or days told, or those of a year."""
    if not one.time:
        return [((), 1)]
    unit = "month_unit" if one.time == "月" else "day_unit"
    told: list[tuple[tuple[Quantity, ...], int]] = [
        ((other,), 1) for other in others if word(unit).fullmatch(other.figure.unit)
    ]
    if told or (text and one.time == "月" and not one.mean and not word("whole_year").search(text)):
        return told
    return [((), constant) for constant in _TIMES[one.time]]


def _are_of_work(told: Sequence[Quantity]) -> bool:
    """Whether days are those on which it ran: "全年运行365天", and no term of "15天内办结"."""
    return any(word("days_of_work").search(f"{one.head}{one.tail}") for one in told)


def _counts(quantity: Quantity, piece: str) -> bool:
    """Whether a number counts such pieces: 户 by 户, 人 by 名 and 人次, 村 by "20个村"."""
    unit, wanted = same_unit(quantity.figure.unit), same_unit(piece)
    if unit == wanted or (wanted in ("次", "名") and unit.endswith("次")):
        return True
    told = piece in quantity.tail[:_NOUN] or quantity.label.endswith(piece)
    return len(unit) == 1 and told and not word("piece").fullmatch(quantity.tail[:1])


def _same_kind(one: Quantity, other: Quantity) -> bool:
    if one.kind is not other.kind or one.kind is Kind.MONEY:
        return one.kind is other.kind
    if same_unit(one.figure.unit) == same_unit(other.figure.unit):
        return True
    times = len(other.unit) > 1 and other.unit.endswith("次") and len(one.unit) == 1
    return times and share_words(one, other) is True  # "每轮检查38所，累计检查152校次"
