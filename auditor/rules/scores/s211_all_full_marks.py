"""S211 一个单位的项目全是满分 (score.all-full-marks)

查什么  一起审核的报告中，同一单位三个以上项目的自评是否全是满分。只算项目支出自评，同一项目算一次。
为什么  每个项目都没有一分失分，自评往往没有认真评；请单位说明评分依据。
反例
    某县项目支出绩效自评报告
    项目名称：农村公路养护
    实施单位：和顺县交通局
    自评总分100分。
    某县项目支出绩效自评报告
    项目名称：桥梁检测维修
    实施单位：和顺县交通局
    自评总分100分。
    某县项目支出绩效自评报告
    项目名称：公交候车亭更新
    实施单位：和顺县交通局
    自评总分100分。
    → 存疑
正例
    某县项目支出绩效自评报告
    项目名称：农村公路养护
    实施单位：和顺县交通局
    自评总分100分。
    → 无
依据    财预〔2020〕10号：绩效自评应当真实、客观
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from auditor.document import Span
from auditor.facts.scoring.grades import full_score
from auditor.report.model import FormKind, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="S211",
    name="score.all-full-marks",
    title="本单位的项目自评全是满分",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)

_FEWEST = 3
_NAMED = 6


@frozen
class Extract:
    """What is compared of one report. `score` is where its total stands, None where none was read or it is
    no self-evaluation of a project; `full` whether that is the full score."""

    document: int
    project: str
    unit: str
    score: Span | None
    full: bool


def extract(report: Report) -> Extract:
    total = report.total_score if report.form is FormKind.SELF_EVALUATION else None
    most = full_score(report) or Decimal(100)
    unit = "".join(report.unit.split())
    return Extract(
        id(report.document), report.project, unit, total.span if total else None,
        total is not None and total.value >= most,
    )  # fmt: skip


def check_run(reports: Sequence[Extract], settings: Settings) -> Iterator[tuple[int, Result]]:
    units: dict[str, dict[str, int]] = defaultdict(dict)
    for at, report in enumerate(reports):
        if report.unit and report.project and report.score is not None:
            units[report.unit].setdefault(report.project, at)
    for projects in units.values():
        if len(projects) >= _FEWEST and all(reports[at].full for at in projects.values()):
            yield from _told(reports, projects)


def _told(reports: Sequence[Extract], projects: dict[str, int]) -> Iterator[tuple[int, Result]]:
    """Once a unit: in its first report, with the totals that stand in the same file."""
    first = min(projects.values())
    named = "、".join(f"“{name}”" for name in list(projects)[:_NAMED])
    more = f"等 {len(projects)} 个" if len(projects) > _NAMED else f" {len(projects)} 个"
    here = [reports[at].score for at in projects.values() if reports[at].document == reports[first].document]
    yield (
        first,
        RULE.query(
            f"一起审核的{named}{more}项目自评全是满分。",
            [span for span in here if span is not None],
            suggestion="说明各项目的评分依据；自评没有反映实际情况的，重新评分。",
            key=tuple(sorted(projects)),
        ),
    )
