"""N411 大小关系与说法不符 (number.order-in-words)

查什么  文字说了谁大谁小的两个数：“其中”的一部分不会大于总数，“最多”“最高”的不会小于同列的，“最少”“最低”的不会大于
        同列的，说居第三位的前面有两个，多年累计的不会小于当年的。只提问。
为什么  这样的两个数不会同时是真的，必有一个写错，或者说的不是同一件事。
反例
    某项目绩效自评报告
    二、完成情况
    新安置1280人，其中女性1350人。
    → 存疑
正例
    某项目绩效自评报告
    二、完成情况
    新安置1280人，其中女性530人。
    → 无
依据    表内关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.ranks import Order, Rank, ranks
from auditor.facts.stated import facts_of
from auditor.figures import Equation, Term
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="N411",
    name="number.order-in-words",
    title="大小关系与说法不符",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)

_SAID = {
    Order.PART: "“{smaller}”说是“{larger}”的一部分，却比它大。",
    Order.MOST: "说最大的是“{larger}”，后面的“{smaller}”却比它大。",
    Order.LEAST: "说最小的是“{smaller}”，后面的“{larger}”却比它小。",
    Order.YEARS: "多年累计的“{larger}”比当年的“{smaller}”还小。",
    Order.PLACE: "照所说的“{words}”，“{larger}”不该比“{smaller}”小。",
}


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for rank in ranks(facts_of(report)):
        if rank.fails:
            yield _asked(rank)


def _asked(rank: Rank) -> Result:
    larger, smaller = rank.larger.figure, rank.smaller.figure
    small, large = Term.plain(smaller, larger.scale), Term.plain(larger)
    return RULE.query(
        _SAID[rank.order].format(larger=rank.larger.told(), smaller=rank.smaller.told(), words=rank.words),
        [larger, smaller],
        relations=(Equation(small, large, "≤", gap=""),),
        suggestion="核对这两个数，更正写错的一个；说的不是同一件事的，请写明。",
        key=(rank.order.value, larger.raw, smaller.raw),
    )
