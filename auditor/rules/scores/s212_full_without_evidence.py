"""S212 写明没有依据仍得满分 (score.full-without-evidence)

查什么  报告自己写明尚未验收、没有做满意度调查或没有佐证材料，有关指标仍得满分：尚未验收的，看验收、合格一类的指标；没有做调查的，
        看满意度指标；没有佐证的，看写在这句话所在的一行。只有部分没有的，不提；已付清或有预付款的，验收归 F110。
为什么  没有验收、没有调查、没有佐证，完成值无从核对，满分没有依据。
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 工程验收合格率 | 100% | 100% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    渠道衬砌于十二月完成，工程尚未组织竣工验收。
    → 存疑
反例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 渠道完好率 | ≥95% | 96% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    因人手紧张，本年度没有开展满意度调查。
    → 存疑
正例
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 质量指标 | 渠道完好率 | ≥95% | 96% | 60 | 60
    满意度指标 | 服务对象满意度指标 | 灌区农户满意度 | ≥90% | 93% | 40 | 40
    总分 | | | | | 100 | 100
    三、其他说明
    向农户发放问卷一百二十份，满意度调查结果已存档。
    → 无
依据    财预〔2020〕10号：自评结果应当有依据
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.scoring.problems import marks_of
from auditor.facts.scoring.unproven import Unproven, unproven
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="S212",
    name="score.full-without-evidence",
    title="写明没有依据仍得满分",
    severity=Severity.MEDIUM,
    basis=("财预〔2020〕10号",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    yield from map(_told, unproven(report))


def _told(found: Unproven) -> Result:
    named = "、".join(f"“{row.name}”{marks_of(row)}" for row in found.rows)
    return RULE.query(
        f"报告写明“{found.said}”，而{named}，得满分。",
        [found.where, *(row.name_view for row in found.rows), *found.points],
        impact="有关得分没有依据。",
        suggestion=found.request,
        culprits=tuple(figure.span for figure in found.points[:1]),
        key=(found.said, *(row.place for row in found.rows)),
    )
