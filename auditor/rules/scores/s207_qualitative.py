"""S207 定性指标得分 (score.qualitative)

查什么  定性指标填的等级（达成预期指标、部分达成、未达成，或表内规定的好、较好、一般……）与得分占分值的比例是否在该等级的幅度之内。
为什么  等级和得分是同一个判断的两种写法，不能一个降档、一个满分。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 组织演练次数 | ≥4次 | 4次 | 80 | 80 |
    效益指标 | 可持续影响指标 | 联动处置机制 | 健全 | 部分达成预期指标并具有一定效果 | 20 | 20 | 两个乡镇尚未签订协议
    总分 | | | | | 100 | 100 |
    → 不一致
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
    产出指标 | 数量指标 | 组织演练次数 | ≥4次 | 4次 | 80 | 80 |
    效益指标 | 可持续影响指标 | 联动处置机制 | 健全 | 部分达成预期指标并具有一定效果 | 20 | 14 | 两个乡镇尚未签订协议
    总分 | | | | | 100 | 94 |
    → 无
依据    表内等级说明；财预〔2020〕10号：达成预期 100%–80%（含）、部分达成 80%–60%（含）、未达成 60%–0%（湖北为 80%–50%、50%–0%，两种都允许）
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.document import View
from auditor.facts.scoring import impact
from auditor.facts.scoring.marks import as_printed, assigned
from auditor.facts.scoring.ratings import Rating, rating
from auditor.figures import Equation, Figure, Interval, mark, show
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S207",
    name="score.qualitative",
    title="定性指标得分与等级不符",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号", "表内等级说明"),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    for row in report.indicators:
        if row.weight is None or row.score is None or row.shares_score or row.weight.value <= 0:
            continue
        stated = rating(report, row)
        if stated is not None and row.score.value <= row.weight.value:
            yield _judge(report, settings, row, row.weight, row.score, stated)


def _judge(
    report: Report, settings: Settings, row: Indicator, weight: Figure, score: Figure, stated: Rating
) -> Result:
    low, high = weight.value * stated.low, weight.value * stated.high
    band = _from_to(f"{show(stated.low * 100)}%", f"{show(stated.high * 100)}%")
    evidence: list[View | Figure] = [row.name_view, weight, score]
    evidence += [view for view in (row.actual, stated.declared) if view is not None]
    key = (row.place, stated.word, show(weight.value), show(score.value))
    share = show(score.value / weight.value * 100, 2)
    if mark(score, score.last_place).meets(Interval(low, high)):
        return RULE.consistent(
            f"“{row.name}”填“{stated.word}”，得分 {show(score.value)} 在该等级幅度（{band}）之内。",
            evidence,
            relations=(Equation(assigned(score) / assigned(weight), percent=True),),
            key=key,
        )
    basis = "表内等级说明" if stated.declared is not None else "各地通行的等级幅度"
    near = high if score.value > high else low
    return RULE.inconsistent(
        f"“{row.name}”填“{stated.word}”，按{basis}得分应为分值 {show(weight.value)} 的 {band}"
        f"（{_from_to(show(low), show(high))}），填报 {as_printed(score)}（{share}%）。",
        evidence,
        relations=(Equation(assigned(score) / assigned(weight), percent=True, note=f"，不在 {band} 之内"),),
        impact=impact.of_score(report, settings.scale, score.value, near),
        suggestion="使等级与得分一致：更正得分，或更正等级并附依据。",
        culprits=(score.span,),
        key=key,
    )


def _from_to(low: str, high: str) -> str:
    return low if low == high else f"{low}–{high}"
