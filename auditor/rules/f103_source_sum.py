"""F103 资金来源合计 (funds.source-sum)

查什么  各来源（上级/本级/其他，中央/省/市/县，当年拨款/上年结转/其他）之和与合计是否一致；
        某行的数是否填到了别的行都不用的一列。
为什么  来源和总额对不上，说明至少有一个数填错；填错列会把本级资金报成上级资金。
        “其中”只列一部分来源是允许的，和小于总额时只有同表其他列证明列全了才判不一致。
反例
    项目资金 | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 180.00 | 186.00 | 186.00
    其中：当年财政拨款 | 160.00 | 166.00 | 166.00
    上年结转资金 | 20.00 | 20.00 | 26.00
    其他资金 | 0 | 0 | 0
    → 不一致
正例
    项目资金 | 年初预算数 | 全年预算数 | 全年执行数
    年度资金总额 | 180.00 | 186.00 | 185.99
    其中：当年财政拨款 | 160.00 | 166.00 | 165.99
    上年结转资金 | 20.00 | 20.00 | 20.00
    → 无
依据    表内合计关系
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from auditor.figures import Interval, show, total
from auditor.report.model import Amount, LineKind, MoneyTable, Report, Role
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.funds import added, lines_of
from auditor.rules.settings import Settings
from auditor.rules.slips import likely_slip

RULE = Rule(
    code="F103",
    name="funds.source-sum",
    title="资金来源合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)

_CATCH_ALL = re.compile(r"其[他它]")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for table in report.money_tables:
        pairs = [
            (role, lines_of(table, role, LineKind.SOURCE), table.of(role, LineKind.TOTAL))
            for role in table.roles
            if role.is_money
        ]
        complete = any(
            _sum(lines).meets(totals[0].figure.base) and totals[0].figure.amount
            for _, lines, totals in pairs
            if len(lines) > 1 and len(totals) == 1
        )
        for role, lines, totals in pairs:
            if lines and len(totals) == 1:
                yield from _compare(role, lines, totals[0], complete)
        yield from _wrong_column(table)


def _sum(lines: list[Amount]) -> Interval:
    return total(line.figure.base for line in lines)


def _compare(role: Role, lines: list[Amount], whole: Amount, complete: bool) -> Iterator[Result]:
    figures = [line.figure for line in lines]
    plain = sum(figure.amount for figure in figures) / whole.figure.scale
    printed, unit = whole.figure.digits, whole.figure.unit
    key = (role.value, *(f"{line.line.name}{show(line.figure.value)}" for line in lines), printed)
    evidence = [whole.figure, *figures]
    summed, stated = _sum(lines), whole.figure.base
    apart = [line for line in lines if not line.line.of_which]
    if summed.meets(stated) or (len(apart) < len(lines) and apart and _sum(apart).meets(stated)):
        yield RULE.consistent(
            f"“{whole.label}”各来源之和与合计一致。",
            evidence,
            calculation=f"{added(figures)} = {show(plain)}，合计 {printed}",
            key=key,
        )
        return
    partial = any(line.line.of_which for line in lines)
    exhaustive = not partial or complete or any(_CATCH_ALL.search(line.line.name) for line in lines)
    if summed.below(stated) and not exhaustive:
        yield RULE.not_assessable(
            f"“{whole.label}”的“其中”只列了 {show(plain)}{unit}，合计 {printed}{unit}，不能断定来源列全。",
            evidence,
            key=key,
        )
        return
    listed = "、".join(f"{line.line.name} {line.figure.digits}" for line in lines)
    difference = show(abs(plain - whole.figure.value))
    yield RULE.inconsistent(
        f"“{whole.label}”各来源（{listed}）相加为 {show(plain)}{unit}，合计填 {printed}{unit}，"
        f"相差 {difference}{unit}。{likely_slip(figures, [line.line.name for line in lines], whole.figure)}",
        evidence,
        calculation=f"{added(figures)} = {show(plain)} ≠ {printed} (差 {difference})",
        suggestion="核对各来源的到账和支出数，更正来源或合计。",
        culprits=(whole.span,),
        key=key,
    )


def _wrong_column(table: MoneyTable) -> Iterator[Result]:
    """A value that equals its row's total but stands under a source no other row uses."""
    rows: dict[int | None, list[Amount]] = {}
    for amount in table.amounts:
        if amount.line.kind is LineKind.SOURCE:
            rows.setdefault(amount.row, []).append(amount)
    names = Counter(tuple(sorted(amount.line.name for amount in row)) for row in rows.values())
    if len(names) < 2:
        return
    (usual, count), *_ = names.most_common(1)
    if len(usual) != 1 or count < 3:
        return
    for row in rows.values():
        if len(row) == 1 and row[0].line.name != usual[0] and names[(row[0].line.name,)] == 1:
            amount = row[0]
            value = show(amount.figure.value)
            yield RULE.query(
                f"“{amount.label}”的 {value} 填在“{amount.line.name}”列，其余各行都填在“{usual[0]}”列，疑填错列。",
                [amount.figure],
                suggestion=f"确认后把 {value} 移到“{usual[0]}”列。",
                severity=Severity.LOW,
                culprits=(amount.span,),
                key=(amount.label, amount.line.name, value),
            )
