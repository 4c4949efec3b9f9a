"""F109 金额单位写错 (funds.unit-slip)

查什么  同一笔钱在两处写的数正好相差一万倍或一亿倍（如“万元”写成“元”、“亿元”写成“万元”）。
        单价写成万元，比总额还大，按元算才与数量、总额相符的，请单位核对。换算正确的（300.00万元与3000000元）记为一致。
为什么  表格按万元、文字按元填报时最容易漏换单位，一处写错，预算、支出和执行率都跟着错。
反例
    2022年度村道硬化项目绩效自评报告

    到位资金268.45万元，其中中央衔接资金180.36万元、县级配套资金88.09万元。
    中央衔接资金180.36元于3月拨付到乡。
    → 不一致
反例
    2022年度护林员补助项目绩效自评报告

    一、资金使用
    全年发放护林员补助432万元，补助标准为每人每月1200万元，在岗护林员300人。
    → 存疑
正例
    2022年度村道硬化项目绩效自评报告

    到位资金268.45万元，其中中央衔接资金180.36万元、县级配套资金88.09万元。
    中央衔接资金1803600元于3月拨付到乡。
    → 无
依据    同一笔金额前后应当一致
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.facts.products import Product, in_yuan
from auditor.facts.unit_slips import Converted, UnitSlip, unit_slips
from auditor.figures import Equation, Figure, Term, show
from auditor.report.model import Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="F109",
    name="funds.unit-slip",
    title="同一金额单位写错",
    severity=Severity.HIGH,
    basis=("同一笔金额前后应当一致",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for one in unit_slips(report):
        yield _slip(one) if isinstance(one, UnitSlip) else _converted(one)
    for found in in_yuan([one for one in report.prose if one.kind is TextKind.PROSE]):
        yield _price(found)


def _price(found: Product) -> Result:
    """A price in 万元 that only makes the total in 元."""
    price, whole = found.one, found.whole.figure
    factors = [price.figure, *(one.figure for one in found.factors)]
    return RULE.query(
        f"“{price.told()}”比总数 {whole.raw}还多，按元算才相符，可能是单位写错。",
        [*factors, whole],
        relations=(found.equation(f"{show(price.figure.value)}元"),),
        suggestion="核对单价的单位，更正写错的一处。",
        culprits=(price.figure.span,),
        key=("单价", price.figure.raw, whole.raw),
    )


def _slip(one: UnitSlip) -> Result:
    first, second = one.first, one.second
    return RULE.by(one.strength)(
        f"{first.told()}与{second.told()}是{'同一笔钱' if one.named else '同样的数字'}，正好相差{one.factor}倍"
        f"{f'，全文另有 {len(one.others)} 处写到' if one.others else ''}，可能是单位写错。",
        [first.figure, second.figure, *(mention.figure for mention in one.others)],
        relations=(Equation(_term(second.figure) / _term(first.figure)),),
        suggestion="核对两处的单位，更正写错的一处。",
        culprits=tuple(mention.figure.span for mention in one.odd),
        key=(show(first.figure.amount), show(second.figure.amount)),
    )


def _converted(one: Converted) -> Result:
    """A tick for an amount that was converted between units as it should be."""
    first, other = one.first, one.other
    return RULE.consistent(
        f"{first.told()}与{other.told()}换算一致。",
        [first.figure, other.figure],
        relations=(Equation(_term(first.figure), _term(other.figure)),),
        key=(show(first.figure.amount), first.figure.unit, other.figure.unit),
    )


def _term(figure: Figure) -> Term:
    return Term.of(figure, Decimal(1), f"{show(figure.amount)}元")
