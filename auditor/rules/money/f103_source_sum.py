"""F103 资金来源合计 (funds.source-sum)

查什么  各来源（上级/本级/其他，中央/省/市/县，当年拨款/上年结转/其他）之和与合计是否一致；
        某行的数是否填到了别的行都不用的一列。
为什么  来源和总额对不上，说明至少有一个数填错；填错列会把本级资金报成上级资金。
        “其中”只列一部分来源是允许的，和小于总额时只有同表其他列证明列全了才判不一致；
        “其中”里面又有“其中”的，哪几行是一层由各列一起判断。
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

from collections.abc import Iterator

from auditor.facts.slips import ODD_ROUNDING, likely_slip
from auditor.facts.source_sums import Fit, SourceSum, misplaced, source_sums
from auditor.figures import Equation, show
from auditor.report.model import Amount, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F103",
    name="funds.source-sum",
    title="资金来源合计不符",
    severity=Severity.HIGH,
    basis=("表内合计关系",),
    needs_all_rows=True,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for table in report.money_tables:
        yield from map(_summed, source_sums(table))
        for amount, usual in misplaced(table):
            yield _misplaced(amount, usual)


def _summed(one: SourceSum) -> Result:
    whole, label, unit = one.column.whole.figure, one.column.whole.label, one.column.whole.figure.unit
    listed = (f"{line.line.name}{show(line.figure.value)}" for line in one.lines)
    key = (one.column.role.value, *listed, whole.digits)
    match one.fit:
        case Fit.HOLDS:
            rest = "（其余各行是其中数）" if len(one.lines) < len(one.column.lines) else ""
            return RULE.consistent(
                f"“{label}”各来源之和与合计一致{rest}。", [whole, *one.figures],
                relations=(Equation.total(one.figures, whole, named="合计 {}"),), key=key,
            )  # fmt: skip
        case Fit.NESTED:
            return RULE.not_assessable(
                f"“{label}”有几层“其中”，看不出哪几行相加等于合计 {whole.digits}。",
                [whole, *(line.figure for line in one.column.lines)],
                key=key,
            )
        case Fit.PARTIAL:
            return RULE.not_assessable(
                f"“{label}”的“其中”只列了 {show(one.sum)}{unit}，合计 {whole.digits}{unit}，不能断定来源列全。",
                [whole, *one.figures],
                key=key,
            )
    return _differs(one, key)


def _differs(one: SourceSum, key: tuple[str, ...]) -> Result:
    whole, odd, unit = one.column.whole.figure, one.fit is Fit.ODD, one.column.whole.figure.unit
    listed = "、".join(f"{line.line.name} {line.figure.digits}" for line in one.lines)
    hint = ODD_ROUNDING if odd else likely_slip(one.figures, [line.line.name for line in one.lines], whole)
    column = f"“{one.column.whole.label}”"
    parts, name = f"{column}各来源", "合计"
    if one.parent is not None:
        parts, name = f"“{one.parent}”行{column}的其中各行", "本行"
    return RULE.by(one.strength)(
        f"{parts}（{listed}）相加为 {show(one.sum)}{unit}，{name}填 {whole.digits}{unit}，"
        f"相差 {show(abs(one.sum - whole.value))}{unit}。{hint}",
        [whole, *one.figures],
        relations=(Equation.total(one.figures, whole, holds=False),),
        suggestion="核对各来源的到账和支出数，更正来源或合计。",
        culprits=(whole.span,),
        severity=Severity.LOW if odd else None,
        key=key,
    )


def _misplaced(amount: Amount, usual: str) -> Result:
    value = show(amount.figure.value)
    return RULE.query(
        f"“{amount.label}”的 {value} 填在“{amount.line.name}”列，其余各行都填在“{usual}”列，疑填错列。",
        [amount.figure],
        suggestion=f"确认后把 {value} 移到“{usual}”列。",
        severity=Severity.LOW,
        culprits=(amount.span,),
        key=(amount.label, amount.line.name, value),
    )
