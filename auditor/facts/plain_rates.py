"""Rates whose two numbers the structure names although their words differ from the rate's.

抽样1284个，检测结果超标的有38个，达标率97%        what failed, of all: the rest of it is the rate
下达改造任务2600亩。… 验收2347亩，改造完成率90%    the task is told elsewhere, in the same noun and unit

Only one pair may be meant, or nothing is said; where it does not give the rate it is asked about.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice, permutations

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import pairs_of
from auditor.facts.quantity import Modality, Quantity
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import table, word

MOST_TASKS = 100
"""Tasks of one unit: among more nothing tells which is meant."""
_NEAR = 12  # numbers looked at before a rate


_Tasks = Mapping[str, Mapping[tuple[str, Decimal, frozenset[str]], Quantity]]


def plain_rates(found: Sequence[Quantity], told: set[int], year: str) -> Iterator[Claim]:
    """The claims of rates that are not `told` by others; `found` are the numbers of a
    report of that year in order."""
    tasks = _tasks_of(found)
    for at, rate in enumerate(found):
        states = rate.kind is Kind.RATE and rate.modality is Modality.ACTUAL and not rate.figure.is_bound
        if not states or id(rate) in told or rate.figure.doubtful or rate.figure.is_vague:
            continue
        before = found[max(0, at - _NEAR) : at]
        own = [one for one in before if _counts(one) and _beside(one, rate)]
        claim = _by_lack(own, rate) or _by_task(own, tasks, rate, year)
        if claim is not None and not _told_between(claim, before):
            yield claim


def crowded_tasks(found: Sequence[Quantity]) -> list[Quantity]:
    """The last task of each unit of which there are so many that no rate is held against them."""
    return [list(own.values())[-1] for own in _tasks_of(found).values() if len(own) > MOST_TASKS]


def _tasks_of(found: Sequence[Quantity]) -> _Tasks:
    """The tasks by unit, each once."""
    tasks: dict[str, dict[tuple[str, Decimal, frozenset[str]], Quantity]] = {}
    for one in found:
        if _counts(one) and word("task_told").search(one.clause):
            tasks.setdefault(one.unit, {}).setdefault((one.clause, one.figure.amount, one.period), one)
    return tasks


def _counts(quantity: Quantity) -> bool:
    if quantity.kind is not Kind.COUNT or quantity.is_average or not quantity.is_plain:
        return False
    return not word("duration").fullmatch(quantity.figure.unit)


def _beside(one: Quantity, rate: Quantity) -> bool:
    return one.passage is rate.passage and one.sentence == rate.sentence


def _told_between(claim: Claim, before: Sequence[Quantity]) -> bool:
    """Whether another rate stands behind the part: the part is told by that one."""
    last = claim.parts[0].end
    return any(one.kind is Kind.RATE and one.start >= last and _beside(one, claim.whole) for one in before)


def _by_lack(own: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """What failed of all that were looked at: one number of each, of one unit, and no other of it."""
    named = word("named_rate").search(rate.head)
    bad = next((bad for good, bad in _lacks() if named and any(one in named["stem"] for one in good)), ())
    failed = [one for one in own if any(said in f"{one.head}{one.tail}" for said in bad)]
    if len(failed) != 1:
        return None
    pool = [one for one in own if one.unit == failed[0].unit and one is not failed[0]]
    if len(pool) != 1 or pool[0].start > failed[0].start or pool[0].base.below(failed[0].base):
        return None
    rest = _claim(rate, failed[0], pool[0], Operation.CHANGE, Guard.OTHER_WORDS)
    straight = _claim(rate, failed[0], pool[0], Operation.RATIO, Guard.OTHER_WORDS)
    return None if straight.holds else rest


def _lacks() -> Iterator[tuple[list[str], tuple[str, ...]]]:
    for good, bad in table("lacks").items():
        yield good.split("|"), tuple(bad.split("|"))


def _by_task(own: Sequence[Quantity], tasks: _Tasks, rate: Quantity, year: str) -> Claim | None:
    """What was done of a task that is told once, under the same noun."""
    named = word("completion").search(rate.head)
    noun = pairs_of(word("idle_task").sub("", named["of"])) if named is not None else frozenset()
    done = [one for one in own if not word("task_told").search(one.clause) and _names(one, noun)]
    if not done:
        return None
    part = done[-1]
    fitting = (
        one
        for one in islice(tasks.get(part.unit, {}).values(), MOST_TASKS + 1)
        if _names(one, noun) and _of_one_time(one, part, year)
    )
    meant = list(fitting)
    if len({one.figure.amount for one in meant}) != 1 or len(tasks.get(part.unit, {})) > MOST_TASKS:
        return None
    pairs = permutations([*(one for one in own if one.unit == part.unit), meant[0]], 2)
    tried = [_claim(rate, one, other, Operation.RATIO, Guard.APART) for one, other in pairs]
    if holding := next((one for one in tried if one.holds), None):
        return holding
    if rate.figure.amount == 1 and not part.base.below(meant[0].base):
        return None  # "完成率100%" is how many a report says that all of it was done
    behind = rate.passage.text[rate.end : rate.end + 40]
    if word("rest_told").search(behind) or word("of_which").search(part.sentence_before):
        return None
    return _claim(rate, part, meant[0], Operation.RATIO, Guard.APART)


def _names(one: Quantity, noun: frozenset[str]) -> bool:
    return any(pair in one.clause for pair in noun)


def _of_one_time(task: Quantity, part: Quantity, year: str) -> bool:
    """Whether no other year and no part of one stands with only one of them."""
    return not ({*task.period} ^ {*part.period}) - {"累计", year}


def _claim(rate: Quantity, part: Quantity, whole: Quantity, operation: Operation, why: Guard) -> Claim:
    relation = Relation(rate.figure, (part.figure, whole.figure), operation=operation)
    return Claim(Shape.RATE, relation, rate, (part, whole), Strength.ASK, (why,))
