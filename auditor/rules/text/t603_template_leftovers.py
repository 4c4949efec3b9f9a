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

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from auditor.document import View
from auditor.report.model import Passage, Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T603",
    name="text.template-leftover",
    title="模板内容未清理",
    severity=Severity.LOW,
    basis=("表格自带的填写要求",),
)

# Sections and notes in which the form itself speaks to the person who fills it in.
_FORM_NOTE = re.compile(
    r"[(（]?(?:注|备注|说明|填[表报写]说明|填写要求|填报要求|标注|附注)\d{0,2}[:：.、]|填[表报写](?:说明|要求)$"
)
_FORM_SECTION = re.compile(r"填[表报写](?:说明|要求)|备注")

_CODE = re.compile(
    r"\[bookmark:[^\]]{0,60}\]|错误[!！](?:未找到引用源|未定义书签)[。.]?|Error! (?:Reference source|Bookmark)[^。]{0,30}|\{ ?(?:MERGEFIELD|PAGEREF|TOC|HYPERLINK)[^}]{0,60}\}"
)
_CODE_CUES = ("bookmark:", "错误!", "Error!", "MERGEFIELD", "PAGEREF", "HYPERLINK", "TOC")

_HINT = re.compile(
    r"[(（](?:此处|在此|这里|请)(?:请|填|插|输|说明|描述|在此|结合|根据|按照|对照|参照|逐|分项|简|详细|如实|概述|列|另附)[^()]{0,80}[)）]"
    r"|(?:此处|在此|这里)(?:请)?(?:填写|填入|插入|输入|说明|描述)[^。;]{0,60}"
    r"|(?<![\u4e00-\u9fff])请(?:在此|结合|根据|按照|对照|参照|逐项|逐条|分项|简要|简述|详细|如实|填写|填列|填报|说明|描述|概述|列明|列出|另附)[^。;]{0,60}"
    r"|(?<![\u4e00-\u9fff])(?:文字总结|文字说明|文字描述|简要说明|简要介绍|简要概述|简要描述|简述|阐述|重点说明|逐项说明)[^:：。;]{2,80}"
    r"|[^。;]{0,40}(?:分值|权重|格式|样式)仅?供参考[^。;]{0,40}|[(（](?:填写|示例|样例|范例)[^()]{0,40}[)）]"
)
_HINT_CUES = (
    "情况",
    "内容",
    "目标",
    "此处",
    "在此",
    "这里",
    "请",
    "文字总结",
    "文字说明",
    "文字描述",
    "简要",
    "简述",
    "阐述",
    "说明",
    "供参考",
    "(填写",
    "示例",
    "样例",
    "范例",
)
_BARE = ("文字总结", "文字说明", "文字描述", "简要", "简述", "阐述", "重点说明", "逐项说明")
_LETTER_REPLY = re.compile(
    r"请(?:结合|根据|按照|对照)[^。;]{0,40}(?:给予|支持|批示|审批|审核|拨付|批复|指示)"
)
_DONE = re.compile(r"已|了|完成|实现|我[局单部]|本[单项]")

_HOLDER = re.compile(
    r"(?P<year>20[XxＸ×*]{2}(?=年|[-/.〕\]]|$))"
    r"|(?<![A-Za-z0-9XxＸ×])(?P<cross>[XＸ×x]{2,4})(?![A-Za-z0-9XxＸ×*])"
    r"|(?P<some>某某(?=[省市县区镇乡村街局厅委部处科室站所院校公单项企中年月]))"
)
_HOLDER_CUES = ("XX", "xx", "××", "某某", "X×", "20**")
# What follows a placeholder that stands for a name, a number or a document, never a masked person.
_HOLDER_AFTER = re.compile(
    r"[省市县区州镇乡村街社路局厅委部办处科室站所院校馆公单项企中集工年月日号万亿元个家户名次场人件套%文通办规〕\]》、，。,;)]|$"
)
_SURNAME = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]$"
)
_PERSON_AFTER = re.compile(r"[、，。,;)]|$")

_BLANK = re.compile(
    r"(?<![^,，。;；:\s_])[^,，。;；:\s_]{1,20}_{2,} ?(?:[万亿]?元|[个名户人家件次场处条份座台套%公平]|，|,|、)"
)
# What a template says behind a heading; the reader may run the text below into one with it.
_HEADING_HINT = re.compile(
    r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.] ?[\u4e00-\u9fff]{2,16}(?P<hint>\([^()\d]{10,120}\))"
)
_TOPIC = re.compile(
    r"(?:立项|项目)(?:背景|依据)|主要内容|(?:实施|组织|资金|管理|完成|使用)情况|资金投入|(?:总体|绩效|阶段性)目标"
)
_DOTS = re.compile(r"(?:\.{2,}|…+|。{2,}|·{3,})")
_EITHER = re.compile(r"[(（]?(?:是[/或]否|有[/或]无|已/未)[)）]?")
_BOXES = "□☐"
_BOX = re.compile(r"(?<![□☐])[□☐](?![□☐])")  # two in a row are characters that could not be shown
_TICKS = re.compile(r"[☑√✓✔■☒▣●◉]|\[[xX√]\]|R(?=[\u4e00-\u9fff])|þ")
_WEB = re.compile(r"(?:点击|单击)(?:此处|这里|或点[击按]|查看|下载|展开|输入)(?![量次数率人])[^。;]{0,20}")
_WEB_CUES = ("点击", "单击")


@dataclass(frozen=True)
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
    if not any(box in whole for box in _BOXES):
        return
    places = list(_unticked(report, passages))
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


# "五、存在的问题（此处请填写…）": in a heading only what is plainly said to the person who fills it in.
_IN_BRACKETS = re.compile(
    r"[(（](?:此处|在此|请)[^()（）]{0,40}(?:填写|填报|说明|描述|阐述|分析|列出|补充)[^()（）]{0,40}[)）]"
)


def _codes(passage: Passage) -> Iterator[View]:
    yield from _found(_CODE, passage)


def _web(passage: Passage) -> Iterator[View]:
    yield from _found(_WEB, passage)


def _found(pattern: re.Pattern[str], passage: Passage) -> Iterator[View]:
    for match in pattern.finditer(passage.text):
        yield passage.view.part(*match.span())


def _hints(passage: Passage) -> Iterator[View]:
    """Instructions that stand alone: at the beginning of a passage or of a bracket that fills a sentence."""
    text = passage.text
    if (heading := _HEADING_HINT.match(text)) and len(_TOPIC.findall(heading["hint"])) >= 2:
        yield passage.view.part(*heading.span("hint"))
    if passage.kind is TextKind.HEADING or _is_form_note(passage):
        for match in _IN_BRACKETS.finditer(text) if passage.kind is TextKind.HEADING else ():
            yield passage.view.part(*match.span())
        return
    for match in _HINT.finditer(text):
        told, (start, end) = match.group(), match.span()
        before = text[:start].rstrip("(（")
        bracketed = told[0] in "(（" or text[start - 1 : start] in ("(", "（")
        if passage.kind is TextKind.CELL and before and bracketed and before[-1] not in "。；;:\n":
            continue  # a hint in a header cell: 项目概况（请填写…）
        whole = not before and end >= len(text) - 2  # nothing else in the passage
        if told.startswith(("请", *_BARE)) and not (whole or bracketed):
            continue  # a request in a sentence of its own: 请按照规定整改
        if text[end : end + 1] == ":" or _LETTER_REPLY.search(told) or _is_answer(told):
            continue
        if whole or bracketed or not before or before[-1] in "。；;:\n":
            yield passage.view.part(start, end)


def _blanks(passage: Passage) -> Iterator[View]:
    if not _is_form_note(passage):
        yield from _found(_BLANK, passage)


def _is_form_note(passage: Passage) -> bool:
    return bool(
        _FORM_NOTE.match(passage.text)
        or _FORM_SECTION.search(passage.section)
        or _FORM_SECTION.search(passage.label)
    )


def _is_answer(told: str) -> bool:
    """ "阐述了…", "简述如下": the narrative itself."""
    addressed = told.lstrip("(（").startswith(("此处", "请", "在此"))
    return "如下" in told or (not addressed and bool(_DONE.search(told[:40])))


def _holders(passage: Passage) -> Iterator[View]:
    text = passage.text
    if _is_form_note(passage):
        return
    for match in _HOLDER.finditer(text):
        start, end = match.span()
        if match["cross"]:
            if not _HOLDER_AFTER.match(text, end):
                continue
            if _SURNAME.search(text[:start]) and _PERSON_AFTER.match(text, end):
                continue  # 王XX, a person whose name was masked
        elif match["some"] and _SURNAME.search(text[:start]):
            continue
        tail = re.compile(r"[\u4e00-\u9fff]{0,6}").match(text, end)
        yield passage.view.part(start, tail.end() if tail else end)


def _dots(passage: Passage) -> Iterator[View]:
    if len(passage.text) <= 12 and _DOTS.fullmatch(passage.text):
        yield passage.view


def _either(passage: Passage) -> Iterator[View]:
    if passage.kind is TextKind.CELL and len(passage.text) <= 6 and _EITHER.fullmatch(passage.text):
        yield passage.view


def _unticked(report: Report, passages: list[Passage]) -> Iterator[View]:
    """Lines with two or more boxes none of which is ticked."""
    lines: dict[int, list[Passage]] = {}
    for passage in passages:
        if any(box in passage.text for box in _BOXES):
            line = report.document.locate(passage.span).line or 0
            lines.setdefault(line, []).append(passage)
    if not lines:
        return
    ticked = {
        report.document.locate(passage.span).line for passage in passages if _TICKS.search(passage.text)
    }
    for line, boxed in lines.items():
        count = sum(len(_BOX.findall(passage.text)) for passage in boxed)
        if count >= 2 and line not in ticked and not any(_is_form_note(passage) for passage in boxed):
            yield from (passage.view for passage in boxed)


_OPTIONS = _Leftover("选项", (), lambda passage: iter(()), Severity.LOW, "按实际情况勾选。")
_KINDS = (
    _Leftover("书签或域代码", _CODE_CUES, _codes, Severity.LOW, "删除转换文件时留下的代码。"),
    _Leftover("填写提示", _HINT_CUES, _hints, Severity.MEDIUM, "删除提示，补填应当填写的内容。"),
    _Leftover("未填的空格", ("__",), _blanks, Severity.MEDIUM, "填上应当填写的数字或文字。"),
    _Leftover("占位符", _HOLDER_CUES, _holders, Severity.MEDIUM, "换成实际的名称、日期或数字。"),
    _Leftover("省略号占位", ("..", "…", "。。", "··"), _dots, Severity.LOW, "删除空行，或补填内容。"),
    _Leftover(
        "二选一的选项", ("/否", "或否", "/无", "或无", "/未"), _either, Severity.LOW, "按实际情况选定一项。"
    ),
    _Leftover("网页文字", _WEB_CUES, _web, Severity.LOW, "删除网页文字，附上对应的附件。"),
)
