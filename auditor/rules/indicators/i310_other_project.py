"""I310 别的项目的指标 (indicator.other-project)

查什么  满意度指标问的是哪一类人（老年人、学生、患者、游客等），而项目名称属于另一领域，除这一行外全文没有一处提到那一类人或那个领域。
        有一处提到就不问；居民、群众、服务对象等哪个项目都有的，不查。
为什么  多半是套用了别的项目的指标表；与项目无关的指标不能得分。
反例
    项目名称：县道路面大修工程
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 大修路面长度 | ≥9公里 | 9.3公里 | 50 | 50
    效益指标 | 社会效益指标 | 车辆通行时间缩短 | ≥12分钟 | 13分钟 | 40 | 40
    满意度指标 | 服务对象满意度指标 | 老年人满意度 | ≥95% | 96% | 10 | 10
    总分 | | | | | 100 | 100
    → 存疑
正例
    项目名称：县道路面大修工程
    一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
    产出指标 | 数量指标 | 大修路面长度 | ≥9公里 | 9.3公里 | 50 | 50
    效益指标 | 社会效益指标 | 车辆通行时间缩短 | ≥12分钟 | 13分钟 | 40 | 40
    满意度指标 | 服务对象满意度指标 | 沿线居民满意度 | ≥95% | 96% | 10 | 10
    总分 | | | | | 100 | 100
    → 无
依据    财预〔2021〕101号：绩效指标应当与项目目标相关
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.sectors import SECTORS, sectors
from auditor.language import word
from auditor.report.model import Indicator, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="I310",
    name="indicator.other-project",
    title="可能是别的项目的指标",
    severity=Severity.MEDIUM,
    basis=("财预〔2021〕101号",),
)

_OTHER_ROWS = 2
"""So many rows must speak of the project before one can be foreign to it."""


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike or not report.project or len(report.indicators) <= _OTHER_ROWS:
        return
    own = sectors(report.project)
    if not own:
        return
    for row in report.indicators:
        asked = sectors(row.name) if word("satisfaction").search(row.name) else frozenset()
        if len(asked) == 1 and not asked & own and not _mentioned(report, row, next(iter(asked))):
            yield _foreign(row, next(iter(asked)), own)


def _mentioned(report: Report, row: Indicator, sector: str) -> bool:
    """Whether anything else in the report speaks of that field."""
    start, end = row.span.start, row.span.end
    others = (one.text for one in report.passages if not start <= one.span.start < end)
    return any(word(sector).search(text) for text in (report.title, report.unit, *others))


def _foreign(row: Indicator, sector: str, own: frozenset[str]) -> Result:
    home = "、".join(SECTORS[name] for name in SECTORS if name in own)
    return RULE.query(
        f"“{row.name}”是{SECTORS[sector]}方面的指标，而本项目是{home}项目，全文没有别处提到{SECTORS[sector]}。",
        [row.name_view, *(figure for figure in (row.score,) if figure is not None)],
        suggestion="核对是否套用了别的项目的指标；与本项目无关的，更换指标，不能计分。",
        key=(row.place, sector),
    )
