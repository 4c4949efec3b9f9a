"""What is left, and what came and went: numbers that follow from those told just before.

预算128万元，实际支出119.8万元，执行率93.6%，未执行8.2万元     a whole, what was taken, what is left
收到62万元，支出61万元，年末无结余                            the same, nil said in words
合同价128万元，审定价122万元，审减6万元；目标150个，完成138个，少12个
年初在册318户，新增41户，退出36户，年末在册323户             stock and flow
年初预算96万元，上年结转12万元，全年预算108万元
上年结转6万元，本年收到80万元，支出83万元，年末结余3万元   the same of money: receipts and payments
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.facts.claim import Claim, Shape, Strength
from auditor.facts.far_rests import far_rests
from auditor.facts.far_stocks import far_stocks, stocks_elsewhere
from auditor.facts.nothing_left import is_of_amount, nothing_left
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.slip import worth_asking
from auditor.facts.stated import Facts, once
from auditor.figures import Figure, Relation
from auditor.language import word
from auditor.report.model import Passage

_REACH = 60  # characters between two numbers that follow from one another
_MOST_STEPS = 6


@once
def rest_claims(facts: Facts) -> Iterator[Claim]:
    """Every rest and every stock with its flow."""
    told: set[int] = set()
    for passage in facts.passages:
        for series in _series(passage):
            for claim in (*_rests(series), *_stocks(series)):
                told.add(id(claim.whole))
                yield claim
        for claim in far_stocks(quantities_of(passage), told):
            told.add(id(claim.whole))
            yield claim
    for claim in stocks_elsewhere(facts.quantities, told):
        told.add(id(claim.whole))
        yield claim
    yield from far_rests(facts.quantities, told)
    yield from nothing_left(facts.report, told)


def _series(passage: Passage) -> Iterator[list[Quantity]]:
    """The plain numbers of one sentence and one unit, outside brackets."""
    found: dict[tuple[int, str], list[Quantity]] = {}
    for one in quantities_of(passage):
        unit = one.dimension
        if unit is not None and not one.depth and not one.is_average and not one.figure.is_vague:
            found.setdefault((one.sentence, unit), []).append(one)
    return (series for series in found.values() if len(series) >= 2)


def _rests(series: Sequence[Quantity]) -> Iterator[Claim]:
    for at, taken in enumerate(series[1:], 1):
        whole = _whole(series, at)
        if whole is None or not word("taken_from").search(taken.head):
            continue
        left = series[at + 1] if at + 1 < len(series) else None
        if left is not None and left.start - taken.end <= _REACH and _is_left(left):
            if not _moved(whole, taken, left) and not _of_contract(whole, left):
                yield _rest(whole, taken, left)
        elif _nil_behind(taken, left) and not _moved(whole, taken):
            yield _nothing_left(whole, taken)


def _whole(series: Sequence[Quantity], at: int) -> Quantity | None:
    """The quantity right before, if its words say that something is taken of it, and it is the larger."""
    whole, taken = series[at - 1], series[at]
    if taken.start - whole.end > _REACH or word("of_which").search(taken.head):
        return None
    named = word("measured_by").search(whole.head) and not word("rest").search(whole.head)
    return whole if named and not whole.base.below(taken.base) else None


def _is_left(quantity: Quantity) -> bool:
    """Whether its words say that it is what is left, or by how much less it is."""
    told = quantity.head.strip("，,")
    return bool(word("rest").search(told) or word("short").search(f",{told}"))


def _moved(whole: Quantity, taken: Quantity, left: Quantity | None = None) -> bool:
    """Whether money enters or leaves between the two: the plain difference proves nothing then. The words
    that name the rest itself ("核减", "财政收回结余") are no such movement."""
    start = whole.structure.clause_span(whole.start)[0]
    end = taken.end if left is None else left.start - len(left.head)
    told = whole.passage.text[start:end]
    return bool(word("moved").search(told) or word("other_year").search(told))


def _of_contract(whole: Quantity, left: Quantity) -> bool:
    """Whether what is left is left of a contract, and the whole is none: "预算595万元，已付504万元，余下56万元合同款"."""
    named = word("contract_money").search(f"{left.head}{left.tail}")
    return named is not None and not word("contract_sum").search(whole.head)


def _nil_behind(taken: Quantity, following: Quantity | None) -> bool:
    """Whether the sentence says in words, before its next number, that nothing is left."""
    end = taken.structure.sentence_span(taken.start)[1]
    stop = min(end, following.start if following is not None else end, taken.end + _REACH)
    found = word("nil").search(taken.passage.text, taken.end, stop)
    return found is not None and not is_of_amount(taken, found)


def _rest(whole: Quantity, taken: Quantity, left: Quantity) -> Claim:
    figures = (whole.money, taken.money)
    claimed = exactly_nil(left.money, figures)
    return Claim(
        Shape.REST, Relation(claimed, figures, (1, -1)), left, (whole, taken), Strength.ASK,
        names=(whole.label, taken.label),
    )  # fmt: skip


def _nothing_left(whole: Quantity, taken: Quantity) -> Claim:
    return Claim(
        Shape.NOTHING_LEFT, Relation(taken.money, (whole.money,)), taken, (whole,), Strength.ASK,
        names=(whole.label,),
    )  # fmt: skip


def exactly_nil(figure: Figure, others: Sequence[Figure]) -> Figure:
    """`figure` as fine as the others where it is nil: "结余0万元" beside "62.3万元" means nothing, not
    anything below half of 1万元."""
    if figure.amount or figure.decimals:
        return figure
    finest = min(other.last_place * other.scale for other in others)
    return replace(figure, decimals=max(0, -int((finest / figure.scale).adjusted())))


def _stocks(series: Sequence[Quantity]) -> Iterator[Claim]:
    for at, begun in enumerate(series):
        carried = word("carried").search(begun.head) is not None
        if not carried and not word("begin").search(begun.head):
            continue
        flows: list[Quantity] = []
        signs: list[int] = [1]
        for one in series[at + 1 : at + 2 + _MOST_STEPS]:
            before = flows[-1] if flows else begun
            if one.start - before.end > _REACH or word("of_which").search(one.head):
                break
            sign = _flow(one, carried)
            if sign:
                flows.append(one)
                signs.append(sign)
                continue
            if _is_end(one, carried):
                flows, signs = (flows, signs) if flows else _flows_before(series, at)
                claim = _stock(one, begun, flows, signs)
                told_both_ways = len(set(signs[1:])) == 2
                if word("summed_since").search(one.head) and not claim.holds:
                    break
                if flows and (flows[0].start > begun.start or told_both_ways or worth_asking(claim.relation)):
                    yield claim
            break


def _stock(end: Quantity, begun: Quantity, flows: Sequence[Quantity], signs: Sequence[int]) -> Claim:
    parts = (begun, *flows)
    relation = Relation(end.money, tuple(each.money for each in parts), tuple(signs))
    names = tuple(each.label for each in parts)
    return Claim(Shape.STOCK, relation, end, parts, Strength.ASK, names=names)


def _flows_before(series: Sequence[Quantity], at: int) -> tuple[list[Quantity], list[int]]:
    """What came and went, told before both ends: "新增48辆，淘汰35辆，由年初的612辆增至年末的625辆"."""
    flows: list[Quantity] = []
    signs: list[int] = []
    following = series[at]
    for one in reversed(series[max(0, at - _MOST_STEPS) : at]):
        sign = _flow(one, carried=False)
        if not sign or following.start - one.end > _REACH:
            break
        flows.insert(0, one)
        signs.insert(0, sign)
        following = one
    return flows, [1, *signs]


def _is_end(quantity: Quantity, carried: bool) -> bool:
    """Whether it says what there is in the end; of money that was carried over only a rest does: "支出合计"
    closes something else."""
    return bool(word("rest" if carried and quantity.unit == "元" else "ends").search(quantity.head))


def _flow(quantity: Quantity, carried: bool) -> int:
    """1 for what comes in, -1 for what goes out, 0 for neither and for what there is in the end; the word
    nearest to the number decides. Money that was carried over flows by receipts and payments; a budget
    ("年初预算") does not: what arrives of it is the same money."""
    kinds = [(0, "ends"), (1, "enters"), (-1, "leaves")]
    if carried and quantity.unit == "元":
        kinds += [(1, "receive"), (1, "budget"), (-1, "spend"), (0, "rest")]
    ends: dict[int, int] = {}
    for sign, name in kinds:
        at = max((match.end() for match in word(name).finditer(quantity.head)), default=-1)
        ends[sign] = max(ends.get(sign, -1), at)
    return max(ends, key=lambda sign: ends[sign]) if max(ends.values()) >= 0 else 0
