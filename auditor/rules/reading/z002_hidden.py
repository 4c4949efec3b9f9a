"""Z002 隐藏的内容 (file.hidden)

查什么  文件里打开时看不见的内容：隐藏的工作表、行、列，隐藏文字；连同位置列出。
为什么  隐藏的内容同样是报送的内容：可能是忘了删的底稿、上年数据，也可能是有意遮住的行，合计因此对不上。
        工具把它们读入、列出，请单位确认；合计和比对只算看得见的。只有计入隐藏的内容才相符的，也提出来问。
正例
    <html><body><p>项目绩效自评报告</p><p>项目按计划完成，支出 95.00 万元。</p></body></html>
    → 无
依据    财预〔2020〕10号：绩效自评应当真实、客观
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Concern
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="Z002",
    name="file.hidden",
    title="隐藏的内容",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    """One query for everything that is hidden in the file."""
    remarks = report.remarks(Concern.HIDDEN)
    if remarks:
        yield RULE.query(
            "；".join(remark.told for remark in remarks) + "。",
            [remark.span for remark in remarks],
            suggestion="确认这些内容是否应当报送；不应报送的删除后重报，应当报送的取消隐藏。",
            key=("隐藏", *(remark.told for remark in remarks)),
        )
