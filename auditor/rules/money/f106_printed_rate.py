"""F106 执行率、到位率 (funds.printed-rate)

查什么  填报的预算执行率、到位率、支出率与表内金额重算是否一致；指标表里重复填的执行率一并核对；
        节约率与未支出比例是否相符。执行率的分母是调整后的全年预算数。
        文字里的执行率先与同一句里的预算和支出比，没有的才与全项目的金额比；上年、平均、别的单位的不比。
为什么  执行率直接换算得分；用错分母、照抄上年、手工估填都在这里露出来。
反例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 100.00 | 100.00 | 80.00 | 10 | 98% | 8
    → 不一致
正例
    项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
    年度资金总额 | 0 | 412.50 | 396.84 | 10 | 96% | 9.62
    → 无
依据    财预〔2020〕10号项目支出绩效自评表：执行率＝全年执行数÷全年预算数
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from auditor.document import Span
from auditor.facts.claim import Claim as Told
from auditor.facts.claim import Shape, Strength
from auditor.facts.funds import (
    HUNDRED,
    Budget,
    budget_of,
    budgets,
    line_budgets,
    percent,
    printed_percent,
    quotient,
)
from auditor.facts.quantity import Modality, Quantity, quantities_of
from auditor.facts.rate_claims import Claim, rate_claims
from auditor.facts.ratios import ratios
from auditor.facts.scoring import execution
from auditor.figures import Equation, Expression, Figure, Interval, Kind, Modifier, Term, scan, show
from auditor.language import word
from auditor.report.labels import role_of
from auditor.report.model import Amount, Indicator, Line, LineKind, MoneyTable, Report, Role
from auditor.rules.base import ByOthers, Result, Rule, Severity, Verdict
from auditor.rules.settings import Settings

RULE = Rule(
    code="F106",
    name="funds.printed-rate",
    title="执行率（到位率）与金额不符",
    severity=Severity.HIGH,
    basis=("财预〔2020〕10号",),
    by_others=ByOthers.ASKED,
)


_LIMITS = {Modifier.AT_MOST: "≤", Modifier.UNDER: "≤", Modifier.AT_LEAST: "≥", Modifier.OVER: "≥"}
_NEAREST = 4
"""Amounts of a sentence, and readings of the budget, that a rate in running text is compared with."""


def check(report: Report, settings: Settings) -> Iterator[Result]:
    told: set[Span] = set()
    own = set(execution.on_declared_base(report))
    for result in chain(
        _printed(report), _indicator_rates(report), _prose_rates(report), _prose_savings(report)
    ):
        if result is not None and (result.verdict is Verdict.CONSISTENT or own.isdisjoint(result.evidence)):
            told.update(result.evidence)
            yield result
    for claim in ratios(report):
        fresh = claim.whole.figure.span not in told
        if fresh and claim.shape is Shape.RATE and claim.parts[0].kind is Kind.MONEY:
            yield _claimed(claim)


def _claimed(claim: Told) -> Result:
    """A rate of money against the two amounts of its sentence that its words name."""
    rate = claim.whole.figure
    name = word("filler_end").sub("", claim.whole.head)
    if len(name) < 2:  # "为概算1.28亿元的95%"
        name = f"{claim.parts[1].told()}{name}比率"
    evidence = [rate, *(one.figure for one in claim.parts)]
    key = (name, rate.raw, *(one.figure.raw for one in claim.parts))
    if claim.holds:
        return RULE.consistent(
            f"文字中的“{name}” {rate.raw} 与金额相符。",
            evidence,
            relations=(claim.relation.equation(),),
            key=key,
        )
    doubt = f"（{'；'.join(guard.value for guard in claim.reasons)}）" if claim.reasons else ""
    certain = claim.strength is Strength.PROOF
    return (RULE.inconsistent if certain else RULE.query)(
        f"文字中的“{name}”填 {rate.raw}，按“{claim.parts[0].told()}”和“{claim.parts[1].told()}”重算不是这个数{doubt}。",
        evidence,
        relations=(claim.relation.equation(),),
        suggestion="核对两个金额和比率，更正写错的一个。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(rate.span,),
        key=key,
    )


def _printed(report: Report) -> Iterator[Result | None]:
    explained = {formula.table for formula in report.formulas}
    for index, table in enumerate(report.money_tables):
        if index not in explained:
            yield from _table_rates(table, report)


def _table_rates(table: MoneyTable, report: Report) -> Iterator[Result | None]:
    adjusted = not {Role.BUDGET, Role.ADJUSTMENT}.isdisjoint(table.roles)
    # A bare number among percentages may be an amount that slipped there.
    percents = any("%" in one.figure.raw for one in table.amounts if one.role is Role.EXECUTION_RATE)
    others = {role: _usual_bases(table, role) for role in (Role.ARRIVAL_RATE, Role.SPENDING_RATE)}
    for rate in table.amounts:
        if rate.role is Role.EXECUTION_RATE:
            name = rate.line.name
            spent = _on_line(table, rate.line, (Role.PAID,))
            bases = line_budgets(table, rate.line)
            beside = {amount.role for amount in table.line(rate.line) if amount.role.is_money}
            if not bases and rate.line.kind is LineKind.TOTAL and beside <= {Role.PAID}:
                bases = budgets(report)
            # Some forms count the rate on what was allocated or received.
            other = [_base(one.figure) for one in _on_line(table, rate.line, (Role.ALLOCATED, Role.RECEIVED))]
            known = adjusted or bool(other)
            for paid in spent:
                # More spent than the budget of the year's beginning: it was raised, and the raised one
                # is not among the columns read.
                certain = known or not any(base.value.below(paid.figure.base) for base in bases)
                # A column without a known name may be what the rate is counted on.
                loose = [
                    _loose(figure, paid.figure) for place, figure in table.loose if place == rate.line.place
                ]
                other += [
                    base for base in loose if base.amount > 0 and _as_written(rate.figure, paid.figure, base)
                ]
                as_others = "%" in rate.figure.raw or not percents
                certain = certain and (Role.BUDGET in beside or not loose) and as_others
                label = f"“{name}”{rate.label}"
                yield _compare(rate.figure, label, paid.figure, [*bases, *other], certain)
        elif rate.role in (Role.ARRIVAL_RATE, Role.SPENDING_RATE):
            yield from _other_rate(table, rate, others[rate.role])


def _on_line(table: MoneyTable, line: Line, roles: tuple[Role, ...]) -> list[Amount]:
    return [amount for amount in table.line(line) if amount.role in roles]


def _usual_bases(table: MoneyTable, role: Role) -> tuple[Role, ...]:
    """到位率 = 到位 ÷ 预算 (or 投入); 支出率 = 支出 ÷ 到位 (or 预算): the bases, that of most lines first."""
    arrival = role is Role.ARRIVAL_RATE
    top = Role.RECEIVED if arrival else Role.PAID
    bases = (Role.BUDGET, Role.INVESTED) if arrival else (Role.RECEIVED, Role.BUDGET, Role.ALLOCATED)
    fitting: Counter[Role] = Counter()
    for rate in (one for one in table.amounts if one.role is role):
        own = {one.role: one.figure for one in table.line(rate.line)}
        held = (base for base in bases if top in own and base in own)
        fitting.update(base for base in held if _as_written(rate.figure, own[top], _base(own[base])))
    return (*sorted(bases, key=lambda base: -fitting[base]), Role.INITIAL)


def _other_rate(table: MoneyTable, rate: Amount, roles: tuple[Role, ...]) -> Iterator[Result | None]:
    """The rate of what arrived, or of what was spent of it."""
    tops = _on_line(table, rate.line, (Role.RECEIVED,) if rate.role is Role.ARRIVAL_RATE else (Role.PAID,))
    beside = sorted(_on_line(table, rate.line, roles), key=lambda one: roles.index(one.role))
    bases = [_base(base.figure) for base in beside]
    for top in tops[:1]:
        loose = [_loose(figure, top.figure) for place, figure in table.loose if place == rate.line.place]
        bases += [base for base in loose if base.amount > 0 and _as_written(rate.figure, top.figure, base)]
        label = f"“{rate.line.name}”{rate.label}"
        yield _compare(rate.figure, label, top.figure, bases, certain=not loose)


def _compare(rate: Figure, label: str, part: Figure, bases: list[Budget], certain: bool) -> Result | None:
    evidence = [rate, part, *(figure for base in bases[:1] for figure in base.parts)]
    usable = [base for base in bases if percent(part.base, base.value) is not None]
    if not usable:
        if not part.value and not rate.value:
            return None  # "0 | 0 | 0": nothing was planned and nothing spent
        why = "没有找到分母" if not bases else "分母为 0"
        return RULE.not_assessable(f"{label} {rate.raw}：{why}，无法重算。", evidence, key=(label, rate.raw))
    for base in usable:
        if _as_written(rate, part, base):
            return _fits(rate, label, part, base)
    for base in usable:
        value = percent(part.base, base.value)
        if value is not None and value.meets(printed_percent(rate)):
            return _only_rounded(rate, label, part, base, evidence)
    if rate.doubtful:
        relation = _relation(rate, part, usable[0], holds=False)
        return RULE.query(
            f"{label}填 {rate.raw}，没有写百分号；按金额重算 "
            f"{relation.computed.text} = {relation.shown}%（{usable[0].parts[0].unit}），"
            f"作为比例和作为百分数都不相符。",
            evidence, relations=(relation,),
            suggestion="重算执行率并写明百分号。", culprits=(rate.span,), key=(label, rate.raw),
        )  # fmt: skip
    return _mismatch(rate, label, part, usable[0], evidence, certain)


def _as_written(rate: Figure, part: Figure, base: Budget) -> bool:
    """Whether the plain quotient, rounded or cut as the rate is printed, is the rate."""
    if base.amount <= 0:
        return False
    whole = Interval.exact(base.amount)
    return any((reading * whole).contains(part.amount * 100) for reading in _readings(rate))


def _readings(rate: Figure) -> tuple[Interval, ...]:
    """A printed rate in per cent; without a per cent sign "0.98" is a share, or a number of per cent."""
    return (printed_percent(rate), rate.interval) if rate.doubtful else (printed_percent(rate),)


def _fits(rate: Figure, label: str, part: Figure, base: Budget) -> Result:
    return RULE.consistent(
        f"{label} {rate.raw} 与金额相符。",
        [rate, part, *base.parts],
        relations=(_relation(rate, part, base, holds=True),),
        key=(label, rate.raw, show(part.value), base.written),
    )


def _only_rounded(rate: Figure, label: str, part: Figure, base: Budget, evidence: list[Figure]) -> Result:
    """The rate fits amounts that would be printed this way, but not the printed amounts themselves."""
    computed = quotient(part.amount, base.amount)
    key = (label, rate.raw, show(part.value), base.written)
    if any(figure.decimals for figure in (part, *base.parts)):
        return RULE.consistent(
            f"{label} {rate.raw} 与金额相符（金额取整所致的差别之内）。", evidence, key=key,
            relations=(_relation(rate, part, base, holds=True),),
        )  # fmt: skip
    return RULE.query(
        f"{label}填 {rate.raw}，按所填金额直接计算为 {computed}，只有金额经过取整才可能是 {rate.raw}。",
        evidence, relations=(_relation(rate, part, base, holds=True),),
        suggestion="按未取整的金额核对执行率，或填写带小数的金额。",
        severity=Severity.LOW, culprits=(rate.span,), key=key,
    )  # fmt: skip


def _relation(rate: Figure, part: Figure, base: Budget, *, holds: bool) -> Equation:
    return Equation(
        Term.plain(part, base.scale) / base.terms, Term.of(rate, text=rate.raw), percent=True,
        note=f"（{base.parts[0].unit}）", named="填报 {}", holds=holds,
    )  # fmt: skip


def _mismatch(
    rate: Figure, label: str, part: Figure, base: Budget, evidence: list[Figure], certain: bool
) -> Result:
    computed = quotient(part.amount, base.amount)
    relation = _relation(rate, part, base, holds=False)
    make = RULE.inconsistent if certain else RULE.query
    return make(
        f"{label}填 {rate.raw}，按金额重算 {relation.computed.text} 为 {computed}，两者不符。",
        evidence,
        relations=(relation,),
        impact="执行率换算得分，直接影响自评总分。",
        suggestion="按全年执行数÷全年预算数重算执行率，并相应更正得分。",
        severity=Severity.HIGH if certain else Severity.MEDIUM,
        culprits=(rate.span,),
        key=(label, rate.raw, show(part.value), base.written),
    )


def _indicator_rates(report: Report) -> Iterator[Result | None]:
    bases = budgets(report)
    paid = _Sums(report.stated(Role.PAID))
    tabled = [
        amount.figure
        for table in report.money_tables
        for role in (Role.EXECUTION_RATE, Role.SPENDING_RATE)
        for amount in table.of(role, LineKind.TOTAL)
        if {Role.RECEIVED, Role.ALLOCATED} & set(table.roles) or table.loose
    ]
    for indicator in report.indicators:
        role = role_of(indicator.name)
        if indicator.is_execution or indicator.actual is None or role is None or not role.is_rate:
            continue
        figure = next((f for f in scan(indicator.actual) if f.kind is Kind.RATE), None)
        if figure is None and role is Role.SAVING_RATE:
            yield from _saving_claimed(indicator, report)
        if figure is None:
            continue
        label = f"指标“{indicator.name}”完成值"
        if role is Role.EXECUTION_RATE and any(figure.base.meets(told.base) for told in tabled):
            continue  # the table's own rate, which is looked at there
        if role is Role.EXECUTION_RATE and (own := execution.declared_rate(report)) is not None:
            top, *parts = own.evidence
            yield _compare(figure, label, top, [budget_of(parts)], certain=_one_amount(report))
        elif role is Role.EXECUTION_RATE and paid.figures and bases:
            spent = paid.fitting(figure, bases) or paid.figures[0]
            certain = _one_amount(report) and not _other_budget(report, figure, spent, bases)
            yield _compare(figure, label, spent, bases, certain=certain)
        elif role is Role.ARRIVAL_RATE:
            received = report.stated(Role.RECEIVED) or report.stated(Role.ALLOCATED)
            if received and bases:
                yield _compare(figure, label, received[0].figure, bases, certain=False)
        elif role is Role.SAVING_RATE:
            yield from _saving(figure, indicator.actual.text, label, report)


def _saving_claimed(indicator: Indicator, report: Report) -> Iterator[Result]:
    """ "达成指标" with full marks for saving so many per cent, where all of the budget was spent."""
    aims = (
        [figure for figure in scan(indicator.target) if figure.kind is Kind.RATE] if indicator.target else []
    )
    paid, bases = report.stated(Role.PAID), budgets(report)
    if len(aims) != 1 or not indicator.full_marks or not paid or not bases or aims[0].interval.low <= 0:
        return
    if paid[0].figure.amount == bases[0].amount > 0:
        yield RULE.query(
            f"指标“{indicator.name}”要节约 {aims[0].raw} 并得满分，而预算 {bases[0].written}、支出"
            f" {show(paid[0].figure.value)}（{paid[0].figure.unit}）相等，没有节约。",
            [aims[0], paid[0].figure, *bases[0].parts],
            relations=(Equation(_unspent(paid[0].figure, bases[0]), percent=True, note="（未支出）"),),
            suggestion="说明节约率的口径和依据；没有节约的，相应扣分。",
            culprits=(indicator.name_view.span(),),
            key=(indicator.name, aims[0].raw, bases[0].written),
        )


def _prose_savings(report: Report) -> Iterator[Result]:
    """ "成本节约率5%" in running text, where its own words do not name what it is a rate of."""
    named_otherwise = {claim.whole.figure.span for claim in ratios(report)}
    for passage in report.prose:
        for quantity in quantities_of(passage) if "节约率" in passage.text else ():
            named = quantity.kind is Kind.RATE and word("saving_rate").search(quantity.head)
            if named and not quantity.figure.is_bound and quantity.modality is Modality.ACTUAL:
                label = f"文字中的“{named.group()}”"
                told = _amounts_beside(quantity)
                given = next((pair for pair in told if _as_written(quantity.figure, *pair)), None)
                spent = next((pair for pair in told if _saves(quantity.figure, *pair)), None)
                if given is not None:
                    yield _fits(quantity.figure, label, *given)
                elif spent is not None or quantity.figure.span not in named_otherwise:
                    yield from _saving(quantity.figure, quantity.figure.raw, label, report, spent)


def _amounts_beside(rate: Quantity) -> list[tuple[Figure, Budget]]:
    """Pairs of amounts before the rate in its sentence, the smaller first: what was saved, or paid, of what."""
    start = rate.structure.sentence_span(rate.start)[0]
    money = [
        one.figure
        for one in quantities_of(rate.passage)
        if start <= one.start < rate.start and one.kind is Kind.MONEY and not one.figure.is_vague
    ]
    return [(part, _base(whole)) for whole in money for part in money if part.amount < whole.amount]


def _saves(rate: Figure, paid: Figure, base: Budget) -> bool:
    """Whether what is not paid of `base` is the rate."""
    spent = percent(paid.base, base.value)
    return spent is not None and (HUNDRED - spent).meets(_per_cent(rate))


def _saving(
    figure: Figure, written: str, label: str, report: Report, told: tuple[Figure, Budget] | None = None
) -> Iterator[Result]:
    """节约率 = 1 − 支出 ÷ 预算: the amounts `told` with it, else the project's. What is unspent need not be
    saved, so this only asks."""
    paid, bases = report.stated(Role.PAID), budgets(report)
    if told is None and paid and bases:
        told = paid[0].figure, bases[0]
    if told is None or percent(told[0].base, told[1].value) is None:
        return
    spent, base = told
    shown = f"{show(Decimal(100) - spent.amount / base.amount * 100, 2)}%"
    evidence = [figure, spent, *base.parts]
    claimed = Term.of(figure, text=f"{figure.digits}%" if figure.is_bound else written)
    relation = Equation(
        _unspent(spent, base),
        claimed,
        sign=_LIMITS.get(figure.modifier, "="),
        percent=True,
        note="（未支出）",
        named="填报 {}",
        holds=_saves(figure, spent, base),
    )
    key = (label, written, shown)
    if relation.meets:
        yield RULE.consistent(
            f"{label} {written} 与未支出比例相符。", evidence, relations=(relation,), key=key
        )
        return
    yield RULE.query(
        f"{label}填 {written}，而按金额未支出的占 {shown}，请说明节约率怎样算得。",
        evidence,
        relations=(relation,),
        suggestion="说明节约率的口径；未支付不等于节约。",
        severity=Severity.LOW,
        culprits=(figure.span,),
        key=key,
    )


def _unspent(paid: Figure, budget: Budget) -> Expression:
    return Term.exact(1) - Term.plain(paid, budget.scale) / budget.terms


def _per_cent(figure: Figure) -> Interval:
    """Per cent of a figure that may be a bound (≤15%)."""
    return figure.interval if figure.unit == "%" else printed_percent(figure)


def _prose_rates(report: Report) -> Iterator[Result | None]:
    stated = budgets(report)[:_NEAREST]
    claims = list(rate_claims(report))
    for claim in claims:
        label = f"文字中的{claim.name}"
        rate = claim.figure
        tops, bases = claim.tops[-_NEAREST:], [_base(base) for base in claim.bases[-_NEAREST:]]
        pairs = [(top, base) for top in reversed(tops) for base in reversed(bases)]
        whole = report.stated(Role.RECEIVED if claim.arrival else Role.PAID)[:1]
        project = [(amount.figure, base) for amount in whole for base in stated]
        mixed = [(top, base) for top in tops for base in stated]
        mixed += [(amount.figure, base) for amount in whole for base in bases]
        fitting = (pair for pair in (*pairs, *project, *mixed) if _as_written(rate, *pair))
        if claim.of_paying:
            fitting = (pair for pair in pairs if _as_written(rate, *pair))
        pair = next(fitting, None)
        if pair is not None:
            yield _fits(rate, label, *pair)
        elif claim.told:
            yield _against(rate, label, pairs[0], certain=not _is_another(claims, pairs))
        elif claim.paired and claim.plain and claim.neutral:
            yield _against(rate, label, pairs[0], certain=False)
        elif claim.of_paying:
            continue
        elif claim.plain and claim.neutral and project and not _of_a_part(claim, whole):
            certain = not pairs and _one_unit(report) and _one_amount(report)
            certain = certain and not _other_budget(report, rate, project[0][0], stated)
            certain = certain and not _is_another(claims, project)
            yield _against(rate, label, (pairs or project)[0], certain)


def _is_another(claims: Sequence[Claim], pairs: Sequence[tuple[Figure, Budget]]) -> bool:
    """Whether some rate of the text is that of the amounts: then one that is not may be of anything, of a contract,
    of all districts on the mean."""
    return any(_as_written(one.figure, *pair) for one in claims for pair in pairs)


class _Sums:
    """Stated sums, each once, found by the rate that would make them up: without looking at all of them."""

    def __init__(self, amounts: Iterable[Amount]) -> None:
        unique: dict[Decimal, Figure] = {}
        for amount in amounts:
            unique.setdefault(amount.figure.amount, amount.figure)
        self.figures = list(unique.values())
        self._rising = sorted((figure.amount * 100, at) for at, figure in enumerate(self.figures))

    def fitting(self, rate: Figure, bases: Iterable[Budget]) -> Figure | None:
        """The first sum that is, as printed, that share of one of the bases."""
        found = len(self.figures)
        for base in bases:
            for reading in _readings(rate) if base.amount > 0 else ():
                part = reading * Interval.exact(base.amount)
                for place in range(bisect_left(self._rising, (part.low, -1)), len(self._rising)):
                    hundredfold, at = self._rising[place]
                    if hundredfold > part.high:
                        break
                    if at < found and part.contains(hundredfold):
                        found = at
        return self.figures[found] if found < len(self.figures) else None


def _other_budget(report: Report, rate: Figure, paid: Figure, bases: list[Budget]) -> bool:
    """Whether the budget read may not be the one meant: more was paid than it holds, or another sum of
    the report gives the printed rate ("…压减后为826.5万元")."""
    if any(base.value.below(paid.base) for base in bases[:1]):
        return True
    known = {base.amount for base in bases}
    return any(
        figure.kind is Kind.MONEY
        and figure.amount > 0
        and figure.amount not in known
        and figure.amount != paid.amount
        and _as_written(rate, paid, _base(figure))
        for figure in report.figures
    )


def _of_a_part(claim: Claim, whole: list[Amount]) -> bool:
    """Whether the sentence names an amount of its own that is not the project's: "监理费支出24万元，执行率96%"."""
    return any(not top.base.meets(amount.figure.base) for top in claim.tops for amount in whole)


def _one_amount(report: Report) -> bool:
    """Whether the report states one spent sum for the whole project: in a table, or once in prose."""
    paid = report.stated(Role.PAID)
    tabled = any(amount.table is not None for amount in paid)
    return tabled or len({amount.figure.amount for amount in paid}) == 1


def _one_unit(report: Report) -> bool:
    """Whether the project's amounts are counted in known units, or all in the one that was assumed."""
    first = [amount for role in (Role.BUDGET, Role.INITIAL, Role.PAID) for amount in report.stated(role)[:1]]
    return len({report.unit_assumed(amount) for amount in first}) == 1


def _loose(figure: Figure, paid: Figure) -> Budget:
    """A number of an unnamed column, counted like the payment beside it."""
    counted = figure if figure.kind is Kind.MONEY else figure.in_unit(Kind.MONEY, paid.unit, paid.scale)
    return _base(counted)


def _base(figure: Figure) -> Budget:
    return Budget((figure,), figure.base, show(figure.value))


def _against(rate: Figure, label: str, pair: tuple[Figure, Budget], certain: bool) -> Result | None:
    top, base = pair
    return _compare(rate, label, top, [base], certain)
