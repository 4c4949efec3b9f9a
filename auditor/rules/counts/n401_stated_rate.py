"""N401 比率与旁边的数量 (number.rate-against-counts)

查什么  文字里写明的比率（办结率、合格率、满意度、占比、升降幅度等）与紧挨着它的两个数量是否算得出来；指标表另有完成率一栏的，与目标值、实际完成值是否算得出来；有得分率（得分系数）一栏的，与分值、得分是否算得出来。
为什么  比率由数量算出；数量或比率改过一头、另一头没改，评价依据就不成立。
反例
    二、核查情况
    全年抽检样品80份，合格60份，合格率95%。
    → 不一致
反例
    二、核查情况
    平均等候时间由2021年的40分钟下降到30分钟，下降35%。
    → 不一致
反例
    二、核查情况
    计划修缮渠道40公里，实际修缮45公里，完成计划的122.5%。
    → 不一致
反例
    二、核查情况
    发放问卷200份，满意168份，满意率95.5%。
    → 存疑
正例
    二、核查情况
    发放问卷200份，收回有效问卷180份，表示满意的171份，满意度95%。
    → 无
正例
    二、核查情况
    其余20户说明了原因（可多选）：水压低9户，占45%；停水多8户，占40%；水价高6户，占30%。
    → 无
依据    表内关系：比率＝分子÷分母；比率按四舍五入或截位两种印法都算相符
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, permutations, takewhile
from typing import NamedTuple

from auditor.document import Span, View
from auditor.facts.claim import Claim, Shape, Strength
from auditor.facts.impossible_rates import above_all
from auditor.facts.plain_rates import MOST_TASKS, crowded_tasks
from auditor.facts.quantities import between, is_plan, plan_spans, quantities, rate_of, sentence_start
from auditor.facts.quantity import Quantity
from auditor.facts.rate_guards import is_stricter
from auditor.facts.rate_readings import (
    Reading,
    beside_it,
    closest,
    combined,
    divide,
    is_done_too,
    is_named,
    is_negative,
    is_value,
    is_whole_of,
    kinds,
    near,
    numerator,
    partitioned,
    sharp,
    simple,
    too_few_back,
    without_sent,
)
from auditor.facts.rates_first import turned
from auditor.facts.ratios import is_share, ratios
from auditor.facts.scoring.completion import Completion, completions, score_rates
from auditor.facts.scoring.shown import actual_text, cells, target_text
from auditor.facts.stated import facts_of
from auditor.facts.steps import step_claims
from auditor.facts.survey import Survey, asked_in_groups, survey_of
from auditor.facts.telling import holding, key_of, not_holding
from auditor.figures import Equation, Figure, Kind, Modifier, Operation, Term
from auditor.language import any_of, word
from auditor.report.model import Report
from auditor.rules.base import ByOthers, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N401",
    name="number.rate-against-counts",
    title="比率与数量不符",
    severity=Severity.HIGH,
    basis=("表内关系",),
    by_others=ByOthers.NUMBER,
)

_OF_ANYTHING = (Shape.CHANGE, Shape.EXCESS)  # told of money in the same words as of counts
_WINDOW = 12
_NEAR = 40  # figures looked at on either side
_FAR = 60  # passages looked at on either side


class _Named(NamedTuple):
    """How a column of rates and the two columns it is worked out from are called."""

    rate: str
    whole: str
    part: str
    over: str
    short: str


_COMPLETION = _Named("完成率", "目标", "实际完成值", "目标值", "实际")
_SCORE_RATE = _Named("得分率", "分值", "得分", "分值", "得分")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: set[Span] = set()
    yield from _printed(list(completions(report)), _COMPLETION)
    yield from _printed(list(score_rates(report)), _SCORE_RATE)
    yield from _too_many_tasks(report)
    for result in _beside(report):
        told.update(result.evidence)
        yield result
    for claim in ratios(report):
        money = claim.parts[0].kind is Kind.MONEY
        if claim.whole.figure.span not in told and (not money or claim.shape in _OF_ANYTHING):
            yield _claimed(claim)
    for claim in step_claims(facts_of(report)):
        if claim.whole.kind is not Kind.MONEY and claim.whole.figure.span not in told:
            yield _step(claim)


def _too_many_tasks(report: Report) -> Iterator[Result]:
    for last in crowded_tasks(facts_of(report).quantities):
        yield RULE.not_assessable(
            f"以“{last.figure.unit}”计的任务多于{MOST_TASKS}项，看不出完成率说的是哪一项，没有核对。",
            [last.figure],
            key=("too many tasks", last.figure.unit),
        )


def _printed(found: list[Completion], named: _Named) -> Iterator[Result]:
    """A column of rates: where most rows fit the two columns beside it, one that does not is asked about;
    where most do not, the column counts something else."""
    odd = [one for one in found if not one.holds]
    fit = [one for one in found if one.holds]
    if fit:
        yield RULE.consistent(
            f"{len(fit)} 项指标的{named.rate}与{named.whole}、{named.part}相符。", [one.printed for one in fit],
            relations=tuple(one.equation() for one in fit if one.tells and one.plainly),
            key=(named.rate, *(one.row.place for one in fit)),
        )  # fmt: skip
    if len(odd) > max(1, len(fit)):
        yield RULE.not_assessable(
            f"{len(odd)} 项指标的{named.rate}不是{named.part}与{named.over}之比，没有核对。", [one.printed for one in odd],
            key=(named.rate, *(one.row.place for one in odd)),
        )  # fmt: skip
        return
    for one in odd:
        target, actual, evidence = _beside_rate(one, named)
        yield RULE.query(
            f"“{one.row.name}”{named.rate}填报 {one.printed.raw}，按{named.whole} {target}、{named.short} {actual} 计算不是这个数。",
            [*evidence, one.printed], relations=(one.equation(),), culprits=(one.printed.span,),
            suggestion=f"核对{named.whole}、{named.part}和{named.rate}，更正写错的一个。",
            key=(one.row.place, target, actual, one.printed.raw),
        )  # fmt: skip


def _beside_rate(one: Completion, named: _Named) -> tuple[str, str, list[View | Figure]]:
    if named is _SCORE_RATE:
        return one.target.raw, one.actual.raw, [one.row.name_view, one.target, one.actual]
    return target_text(one.row), actual_text(one.row), [*cells(one.row)]


def _step(claim: Claim) -> Result:
    """By how much one number is above or below another."""
    evidence, equation = claim.figures, claim.relation.equation()
    if claim.holds:
        return RULE.consistent(holding(claim), evidence, relations=(equation,), key=key_of(claim))
    proven = claim.strength is Strength.PROOF
    return (RULE.inconsistent if proven else RULE.query)(
        not_holding(claim), evidence, relations=(equation,), suggestion="核对这三个数，更正写错的一个。",
        severity=Severity.HIGH if proven else Severity.MEDIUM, culprits=(claim.whole.figure.span,), key=key_of(claim),
    )  # fmt: skip


def _claimed(claim: Claim) -> Result:
    """A rate against the two numbers that its words name."""
    rate, name = claim.whole.figure, _told(claim.whole, claim.parts[0])
    first, second = (one.told() for one in claim.parts)
    evidence = [*(one.figure for one in claim.parts), rate]
    key = (claim.shape.value, *(one.figure.raw for one in claim.parts), rate.raw)
    holds, fails = (
        f"“{name}”{rate.raw}与旁边的数量相符",
        f"“{name}”填报 {rate.raw}，按“{first}”和“{second}”计算不是这个数",
    )
    if claim.shape is Shape.CHANGE:
        moved = _moved(claim)
        holds, fails = (
            f"{moved}，升降幅度 {rate.raw} 相符",
            f"{moved}，升降幅度填报 {rate.raw}，计算不是这个数",
        )
    if claim.holds:
        return RULE.consistent(f"{holds}。", evidence, relations=(claim.relation.equation(),), key=key)
    doubt = f"（{'；'.join(guard.value for guard in claim.reasons)}）" if claim.reasons else ""
    return (RULE.inconsistent if claim.strength is Strength.PROOF else RULE.query)(
        f"{fails}{doubt}。",
        evidence,
        relations=(claim.relation.equation(),),
        suggestion="核对两个数和比率，更正写错的一个。",
        culprits=(rate.span,),
        key=key,
    )


def _moved(claim: Claim) -> str:
    """From one number to the other, or what there is and by how much it moved."""
    later, other = (one.figure.raw for one in claim.parts)
    stepped = claim.relation.operation is Operation.STEP
    return f"现为{later}，增减{other}" if stepped else f"由{other}到{later}"


def _beside(report: Report) -> Iterator[Result]:
    goals = plan_spans(report)
    yield from _above_all(report)
    for passage in (*report.prose, *turned(report)):
        if "%" not in passage.text and "‰" not in passage.text and "百分" not in passage.text:
            continue
        found = quantities(passage)
        for at, rate in enumerate(found):
            if rate.figure.upper is not None:
                continue
            survey = survey_of(rate) if rate.figure.kind is Kind.RATE else None
            if survey is not None and not (is_plan(rate, goals) or rate.figure.is_bound):
                yield from _surveyed(report, survey, rate)
            elif asked_in_groups(rate, found[max(at - _WINDOW, 0) : at]):
                continue
            elif rate.figure.kind is Kind.RATE and not any_of("a_change", "excess").search(rate.head):
                before = [quantity for quantity in found[max(at - _NEAR, 0) : at] if is_value(quantity)]
                after = found[at + 1 : at + _NEAR]
                yield from _rate(report, before[-_WINDOW:], after, rate, goals)


def _surveyed(report: Report, survey: Survey, rate: Quantity) -> Iterator[Result]:
    """How many were content, by what the survey itself counts."""
    readings = list(survey.readings(rate))
    if any(one.value.meets(rate.figure.interval) for one in readings):
        yield from _judge(report, rate, readings, sure=False)
        return
    printed = rate.figure.value
    nearest = min(readings, key=lambda one: abs(one.value.low - printed), default=None)
    if nearest is not None:
        sure = survey.is_sure and all(one.sentence == rate.sentence for one in survey.counts)
        pool = survey.counts if len(survey.answers) > 1 else ()
        yield from _judge(report, rate, [nearest], sure=sure, pool=pool, told_by="调查的")


def _rate(
    report: Report,
    earlier: list[Quantity],
    after: tuple[Quantity, ...],
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Result]:
    bracket = _bracketed(after, rate)
    close = near(earlier, rate)
    if bracket:
        close = [*close, bracket]
    if not earlier:
        return
    if word("of_plan").search(rate.head) and (pair := _planned(close)):
        yield from _completion(report, close, pair, rate, goals)
        return
    of = earlier[-1]
    if between(of, rate) == "的" and word("share_of").search(of.head):
        parts = [part for part in close if part.unit == of.unit and part is not of]
        readings = [divide((part,), (of,), rate) for part in reversed(parts)]
        yield from _judge(report, rate, readings, sure=len(parts) == 1)
        return
    name = word("stem_of_rate").search(rate.head)
    if name is None or (rate.figure.is_bound and is_plan(rate, goals)):
        return
    yield from _named_rate(report, earlier, after, close, bracket, name["stem"], rate, goals)


def _named_rate(
    report: Report,
    earlier: list[Quantity],
    after: tuple[Quantity, ...],
    close: list[Quantity],
    bracket: Quantity | None,
    stem: str,
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Result]:
    if not stem and not bracket and _nearer(rate, earlier[-1]):
        return
    part = bracket or numerator(close, stem, rate)
    if part is None and stem and (rate.figure.is_vague or rate.figure.modifier is Modifier.EQUAL):
        return
    scope = earlier if part or not stem else [q for q in earlier[-2:] if q.sentence == rate.sentence]
    first = part or (scope[-1] if scope else None)
    if first is None:
        return
    units = kinds(first, rate)
    same = [quantity for quantity in scope if quantity.unit in units and quantity is not first]
    readings = list(simple(first, same, rate))
    fitting = next((r for r in readings if r.value.meets(rate.figure.interval)), None)
    pool = [quantity for quantity in close if quantity.unit in units]
    if fitting is None and part:
        fitting = beside_it(part, scope, rate)
    if fitting is None and not stem:
        # "婚姻家庭320件，占37.2%，邻里260件，占30.2%，其他280件": of all that is listed.
        listed = [q for q in (*earlier, *after) if q.sentence == rate.sentence and q.unit in units]
        every = divide((first,), tuple(listed), rate) if len(listed) > 2 else None
        fitting = every if every is not None and every.value.meets(rate.figure.interval) else None
    if fitting is None and (part or len(pool) <= 2):
        # How many came back of those sent is no rate of the satisfied; how many came is none of the settled.
        fitting = next(
            (
                r
                for r in combined(pool, rate)
                if not stem or part is None or (_speaks(r, part, stem) and _sound(r, stem))
            ),
            None,
        )
    back = too_few_back(close, part) if part and "满意" in stem else None
    if back and part:
        yield from _judge(report, rate, [divide((part,), (back,), rate)], sure=False)
    elif fitting:
        if sharp(fitting, rate):
            yield _holds(rate, fitting)
    elif part and not (rate.figure.is_bound or is_plan(rate, goals) or _of_another_rate(part, pool, rate)):
        yield from _doubt(report, part, pool, stem, rate)


def _nearer(rate: Quantity, count: Quantity) -> bool:
    """Whether an amount of money stands between a count and a bare share: the share is the money's."""
    figures = rate.passage.figures
    first, last = (
        bisect_left(figures, at, key=lambda figure: figure.start) for at in (count.end, rate.start)
    )
    return any(one.kind is Kind.MONEY for one in figures[first:last])


def _speaks(reading: Reading, part: Quantity, stem: str) -> bool:
    """Whether the parts are what the rate's name speaks of, "满意43个" as well as "基本满意2个"."""
    return part in reading.parts or all(one.label == stem for one in reading.parts)


def _sound(reading: Reading, stem: str) -> bool:
    """Whether the parts may be what the rate's name speaks of: no one dissatisfied among the satisfied."""
    if "满意" not in stem:
        return True
    return not any(is_negative(part) or word("lower_answers").search(part.clause) for part in reading.parts)


def _of_another_rate(part: Quantity, pool: Sequence[Quantity], rate: Quantity) -> bool:
    """Whether the counts give a rate told between them and this one: "回访120人，满意115人，满意度95.8%，单位满意度98%"."""
    told = quantities(rate.passage)
    first, last = (bisect_left(told, at, key=lambda one: one.start) for at in (part.end, rate.start))
    others = [one for one in pool if one is not part]
    rates = [one for one in told[max(first, last - _WINDOW) : last] if one.figure.kind is Kind.RATE]
    return any(
        reading.value.meets(one.figure.interval) for one in rates for reading in simple(part, others, one)
    )


def _bracketed(after: tuple[Quantity, ...], rate: Quantity) -> Quantity | None:
    """The count in brackets right behind a rate: "满意率96.5%(1158人)"."""
    if after and is_value(after[0]) and word("bracket_that_is").fullmatch(between(rate, after[0])):
        return after[0]
    return None


def _planned(close: list[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The done and the planned count, where the sentence has one planned count of that unit."""
    for plan in close:
        if word("as_planned").search(plan.clause):
            others = [q for q in close if q.unit == plan.unit and q is not plan]
            if any(word("as_planned").search(q.clause) for q in others):
                return None
            done = [q for q in others if not is_negative(q)]
            return (done[-1], plan) if done else None
    return None


def _completion(
    report: Report,
    close: list[Quantity],
    pair: tuple[Quantity, Quantity],
    rate: Quantity,
    goals: list[Span],
) -> Iterator[Result]:
    done, plan = pair
    pool = [quantity for quantity in close if quantity.unit == plan.unit]
    plain = divide((done,), (plan,), rate)
    fitting = plain if plain.value.meets(rate.figure.interval) else next(combined(pool, rate), None)
    if fitting:
        yield _holds(rate, fitting)
        return
    if "超" in rate.head:
        return  # "超额完成15%": beyond the plan, or of it
    # "完成率100%" is how many a report says "all of it" where more was done than planned.
    capped = rate.figure.amount == 1 and not done.base.below(plan.base)
    stated = any(goal.overlaps(rate.figure.span) for goal in goals)
    vague = rate.figure.is_vague or any(quantity.figure.is_vague for quantity in pool)
    if not (capped or stated or vague):
        yield from _judge(report, rate, [plain], sure=len(pool) == 2, pool=pool)


def _has_a_share(count: Quantity) -> bool:
    """Whether a share is the next thing told behind the count."""
    told = quantities(count.passage)
    at = bisect_left(told, count.start, key=lambda one: one.start)
    return told[at : at + 1] == (count,) and any(is_share(then) for then in told[at + 1 : at + 2])


def _doubt(
    report: Report, part: Quantity, pool: list[Quantity], stem: str, rate: Quantity
) -> Iterator[Result]:
    """Nothing gives the rate: proof with two counts, the larger marked as the whole; else a question."""
    pool = without_sent(pool, part)
    others = [quantity for quantity in pool if quantity is not part]
    if not stem and others and all(_has_a_share(one) for one in others):
        return  # "30户占30%，20户占20%": parts of one list, their whole is not told
    wholes = [whole for whole in others if not whole.base.below(part.base) and is_whole_of(whole, part)]
    wholes = wholes or partitioned(pool, part)
    said = rate.passage.text[sentence_start(rate.passage.text, rate.start) : rate.start]
    if stem and (f"{stem}率" in said[: -len(rate.head) or None] or ("满意" in stem and "回收率" in said)):
        return  # its base was told by another rate
    odd = (
        any(q.figure.is_vague for q in pool)
        or word("weighted").search(rate.passage.text)
        or "分别" in rate.clause
    )
    if odd or not is_named(stem, pool) or (stem and is_stricter(rate, stem, part)):
        return
    if stem and others and all(is_done_too(other, stem) for other in others):
        return  # "家庭医生签约9.8万人，其中重点人群签约5.6万人，重点人群签约率": of all those of the group
    if others and all(other.base.below(part.base) for other in others):
        # More satisfied than were asked: no reading of the rate can be right.
        asked = [
            other
            for other in others
            if other.unit == part.unit and other.start < part.start and (stem or is_whole_of(other, part))
        ]
        if asked and rate.figure.amount <= 1:
            most = max(asked, key=lambda other: other.figure.amount)
            yield from _judge(report, rate, [divide((part,), (most,), rate)], sure=False)
        return
    if len(others) == 1:
        whole = others[0]
        if rate.figure.amount == 1 and word("stage_reached").search(part.clause):
            return  # "13个中11个已验收，合格率100%": of those that came so far
        explained = rate.figure.amount == 1 and word("goes_on_about_rest").search(
            rate.passage.text, rate.end, rate.end + 40
        )
        sure = bool(wholes) and whole.unit == part.unit and not explained
        yield from _judge(report, rate, list(simple(part, [whole], rate)), sure=sure)
    elif wholes and (best := closest(part, pool, rate)):
        yield from _judge(report, rate, [best], sure=False, pool=pool)


def _of_other_units(rate: Quantity) -> bool:
    """Whether two counts of the sentence in different units give the rate ("累计交付640套；累计在住591户，累计入住率92.34%"):
    one stands for the other there."""
    told = quantities(rate.passage)
    first = bisect_left(told, rate.sentence, key=lambda one: one.sentence)
    sentence = takewhile(
        lambda one: one.sentence == rate.sentence, (told[on] for on in range(first, len(told)))
    )
    own = list(islice(filter(is_value, sentence), _WINDOW))
    return any(
        part.unit != whole.unit and divide((part,), (whole,), rate).value.meets(rate.figure.interval)
        for part, whole in permutations(own, 2)
        if max(part.start, whole.start) < rate.start
    )


def _judge(
    report: Report,
    rate: Quantity,
    readings: list[Reading],
    *,
    sure: bool,
    pool: Sequence[Quantity] = (),
    told_by: str = "同句的",
) -> Iterator[Result]:
    """Consistent if a reading gives the rate; else what was tried, proof only where that is sure."""
    if not readings:
        return
    fitting = next((r for r in readings if r.value.meets(rate.figure.interval)), None)
    if fitting:
        if sharp(fitting, rate):
            yield _holds(rate, fitting)
        return
    if _of_other_units(rate):
        return
    best = readings[0]
    part, whole = best.parts[-1], best.wholes[-1]
    elsewhere = _elsewhere(report, part, rate)
    told = _told(rate, part)
    if len(pool) > 2:
        tried = "、".join(quantity.figure.raw for quantity in pool)
        message = f"“{told}”填报 {rate.figure.raw}，{told_by} {tried} 单独或相加后相除都得不出这个数。"
    else:
        message = (
            f"“{told}”填报 {rate.figure.raw}，按旁边的{part.figure.raw}和{whole.figure.raw}计算不是这个数。"
        )
    if elsewhere:
        message += f"若分母是别处的“{elsewhere.told()}”则相符，请写明分母。"
    figures = [quantity.figure for quantity in (pool or best.figures)]
    nearest = "（最接近的算法）" if len(pool) > 2 else ""
    yield (RULE.inconsistent if sure and not elsewhere else RULE.query)(
        message,
        [*figures, rate.figure],
        relations=_relations(best, rate, holds=False, note=nearest),
        suggestion="核对分子、分母和比率，更正写错的一个。",
        culprits=(rate.figure.span,),
        key=(told, part.figure.raw, whole.figure.raw, rate.figure.raw),
    )


def _relations(reading: Reading, rate: Quantity, *, holds: bool, note: str = "") -> tuple[Equation, ...]:
    """None where the reading divides by nothing."""
    if reading.terms is None:
        return ()
    return (rate_of(reading.terms, rate.figure, holds=holds, note=note),)


def _told(rate: Quantity, part: Quantity) -> str:
    """The rate's name in whole words; a bare "占" is named after what it is a share of."""
    words = rate.clause.partition(rate.figure.raw)[0]
    words = (words if len(words) <= 30 else rate.head).rstrip("的为达到约仅").removeprefix("其中")
    if words in ("", "占", "占比", "比例"):
        return f"{part.name}占比"
    return "完成率" if words == "完成" else words


def _elsewhere(report: Report, part: Quantity, rate: Quantity) -> Quantity | None:
    """A count of the same kind near by in the report that would make the rate right."""
    try:
        wanted = part.base / rate.figure.base
    except ZeroDivisionError:
        return None
    at = next((at for at, passage in enumerate(report.prose) if passage is part.passage), 0)
    for passage in report.prose[max(at - _FAR, 0) : at + _FAR]:
        for whole in quantities(passage) if passage is not part.passage else ():
            if whole.unit == part.unit and is_value(whole) and whole.base.meets(wanted):
                return whole
    return None


def _holds(rate: Quantity, reading: Reading) -> Result:
    part, whole = reading.parts[-1], reading.wholes[-1]
    told = _told(rate, part)
    return RULE.consistent(
        f"“{told}”{rate.figure.raw}与旁边的数量相符。",
        [*(quantity.figure for quantity in reading.figures), rate.figure],
        relations=_relations(reading, rate, holds=True),
        key=(told, part.figure.raw, whole.figure.raw, rate.figure.raw),
    )


def _above_all(report: Report) -> Iterator[Result]:
    for name, figure in above_all(report):
        yield RULE.inconsistent(
            f"“{name}”写成 {figure.raw}，这一比率不会超过 100%。", [figure],
            relations=(Equation(Term.of(figure, text=figure.raw), Term.exact(100, percent=True), "≤", percent=True, gap=""),),
            suggestion="核对比率，更正写错的数。",
            culprits=(figure.span,), key=(name, figure.raw),
        )  # fmt: skip
