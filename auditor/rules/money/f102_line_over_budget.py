"""F102 明细超本行预算 (funds.line-over-budget)

查什么  每一行支出明细的实际支出是否超过本行预算；支出与本行预算相差是否过大。
为什么  行内超支须有调剂手续；两列填串、把合计数填进某一行时也先在这里露出来。
反例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 300.00 | 300.00
    设备购置 | 100.00 | 120.00
    运行维护 | 200.00 | 180.00
    → 存疑
正例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 300.00 | 290.00
    设备购置 | 100.00 | 95.00
    运行维护 | 200.00 | 195.00
    → 无
依据    表内关系；《预算法》第六十三条各部门预算支出按批复科目执行
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.source_sums import Fit, source_sums
from auditor.figures import Equation, Term, show, total
from auditor.report.model import Amount, LineKind, MoneyTable, Report, Role
from auditor.rules.base import Evidence, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F102",
    name="funds.line-over-budget",
    title="明细行支出超过本行预算",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for table in report.money_tables:
        for budget, paid in _pairs(table, LineKind.DETAIL):
            yield _compare(budget, paid, settings)
        # A source that is all of the money says what its total says: F112 asks about that.
        whole = {(a.figure.amount, b.figure.amount) for a, b in _pairs(table, LineKind.TOTAL)}
        for budget, paid in _pairs(table, LineKind.SOURCE) if _paid_adds_up(report, table) else ():
            if (budget.figure.amount, paid.figure.amount) in whole:
                continue
            if budget.figure.amount and budget.figure.base.below(paid.figure.base):
                yield _compare(budget, paid, settings)


def _paid_adds_up(report: Report, table: MoneyTable) -> bool:
    """Whether what the sources paid is the printed total: a line too high is a slip of its own otherwise."""
    if table.of(Role.PAID, LineKind.TOTAL):
        return any(one.fit is Fit.HOLDS and one.column.role is Role.PAID for one in source_sums(table))
    parts = [amount.figure.base for amount in table.of(Role.PAID, LineKind.SOURCE)]
    return any(total(parts).meets(whole.figure.base) for whole in report.stated(Role.PAID))


def _pairs(table: MoneyTable, kind: LineKind) -> Iterator[tuple[Amount, Amount]]:
    paid_of = {amount.line: amount for amount in table.of(Role.PAID, kind)}
    for budget in table.of(Role.BUDGET, kind):
        if budget.line in paid_of:
            yield budget, paid_of[budget.line]


def _compare(budget: Amount, paid: Amount, settings: Settings) -> Result:
    name, unit = budget.line.name, budget.figure.unit
    planned, spent = budget.figure.digits, paid.figure.digits
    went, limit = Term.of(paid.figure), Term.of(budget.figure, paid.figure.scale, budget.figure.digits)
    difference = budget.figure.amount - paid.figure.amount
    evidence: list[Evidence] = [budget.figure, paid.figure]
    if budget.line.view is not None:
        evidence.insert(0, budget.line.view)
    key = (name, planned, spent)
    if budget.figure.base.below(paid.figure.base):
        return RULE.query(
            f"“{name}”实际支出 {spent}{unit}，超过本行预算 {planned}{unit}。",
            evidence,
            relations=(Equation(went - limit, Term.exact(0), "≤", gap=""),),
            suggestion="核对本行两个数；确属超支的，说明调剂依据并附手续。",
            culprits=(paid.span,),
            key=key,
        )
    if budget.figure.amount and difference > budget.figure.amount * settings.line_deviation:
        share = show(paid.figure.amount / budget.figure.amount * 100, 2)
        return RULE.query(
            f"“{name}”预算 {planned}{unit}，实际支出 {spent}{unit}，只用了 {share}%。",
            evidence,
            relations=(Equation(went / limit, percent=True),),
            suggestion="说明本行支出明显低于预算的原因。",
            severity=Severity.LOW,
            key=key,
        )
    return RULE.consistent(
        f"“{name}”支出未超本行预算。", evidence, relations=(Equation(went, limit, "≤"),), key=key
    )
