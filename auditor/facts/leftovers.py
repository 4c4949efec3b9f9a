"""What a template left behind in a report: field codes, hints, placeholders, blanks, boxes nobody ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.report.model import Passage, Report, TextKind

# Sections and notes in which the form itself speaks to the person who fills it in.
_FORM_NOTE = compiled(
    r"[(（]?(?:注|备注|说明|填[表报写]说明|填写要求|填报要求|标注|附注)\d{0,2}[:：.、]|填[表报写](?:说明|要求)$"
)
_FORM_SECTION = compiled(r"填[表报写](?:说明|要求)|备注")
_CODE = compiled(
    r"\[bookmark:[^\]]{0,60}\]|错误[!！](?:未找到引用源|未定义书签)[。.]?|Error! (?:Reference source|Bookmark)[^。]{0,30}|\{ ?(?:MERGEFIELD|PAGEREF|TOC|HYPERLINK)[^}]{0,60}\}"
)
CODE_CUES = ("bookmark:", "错误!", "Error!", "MERGEFIELD", "PAGEREF", "HYPERLINK", "TOC")
_HINT = compiled(
    r"[(（](?:此处|在此|这里|请)(?:请|填|插|输|说明|描述|在此|结合|根据|按照|对照|参照|逐|分项|简|详细|如实|概述|列|另附)[^()]{0,80}[)）]"
    r"|(?:此处|在此|这里)(?:请)?(?:填写|填入|插入|输入|说明|描述)[^。;]{0,60}"
    r"|(?<![\u4e00-\u9fff])请(?:在此|结合|根据|按照|对照|参照|逐项|逐条|分项|简要|简述|详细|如实|填写|填列|填报|说明|描述|概述|列明|列出|另附)[^。;]{0,60}"
    r"|(?<![\u4e00-\u9fff])(?:文字总结|文字说明|文字描述|简要说明|简要介绍|简要概述|简要描述|简述|阐述|重点说明|逐项说明)[^:：。;]{2,80}"
    r"|[^。;]{0,40}(?:分值|权重|格式|样式)仅?供参考[^。;]{0,40}|[(（](?:填写|示例|样例|范例)[^()]{0,40}[)）]"
)
HINT_CUES = (
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
_LETTER_REPLY = compiled(r"请(?:结合|根据|按照|对照)[^。;]{0,40}(?:给予|支持|批示|审批|审核|拨付|批复|指示)")
_DONE = compiled(r"已|了|完成|实现|我[局单部]|本[单项]")
_HOLDER = compiled(
    r"(?P<year>20[XxＸ×*]{2}(?=年|[-/.〕\]]|$))"
    r"|(?<![A-Za-z0-9XxＸ×])(?P<cross>[XＸ×x]{2,4})(?![A-Za-z0-9XxＸ×*])"
    r"|(?P<some>某某(?=[省市县区镇乡村街局厅委部处科室站所院校公单项企中年月]))"
)
HOLDER_CUES = ("XX", "xx", "××", "某某", "X×", "20**")
# What follows a placeholder that stands for a name, a number or a document, never a masked person.
_HOLDER_AFTER = compiled(
    r"[省市县区州镇乡村街社路局厅委部办处科室站所院校馆公单项企中集工年月日号万亿元个家户名次场人件套%文通办规〕\]》、，。,;)]|$"
)
_SURNAME = compiled(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文]$"
)
_PERSON_AFTER = compiled(r"[、，。,;)]|$")
_BLANK = compiled(
    r"(?<![^,，。;；:\s_])[^,，。;；:\s_]{1,20}_{2,} ?(?:[万亿]?元|[个名户人家件次场处条份座台套%公平]|，|,|、)"
)
# What a template says behind a heading; the reader may run the text below into one with it.
_HEADING_HINT = compiled(
    r"[(（]?[一二三四五六七八九十\d]{1,3}[)）、.] ?[\u4e00-\u9fff]{2,16}(?P<hint>\([^()\d]{10,120}\))"
)
_TOPIC = compiled(
    r"(?:立项|项目)(?:背景|依据)|主要内容|(?:实施|组织|资金|管理|完成|使用)情况|资金投入|(?:总体|绩效|阶段性)目标"
)
_DOTS = compiled(r"(?:\.{2,}|…+|。{2,}|·{3,})")
_EITHER = compiled(r"[(（]?(?:是[/或]否|有[/或]无|已/未)[)）]?")
BOXES = "□☐"
_BOX = compiled(r"(?<![□☐])[□☐](?![□☐])")  # two in a row are characters that could not be shown
_TICKS = compiled(r"[☑√✓✔■☒▣●◉]|\[[xX√]\]|R(?=[\u4e00-\u9fff])|þ")
_WEB = compiled(r"(?:点击|单击)(?:此处|这里|或点[击按]|查看|下载|展开|输入)(?![量次数率人])[^。;]{0,20}")
WEB_CUES = ("点击", "单击")
# "五、存在的问题（此处请填写…）": in a heading only what is plainly said to the person who fills it in.
_IN_BRACKETS = compiled(
    r"[(（](?:此处|在此|请)[^()（）]{0,40}(?:填写|填报|说明|描述|阐述|分析|列出|补充)[^()（）]{0,40}[)）]"
)


def codes_in(passage: Passage) -> Iterator[View]:
    yield from _found(_CODE, passage)


def web_in(passage: Passage) -> Iterator[View]:
    yield from _found(_WEB, passage)


def _found(pattern: re.Pattern[str], passage: Passage) -> Iterator[View]:
    for match in pattern.finditer(passage.text):
        yield passage.view.part(*match.span())


def hints_in(passage: Passage) -> Iterator[View]:
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


def blanks_in(passage: Passage) -> Iterator[View]:
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


def holders_in(passage: Passage) -> Iterator[View]:
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


def dots_in(passage: Passage) -> Iterator[View]:
    if len(passage.text) <= 12 and _DOTS.fullmatch(passage.text):
        yield passage.view


def either_in(passage: Passage) -> Iterator[View]:
    if passage.kind is TextKind.CELL and len(passage.text) <= 6 and _EITHER.fullmatch(passage.text):
        yield passage.view


def unticked(report: Report, passages: list[Passage]) -> Iterator[View]:
    """Lines with two or more boxes none of which is ticked."""
    lines: dict[int, list[Passage]] = {}
    for passage in passages:
        if any(box in passage.text for box in BOXES):
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
