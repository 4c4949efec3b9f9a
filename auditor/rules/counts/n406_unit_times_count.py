"""N406 单价、数量与总额 (number.unit-times-count)

查什么  同一句里写明了单价（补助标准、每期人数、平均数）、数量和总数的，三者相乘是否对得上。
为什么  总数由单价和数量算出；改了其中一个、没有改另外两个，总数就没有依据。
反例
    二、完成情况
    采购清淤机10台，单价18.5万元，总价195万元。
    → 存疑
反例
    二、完成情况
    举办培训8期1120人次，平均每期160人次。
    → 存疑
正例
    二、完成情况
    补助标准为每公里60万元，36.5公里合计补助2190万元。
    → 无
正例
    二、完成情况
    每人每月补助600元，聘用426人，全年共发放306.72万元。
    → 无
依据    表内关系：总额＝单价×数量
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import product

from auditor.compiled import compiled
from auditor.document import Span
from auditor.facts.products import Product, products
from auditor.facts.quantities import magnitude
from auditor.figures import Equation, Figure, Interval, Kind, Term, added, show, total
from auditor.language import same_unit, word
from auditor.report.model import Passage, Report, TextKind
from auditor.rules.base import ByOthers, Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="N406",
    name="number.unit-times-count",
    title="单价、数量与总额不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
    by_others=ByOthers.PRICE,
)

_SENTENCE = compiled(r"[^。；;\n]+")
_UNITS = r"人|名|户|亩|台|套|件|个|公里|千米|平方米|米|期|场|次|班|村|座|辆|吨|份|校|所|盏|株|条|岗|部|棵|只|头|张|处|块|樘|根|组|项|艘|架"
_PER = compiled(rf"[/／](?P<per>{_UNITS})")
_SHARP = 3  # digits of a rounded number that make a tick worth something
_MOST = 12  # figures of a sentence; a longer one is a table in words
_CHOICES = 4  # numbers that a price may be told for


@frozen
class _Price:
    """What one piece costs or holds; `of` the classifier of the pieces ("" if the words name none)."""

    figure: Figure
    of: str
    mean: bool

    @property
    def range(self) -> Interval:
        """A standard is set as it is written; an average was computed and rounded."""
        return self.figure.base if self.mean else Interval.exact(self.figure.amount)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    passages = [
        one for one in report.prose if one.kind is not TextKind.CELL or compiled("[，。；]").search(one.text)
    ]
    told: set[Span] = set()
    for found in products(passages):
        result = _made(found)
        told.update(result.evidence)
        yield result
    for passage in passages:
        if not compiled(r"每|单|均|标准|[/／]").search(passage.text):
            continue
        for sentence in _SENTENCE.finditer(passage.text):
            judged = _judged(passage, sentence.start(), sentence.end())
            if judged is not None and told.isdisjoint(judged.evidence):
                yield judged


def _made(found: Product) -> Result:
    """A price or mean times its numbers against the total of its sentence."""
    whole = found.whole.figure
    relation = found.equation()
    computed = relation.computed
    evidence = [found.one.figure, *found.pieces, *found.months, whole]
    key = (computed.text, whole.raw)
    if found.holds:
        return RULE.consistent(
            f"{computed.text} 与总数 {whole.raw} 相符。", evidence, relations=(relation,), key=key
        )
    made = f"{computed.text} 应为 {show(found.value / whole.scale, 4)}{magnitude(whole)}"
    if found.mean:
        right = found.one.figure.amount * whole.amount / found.value / found.one.figure.scale
        made += f"（按总数，平均应为 {show(right, 2)}{found.one.figure.unit}）"
    return RULE.query(
        f"{made}，文中写 {whole.raw}。", evidence, relations=(relation,),
        suggestion=f"核对{'平均数' if found.mean else '单价'}、数量和总数，更正写错的一个。",
        culprits=(found.one.figure.span if found.mean else whole.span,), key=key,
    )  # fmt: skip


def _judged(passage: Passage, start: int, end: int) -> Result | None:
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
    if not prices:
        return None
    kind = prices[0].figure.kind
    whole = _whole(passage, figures, prices)
    if whole is None or any(price.figure.kind is not kind for price in prices):
        return None
    used = [whole, *(price.figure for price in prices)]
    others = [
        figure for figure in figures if figure.kind is kind and figure not in used and kind is Kind.MONEY
    ]
    if others or any(price.figure.start > whole.start and len(prices) > 1 for price in prices):
        return None  # other amounts belong to the total, or other totals to the prices
    if len(prices) == 1:
        return None
    counts = _paired(prices, figures, whole, {id(one) for one in used})
    if counts is None:
        return None
    return _result(prices, counts, whole)


def _paired(
    prices: list[_Price], figures: list[Figure], whole: Figure, used: set[int]
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


def _price(passage: Passage, figures: list[Figure], at: int) -> _Price | None:
    figure, text = figures[at], passage.text
    before = text[figures[at - 1].end if at else max(0, figure.start - 30) : figure.start]
    if per := _PER.match(text, figure.end):
        return _Price(figure, same_unit(per["per"], visits=True), False)
    match = word("unit_price_before").search(before)
    if match is None:
        return None
    of = match["each"] or match["of"] or ""
    return _Price(figure, same_unit(of, visits=True), (match["mean"] or match["of"]) is not None)


def _whole(passage: Passage, figures: list[Figure], prices: list[_Price]) -> Figure | None:
    """The total: what its words call one; beside an average, the only other figure of its unit."""
    priced = {id(price.figure) for price in prices}
    first = prices[0].figure
    alike = [
        figure
        for figure in figures
        if id(figure) not in priced and figure.kind is first.kind and _unit(figure) == _unit(first)
    ]
    named = [f for f in alike if _is_total(passage.text, figures, f)]
    if len(named) == 1 and not any("其中" in passage.text[first.end : one.start] for one in named):
        return named[0]
    alone = len(alike) == 1 and len(prices) == 1 and prices[0].mean and alike[0].start < first.start
    return alike[0] if alone else None


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


def _counts(price: _Price, figures: list[Figure]) -> list[Figure]:
    """Numbers of the pieces that the price is told for."""
    return [
        figure
        for figure in figures
        if figure.kind is Kind.COUNT and (not price.of or _unit(figure) == price.of)
    ]


def _result(prices: list[_Price], counts: Sequence[Figure], whole: Figure) -> Result | None:
    terms = list(zip(counts, (price.figure for price in prices), strict=True))
    value = total(count.base * price.range for count, price in zip(counts, prices, strict=True))
    plain = sum((count.amount * price.amount for count, price in terms), Decimal(0)) / whole.scale
    products = added(_term(count) * _term(price) for count, price in terms)
    formula = products.text
    relation = Equation(
        products, Term.of(whole, text=whole.raw), per=whole.scale, unit=magnitude(whole), decimals=4, gap="",
        holds=value.meets(whole.base),
    )  # fmt: skip
    evidence = [*counts, *(price.figure for price in prices), whole]
    key = (formula, whole.raw)
    rounded = [one for one in (*counts, whole) if one.scale != 1 or one.decimals]
    coarse = any(len(compiled(r"\D").sub("", one.digits).lstrip("0")) < _SHARP for one in rounded)
    if coarse and value.meets(whole.base) and not whole.base.contains(plain * whole.scale):
        return None  # "1.2万亩" stands for too much to bear anything out
    if relation.meets:
        return RULE.consistent(
            f"{formula} 与总数 {whole.raw} 相符。", evidence, relations=(relation,), key=key
        )
    return RULE.query(
        f"{formula} 应为 {show(plain, 4)}{magnitude(whole)}，文中写 {whole.raw}。", evidence,
        relations=(relation,), suggestion="核对单价、数量和总数，更正写错的一个。",
        culprits=(whole.span,), key=key,
    )  # fmt: skip


def _term(figure: Figure) -> Term:
    """In 元 or single pieces, told as written."""
    return Term.of(figure, Decimal(1), figure.raw)
