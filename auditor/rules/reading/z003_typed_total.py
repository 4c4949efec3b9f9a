"""Z003 手工填写的合计 (file.typed-total)

查什么  电子表格里，同一合计行的其他列用公式求和，只有某一列的合计是直接填写的数字。
为什么  手工填写的合计不随明细变化：明细改了，合计还是旧数。数字此刻相符也值得单位看一眼。
正例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 300.00 | 290.00
    设备购置 | 100.00 | 95.00
    运行维护 | 200.00 | 195.00
    → 无
依据    表内合计关系
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Concern
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="Z003",
    name="file.typed-total",
    title="手工填写的合计",
    severity=Severity.LOW,
    basis=("表内合计关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    """One query for each such total."""
    for remark in report.remarks(Concern.TYPED_TOTAL):
        yield RULE.query(
            f"{remark.told}。",
            [remark.span],
            suggestion="核对该合计与各行之和；相符的，改为公式。",
            key=(remark.told,),
        )
