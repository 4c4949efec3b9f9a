"""What a template left behind in a report: field codes, hints, placeholders, blanks, boxes nobody ticked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.compiled import compiled
from auditor.document import View
from auditor.language import word
from auditor.language.sentence import clause_end
from auditor.report.model import Passage, Report, TextKind

CODE_CUES = ("bookmark:", "错误!", "Error!", "MERGEFIELD", "PAGEREF", "HYPERLINK", "TOC")
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
HOLDER_CUES = ("XX", "xx", "××", "某某", "X×", "20**")
_BEFORE = 40  # characters looked at before a hint
_SHOWN = 20  # characters from a placeholder on that are quoted
_FIELD = 12  # characters of a label and the surname behind it
_PERSON_AFTER = compiled(r"[、，。,;)]|$")
_DOTS = compiled(r"(?:\.{2,}|…+|。{2,}|·{3,})")
BOXES = "□☐"
_BOX = compiled(r"(?<![□☐])[□☐](?![□☐])")  # two in a row are characters that could not be shown
_TICKS = compiled(r"[☑√✓✔■☒▣●◉]|\[[xX√]\]|R(?=[\u4e00-\u9fff])|þ")
WEB_CUES = ("点击", "单击")


def codes_in(passage: Passage) -> Iterator[View]:
    yield from _found(word("field_code"), passage)


def web_in(passage: Passage) -> Iterator[View]:
    yield from _found(word("web_text"), passage)


def _found(pattern: re.Pattern[str], passage: Passage) -> Iterator[View]:
    for match in pattern.finditer(passage.text):
        yield passage.view.part(*match.span())


def hints_in(passage: Passage) -> Iterator[View]:
    """Instructions that stand alone: at the beginning of a passage or of a bracket that fills a sentence."""
    text = passage.text
    if (heading := word("heading_hint").match(text)) and len(
        word("hint_topic").findall(heading["hint"])
    ) >= 2:
        yield passage.view.part(*heading.span("hint"))
    if passage.kind is TextKind.HEADING or _is_form_note(passage):
        for match in word("hint_in_brackets").finditer(text) if passage.kind is TextKind.HEADING else ():
            yield passage.view.part(*match.span())
        return
    for match in word("filling_hint").finditer(text):
        told, (start, end) = match.group(), match.span()
        before = text[max(0, start - _BEFORE) : start].rstrip("(（")
        bracketed = told[0] in "(（" or text[start - 1 : start] in ("(", "（")
        if passage.kind is TextKind.CELL and before and bracketed and before[-1] not in "。；;:\n":
            continue  # a hint in a header cell: 项目概况（请填写…）
        whole = not before and end >= len(text) - 2  # nothing else in the passage
        if told.startswith(("请", *_BARE)) and not (whole or bracketed):
            continue  # a request in a sentence of its own: 请按照规定整改
        if text[end : end + 1] == ":" or word("letter_reply").search(told) or _is_answer(told):
            continue
        if whole or bracketed or not before or before[-1] in "。；;:\n":
            yield passage.view.part(start, end)


def blanks_in(passage: Passage) -> Iterator[View]:
    if not _is_form_note(passage):
        yield from _found(word("blank_left"), passage)


def _is_form_note(passage: Passage) -> bool:
    return bool(
        word("form_note").match(passage.text)
        or word("form_section").search(passage.section)
        or word("form_section").search(passage.label)
    )


def _is_answer(told: str) -> bool:
    """ "阐述了…", "简述如下": the narrative itself."""
    addressed = told.lstrip("(（").startswith(("此处", "请", "在此"))
    return "如下" in told or (not addressed and bool(word("says_done").search(told[:40])))


def holders_in(passage: Passage) -> Iterator[View]:
    text = passage.text
    if _is_form_note(passage):
        return
    for match in word("placeholder").finditer(text):
        start, end = match.span()
        if match["cross"]:
            if not word("behind_placeholder").match(text, end):
                continue
            masked = word("surname").search(text[max(0, start - 1) : start])
            masked = masked or word("person_begins").search(text[max(0, start - _FIELD) : start])
            if masked and _PERSON_AFTER.match(text, end):
                continue  # 王XX, a person whose name was masked
        elif match["some"] and word("surname").search(text[max(0, start - 1) : start]):
            continue
        yield passage.view.part(start, max(end, clause_end(text, start, _SHOWN)))


def dots_in(passage: Passage) -> Iterator[View]:
    if len(passage.text) <= 12 and _DOTS.fullmatch(passage.text):
        yield passage.view


def either_in(passage: Passage) -> Iterator[View]:
    if passage.kind is TextKind.CELL and len(passage.text) <= 6 and word("either_or").fullmatch(passage.text):
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
