"""N406 单价、数量与总额 (number.unit-times-count)

查什么  同一句里写明了单价（补助标准、每期人数、平均数）、数量和总数的，三者相乘是否对得上。
为什么  总数由单价和数量算出；改了其中一个、没有改另外两个，总数就没有依据。
反例
    二、完成情况
    采购清淤机10台，单价18.5万元，总价195万元。
    → 存疑
反例
    二、完成情况
    举办培训8期1120人次，平均每期160人次。
    → 存疑
正例
    二、完成情况
    补助标准为每公里60万元，36.5公里合计补助2190万元。
    → 无
正例
    二、完成情况
    每人每月补助600元，聘用426人，全年共发放306.72万元。
    → 无
依据    表内关系：总额＝单价×数量
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Span
from auditor.facts.products import Product, products
from auditor.facts.quantities import magnitude
from auditor.facts.told_prices import Priced, in_sentences, told_prices
from auditor.figures import show
from auditor.report.model import Report
from auditor.rules.base import ByOthers, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N406",
    name="number.unit-times-count",
    title="单价、数量与总额不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
    by_others=ByOthers.PRICE,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    passages = in_sentences(report)
    told: set[Span] = set()
    for found in products(passages):
        result = _made(found)
        told.update(result.evidence)
        yield result
    for priced in told_prices(passages):
        if told.isdisjoint(figure.span for figure in priced.figures):
            yield _priced(priced)


def _made(found: Product) -> Result:
    """A price or mean times its numbers against the total of its sentence."""
    whole = found.whole.figure
    relation = found.equation()
    computed = relation.computed
    evidence = [found.one.figure, *found.pieces, *found.months, whole]
    key = (computed.text, whole.raw)
    if found.holds:
        return RULE.consistent(
            f"{computed.text} 与总数 {whole.raw} 相符。", evidence, relations=(relation,), key=key
        )
    made = f"{computed.text} 应为 {show(found.value / whole.scale, 4)}{magnitude(whole)}"
    if found.mean:
        right = found.one.figure.amount * whole.amount / found.value / found.one.figure.scale
        made += f"（按总数，平均应为 {show(right, 2)}{magnitude(found.one.figure)}）"
    return RULE.query(
        f"{made}，文中写 {whole.raw}。", evidence, relations=(relation,),
        suggestion=f"核对{'平均数' if found.mean else '单价'}、数量和总数，更正写错的一个。",
        culprits=(found.one.figure.span if found.mean else whole.span,), key=key,
    )  # fmt: skip


def _priced(found: Priced) -> Result:
    """Several prices with their numbers against the total of their sentence."""
    relation, whole = found.equation(), found.whole
    formula = relation.computed.text
    key = (formula, whole.raw)
    if found.holds:
        return RULE.consistent(
            f"{formula} 与总数 {whole.raw} 相符。", found.figures, relations=(relation,), key=key
        )
    return RULE.query(
        f"{formula} 应为 {show(found.value, 4)}{magnitude(whole)}，文中写 {whole.raw}。", found.figures,
        relations=(relation,), suggestion="核对单价、数量和总数，更正写错的一个。",
        culprits=(whole.span,), key=key,
    )  # fmt: skip
