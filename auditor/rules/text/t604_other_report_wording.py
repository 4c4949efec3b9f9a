"""T604 套用其他报告的文字 (text.other-report)

查什么  项目支出自评报告里是否出现“部门整体支出”“部门收入预算”“部门预决算公开”等部门整体支出自评的文字。
        文件名、通知名称里的不算；只是说明项目列入部门预算的不算。
为什么  这类文字多是从部门整体支出自评报告套用来的，所说的情况不是本项目的情况，不能作为本项目的依据。
反例
    某项目支出绩效自评报告
    一、自评工作情况
    评价小组收集部门整体支出资料，与部门整体支出申报时的绩效目标进行对比，计算得分。
    → 存疑
正例
    某项目支出绩效自评报告
    一、自评工作情况
    按照《县级部门整体支出和项目支出绩效自评管理办法》，对本项目开展自评，项目资金列入部门预算。
    → 无
依据    财预〔2020〕10号：项目支出与部门整体支出分别自评
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.department_wording import department_words
from auditor.report.model import FormKind, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T604",
    name="text.other-report",
    title="套用部门整体支出自评的文字",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form not in (FormKind.SELF_EVALUATION, FormKind.EVALUATION, FormKind.TRANSFER):
        return
    strong, weak = department_words(report)
    if not strong:
        return
    places = sorted(strong + weak, key=lambda view: view.span())
    words = list(dict.fromkeys(view.text for view in places))
    yield RULE.query(
        f"项目自评报告中出现部门整体支出自评的文字，共{len(places)}处："
        f"{'、'.join(f'“{word}”' for word in words[:8])}{'等' if len(words) > 8 else ''}。",
        places,
        severity=Severity.MEDIUM if len(strong) > 1 else Severity.LOW,
        suggestion="删除套用的文字，按本项目的实际情况说明；确指整个部门的，说明与本项目的关系。",
        key=tuple(words),
    )
