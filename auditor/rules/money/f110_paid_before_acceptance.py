"""F110 预付款计入支出与验收前付清 (funds.paid-before-acceptance)

查什么  支出里有没有预付账款、预付款，而全文又写明工程或货物还没有验收、还在试运行、尚未交付；
        没有验收而资金已经全部付清的，同样提问。预付的比例达到三成（设置 prepayment）的，请附合同条款。
为什么  预付的钱还不是完成的工作量，计入支出会抬高执行率；验收前的质量、时效满分也缺少依据。
反例
    2022年度监控设备更新项目绩效自评报告

    全年预算80万元，实际支出80万元，其中预付账款60万元、咨询费20万元。
    设备已安装，等待验收。
    → 存疑
正例
    2022年度监控设备更新项目绩效自评报告

    全年预算80万元，实际支出80万元。
    设备于10月安装完毕，11月通过验收后付款。
    → 无
依据    合同付款条款；按进度和验收结果付款
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.acceptance import clause_of, pending_work, prepayments
from auditor.figures import Equation, Figure, Term, added, show
from auditor.language import word
from auditor.report.model import Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F110",
    name="funds.paid-before-acceptance",
    title="验收前付款或预付款计入支出",
    severity=Severity.MEDIUM,
    basis=("合同付款条款", "按进度和验收结果付款"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    pending = pending_work(report)
    prepaid = prepayments(report)
    paid = _paid(report)
    if prepaid:
        yield from _prepayment(report, settings, prepaid, paid, pending)
    elif pending:
        yield from _paid_up(report, paid, pending)


def _paid(report: Report) -> Figure | None:
    amounts = report.stated(Role.PAID)
    return amounts[0].figure if amounts else None


def _prepayment(
    report: Report, settings: Settings, prepaid: list[Figure], paid: Figure | None, pending: list[View]
) -> Iterator[Result]:
    told = "、".join(f"{show(figure.value)}{figure.unit}" for figure in prepaid)
    amount = sum((figure.amount for figure in prepaid), Decimal(0))
    evidence: list[Figure | View] = [*prepaid, *pending[:3]]
    share = None
    relations: tuple[Equation, ...] = ()
    if paid is not None and paid.amount > 0:
        share = amount / paid.amount
        sums = added(Term.plain(figure, paid.scale) for figure in prepaid)
        relations = (Equation(sums / Term.plain(paid), percent=True),)
        evidence.append(paid)
    high = share is not None and share >= settings.prepayment
    if not pending and not high:
        yield RULE.consistent(
            f"预付款 {told}，没有写明尚未验收。", evidence, relations=relations, key=(told,)
        )
        return
    message = f"支出中有预付款 {told}"
    if share is not None and paid is not None:
        message += f"，占实际支出 {show(paid.value)}{paid.unit}的 {show(share * 100, 2)}%"
    if pending:
        message += f"，而文中写“{clause_of(pending[0])}”"
    yield RULE.query(
        f"{message}。{_full_marks(report, evidence) if pending else ''}", evidence, relations=relations,
        impact="预付款如不应计入支出，执行率会相应降低。",
        suggestion="说明预付款计入支出的依据" + ("，附合同付款条款" if high else "") + "，并补充验收情况。",
        severity=None if pending else Severity.LOW, key=(told,),
    )  # fmt: skip


def _paid_up(report: Report, paid: Figure | None, pending: list[View]) -> Iterator[Result]:
    """Everything paid although the work is not accepted yet."""
    budgets = report.stated(Role.BUDGET)
    if paid is None or not budgets or paid.amount <= 0 or paid.is_vague:
        return
    budget = budgets[0].figure
    evidence: list[Figure | View] = [paid, budget, *pending[:3]]
    if paid.amount != budget.amount:
        return
    yield RULE.query(
        f"预算 {show(budget.value)}{budget.unit}已全部支付（{show(paid.value)}{paid.unit}），"
        f"而文中写“{clause_of(pending[0])}”。{_full_marks(report, evidence)}", evidence,
        relations=(Equation(Term.plain(paid) / Term.plain(budget, paid.scale), percent=True),),
        suggestion="说明验收前付清的合同依据，并补充验收情况。", key=(show(paid.amount),),
    )  # fmt: skip


def _full_marks(report: Report, evidence: list[Figure | View]) -> str:
    """Quality indicators with full marks before acceptance."""
    rows = [row for row in report.indicators if row.full_marks and word("about_quality").search(row.place)]
    if not rows:
        return ""
    evidence.extend(row.score for row in rows[:3] if row.score is not None)
    names = "、".join(f"“{row.name}”" for row in rows[:3])
    return f"验收前质量类指标{names}已得满分，请一并说明依据。"
