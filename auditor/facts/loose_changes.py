"""Rises and falls, as a rate or as a number, whose two values no fixed turn of words ties to them.

村均18.9万元，与上年村均15.4万元相比增长22.7%       what it was told behind what it is
2022年为2.95亿元 … 2023年3.62亿元，增长22.7%         each with its year
受理投诉1206件，去年受理1438件，同比减少232件
检查2418家次 … 2022年检查2102家次；本年比其多316家次   one of the two told elsewhere
上一监测期为80.2立方米，本期增加9.4立方米，达到89.6立方米   the value now behind the step
2021年末为63.2% … 2022年末达到71.4%，上升8.2个百分点

Which of two numbers is the earlier one its own words tell: a word for before, or the lesser year. Where a
single pair can be meant it is told; of several, the one that a slip of the pen explains.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.compiled import compiled
from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.naming import names_another, share_words, words_of
from auditor.facts.quantity import Modality, Quantity
from auditor.facts.slip import likelihood, worth_asking
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word

_NEAR = 8  # numbers looked at before a rate
_BEHIND = 16  # characters behind a number within which the one before it is told without a name
_CHAPTERS = 120  # numbers before and behind a change that may be the value before
_ALIKE = 2  # characters that two names of one thing share: 办理案件, 办案量
_BESIDE = 3  # and for what it is a change of, where the value before stands elsewhere
_STEPS = (Kind.COUNT, Kind.MONEY, Kind.POINTS)
_FAR = 60  # numbers looked at for what is told elsewhere
_BACK = 1  # sentences before its own
_ABOUT = 3  # a pair that gives so many times the rate, or so much less, is not meant
_YEAR = compiled(r"(?:19|20)\d\d(?=年)")

_BEFORE, _NOW = 0, 9999  # sort before and behind every year

Pair = tuple[Quantity, Quantity]


def loose_changes(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """The claims of all rates of change of a report (`found` are its numbers in order) that are not `told`."""
    for at, rate in enumerate(found):
        plain = rate.kind is Kind.RATE and not rate.figure.is_vague
        if plain and id(rate) not in told and word("change").search(rate.head):
            near = [one for one in found[max(0, at - _NEAR) : at] if _usable(one, rate)]
            beside = _meant(rate, list(_pairs(near)))
            claim = _judged(rate, beside) if beside else _far(rate, found, at)
            if claim is not None:
                yield claim


def _far(rate: Quantity, found: Sequence[Quantity], at: int) -> Claim | None:
    """Of what was told right before the rate, or of what its words name: the value before stands elsewhere. It is
    asked about where only one value there can be meant."""
    around = [*found[max(0, at - _CHAPTERS) : at], *found[at + 1 : at + 1 + _CHAPTERS]]
    if rate.modality is Modality.PLAN or word("apart_aim").search(rate.head):
        return None
    step = rate.kind is not Kind.RATE
    own = [
        one
        for one in found[max(0, at - _BESIDE) : at]
        if _usable(one, rate) and one.sentence == rate.sentence
    ]
    own = [one for one in own if not step or _alike(one, rate)]
    kinds = (Kind.RATE,) if rate.kind is Kind.POINTS else (rate.kind,) if step else (Kind.COUNT, Kind.MONEY)
    told = [one for one in around if one.kind in kinds and one.is_plain and not one.depth]
    if own:
        now = own[-1]
        pairs = [(now, base) for base in told if _is_same_before(base, now)]
    else:
        named = words_of(rate)
        pairs = [
            (now, base)
            for now, base in _neighbours(told)
            if base.passage is now.passage and base.sentence == now.sentence
            if words_of(now) & named and _is_same_before(base, now)
        ]
        best = max((_likeness(now, named) for now, _ in pairs), default=(0, 0))
        pairs = [pair for pair in pairs if _likeness(pair[0], named) == best and best[0] > 1]
    claims = [_claim(rate, pair) for pair in pairs]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        return holding
    alone = len({(now.figure.amount, base.figure.amount) for now, base in pairs}) == 1
    return claims[0] if alone and _near(claims[0].relation) else None


def _neighbours(told: Sequence[Quantity]) -> Iterator[Pair]:
    """Each two numbers that few others of them part, in either order."""
    for at, one in enumerate(told):
        for other in told[at + 1 : at + 1 + _BESIDE]:
            yield one, other
            yield other, one


def _likeness(one: Quantity, named: frozenset[str]) -> tuple[int, int]:
    """How much of some words a number is told in, and how little else."""
    own = words_of(one)
    return len(own & named), -len(own - named)


def _is_same_before(base: Quantity, now: Quantity) -> bool:
    """Whether a number is that of an earlier year under a name in the same words, or right behind and without one."""
    if not (_alike(now, base) and _is_earlier(base, now)):
        return False
    if words_of(now) & words_of(base):
        return True
    nameless = not word("before_word").sub("", word("year_told").sub("", base.head)).strip("，,、的为是有")
    if nameless and base.passage is now.passage:
        return base.sentence == now.sentence and 0 < base.start - now.end < _BEHIND
    return len((set(now.label) & set(base.label)) - set(base.figure.unit)) >= _ALIKE


def loose_steps(found: Sequence[Quantity], told: set[int]) -> Iterator[Claim]:
    """The same of numbers that say by how much something rose or fell."""
    for at, step in enumerate(found):
        plain = step.kind in _STEPS and not step.figure.is_vague
        if not plain or id(step) in told or step.depth or not word("step_told").search(step.head):
            continue
        near = [one for one in found[max(0, at - _NEAR) : at] if _usable(one, step) and _alike(one, step)]
        reached = [one for one in found[at + 1 : at + 2] if _is_reached(one, step)]
        pairs = [(now, base) for now in reached for base in reversed(near) if _may_be_earlier(base)]
        beside = pairs or _meant(step, list(_pairs(near)))
        claim = _judged(
            step, beside or list(_told_elsewhere(step, near, found[max(0, at - _FAR) : at])), far=not beside
        )
        if claim is None and not beside:
            claim = _far(step, found, at)
        if claim is not None:
            yield claim


def _told_elsewhere(step: Quantity, near: Sequence[Quantity], before: Sequence[Quantity]) -> Iterator[Pair]:
    """(value now, value before) where only the earlier one stands near; rates of one report are too many."""
    far = [one for one in before if one not in near and one.kind is not Kind.RATE and _alike(one, step)]
    for base in reversed(near):
        for now in reversed(far):
            if _is_earlier(base, now) and share_words(base, now) is not False:
                yield now, base


def _pairs(near: Sequence[Quantity]) -> Iterator[Pair]:
    """(value now, value before), the nearest first."""
    for base in reversed(near):
        for now in reversed(near):
            if now is not base and _alike(now, base) and _is_earlier(base, now):
                yield now, base


def _usable(one: Quantity, rate: Quantity) -> bool:
    figure = one.figure
    kinds = (Kind.RATE,) if rate.kind is Kind.POINTS else (Kind.COUNT, Kind.MONEY, Kind.PLAIN)
    near = one.passage is rate.passage and 0 <= rate.sentence - one.sentence <= _BACK
    plain = one.kind in kinds and not figure.is_vague and figure.amount > 0
    return near and plain and not word("a_change").search(one.head)


def _is_reached(one: Quantity, step: Quantity) -> bool:
    """Whether the number behind a step says what it led to."""
    beside = one.passage is step.passage and one.sentence == step.sentence and _alike(one, step)
    return beside and word("to_behind").search(one.head) is not None


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether one may be taken from the other: a mean and a total only where one sentence tells both."""
    if Kind.POINTS in (one.kind, other.kind):
        return Kind.RATE in (one.kind, other.kind)
    beside = one.passage is other.passage and one.sentence == other.sentence
    return (
        one.kind is other.kind and one.unit == other.unit and (beside or one.is_average == other.is_average)
    )


def _is_earlier(base: Quantity, now: Quantity) -> bool:
    """Whether the words of `base` set it before `now`."""
    then, later = _time(base), _time(now)
    if then is None or then == _NOW or later == _BEFORE:
        return False
    return then == _BEFORE or later in (None, _NOW) or then < later


def _meant(change: Quantity, pairs: Sequence[Pair]) -> list[Pair]:
    """The pairs that the words of a change may mean: those of the time that it is compared with
    ("比2021年增长", "比上年增加"), of these the one that holds what was told last."""
    start = change.structure.clause_start(change.start)
    said = change.passage.text[start : change.start]
    if years := _YEAR.findall(said):
        pairs = [pair for pair in pairs if _time(pair[1]) == int(years[-1])]
    elif word("before_word").search(said):
        pairs = [pair for pair in pairs if _are_neighbours(_time(pair[1]), _time(pair[0]))]
    else:
        return list(pairs)
    last = max((now.start for now, _ in pairs), default=0)
    return [pair for pair in pairs if pair[0].start == last]


def _are_neighbours(before: int | None, now: int | None) -> bool:
    """Whether one time may be the year before the other."""
    if before is None or now is None or {before, now} & {_BEFORE, _NOW}:
        return True
    return before + 1 == now


def _may_be_earlier(base: Quantity) -> bool:
    return _time(base) not in (None, _NOW)


def _time(one: Quantity) -> int | None:
    """The year that the words of its sentence set it in, `_BEFORE` or `_NOW`; None where they set none. The
    nearest word decides."""
    said = one.sentence_before
    marks = [(match.end(), int(match.group())) for match in _YEAR.finditer(said)]
    for name, time in (("before_word", _BEFORE), ("now_word", _NOW)):
        marks += [(match.end(), time) for match in word(name).finditer(said)]
    return max(marks)[1] if marks else None


def _judged(rate: Quantity, pairs: Sequence[Pair], *, far: bool = False) -> Claim | None:
    claims = [_claim(rate, pair) for pair in pairs]
    holding = next((claim for claim in claims if claim.holds), None)
    if holding is not None:
        return holding
    cue = "change" if rate.kind is Kind.RATE else "step_told"
    subject = word(cue).sub("", rate.head).strip("，,、；;")
    near = [claim for claim in claims if _near(claim.relation)]
    if not near or (word("thing_of_its_own").search(subject) and names_another(subject, *near[0].parts)):
        return None
    if len(claims) == 1 and not far:
        return claims[0]
    best = max(near, key=lambda claim: likelihood(claim.relation))
    return best if worth_asking(best.relation, len(near)) else None


def _near(relation: Relation) -> bool:
    claimed, value = relation.claimed.amount, relation.value
    return 0 < value <= _ABOUT * claimed and claimed <= _ABOUT * value


def _claim(rate: Quantity, pair: Pair) -> Claim:
    shape, relation = Shape.STEP, _step(rate, pair)
    if rate.kind is Kind.RATE:
        figures = (pair[0].figure, pair[1].figure)
        shape, relation = Shape.CHANGE, Relation(rate.figure, figures, operation=Operation.CHANGE)
    apart = len({rate.sentence, *(one.sentence for one in pair)}) > 1
    return Claim(
        shape, relation, rate, pair, Strength.ASK, (Guard.APART,) if apart else (),
        names=tuple(one.label for one in pair),
    )  # fmt: skip


def _step(step: Quantity, pair: Pair) -> Relation:
    """The larger less the smaller: the words only say that they differ by so much."""
    high, low = sorted(pair, key=lambda one: one.figure.amount, reverse=True)
    return Relation(step.money, (high.money, low.money), (1, -1))
