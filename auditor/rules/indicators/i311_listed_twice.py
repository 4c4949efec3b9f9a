"""I311 同一指标重复列示 (indicator.listed-twice)

查什么  同一张指标表里，名称和年度指标值都相同的指标列了两次，各有分值。分项目、分地点列出的同名指标，指标值不同的同名指标，不算。
为什么  同一件事计了两次分，总分不能反映完成情况；多半是复制一行后没有改。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 30 | 30
    产出指标 | 时效指标 | 工程验收合格率 | 100% | 98% | 30 | 29
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 99
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 东干渠 | 工程验收合格率 | 100% | 100% | 30 | 30
    产出指标 | 西干渠 | 工程验收合格率 | 100% | 98% | 30 | 29
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 99
    → 无
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 30 | 30
    产出指标 | 时效指标 | 验收合格率 | ≥95% | 98% | 30 | 30
    效益指标 | 社会效益指标 | 保护人口 | ≥3000人 | 3150人 | 40 | 40
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2021〕101号：绩效指标应当精简、不重复
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.execution import is_row as is_execution_row
from auditor.facts.scoring.shown import cells, target_text
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I311",
    name="indicator.listed-twice",
    title="同一指标重复列示",
    severity=Severity.LOW,
    basis=("财预〔2021〕101号",),
)

_LEVEL = word("col_level_word")


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    told: dict[tuple[object, ...], list[Indicator]] = {}
    for row in report.indicators:
        if row.weight is not None and row.target is not None and not is_execution_row(row):
            told.setdefault(_what(row), []).append(row)
    for rows in told.values():
        if len(rows) < 2:
            continue
        yield RULE.query(
            f"“{rows[0].name}”（目标 {target_text(rows[0])}）在指标表里列了 {len(rows)} 次，各有分值。",
            [view for row in rows for view in cells(row)],
            suggestion="删去重复的一行并调整分值；确是两项指标的，在名称里写明区别。",
            key=("twice", *(row.place for row in rows)),
        )


def _what(row: Indicator) -> tuple[object, ...]:
    """What tells an indicator from others of its table: its name, its target and the levels that are no customary
    class (a project, a place)."""
    levels = tuple(level.name for level in row.path if _LEVEL.fullmatch(level.name) is None)
    sign, unit = (one.text if one is not None else "" for one in (row.sign, row.unit))
    target = row.target.text if row.target is not None else ""
    return row.table, levels, row.name, sign, target, unit
