"""T603 模板残留 (text.template-leftover)

查什么  报告里是否留着模板的东西：书签和域代码（[bookmark: …]），填写提示（“此处填写”“请结合实际说明”
        “文字总结并附评分表”），占位的“XX”“20XX”“某某”，整格只有省略号，是/否、□□ 等选项一个也没有勾，
        “点击查看”之类的网页文字。表格自己印的填表说明、备注和表头里的提示不算；隐去的人名、电话不算。
为什么  提示还在，说明这一处没有填，或者填完没有核对；公开后影响材料的严肃性。
反例
    三、存在问题
    （此处填写项目实施中存在的主要问题及原因）
    → 存疑
反例
    一、项目概况
    根据《XX县专项资金管理办法》安排资金，用于修缮村级卫生室。
    → 存疑
反例
    一、项目概况
    [bookmark: _Toc123]项目修缮村级卫生室十二所。
    → 存疑
正例
    一、项目概况
    根据县级专项资金管理办法安排资金，用于修缮村级卫生室。联系人李某，电话138XXXX1234。
    项目类别：经常性 ☑ 一次性 □
    填表说明：请填写实际完成值，不足的可另附页。
    → 无
依据    表格自带的填写要求
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auditor.document import View
from auditor.facts.leftovers import (
    BOXES,
    CODE_CUES,
    HINT_CUES,
    HOLDER_CUES,
    WEB_CUES,
    blanks_in,
    codes_in,
    dots_in,
    either_in,
    hints_in,
    holders_in,
    unticked,
    web_in,
)
from auditor.report.model import Passage, Report
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings
from auditor.values import frozen

RULE = Rule(
    code="T603",
    name="text.template-leftover",
    title="模板内容未清理",
    severity=Severity.LOW,
    basis=("表格自带的填写要求",),
)


@frozen
class _Leftover:
    """One kind of leftover: what it is called, strings without which there is none, how it is found."""

    name: str
    cues: tuple[str, ...]
    find: Callable[[Passage], Iterator[View]]
    severity: Severity
    advice: str


def check(report: Report, settings: Settings) -> Iterator[Result]:
    passages = [passage for passage in report.passages if passage.text]
    whole = "\n".join([passage.text for passage in passages])
    for kind in _KINDS:
        cues = [cue for cue in kind.cues if cue in whole]
        if not cues:
            continue
        places = [
            view
            for passage in passages
            if any(cue in passage.text for cue in cues)
            for view in kind.find(passage)
        ]
        if places:
            yield _result(kind, places)
    if not any(box in whole for box in BOXES):
        return
    places = list(unticked(report, passages))
    if places:
        yield _result(_OPTIONS, places)


def _result(kind: _Leftover, places: list[View]) -> Result:
    shown = list(
        dict.fromkeys(view.text if len(view.text) <= 60 else view.text[:50] + "……" for view in places)
    )
    told = "、".join(f"“{text}”" for text in shown[:6]) + ("等" if len(shown) > 6 else "")
    return RULE.query(
        f"{kind.name}未清理，共{len(places)}处：{told}。",
        places,
        severity=kind.severity,
        suggestion=kind.advice,
        key=(kind.name, *shown),
    )


_OPTIONS = _Leftover("选项", (), lambda passage: iter(()), Severity.LOW, "按实际情况勾选。")
_KINDS = (
    _Leftover("书签或域代码", CODE_CUES, codes_in, Severity.LOW, "删除转换文件时留下的代码。"),
    _Leftover("填写提示", HINT_CUES, hints_in, Severity.MEDIUM, "删除提示，补填应当填写的内容。"),
    _Leftover("未填的空格", ("__",), blanks_in, Severity.MEDIUM, "填上应当填写的数字或文字。"),
    _Leftover("占位符", HOLDER_CUES, holders_in, Severity.MEDIUM, "换成实际的名称、日期或数字。"),
    _Leftover("省略号占位", ("..", "…", "。。", "··"), dots_in, Severity.LOW, "删除空行，或补填内容。"),
    _Leftover(
        "二选一的选项", ("/否", "或否", "/无", "或无", "/未"), either_in, Severity.LOW, "按实际情况选定一项。"
    ),
    _Leftover("网页文字", WEB_CUES, web_in, Severity.LOW, "删除网页文字，附上对应的附件。"),
)
