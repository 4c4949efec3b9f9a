"""R501 文件与文号 (reference.document-numbers)

查什么  同一文件名在报告里是否带了两个不同的文号；文号的写法是否规范（六角括号、四位年份、序号不编虚位）。
为什么  文号是核对依据的唯一线索；同一文件两个文号，至少一处抄错。
反例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发〔2022〕15号），编制实施方案。
    二、资金管理
    按照《关于加强村级公共服务站点建设工作的通知》（清民办〔2022〕15号）落实补助。
    → 不一致
反例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发[2022]15号），编制实施方案。
    → 存疑
反例
    一、立项依据
    根据清民发〔2022〕15号《村级公共服务站点管理办法》编制方案，按《村级公共服务站点管理办法》（清民发〔2021〕15号）验收。
    → 不一致
正例
    一、立项依据
    根据《关于开展站点年度考核的通知》（清民发〔2021〕33号）、《关于开展站点年度考核工作的通知》（清民发〔2022〕30号）组织考核。
    → 无
正例
    一、立项依据
    根据《关于加强村级公共服务站点建设工作的通知》（清民发〔2022〕15号）和《村级公共服务站点管理办法》（清民发〔2022〕16号），编制实施方案。
    → 无
依据    表内关系；《党政机关公文格式》GB/T 9704-2012
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from auditor.document import View
from auditor.facts.document_numbers import (
    Reference,
    malformed_in,
    may_be_two,
    number_first,
    one_agency,
    references_in,
    times_used,
)
from auditor.report.model import Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="R501",
    name="reference.document-numbers",
    title="文件名与文号不一致",
    severity=Severity.MEDIUM,
    basis=("表内关系", "GB/T 9704-2012"),
)


_SHOWN = 30  # places that one result shows


def check(report: Report, settings: Settings) -> Iterator[Result]:
    passages = [passage.view for passage in report.passages if "号" in passage.text]
    references = [reference for view in passages for reference in (*references_in(view), *number_first(view))]
    groups: dict[str, list[Reference]] = {}
    for reference in references:
        groups.setdefault(reference.title, []).append(reference)
    for title, group in groups.items():
        if len(group) > 1:
            yield _compare(title, one_agency(group), passages)
    malformed = [place for view in passages for place in malformed_in(view)]
    if malformed:
        yield _written_wrong(malformed)


def _compare(title: str, group: list[Reference], passages: list[View]) -> Result:
    numbers = list(dict.fromkeys(reference.number for reference in group))
    evidence = [item for reference in group[:_SHOWN] for item in (reference.title_view, reference.view)]
    if len(numbers) == 1:
        return RULE.consistent(f"《{title}》各处文号都是 {numbers[0]}。", evidence, key=(title, numbers[0]))
    uses = Counter({number: times_used(number, passages) for number in numbers})
    told = "、".join(f"{number}（{uses[number]} 处）" for number in numbers)
    verdict = RULE.query if may_be_two(title, group) else RULE.inconsistent
    return verdict(
        f"同一文件《{title}》写了 {len(numbers)} 个文号：{told}。",
        evidence,
        calculation=" ≠ ".join(numbers),
        suggestion="对照原文核对文号，统一写法。",
        key=(title, *numbers),
    )


def _written_wrong(places: list[tuple[View, str]]) -> Result:
    told = "；".join(f"“{view.text}”{fault}" for view, fault in places[:_SHOWN])
    return RULE.query(
        f"{len(places)} 处文号写法不规范：{told}。",
        [view for view, _ in places[:_SHOWN]],
        suggestion="按“机关代字〔年份〕序号号”的格式改正。",
        title="文号写法不规范",
        severity=Severity.LOW,
        basis=("GB/T 9704-2012",),
        key=tuple(view.text for view, _ in places[:_SHOWN]),
    )
