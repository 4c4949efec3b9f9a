"""What a report says is to be reached: a number with its direction, wherever it is told.

实施方案要求全年筛查学生不少于16000人        a plan lays it down
绩效目标：每户补助不超过1.8万元              a limit: to be kept below
核定的上限是30元                             the same without a sign
面积不低于50亩的合作社12家                   a condition of something else: no aim
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.quantities import plan_spans, touches
from auditor.facts.quantity import Quantity, quantities_of
from auditor.facts.scoring.directions import TIMES
from auditor.facts.stated import facts_of, once
from auditor.figures import Kind, Modifier
from auditor.language import word
from auditor.report.model import Report, TextKind
from auditor.values import frozen

COUNTED = (Kind.COUNT, Kind.MONEY, Kind.RATE)
_UPPER = (Modifier.AT_LEAST, Modifier.OVER)
_LOWER = (Modifier.AT_MOST, Modifier.UNDER)
_SET = (Modifier.NONE, Modifier.EQUAL, *_UPPER, *_LOWER)


@frozen
class Aim:
    """A number to be reached, or with `lower` one not to be passed; None where only what is claimed of it can tell."""

    told: Quantity
    lower: bool | None

    def missed_by(self, actual: Quantity) -> bool:
        """Whether no value of `actual` reaches the number, or keeps the limit."""
        amount = self.told.figure.amount
        return (
            actual.base.low > amount if self.lower else actual.base.below(self.told.figure.without_bound.base)
        )


@frozen
class Unmet:
    """`actual` does not reach `aim`, and `claim` says that it does; None where nothing is said of it. `lower`: a limit."""

    aim: Quantity
    actual: Quantity
    claim: View | None
    lower: bool


@once
def aims_of(report: Report) -> Iterator[Aim]:
    """Every aim of the running text, in document order."""
    goals = plan_spans(report)
    for passage in facts_of(report).passages:
        if passage.kind is not TextKind.PROSE:
            continue
        for one in quantities_of(passage):
            counted = one.kind in COUNTED and one.figure.modifier in _SET and one.figure.upper is None
            if counted and (is_laid_out(one) or _is_bound(one) or touches(one.figure.span, goals)):
                yield Aim(one, _direction(one))


def is_laid_out(quantity: Quantity) -> bool:
    """Whether its sentence has said that what follows is to be reached: in its clause or, where the sentence claims
    nothing, before it."""
    told = quantity.sentence_before
    said = list(word("aim_laid_out").finditer(told))
    if not said or word("aim_ends").search(told, said[-1].end()):
        return False
    clause = quantity.structure.clause_span(quantity.start)[0]
    own = quantity.start - len(told) + said[-1].end() > clause
    return own or not _is_claimed(quantity)


def is_goal(quantity: Quantity) -> bool:
    """Whether a sentence that lays down goals holds it: "年度目标为：改造6处，举办培训20期，满意度90%以上"."""
    return is_laid_out(quantity) and "目标" in quantity.passage.text


def _is_claimed(quantity: Quantity) -> bool:
    """Whether the rest of its sentence says that an aim was reached."""
    text, end = quantity.passage.text, quantity.structure.sentence_span(quantity.start)[1]
    return any(
        not word("claim_ahead").search(text, quantity.structure.clause_span(found.start())[0], found.start())
        for found in word("aim_claimed").finditer(text, quantity.end, end)
    )


def _is_bound(quantity: Quantity) -> bool:
    """Whether it is written as a bound, or called one, by nothing that was done and of nothing else."""
    if not (quantity.figure.is_bound or is_limit(quantity)) or quantity.depth:
        return False
    other = word("bound_of_other").match(quantity.tail)
    return not other and not word("aim_ends").search(quantity.sentence_before)


def is_limit(quantity: Quantity) -> bool:
    """Whether the number is not to be passed: by its sign, or by what it is called."""
    if quantity.figure.is_bound:
        return quantity.figure.modifier in _LOWER
    return bool(word("limit_behind").match(quantity.tail) or word("called_limit").search(quantity.head))


def _direction(quantity: Quantity) -> bool | None:
    """Whether less is better: a bound says so; without one, of a mean or a time nobody can tell."""
    if quantity.figure.is_bound or is_limit(quantity):
        return is_limit(quantity)
    bad = word("less_is_better").search(quantity.label) and not word("more_is_better").search(quantity.label)
    return None if bad or quantity.is_average or quantity.unit in TIMES else False
