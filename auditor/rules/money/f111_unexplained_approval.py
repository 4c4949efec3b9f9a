"""F111 批准数与预算数不同、没有写明支出 (funds.unexplained-approval)

查什么  会议、批复安排的金额与预算数不同的，同一句或下一句有没有说明；全文有没有写明实际支出多少。
为什么  批准多少、预算多少、花了多少，是评价资金的三个起点，缺一个或者对不上就无法核算。
反例
    2022年度灌渠整修项目绩效自评报告

    项目经县政府常务会议批准，统筹安排资金560.00万元。全年预算260.00万元，实际支出255.00万元。
    → 存疑
反例
    2022年度灌渠整修项目绩效自评报告

    全年预算260.00万元，资金及时足额到位。
    → 存疑
正例
    2022年度灌渠整修项目绩效自评报告

    项目经县政府常务会议批准，统筹安排资金560.00万元，其中本年安排260.00万元。
    全年预算260.00万元，实际支出255.00万元。
    → 无
依据    财预〔2020〕10号：自评应反映预算安排和执行情况
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.approvals import Approval, approvals
from auditor.facts.spending_untold import Untold, spending_untold
from auditor.figures import Equation, Term, show
from auditor.report.model import FormKind, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F111",
    name="funds.unexplained-approval",
    title="批准数与预算数不同或没有写明支出",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)

_FORMS = (FormKind.SELF_EVALUATION, FormKind.DEPARTMENT, FormKind.TRANSFER)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike and report.form is not FormKind.EVALUATION:
        return
    yield from map(_approved, approvals(report))
    if report.form in _FORMS and report.title and (untold := spending_untold(report)):
        yield _never_spent(untold)


def _approved(one: Approval) -> Result:
    figure, line = one.approved.figure, one.budget.figure
    told = f"批准安排 {show(figure.value)}{figure.unit}，预算 {show(line.value)}{line.unit}"
    evidence, key = [figure, line], (show(figure.amount), show(line.amount))
    approved, budget = Term.plain(figure), Term.plain(line, figure.scale)
    if one.holds:
        return RULE.consistent(f"{told}，一致。", evidence, relations=(Equation(approved, budget),), key=key)
    gap = show(abs(one.difference) / figure.scale)
    return RULE.query(
        f"{told}，批准数比预算数{'多' if one.difference > 0 else '少'} {gap}{figure.unit}，前后没有说明。", evidence,
        relations=(Equation(approved - budget),),
        suggestion="说明差额的去向（分年安排、其他项目或调减），并附批复文件。", key=key,
    )  # fmt: skip


def _never_spent(untold: Untold) -> Result:
    stated = "、".join(f"{amount.role.value} {amount.figure.raw}" for amount in untold.known)
    return RULE.query(
        f"全文没有写明实际支出多少{f'，只写了{stated}' if stated else ''}，也没有执行率，资金执行情况无法核算。",
        untold.evidence, suggestion="补充实际支出数、执行率和结余情况，并附支付明细。", key=("never spent",),
        title="没有写明实际支出",
    )  # fmt: skip
