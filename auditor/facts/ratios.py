"""Rates of running text and the numbers that make them: X率, 占, 增长, 超计划, in one way.

应到位68万元，实际到位21万元，到位率38.08%             part and whole, by the words of the rate
年末在岗208名，其中脱贫196名，占92.43%                the nearest number before 其中 is the whole
与上年的1196个相比，全年1318个，增长12.20%            the earlier number by its words
任务115户，完成264户，超任务43%                       plan and actual, the plan perhaps a sentence before
办结率超过96%                                        a bound is an interval with one open end

One principle judges all: every pair of numbers that the rate could be made of is tried, and where one of
them gives it, it holds. Where none does, the pair that the words name is told; it proves something only
where no other pair could be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations

from auditor.facts.claim import Claim, Guard, Shape, Strength
from auditor.facts.closed_accounts import closed_rates
from auditor.facts.loose_changes import loose_changes
from auditor.facts.loose_rates import loose_rates
from auditor.facts.named_bases import on_named_base
from auditor.facts.named_shares import named_shares
from auditor.facts.naming import in_one_breath, names_another, pairs_of, said_before
from auditor.facts.parallel_rates import parallel_rates
from auditor.facts.plain_rates import plain_rates
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.rate_guards import is_outcome, is_stricter, other_growth, own_base
from auditor.facts.rate_readings import is_done_too
from auditor.facts.rates_first import beside, turned
from auditor.facts.stated import facts_of
from auditor.figures import Kind, Relation
from auditor.figures.relation import Operation
from auditor.language import word
from auditor.report.model import Passage, Report, Role

_KEPT = "_ratios"
_NEAR = 12  # numbers looked at before a rate, years among them
_REST = 40  # characters behind a rate within which it is told what is left
_BACK = 2  # sentences looked at before its own


def ratios(report: Report) -> tuple[Claim, ...]:
    """Every rate of the running text with the two numbers that its words name; read once and kept."""
    kept: tuple[Claim, ...] | None = report.__dict__.get(_KEPT)
    if kept is None:
        facts = facts_of(report)
        near = [claim for passage in (*facts.passages, *turned(report)) for claim in _of(passage)]
        told = {id(claim.whole) for claim in near}
        near += [claim for claim in beside(report) if id(claim.whole) not in told]
        loose: list[Claim] = []
        for read in (named_shares, loose_rates, loose_changes, closed_rates):
            told = {id(claim.whole) for claim in (*near, *loose)}
            loose += read(facts.quantities, told)
        told = {id(claim.whole) for claim in (*near, *loose)}
        plain = plain_rates(facts.quantities, told, str(report.fiscal_year))
        every = [*near, *loose, *plain]
        parallel = {id(claim.whole): claim for claim in parallel_rates(facts.passages, every)}
        kept_as_told = on_named_base(one for one in every if id(one.whole) not in parallel)
        every = [*kept_as_told, *parallel.values()]
        kept = report.__dict__[_KEPT] = tuple(
            one for one in every if not (_of_another_base(one) or _of_equals(one))
        )
    return kept


def _of(passage: Passage) -> Iterator[Claim]:
    found = quantities_of(passage)
    shared: Claim | None = None
    for at, rate in enumerate(found):
        if rate.kind is Kind.RATE and not rate.figure.doubtful and rate.figure.upper is None:
            claim = _claim(found[max(0, at - _NEAR) : at], rate, found[at + 1 : at + 2])
            if claim is not None and claim.shape is Shape.SHARE:
                claim = _on_base_before(claim, shared)
                shared = claim if claim.holds else shared
            if claim is not None:
                yield claim


def _of_another_base(claim: Claim) -> bool:
    """Whether a share that does not hold names another whole than the one it is measured by: "占自筹的98%"
    is none of what the county spent."""
    if claim.shape is not Shape.SHARE or claim.holds:
        return False
    named = word("share_of_named").search(claim.whole.head)
    if named is None or word("base_of_all").fullmatch(named["base"]):
        return False
    return not pairs_of(named["base"]) & pairs_of(claim.parts[1].clause)


def _of_equals(claim: Claim) -> bool:
    """Whether a rate that does not hold is measured by two numbers of one rank: "分别有143人、141人"; or is told in
    one breath with another, of which each is of a number of its own: "占17%和12%"."""
    if claim.holds:
        return False
    if _beside_another(claim.whole):
        return True
    first, second = sorted(claim.parts[:2], key=lambda one: one.start)
    beside = first.passage is second.passage and first.sentence == second.sentence
    between = first.passage.text[first.end : second.start] if beside else ""
    return between in ("、", "和") and "分别" in first.clause


def _beside_another(rate: Quantity) -> bool:
    """Whether hardly a word stands between a rate and the next or the one before."""
    found = [one for one in quantities_of(rate.passage) if one.kind is Kind.RATE]
    at = next((at for at, one in enumerate(found) if one.start == rate.start), 0)
    return any(in_one_breath(*two) for two in pairwise(found[max(0, at - 1) : at + 2]))


def _on_base_before(claim: Claim, shared: Claim | None) -> Claim:
    """A share that does not hold, on the base of the share before it in its sentence: the shares of one
    list are of one whole, however far behind it they stand."""
    if claim.holds or shared is None or shared.whole.sentence != claim.whole.sentence:
        return claim
    if shared.whole.passage is not claim.whole.passage:
        return claim
    part, base = claim.parts[0], shared.parts[1]
    relation = _relation(claim.whole, part, base, Operation.RATIO)
    if relation is None or base.base.below(part.base):
        return claim
    return Claim(Shape.SHARE, relation, claim.whole, (part, base), claim.strength, claim.reasons)


def _claim(before: Sequence[Quantity], rate: Quantity, after: Sequence[Quantity]) -> Claim | None:
    usable = [quantity for quantity in before if _usable(quantity)]
    if word("excess").search(rate.head) and not word("rate_before").search(rate.head):
        return _excess(usable, _own(usable, rate), rate)
    if rate.modality is Modality.PLAN:
        return None
    if word("share").search(rate.head):
        parts = {id(one) for one, then in pairwise(before) if is_share(then)}
        near = (one for one in before if rate.sentence - one.sentence <= _BACK)
        means = [one for one in near if one.is_average and _usable(one, moving=True)]
        return _nested(usable, parts, rate) or _share(
            [one for one in usable if id(one) not in parts], means, rate
        )
    claim = None
    if word("change").search(rate.head):
        claim = _change(_own([one for one in before if _usable(one, moving=True)], rate), rate, after)
        if claim is not None and not claim.holds and other_growth(rate, min(one.end for one in claim.parts)):
            return None
    elif named := word("named_rate").search(rate.head):
        claim = _named(usable, rate, named["stem"])
        if claim is not None and not claim.holds and is_done_too(claim.parts[1], named["stem"]):
            return None
        if claim is not None and not claim.holds and is_stricter(rate, named["stem"], claim.parts[0]):
            return None
    if claim is None or claim.holds:
        return claim
    return None if _told_already(claim, before) or _rest_told(rate) else claim


def _rest_told(rate: Quantity) -> bool:
    """ "办结率100%，其余5件未到期": all of those that came so far."""
    return rate.figure.amount == 1 and bool(
        word("rest_told").search(rate.passage.text[rate.end : rate.end + _REST])
    )


def is_share(quantity: Quantity) -> bool:
    """Whether it is a rate told as a share: "占30%"."""
    return quantity.kind is Kind.RATE and bool(word("share").search(quantity.head))


def _told_already(claim: Claim, before: Sequence[Quantity]) -> bool:
    """Whether another rate stands behind the two numbers: they are told by that one, this one is of others."""
    last = max(part.end for part in claim.parts)
    return any(one.kind in (Kind.RATE, Kind.POINTS) and one.start >= last for one in before)


def _usable(quantity: Quantity, *, moving: bool = False) -> bool:
    """A plain number that can be part or whole: no bound, nothing a rate is counted on; a time or a mean only as
    what is `moving`."""
    figure = quantity.figure
    if quantity.kind not in (Kind.COUNT, Kind.MONEY) or quantity.spelled or figure.amount <= 0:
        return False
    if figure.is_bound or figure.upper is not None or figure.doubtful or (quantity.is_average and not moving):
        return False
    lasts = not moving and bool(word("duration").fullmatch(figure.unit))
    return not (lasts or word("per_base").search(quantity.head))


def _own(usable: Sequence[Quantity], rate: Quantity) -> list[Quantity]:
    """Those of the rate's own sentence, or of its part between semicolons."""
    start = rate.structure.part_span(rate.start)[0]
    return [one for one in usable if one.start >= start]


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind is other.kind and one.unit == other.unit


def _relation(rate: Quantity, first: Quantity, second: Quantity, operation: Operation) -> Relation | None:
    if second.base.low <= 0 or not _alike(first, second):
        return None
    return Relation(rate.figure, (first.figure, second.figure), operation=operation)


def _judged(
    shape: Shape,
    rate: Quantity,
    chosen: tuple[Quantity, Quantity],
    tried: Iterator[tuple[Quantity, Quantity]],
    operation: Operation,
    guards: Sequence[Guard],
) -> Claim | None:
    """The first pair that gives the rate, else the chosen one with what weakens it."""
    pairs = [chosen, *(pair for pair in tried if pair != chosen)]
    related = [(pair, relation) for pair in pairs if (relation := _relation(rate, *pair, operation))]
    if not related or related[0][0] != chosen:
        return None
    pair, relation = next((one for one in related if one[1].meets), related[0])
    reasons = [*guards, *([Guard.VAGUE] if any(one.figure.is_vague for one in pair) else [])]
    strength = Strength.ASK if reasons else Strength.PROOF
    return Claim(shape, relation, rate, pair, strength, tuple(reasons))


def _excess(usable: Sequence[Quantity], own: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """Plan and actual: (actual − plan) ÷ plan; "超额完成115%" may be the actual ÷ the plan. Where its own sentence tells
    no plan, the one before it may."""
    plans = [one for one in own if _is_planned(one)]
    apart = not plans
    if apart:
        plans = [one for one in usable if _is_laid_out_for(one, own, rate)]
    done = [one for one in own if one not in plans and any(_alike(one, plan) for plan in plans)]
    subject = word("before_excess").sub("", word("excess").sub("", rate.head)).strip("，,、；;")
    if len(plans) != 1 or not done or done[-1].base.below(plans[0].base):
        return None
    plan, actual = plans[0], done[-1]
    if names_another(subject, plan, actual):
        return None
    whole = _relation(rate, actual, plan, Operation.RATIO)
    if whole is not None and whole.meets:
        return Claim(Shape.EXCESS, whole, rate, (actual, plan), Strength.ASK)
    guards = [*([Guard.SEVERAL] if len(done) > 1 else ()), *([Guard.APART] if apart else ())]
    return _judged(
        Shape.EXCESS, rate, (actual, plan), ((one, plan) for one in done), Operation.CHANGE, guards
    )


def _is_planned(one: Quantity) -> bool:
    return bool(word("planned_count").search(one.clause)) and not _done(one)


def _is_laid_out_for(one: Quantity, own: Sequence[Quantity], rate: Quantity) -> bool:
    """Whether a number of the sentence right before the rate's is planned, of something that the rate's tells too."""
    if one in own or rate.sentence - one.sentence > 1 or not any(_alike(one, other) for other in own):
        return False
    return bool(word("planned_count").search(one.sentence_before)) and not _done(one)


def _years(words: str) -> set[str]:
    return {match.group() for match in word("year").finditer(words)}


def _done(quantity: Quantity) -> bool:
    return bool(word("done").search(quantity.head))


def _change(own: Sequence[Quantity], rate: Quantity, after: Sequence[Quantity]) -> Claim | None:
    """The earlier number by its words, the later one nearest to it that is no step."""
    subject = word("change").sub("", rate.head)
    if word("thing_of_its_own").search(subject):
        return None  # "办件4.2万件，办理效率提升30%"
    earlier = [one for one in own if _is_earlier(one) and not word("step").search(one.head)]
    rest = [one for one in own if one not in earlier]
    if not earlier:
        return _by_step(own, rate)
    first = earlier[-1]
    if _years(rate.clause) - _years(first.clause) or "其中" in rate.passage.text[first.end : rate.start]:
        return None  # "比2021年增长50%" behind the numbers of 2022 and 2023
    steps = [one for one in rest if word("step").search(one.head) and _alike(one, first)]
    reached = [one for one in after if word("then_reached").fullmatch(rate.passage.text, rate.end, one.start)]
    later = [one for one in (*rest, *reached) if _alike(one, first) and one not in steps]
    if not later:
        return None
    behind = [one for one in later if one.start > first.start]
    # "支出14.6万元，其中接待费4.8万元，比上年的16.3万元下降": rather of what was spent than of a part of it.
    wholes = [one for one in later if not word("of_which").search(one.sentence_before)]
    chosen = behind[0] if behind else (wholes or later)[-1]
    guards = [Guard.SEVERAL] if len(later) > 1 or len(earlier) > 1 else []
    if word("rate_of_saving").search(rate.head):
        guards.append(Guard.OTHER_BASE)
    tried = ((last, one) for one in earlier for last in later)
    claim = _judged(Shape.CHANGE, rate, (chosen, first), tried, Operation.CHANGE, guards)
    made = claim is not None and not claim.holds and _made_otherwise(own, steps, (chosen, first), rate)
    return None if made else claim


def _made_otherwise(
    own: Sequence[Quantity], steps: Sequence[Quantity], meant: tuple[Quantity, Quantity], rate: Quantity
) -> bool:
    """Whether two other numbers of the sentence give the change, or a step in one of them:
    "比2022年的2018人增加296人，增长14.67%". A step in what was reached is no growth, but its usual slip."""
    pairs = [(one, other) for one, other in permutations(own, 2) if not (one in meant and other in meant)]
    ways = [_relation(rate, one, other, Operation.CHANGE) for one, other in pairs]
    bases = [one for one in own if one is not meant[0]]
    ways += [
        _relation(rate, step, one, Operation.RATIO) for step in steps for one in bases if one is not step
    ]
    return any(relation is not None and relation.holds for relation in ways)


def _by_step(own: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """ "现有45名，较上年增加5名，增长15%": the step against what there is less the step; any number of the
    sentence may be what there is."""
    if len(own) < 2:
        return None
    step, text = own[-1], rate.passage.text
    by = word("by_so_much").fullmatch(text, own[-2].end, step.start)
    told = word("rate_of_change").fullmatch(text, step.end, rate.start)
    if by is None or told is None:
        return None
    rises = [bool(word("rising").search(words["verb"])) for words in (by, told)]
    if rises[0] is not rises[1]:
        return None
    pairs = [(last, step) for last in reversed(own[:-1]) if _alike(last, step) and step.base.below(last.base)]
    signs = (1, -1) if rises[0] else (1, 1)
    related = [Relation(rate.figure, (last.figure, step.figure), signs, Operation.STEP) for last, _ in pairs]
    if not related:
        return None
    at = next((at for at, relation in enumerate(related) if relation.meets), 0)
    guards = (Guard.SEVERAL,) if len(related) > 1 else ()
    return Claim(
        Shape.CHANGE, related[at], rate, pairs[at], Strength.ASK if guards else Strength.PROOF, guards
    )


def _is_earlier(quantity: Quantity) -> bool:
    """By the words before it, those before a year included: "由2022年的124家"."""
    return bool(word("earlier").search(quantity.head) or word("from_before").search(said_before(quantity)))


def _nested(usable: Sequence[Quantity], shared: set[int], rate: Quantity) -> Claim | None:
    """A share of a part told before as a share itself: "中央480万元，占60%，其中设备192万元，占40%"."""
    if not usable or usable[-1].sentence != rate.sentence or usable[-1].place != rate.place - 1:
        return None
    part = usable[-1]
    before = [one for one in usable[:-1] if one.sentence == rate.sentence and not one.base.below(part.base)]
    for base in (one for one in reversed(before) if id(one) in shared):
        relation = _relation(rate, part, base, Operation.RATIO)
        if relation is not None and relation.meets and own_base(rate.passage, base.end, rate.start):
            return Claim(Shape.SHARE, relation, rate, (part, base), Strength.ASK)
    return None


def _share(usable: Sequence[Quantity], means: Sequence[Quantity], rate: Quantity) -> Claim | None:
    """The number the share directly follows; of one told in two units, "1326户4518人", that in which the share holds, or
    which its words name."""
    if word("no_share").search(rate.head) or not usable:
        return None
    last = usable[-1]
    if last.sentence != rate.sentence or last.place != rate.place - 1:
        return None
    twins = [one for one in usable[-2:-1] if one.end == last.start]
    claims = [found for part in (last, *twins) if (found := _share_of(part, usable, means, rate))]
    meant = [one for one in claims if one.holds or (twins and one.parts[0].figure.unit in rate.head)]
    return next((one for one in (*meant, *claims) if one in meant or one.parts[0] is last), None)


def _share_of(
    part: Quantity, usable: Sequence[Quantity], means: Sequence[Quantity], rate: Quantity
) -> Claim | None:
    """A number and the larger ones before it that may be the whole; a mean (年平均人数) is one only where it gives the
    share."""
    wholes = [
        one
        for one in usable
        if one.start < part.start
        and _alike(one, part)
        and not one.base.below(part.base)
        and rate.sentence - one.sentence <= _BACK
    ]
    if not wholes:
        return None
    among = word("of_which").search(rate.passage.text, wholes[-1].end, part.start + len(part.figure.raw))
    chosen = wholes[-1] if among or len(wholes) == 1 else max(wholes, key=lambda one: one.figure.amount)
    relations = [found for one in (*wholes, *means) if (found := _relation(rate, part, one, Operation.RATIO))]
    if not any(found.meets for found in relations) and (
        _of_another(rate, part) or _of_named_base(rate, chosen)
    ):
        return None
    guards = []
    if chosen.sentence != rate.sentence:
        guards.append(Guard.APART)
    if len(wholes) > 1 or not among:
        guards.append(Guard.SEVERAL if len(wholes) > 1 else Guard.OTHER_BASE)
    elif own_base(rate.passage, _last_rate(part), rate.start) and _last_rate(part) > chosen.end:
        guards.append(Guard.OTHER_BASE)
    tried = ((part, one) for one in (*wholes, *means))
    return _judged(Shape.SHARE, rate, (part, chosen), tried, Operation.RATIO, guards)


def _of_another(rate: Quantity, part: Quantity) -> bool:
    """Whether the share has a subject of its own that the part is not."""
    subject = word("told_lead").sub("", word("share").sub("", rate.head).strip("，,、；;的"))
    return subject not in part.clause and names_another(subject, part)


def _of_named_base(rate: Quantity, whole: Quantity) -> bool:
    """Whether the share names what it is a share of, and the number before is something else: what was due
    ("占应上云系统的") beside what is there."""
    named = word("share_base").search(rate.head)
    if named is None:
        return False
    return bool(word("due").search(named["base"])) and not word("planned_count").search(whole.clause)


def _last_rate(part: Quantity) -> int:
    """Where the last rate before a number ends; 0 where there is none."""
    rates = (
        one.end for one in quantities_of(part.passage) if one.kind is Kind.RATE and one.end <= part.start
    )
    return max(rates, default=0)


def _named(usable: Sequence[Quantity], rate: Quantity, stem: str) -> Claim | None:
    """Part and whole of a rate by its name: 办结 of 受理, 到位 of 应到位, 支出 of 预算."""
    near = [one for one in usable if rate.sentence - one.sentence <= 1]
    own = _own(near, rate)
    scope = own if len(own) >= 2 else near
    part, wholes, marked = _by_name(scope, stem)
    if part is not None and not marked and part.kind is Kind.MONEY:
        scope = near  # "计划投入2200万元。到账1936万元，其中…，到位率88%"
        part, wholes, marked = _by_name(near, stem)
    if part is None:
        return None
    if part.kind is Kind.MONEY and word("other_base").search(_said(scope[0], rate)):
        return None
    if not marked or word("negative").search(part.head):
        return None
    chosen = next((one for one in marked if word("planned_count").search(one.clause)), marked[-1])
    guards = [] if scope is own else [Guard.APART]
    if len(wholes) > 1:
        if part.kind is Kind.COUNT and stem[-2:] not in _without_name(part, stem):
            return None
        guards.append(Guard.SEVERAL)
    if chosen.base.below(part.base):
        if not word("due").search(chosen.clause):
            return None  # what the money was raised to may be told elsewhere
        guards.append(Guard.OTHER_BASE)
    whole_first = rate.figure.amount > 1
    tried = (
        (one, other)
        for one, other in permutations([*wholes, part], 2)
        if whole_first or not other.base.below(one.base)
    )
    return _judged(Shape.RATE, rate, (part, chosen), tried, Operation.RATIO, guards)


def _by_name(scope: Sequence[Quantity], stem: str) -> tuple[Quantity | None, list[Quantity], list[Quantity]]:
    """The number that a rate's name speaks of, those it may be a part of, and those marked as a whole."""
    speaking = (one for one in reversed(scope) if _speaks_of(one, stem))
    part = next((one for one in speaking if not word("planned_count").search(one.head)), None)
    wholes = [one for one in scope if part is not None and _alike(one, part) and one is not part]
    return part, wholes, [one for one in wholes if _is_whole(one)]


def _said(first: Quantity, rate: Quantity) -> str:
    """The sentences from `first` to the rate."""
    return rate.passage.text[
        rate.structure.sentence_span(first.start)[0] : rate.structure.sentence_span(rate.start)[1]
    ]


def _is_whole(quantity: Quantity) -> bool:
    """Whether its own words mark it as what others are a part of."""
    return bool(word("planned_count").search(quantity.clause) or word("whole_count").search(quantity.clause))


def _speaks_of(quantity: Quantity, stem: str) -> bool:
    """Whether the clause of a number tells what the rate's stem names: in the same words, or both of money
    gone out, or both of money come in."""
    for name, role in (("paid_out", Role.PAID), ("came_in", Role.RECEIVED)):
        if word(name).search(stem) and quantity.kind is Kind.MONEY:
            return bool(word(name).search(quantity.clause)) or quantity.role is role
    core, said = stem[-2:], _without_name(quantity, stem)
    if is_outcome(stem):
        return core in said
    return len(core) == 2 and (core in said or (core[0] in said and core[0] not in "合"))


def _without_name(quantity: Quantity, stem: str) -> str:
    """Its clause without the rate's own name, which may follow in it."""
    return quantity.clause.partition(f"{stem}率")[0]
