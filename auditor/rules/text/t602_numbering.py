"""T602 编号不连续 (text.numbering)

查什么  章节、条目和单元格内各条的编号是否连续：缺号、重号、倒号，以及中途换了写法的（（一）之后是（2））。
        换到新的上级标题下重新编号、接着上一节继续编号，都是正常的。明细表的行号、序号不算编号。
为什么  编号跳过一个，往往是删掉或漏掉了一条内容；要确认漏的是编号还是内容。
反例
    一、项目概况
    新建文化广场三处。
    二、资金使用情况
    资金已按合同支付。
    四、存在问题
    后期管护力量不足。
    → 存疑
反例
    三、绩效情况
    （一）产出情况。三处广场均已建成。
    （2）效益情况。居民晚间有了去处。
    → 存疑
正例
    一、项目概况
    （一）主要内容。新建文化广场三处。
    （二）资金安排。由县财政安排。
    二、项目绩效
    （一）产出情况。1.广场按期建成；2.照明同步启用。
    （二）效益情况。1.居民晚间有了去处；2.周边商户客流增加。
    → 无
依据    GB/T 9704-2012《党政机关公文格式》结构层次序数
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.document import View
from auditor.figures.chinese import parse
from auditor.report.model import Report, TextKind
from auditor.rules.base import Result, Rule, Severity
from auditor.rules.settings import Settings

RULE = Rule(
    code="T602",
    name="text.numbering",
    title="编号不连续",
    severity=Severity.LOW,
    basis=("GB/T 9704-2012",),
)

_CN = "[一二三四五六七八九十]"
_MARK = re.compile(
    rf"(?P<cn>(?P<cnv>{_CN}{{1,3}})[、.](?![一二三四五六七八九十]))"
    rf"|(?P<chapter>第(?P<chv>{_CN}{{1,3}})(?:部分|章))"
    rf"|(?P<bcn>\((?P<bcnv>{_CN}{{1,3}})\)(?![(、和及至]))"
    r"|(?P<num>(?P<numv>\d{1,2})[、.](?!(?!(?:19|20)\d\d年)[\d,%元万亿分]))"
    r"|(?P<bnum>\((?P<bnumv>\d{1,2})\)(?![\d=+×÷/%(、和及至-]))"
    r"|(?P<circle>[①-⑳])"
    r"|(?P<named>(?P<name>目标|任务|措施|问题|建议)(?P<namev>\d{1,2})[:、.](?!\d))"
)
_INLINE = re.compile(
    rf"[。；;!?:\n](?:{_CN}{{1,3}}、|\({_CN}{{1,3}}\)|\d{{1,2}}[、.](?!(?!(?:19|20)\d\d年)[\d,%元万亿分])|\(\d{{1,2}}\)(?![\d=+×÷/%-])|[①-⑳])"
)
_SEQUENCE = re.compile(r"(?<![之第万唯统单同任另有])([一二三四五六七八九十])是(?!否)")
_SHORTEST_CELL = 8  # no room for two items
_DIGITS = "零一二三四五六七八九十"


@dataclass(frozen=True)
class _Mark:
    """A list mark: its style, value, how it is written, and where it stands."""

    style: str
    value: int
    written: str
    passage: int
    start: int
    view: View
    title: str


@dataclass
class _List:
    style: str
    last: _Mark
    first: _Mark
    count: int = 1
    alias: str = ""  # style a list went on in after a break


@dataclass(frozen=True)
class _Fault:
    kind: str  # 缺号, 重号, 倒号, 换写法
    before: _Mark
    mark: _Mark


def check(report: Report, settings: Settings) -> Iterator[Result]:
    texts = [passage.text for passage in report.passages]
    faults: list[_Fault] = []
    lists: list[_List] = []
    flow: list[_Mark] = []
    for number, passage in enumerate(report.passages):
        if passage.kind is TextKind.CELL and len(passage.text) < _SHORTEST_CELL:
            continue
        marks = _marks(number, passage.view)
        if passage.kind is TextKind.CELL:
            inner = [mark for mark in marks if mark.style != "named"]
            if len(inner) > 1:
                _follow(inner, faults, lists, texts)
        else:
            flow.extend(marks)
        if "是" in passage.text and (listed := _said(number, passage.view)):
            _follow(listed, faults, lists, texts)
    _follow(flow, faults, lists, texts)
    for fault in faults:
        yield _result(fault)
    kept = [item for item in lists if item.count > 1]
    if kept and not faults:
        yield _kept(kept)


def _marks(number: int, view: View) -> list[_Mark]:
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


def _mark(number: int, view: View, match: re.Match[str]) -> _Mark:
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
    return _Mark(
        style, value, match.group(), number, match.start(), view, text[match.end() : match.end() + 16]
    )


def _said(number: int, view: View) -> list[_Mark]:
    """ "一是…二是…三是…" in one passage."""
    found = []
    for match in _SEQUENCE.finditer(view.text):
        title = view.text[match.end() : match.end() + 16]
        found.append(_Mark("is", parse(match[1]) or 0, match.group(), number, match.start(), view, title))
    return found


def _follow(marks: Sequence[_Mark], faults: list[_Fault], lists: list[_List], texts: list[str]) -> None:
    """Walks the marks with the stack of lists that are open."""
    stack: list[_List] = []
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
        item = _List(mark.style, mark, mark)
        stack.append(item)
        lists.append(item)


def _open(stack: list[_List], mark: _Mark) -> int | None:
    """The innermost open list that `mark` continues."""
    for at in range(len(stack) - 1, -1, -1):
        item = stack[at]
        if mark.style in (item.style, item.alias) and item.last.value == mark.value - 1:
            return at
    return None


def _resume(stack: list[_List], mark: _Mark, changed_style: bool) -> bool:
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


def _fault(stack: list[_List], closed: dict[str, int], mark: _Mark, texts: list[str]) -> _Fault | None:
    same = next((item for item in reversed(stack) if mark.style in (item.style, item.alias)), None)
    if same is None:
        if closed.get(mark.style) == mark.value - 1:
            return None
        top = stack[-1] if stack else None
        if top is not None and top.last.value == mark.value - 1 and _kin(top.style, mark.style):
            return _Fault("换写法", top.last, mark)
        return None
    last = same.last
    if mark.value == last.value:
        return None if mark.title == last.title else _Fault("重号", last, mark)
    if mark.value < last.value:
        return _Fault("倒号", last, mark)
    if _written_between(texts, last, mark):
        return None
    return _Fault("缺号", last, mark)


def _kin(style: str, other: str) -> bool:
    """Styles that are taken for one another: both in brackets, or both bare."""
    return {style, other} in ({"bcn", "bnum"}, {"cn", "num"})


def _written_between(texts: list[str], before: _Mark, mark: _Mark) -> bool:
    """Whether every missing number stands there after all, written in some other way."""
    between = texts[before.passage : mark.passage + 1]
    between[-1] = between[-1][: mark.start]
    between[0] = between[0][before.start + len(before.written) :]
    text = "\n".join(between)
    return all(_stands(text, value) for value in range(before.value + 1, mark.value))


def _stands(text: str, value: int) -> bool:
    written = [str(value)] + ([_chinese(value)] if value <= 20 else [])
    return any(
        re.search(rf"(?:^|[^\d.{_DIGITS}百千万亿第]){word}(?:[)、.．,，:]|[是要为则]|$)", text, re.MULTILINE)
        for word in written
    ) or (value <= 20 and chr(0x245F + value) in text)


def _chinese(value: int) -> str:
    if value <= 10:
        return _DIGITS[value]
    return "十" + _DIGITS[value - 10] if value < 20 else "二十"


def _result(fault: _Fault) -> Result:
    mark, before = fault.mark, fault.before
    previous, shown = _show(before), _show(mark)
    told = {
        "缺号": f"编号不连续：“{previous}”之后是“{shown}”，缺“{_missing(before, mark)}”。",
        "重号": f"编号重复：“{shown}”出现两次。",
        "倒号": f"编号颠倒：“{previous}”之后是“{shown}”。",
        "换写法": f"编号写法前后不一：“{previous}”之后是“{shown}”，同一层编号应当用同一种写法。",
    }[fault.kind]
    return RULE.query(
        told,
        [_line(before), _line(mark)],
        suggestion="核对是否漏了内容；没有漏的，把编号改为连续。"
        if fault.kind == "缺号"
        else "核对各条内容，把编号改为连续一致。",
        key=(fault.kind, previous, shown, before.title, mark.title),
    )


def _line(mark: _Mark) -> View:
    text = mark.view.text
    end = mark.start + len(mark.written)
    stop = min((at for at in (text.find(char, end) for char in "。；;\n") if at >= 0), default=len(text))
    return mark.view.part(mark.start, min(stop, end + 30))


def _show(mark: _Mark) -> str:
    return mark.written.replace("(", "（").replace(")", "）").rstrip("、.:")


def _missing(before: _Mark, mark: _Mark) -> str:
    digits = any(char.isdigit() for char in mark.written)
    shown = [str(value) if digits else _chinese(value) for value in range(before.value + 1, mark.value)]
    text = "、".join(shown[:5]) + ("等" if len(shown) > 5 else "")
    return f"（{text}）" if mark.style in ("bcn", "bnum") else text


def _kept(lists: list[_List]) -> Result:
    shown = [f"{_show(item.first)}至{_show(item.last)}" for item in lists]
    total = sum(item.count for item in lists)
    return RULE.consistent(
        f"{len(lists)}组编号共{total}个，均连续：{'，'.join(shown[:6])}{'等' if len(shown) > 6 else ''}。",
        [_line(item.first) for item in lists[:6]],
        key=("kept",),
    )
