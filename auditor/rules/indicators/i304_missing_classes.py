"""I304 缺少应有的指标或部分 (indicator.missing-classes)

查什么  报告自己的标题或文字说要报告的内容是否真有：标题是“产出指标完成情况”的一节有没有产出指标；“效益指标（包含经济效益、社会效益……）”列出的各类后文有没有；自评报告有没有存在问题。评分表有产出没有效益的也列出。
为什么  自评须说明各类指标的完成情况和存在问题；缺一类就不能得出结论。
反例
    农贸市场改造项目支出绩效自评报告
    一、项目基本情况
    项目年初预算50万元，实际支出50万元。
    二、绩效指标完成情况
    1.产出指标完成情况。
    (1)社会效益。改造后市民买菜更加方便，市场秩序好转。
    三、存在的问题
    摊位管理制度需要完善。
    → 存疑
正例
    农贸市场改造项目支出绩效自评报告
    一、项目基本情况
    项目年初预算50万元，实际支出50万元。
    二、绩效指标完成情况
    1.产出指标完成情况。
    数量指标：改造摊位60个；质量指标：验收合格；时效指标：按期完工；成本指标：未超预算。
    2.效益指标完成情况。
    社会效益：改造后市民买菜更加方便。
    3.满意度指标完成情况。
    问卷满意度92%。
    三、存在的问题
    摊位管理制度需要完善。
    → 无
依据    财预〔2020〕10号：绩效指标包括产出、效益、满意度；自评应当说明未完成的原因和改进措施
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.announced_classes import (
    announced_in_words,
    empty_headings,
    lacking_in_chapters,
    lacking_in_table,
)
from auditor.report.model import FormKind, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I304",
    name="indicator.missing-classes",
    title="缺少应有的指标类别或部分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号", "报告自己的标题和文字"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if not report.title or report.form not in (FormKind.SELF_EVALUATION, FormKind.TRANSFER):
        return
    told: list[str] = []
    places: list[View] = []
    for text, views in (
        *empty_headings(report),
        *announced_in_words(report),
        *lacking_in_chapters(report),
        *lacking_in_table(report),
    ):
        told.append(text)
        places += views
    if told:
        yield RULE.query(
            f"{'；'.join(told)}。",
            places or ([report.title_view] if report.title_view else []),
            impact="缺少的部分没有完成情况可查，自评结论不完整。",
            suggestion="补报缺少的指标完成情况、存在问题和改进措施。",
            key=tuple(told),
        )
    elif any(row.path for row in report.indicators) or report.sections:
        yield RULE.consistent("报告的标题和文字所列的指标类别都有内容。", [], key=("classes",))
