"""What a quantitative indicator earns: the form's own rule first, else 财预〔2020〕10号.

Local rules for indicators of which less is better differ (安徽, 湖北), so several scores may be
right; each comes with the name of its rule and the numbers substituted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal

from auditor.document import Span, View
from auditor.facts.scoring.marks import assigned
from auditor.facts.scoring.shown import written
from auditor.facts.scoring.targets import Comparison
from auditor.facts.stated import once
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Term, show
from auditor.language import word
from auditor.report.model import Indicator, Report, ScoringRule, ScoringStep, ScoringSubject
from auditor.values import frozen

NATIONAL = "财预〔2020〕10号：达标得满分，未达标按比例得分"
NATIONAL_EXECUTION = "财预〔2020〕10号：执行率×分值"
PER_POINT = "表内填表说明"

_ZERO, _ONE, _HUNDRED = Interval.exact(0), Interval.exact(1), Interval.exact(100)
_TIMES = r"[×*xX乘]以?"
_OVER = r"(?:÷|/|除以)"
_DONE = r"(?:实际完成值|实际完成指标值|实际值|完成值|实际完成数)"
_AIM = r"(?:年度指标值|年初目标值|目标值|指标值|预期值|计划值)"


@frozen
class Earned:
    """Points under one rule: all that the printed figures allow, the value from the figures taken
    as written (for display), and the formula as substituted: as numbers, or as words where a limit
    decides (all of the weight, nothing)."""

    rule: str
    points: Interval
    value: Decimal
    words: str = ""
    terms: Expression | None = None

    def relation(self, score: Term | None = None, note: str = "") -> Equation | None:
        """The computed points against the printed score; None where only words say how they came about."""
        if self.terms is None:
            return None
        holds = None if score is None else self.points.meets(score.range)
        return Equation(self.terms, score, note=note, holds=holds, decimals=2)

    @property
    def formula(self) -> str:
        relation = self.relation()
        return self.words if relation is None else relation.told()


def relations(options: Iterable[Earned], score: Term | None, *, named: bool = False) -> tuple[Equation, ...]:
    """Of all options that are computed; `named` tells the rule of each."""
    found = (one.relation(score, f"（{one.rule}）" if named else "") for one in options)
    return tuple({relation.told(): relation for relation in found if relation is not None}.values())


def words(options: Iterable[Earned]) -> str:
    """The calculation of options that are not all computed; "" where their relations tell everything."""
    options = list(options)
    if all(one.terms is not None for one in options):
        return ""
    return "；".join(dict.fromkeys(one.formula for one in options))


@frozen
class Declared:
    """Scoring formulas that the form writes out in words and signs."""

    proportion: View | None = None
    ratio: View | None = None
    excess: View | None = None


def declared(report: Report) -> Declared:
    """Formulas printed in the notes of the form."""
    found: dict[str, View] = {}
    for passage in report.prose:
        text = passage.text
        if "得分" not in text:
            continue
        for name, pattern in (
            ("proportion", word("points_by_proportion")),
            ("ratio", word("points_by_ratio")),
            ("excess", word("points_by_excess")),
        ):
            match = pattern.search(text)
            if match:
                found.setdefault(name, passage.view.part(*match.span()))
    for rule in report.scoring_rules:
        if rule.formula is not None and rule.subject is ScoringSubject.INDICATORS and not rule.only:
            found.setdefault(rule.formula.value, rule.view)
    return Declared(**found)


def rule_for(report: Report, indicator: Indicator | None, execution: bool = False) -> ScoringRule | None:
    """What the form declares for the scores of this indicator: its own row first, then its class, then
    rules for all. `None` for the indicator: the execution row of a money table."""
    rules = next(_rules(report))
    own = rules.of_rows.get(indicator.span, []) if indicator is not None else []
    found = [rule for rule in (*own, *rules.of_form) if _applies(rule, indicator, execution)]
    if not found:
        return None
    found.sort(
        key=lambda rule: (rule.only is None, not rule.classes, rule.subject is ScoringSubject.INDICATORS)
    )
    methods = [rule for rule in found if rule.per_point is not None or rule.points_off is not None]
    methods += [rule for rule in found if rule.steps or rule.formula is not None]
    place = {id(rule): at for at, rule in enumerate(found)}
    first = min(methods, key=lambda rule: place[id(rule)]) if methods else found[0]
    floors = (rule.floor for rule in found if rule.floor is not None)
    over = next((rule for rule in found if rule.over_per_point is not None), first)
    return replace(
        first, floor=next(floors, None), over_from=over.over_from, over_per_point=over.over_per_point,
        exceptions=any(rule.exceptions for rule in found),
    )  # fmt: skip


@frozen
class _Rules:
    """The declared rules of a report: those of single rows by their row, and those of the form."""

    of_rows: dict[Span, list[ScoringRule]]
    of_form: list[ScoringRule]


@once
def _rules(report: Report) -> Iterator[_Rules]:
    of_rows: dict[Span, list[ScoringRule]] = {}
    of_form: dict[ScoringRule, ScoringRule] = {}
    for rule in report.scoring_rules:
        if rule.only is not None:
            of_rows.setdefault(rule.only, []).append(rule)
        else:
            of_form.setdefault(replace(rule, view=View(rule.view.text, ())), rule)
    yield _Rules(of_rows, list(of_form.values()))


def _applies(rule: ScoringRule, indicator: Indicator | None, execution: bool) -> bool:
    if rule.subject is ScoringSubject.QUALITATIVE:
        return False
    if rule.subject is ScoringSubject.EXECUTION:
        return execution
    if indicator is None or (execution and rule.per_point is None):
        return False
    if rule.only is not None:
        return rule.only == indicator.span
    levels = "/".join(level.name for level in indicator.path)
    named = (*rule.classes, *word("quoted_name").findall(rule.view.text))
    return not named or any(name in levels for name in named)


def earned(weight: Figure, outcome: Comparison, own: Declared, rule: ScoringRule | None) -> list[Earned]:
    """Scores that the rules give; empty where the figures do not allow a computation."""
    if outcome.met is None:
        return []
    full = Interval.exact(weight.value)
    if outcome.met and (rule is None or not (_per_point_rule(rule) or rule.over_per_point is not None)):
        return [Earned(NATIONAL, full, weight.value, f"达到目标，得满分 {show(weight.value)}")]
    pair = outcome.quantities
    if pair is None:
        return []
    target, actual = pair
    if rule is not None:
        if (declared_ones := _by_rule(weight, target, actual, outcome, rule)) is not None:
            return declared_ones
        own = _with(own, rule)
    aim = Interval.exact(target.amount)
    if aim.low <= 0 or actual.base.low < 0:
        zero = Earned(NATIONAL, _ZERO, Decimal(0), "目标为 0，实际不为 0，不得分")
        return [zero] if aim.low == 0 else []
    return _falling(weight, target, actual, own) if outcome.reverse else _rising(weight, target, actual, own)


def too_much(report: Report, row: Indicator, outcome: Comparison) -> bool:
    """Whether the marks a row lost are those that the form takes off for doing more than was planned."""
    rule = rule_for(report, row)
    if not outcome.met or rule is None or rule.over_per_point is None or row.weight is None:
        return False
    score = row.score
    options = earned(row.weight, outcome, Declared(), rule)
    return score is not None and any(one.points.contains(score.value) for one in options)


def _per_point_rule(rule: ScoringRule) -> bool:
    return rule.per_point is not None or rule.points_off is not None


def _with(own: Declared, rule: ScoringRule) -> Declared:
    """The formulas of the form, with the one the rule lays down."""
    return own if rule.formula is None else replace(own, **{rule.formula.value: rule.view})


def _by_rule(
    weight: Figure, target: Figure, actual: Figure, outcome: Comparison, rule: ScoringRule
) -> list[Earned] | None:
    """What the declared floor, bands and points give; `None` where a formula has to say it."""
    if outcome.reverse or target.amount <= 0:
        return _per_point(weight, target, actual, outcome, rule) if _per_point_rule(rule) else None
    if outcome.met:
        return _per_point(weight, target, actual, outcome, rule)
    rates = [actual.base / Interval.exact(target.amount)]
    if target.scale == Decimal("0.01") and target.amount != 1:
        rates.append(actual.base)  # "低于60%的": of the target, or as it stands
    below = [rate.high < rule.floor for rate in rates] if rule.floor is not None else [False]
    at_floor = rule.floor is not None and any(rate.low < rule.floor <= rate.high for rate in rates)
    zero = Earned(PER_POINT, _ZERO, Decimal(0), f"完成不足 {show((rule.floor or Decimal(0)) * 100)}%，不得分")
    if all(below):
        return [zero]
    found = [zero] if any(below) or at_floor else []
    if _per_point_rule(rule):
        return [*found, *_per_point(weight, target, actual, outcome, rule)]
    if rule.steps:
        bands = (one for rate in rates for one in stepped(weight, rate, rule.steps))
        rest = _rising(weight, target, actual, _with(Declared(), rule)) if len(rule.steps) == 1 else []
        return [*found, *bands, *rest]
    if not found:
        return None
    return [*found, *_rising(weight, target, actual, _with(Declared(), rule))]


def stepped(weight: Figure, rate: Interval, steps: tuple[ScoringStep, ...]) -> list[Earned]:
    """What the bands of a scale give for a rate; at the border of two bands both may be meant."""
    found = []
    for step in steps:
        low, high = step.low if step.low is not None else Decimal(0), step.high
        if rate.high < low or (high is not None and rate.low > high):
            continue
        if step.share is not None:
            value = weight.value * step.share
            terms = assigned(weight) * Term.exact(step.share * 100, percent=True)
            found.append(Earned(PER_POINT, Interval.exact(value), value, terms=terms))
        else:
            assert step.points is not None
            value = max(step.points if step.points >= 0 else weight.value + step.points, Decimal(0))
            text = f"{_told(step)}，得 {_round(value)}"
            found.append(Earned(PER_POINT, Interval.exact(value), value, text))
    return found


def _told(step: ScoringStep) -> str:
    low, high = (None if end is None else f"{show(end * 100)}%" for end in (step.low, step.high))
    if low and high:
        return f"{low}–{high}"
    return f"{low}以上" if low else f"{high}以下"


def _rising(weight: Figure, target: Figure, actual: Figure, own: Declared) -> list[Earned]:
    points = Interval.exact(weight.value) * actual.base / Interval.exact(target.amount)
    name = "表内公式" if own.proportion else NATIONAL
    value = weight.value * actual.amount / target.amount
    done, wanted = _terms(actual, target)
    return [Earned(name, points.capped(weight.value), value, terms=assigned(weight) * done / wanted)]


def _falling(weight: Figure, target: Figure, actual: Figure, own: Declared) -> list[Earned]:
    full, aim = Interval.exact(weight.value), Interval.exact(target.amount)
    w, (a, t) = assigned(weight), _terms(actual, target)
    excess = full * (_ONE - (actual.base - aim) / aim)
    found = []
    if own.excess or not own.ratio:
        name = "表内公式" if own.excess else "反向指标按超出比例扣分"
        value = weight.value * (2 - actual.amount / target.amount)
        points = excess.floored(Decimal(0)).capped(weight.value)
        terms = (Term.exact(1) - (a - t) / t) * w
        if value < 0:
            found.append(Earned(name, points, Decimal(0), f"{terms.text} < 0，不得分"))
        else:
            found.append(Earned(name, points, value, terms=terms))
    if (own.ratio or not own.excess) and actual.base.low > 0:
        name = "表内公式" if own.ratio else "反向指标按目标值÷实际值"
        value = weight.value * target.amount / actual.amount
        found.append(Earned(name, (full * aim / actual.base).capped(weight.value), value, terms=w * t / a))
    return found


def _per_point(
    weight: Figure, target: Figure, actual: Figure, outcome: Comparison, rule: ScoringRule
) -> list[Earned]:
    """ "每低于目标值1个百分点扣权重的5%": points of the completion, or, for rates, of the value itself."""
    if target.amount <= 0 or outcome.reverse:
        full = Earned(PER_POINT, Interval.exact(weight.value), weight.value, "达到目标，得满分")
        return [full] if outcome.met else []
    completion = actual.base / Interval.exact(target.amount)
    if outcome.met:
        return _above(weight, target, actual, completion, rule)
    points, value = (_ONE - completion) * _HUNDRED, (1 - actual.amount / target.amount) * 100
    readings = [short_of(weight, points, value, rule)]
    if target.scale == Decimal("0.01") and target.amount != 1:
        points, value = (
            (Interval.exact(target.amount) - actual.base) * _HUNDRED,
            (target.amount - actual.amount) * 100,
        )
        readings.append(short_of(weight, points, value, rule))
    return readings


def _above(
    weight: Figure, target: Figure, actual: Figure, completion: Interval, rule: ScoringRule
) -> list[Earned]:
    full = Earned(
        PER_POINT, Interval.exact(weight.value), weight.value, f"达到目标，得满分 {show(weight.value)}"
    )
    if rule.over_from is None or rule.over_per_point is None or completion.high <= rule.over_from:
        return [full]
    over = (completion - Interval.exact(rule.over_from)) * _HUNDRED
    lost = Interval.exact(weight.value) * over.floored(Decimal(0)) * Interval.exact(rule.over_per_point)
    done = actual.amount / target.amount
    value = max(weight.value * (1 - (done - rule.over_from) * 100 * rule.over_per_point), Decimal(0))
    text = (
        f"完成 {_round(done * 100)}%，超过 {show(rule.over_from * 100)}% 的部分每 1% 扣 "
        f"{show(rule.over_per_point * 100)}% → {_round(value)}"
    )
    points = (Interval.exact(weight.value) - lost).floored(Decimal(0))
    return [Earned(PER_POINT, points, value, text)]


def short_of(weight: Figure, points: Interval, value: Decimal, rule: ScoringRule) -> Earned:
    """What is left after the declared deduction for so many percentage points short."""
    each = rule.per_point
    if each is None:
        each = (rule.points_off or Decimal(0)) / weight.value
    return short_by(weight, points / Interval.exact(rule.step), value / rule.step, each)


def short_by(weight: Figure, points: Interval, value: Decimal, per_point: Decimal) -> Earned:
    """Weight less `per_point` of it for each percentage point short, by whole points or fractions.

    `value` is the number of points from the figures as written."""
    whole = points.low.to_integral_value(ROUND_FLOOR)
    short = Interval(max(whole, Decimal(0)), points.high)
    share = (_ONE - short * Interval.exact(per_point)).floored(Decimal(0))
    left = max(weight.value * (1 - value * per_point), Decimal(0))
    points_lost = Term(_round(value), Decimal(_round(value)), points, len(_round(value).partition(".")[2]))
    rate = Term.exact(per_point * 100, percent=True)
    terms = assigned(weight) * (Term.exact(1) - points_lost * rate)
    earned_points = Interval.exact(weight.value) * share
    if Equation(terms, decimals=2).shown != _round(left):
        return Earned(PER_POINT, earned_points, left, f"{terms.text} → {_round(left)}")
    return Earned(PER_POINT, earned_points, left, terms=terms)


def _terms(actual: Figure, target: Figure) -> tuple[Term, Term]:
    """Both in one unit, told as written: 2850米 of 3公里. The target is what was set: exact."""
    scale = Decimal(1) if target.kind is Kind.RATE else target.scale
    done, wanted = (
        Term.of(one, None if one.kind is Kind.RATE else scale, written(one)) for one in (actual, target)
    )
    return done, replace(wanted, range=Interval.exact(wanted.number))


def _round(value: Decimal) -> str:
    return show(value, 2)
