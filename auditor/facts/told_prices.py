"""Several prices of one sentence, each with the number of its pieces, against the total they make.

每台3万元的10台，每台5万元的4台，共50万元     3 × 10 + 5 × 4
甲种每亩120元、乙种每亩80元，合计…            as many numbers as prices, in order
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import product

from auditor.compiled import compiled
from auditor.facts.quantities import magnitude
from auditor.figures import Equation, Figure, Interval, Kind, Term, added, total
from auditor.language import same_unit, word
from auditor.report.model import Passage, Report, TextKind
from auditor.values import frozen

_SENTENCE = compiled(r"[^。；;\n]+")
_UNITS = r"人|名|户|亩|台|套|件|个|公里|千米|平方米|米|期|场|次|班|村|座|辆|吨|份|校|所|盏|株|条|岗|部|棵|只|头|张|处|块|樘|根|组|项|艘|架"
_PER = compiled(rf"[/／](?P<per>{_UNITS})")
_SHARP = 3  # digits of a rounded number that make a tick worth something
_MOST = 12  # figures of a sentence; a longer one is a table in words
_CHOICES = 4  # numbers that a price may be told for


@frozen
class Price:
    """What one piece costs or holds; `of` the classifier of the pieces ("" if the words name none)."""

    figure: Figure
    of: str
    mean: bool

    @property
    def range(self) -> Interval:
        """A standard is set as it is written; an average was computed and rounded."""
        return self.figure.base if self.mean else Interval.exact(self.figure.amount)


@frozen
class Priced:
    """Prices, the number of pieces of each, and the total they are told to make."""

    prices: list[Price]
    counts: tuple[Figure, ...]
    whole: Figure

    @property
    def figures(self) -> list[Figure]:
        return [*self.counts, *(price.figure for price in self.prices), self.whole]

    @property
    def holds(self) -> bool:
        pairs = zip(self.counts, self.prices, strict=True)
        return total(count.base * price.range for count, price in pairs).meets(self.whole.base)

    @property
    def value(self) -> Decimal:
        """What the numbers make as they are written, in the total's own unit."""
        pairs = zip(self.counts, self.prices, strict=True)
        made = sum((count.amount * price.figure.amount for count, price in pairs), Decimal(0))
        return made / self.whole.scale

    @property
    def coarse(self) -> bool:
        """Whether it holds by rounding alone: "1.2万亩" stands for too much to bear anything out."""
        rounded = [one for one in (*self.counts, self.whole) if one.scale != 1 or one.decimals]
        few = any(len(compiled(r"\D").sub("", one.digits).lstrip("0")) < _SHARP for one in rounded)
        return few and self.holds and not self.whole.base.contains(self.value * self.whole.scale)

    def equation(self) -> Equation:
        pairs = zip(self.counts, self.prices, strict=True)
        products = added(_term(count) * _term(price.figure) for count, price in pairs)
        return Equation(
            products, Term.of(self.whole, text=self.whole.raw), per=self.whole.scale, unit=magnitude(self.whole),
            decimals=4, gap="", holds=self.holds,
        )  # fmt: skip


def in_sentences(report: Report) -> list[Passage]:
    """Running text and the cells that hold some."""
    return [
        one for one in report.prose if one.kind is not TextKind.CELL or compiled("[，。；]").search(one.text)
    ]


def told_prices(passages: Iterable[Passage]) -> Iterator[Priced]:
    """Every sentence of several prices, the number of pieces of each, and their total."""
    for passage in passages:
        if not compiled(r"每|单|均|标准|[/／]").search(passage.text):
            continue
        for sentence in _SENTENCE.finditer(passage.text):
            found = _priced(passage, sentence.start(), sentence.end())
            if found is not None and not found.coarse:
                yield found


def _priced(passage: Passage, start: int, end: int) -> Priced | None:
    sentence = passage.text[start:end]
    if word("per_time").search(sentence.replace("每人每年", "每人")) or word("price_more_to_it").search(
        sentence
    ):
        return None  # for how long, or how much of it, is not told with the price
    figures = [
        figure
        for figure in passage.figures
        if start <= figure.start < end and figure.kind in (Kind.MONEY, Kind.COUNT)
    ]
    if not 3 <= len(figures) <= _MOST or any(figure.is_vague for figure in figures):
        return None
    prices = [price for at, figure in enumerate(figures) if (price := _price(passage, figures, at))]
    if len(prices) < 2:
        return None
    kind = prices[0].figure.kind
    whole = _whole(passage, figures, prices)
    if whole is None or any(price.figure.kind is not kind for price in prices):
        return None
    used = [whole, *(price.figure for price in prices)]
    others = [
        figure for figure in figures if figure.kind is kind and figure not in used and kind is Kind.MONEY
    ]
    if others or any(price.figure.start > whole.start for price in prices):
        return None  # other amounts belong to the total, or other totals to the prices
    counts = _paired(prices, figures, whole, {id(one) for one in used})
    return None if counts is None else Priced(prices, counts, whole)


def _paired(
    prices: list[Price], figures: list[Figure], whole: Figure, used: set[int]
) -> tuple[Figure, ...] | None:
    """The number of pieces of each price: those that make the total; else, in order, as many as there are
    prices, or the last one before each price."""
    open_ = [
        [one for one in _counts(price, figures) if one.start < price.figure.start and id(one) not in used]
        for price in prices
    ]
    if not all(open_):
        return None
    for chosen in product(*(one[-_CHOICES:] for one in open_)):
        made = total(count.base * price.range for count, price in zip(chosen, prices, strict=True))
        if len({id(one) for one in chosen}) == len(chosen) and made.meets(whole.base):
            return chosen
    if len(open_[0]) == len(prices):
        return tuple(open_[0])
    last = tuple(one[-1] for one in open_)
    return last if len({id(one) for one in last}) == len(last) else None


def _price(passage: Passage, figures: list[Figure], at: int) -> Price | None:
    figure, text = figures[at], passage.text
    before = text[figures[at - 1].end if at else max(0, figure.start - 30) : figure.start]
    if per := _PER.match(text, figure.end):
        return Price(figure, same_unit(per["per"], visits=True), False)
    match = word("unit_price_before").search(before)
    if match is None:
        return None
    of = match["each"] or match["of"] or ""
    return Price(figure, same_unit(of, visits=True), (match["mean"] or match["of"]) is not None)


def _whole(passage: Passage, figures: list[Figure], prices: list[Price]) -> Figure | None:
    """The total: what its words call one."""
    priced = {id(price.figure) for price in prices}
    first = prices[0].figure
    alike = [
        figure
        for figure in figures
        if id(figure) not in priced and figure.kind is first.kind and _unit(figure) == _unit(first)
    ]
    named = [f for f in alike if _is_total(passage.text, figures, f)]
    if len(named) != 1 or "其中" in passage.text[first.end : named[0].start]:
        return None
    return named[0]


def _is_total(text: str, figures: list[Figure], figure: Figure) -> bool:
    """Whether the words before a figure call it the total, of nothing else than what was counted."""
    last = max((one.end for one in figures if one.end <= figure.start), default=max(0, figure.start - 20))
    words = text[last : figure.start]
    clause = words if compiled("[，,]").search(words) is None else words[words.rfind("，") :]
    return (
        word("says_total").search(clause) is not None
        and word("total_before").search(f"，{clause.lstrip('，,')}") is not None
    )


def _unit(figure: Figure) -> str:
    return "元" if figure.kind is Kind.MONEY else same_unit(figure.unit, visits=True)


def _counts(price: Price, figures: list[Figure]) -> list[Figure]:
    """Numbers of the pieces that the price is told for."""
    return [
        figure
        for figure in figures
        if figure.kind is Kind.COUNT and (not price.of or _unit(figure) == price.of)
    ]


def _term(figure: Figure) -> Term:
    """In 元 or single pieces, told as written."""
    return Term.of(figure, Decimal(1), figure.raw)
