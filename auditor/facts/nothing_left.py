"""That nothing is left, said in words behind what came in and what was spent, told in sentences or lines of their own.

拨入31.2万元。…支付30.95万元，…。年末账面余额为零     asked: what came in is not what was spent
（一）到位…（二）支出…（三）经费已全部用完              the same, line by line
施工材料没有剩余                                      no money: nothing
到位31.2万元，审定30.95万元，全部支付完毕             all of the amount right before it
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from re import Match

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.figures import Kind, Relation
from auditor.language import any_of, word
from auditor.report.model import Passage, Report, Role, TextKind

_BACK = 6  # passages, headings among them: 收入, 支出 and 结余 may each have its own
_NEAR = 24  # numbers of a passage that are looked at
_IN = (Role.RECEIVED, Role.BUDGET)
"""What came in before what was planned: of the first that is told something can be left."""


def nothing_left(report: Report, told: set[int]) -> Iterator[Claim]:
    """The claims of a report; `told` are amounts spent of which that has been read in their own sentence."""
    passages = [one for one in report.passages if one.kind is not TextKind.CELL and not one.filled_by_system]
    for at, passage in enumerate(passages):
        last = -1
        for match in word("nil").finditer(passage.text):
            count = _count(passage, match.start())
            if count == last or not _is_of_money(passage, match):
                continue  # said again of the same amounts
            last = count
            if count and is_of_amount(quantities_of(passage)[count - 1], match):
                continue
            before = passages[max(0, at - _BACK) : at] if count <= _NEAR else []
            claim = _claim(before, passage, match)
            if claim is not None and id(claim.whole) not in told:
                told.add(id(claim.whole))
                yield claim


def _count(passage: Passage, until: int) -> int:
    """How many numbers of a passage end before a place."""
    return bisect_right(quantities_of(passage), until, key=lambda one: one.end)


def _is_of_money(passage: Passage, match: Match[str]) -> bool:
    """Whether its clause is of money or of nothing else that might be used up, and tells what is the case."""
    start, end = passage.structure.clause_span(match.start(), match.end())
    lead, clause = passage.text[start : match.start()], passage.text[start:end]
    if word("nil_ahead").search(lead) or word("other_year").search(clause):
        return False
    return bool(word("money_named").search(clause)) or not word("nil_idle").sub("", lead)


def is_of_amount(one: Quantity, match: Match[str]) -> bool:
    """Whether that all was paid is said of the amount right before it, which no word of its own calls spent."""
    passage = one.passage
    start, _ = passage.structure.clause_span(match.start(), match.end())
    if one.kind is not Kind.MONEY or not word("all_spent").match(passage.text, match.start()):
        return False
    bare = not word("money_named").search(passage.text, start, match.start())
    return bare and one.end >= start - 1 and not word("spend").search(one.head)


def _claim(before: Sequence[Passage], passage: Passage, match: Match[str]) -> Claim | None:
    """What came in against what was spent, of the nearest passages that tell both; silent where one of them is told
    more than once, or where anything else was done with the money."""
    money: list[Quantity] = []
    for one in (passage, *reversed(before)):
        money = [*_money(one, match.start() if one is passage else len(one.text)), *money]
        spent = _of_role(money, Role.PAID)
        came = next((found for role in _IN if (found := _of_role(money, role))), None)
        if came and spent:
            break
    else:
        return None
    if _is_left_or_moved(money, min(came[0], spent[0], key=money.index), before, passage, match):
        return None
    claims = [_nothing_left(whole, taken) for taken in spent for whole in came]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None or len(claims) > 1 or any(_is_loose(one, claims[0]) for one in money):
        return holding
    return claims[0]


def _is_loose(one: Quantity, claim: Claim) -> bool:
    """Whether an amount is neither of the two nor a price or part of what its sentence has told: it may have come in or
    gone out besides. What was planned did neither."""
    named = (claim.whole, *claim.parts)
    if one.role is Role.BUDGET or any(one.figure.amount == other.figure.amount for other in named):
        return False
    return not (one.is_average or any_of("of_which", "full_list", "price_of_one").search(one.sentence_before))


def _money(passage: Passage, until: int) -> list[Quantity]:
    """The last plain amounts of a passage up to a place, outside brackets."""
    count = _count(passage, until)
    return [
        one
        for one in quantities_of(passage)[max(0, count - _NEAR) : count]
        if one.kind is Kind.MONEY and one.is_plain and not one.depth
        if one.modality is Modality.ACTUAL or one.role is Role.BUDGET
    ]


def _of_role(money: Sequence[Quantity], role: Role) -> list[Quantity]:
    """The amounts of one role, each once; parts and means are none."""
    found = [
        one
        for one in money
        if one.role is role and not one.is_average and not word("of_which").search(one.clause)
    ]
    return list({one.figure.amount: one for one in found}.values())


def _is_left_or_moved(
    money: Sequence[Quantity], first: Quantity, before: Sequence[Passage], passage: Passage, match: Match[str]
) -> bool:
    """Whether something was left after all, or was given back or moved, from the sentence of the first amount on."""
    start = first.structure.sentence_span(first.start)[0]
    told = [one for one in money if one.passage is not first.passage or one.start >= start]
    if any(word("rest").search(one.head) or word("carried").search(one.clause) for one in told):
        return True
    texts = [passage.text[: match.end()]]
    if first.passage is not passage:
        at = next(at for at, one in enumerate(before) if one is first.passage)
        texts += [first.passage.text[start:], *(one.text for one in before[at + 1 :])]
    else:
        texts = [passage.text[start : match.end()]]
    left = word("last_part").search(passage.text, start if first.passage is passage else 0, match.start())
    return left is not None or any(word("moved").search(text) for text in texts)


def _nothing_left(whole: Quantity, taken: Quantity) -> Claim:
    return Claim(
        Shape.NOTHING_LEFT, Relation(taken.money, (whole.money,)), taken, (whole,), Strength.ASK, (Guard.APART,),
        names=(whole.label,),
    )  # fmt: skip
