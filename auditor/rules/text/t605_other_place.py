"""T605 写成别的地方或单位 (text.other-place)

查什么  乡镇、街道或县的报告里，以另一个同级地方的政府、部门、单位作为做事的单位，或把成效写成另一个同级地方的。
        列举各乡镇、学习考察、结对协作、交界毗邻等提到别处的不算。
为什么  别处的名字多半是套用别人的报告时漏改的，所说的情况不是本单位的。
反例
    柳河镇人居环境整治项目支出绩效自评报告
    一、基本情况
    柳河镇人民政府承担本项目。石桥镇人民政府2022年完成整治任务。
    → 存疑
反例
    安和县水务局河道保洁项目支出绩效自评报告
    一、基本情况
    清平县水务局按照方案组织实施，完成了保洁任务。
    → 存疑
正例
    柳河镇人居环境整治项目支出绩效自评报告
    一、基本情况
    柳河镇人民政府承担本项目。组织村干部到石桥镇人民政府学习考察，取长补短。
    → 无
正例
    安和县水务局河道保洁项目支出绩效自评报告
    一、基本情况
    安和县水务局组织柳河镇人民政府、石桥镇人民政府实施，完成了保洁任务。
    → 无
依据    表内关系：报告只说本单位的项目
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.facts.places import Place, foreign, own_places
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T605",
    name="text.other-place",
    title="写成别的地方或单位",
    severity=Severity.MEDIUM,
    basis=("表内关系",),
)


def check(report: Report, settings: Settings) -> Iterator[Result]:
    if report.form.look_alike:
        return
    own = own_places(report)
    if len(own) != 1:
        return  # nobody's, or the report of several
    home = own[0]
    others: dict[str, list[Place]] = {}
    for place in foreign(report, home):
        others.setdefault(place.name, []).append(place)
    if len(others) != 1:
        return  # several others are a list of those that took part
    name, found = next(iter(others.items()))
    yield RULE.query(
        f"本报告是{home.name}的，文中却写到{name}：“{found[0].clause}”。",
        [found[0].view, home.view],
        suggestion="核对是否套用了别处的文字；确有关系的，写明是什么关系。",
        culprits=(found[0].view.span(),),
        key=(home.name, name),
    )
