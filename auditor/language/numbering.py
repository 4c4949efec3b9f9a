"""Numbered items in the order of the text: which follow, and which are missing, double or out of order."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from auditor.compiled import compiled
from auditor.document import View
from auditor.figures.chinese import parse
from auditor.values import frozen

_CN = "[一二三四五六七八九十]"
_MARK = compiled(
    rf"(?P<cn>(?P<cnv>{_CN}{{1,3}})[、.](?![一二三四五六七八九十]))"
    rf"|(?P<chapter>第(?P<chv>{_CN}{{1,3}})(?:部分|章))"
    rf"|(?P<bcn>\((?P<bcnv>{_CN}{{1,3}})\)(?![(、和及至]))"
    r"|(?P<num>(?P<numv>\d{1,2})[、.](?!(?!(?:19|20)\d\d年)[\d,%元万亿分]))"
    r"|(?P<bnum>\((?P<bnumv>\d{1,2})\)(?![\d=+×÷/%(、和及至-]))"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<named>(?P<name>目标|任务|措施|问题|建议)(?P<namev>\d{1,2})[:、.](?!\d))"
)
_INLINE = compiled(
    rf"[。；;!?:\n](?:{_CN}{{1,3}}、|\({_CN}{{1,3}}\)|\d{{1,2}}[、.](?!(?!(?:19|20)\d\d年)[\d,%元万亿分])|\(\d{{1,2}}\)(?![\d=+×÷/%-])|[①-⑳])"
)
_SEQUENCE = compiled(r"(?<![之第万唯统单同任另有])([一二三四五六七八九十])是(?!否)")
SHORTEST_CELL = 8  # no room for two items
_DIGITS = "零一二三四五六七八九十"
_WRITTEN = compiled(
    rf"(?:^|(?<=[^\d.{_DIGITS}百千万亿第]))(?:\d+|[{_DIGITS}]+)(?=[)、.．,，:是要为则]|$)", re.MULTILINE
)
"""A number that may count a part of a list, in whatever way."""


@frozen
class Mark:
    """A list mark: its style, value, how it is written, and where it stands."""

    style: str
    value: int
    written: str
    passage: int
    start: int
    view: View
    title: str


@dataclass
class Listed:
    style: str
    last: Mark
    first: Mark
    count: int = 1
    alias: str = ""  # style a list went on in after a break


@frozen
class Fault:
    kind: str  # 缺号, 重号, 倒号, 换写法
    before: Mark
    mark: Mark


def marks_in(number: int, view: View) -> list[Mark]:
    """Marks at the beginning of a passage and after a full stop inside it."""
    text = view.text
    found = []
    match = _MARK.match(text)
    if match and len(text) - match.end() >= 2:
        found.append(_mark(number, view, match))
    for inline in _INLINE.finditer(text):
        match = _MARK.match(text, inline.start() + 1)
        if match and len(text) - match.end() >= 2:
            found.append(_mark(number, view, match))
    return found


def _mark(number: int, view: View, match: re.Match[str]) -> Mark:
    style = match.lastgroup or ""
    for name in ("cn", "chapter", "bcn", "num", "bnum", "circle", "named"):
        if match[name]:
            style = name
    if style == "circle":
        value = ord(match.group()) - 0x245F
    elif style == "named":
        value, style = int(match["namev"]), match["name"]
    elif style in ("num", "bnum"):
        value = int(match[style + "v"])
    else:
        value = parse(match["chv" if style == "chapter" else style + "v"]) or 0
    text = view.text
    return Mark(
        style, value, match.group(), number, match.start(), view, text[match.end() : match.end() + 16]
    )


def said_in(number: int, view: View) -> list[Mark]:
    """ "一是…二是…三是…" in one passage."""
    found = []
    for match in _SEQUENCE.finditer(view.text):
        title = view.text[match.end() : match.end() + 16]
        found.append(Mark("is", parse(match[1]) or 0, match.group(), number, match.start(), view, title))
    return found


def walk(marks: Sequence[Mark], faults: list[Fault], lists: list[Listed], texts: list[str]) -> None:
    """Walks the marks with the stack of lists that are open."""
    stack: list[Listed] = []
    closed: dict[str, int] = {}  # style → last value of a list that a heading closed
    for mark in marks:
        at = _open(stack, mark)
        if at is not None:
            closed.update((item.style, item.last.value) for item in stack[at + 1 :])
            del stack[at + 1 :]
            stack[at].last, stack[at].count = mark, stack[at].count + 1
            continue
        if mark.value > 1:
            fault = _fault(stack, closed, mark, texts)
            if fault is not None:
                faults.append(fault)
            if _resume(stack, mark, fault is not None and fault.kind == "换写法"):
                continue
        item = Listed(mark.style, mark, mark)
        stack.append(item)
        lists.append(item)


def _open(stack: list[Listed], mark: Mark) -> int | None:
    """The innermost open list that `mark` continues."""
    for at in range(len(stack) - 1, -1, -1):
        item = stack[at]
        if mark.style in (item.style, item.alias) and item.last.value == mark.value - 1:
            return at
    return None


def _resume(stack: list[Listed], mark: Mark, changed_style: bool) -> bool:
    """Goes on with the list that `mark` belongs to although it does not follow; false if there is none."""
    if changed_style:
        stack[-1].alias = mark.style
    at = next(
        (at for at in range(len(stack) - 1, -1, -1) if mark.style in (stack[at].style, stack[at].alias)), None
    )
    if at is None:
        return False
    del stack[at + 1 :]
    stack[at].last, stack[at].count = mark, stack[at].count + 1
    return True


def _fault(stack: list[Listed], closed: dict[str, int], mark: Mark, texts: list[str]) -> Fault | None:
    same = next((item for item in reversed(stack) if mark.style in (item.style, item.alias)), None)
    if same is None:
        if closed.get(mark.style) == mark.value - 1:
            return None
        top = stack[-1] if stack else None
        if top is not None and top.last.value == mark.value - 1 and _kin(top.style, mark.style):
            return Fault("换写法", top.last, mark)
        return None
    last = same.last
    if mark.value == last.value:
        return None if mark.title == last.title else Fault("重号", last, mark)
    if mark.value < last.value:
        return Fault("倒号", last, mark)
    if _written_between(texts, last, mark):
        return None
    return Fault("缺号", last, mark)


def _kin(style: str, other: str) -> bool:
    """Styles that are taken for one another: both in brackets, or both bare."""
    return {style, other} in ({"bcn", "bnum"}, {"cn", "num"})


def _written_between(texts: list[str], before: Mark, mark: Mark) -> bool:
    """Whether every missing number stands there after all, written in some other way."""
    between = texts[before.passage : mark.passage + 1]
    between[-1] = between[-1][: mark.start]
    between[0] = between[0][before.start + len(before.written) :]
    text = "\n".join(between)
    written = {match.group() for match in _WRITTEN.finditer(text)}
    return all(_stands(text, value, written) for value in range(before.value + 1, mark.value))


def _stands(text: str, value: int, written: Set[str]) -> bool:
    if str(value) in written:
        return True
    return value <= 20 and (in_chinese(value) in written or chr(0x245F + value) in text)


def in_chinese(value: int) -> str:
    if value <= 10:
        return _DIGITS[value]
    return "十" + _DIGITS[value - 10] if value < 20 else "二十"
