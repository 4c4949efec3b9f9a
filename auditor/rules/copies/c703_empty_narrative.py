"""C703 空泛说明得高分 (text.empty)

查什么  得分达到分值八成以上（near_full）的指标，说明文字是否没有数据、没有事实、几乎没有内容（不超过12个汉字，
        如“满意。”“可发挥作用”）。完成值栏只写一句空泛的话、又不是评定等级用语的，同样列出。
        另查“指标分析”中只把指标名称罗列一遍、没有任何分析的段落。
为什么  自评得分要有依据；没有数据和事实的说明，复核时无从核对，满意度没有调查数据的尤其如此。
反例
    三级指标 | 分值 | 得分 | 自评情况说明
    服务对象满意度 | 6 | 5 | 满意。
    可持续影响 | 6 | 6 | 可发挥作用
    数量 | 5 | 5 | 安装路灯86盏，全部点亮。
    合计 | 17 | 16 |
    → 存疑
反例
    一、评分表
    | 三级指标 | 分值 | 得分 |
    | 目标合理性 | 5 | 5 |
    | 编制科学性 | 5 | 5 |
    | 分配合理性 | 5 | 5 |
    | 合计 | 15 | 15 |
    二、指标分析
    项目经集体研究后实施，目标合理性，编制科学性，分配合理性
    → 存疑
正例
    三级指标 | 分值 | 得分 | 自评情况说明
    服务对象满意度 | 6 | 5 | 发放问卷200份，满意184份，满意度92%。
    数量 | 5 | 5 | 安装路灯86盏。
    合计 | 11 | 10 |
    → 无
依据    财预〔2020〕10号：自评结果应当有数据和事实支撑
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.document import View
from auditor.facts.empty_words import empty_text, names_only
from auditor.figures import show
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="C703",
    name="text.empty",
    title="高分指标说明空泛",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    scored = [indicator for indicator in report.indicators if _near_full(indicator, settings)]
    empty = [(indicator, view) for indicator in scored if (view := empty_text(report, indicator)) is not None]
    if empty:
        yield _result(empty, settings)
    yield from _listed_names(report)
    told = [indicator for indicator in scored if indicator.narrative]
    if told and not empty:
        yield RULE.consistent(
            f"{len(told)}项高分指标的说明均有具体内容。",
            [indicator.narrative for indicator in told[:3] if indicator.narrative],
            key=("told",),
        )


def _near_full(indicator: Indicator, settings: Settings) -> bool:
    weight, score = indicator.weight, indicator.score
    if (
        weight is None
        or score is None
        or weight.value <= 0
        or indicator.is_execution
        or indicator.shares_score
    ):
        return False
    return score.value >= weight.value * settings.near_full


def _result(empty: list[tuple[Indicator, View]], settings: Settings) -> Result:
    told = "、".join(
        f"“{indicator.name}”{show(indicator.score.value)}/{show(indicator.weight.value)}分“{view.text}”"
        for indicator, view in empty
        if indicator.score and indicator.weight
    )
    points = sum((indicator.score.value for indicator, _ in empty if indicator.score), Decimal(0))
    satisfied = any("满意" in indicator.place for indicator, _ in empty)
    evidence = [
        part for indicator, view in empty for part in (indicator.name_view, view, indicator.score) if part
    ]
    return RULE.query(
        f"{len(empty)}项指标得分在分值的{show(settings.near_full * 100)}%以上，说明没有数据和事实：{told}。",
        evidence,
        severity=Severity.MEDIUM if satisfied else Severity.LOW,
        impact=f"涉及得分{show(points)}分。",
        suggestion="补充能够核对的数据和事实"
        + ("；满意度须附调查的对象、份数和结果。" if satisfied else "。"),
        key=tuple(indicator.name for indicator, _ in empty),
    )


def _listed_names(report: Report) -> Iterator[Result]:
    """ "…，立项依据充分性，立项程序规范性，绩效目标合理性": names instead of an analysis."""
    names = {indicator.name for indicator in report.indicators if len(indicator.name) >= 4}
    if len(names) < 3:
        return
    places = [found for passage in report.passages if (found := names_only(passage, names)) is not None]
    if places:
        yield RULE.query(
            f"指标分析只罗列指标名称，没有分析，共{len(places)}处："
            + "；".join(f"{count}个指标名“{_short(view.text)}”" for view, count in places)
            + "。",
            [view for view, _ in places],
            severity=Severity.MEDIUM,
            suggestion="逐项说明各指标完成了什么、依据是什么。",
            key=("names", *(view.text for view, _ in places)),
        )


def _short(text: str) -> str:
    return text if len(text) <= 50 else text[:48] + "……"
