"""F104 表内公式 (funds.printed-formula)

查什么  表上印出的每个公式，如“(5)=(3)-(4)”“结余数=拨款数-支付数”，逐列代入核算；文字里写出的算式，
        如“490÷500=98%”，按所写的数重算。
为什么  公式是表自己定的口径，代入不符就是填错；算式写在纸上，算错了一看便知。
反例
    投入指标 | 行次 | 合计 | 上级财政资金 | 本级财政资金
    实际到位 | (1) | 602.43 | 400.00 | 202.43
    实际支出 | (2) | 584.36 | 392.20 | 192.16
    资金结余 | (3)=(1)-(2) | 28.07 | 7.80 | 10.27
    → 不一致
反例
    二、资金情况
    预算执行率=490÷500=96%。
    → 不一致
正例
    二、资金情况
    预算执行率=490÷500=98%，得分=10×98%=9.8分。
    → 无
正例
    投入指标 | 行次 | 合计 | 上级财政资金 | 本级财政资金
    实际到位 | (1) | 602.43 | 400.00 | 202.43
    实际支出 | (2) | 584.36 | 392.20 | 192.16
    资金结余 | (3)=(1)-(2) | 18.07 | 7.80 | 10.27
    支出实现率 | (4)=(2)÷(1) | 97% | 98.05% | 94.93%
    → 无
依据    表内公式
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.printed_formulas import Applied, Unknown, applied
from auditor.facts.written_equations import Written, equations
from auditor.figures import Equation, Kind, show
from auditor.report.model import Report
from auditor.rules.base import Evidence, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F104",
    name="funds.printed-formula",
    title="与表内公式不符",
    severity=Severity.HIGH,
    basis=("表内公式",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for one in applied(report):
        yield _unknown(one) if isinstance(one, Unknown) else _applied(one)
    for passage in report.passages:
        for equation in equations(passage):
            yield _written(equation)


def _written(equation: Written) -> Result:
    """A calculation written out with its result."""
    shown = show(equation.value, 4)
    relation = Equation(
        equation.terms,
        equation.result,
        per=equation.per,
        decimals=4,
        gap="",
        holds=equation.holds,
        named="写作 {}",
    )
    evidence, key = [equation.view], (equation.view.text,)
    if equation.holds:
        return RULE.consistent(
            f"算式“{equation.view.text}”算得对。",
            evidence,
            relations=(relation,),
            key=key,
        )
    return (RULE.query if equation.possible else RULE.inconsistent)(
        f"算式“{equation.view.text}”按所写的数应为 {shown}。", evidence,
        relations=(relation,),
        suggestion="核对算式里的各个数和结果，更正写错的一个。",
        severity=Severity.LOW if equation.possible else Severity.MEDIUM,
        culprits=(equation.view.span(),), key=key,
    )  # fmt: skip


def _unknown(one: Unknown) -> Result:
    view = one.formula.view
    return RULE.not_assessable(f"公式“{view.text}”中的“{one.name}”在表内没有找到，未核算。", [view])


def _applied(one: Applied) -> Result:
    """A printed formula, put to the numbers of its rows or names."""
    left, relation, view = one.left, one.relation, one.formula.view
    printed, rate = left.figure.raw, left.figure.kind is Kind.RATE
    unit = "" if rate else left.figure.unit
    where = f"“{one.line}”列" if one.line else ""
    evidence: list[Evidence] = [view, left.figure, *(term.figure for term in one.terms)]
    key = (view.text, one.line, printed, *(show(term.figure.value) for term in one.terms))
    if relation.meets:
        return RULE.consistent(
            f"{where}“{left.label}”与公式“{view.text}”一致。", evidence, relations=(relation,), key=key
        )
    suffix = left.figure.unit if left.figure.unit not in printed else ""
    return RULE.inconsistent(
        f"{where}“{left.label}”按公式“{view.text}”应为 {relation.shown}{'%' * rate}{unit}，填 {printed}{suffix}。",
        evidence,
        relations=(relation,),
        suggestion=f"核对公式各项，更正“{left.label}”。",
        culprits=(left.span,),
        key=key,
    )
