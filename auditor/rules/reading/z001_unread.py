"""Z001 未能读入 (reading.unread)

查什么  表格和文字里认不出归属的数字、对不齐的行列，没有读入的页和部分，逐处列出并说明原因。像表格而没有读懂的一段，
        单列一条，结论第一行也写明，退出码为 1。
为什么  没有读懂的内容既不能算核对一致，也不能算差错；写明白了，审核人才知道哪里要自己看。
正例
    支出明细 | 项目预算支出 | 项目资金实际支出
    合计 | 300.00 | 290.00
    设备购置 | 100.00 | 95.00
    运行维护 | 200.00 | 195.00
    → 无
依据    审核记录须写明未核验事项
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import Concern, Span
from auditor.facts.unread import unread_forms
from auditor.report.model import Report
from auditor.rules.base import Addressee, Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="Z001",
    name="reading.unread",
    title="未能读入",
    severity=Severity.LOW,
    basis=("审核记录须写明未核验事项",),
    asks=Addressee.AUDITOR,
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    """One result per reason, with every place it holds for."""
    places: dict[str, list[Span]] = {}
    for remark in report.remarks(Concern.NOT_READ):
        places.setdefault(remark.told, []).append(remark.span)
    for span, reason in report.unread:
        places.setdefault(reason, []).append(span)
    for table in report.money_tables:
        for figure, reason in table.unread:
            places.setdefault(reason, []).append(figure.span)
    for form in unread_forms(report):
        count = len(form.figures)
        yield RULE.not_assessable(
            f"这里像是一张表，没有读懂，其中 {count} 个数没有归属、未能核验（{form.reason}）。",
            form.lines, title="表格没有读懂", key=("表格", *(figure.raw for figure in form.figures[:8])),
            suggestion="对照原件人工核对；最好向单位要表格文件（docx、xlsx）再审。",
        )  # fmt: skip
    if report.unread_rules:
        told = "；".join(f"“{sentence.text.strip()}”" for sentence in report.unread_rules[:3])
        yield RULE.not_assessable(
            f"表内有 {len(report.unread_rules)} 句评分办法没有读懂：{told}。有关的得分只提问，不作结论。",
            report.unread_rules, title="评分办法没有读懂", key=("评分办法", told),
            suggestion="按表内评分办法人工核对有关得分。",
        )  # fmt: skip
    for reason, spans in places.items():
        count = len(set(spans))
        told = f"{reason.rstrip('。')}（共 {count} 处）。" if count > 1 else f"{reason.rstrip('。')}。"
        yield RULE.not_assessable(
            told, spans, suggestion="对照原件人工核对；表格错位的，重新导出后再审。", key=(reason,)
        )
