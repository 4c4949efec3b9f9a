"""Rates of money whose two amounts no words tie to them, by accounts that close.

安排养护资金980万元 … 累计支付887.2万元，执行率93.6%；未用完的92.8万元
控制价960万元，中标883.2万元。…… 较控制价节约资金76.8万元，节约率15.8%

Where the difference of two amounts is told as what was left or saved, the three are one account: what was there, what
was used of it, what was left. A rate of execution or of saving that is told nearest to it is its rate; where both
stand in sentences of their own only a slip of the pen is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Modality, Quantity
from auditor.facts.slip import worth_asking
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word
from auditor.values import frozen


@frozen
class Account:
    """`whole` less `used` is `left`, as printed."""

    whole: Quantity
    used: Quantity
    left: Quantity

    @property
    def amounts(self) -> tuple[Decimal, Decimal]:
        return self.whole.figure.amount, self.used.figure.amount

    def distance(self, rate: Quantity) -> int:
        """0 where one of its amounts stands in the rate's sentence, 1 in its passage, 2 elsewhere."""
        parts = (self.whole, self.used, self.left)
        here = [one for one in parts if one.passage is rate.passage]
        return 2 if not here else 0 if any(one.sentence == rate.sentence for one in here) else 1


def closed_rates(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """The claims of rates of execution and of saving that are not `told` by others (`found` are the numbers of a report
    in order)."""
    rates = [one for one in found if _is_rate(one) and id(one) not in told]
    accounts = list(_accounts(found)) if rates else []
    for rate in rates:
        saved = word("saved_rate").search(rate.head) is not None
        near = min((one.distance(rate) for one in accounts), default=0)
        meant = [one for one in accounts if one.distance(rate) == near]
        claims = [_claim(rate, one, one.left if saved else one.used) for one in meant]
        holding = next((claim for claim in claims if claim.holds), None)
        if holding is not None:
            yield holding
        elif len({one.amounts for one in meant}) == 1 and (
            near == 0 or worth_asking(claims[0].relation, named=True)
        ):
            yield claims[0]


def _is_rate(one: Quantity) -> bool:
    plain = one.kind is Kind.RATE and not one.figure.is_vague and one.modality is Modality.ACTUAL
    if word("base_of_its_own").search(one.passage.text, one.structure.part_span(one.start)[0], one.end):
        return False
    named = word("rate_of_all_money").fullmatch(one.head) or word("saved_rate").search(one.head)
    return plain and bool(named) and not word("other_year").search(one.sentence_before)


def _accounts(found: Sequence[Quantity]) -> Iterator[Account]:
    """Every account of a report that closes to the last printed digit."""
    money = [one for one in found if one.kind is Kind.MONEY and one.is_plain and not one.is_average]
    by_amount = {one.figure.amount: one for one in reversed(money)}
    for left in money:
        if word("left_over").search(left.head) or word("saved_money").search(left.head):
            for used in money:
                whole = by_amount.get(used.figure.amount + left.figure.amount)
                if whole is not None and word("paid_or_won").search(used.head) and used is not left:
                    yield Account(whole, used, left)


def _claim(rate: Quantity, account: Account, part: Quantity) -> Claim:
    relation = Relation(rate.figure, (part.money, account.whole.money), operation=Operation.RATIO)
    reasons = () if account.distance(rate) == 0 else (Guard.APART,)
    return Claim(Shape.RATE, relation, rate, (part, account.whole), Strength.ASK, reasons)
