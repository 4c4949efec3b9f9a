"""F107 执行率低而自评分高 (funds.low-execution)

查什么  实际支出占预算的比例低于九成（可在设置 low_execution 中改）的，自评分是否偏高（满分的九成以上，
        设置 high_score），全文是否说明了没有支出的原因。说明了原因、执行率一行又按比例扣了分的，不提问。
        分母用调整后的预算；没有写全年预算的，用年初预算加调整数。
为什么  钱没有花完，任务和成本就应有相应的交代；自评分高而没有交代，是复核必问的一项。
反例
    2023年度巡河保洁经费绩效自评报告

    全年预算100万元，实际支出70万元。
    项目总体自评95分。
    → 存疑
正例
    2023年度巡河保洁经费绩效自评报告

    全年预算100万元，实际支出97万元。
    项目总体自评95分。
    → 无
依据    财预〔2020〕10号：未完成绩效目标或偏离较大的，分析说明原因
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.document import View
from auditor.facts.scoring.grades import full_score, rank
from auditor.figures import Equation, Figure, Interval, Kind, Term, added, show, total
from auditor.report.model import Amount, FormKind, Indicator, LineKind, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F107",
    name="funds.low-execution",
    title="预算执行率低",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_UNSPENT = re.compile(
    r"未支出|未支付|未执行|未使用|未支|结余|剩余|结转|执行率|执行进度|支出进度|支付进度|执行数|尾款|余款|质保金|质量保证金|差额|"
    r"(?:实际)?(?:支出|支付|执行)[^，,。；;]{0,14}(?:少|低|慢|不足)|(?:少|未)(?:付|支)"
)
_REASON = re.compile(
    r"因|由于|系|原因|所致|导致|节约|节省|招标|结算|尾款|质保金|质量保证金|待[^，,。]{0,20}(?:支付|拨付|付|验收|结算)|跨年|次年|"
    r"付款节点|支付期|按合同|按协议|审计|核减|变更|主要是|未到|分期"
)
_CHANGED = re.compile(r"(?:调减|核减|压减|调增|追加|调整[为至到])[^，,。；;\d]{0,12}\d")
_EXECUTION = re.compile(r"预算执行|资金执行|执行率|支出进度|支付进度|资金使用率")
_RATE = re.compile(r"(?:预算|资金)?(?:执行|支出)(?:完成)?[率度](?:为|是|达到?|仅|只有|:|=)*$")


@dataclass(frozen=True)
class Execution:
    """How much of the budget was spent: from the amounts, else as the report prints the rate; `told`
    says where it is printed."""

    rate: Interval
    share: Decimal
    evidence: tuple[Figure, ...]
    unspent: str = ""
    relations: tuple[Equation, ...] = ()
    told: str = ""


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    spent = _execution(report)
    if spent is None:
        yield _unknown(report)
        return
    percent = f"{show(spent.share * 100, 2)}%"
    score, scored = _score(report)
    if not spent.rate.below(Interval.exact(settings.low_execution)):
        yield RULE.consistent(
            f"执行率 {percent}，不低于 {show(settings.low_execution * 100)}%。", spent.evidence,
            calculation=spent.told, relations=spent.relations, key=(percent,),
        )  # fmt: skip
        return
    reason = _reason(report)
    high = _is_high(report, settings)
    deducted = _deducted(report, spent)
    evidence: list[Figure | View] = [*spent.evidence, *score]
    if reason is not None:
        evidence.append(reason)
    key = (percent, scored)
    if reason is not None and (deducted or not high):
        yield RULE.consistent(
            f"执行率 {percent}{spent.unspent}，{scored}，已说明原因{'并按比例扣分' if deducted else ''}。",
            evidence, calculation=spent.told, relations=spent.relations, key=key,
        )  # fmt: skip
        return
    told = "全文没有说明未支出的原因"
    if reason is not None:
        told = (
            "说明了原因，但执行率一项没有按比例扣分" if _row(report) else "说明了原因，但没有执行率一项的得分"
        )
    yield RULE.query(
        f"执行率 {percent}{spent.unspent}，{scored}，{told}。", evidence, calculation=spent.told, relations=spent.relations,
        impact=_impact(report, spent), suggestion="请说明未支出的原因和对产出、成本指标的影响，并核对自评分。",
        severity=Severity.LOW if reason is not None else None, key=key,
    )  # fmt: skip


def _unknown(report: Report) -> Result:
    known = [
        amount.figure
        for role in (Role.BUDGET, Role.INITIAL, Role.INVESTED, Role.PAID)
        for amount in report.stated(role)
    ]
    missing = "实际支出" if not report.stated(Role.PAID) else "预算数"
    return RULE.not_assessable(f"没有读到全项目的{missing}，无法核算执行率。", known[:2], key=(missing,))


def _execution(report: Report) -> Execution | None:
    paid = _first(report, Role.PAID)
    parts = [amount for amount in (_first(report, Role.BUDGET),) if amount]
    if not parts:
        initial, change = _first(report, Role.INITIAL), _first(report, Role.ADJUSTMENT)
        parts = [amount for amount in (initial, change) if amount] if initial else []
        if change is None and any(_CHANGED.search(passage.text) for passage in report.prose):
            parts = []
    if paid is None or not parts:
        return _printed(report)
    figures = [amount.figure for amount in parts]
    whole = total(figure.base for figure in figures)
    budget = sum((figure.amount for figure in figures), Decimal(0))
    if whole.low <= 0 or paid.figure.is_vague or any(figure.is_vague for figure in figures):
        return None
    scale, unit = figures[0].scale, figures[0].unit
    above, below = Term.plain(paid.figure, scale), added(Term.plain(figure, scale) for figure in figures)
    share = paid.figure.amount / budget
    rest = show((budget - paid.figure.amount) / scale)
    return Execution(
        paid.figure.base / whole,
        share,
        (*figures, paid.figure),
        f"（预算 {show(budget / scale)}{unit}，支出 {show(paid.figure.amount / scale)}{unit}，"
        f"未支出 {rest}{unit}）",
        (Equation(above / below, percent=True), Equation(below - above)),
    )


def _first(report: Report, role: Role) -> Amount | None:
    """The first statement for the whole project: the summary before lists of details, tables before
    prose; a prose amount of another year does not count."""
    amounts = [
        amount
        for amount in report.stated(role)
        if amount.table is not None or amount.year in (None, report.fiscal_year) or report.fiscal_year is None
    ]
    for amount in amounts:
        details = amount.table is not None and any(
            other.line.kind is LineKind.DETAIL for other in report.money_tables[amount.table].of(role)
        )
        if not details:
            return amount
    return amounts[0] if amounts else None


def _printed(report: Report) -> Execution | None:
    """The rate as the report prints it, where the amounts are not both stated."""
    figures = [amount.figure for amount in report.stated(Role.EXECUTION_RATE)]
    for passage in report.prose:
        figures.extend(
            figure
            for figure in passage.figures
            if figure.kind is Kind.RATE
            and _RATE.search(passage.text[max(0, figure.start - 14) : figure.start])
        )
    plain = [figure for figure in figures if not figure.is_vague and figure.upper is None]
    if not plain or len({figure.amount for figure in plain}) > 1:
        return None
    figure = plain[0]
    return Execution(figure.base, figure.amount, (figure,), told=f"文中写明执行率 {figure.raw}")


def _score(report: Report) -> tuple[list[Figure | View], str]:
    evidence: list[Figure | View] = []
    words = []
    score = report.total_score
    if score is not None:
        full = _full(report)
        words.append(
            f"自评 {show(score.value)} 分" + (f"（满分 {show(full)} 分）" if full not in (None, 100) else "")
        )
        evidence.append(score)
    if report.grade is not None:
        words.append(f"等次{report.grade.word}")
        evidence.append(report.grade.view)
    return evidence, "，".join(words) if words else "没有写明自评分"


def _full(report: Report) -> Decimal:
    """The printed full score; else the weights of all rows; else 100."""
    printed = full_score(report)
    if printed is not None:
        return printed
    weights = [row.weight.value for row in report.indicators if row.weight and not row.is_bonus]
    whole = sum(weights, Decimal(0))
    complete = bool(weights) and all(row.weight for row in report.indicators)
    score = report.total_score
    return whole if complete and score is not None and score.value <= whole else Decimal(100)


def _is_high(report: Report, settings: Settings) -> bool:
    score = report.total_score
    if score is not None:
        return score.value >= _full(report) * settings.high_score
    return report.grade is not None and rank(report.grade.word) == 0


def _reason(report: Report) -> View | None:
    """The words that say why money was left: the reason cell of the execution row, or a sentence."""
    for row in report.indicators:
        if _is_execution(row) and row.reason and len(row.reason.text) >= 4:
            return row.reason
    for passage in report.passages:
        if (
            passage.filled_by_system
            or len(passage.text) < 10
            or re.search(r"填[表报写]说明|目标", passage.label)
        ):
            continue
        if not _UNSPENT.search(passage.text) or not _REASON.search(passage.text):
            continue
        for sentence in passage.sentences():
            match = _UNSPENT.search(sentence.text)
            if (
                match
                and _REASON.search(sentence.text)
                and not re.match(r"\d?[.、]?[“\"]|填表", sentence.text)
            ):
                return sentence
    return None


def _row(report: Report) -> tuple[Figure, Figure] | None:
    """Weight and score of the execution row, wherever the form keeps it."""
    for row in report.indicators:
        if _is_execution(row) and row.weight is not None and row.score is not None:
            return row.weight, row.score
    for table in report.money_tables:
        weight, score = table.of(Role.WEIGHT, LineKind.TOTAL), table.of(Role.SCORE, LineKind.TOTAL)
        if weight and score:
            return weight[0].figure, score[0].figure
    return None


def _is_execution(row: Indicator) -> bool:
    return row.is_execution or _EXECUTION.search(row.place) is not None


def _deducted(report: Report, spent: Execution) -> bool:
    """Whether the execution row lost at least what the missing share is worth."""
    row = _row(report)
    if row is None:
        return False
    weight, score = row
    earned = Interval.exact(weight.value) * spent.rate
    return not earned.below(Interval.printed(score.value, score.last_place))


def _impact(report: Report, spent: Execution) -> str:
    row = _row(report)
    if row is None or _deducted(report, spent):
        return ""
    weight, score = row
    earned = show(weight.value * spent.share, 2)
    return f"预算执行率一项 {show(weight.value)} 分，按比例应得 {earned} 分，自评 {show(score.value)} 分。"
