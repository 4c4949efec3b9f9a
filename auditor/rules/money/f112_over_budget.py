"""F112 支出超过预算 (funds.over-budget)

查什么  全项目的实际支出是否超过预算（按调整后的预算数）。文中写明追加、结转、自筹等资金来源的，或者到位资金够支出的，不提问。
为什么  各部门应当按批复的预算支出；支出多于预算而没有交代，不是有资金来源没有写，就是有一个数（或单位）写错了。
反例
    2022年度水渠维修项目绩效自评报告

    全年预算46.8万元，实际支出72.3万元。
    → 存疑
正例
    2022年度水渠维修项目绩效自评报告

    全年预算46.8万元，年中追加25.5万元，实际支出72.3万元。
    → 无
依据    《预算法》第十三条：各级政府、各部门、各单位的支出必须以经批准的预算为依据，未列入预算的不得支出
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.slip import Pattern, between
from auditor.facts.spending import Execution, execution_of
from auditor.figures import Equation, Interval, Term, added, show
from auditor.language import word
from auditor.report.model import FormKind, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F112",
    name="funds.over-budget",
    title="支出超过预算",
    severity=Severity.HIGH,
    basis=("《预算法》",),
)

_ARRIVED = (Role.RECEIVED, Role.CARRIED)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    spent = execution_of(report)
    if spent is None or not spent.one_place or not Interval.exact(1).below(spent.rate):
        return
    if _paid_by_other_money(report, spent):
        return
    *budget, paid = spent.evidence
    whole = sum((figure.amount for figure in budget), Decimal(0))
    scale, unit = paid.scale, paid.unit
    over = Equation(Term.plain(paid) - added(Term.plain(figure, scale) for figure in budget))
    slip = between(paid.amount, whole)
    hint = "（两个数正好差一万倍，疑有一处单位写错。）" if slip is Pattern.UNIT else ""
    percent = f"{show(spent.share * 100, 2)}%"
    yield RULE.query(
        f"实际支出 {show(paid.value)}{unit}，超过预算 {show(whole / scale)}{unit}，"
        f"多 {show((paid.amount - whole) / scale)}{unit}（执行率 {percent}），全文没有说明超出部分的资金来源。{hint}",
        spent.evidence, relations=(spent.relations[0], over),
        suggestion="核对预算数、支出数和单位；确属超预算支出的，说明资金来源和批准手续。", key=(percent,),
    )  # fmt: skip


def _paid_by_other_money(report: Report, spent: Execution) -> bool:
    """Whether money that arrived covers what was spent, or the text tells of money besides the budget."""
    paid = spent.evidence[-1]
    if any(not amount.figure.base.below(paid.base) for role in _ARRIVED for amount in report.stated(role)):
        return True
    told = [one.text for one in report.prose if not one.filled_by_system]
    told += [row.reason.text for row in report.indicators if row.reason is not None]
    return any(word("other_money").search(one) for one in told)
