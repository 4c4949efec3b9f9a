"""F101 资金明细合计 (funds.detail-sum)

查什么  支出明细（或子项目）各行之和与合计行是否一致，逐列核对；提示最可能的笔误，仅作提示。
为什么  合计是拨付和决算的依据；常见笔误是把合计数填进某一行。
反例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 868.57 | 868.57
    咨询费 | 105.37 | 105.37
    设备购置 | 763.20 | 868.57
    → 不一致
正例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 575.2095 | 575.2095
    租赁费 | 151.145 | 151.145
    设备购置 | 424.0645 | 424.0645
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from auditor.facts.detail_lines import Details
from auditor.facts.slips import ODD_ROUNDING, likely_slip
from auditor.figures import Equation, add_up, show, total
from auditor.language import word
from auditor.report.model import Amount, MoneyTable, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F101",
    name="funds.detail-sum",
    title="资金明细合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for table in report.money_tables:
        details = Details(table)
        for column in details.columns:
            lines = [line for place, line in column.lines.items() if place in details.top]
            if lines and not _running(lines, column.whole):
                yield _compare(table, column.role, lines, column.whole, details.certain)


def _running(lines: list[Amount], whole: Amount) -> bool:
    """Whether the column runs on: each line holds all before it, and the total repeats the last."""
    amounts = [line.figure.amount for line in lines]
    rising = all(a <= b for a, b in pairwise(amounts))
    last = len(amounts) >= 3 and rising and amounts[-1] == whole.figure.amount
    if whole.role is Role.BALANCE and all(word("by_period").search(line.line.name) for line in lines):
        return True  # what is left at the end of each month
    return "累计" in whole.label or (last and amounts[0] < amounts[-1])


def _compare(table: MoneyTable, role: Role, lines: list[Amount], whole: Amount, certain: bool) -> Result:
    figures = [line.figure for line in lines]
    names = [line.line.name for line in lines]
    summed = total(figure.base for figure in figures)
    plain = sum(figure.amount for figure in figures) / whole.figure.scale
    printed, unit = whole.figure.digits, whole.figure.unit
    listed = "、".join(f"{name} {figure.digits}" for name, figure in zip(names, figures, strict=True))
    evidence = [whole.figure, *figures]
    key = (role.value, *(show(figure.value) for figure in figures), printed)
    label = whole.label
    relation = Equation.total(figures, whole.figure, named="合计 {}")
    gap = show(abs(plain - whole.figure.value))
    if summed.meets(whole.figure.base) and not add_up(figures, whole.figure):
        return RULE.query(
            f"“{label}”列各行相加为 {show(plain)}{unit}，合计填 {printed}{unit}，相差 {gap}{unit}，{ODD_ROUNDING}",
            evidence, relations=(relation,),
            suggestion="按未取整的数核对各行和合计。", severity=Severity.LOW, culprits=(whole.figure.span,), key=key,
        )  # fmt: skip
    if summed.meets(whole.figure.base):
        return RULE.consistent(
            f"“{label}”各行之和与合计一致。",
            evidence,
            relations=(relation,),
            key=key,
        )
    if not certain:
        return RULE.not_assessable(
            f"“{label}”列有几层明细，看不出哪几行相加等于合计 {printed}{unit}。", evidence, key=key
        )
    if any(figure.doubtful for figure in figures) or table.unread:
        return RULE.not_assessable(
            f"“{label}”列有看不准的数，各行之和未与合计 {printed} 核对。", evidence, key=key
        )
    slip = likely_slip(figures, names, whole.figure)
    culprit = next((figure for figure in figures if figure.amount == whole.figure.amount), None)
    return RULE.inconsistent(
        f"“{label}”列各行（{listed}）相加为 {show(plain)}{unit}，合计填 {printed}{unit}，"
        f"相差 {gap}{unit}。{slip}",
        evidence,
        relations=(relation,),
        impact="影响支出总额和执行率的可信度。",
        suggestion="核对记账凭证，更正填错的一行或合计数。",
        culprits=((culprit if culprit is not None and len(figures) > 1 else whole.figure).span,),
        key=key,
    )
