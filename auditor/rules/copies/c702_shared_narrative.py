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

from collections import defaultdict
from collections.abc import Iterator, Sequence

from auditor.document import Span
from auditor.facts.narratives import METHOD, Narrative, Topic, narratives
from auditor.language.shared_text import plain, shared_runs
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="C702",
    name="text.shared-between-reports",
    title="多份报告文字雷同",
    severity=Severity.LOW,
    basis=("财预〔2020〕10号",),
)

_SHORTEST_STOCK = 4
_SHORTEST_RUN = 30
_NAMED = 6
_COMPARED = (Topic.INDICATOR, Topic.RESULT, Topic.PROBLEM)


@frozen
class Extract:
    """What is compared of one report: small, and without the report, so that a run may have many.

    document   the same number for the reports of one document, another for those of others
    narratives label, text and place of each
    """

    document: int
    path: str
    sha256: str
    index: int
    project: str
    unit: str
    narratives: tuple[tuple[str, str, Span], ...]


@frozen
class _Told:
    """A narrative and the report (position in the run) that tells it."""

    report: int
    label: str
    written: str
    text: str
    span: Span


def extract(report: Report) -> Extract:
    document = report.document
    return Extract(
        id(document), document.path, document.sha256, report.index, report.project, report.unit,
        tuple((item.label, item.text, item.view.span()) for item in _items(report)),
    )  # fmt: skip


def check_run(reports: Sequence[Extract], settings: Settings) -> Iterator[tuple[int, Result]]:
    if len(reports) < 2:
        return
    told = [
        _Told(position, label, text, _bare(text), span)
        for position, report in enumerate(reports)
        for label, text, span in report.narratives
    ]
    long: dict[frozenset[int], list[list[_Told]]] = defaultdict(list)
    stock: list[list[_Told]] = []
    for same in _same(told, reports, settings):
        if len(same[0].text) < settings.copied_chars:
            if not any(char.isdigit() for char in same[0].text):
                stock.append(same)
        else:
            long[frozenset(each.report for each in same)].append(same)
    for texts in long.values():
        yield from _results(reports, texts, "文字雷同")
    if stock:
        yield from _results(reports, stock, "套话相同")


def _items(report: Report) -> Iterator[Narrative]:
    seen = set()
    for item in narratives(report):
        method = item.indicator is None and any(word in item.label for word in METHOD)
        if item.topic in _COMPARED and not item.filled_by_system and not method:
            seen.add(item.view.span())
            yield item
    for passages, label in ((report.problems, "存在问题"), (report.measures, "改进措施")):
        for passage in passages:
            if passage.span not in seen:
                yield Narrative(label, passage.view, Topic.PROBLEM)


def _bare(text: str) -> str:
    return plain(text).strip("。；.!、 ")


def _same(told: list[_Told], reports: Sequence[Extract], settings: Settings) -> Iterator[list[_Told]]:
    """Groups of equal narratives of different projects, then pairs that are equal for the most part."""
    by_text: dict[str, list[_Told]] = defaultdict(list)
    for each in told:
        if len(each.text) >= _SHORTEST_STOCK:
            by_text[each.text].append(each)
    whole: set[int] = set()
    for text, group in by_text.items():
        group = _foreign(group, reports, same_unit=len(text) < settings.copied_chars)
        if len(group) > 1:
            whole.update(id(each) for each in group)
            yield group
    rest = [each for each in told if id(each) not in whole and len(each.text) >= _SHORTEST_RUN]
    seen: set[tuple[int, int]] = set()
    for run in shared_runs([each.text for each in rest], max(_SHORTEST_RUN, settings.copied_chars)):
        pair = [rest[run.first], rest[run.second]]
        longest = max(len(each.text) for each in pair)
        if (
            (run.first, run.second) not in seen
            and run.length * 5 >= longest * 4
            and len(_foreign(pair, reports, False)) > 1
        ):
            seen.add((run.first, run.second))
            yield pair


def _foreign(group: list[_Told], reports: Sequence[Extract], same_unit: bool) -> list[_Told]:
    """One narrative per project; stock phrases count only within one file or one unit."""
    chosen: dict[object, _Told] = {}
    first = reports[group[0].report]
    for each in group:
        report = reports[each.report]
        if same_unit and report.document != first.document and (not report.unit or report.unit != first.unit):
            continue
        if report.document != first.document and report.sha256 == first.sha256:
            continue
        chosen.setdefault(report.project or ("report", each.report), each)
    return list(chosen.values())


def _results(reports: Sequence[Extract], texts: list[list[_Told]], what: str) -> Iterator[tuple[int, Result]]:
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


def _line(reports: Sequence[Extract], same: list[_Told], several: bool) -> str:
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
