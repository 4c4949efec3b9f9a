"""C702 多份报告文字雷同 (text.shared-between-reports)

查什么  同一批报告中，不同项目的完成情况、效益、指标说明、问题和措施是否写成同样的文字，按报告和指标列出。
        整段相同，或者30字以上、八成以上相同的才算。单位概况、系统带入的文字、项目目标和概况、填表说明不比对；
        短的套话（如“资金到位及时”）合并成一条列出。同一项目的多份材料之间不比对。
为什么  不同项目的效益和问题不会逐字相同；照搬的说明不能证明本项目的绩效。
反例
    某县项目支出绩效自评报告
    项目名称：农村公路养护
    一、绩效完成情况
    全年组织巡查队伍逐段排查隐患，处置及时，沿线群众出行更加安全顺畅，社会反响良好，各项任务按期完成，没有发生责任事故。
    二、资金使用情况
    养护资金由县财政安排，年初列入交通部门预算，全部用于路面修补、边沟清理和安全标志更新，按季度考核后支付，没有挤占挪用。
    三、组织实施情况
    由县公路中心牵头，乡镇配合，按路段划分责任，每月检查一次，检查结果与养护费挂钩，年底统一组织验收。
    某县项目支出绩效自评报告
    项目名称：水库除险加固
    一、绩效完成情况
    全年组织巡查队伍逐段排查隐患，处置及时，沿线群众出行更加安全顺畅，社会反响良好，各项任务按期完成，没有发生责任事故。
    二、资金使用情况
    加固资金由省级补助安排，分两批下达，全部用于坝体灌浆和溢洪道改造，按监理签认的工程量支付，余款待决算后付清。
    三、组织实施情况
    由县水利局组建项目法人，公开招标确定施工和监理单位，汛前完成主体工程，汛期专人值守，年底移交管理所。
    → 存疑
正例
    某县项目支出绩效自评报告
    一、绩效完成情况
    全年养护公路四百六十公里，修补破损路面两万六千平方米，路况优良率比上年提高两个百分点。
    → 无
依据    财预〔2020〕10号：绩效自评应当真实、客观，一项一评
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from auditor.facts.shared_text_of_reports import Extract, Told, shared
from auditor.facts.shared_text_of_reports import extract as extract  # what the catalogue keeps of a report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="C702",
    name="text.shared-between-reports",
    title="多份报告文字雷同",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)

_NAMED = 6


def check_run(reports: Sequence[Extract], settings: Settings) -> Iterator[tuple[int, Result]]:
    if len(reports) < 2:
        return
    found = shared(reports, settings.copied_chars)
    for texts in found.texts:
        yield from _results(reports, texts, "文字雷同")
    if found.stock:
        yield from _results(reports, found.stock, "套话相同")


def _results(reports: Sequence[Extract], texts: list[list[Told]], what: str) -> Iterator[tuple[int, Result]]:
    """One result in each file concerned, at its first report; its evidence is of that file alone."""
    documents: dict[int, int] = {}
    for each in sorted((each for same in texts for each in same), key=lambda each: each.report):
        documents.setdefault(reports[each.report].document, each.report)
    several = len(documents) > 1
    lines = [_line(reports, same, several) for same in texts]
    shown = "；".join(lines[:8]) + (f"；另有{len(lines) - 8}处" if len(lines) > 8 else "")
    for document, position in documents.items():
        evidence = [each.span for same in texts for each in same if reports[each.report].document == document]
        yield (
            position,
            RULE.query(
                f"不同项目的报告{what}：{shown}。",
                evidence,
                severity=Severity.LOW,
                suggestion="按各项目的实际情况分别说明。",
                key=(what, *sorted(same[0].text for same in texts)),
            ),
        )


def _line(reports: Sequence[Extract], same: list[Told], several: bool) -> str:
    text = same[0].written
    quote = text if len(text) <= 40 else f"{text[:24]}……{text[-10:]}"
    labels = list(dict.fromkeys(each.label for each in same))
    where = "、".join(_reports(reports, [each.report for each in same], several))
    return f"{'、'.join(labels)}“{quote}”（{len(same[0].text)}字）见于{where}报告"


def _reports(reports: Sequence[Extract], at: list[int], several: bool) -> Iterator[str]:
    """By number within one file; over several files by project, as units know them, not by file."""
    if not several:
        yield f"第{'、'.join(str(reports[one].index) for one in at[:12])}份"
        return
    for one in at[:_NAMED]:
        report = reports[one]
        file = report.path.replace("\\", "/").rpartition("/")[2]
        yield f"“{report.project}”" if report.project else f"{file}第{report.index}份"
    if len(at) > _NAMED:
        yield f"等{len(at)}份"
